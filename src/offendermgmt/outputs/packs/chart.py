"""A chart of months as slides and paper draw it: its lines, which points are signalled, and how far its axis goes."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from itertools import groupby
from typing import Final

from offendermgmt.services.signal_series import Unit

Number = float | None


class Role(StrEnum):
    """What a line of a chart is."""

    MEASURE = "measure"
    MEAN = "mean"
    LIMIT = "limit"
    TARGET = "target"
    CONCERN = "concern"
    IMPROVEMENT = "improvement"
    HIGH = "high"
    LOW = "low"

    @property
    def is_signal(self) -> bool:
        """Whether it is signalled points of the measure, which no line joins."""
        return self in _SIGNALS


_SIGNALS: Final = frozenset({Role.CONCERN, Role.IMPROVEMENT, Role.HIGH, Role.LOW})


@dataclass(frozen=True)
class Line:
    """A line over all the months, broken where a month has None. `in_key` is False for one that another stands for."""

    name: str
    role: Role
    values: tuple[Number, ...]
    in_key: bool = True


@dataclass(frozen=True)
class Mark:
    """Something dated in a month: its number on the chart, and what it was in words."""

    position: int
    number: int
    text: str


@dataclass(frozen=True)
class Axis:
    """From where to where the axis of values goes, and how far apart its lines are."""

    low: float
    high: float
    step: float

    @property
    def ticks(self) -> list[float]:
        """Where its lines are, from the lowest."""
        return [self.low + self.step * at for at in range(round((self.high - self.low) / self.step) + 1)]


@dataclass(frozen=True)
class Chart:
    """A measure's months, labelled by `months`: `lines` begin with the measure and end with its signalled points.

    `alt` says in words what is to be seen.
    """

    title: str
    alt: str
    unit: Unit
    months: tuple[str, ...]
    lines: tuple[Line, ...]
    marks: tuple[Mark, ...]

    @property
    def measure(self) -> Line:
        """The measure's own line."""
        return self.lines[0]

    @property
    def has_values(self) -> bool:
        """Whether there is a single point to draw."""
        return any(value is not None for value in self.measure.values)

    @cached_property
    def axis(self) -> Axis:
        """An axis on which all lines lie: of shares never beyond 0 and 1, of what is never negative never below 0."""
        values = [value for line in self.lines for value in line.values if value is not None]
        least = 0.0 if self.unit.is_share or self.unit.decimals else 1.0
        return axis(values, most=1.0 if self.unit.is_share else math.inf, least_step=least)

    def numbered(self) -> list[tuple[int, str]]:
        """Each position with something dated, and its numbers as `(1, 2)`."""
        months = groupby(self.marks, key=lambda mark: mark.position)
        return [(at, f"({', '.join(str(mark.number) for mark in marks)})") for at, marks in months]

    def notes(self) -> list[str]:
        """What stands under the chart: what is dated, by number, and that its axis is cut where it is."""
        told = " · ".join(f"({mark.number}) {mark.text}" for mark in self.marks)
        return [text for text in (told, _CUT if self.is_cut else "") if text]

    @property
    def is_cut(self) -> bool:
        """Whether the axis begins above nought, which has to be said."""
        return self.axis.low > 0


_CUT: Final = "The axis does not begin at nought."
# A measure that moves in less than this part of its height would be a flat line on an axis that begins at nought.
_FLAT: Final = 0.5
_LINES: Final = 5
_ROOM: Final = 0.05


def axis(values: Iterable[float], *, most: float, least_step: float = 0.0) -> Axis:
    """An axis with round lines for the values, from nought unless they would lie flat high above it.

    Its lines are no less than `least_step` apart: there is no tenth of a case.
    """
    known = list(values) or [0.0]
    low, high = min(known), max(known)
    room = (high - low or abs(high) or 1.0) * _ROOM
    bottom = low - room if low > 0 and (high - low) < _FLAT * high else min(low, 0.0)
    step = max(_round_step((high + room - bottom) / _LINES), least_step)
    first, last = math.floor(bottom / step + 1e-9), math.ceil(min(high + room, most) / step - 1e-9)
    return Axis(first * step, max(last, first + 1) * step, step)


def _round_step(step: float) -> float:
    """The next of 1, 2, 2.5, 5 and 10 times a power of ten."""
    power: float = 10.0 ** math.floor(math.log10(step))
    return next(factor * power for factor in (1, 2, 2.5, 5, 10) if step <= factor * power * (1 + 1e-9))
