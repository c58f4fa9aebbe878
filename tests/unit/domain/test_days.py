"""Days, London dates and calendar months."""

from calendar import monthrange
from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from offendermgmt.domain.days import (
    NEVER,
    add_interval,
    day_number,
    day_numbers,
    london_dates,
    to_date,
    to_datetimes,
)

some_day = st.dates(min_value=date(1950, 1, 1), max_value=date(2099, 12, 31))


def added_slowly(day: date, months: int, extra_days: int) -> date:
    month = day.year * 12 + day.month - 1 + months
    year, month = divmod(month, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1])) + timedelta(days=extra_days)


@given(day=some_day, months=st.integers(0, 24), extra_days=st.integers(0, 731))
@example(day=date(2025, 1, 31), months=1, extra_days=0)
@example(day=date(2024, 1, 31), months=1, extra_days=0)
@example(day=date(2024, 2, 29), months=12, extra_days=0)
@example(day=date(2025, 12, 31), months=2, extra_days=1)
def test_an_interval_moves_a_day_as_the_calendar_does(day: date, months: int, extra_days: int) -> None:
    moved = add_interval(np.array([day_number(day)], dtype=np.int32), np.array([months]), np.array([extra_days]))
    assert to_date(moved[0]) == added_slowly(day, months, extra_days)


@given(some_day)
def test_a_day_number_is_read_back_as_its_day(day: date) -> None:
    assert to_date(day_number(day)) == day


def test_no_date_is_never_and_never_is_no_date() -> None:
    numbers = day_numbers(pd.Series(["2025-01-01", None], dtype="datetime64[s]"))
    assert numbers.tolist() == [day_number(date(2025, 1, 1)), NEVER]
    assert np.isnat(to_datetimes(numbers)).tolist() == [False, True]


@pytest.mark.parametrize(
    ("utc", "london"),
    [
        ("2025-01-10T23:59:59", "2025-01-10"),
        ("2025-03-29T23:30:00", "2025-03-29"),
        ("2025-03-30T22:59:59", "2025-03-30"),
        ("2025-03-30T23:00:00", "2025-03-31"),
        ("2025-07-01T23:30:00", "2025-07-02"),
        ("2025-10-25T23:00:00", "2025-10-26"),
        ("2025-10-26T23:30:00", "2025-10-26"),
    ],
)
def test_a_moment_belongs_to_its_london_date(utc: str, london: str) -> None:
    dates = london_dates(pd.Series([utc], dtype="datetime64[us]"))
    assert dates.tolist() == [pd.Timestamp(london)]


def test_a_moment_that_is_missing_has_no_date() -> None:
    assert london_dates(pd.Series([None], dtype="datetime64[us]")).isna().all()
