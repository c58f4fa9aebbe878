"""Working days in England."""

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from offendermgmt.domain.days import Days, day_number, to_date
from offendermgmt.domain.working_days import add_working_days, is_working_day, working_days_after

DAYS = st.dates(date(2000, 1, 1), date(2060, 12, 31))


def numbers(*days: date) -> Days:
    return np.array([day_number(day) for day in days], dtype=np.int32)


@pytest.mark.parametrize(
    ("day", "third"),
    [
        (date(2025, 6, 23), date(2025, 6, 26)),  # a Monday
        (date(2025, 6, 26), date(2025, 7, 1)),  # a Thursday
        (date(2025, 6, 28), date(2025, 7, 2)),  # a Saturday
        (date(2025, 4, 17), date(2025, 4, 24)),  # before Easter
        (date(2025, 12, 24), date(2025, 12, 31)),
        (date(2025, 12, 31), date(2026, 1, 6)),
        (date(2026, 12, 24), date(2026, 12, 31)),  # Boxing Day is a Saturday: Monday is free
    ],
)
def test_the_third_working_day_leaves_out_weekends_and_englands_bank_holidays(day: date, third: date) -> None:
    assert to_date(int(add_working_days(numbers(day), 3)[0])) == third


def test_saint_andrews_day_is_a_working_day_in_england() -> None:
    assert is_working_day(numbers(date(2026, 11, 30), date(2026, 8, 31), date(2026, 8, 30))).tolist() == [
        True,
        False,
        False,
    ]


@given(DAYS, st.integers(0, 60))
def test_working_days_are_those_of_the_days_between(first: date, length: int) -> None:
    last = first + timedelta(days=length)
    between = [first + timedelta(days=each) for each in range(1, length + 1)]
    counted = int(is_working_day(numbers(*between)).sum()) if between else 0
    assert working_days_after(numbers(first), numbers(last)).tolist() == [counted]


@given(DAYS, st.integers(1, 20))
def test_the_day_that_is_n_working_days_on_has_n_of_them_up_to_it(first: date, number: int) -> None:
    moved = add_working_days(numbers(first), number)
    assert working_days_after(numbers(first), moved).tolist() == [number]
    assert is_working_day(moved).all()


def test_no_days_have_no_working_days() -> None:
    assert (len(add_working_days(numbers(), 3)), len(working_days_after(numbers(), numbers()))) == (0, 0)
