"""Periods of a report."""

from datetime import date

import numpy as np
import pytest

from offendermgmt.domain.days import day_number, to_date
from offendermgmt.domain.periods import Every, Periods


def spans(periods: Periods) -> list[tuple[str, str]]:
    return [(str(to_date(a)), str(to_date(b))) for a, b in zip(periods.first, periods.last, strict=True)]


def test_months_are_calendar_months_clipped_to_the_range() -> None:
    months = Periods.between(date(2024, 1, 15), date(2024, 3, 2), Every.MONTH)
    assert spans(months) == [("2024-01-15", "2024-01-31"), ("2024-02-01", "2024-02-29"), ("2024-03-01", "2024-03-02")]


def test_weeks_begin_on_monday() -> None:
    weeks = Periods.between(date(2025, 1, 1), date(2025, 1, 13), Every.WEEK)
    assert spans(weeks) == [("2025-01-01", "2025-01-05"), ("2025-01-06", "2025-01-12"), ("2025-01-13", "2025-01-13")]


def test_weeks_begin_on_monday_before_1970_too() -> None:
    weeks = Periods.between(date(1969, 12, 27), date(1969, 12, 30), Every.WEEK)
    assert spans(weeks) == [("1969-12-27", "1969-12-28"), ("1969-12-29", "1969-12-30")]


@pytest.mark.parametrize("every", Every)
def test_a_range_of_one_day_is_one_period(every: Every) -> None:
    assert spans(Periods.between(date(2025, 1, 31), date(2025, 1, 31), every)) == [("2025-01-31", "2025-01-31")]


def test_a_range_the_wrong_way_round_is_named() -> None:
    with pytest.raises(ValueError, match="starts on 2025-02-01 and ends before that, on 2025-01-31: swap"):
        Periods.between(date(2025, 2, 1), date(2025, 1, 31), Every.DAY)


def test_days_outside_the_range_are_in_no_period() -> None:
    months = Periods.between(date(2025, 1, 10), date(2025, 2, 10), Every.MONTH)
    days = ["2025-01-09", "2025-01-10", "2025-01-31", "2025-02-01", "2025-02-10", "2025-02-11"]
    numbers = np.array([day_number(date.fromisoformat(day)) for day in days], dtype=np.int32)
    assert months.of(numbers).tolist() == [-1, 0, 0, 1, 1, -1]
    assert months.counts(numbers).tolist() == [2, 2]


def test_a_range_can_be_one_period() -> None:
    whole = Periods.whole(date(2025, 1, 30), date(2025, 2, 2))
    assert (len(whole), to_date(whole.first[0]), to_date(whole.last[0])) == (1, date(2025, 1, 30), date(2025, 2, 2))


def test_a_whole_range_the_wrong_way_round_is_refused() -> None:
    with pytest.raises(ValueError, match="swap the two days"):
        Periods.whole(date(2025, 2, 2), date(2025, 1, 30))
