"""The list behind a number of a trend: its address, and the list under the table it was opened from."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

import pandas as pd
import streamlit as st

from app.navigation import OFFENDER
from app.parts import links, listing, trend_files
from app.parts.filters import choose
from app.parts.listing import MOST_ROWS, Field
from app.parts.words import count, plural
from app.session import desk, today
from offendermgmt.domain.periods import Periods
from offendermgmt.services.desk import Desk
from offendermgmt.services.directory import holder_names, offender_names, team_names
from offendermgmt.services.question import Question
from offendermgmt.services.trend_cases import LEFT, OBLIGATIONS, VISITS, Measure, trend_cases
from offendermgmt.services.trends import Split
from offendermgmt.services.wording import OUTCOME, STATUS, TREND, day_text

PAGE: Final = "trends"
_KEYS: Final = ("list", "list_from", "list_to", "list_split", "list_group")
# Other pages have other filters; these would follow a link there for nothing.
_OWN: Final = (*_KEYS, "from", "every", "split", "measure", "day_a", "day_b")


@dataclass(frozen=True)
class Asked:
    """The list that the address asks for."""

    measure: Measure
    first: date
    last: date
    group: tuple[Split, str] | None


def asked() -> Asked | None:
    """What the address asks for, none where it asks for no list or for one there cannot be."""
    given = {key: st.query_params.get(key, "") for key in _KEYS}
    try:
        first, last = date.fromisoformat(given["list_from"]), date.fromisoformat(given["list_to"])
        group = (Split(given["list_split"]), given["list_group"]) if given["list_split"] else None
        measure = Measure(given["list"])
    except ValueError:
        return None
    return Asked(measure, first, last, group) if first <= last <= today() else None


def address(
    question: Question, measure: str, first: date, last: date, group: tuple[Split, str] | None = None
) -> str | None:
    """Where the list of a measure over some days is; none where there is no such list, or the viewer opens none."""
    if not question.viewer.opens_lists or measure not in set(Measure):
        return None
    split, of = (str(group[0]), group[1]) if group else (None, None)
    span = {"list_from": first.isoformat(), "list_to": last.isoformat()}
    return links.address(PAGE, list=measure, **span, list_split=split, list_group=of)


def of_period(question: Question, row: Mapping[Any, Any], measure: str) -> str | None:
    """Where the list behind a row of periods is."""
    return address(question, measure, row["period_start"].date(), row["period_end"].date())


def show(question: Question, measures: Collection[str], here: Asked | None) -> None:
    """Draw the list asked for, if it is one of `measures`: as long as the figure it was opened from."""
    if here is None or here.measure not in measures or not question.viewer.opens_lists:
        return
    if here.last > question.as_of:
        st.info(f"The list was of days up to {day_text(here.last)}, after the as-of day: choose a number above.")
        return
    _draw(question, here, trend_cases(question, here.measure, Periods.whole(here.first, here.last), here.group))


def _draw(question: Question, here: Asked, cases: pd.DataFrame) -> None:
    days = day_text(here.last) if here.first == here.last else f"{day_text(here.first)} to {day_text(here.last)}"
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.subheader(f"{TREND[here.measure]}, {days}", anchor=False)
        st.button("Close the list", type="tertiary", on_click=choose, kwargs=dict.fromkeys(_KEYS))
    noun = "visit" if here.measure in VISITS | OBLIGATIONS else "offender"
    if len(cases) > MOST_ROWS:
        st.info(f"The list shows the first {count(MOST_ROWS)} of {count(len(cases))}; the figure counts all of them.")
    read = desk()
    shown = _worded(read, question, cases.head(MOST_ROWS))
    if shown.empty:
        st.markdown("Nobody is on this list now.")
        return
    fields = _fields(here.measure, shown)
    listing.show(shown, fields, caption=plural(len(cases), noun), opens=_records(here, shown))
    trend_files.offer_cases(
        lambda: _worded(read, question, cases),
        fields,
        here.measure,
        question,
        count=len(cases),
        days=days,
        group=here.group,
    )


def _worded(read: Desk, question: Question, cases: pd.DataFrame) -> pd.DataFrame:
    refs, holders, teams = cases["offender_ref"], holder_names(question), team_names(question)
    names = offender_names(read, question, refs)
    worded = cases.assign(
        name=[names.get(ref, "") for ref in refs],
        holder=[holders.get(ref, "Unallocated") for ref in cases["officer_ref"]],
        team=[teams.get(ref, "") for ref in cases["team_ref"]],
    )
    for column, words in (("outcome", OUTCOME), ("status", STATUS)):
        if column in worded:
            worded[column] = worded[column].map(words)
    return (
        worded.assign(result=worded["met"].map({True: "In time", False: "Not in time"})) if "met" in worded else worded
    )


def _fields(measure: Measure, shown: pd.DataFrame) -> list[Field]:
    day = "Visited" if measure in VISITS else "Due" if measure in OBLIGATIONS else "Day"
    more = {
        "status": Field("status", "State"),
        "due_on": Field("due_on", "Visit due on" if measure is Measure.MANAGED else "Was due on", "day_or_none"),
        "days_overdue": Field("days_overdue", "Days overdue", "number"),
        "result": Field("result", "Result"),
        "visit_ref": Field("visit_ref", "Visit"),
        "outcome": Field("outcome", "Outcome"),
        "recorded_on": Field("recorded_on", "Recorded on", "day"),
        "delay_days": Field("delay_days", "Days to record", "number"),
    }
    return [
        Field("offender_ref", "Offender", "opens", beneath="name"),
        Field("risk_level", "Risk", "risk"),
        Field("on", day, "day"),
        *(field for name, field in more.items() if name in shown),
        Field("holder", "Held by", beneath="team"),
    ]


def _records(here: Asked, shown: pd.DataFrame) -> dict[str, str]:
    """Each person's record on the newest of their days listed; of who left the backlog, on the last day in it."""
    back = timedelta(days=1 if here.measure in LEFT else 0)
    without = dict.fromkeys(_OWN)
    return {
        ref: links.address(OFFENDER.url_path, ref=ref, as_of=(on.date() - back).isoformat(), **without)
        for ref, on in zip(shown["offender_ref"], shown["on"], strict=True)
    }
