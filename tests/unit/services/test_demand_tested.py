"""Forecasts of the backlog held against what came."""

from datetime import date

import pandas as pd

from offendermgmt.services.access import Role, Viewer
from offendermgmt.services.demand import demand_policy, foretold, history_of
from offendermgmt.services.demand_tested import backlog_tests
from tests.tables import Rows
from tests.unit.services.force import ask
from tests.unit.services.referrals import TEAM, every, months

DI = Viewer("DI Ash", Role.DI)
ON = "2025-03-31"


def rows_of(cases: dict[str, Rows], on: str = ON) -> pd.DataFrame:
    question = ask([TEAM, cases], on, DI)
    told = foretold(history_of(question), demand_policy(question))
    assert told is not None
    return backlog_tests(question, told).set_index("months")


def test_each_past_month_with_an_outcome_is_tested_once() -> None:
    # 35 whole months: origins after the newest 18 whose outcome in three months is known.
    rows = rows_of(every(2, 550, date(2022, 4, 2), 40))
    assert list(rows["tested"]) == [18, 15]
    assert (rows["inside"] <= rows["tested"]).all()


def test_a_steady_backlog_stays_inside_its_range() -> None:
    rows = rows_of(every(2, 550, date(2022, 4, 2), 40))
    assert rows.loc[3, "share"] >= 0.85
    assert rows.loc[3, "median_error"] <= 5


def test_a_backlog_that_doubles_unforeseen_falls_outside() -> None:
    steady = every(2, 550, date(2022, 4, 2), 40)
    stuck = [stage for stage in steady["polit_stages"] if stage["from_on"] < "2024-10-01"]
    assert rows_of({**steady, "polit_stages": stuck}).loc[3, "share"] < 0.85


def test_months_before_which_nothing_left_are_not_tested() -> None:
    waiting = {"polit_cases": months([6] * 30, date(2022, 10, 1))["polit_cases"]}
    assert list(rows_of(waiting)["tested"]) == [0, 0]


def test_a_short_history_has_nothing_to_test() -> None:
    assert list(rows_of(months([6] * 14, date(2024, 1, 1)), "2025-02-28")["tested"]) == [0, 0]
