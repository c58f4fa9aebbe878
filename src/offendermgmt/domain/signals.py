"""Signals on trends (X1 to X5): mean and limits of a series, what each point is, what the newest says.

The method is that of XmR charts as NHS "plot the dots" has it; its numbers are the rules' own. A policy sets only from
how many points on limits are full ones.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import pairwise
from operator import index
from typing import Any, Final

import numpy as np
import pandas as pd

from offendermgmt.domain.signal_points import ROUNDING, Limits, Numbers, point_signals, rounding
from offendermgmt.domain.vocabulary import Assurance, Improvement, LimitsState, Signal, Variation

# What the rules give for X5. A caller with a policy passes `Policy.signals.trial_points`.
TRIAL_POINTS: Final = 13
# The method's own numbers (X1).
_LIMIT: Final = 2.66
_SCREENED: Final = 3.267
_NEAR: Final = 2 / 3
# Mostly zero (X5) is more than this share.
_MOSTLY: Final = 1 / 2
_HIGH: Final = frozenset({Signal.ABOVE_LIMIT, Signal.RISING, Signal.NEAR_HIGH, Signal.RUN_HIGH})


@dataclass(frozen=True)
class Segment:
    """Positions from `first` up to before `stop`, with one mean and one pair of limits.

    Mean and limits rest on `points` values. The mean is None where there is no value; `limits` is None where `state`
    says why there are none.
    """

    first: int
    stop: int
    points: int
    mean: float | None
    limits: Limits | None
    state: LimitsState


@dataclass(frozen=True)
class Xmr:
    """A series as an XmR chart has it: mean, limits, near limits and signals have an entry for each position.

    Limits are None where there are none (X5), the mean where its segment has no value, the signal where the position
    has none. `variation` is the newest value's type, None without a value; `assurance` is None without a target, for a
    neutral measure and without limits. `segments` says what limits rest on and how they stand.
    """

    mean: tuple[float | None, ...]
    lower: tuple[float | None, ...]
    upper: tuple[float | None, ...]
    near_lower: tuple[float | None, ...]
    near_upper: tuple[float | None, ...]
    signals: tuple[Signal | None, ...]
    segments: tuple[Segment, ...]
    variation: Variation | None
    assurance: Assurance | None

    @property
    def newest(self) -> int | None:
        """Position of the newest value."""
        return _newest(self.signals)

    @property
    def current(self) -> Segment | None:
        """The segment of the newest value, whose limits hold now."""
        return _holding(self.segments, self.newest)

    @property
    def state(self) -> LimitsState:
        """How the limits stand that hold now (X5); too few points without a value."""
        return LimitsState.TOO_FEW if self.current is None else self.current.state

    def last(self, number: int) -> "Xmr":
        """Its last positions, all if there are fewer: with mean, limits and signals as reckoned over the whole."""
        left = max(len(self.signals) - number, 0)
        spans = (replace(one, first=max(one.first - left, 0), stop=one.stop - left) for one in self.segments)
        return replace(
            self,
            mean=self.mean[left:],
            lower=self.lower[left:],
            upper=self.upper[left:],
            near_lower=self.near_lower[left:],
            near_upper=self.near_upper[left:],
            signals=self.signals[left:],
            segments=tuple(span for span in spans if span.stop > 0),
        )


def xmr(
    values: Iterable[Any],
    *,
    screen: bool = True,
    baseline: int | None = None,
    rebase: Iterable[int] | None = (),
    improvement: Improvement | str = Improvement.NEUTRAL,
    target: float | None = None,
    trial_points: int = TRIAL_POINTS,
) -> Xmr:
    """Mean, limits and signals of a series in order of time (X1 to X5).

    `values` are numbers; None or NaN is a gap. A gap has no signal, gives no moving range and ends runs and trends.
    `baseline` is from how many first values of each segment its mean and limits are taken; all if there are fewer.
    `rebase` holds the positions at which a new segment starts: 0 and the position after the last change nothing.
    Limits that rest on fewer than `trial_points` values are trial ones. ValueError says which argument is wrong.
    """
    numbers = _numbers(values)
    towards, goal = _improvement(improvement), _target(target)
    first_points = None if baseline is None else _whole(baseline, "baseline", least=1)
    enough = _whole(trial_points, "trial_points", least=1)
    segments = tuple(
        _segment(numbers, first, stop, first_points, screen=screen, enough=enough)
        for first, stop in pairwise(_bounds(rebase, len(numbers)))
    )
    signals = tuple(signal for segment in segments for signal in _signals(numbers, segment))
    newest = _newest(signals)
    last = None if newest is None else signals[newest]
    current = _holding(segments, newest)
    return Xmr(
        mean=_spread(segments, [segment.mean for segment in segments]),
        lower=_spread(segments, [one.limits.lower if one.limits else None for one in segments]),
        upper=_spread(segments, [one.limits.upper if one.limits else None for one in segments]),
        near_lower=_spread(segments, [one.limits.near_lower if one.limits else None for one in segments]),
        near_upper=_spread(segments, [one.limits.near_upper if one.limits else None for one in segments]),
        signals=signals,
        segments=segments,
        variation=None if last is None else variation_of(last, towards),
        assurance=_assurance(current.limits if current else None, goal, towards),
    )


def variation_of(signal: Signal, improvement: Improvement) -> Variation:
    """What a signal says of a measure that gets better in the direction of `improvement` (X4)."""
    if signal is Signal.COMMON:
        return Variation.COMMON
    is_high = signal in _HIGH
    if improvement is Improvement.NEUTRAL:
        return Variation.HIGH if is_high else Variation.LOW
    return Variation.IMPROVEMENT if is_high == (improvement is Improvement.INCREASE) else Variation.CONCERN


def _segment(numbers: Numbers, first: int, stop: int, baseline: int | None, *, screen: bool, enough: int) -> Segment:
    basis = numbers[first:stop]
    if baseline is not None:
        basis = basis[np.cumsum(~np.isnan(basis)) <= baseline]
    known = basis[~np.isnan(basis)]
    mean = math.fsum(known) / len(known) if len(known) else None
    moving_range = _moving_range(basis, screen=screen)
    state = _state(known, moving_range, enough)
    limits = None
    if mean is not None and moving_range is not None and state in {LimitsState.FULL, LimitsState.TRIAL}:
        away = _LIMIT * moving_range
        limits = Limits(mean - away, mean + away, mean - _NEAR * away, mean + _NEAR * away)
    return Segment(first, stop, len(known), mean, limits, state)


def _moving_range(basis: Numbers, *, screen: bool) -> float | None:
    """Mean distance of neighbours, None where no two values are neighbours; screened once if asked (X1)."""
    room = rounding(basis)
    ranges = np.abs(np.diff(basis))
    ranges = ranges[~np.isnan(ranges)]
    if not len(ranges):
        return None
    mean = math.fsum(ranges) / len(ranges)
    if not screen or mean <= room:
        return mean if mean > room else 0.0
    kept = ranges[ranges < _SCREENED * mean - room]
    screened = math.fsum(kept) / len(kept)
    return screened if screened > room else 0.0


def _state(known: Numbers, moving_range: float | None, enough: int) -> LimitsState:
    if moving_range is None:
        return LimitsState.TOO_FEW
    if moving_range == 0:
        return LimitsState.NO_VARIATION
    if np.count_nonzero(known == 0) > _MOSTLY * len(known):
        return LimitsState.MOSTLY_ZERO
    return LimitsState.FULL if len(known) >= enough else LimitsState.TRIAL


def _signals(numbers: Numbers, segment: Segment) -> list[Signal | None]:
    values = numbers[segment.first : segment.stop]
    if segment.mean is None:
        return [None] * len(values)
    found = point_signals(values, segment.mean, segment.limits)
    return [None if gap else signal for gap, signal in zip(np.isnan(values).tolist(), found, strict=True)]


def _newest(signals: tuple[Signal | None, ...]) -> int | None:
    return max((at for at, signal in enumerate(signals) if signal is not None), default=None)


def _holding(segments: tuple[Segment, ...], position: int | None) -> Segment | None:
    """The segment a position lies in."""
    return next((one for one in segments if position is not None and one.first <= position < one.stop), None)


def _assurance(limits: Limits | None, target: float | None, improvement: Improvement) -> Assurance | None:
    if limits is None or target is None or improvement is Improvement.NEUTRAL:
        return None
    room = ROUNDING * max(abs(target), abs(limits.lower), abs(limits.upper))
    if limits.lower - room <= target <= limits.upper + room:
        return Assurance.HIT_OR_MISS
    return Assurance.PASS if (target < limits.lower) == (improvement is Improvement.INCREASE) else Assurance.FAIL


def _spread(segments: tuple[Segment, ...], own: list[float | None]) -> tuple[float | None, ...]:
    return tuple(one for segment, one in zip(segments, own, strict=True) for _ in range(segment.first, segment.stop))


def _numbers(values: Iterable[Any]) -> Numbers:
    numbers = np.array([_number(value, f"value at position {at}") for at, value in enumerate(_each(values, "values"))])
    return numbers.astype(np.float64)


def _number(value: Any, what: str) -> float:
    try:
        number = math.nan if pd.isna(value) else float(value)
    except (TypeError, ValueError) as error:
        raise ValueError(f"The {what} is {value!r}: write a number, or None where there is none.") from error
    if math.isinf(number):
        raise ValueError(f"The {what} is infinite: write a number, or None where there is none.")
    return number


def _bounds(rebase: Iterable[int] | None, number: int) -> list[int]:
    positions = {_whole(position, "rebase", least=0) for position in _each(() if rebase is None else rebase, "rebase")}
    beyond = [position for position in positions if position > number]
    if beyond:
        raise ValueError(f"rebase has position {min(beyond)}, and the series ends before position {number}.")
    return sorted({0, *positions, number})


def _each(given: Iterable[Any], name: str) -> list[Any]:
    if isinstance(given, str) or not isinstance(given, Iterable):
        raise ValueError(f"{name} is {given!r}: give a list.")
    return list(given)


def _whole(number: Any, name: str, *, least: int) -> int:
    try:
        whole = index(number)
    except TypeError as error:
        raise ValueError(f"{name} has {number!r}: write a whole number from {least} on.") from error
    if whole < least or isinstance(number, bool):
        raise ValueError(f"{name} has {number!r}: write a whole number from {least} on.")
    return whole


def _improvement(improvement: Improvement | str) -> Improvement:
    try:
        return Improvement(improvement)
    except ValueError as error:
        names = ", ".join(Improvement)
        raise ValueError(f"improvement is {improvement!r}: write one of {names}.") from error


def _target(target: float | None) -> float | None:
    number = _number(target, "target")
    return None if math.isnan(number) else number
