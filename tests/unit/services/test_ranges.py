"""Named ranges of days."""

from datetime import date

import pytest

from offendermgmt.services.ranges import Range, days_of

DAY = date(2025, 2, 10)


@pytest.mark.parametrize(
    ("named", "first", "last"),
    [
        (Range.LAST_28_DAYS, date(2025, 1, 14), DAY),
        (Range.THIS_MONTH, date(2025, 2, 1), DAY),
        (Range.LAST_MONTH, date(2025, 1, 1), date(2025, 1, 31)),
        (Range.THIS_QUARTER, date(2025, 1, 1), DAY),
        (Range.LAST_QUARTER, date(2024, 10, 1), date(2024, 12, 31)),
    ],
)
def test_a_named_range_ends_on_or_before_the_day_shown(named: Range, first: date, last: date) -> None:
    assert days_of(named, DAY) == (first, last)


def test_ones_own_range_is_cut_off_at_the_day_shown() -> None:
    assert days_of(Range.OWN, DAY, (date(2025, 2, 1), date(2025, 3, 1))) == (date(2025, 2, 1), DAY)


@pytest.mark.parametrize(
    ("own", "said"),
    [
        (None, "Choose the first and the last day"),
        ((date(2025, 2, 2), date(2025, 2, 1)), "swap the two days"),
        ((date(2025, 3, 1), date(2025, 3, 2)), "after the day shown"),
    ],
)
def test_a_range_that_cannot_be_shown_says_what_to_do(own: tuple[date, date] | None, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        days_of(Range.OWN, DAY, own)
