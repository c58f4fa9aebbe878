"""The forms that plan a visit, change a plan and cancel it; what may stand beside what is for the service to say."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any, Final

import pandas as pd
import streamlit as st

from app.parts import filters, telling
from app.parts.words import moment, plural
from app.session import current_view, desk, today
from offendermgmt.domain.days import LONDON
from offendermgmt.domain.vocabulary import PlanState
from offendermgmt.services.changes import LONGEST_REASON
from offendermgmt.services.plan_clashes import Alone, VisitPlan, authorisers, crew_choices
from offendermgmt.services.planned_visits import in_scope
from offendermgmt.services.planning import (
    PlannedVisit,
    cancel_plan,
    change_plan,
    may_plan,
    plan_visit,
    shown_plan,
)
from offendermgmt.services.question import Question

_NOBODY: Final = ""
_ALONE: Final = (
    "Only for a visit by one officer: it needs all of these, given beforehand. The authority is that of a supervisor "
    "who does not go."
)


@dataclass(frozen=True)
class _Start:
    """What a form shows until the reader writes something else."""

    day: date
    at: time
    minutes: int
    officer_refs: tuple[str, ...]
    announced: bool = False
    note: str = ""
    alone: Alone = field(default_factory=Alone)


def may_write() -> bool:
    """Whether the viewer plans, on all that is known now: a plan is made today."""
    view = current_view()
    return may_plan(view.viewer) and view.known_at is None and view.as_of == today()


def opened(question: Question, rows: pd.DataFrame, waiting: pd.DataFrame, officers: Mapping[str, str]) -> None:
    """Draw the plan that the address names, of `rows` of `plans_on`, or where the viewer plans the form of a new one.

    The address's `plan` is the reference of the offender to visit; of one of `waiting` the holder is filled in too.
    """
    plan_ref, offender_ref = (st.query_params.get(name) for name in ("visit", "plan"))
    if plan_ref is not None:
        found = in_scope(question, rows[(rows["plan_ref"] == plan_ref).to_numpy()])
        if len(found):
            _open_plan(question, found.iloc[0].to_dict(), officers)
            return
        st.warning("This address names a plan that is not among yours, or of other days.", icon=":material/event_busy:")
    if may_write():
        holder = waiting.loc[(waiting["offender_ref"] == offender_ref).to_numpy(), "officer_ref"]
        _plan_panel(question, offender_ref, str(holder.iloc[0]) if len(holder) else "")


def _plan_panel(question: Question, offender_ref: str | None, holder_ref: str) -> None:
    """Draw the form of a new plan, open with `offender_ref` and its holder where the address names one."""
    policy = question.policy.planning
    start = _Start(_next_day(question), policy.slots[0], policy.visit_minutes, (holder_ref,) if holder_ref else ())
    with st.expander("Plan a visit", expanded=offender_ref is not None, icon=":material/edit_calendar:"):
        key = f"plan {offender_ref or 'any'}"
        with st.form(key):
            st.text_input("Offender's reference", value=offender_ref or "", key=f"{key} offender", max_chars=64)
            _fields(question, key, start)
            st.form_submit_button("Plan the visit", type="primary", on_click=_plan, args=(key,))
        if offender_ref is not None:
            st.button("Close without planning", key=f"{key} close", on_click=filters.choose, kwargs={"plan": None})


def _open_plan(question: Question, row: Mapping[Any, Any], officers: Mapping[str, str]) -> None:
    """Draw the plan that the address names, a row of `in_scope`, with the forms that change and cancel it."""
    shown = shown_plan(row)
    plan = shown.plan
    st.subheader(f"Plan of {moment(plan.planned_at)}, {plan.offender_ref}")
    crew = ", ".join(officers.get(ref, ref) for ref in plan.officer_refs)
    st.markdown(f"{plural(plan.minutes, 'minute')}, {crew}. Written by {row['author']}, {moment(row['recorded_at'])}.")
    if shown.state is not PlanState.PLANNED:
        st.info("The visit has been made or cancelled, so that the plan stays as it is.", icon=":material/info:")
    elif may_write():
        _change_forms(question, shown)
    st.button("Close the plan", key="close plan", on_click=filters.choose, kwargs={"visit": None})


def _change_forms(question: Question, shown: PlannedVisit) -> None:
    plan, key = shown.plan, f"change {shown.plan_ref} {shown.version}"
    local = plan.planned_at.astimezone(LONDON)
    start = _Start(
        local.date(), local.time(), plan.minutes, plan.officer_refs, plan.announced, plan.note, plan.alone or Alone()
    )
    with st.form(key):
        _fields(question, key, start)
        st.text_input("Why it changes", key=f"{key} why", max_chars=LONGEST_REASON)
        st.form_submit_button("Change the plan", type="primary", on_click=_change, args=(key, shown))
    with st.form(f"cancel {key}"):
        st.text_input("Why it is cancelled", key=f"{key} cancelled", max_chars=LONGEST_REASON)
        st.form_submit_button("Cancel the visit", on_click=_cancel, args=(key, shown))


def _fields(question: Question, key: str, start: _Start) -> None:
    crew = crew_choices(question)
    going = [ref for ref in start.officer_refs if ref in crew]
    with st.grid(3, min_column_width=180):
        st.date_input("Day", value=start.day, key=f"{key} day", format="DD/MM/YYYY")
        st.time_input("Time", value=start.at, key=f"{key} time", step=900)
        st.number_input("Minutes", 1, question.policy.planning.most_minutes, start.minutes, 15, key=f"{key} minutes")
    st.multiselect("Who goes", list(crew), default=going, key=f"{key} crew", format_func=lambda ref: crew[ref])
    st.checkbox("Announced", value=start.announced, key=f"{key} announced", help="The offender knows of it beforehand.")
    st.text_input("Note", value=start.note, key=f"{key} note", max_chars=LONGEST_REASON)
    with st.expander("One officer only", icon=":material/person:"):
        st.caption(_ALONE)
        _alone_fields(question, key, start.alone)


def _alone_fields(question: Question, key: str, start: Alone) -> None:
    supervisors = {_NOBODY: "Nobody", **authorisers(question)}
    at = start.authorised_at.astimezone(LONDON) if start.authorised_at else None
    by = list(supervisors).index(start.authorised_by) if start.authorised_by in supervisors else 0
    st.text_input("Why one officer goes", value=start.reason, key=f"{key} reason", max_chars=LONGEST_REASON)
    with st.grid(2, min_column_width=180):
        st.date_input("Risk assessed on", value=start.risk_assessed_on, key=f"{key} assessed", format="DD/MM/YYYY")
        st.selectbox("Authorised by", list(supervisors), by, key=f"{key} by", format_func=lambda ref: supervisors[ref])
        st.date_input("Authorised on", value=at.date() if at else None, key=f"{key} on", format="DD/MM/YYYY")
        st.time_input("At", value=at.time() if at else None, key=f"{key} at", step=60)


def _next_day(question: Question) -> date:
    return (pd.Timestamp(question.today) + pd.Timedelta(days=1)).date()


def _said(key: str, offender_ref: str) -> VisitPlan:
    kept = st.session_state
    crew = tuple(kept[f"{key} crew"])
    return VisitPlan(
        offender_ref=offender_ref,
        planned_at=datetime.combine(kept[f"{key} day"], kept[f"{key} time"], tzinfo=LONDON),
        minutes=int(kept[f"{key} minutes"]),
        officer_refs=crew,
        announced=kept[f"{key} announced"],
        note=kept[f"{key} note"],
        alone=_said_alone(key) if len(crew) == 1 else None,
    )


def _said_alone(key: str) -> Alone:
    kept = st.session_state
    day, at = kept[f"{key} on"], kept[f"{key} at"]
    authorised_at = datetime.combine(day, at, tzinfo=LONDON) if day and at else None
    return Alone(kept[f"{key} reason"], kept[f"{key} assessed"], kept[f"{key} by"], authorised_at)


def _plan(key: str) -> None:
    def record() -> str:
        plan = _said(key, st.session_state[f"{key} offender"].strip())
        plan_visit(desk(), current_view().viewer, plan, now=datetime.now(LONDON))
        return f"Planned: {moment(plan.planned_at)}, {plan.offender_ref}."

    if telling.attempt(record):
        st.session_state[f"{key} offender"] = ""
        filters.choose(plan=None)


def _change(key: str, shown: PlannedVisit) -> None:
    def record() -> str:
        plan, why = _said(key, shown.plan.offender_ref), st.session_state[f"{key} why"]
        change_plan(desk(), current_view().viewer, shown, plan, why, now=datetime.now(LONDON))
        return f"Changed: {moment(plan.planned_at)}, {plan.offender_ref}."

    if telling.attempt(record):
        filters.choose(visit=None)


def _cancel(key: str, shown: PlannedVisit) -> None:
    def record() -> str:
        why = st.session_state[f"{key} cancelled"]
        cancel_plan(desk(), current_view().viewer, shown, why, now=datetime.now(LONDON))
        return f"Cancelled: the visit to {shown.plan.offender_ref}, {moment(shown.plan.planned_at)}."

    if telling.attempt(record):
        filters.choose(visit=None)
