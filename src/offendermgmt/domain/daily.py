"""What stands on each of many days, by cumulative sums of what opens and closes: no loop over days or people.

Windows are half-open spans of days [first, end) with a group each (a risk level, a band, a team). A result is an array
with a row a day and a column a group.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from offendermgmt.domain.days import NEVER, Days

Counts = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Windows:
    """The windows that touch the days from `day` on, `length` of them; positions are relative to `day`.

    `row` is each window's position among those given.
    """

    day: int
    length: int
    groups: int
    row: npt.NDArray[np.intp]
    opens: Counts
    closes: Counts
    group: Counts

    @classmethod
    def within(
        cls, first: Days, end: Days, group: npt.NDArray[np.integer[Any]], groups: int, days: tuple[int, int]
    ) -> "Windows":
        """The windows clipped to `days` (first and last day, both included); those outside are left out."""
        length = days[1] - days[0] + 1
        opens = np.clip(first.astype(np.int64) - days[0], 0, length)
        closes = np.clip(end.astype(np.int64) - days[0], 0, length)
        row = np.flatnonzero(opens < closes)
        return cls(days[0], length, groups, row, opens[row], closes[row], group[row].astype(np.int64))

    @property
    def days(self) -> Days:
        """The days, a row of the result each."""
        return np.arange(self.day, self.day + self.length, dtype=np.int32)

    def total(self, weight: Counts | None = None) -> Counts:
        """How many windows are open on each day, or the sum of their weights."""
        size = (self.length + 1) * self.groups
        opened = np.bincount(self.opens * self.groups + self.group, weight, size)
        closed = np.bincount(self.closes * self.groups + self.group, weight, size)
        change = (opened - closed).reshape(self.length + 1, self.groups)
        counts: Counts = change[: self.length].cumsum(axis=0).astype(np.int64)
        return counts

    def least(self, value: Counts) -> Counts:
        """The least value of the windows open on each day, `NEVER` where none is.

        Each window is covered by two blocks of a power of two days; blocks are then halved down to single days.
        """
        spans = self.closes - self.opens
        power = np.log2(spans).astype(np.int64) if len(spans) else np.zeros(0, dtype=np.int64)
        block = np.full((int(power.max(initial=0)) + 1, self.length, self.groups), NEVER, dtype=np.int64)
        for start in (self.opens, self.closes - (1 << power)):
            np.minimum.at(block.reshape(-1), (power * self.length + start) * self.groups + self.group, value)
        for level in range(len(block) - 1, 0, -1):
            half = 1 << (level - 1)
            np.minimum(block[level - 1], block[level], out=block[level - 1])
            np.minimum(block[level - 1][half:], block[level][:-half], out=block[level - 1][half:])
        least: Counts = block[0]
        return least
