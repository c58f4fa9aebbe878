"""Ranges of days that a page offers: named ones up to its day, or the reader's own."""

from datetime import date, timedelta
from enum import StrEnum
from typing import Final


class Range(StrEnum):
    """A range by name; all end on or before the page's day."""

    LAST_28_DAYS = "28-days"
    THIS_MONTH = "this-month"
    LAST_MONTH = "last-month"
    THIS_QUARTER = "this-quarter"
    LAST_QUARTER = "last-quarter"
    OWN = "own"


RANGE: Final = {
    Range.LAST_28_DAYS: "Last 28 days",
    Range.THIS_MONTH: "This month so far",
    Range.LAST_MONTH: "Last month",
    Range.THIS_QUARTER: "This quarter so far",
    Range.LAST_QUARTER: "Last quarter",
    Range.OWN: "Own dates",
}
# Who sees counts only reads trends over so many calendar months: ranges of their own would tell single days.
MONTHS_FOR_BOARDS: Final = 36


def last_days(number: int, as_of: date) -> tuple[date, date]:
    """The last `number` days up to the end of `as_of`, first and last included."""
    return as_of - timedelta(days=number - 1), as_of


def days_of(named: Range, as_of: date, own: tuple[date, date] | None = None) -> tuple[date, date]:
    """First and last day of a range as seen on `as_of`; the reader's own is cut off there.

    ValueError for own days that are missing, the wrong way round, or all after `as_of`.
    """
    month, quarter = as_of.replace(day=1), as_of.replace(month=(as_of.month - 1) // 3 * 3 + 1, day=1)
    match named:
        case Range.LAST_28_DAYS:
            return last_days(28, as_of)
        case Range.THIS_MONTH:
            return month, as_of
        case Range.LAST_MONTH:
            return _before(month).replace(day=1), _before(month)
        case Range.THIS_QUARTER:
            return quarter, as_of
        case Range.LAST_QUARTER:
            last = _before(quarter)
            return last.replace(month=last.month - 2, day=1), last
    return _own(own, as_of)


def newest_month_end(day: date) -> date:
    """The last day of the newest month that is over at the end of a day."""
    after = day + timedelta(days=1)
    return _before(after.replace(day=1))


def newest_month(day: date) -> tuple[date, date]:
    """First and last day of the newest month that is over at the end of a day."""
    last = newest_month_end(day)
    return last.replace(day=1), last


def _before(day: date) -> date:
    return day - timedelta(days=1)


def _own(days: tuple[date, date] | None, as_of: date) -> tuple[date, date]:
    if days is None:
        raise ValueError("Choose the first and the last day of the range.")
    first, last = days
    if first > last:
        raise ValueError(f"The range starts on {first} and ends before that, on {last}: swap the two days.")
    if first > as_of:
        raise ValueError(f"The range starts on {first}, after the day shown, {as_of}: choose an earlier one.")
    return first, min(last, as_of)
