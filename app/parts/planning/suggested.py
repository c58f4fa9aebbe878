"""The suggested plan of a team: what fits and why, who is left out and why, and what accepts it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

import pandas as pd
import streamlit as st

from app.navigation import OFFENDER, PLANNED
from app.parts import figures, links, listing, telling
from app.parts.listing import MOST_ROWS, Field
from app.parts.planning.waiting import lateness
from app.parts.words import count, plural
from app.session import current_view, desk
from offendermgmt.domain.days import LONDON
from offendermgmt.services import planning_definitions as definitions
from offendermgmt.services.plan_suggestion import (
    ACTION,
    LeftOut,
    Suggestion,
    as_plans,
    officers_to_send,
    suggest,
)
from offendermgmt.services.planning import plan_visits
from offendermgmt.services.question import Question
from offendermgmt.services.wording import day_text

_KEPT: Final = "suggested_plan"
_LEFT: Final = {
    LeftOut.NO_TIME: "for want of time",
    LeftOut.MISSING: "missing",
    LeftOut.LATER: "due after these days",
}


def panel(
    question: Question,
    rows: pd.DataFrame,
    names: Mapping[str, str],
    officers: Mapping[str, str],
    *,
    may_accept: bool,
) -> None:
    """Choose who goes, and draw the plan for the question's team; `rows` are those of `plans_on`."""
    if not may_accept:
        st.caption("A plan is suggested from today, on all that is known now: go back to today to see one.")
        return
    st.header(definitions.SUGGESTED.title, help=figures.definition_text(definitions.SUGGESTED))
    able = officers_to_send(question, question.today)
    going = st.multiselect(
        "Officers to send",
        list(able),
        default=[ref for ref, goes in able.items() if goes],
        key=f"send {question.team_ref}",
        format_func=lambda ref: officers.get(ref, ref),
        help="In post with time available in the days to be planned. Supervisors go only if you choose them.",
    )
    made = _made(question, rows, going)
    _say(made)
    if len(made.visits):
        _show_visits(made, names, officers)
        _accept_form(made, question.team_ref or "")
    if len(made.left_out):
        _show_left_out(made.left_out, names)


def _made(question: Question, rows: pd.DataFrame, going: Sequence[str]) -> Suggestion:
    """The suggestion, worked out once for each revision of the store, day, team and choice of officers."""
    revision = desk().freshness().revision
    asked = (revision, question.today, question.team_ref, tuple(sorted(going)), question.policy.version)
    kept: tuple[object, Suggestion] | None = st.session_state.get(_KEPT)
    if kept is None or kept[0] != asked:
        kept = (asked, suggest(question, rows, going, datetime.now(LONDON)))
        st.session_state[_KEPT] = kept
    return kept[1]


def _say(made: Suggestion) -> None:
    kinds = [(made.number_left(kind), text) for kind, text in _LEFT.items()]
    left = ", ".join(f"{count(number)} {text}" for number, text in kinds if number)
    beside = f" Left out: {left}." if left else ""
    if not made.wanted:
        st.info(f"There is no visit to suggest.{beside}", icon=":material/info:")
        return
    when = f", from {day_text(made.days[0])} to {day_text(made.days[-1])}" if made.days else ""
    crew = plural(len(made.officer_refs), "officer")
    st.markdown(f"**{count(len(made.visits))} of {plural(made.wanted, 'visit')} fit**{when}, for {crew}.{beside}")


def _show_visits(made: Suggestion, names: Mapping[str, str], officers: Mapping[str, str]) -> None:
    shown = made.visits.head(MOST_ROWS)
    listing.show(
        shown.assign(
            crew=[
                f"{officers.get(first, first)}, {officers.get(second, second)}"
                for first, second in zip(shown["first_ref"], shown["second_ref"], strict=True)
            ],
            name=[names.get(ref, "") for ref in shown["offender_ref"]],
        ),
        [
            Field("at", "When", "moment"),
            Field("offender_ref", "Offender", "opens", beneath="name"),
            Field("risk_level", "Risk", "risk"),
            Field("crew", "Who goes"),
            Field("why", "Why", "sentence"),
            Field("points", "Points", "number"),
        ],
        caption=f"{plural(len(made.visits), 'suggested visit')}, nothing saved yet",
        opens=links.addresses(OFFENDER.url_path, "ref", shown["offender_ref"], back=PLANNED.url_path),
    )


def _accept_form(made: Suggestion, team_ref: str) -> None:
    refs = list(made.visits["offender_ref"])
    with st.form(f"accept {team_ref}"):
        st.multiselect("Leave out", refs, key=f"leave out {team_ref}", placeholder="Nobody: all are planned")
        st.caption("Each visit is checked again for clashes. All are planned, or none; each may be changed afterwards.")
        st.form_submit_button("Accept the plan", type="primary", on_click=_accept, args=(made, team_ref))


def _accept(made: Suggestion, team_ref: str) -> None:
    def record() -> str:
        out = set(st.session_state[f"leave out {team_ref}"])
        asked = as_plans(made, [ref for ref in made.visits["offender_ref"] if ref not in out])
        planned = plan_visits(desk(), current_view().viewer, asked, now=datetime.now(LONDON), action=ACTION)
        return f"Planned: {plural(len(planned), 'visit')}."

    if telling.attempt(record):
        st.session_state[f"leave out {team_ref}"] = []


def _show_left_out(left_out: pd.DataFrame, names: Mapping[str, str]) -> None:
    shown = left_out.head(MOST_ROWS)
    listing.show(
        shown.assign(
            name=[names.get(ref, "") for ref in shown["offender_ref"]],
            late=[lateness(*days) for days in zip(shown["days_overdue"], shown["days_until"], strict=True)],
        ),
        [
            Field("offender_ref", "Offender", "opens", beneath="name"),
            Field("risk_level", "Risk", "risk"),
            Field("due_on", "Due on", "day", beneath="late"),
            Field("why", "Why left out", "sentence"),
        ],
        caption=f"{plural(len(left_out), 'offender')} left out",
        opens=links.addresses(OFFENDER.url_path, "ref", shown["offender_ref"], back=PLANNED.url_path),
    )
