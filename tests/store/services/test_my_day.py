"""An officer's day: the overdue report's own, what is due, planned and without an outcome, and what they may record."""

from datetime import UTC, date, datetime, timedelta

import pytest

from offendermgmt.domain.vocabulary import Unit
from offendermgmt.services import reports
from offendermgmt.services.access import NotPermitted, Role, Viewer
from offendermgmt.services.consultations import Subject
from offendermgmt.services.desk import Desk
from offendermgmt.services.my_day import (
    VisitsDay,
    cases_day,
    officers_to_choose,
    subjects,
    units_of_day,
    visits_day,
)
from offendermgmt.services.plan_clashes import VisitPlan
from offendermgmt.services.planning import plan_visit
from offendermgmt.services.polit_definitions import CaseList
from offendermgmt.services.question import Question
from offendermgmt.store import Store
from tests.databases import FORCE, READS_A_STORE
from tests.store.facts import Columns
from tests.store.services.recording_force import ASH, CEDAR, INSPECTOR, NORTH, NOW, TODAY, recording_desk


@pytest.fixture
def desk(store: Store) -> Desk:
    desk = recording_desk(store)
    with store.write(FORCE, user="test") as work:
        # V5 is due on the last of the days ahead, V6 a day after it.
        registered = [TODAY - timedelta(days=1), TODAY]
        work.insert("offenders", {"offender_ref": ["V5", "V6"], "registered_on": registered})
        held: Columns = {"offender_ref": ["V5", "V6"], "from_on": registered, "officer_ref": ["0042", "0042"]}
        work.insert("allocations", held)
    return desk


def asked(desk: Desk, viewer: Viewer = ASH, officer_ref: str | None = None, on: date = TODAY) -> Question:
    return desk.question(viewer, on, today=TODAY, officer_ref=officer_ref)


def day_of(desk: Desk, viewer: Viewer = ASH, officer_ref: str | None = None) -> VisitsDay:
    return visits_day(desk, asked(desk, viewer, officer_ref), NOW)


def planned(desk: Desk, offender_ref: str, at: datetime, crew: tuple[str, ...] = ("0042", "7A")) -> str:
    earlier = datetime(2025, 6, 28, 9, tzinfo=UTC)
    return plan_visit(desk, INSPECTOR, VisitPlan(offender_ref, at, 60, crew), now=earlier)


def test_overdue_is_the_overdue_report_of_the_officer(desk: Desk) -> None:
    day = day_of(desk)
    report = reports.overdue(asked(desk, INSPECTOR, "0042"))
    assert list(day.overdue_rows["offender_ref"]) == list(report["offender_ref"]) == ["V1", "V2"]
    assert day.overdue.value == 2


def test_due_is_who_falls_due_in_the_days_that_policy_asks_for(desk: Desk) -> None:
    day = day_of(desk)
    assert (day.days, list(day.due_rows["offender_ref"]), day.due.value) == (14, ["V5"], 1)
    assert day.due_rows["days_until"].tolist() == [14]


def test_a_planned_visit_is_ahead_until_its_time_is_over_and_then_without_an_outcome(desk: Desk) -> None:
    past = planned(desk, "V1", datetime(2025, 6, 30, 12, tzinfo=UTC))
    ahead = planned(desk, "V2", datetime(2025, 7, 14, 9, tzinfo=UTC))
    with_a_colleague = planned(desk, "V3", datetime(2025, 6, 30, 15, tzinfo=UTC), ("0042", "S1"))
    planned(desk, "V5", datetime(2025, 7, 15, 9, tzinfo=UTC))
    day = day_of(desk)
    assert list(day.no_outcome_rows["plan_ref"]) == [past]
    assert list(day.planned_rows["plan_ref"]) == [with_a_colleague, ahead]
    assert (day.no_outcome.value, day.planned.value) == (1, 2)


def test_a_supervisor_sees_an_officers_day_as_the_officer_does(desk: Desk) -> None:
    own, led = day_of(desk), day_of(desk, NORTH, "0042")
    assert list(led.overdue_rows["offender_ref"]) == list(own.overdue_rows["offender_ref"])
    assert list(led.due_rows["offender_ref"]) == list(own.due_rows["offender_ref"])


def test_an_investigators_day_is_their_own_cases(desk: Desk) -> None:
    board = cases_day(asked(desk, CEDAR), CaseList.STALLED)
    assert board.listed_cases is not None
    assert list(board.listed_cases["case_ref"]) == ["C1"]


def test_whose_day_may_be_chosen(desk: Desk) -> None:
    assert list(officers_to_choose(asked(desk))) == []
    assert list(officers_to_choose(asked(desk, NORTH))) == ["0042"]
    assert list(officers_to_choose(asked(desk, INSPECTOR))) == ["0042", "P1", "P2", "S1"]


def test_only_the_unit_whose_cases_an_officer_holds_is_shown(desk: Desk) -> None:
    question = asked(desk, INSPECTOR)
    assert units_of_day(question, None) == (Unit.MOSOVO, Unit.POLIT)
    assert [units_of_day(question, ref) for ref in ("0042", "P1")] == [(Unit.MOSOVO,), (Unit.POLIT,)]
    assert units_of_day(question, "0043") == (Unit.MOSOVO, Unit.POLIT)


def test_what_may_be_recorded_about_is_what_is_held(desk: Desk) -> None:
    held = subjects(desk, asked(desk), (Unit.MOSOVO,))
    assert held[Subject("offender", "V1")] == "V1 ELM"
    assert [subject.ref for subject in held] == ["V1", "V2", "V5", "V6"]
    assert subjects(desk, asked(desk, CEDAR), (Unit.POLIT,)) == {Subject("case", "C1"): "C1 awaiting development"}


@READS_A_STORE
@pytest.mark.parametrize("role", [Role.SLT, Role.BOARD, Role.ANALYST, Role.AUDITOR, Role.ADMINISTRATOR])
def test_others_have_no_day(desk: Desk, role: Role) -> None:
    with pytest.raises(NotPermitted, match="My day is for officers"):
        day_of(desk, Viewer("x", role))
    with pytest.raises(NotPermitted, match="My day is for officers"):
        cases_day(asked(desk, Viewer("x", role)))
