from datetime import UTC, date, datetime

import pandas as pd
import pytest

from offendermgmt.domain.periods import Every, Periods
from offendermgmt.services.access import Role, Viewer
from offendermgmt.services.question import Question
from offendermgmt.services.reports import backlog_flow
from offendermgmt.services.trends import (
    NO_TEAM,
    UNALLOCATED,
    Split,
    attempts_trend,
    backlog_trend,
    by_group,
    compliance_trend,
    flow_over_the_range,
    recording_trend,
)
from offendermgmt.services.trends_small import trends_as_shown
from tests.tables import Rows
from tests.unit.services.force import ask, fact, offender, visit

BOARD = Viewer("board", Role.BOARD)
# Due 16 Jan 2025 by registration; V1 is visited on the 20th, V2 goes into custody on the 21st.
BACKLOG = [
    offender("V1", "2025-01-01", "low", "O1"),
    offender("V2", "2025-01-01", "very_high", "O2"),
    offender("V3", "2025-01-01"),
    visit("V1", "2025-01-18", "no_reply"),
    visit("V1", "2025-01-19", "cancelled"),
    visit("V1", "2025-01-20"),
    fact("offender_statuses", "V2", "2025-01-21", status="custody"),
]


def days(first: int, last: int, every: Every = Every.DAY) -> Periods:
    return Periods.between(date(2025, 1, first), date(2025, 1, last), every)


def asked(first: int, last: int, every: Every = Every.DAY) -> Question:
    return ask(BACKLOG, f"2025-01-{last}", periods=days(first, last, every))


def test_the_share_is_of_the_clocks_that_ran_that_day() -> None:
    rows = backlog_trend(asked(19, 21))
    assert rows["overdue"].tolist() == [3, 2, 1]
    assert rows["running"].tolist() == [3, 3, 2]
    assert rows["share"].tolist() == [1, 2 / 3, 1 / 2]


def test_the_share_of_all_managed_counts_those_whose_clock_is_stopped() -> None:
    rows = backlog_trend(asked(20, 21))
    assert rows["managed"].tolist() == [3, 3]
    assert rows["share_of_managed"].tolist() == [2 / 3, 1 / 3]


def test_a_team_that_manages_people_without_a_clock_is_shown() -> None:
    parts = [
        offender("V2", "2025-01-01", "high", "O2"),
        fact("offender_statuses", "V2", "2025-01-02", status="custody"),
    ]
    (row,) = backlog_trend(ask(parts, "2025-01-17"), Split.TEAM).to_dict("records")
    assert (row["group"], row["managed"], row["running"], row["share_of_managed"]) == ("T2", 1, 0, 0)
    assert pd.isna(row["share"])


def test_a_measure_by_group_has_a_row_a_day_and_a_column_a_group() -> None:
    lines = by_group(backlog_trend(asked(19, 21), Split.TEAM), "share")
    assert lines.columns.tolist() == ["T1", "T2", UNALLOCATED]
    assert lines["T1"].tolist() == [1, 0, 0]
    assert lines["T2"].isna().tolist() == [False, False, True]


def test_a_backlog_by_team_has_a_group_for_the_unallocated() -> None:
    rows = backlog_trend(asked(17, 17), Split.TEAM)
    assert dict(zip(rows["group"], rows["overdue"], strict=True)) == {"T1": 1, "T2": 1, UNALLOCATED: 1}


def test_an_officer_without_a_team_is_a_group_of_their_own() -> None:
    freelance = {"officers": [{"officer_ref": "O9", "name": "Elm", "is_supervisor": "false", "fte": "1"}]}
    parts = [freelance, offender("V9", "2025-01-01", "low", "O9")]
    rows = backlog_trend(ask(parts, "2025-01-17"), Split.TEAM)
    assert dict(zip(rows["group"], rows["overdue"], strict=True)) == {NO_TEAM: 1}


def test_visited_and_suspended_are_told_apart() -> None:
    row = backlog_flow(asked(17, 31, Every.MONTH)).iloc[0]
    assert (row["opening"], row["became_overdue"], row["visited"], row["suspended"], row["closing"]) == (0, 3, 1, 1, 1)


def test_the_flow_over_the_range_is_the_sum_of_its_periods() -> None:
    over, days_of_it = flow_over_the_range(asked(17, 31)).iloc[0], backlog_flow(asked(17, 31))
    assert (over["visited"], over["suspended"]) == (days_of_it["visited"].sum(), days_of_it["suspended"].sum())
    assert (over["opening"], over["closing"]) == (days_of_it["opening"].iloc[0], days_of_it["closing"].iloc[-1])


def test_a_sum_does_not_give_back_the_one_period_kept_from_a_board() -> None:
    later = [offender(f"L{number}", "2025-02-01") for number in range(9)]
    months = Periods.between(date(2025, 1, 1), date(2025, 2, 28), Every.MONTH)
    tables = trends_as_shown(ask([*BACKLOG, *later], "2025-02-28", BOARD, periods=months))
    assert pd.isna(tables.flow["became_overdue"].iloc[0])
    assert pd.isna(tables.over_range["became_overdue"].item())


def test_a_late_visit_counts_in_the_stock_and_not_in_the_flow() -> None:
    question = asked(1, 20, Every.MONTH)
    row = compliance_trend(question, backlog_trend(question)).iloc[0]
    assert (row["not_overdue"], row["running"]) == (1, 3)
    assert (row["met"], row["due"]) == (0, 3)


def test_a_cancelled_visit_is_no_attempt() -> None:
    row = attempts_trend(asked(1, 31, Every.MONTH)).iloc[0]
    assert (row["attended"], row["completed"], row["no_reply"], row["cancelled"]) == (2, 1, 1, 1)
    assert row["per_completed"] == 2


def test_attempts_have_no_rate_where_nothing_was_completed() -> None:
    assert attempts_trend(asked(18, 18)).isna()["per_completed"].tolist() == [True]


def test_nobody_is_a_share_without_value() -> None:
    rows = backlog_trend(ask([], "2025-01-17"))
    assert (rows["overdue"].tolist(), rows["share"].isna().tolist()) == ([0], [True])


def test_no_team_has_no_rows() -> None:
    assert backlog_trend(ask([], "2025-01-17"), Split.TEAM).empty


def test_the_month_of_the_last_day_known_is_incomplete() -> None:
    question = asked(1, 31, Every.MONTH)
    assert recording_trend(question)["incomplete"].tolist() == [True]
    later = ask(BACKLOG, "2025-02-03", periods=Periods.between(date(2025, 1, 1), date(2025, 2, 3), Every.DAY))
    assert recording_trend(later)["incomplete"].tolist() == [False, True]


def test_delays_are_of_attended_visits_as_first_recorded_by_the_moment_asked() -> None:
    late = {"visits": [{**visit("V3", "2025-01-10")["visits"][0], "recorded_at": "2025-01-14T09:00:00Z"}]}
    corrected = {"visits": [{**late["visits"][0], "recorded_at": "2025-01-30T09:00:00Z"}]}
    parts = [offender("V3", "2025-01-01"), late, corrected]
    rows = recording_trend(ask(parts, "2025-01-31", periods=days(1, 31)))
    assert rows[["visits", "median_days", "nine_in_ten_days"]].to_numpy().tolist() == [[1, 4, 4]]


def test_a_visit_not_recorded_by_the_moment_asked_is_not_there() -> None:
    late = {"visits": [{**visit("V3", "2025-01-10")["visits"][0], "recorded_at": "2025-01-14T09:00:00Z"}]}
    known_at = datetime(2025, 1, 13, tzinfo=UTC)
    parts = [offender("V3", "2025-01-01"), late]
    rows = recording_trend(ask(parts, "2025-01-31", periods=days(1, 31), known_at=known_at))
    assert rows["visits"].tolist() == [0]


def test_a_board_gets_no_small_count() -> None:
    rows = trends_as_shown(ask(BACKLOG, "2025-01-17", BOARD, periods=days(1, 17, Every.MONTH))).backlog
    assert rows[["overdue", "days_overdue_total", "share"]].isna().all(axis=None)


def test_a_transfer_is_a_cause_of_its_own_for_a_team() -> None:
    parts = [*BACKLOG, fact("allocations", "V3", "2025-01-18", officer_ref="O1")]
    question = ask(parts, "2025-01-18", periods=days(18, 18), team_ref="T1")
    row = backlog_flow(question).iloc[0]
    assert (row["opening"], row["transferred_in"], row["closing"]) == (1, 1, 2)


def force_of(*, overdue: int, visited: int, in_custody: int) -> list[dict[str, Rows]]:
    """A force of which so many are overdue on 17 January, visited by then, or stopped."""
    numbers = iter(range(1, 100))
    made = [offender(f"A{next(numbers)}", "2025-01-01", "low", "O1") for _ in range(overdue)]
    for _ in range(visited):
        ref = f"B{next(numbers)}"
        made += [offender(ref, "2025-01-01", "low", "O1"), visit(ref, "2025-01-10")]
    for _ in range(in_custody):
        ref = f"C{next(numbers)}"
        made += [offender(ref, "2025-01-01"), fact("offender_statuses", ref, "2025-01-05", status="custody")]
    return made


@pytest.mark.parametrize(("in_custody", "kept"), [(0, False), (3, True), (6, False)])
def test_a_board_cannot_take_the_few_stopped_from_the_managed_and_the_clocks(in_custody: int, kept: bool) -> None:
    force = force_of(overdue=7, visited=9, in_custody=in_custody)
    question = ask(force, "2025-01-17", BOARD, periods=days(1, 17, Every.MONTH))
    (row,) = trends_as_shown(question).backlog.to_dict("records")
    assert (row["overdue"], row["running"]) == (7, 16)
    assert [bool(pd.isna(row[column])) for column in ("stopped", "managed", "share_of_managed")] == [kept] * 3
