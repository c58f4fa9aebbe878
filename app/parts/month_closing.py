"""Closed months: how each stands, figures as reported beside those known now, and the forms that close and reopen."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

import pandas as pd
import streamlit as st

from app.parts import downloads, figures, listing, telling
from app.parts.filters import choose
from app.parts.links import address
from app.parts.listing import Field, Link
from app.parts.words import escaped, moment, plural
from app.session import current_view, desk, today
from offendermgmt.domain.days import LONDON
from offendermgmt.outputs.listing import ListColumn
from offendermgmt.services.changes import LONGEST_REASON
from offendermgmt.services.closing import close_month, may_close, may_reopen, month_end, reopen_month
from offendermgmt.services.figures import Figure, Setting
from offendermgmt.services.month_closing import ClosedMonth
from offendermgmt.services.month_definitions import RECORDS, RESTATED
from offendermgmt.services.months_board import MonthLine
from offendermgmt.services.restated_table import TITLES, in_words, records_in_words
from offendermgmt.services.restatement import Restatement
from offendermgmt.services.wording import day_text, month_text, months_text

PAGE: Final = "months"
TOPIC: Final = "months"
_NEVER: Final = "Not closed"


def show_months(lines: Sequence[MonthLine]) -> None:
    """Draw the months, newest first: how each stands, who closed it, and how many of its figures are restated since."""
    rows = pd.DataFrame([_line(line) for line in lines])
    fields = [
        Field("month", "Month", "link"),
        Field("state", "State", beneath="by"),
        Field("closings", "Closings", "number"),
        Field("restated", "Figures restated since", "figure"),
    ]
    closed = sum(line.closing is not None and line.closing.is_closed for line in lines)
    listing.show(rows, fields, caption=f"{months_text(len(lines))}, {closed} of them closed")


def state(closing: ClosedMonth | None, month_on: date) -> None:
    """Draw in a sentence how a month stands, and under which policy and knowledge."""
    month = month_text(month_on)
    if closing is None:
        st.markdown(f"**{month} is not closed.** Its figures move with what is recorded about it.")
        return
    by = f"{escaped(closing.closed_by)} closed it on {moment(closing.closed_at)}"
    known = f"with all that was known then, under policy {escaped(closing.policy_version)}"
    st.markdown(f"**{month} is {'closed' if closing.is_closed else 'open again'}.** {by}, {known}.")
    if closing.note:
        st.markdown(f"Note: {escaped(closing.note)}")
    if closing.reopened_at is not None:
        st.warning(_reopened(closing), icon=":material/lock_open:")


def close_form(month_on: date, closing: ClosedMonth | None, waiting: Sequence[str]) -> None:
    """Draw the form that closes the month, for those who may; `waiting` are titles with commentary not yet approved."""
    if not may_close(current_view().viewer) or (closing and closing.is_closed) or not _is_now():
        return
    month, seen = month_text(month_on), closing.newest if closing else 0
    with st.expander(f"Close {month}", icon=":material/lock:", expanded=False):
        if waiting:
            st.warning(
                f"Not approved yet, so it would not be kept with the month: commentary on {', '.join(waiting)}.",
                icon=":material/edit_note:",
            )
        with st.form(f"close month {month_on} {seen}", border=False):
            st.text_input("Note (may stay empty)", key="month_note", max_chars=LONGEST_REASON)
            st.caption("Figures, commentary and actions are kept as they are now. Later records no longer move them.")
            st.form_submit_button(f"Close {month}", type="primary", on_click=_close, args=(month_on, seen))


def reopen_form(closing: ClosedMonth) -> None:
    """Draw the form that reopens a closed month, for those who may."""
    if not may_reopen(current_view().viewer) or not closing.is_closed or not _is_now():
        return
    month = month_text(closing.month_on)
    with (
        st.expander(f"Reopen {month}", icon=":material/lock_open:"),
        st.form(f"reopen month {closing.month_on} {closing.newest}", border=False),
    ):
        st.text_input("Why it is reopened", key="month_reason", max_chars=LONGEST_REASON)
        st.caption("What was reported stays readable. The month can be closed anew, as another version.")
        st.form_submit_button(f"Reopen {month}", on_click=_reopen, args=(closing.month_on, closing.newest))


def show_restated(restatement: Restatement, setting: Setting) -> None:
    """Draw how many figures are restated, each as reported beside what is known now, and what came in between."""
    figure = Figure.share(RESTATED, setting, restatement.restated, len(restatement.rows))
    with st.grid(3, min_column_width=220):
        figures.show(figure, of=("figure", "figures"))
    rows = in_words(restatement)
    st.header("As reported, and as known now")
    if rows.empty:
        st.markdown("No measure was in force in this month, so it has no figures.")
        return
    fields = [
        Field("title", TITLES["title"]),
        Field("reported", TITLES["reported"], "figure", beneath="reported_of"),
        Field("now", TITLES["now"], "figure", beneath="now_of"),
        Field("difference", TITLES["difference"], "figure"),
        Field("why", TITLES["why"], "sentence"),
    ]
    month = month_text(restatement.closing.month_on)
    listing.show(
        rows, fields, caption=f"{plural(len(rows), 'figure')} of {month}, {restatement.restated} restated since"
    )
    _offer(rows, setting, restatement.closing)
    _show_records(restatement)


def show_earlier(closing: ClosedMonth) -> None:
    """Draw the closings of the month that no longer stand, each a link to what was reported then."""
    earlier = closing.history if closing.is_closed else (*closing.history, closing)
    if not earlier:
        return
    st.header("Earlier closings")
    rows = [
        {
            "closed": Link(
                f"Closed {moment(each.closed_at)}",
                address(PAGE, closing=str(each.version)),
                f"Read what was reported on {moment(each.closed_at)}",
            ),
            "by": each.closed_by,
            "reopened": f"{each.reopened_by}, {moment(each.reopened_at)}" if each.reopened_at else "",
            "reason": each.reason,
        }
        for each in reversed(earlier)
    ]
    fields = [
        Field("closed", "Closing", "link"),
        Field("by", "Closed by"),
        Field("reopened", "Reopened by", beneath="reason"),
    ]
    listing.show(pd.DataFrame(rows), fields, caption=plural(len(rows), "earlier closing"))


def _line(line: MonthLine) -> dict[str, object]:
    closing, month = line.closing, month_text(line.month_on)
    return {
        "month": Link(month, address(PAGE, month=f"{line.month_on:%Y-%m}"), f"Open {month}"),
        "state": _NEVER if closing is None else "Closed" if closing.is_closed else "Open again",
        "by": "" if closing is None else _who(closing),
        "closings": closing.number if closing else None,
        "restated": "" if line.figures is None else f"{line.restated} of {line.figures}",
    }


def _who(closing: ClosedMonth) -> str:
    if closing.reopened_at is not None:
        return f"{closing.reopened_by}, {moment(closing.reopened_at)}"
    return f"{closing.closed_by}, {moment(closing.closed_at)}"


def _reopened(closing: ClosedMonth) -> str:
    when = moment(closing.reopened_at) if closing.reopened_at else ""
    return f"{escaped(closing.reopened_by or '')} reopened it on {when}: {escaped(closing.reason)}"


def _show_records(restatement: Restatement) -> None:
    st.subheader(RECORDS.title, help=figures.definition_text(RECORDS))
    rows = records_in_words(restatement.records)
    for cause in restatement.other_causes:
        st.markdown(escaped(cause))
    if rows.empty:
        st.markdown("No fact of the month or before came late, was corrected or was withdrawn.")
        return
    fields = [
        Field("what", "Facts"),
        Field("late", "Recorded late", "figure"),
        Field("corrected", "Corrected", "figure"),
        Field("withdrawn", "Withdrawn", "figure"),
    ]
    last = day_text(month_end(restatement.closing.month_on))
    listing.show(rows, fields, caption=f"Facts dated by {last}, by what they are of")


def _offer(rows: pd.DataFrame, setting: Setting, closing: ClosedMonth) -> None:
    shown = ("title", "reported", "reported_of", "now", "now_of", "difference", "why")
    downloads.offer(
        lambda: rows,
        [ListColumn(name, TITLES[name]) for name in shown],
        page=PAGE,
        title=f"As reported and as known now {closing.month_on:%Y-%m}",
        count=len(rows),
        setting=setting,
        definitions=(RESTATED, RECORDS),
        filters={"Month": month_text(closing.month_on), "Closing": f"{closing.number}, {moment(closing.closed_at)}"},
    )


def _is_now() -> bool:
    view = current_view()
    if view.known_at is None and view.as_of == today():
        return True
    st.caption("A month is closed and reopened today, on all that is known now: go back to today to do it.")
    return False


def _close(month_on: date, seen: int) -> None:
    def record() -> str:
        note = st.session_state["month_note"]
        close_month(desk(), current_view().viewer, month_on, seen, now=datetime.now(LONDON), note=note)
        return f"{month_text(month_on)} is closed."

    if telling.attempt(record, TOPIC):
        st.session_state["month_note"] = ""


def _reopen(month_on: date, seen: int) -> None:
    def record() -> str:
        reopen_month(desk(), current_view().viewer, month_on, seen, st.session_state["month_reason"])
        return f"{month_text(month_on)} is open again. What was reported stays readable."

    if telling.attempt(record, TOPIC):
        st.session_state["month_reason"] = ""
        choose(closing=None)
