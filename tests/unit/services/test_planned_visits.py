"""Who is to be planned, the figures a board may have of it, and what a suggested plan says of itself."""

from datetime import UTC, datetime, timedelta

import pandas as pd
import pytest

from offendermgmt.services import reports
from offendermgmt.services.access import SYSTEM, NotPermitted, Role, Viewer
from offendermgmt.services.plan_suggestion import LeftOut, as_plans, officers_to_send, suggest
from offendermgmt.services.planned_visits import LEDGER, officer_days, to_plan, unplanned, week_of
from offendermgmt.services.planning_board import planning_board
from offendermgmt.services.question import Question
from tests.tables import Rows
from tests.unit.services.force import ask, fact, offender

DAY = "2025-06-30"  # a Monday
NOW = datetime(2025, 6, 30, 8, tzinfo=UTC)
DI = Viewer("DI", Role.DI)
BOARD = Viewer("x", Role.BOARD)
NORTH: Rows = [
    {"officer_ref": f"N{number}", "name": "Elm", "rank": "DC", "is_supervisor": "false", "team_ref": "T1", "fte": "1"}
    for number in range(7)
]
AWAY = {"officer_availability": [{"officer_ref": "N6", "from_on": "2025-07-03", "to_on": "", "fte": "0"}]}
MOMENTS = ("planned_at", "until", "lone_authorised_at", "recorded_at")


def no_plans() -> pd.DataFrame:
    frame = pd.DataFrame(columns=[*LEDGER, "until", "planned_on", "crew"], dtype="object")
    return frame.astype(
        {**dict.fromkeys(MOMENTS, "datetime64[us, UTC]"), "planned_on": "datetime64[s]", "crew": "int64"}
        | dict.fromkeys(("plan_ref", "offender_ref", "officer_refs", "state"), "str")
    )


def force(number: int, viewer: Viewer = DI, team_ref: str | None = "T1") -> Question:
    """Some overdue offenders of each level, held in turn by O1 and seven more of team T1; N6 is away from Thursday."""
    levels = ("very_high", "high", "medium", "low")
    held = ["O1", *(str(row["officer_ref"]) for row in NORTH)]
    people = [
        offender(f"V{place:03}", f"2025-{1 + place % 5:02}-11", levels[place % 4], held[place % 8])
        for place in range(number)
    ]
    return ask([{"officers": NORTH}, AWAY, *people], DAY, viewer, team_ref=team_ref)


def test_to_plan_are_the_overdue_report_and_those_due_in_the_days_ahead() -> None:
    soon, later = (offender(ref, day, "high", "O1") for ref, day in (("soon", "2025-06-29"), ("later", "2025-06-30")))
    question = ask([offender("late", "2025-05-01", "low", "O1"), soon, later], DAY)
    rows = to_plan(question, no_plans())
    overdue = reports.overdue(question)
    assert list(rows.loc[rows["days_overdue"] > 0, "offender_ref"]) == list(overdue["offender_ref"]) == ["late"]
    assert list(rows["offender_ref"]) == ["soon", "late"]
    assert rows.set_index("offender_ref")["days_until"].to_dict() == {"soon": 14, "late": 0}


def test_with_time_enough_everybody_is_visited() -> None:
    question = force(60)
    made = suggest(question, no_plans(), list(officers_to_send(question, question.today)), NOW)
    assert (len(made.visits), made.wanted, made.number_left(LeftOut.NO_TIME)) == (60, 60, 0)


def test_the_most_risk_comes_first_and_what_does_not_fit_is_said() -> None:
    made = suggest(force(60), no_plans(), ["O1", "N0", "N1"], NOW)
    assert (len(made.visits), made.wanted) == (15, 60)
    assert made.visits["points"].min() >= made.left_out["points"].max()
    assert set(made.left_out["why"]) == {"The crews' time from 1 Jul 2025 to 7 Jul 2025 goes to the 15 who count more."}


def test_nobody_goes_who_is_away_and_weekends_are_left_free() -> None:
    made = suggest(force(60), no_plans(), ["N5", "N6"], NOW)
    assert [f"{day:%a %d}" for day in made.days] == ["Tue 01", "Wed 02", "Thu 03", "Fri 04", "Mon 07"]
    assert {at.date().day for at in made.visits["at"]} == {1, 2}


def test_supervisors_are_there_to_be_chosen_and_leavers_and_others_are_not() -> None:
    question = force(4)
    assert officers_to_send(question, question.today)["S1"] is False
    assert set(officers_to_send(question, question.today)) == {"O1", "S1", *(f"N{number}" for number in range(7))}


def test_the_missing_are_left_out_and_counted() -> None:
    lost = [offender("V1", "2025-01-11", "high", "O1"), fact("offender_statuses", "V1", "2025-02-01", status="missing")]
    made = suggest(ask(lost, DAY, DI, team_ref="T1"), no_plans(), ["O1", "S1"], NOW)
    assert (len(made.visits), made.wanted, made.number_left(LeftOut.MISSING)) == (0, 0, 1)


def test_the_same_question_has_the_same_plan() -> None:
    first, second = (suggest(force(30), no_plans(), ["O1", "N0", "N1", "N2"], NOW) for _ in range(2))
    pd.testing.assert_frame_equal(first.visits, second.visits)


def test_only_the_chosen_become_plans_and_each_of_two() -> None:
    made = suggest(force(8), no_plans(), ["O1", "N0"], NOW)
    [plan] = as_plans(made, ["V001"])
    assert (plan.offender_ref, plan.minutes, set(plan.officer_refs)) == ("V001", 60, {"O1", "N0"})
    assert len(as_plans(made)) == 8


@pytest.mark.parametrize("role", [Role.OFFICER, Role.ANALYST, Role.SLT])
def test_others_are_suggested_nothing(role: Role) -> None:
    with pytest.raises(NotPermitted, match="made by its supervisor or inspector"):
        suggest(force(4, Viewer("x", role, officer_ref="O1")), no_plans(), ["O1", "N0"], NOW)


def test_time_available_is_what_is_dated() -> None:
    question = force(4)
    able = officer_days(question, question.today + timedelta(days=2), question.today + timedelta(days=4))
    assert able.fte[able.officer_refs.index("N6")].tolist() == [1.0, 0.0, 0.0]


@pytest.mark.parametrize(("number", "shown"), [(4, None), (60, 60)])
def test_a_board_is_given_no_small_count(number: int, shown: int | None) -> None:
    question = force(number, BOARD, None)
    board = planning_board(question, no_plans(), *week_of(question.today), NOW)
    assert (board.unplanned.numerator, board.unplanned.denominator) == (shown, shown)
    assert (board.visits, board.waiting, board.no_outcome) == (None, None, None)


def test_a_figure_is_as_long_as_its_list() -> None:
    question = force(60, SYSTEM, None)
    board = planning_board(question, no_plans(), *week_of(question.today), NOW)
    assert board.waiting is not None
    assert len(board.waiting) == board.unplanned.numerator == len(unplanned(to_plan(question, no_plans())))
