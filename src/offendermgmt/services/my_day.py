"""An officer's or investigator's day: what is overdue, due, planned and without an outcome, and whose children wait."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

import pandas as pd

from offendermgmt.domain.vocabulary import PlanState, Unit
from offendermgmt.services import my_day_definitions as definitions
from offendermgmt.services import planned_visits
from offendermgmt.services.access import OWN_CASES_ONLY, NotPermitted, Role, Viewer
from offendermgmt.services.desk import Desk
from offendermgmt.services.directory import officer_choices
from offendermgmt.services.figures import Definition, Figure
from offendermgmt.services.overdue import overdue_board, setting_of
from offendermgmt.services.planned_visits import midnight
from offendermgmt.services.polit_board import PolitBoard, polit_board
from offendermgmt.services.polit_definitions import CaseList
from offendermgmt.services.question import Question

READERS = frozenset({*OWN_CASES_ONLY, Role.SUPERVISOR, Role.DI, Role.DCI})


@dataclass(frozen=True)
class VisitsDay:
    """Visits of the question's officers, as figures with the rows they count.

    `overdue_rows` are those of `overdue_board`; `due_rows` those of `planned_visits.to_plan` that are not overdue;
    `planned_rows` and `no_outcome_rows` those of `planned_visits.in_scope`, in order of time. `days` is how far ahead
    what is due and planned reaches.
    """

    overdue: Figure
    due: Figure
    planned: Figure
    no_outcome: Figure
    overdue_rows: pd.DataFrame
    due_rows: pd.DataFrame
    planned_rows: pd.DataFrame
    no_outcome_rows: pd.DataFrame
    days: int


def visits_day(desk: Desk, question: Question, now: datetime) -> VisitsDay:
    """The visits of the question's officers on its day, as known then; `now` is the moment it is asked.

    Overdue is the overdue report of these officers. NotPermitted for a viewer whose day this is not.
    """
    _require_reader(question.viewer)
    at, ahead = _moment(question, now), question.policy.planning.due_days
    board = overdue_board(question)
    plans = planned_visits.plans(desk, question.as_of, question.snapshot.known_at)
    due = planned_visits.to_plan(question, plans)
    due = due[(due["days_overdue"] == 0).to_numpy()].sort_values(["due_on", "offender_ref"], ignore_index=True)
    coming = planned_visits.between(plans, question.as_of, question.as_of + timedelta(days=ahead))
    waiting = coming[(coming["state"] == PlanState.PLANNED).to_numpy()]
    planned = planned_visits.in_scope(question, waiting)
    late = planned_visits.in_scope(question, planned_visits.without_outcome(plans, at))
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
        days=ahead,
    )


def cases_day(question: Question, cases: CaseList = CaseList.OPEN) -> PolitBoard:
    """POLIT's board of the question's investigators: their children awaiting, and the list of `cases` asked for.

    NotPermitted for a viewer whose day this is not.
    """
    _require_reader(question.viewer)
    return polit_board(question, cases=cases)


def units_of_day(question: Question, officer_ref: str | None) -> tuple[Unit, ...]:
    """Whose work is shown: the viewer's units, and of one officer's day only those whose cases they hold.

    An officer who holds none is shown the viewer's units.
    """
    units = question.viewer.units
    if officer_ref is None:
        return units
    held = tuple(unit for unit in units if officer_ref in officer_choices(question, unit))
    return held or units


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


def _moment(question: Question, now: datetime) -> datetime:
    """The moment the question is about: now, or the end of an earlier day."""
    return now if question.as_of >= question.today else _end_of(question.as_of)


def _end_of(day: date) -> datetime:
    return midnight(day + timedelta(days=1))
