"""What each point of a trend is (X2): outside the limits, part of a trend, near a limit, part of a run, or common.

A gap (NaN) lies on no side, so it ends whatever runs up to it.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from offendermgmt.domain.vocabulary import Signal

Numbers = npt.NDArray[np.float64]
Marks = npt.NDArray[np.bool_]

# Numbers that differ by less than this part of the largest differ by rounding alone: 0.1 + 0.2 lies on a mean of 0.3.
ROUNDING: Final = 1e-12
# The method's own numbers, given by the rule.
_RUN: Final = 7
_NEAR_AMONG: Final = 3
_NEAR_NEEDED: Final = 2


@dataclass(frozen=True)
class Limits:
    """Lower and upper limit of a segment, and the near limits at two thirds of the way to them (X1)."""

    lower: float
    upper: float
    near_lower: float
    near_upper: float


def point_signals(values: Numbers, mean: float, limits: Limits | None) -> list[Signal]:
    """The signal of each point of one segment, the first that applies; of a gap `common`.

    Without limits only a trend is a signal: runs about the mean of a figure that hardly varies say nothing (X5).
    """
    room = rounding(values)
    rising, falling = _trends(values, room)
    found = [(rising, Signal.RISING), (falling, Signal.FALLING)]
    if limits is not None:
        found = [*_outside(values, limits, room), *found, *_sided(values, mean, limits, room)]
    names = [str(signal) for _, signal in found]
    marked = np.select([marks for marks, _ in found], names, default=str(Signal.COMMON))
    return [Signal(name) for name in marked.tolist()]


def rounding(values: Numbers) -> float:
    """How far apart two numbers of this size may be for rounding alone."""
    known = values[~np.isnan(values)]
    return ROUNDING * float(np.abs(known).max(initial=0.0))


def _outside(values: Numbers, limits: Limits, room: float) -> list[tuple[Marks, Signal]]:
    above, below = values > limits.upper + room, values < limits.lower - room
    return [(above, Signal.ABOVE_LIMIT), (below, Signal.BELOW_LIMIT)]


def _trends(values: Numbers, room: float) -> tuple[Marks, Marks]:
    """Points of seven that rise one after the other, and of seven that fall; a point that turns is of the later."""
    steps = _signs(np.diff(values), room)
    rising, falling = (_part_of(_all_of(steps == sign, _RUN - 1), _RUN, len(values)) for sign in (1, -1))
    onwards = np.append(steps, 0)
    return rising & ~(falling & (onwards == -1)), falling & ~(rising & (onwards == 1))


def _sided(values: Numbers, mean: float, limits: Limits, room: float) -> list[tuple[Marks, Signal]]:
    """Points near a limit with another of three on their side, then runs of seven on one side of the mean.

    A point outside the limits is not near them, and one on the mean is on no side.
    """
    sides = _signs(values - mean, room)
    near_high = (values > limits.near_upper + room) & (values <= limits.upper + room)
    near_low = (values < limits.near_lower - room) & (values >= limits.lower - room)
    return [
        (_two_of_three(near_high, sides == 1), Signal.NEAR_HIGH),
        (_two_of_three(near_low, sides == -1), Signal.NEAR_LOW),
        (_part_of(_all_of(sides == 1, _RUN), _RUN, len(values)), Signal.RUN_HIGH),
        (_part_of(_all_of(sides == -1, _RUN), _RUN, len(values)), Signal.RUN_LOW),
    ]


def _two_of_three(near: Marks, on_side: Marks) -> Marks:
    enough = _windows(near, _NEAR_AMONG).sum(axis=1) >= _NEAR_NEEDED
    return near & _part_of(enough & _all_of(on_side, _NEAR_AMONG), _NEAR_AMONG, len(near))


def _signs(differences: Numbers, room: float) -> npt.NDArray[np.int8]:
    """1 above, -1 below, 0 where there is no difference or no number."""
    return (differences > room).astype(np.int8) - (differences < -room).astype(np.int8)


def _windows(marks: Marks, size: int) -> Marks:
    """Every `size` neighbours, a row each; no row where there are fewer."""
    if len(marks) < size:
        return np.empty((0, size), dtype=np.bool_)
    return np.lib.stride_tricks.sliding_window_view(marks, size)


def _all_of(marks: Marks, size: int) -> Marks:
    found: Marks = np.asarray(_windows(marks, size).all(axis=1))
    return found


def _part_of(windows: Marks, size: int, number: int) -> Marks:
    """Which of `number` points lie in one of the windows of `size` points that are marked by their first."""
    marked = np.zeros(number, dtype=np.bool_)
    for offset in range(size):
        marked[offset : offset + len(windows)] |= windows
    return marked
