"""Receipts ahead: what is forecast, tested and said, for whom, from little and from much."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from offendermgmt.domain.vocabulary import Unit
from offendermgmt.services.access import NotPermitted, Role, Viewer
from offendermgmt.services.demand import Against, Demand, demand, foretold, history_of, received_days
from offendermgmt.services.policies import shipped_policy
from tests.unit.services.force import ask
from tests.unit.services.referrals import TEAM, months, received

DI = Viewer("DI Ash", Role.DI)
BOARD = Viewer("Board", Role.BOARD)
FIRST = date(2022, 1, 1)
STEADY = [22, 25, 19, 28, 24, 21, 26, 23, 27, 20, 24, 25] * 3
ON = "2025-01-31"


def of(counts: list[int], on: str, viewer: Viewer = DI) -> Demand:
    return demand(ask([TEAM, months(counts, FIRST)], on, viewer))


def test_the_months_are_those_received_with_empty_ones_as_nought() -> None:
    found = of([5, 0, 7], "2022-04-10")
    assert list(found.months["received"]) == [5, 0, 7]
    assert list(found.months["period_end"].dt.day) == [31, 28, 31]


def test_every_receipt_of_the_whole_months_is_counted_once() -> None:
    question = ask([TEAM, months(STEADY, FIRST)], ON, DI)
    found = demand(question)
    assert found.months["received"].sum() == len(received_days(question)) == sum(STEADY)


@pytest.mark.parametrize("cases", [received(), received("2022-03-04"), received("2022-03-04", "2022-04-01")])
def test_with_no_or_one_whole_month_there_is_no_forecast(cases: dict[str, list[dict[str, str]]]) -> None:
    found = demand(ask([TEAM, cases], "2022-05-02", DI))
    assert len(found.months) < 2
    assert (len(found.ahead), len(found.windows), len(found.tests), found.newest) == (0, 0, 0, ())


def test_one_case_long_ago_forecasts_next_to_nothing() -> None:
    found = demand(ask([TEAM, received("2022-01-05")], "2024-12-31", DI))
    assert list(found.windows["middle"]) == [0, 0, 0]
    assert not found.is_trial


@pytest.mark.parametrize(("number", "is_trial"), [(11, True), (12, False)])
def test_under_a_year_of_months_is_a_trial(number: int, is_trial: bool) -> None:
    on = {11: "2022-11-30", 12: "2022-12-31"}[number]
    assert of(STEADY[:number], on).is_trial is is_trial


def test_windows_begin_the_day_after_and_grow() -> None:
    found = of(STEADY, ON).windows
    assert {str(day.date()) for day in found["period_start"]} == {"2025-02-01"}
    assert [str(day.date()) for day in found["period_end"]] == ["2025-04-30", "2025-07-31", "2026-01-31"]
    assert (found["low"] <= found["middle"]).all()
    assert (found["middle"] <= found["high"]).all()
    assert (np.diff(found["high"] - found["low"]) > 0).all()


def test_windows_lie_within_parts_of_months_too() -> None:
    found = of([*STEADY, 10], "2025-01-17").windows
    assert [str(day.date()) for day in found["period_end"]] == ["2025-04-17", "2025-07-17", "2026-01-17"]


def test_months_ahead_follow_the_whole_months() -> None:
    found = of(STEADY, "2025-01-17").ahead
    assert (len(found), str(found["period_start"].iloc[0].date())) == (13, "2025-01-01")


def test_a_surge_in_the_newest_month_lies_above_its_forecast() -> None:
    newest = of([*STEADY, 45], ON).newest
    assert [(one.received, one.against) for one in newest] == [(45, Against.ABOVE)]
    assert newest[0].high < 45


def test_the_running_month_is_held_against_the_same_days() -> None:
    whole, running = of([*STEADY, 18], "2025-01-18").newest
    assert (whole.days, whole.length, whole.received) == (31, 31, 25)
    assert (running.days, running.length, running.received) == (18, 31, 18)
    assert running.low < 18 * 24 / 31 < running.high


def test_a_running_month_does_not_move_the_forecast() -> None:
    calm, surge = (of([*STEADY, number], "2025-01-18").ahead for number in (2, 18))
    assert calm.equals(surge)


def test_the_tests_count_every_origin_once() -> None:
    rows = of(STEADY, ON).tests.set_index("months")
    assert list(rows["tested"]) == [len(STEADY) + 1 - 12 - horizon + 1 for horizon in (1, 3, 6, 12)]
    assert (rows["inside"] <= rows["tested"]).all()
    assert list(rows["share"]) == list(rows["inside"] / rows["tested"])


def test_the_months_say_where_the_tested_outcomes_lay() -> None:
    found = of(STEADY, ON)
    said = found.months["against"].value_counts()
    first = found.tests.iloc[0]
    assert said[str(Against.WITHIN)] == first["inside"]
    assert said.drop("").sum() == first["tested"]


def test_a_board_sees_no_small_count() -> None:
    found = of([20, 3, 12, 4, 0], "2022-05-31", BOARD)
    assert found.months["received"].isna().to_list() == [False, True, False, True, False]


def test_a_board_does_not_see_a_small_newest_month() -> None:
    newest = of([20, 3, 12, 15, 2], "2022-05-31", BOARD).newest
    assert [one.received for one in newest] == [None]


@pytest.mark.parametrize(("viewer", "found"), [(BOARD, 1), (DI, 2)])
def test_a_board_reads_a_running_month_as_of_today_alone(viewer: Viewer, found: int) -> None:
    question = ask([TEAM, months([*STEADY, 18], FIRST)], "2025-01-18", viewer)
    earlier = replace(question, as_of=date(2025, 1, 17))
    assert [len(demand(asked).newest) for asked in (question, earlier)] == [2, found]


def test_what_others_of_the_unit_see_is_the_whole_unit_as_well() -> None:
    supervisor = Viewer("DS Elm", Role.SUPERVISOR, team_refs=(), units=(Unit.POLIT,))
    assert of(STEADY, ON, supervisor).months.equals(of(STEADY, ON).months)


@pytest.mark.parametrize(
    "viewer",
    [
        Viewer("OM", Role.SUPERVISOR, units=(Unit.MOSOVO,)),
        Viewer("DC", Role.INVESTIGATOR, officer_ref="I1", units=(Unit.POLIT,)),
    ],
)
def test_other_units_and_single_investigators_are_refused(viewer: Viewer) -> None:
    with pytest.raises(NotPermitted, match="those who lead POLIT"):
        of(STEADY, ON, viewer)


def test_the_same_history_is_fitted_once() -> None:
    policy = shipped_policy().polit_demand
    one, other = (history_of(ask([TEAM, months(STEADY, FIRST)], ON, DI)) for _ in range(2))
    assert foretold(one, policy) is foretold(other, policy)
