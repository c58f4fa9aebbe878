"""An officer's or investigator's day: what is overdue, due, planned and without an outcome, and whose children wait."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import pandas as pd

from offendermgmt.domain.vocabulary import PlanState, Unit
from offendermgmt.services import my_day_definitions as definitions
from offendermgmt.services import planned_visits, reports
from offendermgmt.services.access import OWN_CASES_ONLY, NotPermitted, Role, Viewer
from offendermgmt.services.consultations import Subject
from offendermgmt.services.desk import Desk
from offendermgmt.services.directory import offender_names, officer_choices
from offendermgmt.services.figures import Definition, Figure
from offendermgmt.services.overdue import overdue_board, setting_of
from offendermgmt.services.polit_board import PolitBoard, polit_board
from offendermgmt.services.polit_definitions import CaseList
from offendermgmt.services.question import Question
from offendermgmt.services.recording_choices import held_offenders
from offendermgmt.services.wording import STAGE

READERS = frozenset({*OWN_CASES_ONLY, Role.SUPERVISOR, Role.DI, Role.DCI})


@dataclass(frozen=True)
class VisitsDay:
    """Visits of the question's officers, as figures with the rows they count.

    `overdue_rows` are those of `overdue_board`; `due_rows` those of `planned_visits.to_plan` that are not overdue;
    `planned_rows` and `no_outcome_rows` those of `planned_visits.in_scope`, in order of time. `days` is how far ahead
    what is due and planned reaches, `plans` what it was read from (`planned_visits.plans_on`).
    """

    overdue: Figure
    due: Figure
    planned: Figure
    no_outcome: Figure
    overdue_rows: pd.DataFrame
    due_rows: pd.DataFrame
    planned_rows: pd.DataFrame
    no_outcome_rows: pd.DataFrame
    plans: pd.DataFrame
    days: int


def visits_day(desk: Desk, question: Question, now: datetime) -> VisitsDay:
    """The visits of the question's officers on its day, as known then; `now` is the moment it is asked.

    Overdue is the overdue report of these officers. NotPermitted for a viewer whose day this is not.
    """
    _require_reader(question.viewer)
    board, ahead = overdue_board(question), question.policy.planning.due_days
    plans = planned_visits.plans_on(desk, question, question.as_of)
    due = planned_visits.to_plan(question, plans)
    due = due[(due["days_overdue"] == 0).to_numpy()].sort_values(["due_on", "offender_ref"], ignore_index=True)
    coming = planned_visits.between(plans, question.as_of, question.as_of + timedelta(days=ahead))
    late = planned_visits.without_outcome(question, plans, now)
    is_waiting = (coming["state"] == PlanState.PLANNED) & ~coming["plan_ref"].isin(late["plan_ref"])
    planned = planned_visits.in_scope(question, coming[is_waiting.to_numpy()])
    late = planned_visits.in_scope(question, late)
    setting = setting_of(question)

    def count(definition: Definition, rows: pd.DataFrame) -> Figure:
        return Figure(definition, setting, len(rows))

    return VisitsDay(
        overdue=board.size,
        due=count(definitions.DUE_SOON, due),
        planned=count(definitions.PLANNED, planned),
        no_outcome=count(definitions.NO_OUTCOME, late),
        overdue_rows=pd.DataFrame() if board.cases is None else board.cases,
        due_rows=due,
        planned_rows=planned,
        no_outcome_rows=late,
        plans=plans,
        days=ahead,
    )


def cases_day(question: Question, cases: CaseList = CaseList.OPEN) -> PolitBoard:
    """POLIT's board of the question's investigators: their children awaiting, and the list of `cases` asked for.

    NotPermitted for a viewer whose day this is not.
    """
    _require_reader(question.viewer)
    return polit_board(question, cases=cases, with_matrices=False)


def units_of_day(question: Question, officer_ref: str | None) -> tuple[Unit, ...]:
    """Whose work is shown: the viewer's units, and of one officer's day only those whose cases they hold.

    An officer who holds none is shown the viewer's units.
    """
    units = question.viewer.units
    if officer_ref is None:
        return units
    held = tuple(unit for unit in units if officer_ref in officer_choices(question, unit))
    return held or units


def subjects(desk: Desk, question: Question, units: tuple[Unit, ...]) -> dict[Subject, str]:
    """Whom the question's officers hold on the day, to record something about: how each is told, by subject.

    Managed offenders with their names as far as the viewer sees them, then POLIT's open cases with their stages.
    """
    found: dict[Subject, str] = {}
    if Unit.MOSOVO in units:
        held = held_offenders(question)
        names = offender_names(desk, question, held)
        found |= {Subject("offender", ref): f"{ref} {names.get(ref, '')}".strip() for ref in held}
    if Unit.POLIT in units:
        cases = reports.polit(question)
        stages = zip(cases["case_ref"], cases["stage"], strict=True)
        found |= {Subject("case", ref): f"{ref} {STAGE[stage].lower()}" for ref, stage in stages}
    return found


def officers_to_choose(question: Question) -> dict[str, str]:
    """Officers whose day the viewer may look at: those in scope who hold cases, `DC Ash (0042)` by reference.

    None for an officer, whose day is their own.
    """
    units = question.viewer.units
    chosen = {ref: name for unit in units for ref, name in officer_choices(question, unit).items()}
    return dict(sorted(chosen.items(), key=lambda item: item[1]))


def _require_reader(viewer: Viewer) -> None:
    if viewer.role not in READERS:
        raise NotPermitted("My day is for officers, and for the supervisors and inspectors who look at theirs.")
