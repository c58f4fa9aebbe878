"""Signals on trends by the words of X1 to X5: in fractions, point by point, window by window."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

Value = Fraction | None

HIGH = ("above_limit", "rising", "near_high", "run_high")


class Chart(NamedTuple):
    """What X1 to X5 say of a series; limits and mean by segment, signals by point."""

    limits: list[tuple[int, Fraction | None, Fraction | None, Fraction | None]]
    signals: list[str | None]
    variation: str | None
    assurance: str | None


def chart(
    series: Sequence[float | int | None],
    *,
    screen: bool = True,
    baseline: int | None = None,
    rebase: Sequence[int] = (),
    improvement: str = "neutral",
    target: float | None = None,
) -> Chart:
    """The chart of a series whose numbers are taken as they are written, so that a tie is a tie."""
    values = [None if value is None else Fraction(str(value)) for value in series]
    limits = []
    signals: list[str | None] = []
    for first, last in _segments(len(values), rebase):
        segment = values[first:last]
        mean, away = _mean_and_reach(_basis(segment, baseline), screen)
        limits.append((first, mean, *((None, None) if mean is None or away is None else (mean - away, mean + away))))
        signals += [None if value is None else _signal(segment, at, mean, away) for at, value in enumerate(segment)]
    said = [signal for signal in signals if signal is not None]
    newest = max((at for at, signal in enumerate(signals) if signal is not None), default=-1)
    lower, upper = next(((low, up) for first, _, low, up in reversed(limits) if first <= newest), (None, None))
    goal = None if target is None else Fraction(str(target))
    return Chart(
        limits, signals, _variation(said[-1], improvement) if said else None, _meets(lower, upper, goal, improvement)
    )


def _segments(length: int, rebase: Sequence[int]) -> Iterator[tuple[int, int]]:
    starts = [at for at in range(length) if at == 0 or at in rebase]
    yield from zip(starts, [*starts[1:], length], strict=True) if starts else ()


def _basis(segment: list[Value], baseline: int | None) -> list[Value]:
    """The points that mean and limits are taken from, with the gaps between them."""
    basis: list[Value] = []
    for value in segment:
        if baseline is not None and len(basis) - basis.count(None) == baseline:
            break
        basis.append(value)
    return basis


def _mean_and_reach(values: list[Value], screen: bool) -> tuple[Fraction | None, Fraction | None]:
    """The mean, and how far from it the limits are; none where X5 allows no limits."""
    known = [value for value in values if value is not None]
    if not known:
        return None, None
    mean = sum(known) / Fraction(len(known))
    ranges = [abs(b - a) for a, b in pairwise(values) if a is not None and b is not None]
    if ranges and screen and any(ranges):
        usual = sum(ranges) / Fraction(len(ranges))
        ranges = [one for one in ranges if not one >= Fraction("3.267") * usual]
    mostly_zero = 2 * known.count(Fraction(0)) > len(known)
    if not any(ranges) or mostly_zero:
        return mean, None
    return mean, Fraction("2.66") * sum(ranges) / len(ranges)


def _signal(values: list[Value], at: int, mean: Fraction | None, away: Fraction | None) -> str:
    value = values[at]
    assert value is not None
    assert mean is not None
    if away is not None and abs(value - mean) > away:
        return "above_limit" if value > mean else "below_limit"
    for window in reversed(list(_windows(values, at, 7))):
        if all(later > earlier for earlier, later in pairwise(window)):
            return "rising"
        if all(later < earlier for earlier, later in pairwise(window)):
            return "falling"
    if away is None:
        return "common"
    if _is_near(value, mean, away):
        for window in _windows(values, at, 3):
            near = [one for one in window if _is_near(one, mean, away)]
            if _one_side(window, mean) and len(near) >= 2:
                return "near_high" if value > mean else "near_low"
    if any(_one_side(window, mean) for window in _windows(values, at, 7)):
        return "run_high" if value > mean else "run_low"
    return "common"


def _windows(values: list[Value], at: int, size: int) -> Iterator[list[Fraction]]:
    """So many points in a row without a gap, the one at `at` among them, the earliest first."""
    for start in range(max(0, at - size + 1), at + 1):
        window = [value for value in values[start : start + size] if value is not None]
        if len(window) == size:
            yield window


def _one_side(window: list[Fraction], mean: Fraction) -> bool:
    return all(value > mean for value in window) or all(value < mean for value in window)


def _is_near(value: Fraction, mean: Fraction, away: Fraction) -> bool:
    return away * 2 / 3 < abs(value - mean) <= away


def _variation(signal: str, improvement: str) -> str:
    if signal == "common":
        return "common"
    if improvement == "neutral":
        return "high" if signal in HIGH else "low"
    return "improvement" if (signal in HIGH) == (improvement == "increase") else "concern"


def _meets(lower: Fraction | None, upper: Fraction | None, target: Fraction | None, improvement: str) -> str | None:
    if target is None or lower is None or upper is None or improvement == "neutral":
        return None
    if lower <= target <= upper:
        return "hit_or_miss"
    return "pass" if (target < lower) == (improvement == "increase") else "fail"
