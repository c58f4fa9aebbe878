"""Working days: Monday to Friday without England's bank holidays."""

from functools import lru_cache
from typing import Any, Final

import holidays
import numpy as np
import numpy.typing as npt

from offendermgmt.domain.days import Days, to_date

_WEEKS: Final = "1111100"


def working_days_after(first: Days, last: Days) -> npt.NDArray[np.int64]:
    """How many working days lie after day `first`, up to and including day `last`; below 0 where `last` is earlier."""
    free = _bank_holidays(_years(first, last))
    return np.busday_count(_dates(first) + 1, _dates(last) + 1, weekmask=_WEEKS, holidays=free)


def add_working_days(days: Days, number: int) -> Days:
    """The working day that is `number` of them, one or more, after each day, which need not be one itself."""
    reach = days + np.int32(7 * number + 31)  # no stretch of holidays is a month long
    free = _bank_holidays(_years(days, reach))
    moved = np.busday_offset(_dates(days), number, roll="backward", weekmask=_WEEKS, holidays=free)
    return moved.astype("datetime64[D]").astype(np.int32)


def is_working_day(days: Days) -> npt.NDArray[np.bool_]:
    """Whether each day is a working day."""
    return np.is_busday(_dates(days), weekmask=_WEEKS, holidays=_bank_holidays(_years(days, days)))


def _dates(days: "npt.NDArray[np.integer[Any]]") -> npt.NDArray[np.datetime64]:
    return np.asarray(days).astype("datetime64[D]")


def _years(first: Days, last: Days) -> tuple[int, int]:
    both = np.concatenate([np.atleast_1d(first), np.atleast_1d(last)])
    # The week before the first day counts too, for a day that is none itself.
    return (to_date(int(both.min()) - 7).year, to_date(int(both.max())).year) if both.size else (1970, 1970)


@lru_cache(maxsize=16)
def _bank_holidays(years: tuple[int, int]) -> npt.NDArray[np.datetime64]:
    """England's bank holidays from the first of the years to the last, both included."""
    listed = holidays.country_holidays("GB", subdiv="ENG", years=range(years[0], years[1] + 1))
    found: npt.NDArray[np.datetime64] = np.array(sorted(listed), dtype="datetime64[D]")
    return found
