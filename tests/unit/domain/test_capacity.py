"""FTE by day, and the pace it gives."""

from datetime import date

import numpy as np
import pytest

from offendermgmt.domain.capacity import Pace, fte_by_day, pace
from offendermgmt.domain.caseload import fte_available, in_post
from offendermgmt.domain.days import day_number
from offendermgmt.domain.facts import Facts, known
from tests.tables import Rows, recordings

OFFICERS: Rows = [
    {"officer_ref": "O1", "is_supervisor": "false", "team_ref": "T1", "fte": "1"},
    {"officer_ref": "O2", "is_supervisor": "false", "team_ref": "T1", "fte": "0.6", "from_on": "2025-03-03"},
    {"officer_ref": "O3", "is_supervisor": "false", "team_ref": "T1", "fte": "1", "to_on": "2025-03-10"},
    {"officer_ref": "O4", "is_supervisor": "false", "team_ref": "T1", "fte": "0.8"},
]
AVAILABILITY: Rows = [
    {"officer_ref": "O1", "from_on": "2025-03-04", "to_on": "2025-03-08", "fte": "0", "reason": "leave"},
    {"officer_ref": "O4", "from_on": "2025-02-20", "fte": "0.5", "reason": "phased return"},
    {"officer_ref": "O4", "from_on": "2025-03-09", "to_on": "2025-03-12", "fte": "0.2", "reason": "course"},
    {"officer_ref": "O2", "from_on": "2025-04-20", "fte": "0", "reason": "later than asked"},
]
FIRST, LAST = day_number(date(2025, 3, 1)), day_number(date(2025, 3, 15))
DAYS = np.arange(FIRST, LAST + 1, dtype=np.int32)


@pytest.fixture(scope="module")
def facts() -> Facts:
    return known(recordings({"officers": OFFICERS, "officer_availability": AVAILABILITY}))


def test_fte_by_day_is_what_each_single_day_says(facts: Facts) -> None:
    single = [np.where(in_post(facts, day), fte_available(facts, day), 0).sum() for day in range(FIRST, LAST + 1)]
    assert fte_by_day(facts, np.ones(4, dtype=bool), DAYS) == pytest.approx(single)


def test_only_those_counted_count(facts: Facts) -> None:
    assert fte_by_day(facts, np.array([True, False, False, False]), DAYS[2:5]) == pytest.approx([1, 0, 0])


def test_nobody_counted_is_no_time(facts: Facts) -> None:
    assert fte_by_day(facts, np.zeros(4, dtype=bool), DAYS) == pytest.approx(np.zeros(len(DAYS)))


def test_time_without_cases_is_not_counted_as_work() -> None:
    found = pace(np.array([1, 0, 2]), np.array([2, 0, 9]), np.array([4.0, 4.0, 4.0]))
    assert (found.departures, found.fte_days, found.days_per_case) == (3, 6.0, 2.0)


@pytest.mark.parametrize(("departures", "fte_days"), [(0, 10.0), (3, 0.0)])
def test_without_departures_or_people_there_is_no_pace(departures: int, fte_days: float) -> None:
    assert Pace(departures, fte_days).days_per_case is None


def test_few_departures_leave_the_pace_open() -> None:
    rng = np.random.default_rng(1)
    few, many = (Pace(number, number * 8.0).drawn(4000, rng) for number in (5, 500))
    assert few.std() > 5 * many.std()
    assert many.mean() == pytest.approx(8, rel=0.02)
