"""Findings on visits made alone: how many, who waits, and the form that records, corrects or withdraws one."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final

import pandas as pd
import streamlit as st

from app.parts import figures, telling
from app.parts.figures import OpensHere
from app.parts.words import moment, plural
from app.session import current_view, desk, today
from offendermgmt.domain.days import LONDON
from offendermgmt.domain.vocabulary import LoneFinding
from offendermgmt.services.changes import LONGEST_REASON, ChangeRefused
from offendermgmt.services.crew_lists import DOUBLE, Listed
from offendermgmt.services.lone_findings import FindingsBoard
from offendermgmt.services.lone_judging import Judging, judge, may_judge, withdraw_finding
from offendermgmt.services.wording import LONE_FINDING, day_text

_VISIT: Final = "lone_visit"


def show_figures(board: FindingsBoard, opens: Callable[[Listed], OpensHere | None]) -> None:
    """Draw how many lone visits have a finding and how many wait too long, and what was found; each opens its list."""
    with st.grid(5, min_column_width=180):
        figures.show(board.waiting, of="alone", note=_limit(board), opens=opens(Listed.WAITING))
        figures.show(board.found, of="alone", opens=opens(Listed.FOUND))
        for kind in reversed(list(board.kinds)):
            figures.show(board.kinds[kind], of="with a finding", opens=opens(Listed(kind)))


def panel(rows: pd.DataFrame, officers: Mapping[str, str]) -> None:
    """Choose a lone visit of the list and record a finding, where the viewer may and on what is known now.

    `rows` are those of `with_findings`, in the list's order.
    """
    view = current_view()
    lone = rows[(rows["standing"] != DOUBLE).to_numpy()]
    if not may_judge(view.viewer) or lone.empty:
        return
    with st.expander("Record a finding on a lone visit", icon=":material/gavel:"):
        if view.known_at is not None or view.as_of != today():
            st.caption("A finding is recorded today, on all that is known now: go back to today to do it.")
            return
        theirs = {row["visit_ref"]: row for row in lone[~lone["had_part"].to_numpy()].to_dict(orient="records")}
        own = len(lone) - len(theirs)
        if own:
            st.caption(
                f"Not offered: {plural(own, 'visit')} of the list that you made or authorised yourself. Somebody else "
                "records what is found of them."
            )
        if st.session_state.get(_VISIT) not in theirs:
            st.session_state[_VISIT] = None
        visit_ref = st.selectbox(
            "Visit",
            list(theirs),
            key=_VISIT,
            format_func=lambda ref: _label(theirs[ref], officers),
            placeholder="Choose a visit of the list",
        )
        if visit_ref in theirs:
            _forms(theirs[visit_ref], officers)


def in_words(rows: pd.DataFrame, officers: Mapping[str, str]) -> pd.DataFrame:
    """The rows of `with_findings` with finding_name (what was found, or that it waits), found_note (text, by whom and
    when) and finder."""
    told = [_told(row) for row in rows.to_dict(orient="records")]
    finder = rows["found_by"].map(officers).fillna(rows["found_by"])
    notes = [
        "" if not row["finding"] else " · ".join(filter(None, [row["text"], name, moment(row["found_at"])]))
        for row, name in zip(rows.to_dict(orient="records"), finder, strict=True)
    ]
    return rows.assign(finding_name=told, found_note=notes, finder=finder)


def _told(row: Mapping[Any, Any]) -> str:
    if row["finding"]:
        return LONE_FINDING[LoneFinding(row["finding"])]
    if row["standing"] == DOUBLE:
        return ""
    due = day_text(row["find_by"])
    return f"None yet: late, it was due by {due}" if row["is_waiting"] else f"None yet: due by {due}"


def _limit(board: FindingsBoard) -> str | None:
    return None if board.waiting.suppressed else f"after {plural(board.days, 'working day')}"


def _label(row: Mapping[Any, Any], officers: Mapping[str, str]) -> str:
    crew = ", ".join(officers.get(ref, ref) for ref in row["officer_refs"].split(";") if ref) or "nobody named"
    standing = LONE_FINDING[LoneFinding(row["finding"])] if row["finding"] else "no finding yet"
    return f"{row['visit_ref']} · {row['offender_ref']} · {moment(row['visited_at'])} · {crew} · {standing}"


def _forms(row: Mapping[Any, Any], officers: Mapping[str, str]) -> None:
    visit_ref, seen, stands = row["visit_ref"], int(row["finding_version"]), bool(row["finding"])
    if stands:
        finder = officers.get(row["found_by"], row["found_by"])
        found = LONE_FINDING[LoneFinding(row["finding"])]
        st.info(f"{found}, by {finder} on {moment(row['found_at'])}: {row['text']}", icon=":material/gavel:")
    with st.form(f"judge {visit_ref} {seen}"):
        st.radio(
            "Was it right to go alone?",
            list(LoneFinding),
            index=None,
            key="finding_kind",
            format_func=lambda kind: LONE_FINDING[kind],
            horizontal=True,
        )
        st.text_area(
            "What was found, and why",
            key="finding_text",
            max_chars=LONGEST_REASON,
            help="Kept with your name and the time.",
        )
        if stands:
            st.text_input("Why the finding is corrected", key="finding_why", max_chars=LONGEST_REASON)
        st.form_submit_button(
            "Correct the finding" if stands else "Record the finding",
            type="primary",
            on_click=_judge,
            args=(visit_ref, seen),
        )
    if stands:
        with st.form(f"withdraw finding {visit_ref} {seen}"):
            st.text_input("Why it is withdrawn", key="finding_withdrawn_why", max_chars=LONGEST_REASON)
            st.form_submit_button("Withdraw the finding", on_click=_withdraw, args=(visit_ref, seen))


def _judge(visit_ref: str, seen: int) -> None:
    kept = st.session_state

    def record() -> str:
        if kept["finding_kind"] is None:
            raise ChangeRefused("Nothing was recorded: choose one of the three findings.")
        kind = LoneFinding(kept["finding_kind"])
        asked = Judging(visit_ref, kind, kept["finding_text"], seen, kept.get("finding_why", ""))
        judge(desk(), current_view().viewer, asked, now=datetime.now(LONDON))
        return f"Recorded: visit {visit_ref}, {LONE_FINDING[kind].lower()}."

    if telling.attempt(record):
        _clear("finding_text", "finding_why")


def _withdraw(visit_ref: str, seen: int) -> None:
    def record() -> str:
        why = st.session_state["finding_withdrawn_why"]
        withdraw_finding(desk(), current_view().viewer, visit_ref, seen, why, now=datetime.now(LONDON))
        return f"Withdrawn: visit {visit_ref} has no finding any more."

    if telling.attempt(record):
        _clear("finding_withdrawn_why")


def _clear(*fields: str) -> None:
    """Make ready for the next visit."""
    for field in fields:
        st.session_state[field] = ""
    st.session_state["finding_kind"] = None
    st.session_state[_VISIT] = None
