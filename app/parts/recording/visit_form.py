"""The form that records what became of a visit: by keyboard, begun from the plan or the holder, saved by Enter."""

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any, Final

import streamlit as st

from app.parts import telling
from app.session import ask, current_view, desk, today
from offendermgmt.domain.days import LONDON
from offendermgmt.domain.vocabulary import VisitOutcome
from offendermgmt.services.directory import holder_names
from offendermgmt.services.plan_clashes import Alone, VisitPlan, authorisers
from offendermgmt.services.planning import may_plan, plan_visit
from offendermgmt.services.question import Question
from offendermgmt.services.recording_alone import Unconfirmed
from offendermgmt.services.recording_choices import VisitChoice, begins_as
from offendermgmt.services.recording_scope import officers_in_post
from offendermgmt.services.recording_visits import VisitMade, due_after, record_visit
from offendermgmt.services.wording import OUTCOME, day_text, days_text

_TOPIC: Final = "visit"
_NEXT: Final = "next visit"
_WHICH: Final = "visit_which"
# What the form was begun for, and what its reader is asked to confirm.
_BEGUN: Final = "visit_begun"
_DOUBT: Final = "visit_doubt"
_STEP: Final = 300
_LONDON_TIME: Final = "London time, as the clock shows it."


def show(question: Question, choices: Mapping[str, VisitChoice]) -> None:
    """Draw the choice of a visit and its form; what became of the last one stands above them."""
    with st.container():
        telling.show(_TOPIC)
        telling.show(_NEXT)
    if not choices:
        st.info("There is no offender to record a visit to: nobody is held on this day.", icon=":material/info:")
        return
    if st.session_state.get(_WHICH) not in choices:
        first = next(iter(choices))
        st.session_state[_WHICH] = first if first.startswith("plan") or len(choices) == 1 else None
    which = st.selectbox(
        "Visit to",
        list(choices),
        key=_WHICH,
        format_func=lambda key: choices[key].label,
        placeholder="Type a reference or a name",
        help="Planned visits without an outcome come first, then everyone held.",
    )
    if which in choices:
        _form(question, choices[which], which)


def _form(question: Question, choice: VisitChoice, which: str) -> None:
    kept = st.session_state
    if kept.get(_BEGUN) != which or "visit_outcome" not in kept:
        _begin(begins_as(question, choice, datetime.now(LONDON)), which)
    doubt: tuple[frozenset[str], str] | None = kept.get(_DOUBT)
    with st.form("visit", enter_to_submit=True):
        st.radio("Outcome", list(VisitOutcome), key="visit_outcome", format_func=OUTCOME.__getitem__, horizontal=True)
        officers = officers_in_post(question, "offender")
        named = {**{ref: holder_names(question).get(ref, ref) for ref in kept["visit_crew"]}, **officers}
        st.multiselect("Crew", list(named), key="visit_crew", format_func=named.__getitem__, help=_CREW)
        with st.grid(3, min_column_width=150):
            st.date_input("Day", max_value=today(), key="visit_day", format="DD/MM/YYYY")
            st.time_input("Time", key="visit_time", step=_STEP, help=_LONDON_TIME)
            st.checkbox("Announced beforehand", key="visit_announced")
        if len(kept["visit_crew"]) == 1 or doubt is not None:
            _alone(question)
        if may_plan(question.viewer):
            with st.grid(3, min_column_width=150):
                st.date_input(
                    "Next visit on (optional)", value=None, min_value=today(), key="visit_next", format="DD/MM/YYYY"
                )
                st.time_input("Next visit at", key="visit_next_time", step=_STEP, help=_LONDON_TIME)
        if doubt is not None:
            st.checkbox(f"Save it {doubt[1]}", key="visit_confirm")
        st.form_submit_button(
            "Save the visit", type="primary", shortcut="Ctrl+Enter", on_click=_save, args=(question, choice)
        )


_CREW: Final = "Two officers by default. One alone needs a reason, a risk assessment and a supervisor's authority."


def _alone(question: Question) -> None:
    """The fields of a visit made alone (W2)."""
    supervisors = authorisers(question)
    by = st.session_state.get("visit_alone_by")
    named = {"": "Nobody", **({by: by} if by else {}), **supervisors}
    st.markdown("If one officer went:")
    st.text_input("Why alone", key="visit_alone_reason", max_chars=500)
    with st.grid(2, min_column_width=150):
        st.date_input(
            "Risk of going alone assessed on",
            value=None,
            max_value=today(),
            key="visit_alone_assessed",
            format="DD/MM/YYYY",
        )
        st.selectbox("Authorised by", list(named), key="visit_alone_by", format_func=named.__getitem__)
        st.date_input("Authorised on", value=None, max_value=today(), key="visit_alone_day", format="DD/MM/YYYY")
        st.time_input("Authorised at", value=None, key="visit_alone_time", step=_STEP, help=_LONDON_TIME)


def _begin(made: VisitMade, which: str) -> None:
    alone = made.alone or Alone()
    at = alone.authorised_at.astimezone(LONDON) if alone.authorised_at else None
    st.session_state.update(
        {
            _BEGUN: which,
            _DOUBT: None,
            "visit_outcome": made.outcome,
            "visit_crew": list(made.officer_refs),
            "visit_day": made.visited_at.date(),
            "visit_time": made.visited_at.time(),
            "visit_announced": made.announced,
            "visit_alone_reason": alone.reason,
            "visit_alone_assessed": alone.risk_assessed_on,
            "visit_alone_by": alone.authorised_by,
            "visit_alone_day": at.date() if at else None,
            "visit_alone_time": at.time() if at else None,
            "visit_next": None,
            "visit_next_time": time(10),
            "visit_confirm": False,
        }
    )


def _made(choice: VisitChoice) -> VisitMade:
    kept = st.session_state
    return VisitMade(
        offender_ref=choice.offender_ref,
        outcome=kept["visit_outcome"],
        visited_at=datetime.combine(kept["visit_day"], kept["visit_time"]),
        officer_refs=tuple(kept["visit_crew"]),
        announced=kept["visit_announced"],
        alone=Alone(
            reason=kept.get("visit_alone_reason", ""),
            risk_assessed_on=kept.get("visit_alone_assessed"),
            authorised_by=kept.get("visit_alone_by", ""),
            authorised_at=_together(kept.get("visit_alone_day"), kept.get("visit_alone_time")),
        ),
        plan_ref=choice.plan.plan_ref if choice.plan else None,
    )


def _together(day: date | None, at: time | None) -> datetime | None:
    return None if day is None or at is None else datetime.combine(day, at, tzinfo=LONDON)


def _save(question: Question, choice: VisitChoice) -> None:
    kept = st.session_state
    made = _made(choice)
    doubt: Any = kept.get(_DOUBT)
    confirmed = doubt[0] if doubt is not None and kept.get("visit_confirm") else frozenset()

    def record() -> str:
        try:
            record_visit(desk(), current_view().viewer, made, now=datetime.now(LONDON), confirmed=confirmed)
        except Unconfirmed as asked:
            kept[_DOUBT] = (asked.doubts | confirmed, asked.as_it_is)
            kept["visit_confirm"] = False
            raise
        day = "today" if made.visited_at.date() == today() else f"on {day_text(made.visited_at.date())}"
        told = f"{choice.name}, {OUTCOME[made.outcome].lower()}, {made.visited_at:%H:%M} {day}"
        return f"Saved: {told}. {_due(made.offender_ref)}"

    if telling.attempt(record, _TOPIC):
        _plan_next(question, made)
        kept[_BEGUN] = kept[_WHICH] = None


def _due(offender_ref: str) -> str:
    """What the rules make of it, so that a failed attempt is not taken for a visit."""
    due_on, late = due_after(ask(), offender_ref)
    if due_on is None:
        return "No visit is due: the visit clock is stopped."
    return f"The next visit is due on {day_text(due_on)}{f', {days_text(late)} overdue' if late else ''}."


def _plan_next(question: Question, made: VisitMade) -> None:
    kept = st.session_state
    at = _together(kept.get("visit_next"), kept.get("visit_next_time"))
    if at is None:
        return
    minutes = question.policy.planning.visit_minutes
    plan = VisitPlan(made.offender_ref, at, minutes, made.officer_refs)

    def record() -> str:
        plan_visit(desk(), current_view().viewer, plan, now=datetime.now(LONDON))
        return f"Planned: {made.offender_ref} on {day_text(at.date())} at {at:%H:%M}, with the same crew."

    if not telling.attempt(record, _NEXT):
        telling.add(_NEXT, f"The visit is saved; the next one, {day_text(at.date())} {at:%H:%M}, is not planned.")
