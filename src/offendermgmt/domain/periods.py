"""Periods of a report: days, calendar months or Monday weeks, clipped to its range."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import numpy as np

from offendermgmt.domain.days import Days, day_number


class Every(StrEnum):
    """Length of a period."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"


@dataclass(frozen=True)
class Periods:
    """Consecutive periods, first and last day of each included."""

    first: Days
    last: Days

    def __len__(self) -> int:
        return len(self.first)

    @classmethod
    def whole(cls, from_on: date, to_on: date) -> "Periods":
        """One period from `from_on` to `to_on`, both included; ValueError if they are the wrong way round."""
        days = cls.between(from_on, to_on, Every.DAY)
        return cls(first=days.first[:1], last=days.last[-1:])

    @classmethod
    def between(cls, from_on: date, to_on: date, every: Every) -> "Periods":
        """The periods from `from_on` to `to_on`, both included; ValueError if they are the wrong way round."""
        if from_on > to_on:
            raise ValueError(f"The range starts on {from_on} and ends before that, on {to_on}: swap the two days")
        days = np.arange(day_number(from_on), day_number(to_on) + 1, dtype=np.int32)
        match every:
            case Every.DAY:
                number = days
            case Every.WEEK:
                number = (days + 3) // 7  # 1970-01-01 was a Thursday
            case Every.MONTH:
                number = days.astype("datetime64[D]").astype("datetime64[M]").astype(np.int32)
        opens = np.append(True, number[1:] != number[:-1])
        first = days[opens]
        return cls(first=first, last=np.append(first[1:] - 1, days[-1]).astype(np.int32))

    def of(self, days: Days) -> "np.ndarray[tuple[int], np.dtype[np.intp]]":
        """Position of the period each day lies in; -1 before the first period and after the last."""
        lengths = self.last - self.first + 1
        outside = np.int64(lengths.sum())
        position = np.append(np.repeat(np.arange(len(self)), lengths), -1)
        since = days.astype(np.int64) - self.first[0]
        return position[np.where((since >= 0) & (since < outside), since, outside)]

    def counts(self, days: Days) -> "np.ndarray[tuple[int], np.dtype[np.int64]]":
        """How many of the days lie in each period."""
        position = self.of(days)
        return np.bincount(position[position >= 0], minlength=len(self)).astype(np.int64)
