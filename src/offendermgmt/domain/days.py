"""Whole days in Europe/London (D1), and arithmetic on arrays of them.

Inside the engine a day is an int32: days since 1970-01-01. `NEVER` stands for a day that has not come.
"""

from datetime import date
from typing import Any, Final
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt
import pandas as pd

Days = npt.NDArray[np.int32]

NEVER = np.int32(2**30)
LONDON: Final = ZoneInfo("Europe/London")
_EPOCH = date(1970, 1, 1).toordinal()


def day_number(day: date) -> int:
    """Days from 1970-01-01 to `day`."""
    return day.toordinal() - _EPOCH


def to_date(number: int) -> date:
    """The date `number` days after 1970-01-01."""
    return date.fromordinal(int(number) + _EPOCH)


def day_numbers(dates: "pd.Series[Any] | npt.NDArray[Any]") -> Days:
    """Day numbers of an array of datetime64 values, `NEVER` where there is none."""
    values = np.asarray(dates).astype("datetime64[D]")
    numbers = values.astype(np.int64)
    return np.where(np.isnat(values), np.int64(NEVER), numbers).astype(np.int32)


def to_datetimes(numbers: npt.NDArray[np.integer[Any]]) -> npt.NDArray[np.datetime64]:
    """datetime64[s] values of an array of day numbers, NaT for `NEVER`."""
    days = np.asarray(numbers).astype(np.int64)
    values = days.astype("datetime64[D]").astype("datetime64[s]")
    values[days >= NEVER] = np.datetime64("NaT")
    return values


def london_dates(timestamps: "pd.Series[Any]") -> "pd.Series[Any]":
    """The London date (datetime64[s], naive) of each UTC timestamp given without an offset (D1)."""
    local = timestamps.dt.tz_localize("UTC").dt.tz_convert(LONDON)
    dates: pd.Series[Any] = local.dt.tz_localize(None).dt.normalize().astype("datetime64[s]")
    return dates


def add_interval(days: Days, months: npt.NDArray[np.integer[Any]], extra_days: npt.NDArray[np.integer[Any]]) -> Days:
    """Each day moved by calendar months, to the month's last day where it has no such day, then by days (S4)."""
    day = days.astype("datetime64[D]")
    month = day.astype("datetime64[M]")
    day_of_month = (day - month.astype("datetime64[D]")).astype(np.int64)
    target = month + months.astype(np.int64)
    last_of_month = ((target + 1).astype("datetime64[D]") - target.astype("datetime64[D]")).astype(np.int64) - 1
    moved = target.astype("datetime64[D]").astype(np.int64) + np.minimum(day_of_month, last_of_month)
    result: Days = (moved + extra_days).astype(np.int32)
    return result
