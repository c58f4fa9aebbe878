"""The backlog ahead: what the unit's own history measures, and what plans do to it."""

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from offendermgmt.services import reports
from offendermgmt.services.access import Role, Viewer
from offendermgmt.services.demand import demand_policy
from offendermgmt.services.demand_backlog import Answer
from offendermgmt.services.demand_measures import history_of_backlog, measured, past_backlog
from offendermgmt.services.demand_plan import Plan, PlanRefused, Secondment, Surge
from offendermgmt.services.question import Question
from offendermgmt.services.scenarios import NoForecast, answer_of
from tests.unit.services.force import ask
from tests.unit.services.referrals import TEAM, every, months, received

DI = Viewer("DI Ash", Role.DI)
ON = date(2025, 3, 31)
# A case every second day for two years, each 40 days in the backlog.
BUSY = every(2, 365, date(2023, 4, 1), 40)
PLAN = Plan(investigators=5, under=15, days_per_case=5.0)


@pytest.fixture(scope="module")
def question() -> Question:
    return ask([TEAM, BUSY], ON.isoformat(), DI)


def answered(question: Question, **changes: object) -> Answer:
    return answer_of(question, replace(PLAN, **changes))  # type: ignore[arg-type]


def test_what_is_measured_is_what_the_reports_count(question: Question) -> None:
    now = measured(question, history_of_backlog(question))
    assert now.backlog == int(reports.polit(question)["in_backlog"].sum())
    assert now.per_receipt == 1.0


def test_the_pace_is_working_time_for_each_case_that_left(question: Question) -> None:
    now = measured(question, history_of_backlog(question))
    # 1.6 FTE without the supervisor, 130 working days of 182, one case every second day.
    assert (now.fte, now.pace.departures) == (1.6, 91)
    assert now.pace.fte_days == pytest.approx(130 * 1.6)


def test_the_past_backlog_ends_with_todays(question: Question) -> None:
    daily = history_of_backlog(question)
    past = past_backlog(question, daily)
    assert int(past["backlog"].iloc[-1]) == measured(question, daily).backlog
    assert past["on"].iloc[-1].date() == ON


def test_a_board_has_no_past_backlog_where_few_others_are_open() -> None:
    """The page of the day shows how many are open: the rest of them would be told."""
    cases = received(*["2025-03-10"] * 12)
    live = [{"case_ref": f"C{at}", "from_on": "2025-03-20", "stage": "under_investigation"} for at in range(2)]
    question = ask([TEAM, cases, {"polit_stages": live}], ON.isoformat(), Viewer("Board", Role.BOARD))
    past = past_backlog(question, history_of_backlog(question)).set_index("on")["backlog"]
    assert (past[pd.Timestamp(2025, 3, 17)], pd.isna(past[pd.Timestamp(2025, 3, 24)])) == (12, True)


def test_the_same_plan_gives_the_same_answer(question: Question) -> None:
    one, other = answered(question), answer_of(ask([TEAM, BUSY], ON.isoformat(), DI), PLAN)
    assert one.paths.equals(other.paths)
    assert (one.reached, one.posts) == (other.reached, other.posts)


def test_more_investigators_bring_the_backlog_down_sooner(question: Question) -> None:
    few, many = (answered(question, investigators=number) for number in (4, 8))
    assert few.middle is not None
    assert many.middle is not None
    assert many.middle < few.middle
    assert many.held > few.held


def test_nobody_at_work_lets_it_grow_in_every_run(question: Question) -> None:
    found = answered(question, investigators=0)
    assert (found.reached, found.larger, found.middle) == (0, found.runs, None)


def test_days_are_in_order_and_runs_add_up(question: Question) -> None:
    found = answered(question)
    assert found.early is not None
    assert found.late is not None
    assert found.early <= (found.middle or date.max) <= found.late
    assert found.reached <= found.runs


def test_the_fewest_posts_hold_and_one_fewer_does_not(question: Question) -> None:
    found = answered(question)
    assert found.posts is not None
    held, missed = (answered(question, investigators=posts).held for posts in (found.posts, found.posts - 1))
    assert held >= 0.9 > missed
    assert found.posts_held == held


def test_the_fewest_posts_do_not_depend_on_how_many_there_are(question: Question) -> None:
    assert answered(question, investigators=2).posts == answered(question).posts


def test_a_size_under_what_is_worked_on_is_held_by_nobody(question: Question) -> None:
    found = answered(question, under=3)
    assert (found.posts, found.posts_held) == (None, None)
    assert found.in_work == pytest.approx(0.5 * 7 / 5 * 5, rel=0.25)


def test_a_surge_needs_more_posts(question: Question) -> None:
    surge = Surge(40, date(2025, 10, 1), date(2026, 3, 31))
    assert (answered(question, surge=surge).posts or 0) > (answered(question).posts or 0)


def test_a_secondment_brings_it_down_while_it_lasts(question: Question) -> None:
    seconded = (Secondment(6, date(2025, 4, 1), date(2025, 6, 30)),)
    usual, helped = (answered(question, secondments=some).ends["middle"].iloc[0] for some in ((), seconded))
    assert helped < usual


def test_a_past_secondment_changes_nothing(question: Question) -> None:
    seconded = (Secondment(6, date(2024, 4, 1), date(2024, 6, 30)),)
    assert answered(question, secondments=seconded).paths.equals(answered(question).paths)


def test_ends_are_those_within_the_plans_months(question: Question) -> None:
    assert list(answered(question, months=6).ends["months"]) == [3, 6]


def test_without_history_there_is_no_answer() -> None:
    with pytest.raises(NoForecast, match="not two whole months"):
        answer_of(ask([TEAM, received("2025-03-03")], ON.isoformat(), DI), PLAN)


def test_without_departures_a_time_per_case_is_needed() -> None:
    growing = {"polit_cases": months([6] * 15, date(2024, 1, 1))["polit_cases"]}
    question = ask([TEAM, growing], ON.isoformat(), DI)
    with pytest.raises(NoForecast, match="give a time per case"):
        answer_of(question, replace(PLAN, days_per_case=None))
    assert answer_of(question, PLAN).runs == demand_policy(question).runs


def test_an_empty_backlog_is_under_any_size_from_the_start() -> None:
    quiet = ask([TEAM, every(30, 20, date(2023, 4, 1), 3)], ON.isoformat(), DI)
    found = answer_of(quiet, replace(PLAN, under=5))
    assert (found.opening, found.reached, found.early) == (0, found.runs, ON)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"investigators": -1.0}, "0 to 1,000 FTE"),
        ({"investigators": float("nan")}, "0 to 1,000 FTE"),
        ({"under": 0}, r"1 \(cleared\)"),
        ({"months": 7}, "6, 12 or 24 months ahead"),
        ({"days_per_case": 0.1}, "0.5 to 200 working days"),
        ({"surge": Surge(40, ON, date(2025, 1, 1))}, "The surge ends on 01/01/2025, before it begins"),
        ({"surge": Surge(999, ON, ON)}, "-90 to 300 per cent"),
        ({"secondments": (Secondment(0, ON, ON),)}, "more than 0"),
        ({"secondments": (Secondment(1, ON, ON),) * 7}, "at most 6 secondments"),
    ],
)
def test_a_plan_that_cannot_be_worked_out_says_why(changes: dict[str, object], message: str) -> None:
    with pytest.raises(PlanRefused, match=message):
        replace(PLAN, **changes).checked()  # type: ignore[arg-type]


def test_a_plan_is_the_same_after_it_was_written_down() -> None:
    plan = replace(PLAN, secondments=(Secondment(1.5, ON, ON),), surge=Surge(-20, ON, ON), days_per_case=None)
    assert Plan.read(plan.document()) == plan
