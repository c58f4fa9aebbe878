"""The form that places a case first or last by hand until a day, and the one that withdraws that."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

import pandas as pd
import streamlit as st

from app.parts import telling
from app.session import current_view, desk, today
from offendermgmt.domain.days import LONDON
from offendermgmt.domain.vocabulary import Placement, RiskLevel
from offendermgmt.services.changes import LONGEST_REASON
from offendermgmt.services.priority_overrides import (
    Override,
    Placing,
    may_place,
    newest_versions,
    place,
    withdraw,
)
from offendermgmt.services.priority_words import PLACEMENT
from offendermgmt.services.wording import RISK, day_text, days_text

_CASE: Final = "priority_case"
_WEEK: Final = 7


def panel(cases: pd.DataFrame, versions: Sequence[Override], placed: Mapping[str, Override], most_days: int) -> None:
    """Choose a case of the list, and place it or withdraw its placement, where the viewer may and on what is known now.

    `versions` are those on record, `placed` the ones in force, `most_days` how far ahead one may hold.
    """
    view = current_view()
    if not may_place(view.viewer) or cases.empty:
        return
    with st.expander("Place a case by hand", icon=":material/swap_vert:"):
        if view.known_at is not None or view.as_of != today():
            st.caption("A case is placed from today, on all that is known now: go back to today to do it.")
            return
        labels = {
            row["case_ref"]: f"{row['case_ref']} · {RISK[RiskLevel(row['risk_level'])]} · place {row['place']}"
            for row in cases.to_dict(orient="records")
        }
        if st.session_state.get(_CASE) not in labels:
            st.session_state[_CASE] = None
        case_ref = st.selectbox(
            "Case", list(labels), key=_CASE, format_func=lambda ref: labels[ref], placeholder="Choose a case"
        )
        if case_ref not in labels:
            st.caption("Choose a case of the list. The rule's own place stays beside the one you give it.")
            return
        _forms(case_ref, placed.get(case_ref), newest_versions(versions).get(case_ref, 0), most_days)


def _forms(case_ref: str, standing: Override | None, seen: int, most_days: int) -> None:
    if standing is not None:
        until = day_text(standing.last_on)
        st.info(
            f"{PLACEMENT[standing.placement]} until the end of {until}, by {standing.author}: {standing.reason}",
            icon=":material/swap_vert:",
        )
    with st.form(f"place {case_ref} {seen}"):
        with st.grid(2, min_column_width=250):
            st.radio(
                "Place it",
                list(Placement),
                key="place_where",
                format_func=lambda each: PLACEMENT[each],
                horizontal=True,
            )
            st.date_input(
                "Until the end of",
                value=today() + timedelta(days=min(_WEEK, most_days)),
                min_value=today(),
                max_value=today() + timedelta(days=most_days),
                key="place_until",
                format="DD/MM/YYYY",
                help=f"At most {days_text(most_days)} ahead; then the rule places it again.",
            )
        st.text_area("Why", key="place_why", max_chars=LONGEST_REASON, help="Kept with your name and the time.")
        st.form_submit_button(
            "Place it" if standing is None else "Place it anew", type="primary", on_click=_place, args=(case_ref, seen)
        )
    if standing is not None:
        with st.form(f"withdraw {case_ref} {seen}"):
            st.text_input("Why it is withdrawn", key="withdraw_why", max_chars=LONGEST_REASON)
            st.form_submit_button("Withdraw the placement", on_click=_withdraw, args=(standing,))


def _place(case_ref: str, seen: int) -> None:
    kept = st.session_state
    asked = Placing(case_ref, Placement(kept["place_where"]), kept["place_until"], kept["place_why"], seen)

    def record() -> str:
        place(desk(), current_view().viewer, asked, now=datetime.now(LONDON))
        return f"Recorded: {case_ref} is {asked.placement} until the end of {day_text(asked.last_on)}."

    if telling.attempt(record):
        kept["place_why"] = ""


def _withdraw(standing: Override) -> None:
    def record() -> str:
        withdraw(desk(), current_view().viewer, standing, st.session_state["withdraw_why"], now=datetime.now(LONDON))
        return f"Withdrawn: {standing.case_ref} stands where the rule puts it."

    if telling.attempt(record):
        st.session_state["withdraw_why"] = ""
