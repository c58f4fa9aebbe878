"""Officers' availability: what holds and what is to come, and the form to add, correct or withdraw a stretch."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final

import pandas as pd
import streamlit as st

from app.parts import caseload_files, listing, telling
from app.parts.listing import Field
from app.parts.words import moment, plural
from app.session import current_view, desk, today
from offendermgmt.domain.days import LONDON
from offendermgmt.services.availability import (
    Availability,
    AvailabilityState,
    Change,
    availability,
    change_availability,
    may_change,
)
from offendermgmt.services.holding import receivers
from offendermgmt.services.question import Question
from offendermgmt.services.wording import day_text

_STATES: Final = {
    AvailabilityState.IN_FORCE: "In force",
    AvailabilityState.COMING: "To come",
    AvailabilityState.SUPERSEDED: "A newer one took its place",
}
_CHANGES: Final = {Change.ADD: "Add", Change.CORRECT: "Correct", Change.WITHDRAW: "Withdraw"}
_DONE: Final = {Change.ADD: "added", Change.CORRECT: "corrected", Change.WITHDRAW: "withdrawn"}


def panel(question: Question, holders: Mapping[str, str]) -> None:
    """Draw the availability in force and to come, and where the viewer keeps it the form that changes it."""
    rows = availability(question)
    _draw(rows, holders, question.as_of)
    caseload_files.offer_availability(rows.assign(state=rows["state"].map(_STATES)), question, holders)
    view = current_view()
    if not may_change(view.viewer):
        return
    if view.known_at is not None:
        st.caption('To change availability, clear "As known on": a change is made on all that is known now.')
        return
    change = st.radio(
        "Change", list(_CHANGES), key="availability_change", format_func=lambda each: _CHANGES[each], horizontal=True
    )
    if change is Change.ADD:
        _add(question)
    elif rows.empty:
        st.caption("There is none to change.")
    else:
        _change(change, rows, holders)


def _draw(rows: pd.DataFrame, holders: Mapping[str, str], as_of: date) -> None:
    if rows.empty:
        st.info(
            f"No officer has other availability than contracted on {day_text(as_of)} or after it.",
            icon=":material/info:",
        )
        return
    listing.show(
        rows.assign(
            officer=rows["officer_ref"].map(holders).fillna(rows["officer_ref"]),
            until=[_until(day) for day in rows["to_on"]],
            available=[
                f"{fte:g} of {contracted:g}"
                for fte, contracted in zip(rows["fte"], rows["contracted_fte"], strict=True)
            ],
            why=rows["reason"].fillna("Not said"),
            state=rows["state"].map(_STATES),
            recorded=[f"Recorded {moment(at.tz_localize('UTC').to_pydatetime())}" for at in rows["recorded_at"]],
        ),
        [
            Field("officer", "Officer", beneath="state"),
            Field("from_on", "From", "day"),
            Field("until", "Back on"),
            Field("available", "FTE of contracted", "figure"),
            Field("why", "Why", beneath="recorded"),
        ],
        caption=f"Availability in force on {day_text(as_of)} and to come: {plural(len(rows), 'entry', 'entries')}",
    )


def _until(day: Any) -> str:
    return "Not known" if pd.isna(day) else day_text(day)


def _add(question: Question) -> None:
    officers = receivers(question)
    with st.form("availability_add"):
        with st.grid(2, min_column_width=300):
            st.selectbox("Officer", list(officers), key="availability_officer", format_func=lambda ref: officers[ref])
            st.number_input(
                "FTE available", 0.0, 1.0, 0.0, 0.1, key="availability_fte", help="0 is none, 1 is full time."
            )
            st.date_input("From", value=today(), key="availability_from", format="DD/MM/YYYY")
            st.date_input("Back on", value=None, key="availability_to", format="DD/MM/YYYY", help=_BACK)
        st.text_input("Reason", key="availability_reason", max_chars=200, help=_REASON)
        st.form_submit_button("Add it", type="primary", on_click=_record_added)


_BACK: Final = "The first day it no longer holds. Leave empty if not known."
_REASON: Final = "In a word: leave, abstraction, part-time. No medical detail."


def _change(change: Change, rows: pd.DataFrame, holders: Mapping[str, str]) -> None:
    entries = {int(row["recording_id"]): row for row in rows.to_dict(orient="records")}
    shown = st.selectbox(
        "Which",
        list(entries),
        key="availability_which",
        format_func=lambda recording: _entry(entries[recording], holders),
    )
    if shown not in entries:
        return
    now = _stretch(entries[shown])
    with st.form(f"availability_{change}_{shown}"):
        if change is Change.CORRECT:
            with st.grid(2, min_column_width=300):
                st.number_input("FTE available", 0.0, 1.0, now.fte, 0.1, key=f"fte_{shown}")
                st.date_input("Back on", value=now.to_on, key=f"to_{shown}", format="DD/MM/YYYY", help=_BACK)
            st.text_input("Reason", value=now.reason, key=f"reason_{shown}", max_chars=200, help=_REASON)
            st.caption("For another first day, withdraw this one and add the right one.")
        st.text_input(f"Why {_CHANGES[change].lower()} it", key=f"why_{shown}", max_chars=500)
        st.form_submit_button(
            f"{_CHANGES[change]} it", type="primary", on_click=_record_changed, args=(change, now, shown)
        )


def _entry(row: Mapping[Any, Any], holders: Mapping[str, str]) -> str:
    return f"{holders.get(row['officer_ref'], row['officer_ref'])} from {day_text(row['from_on'])}, {row['fte']:g} FTE"


def _stretch(row: Mapping[Any, Any]) -> Availability:
    to_on = None if pd.isna(row["to_on"]) else row["to_on"].date()
    reason = "" if pd.isna(row["reason"]) else str(row["reason"])
    return Availability(str(row["officer_ref"]), row["from_on"].date(), to_on, float(row["fte"]), reason)


def _record_added() -> None:
    asked = {name: st.session_state[f"availability_{name}"] for name in ("officer", "from", "to", "fte", "reason")}
    stretch = Availability(asked["officer"], asked["from"], asked["to"], asked["fte"], asked["reason"].strip())
    _attempt(Change.ADD, stretch, why=stretch.reason)


def _record_changed(change: Change, now: Availability, shown: int) -> None:
    kept = st.session_state
    asked = now
    if change is Change.CORRECT:
        fte, to_on, reason = (kept[f"{name}_{shown}"] for name in ("fte", "to", "reason"))
        asked = Availability(now.officer_ref, now.from_on, to_on, fte, reason.strip())
    _attempt(change, asked, why=kept[f"why_{shown}"], shown=shown)


def _attempt(change: Change, stretch: Availability, *, why: str, shown: int | None = None) -> None:
    def make() -> str:
        viewer, now = current_view().viewer, datetime.now(LONDON)
        change_availability(desk(), viewer, change, stretch, why=why, shown=shown, now=now)
        return f"Availability of {stretch.officer_ref} from {stretch.from_on:%d %B %Y} {_DONE[change]}."

    telling.attempt(make)
