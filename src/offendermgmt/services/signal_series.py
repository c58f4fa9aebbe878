"""A measure by month with its signals: the one object that pages, packs and files draw.

What a viewer may not see is a month kept from them, and mean and limits are taken from what is left: nothing that is
drawn gives back what is not. Signals are reckoned over all months that there are, however few of them are drawn: a
month's verdict does not hang on how far back a reader looks.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import inf

from offendermgmt.domain.signals import Segment, Xmr, variation_of, xmr
from offendermgmt.domain.vocabulary import Improvement, Signal, Variation
from offendermgmt.services.trend_events import TrendEvent
from offendermgmt.services.wording import days_text


@dataclass(frozen=True)
class Unit:
    """What a measure counts, as its axis says it, and with how many decimals its values read.

    A share is a fraction that reads as a percentage; days read as such.
    """

    label: str
    decimals: int = 0
    is_share: bool = False
    is_days: bool = False

    def written(self, value: float) -> str:
        """A month's value, or a target: `1,204`, `12.5`, `88.2%` or `12 days`."""
        if self.is_days:
            return days_text(round(value))
        return f"{value:.1%}" if self.is_share else f"{value:,.{self.decimals}f}"

    def reckoned(self, value: float) -> str:
        """A mean or a limit, with one decimal more than values have; of a share as a value reads."""
        return f"{value:.1%}" if self.is_share else f"{value:,.{self.decimals + 1}f}"


@dataclass(frozen=True)
class Month:
    """One month of a measure by its first day; for a share with what is under it.

    `value` is None where there is nothing to count it from, or where it is `kept` from the viewer.
    """

    first: date
    value: float | None
    numerator: int | None = None
    denominator: int | None = None
    kept: bool = False


@dataclass(frozen=True)
class Rebase:
    """A decision that limits start anew with the month `on` lies in, and its reason (X3)."""

    on: date
    reason: str


@dataclass(frozen=True)
class SignalSeries:
    """A measure by month, what is to become of it, what it is marked with, and its signals (X1 to X5).

    `rebases` are those that start a segment after the first; `trial_points` is the policy's number (X5). Of its last
    months alone (`last`), `reckoned` is the series that mean, limits and signals are of.
    """

    title: str
    unit: Unit
    months: tuple[Month, ...]
    improvement: Improvement
    target: float | None
    events: tuple[TrendEvent, ...]
    rebases: tuple[Rebase, ...]
    trial_points: int
    result: Xmr
    reckoned: "SignalSeries | None" = None

    @property
    def whole(self) -> "SignalSeries":
        """The series over all the months that its signals are reckoned over: what is said of the measure is of them."""
        return self.reckoned or self

    def last(self, number: int) -> "SignalSeries":
        """Its last months, to be drawn with the mean, limits and signals of the whole; itself if it has no more."""
        months = self.months[max(len(self.months) - number, 0) :]
        if len(months) == len(self.months):
            return self
        first = months[0].first if months else date.max
        return replace(
            self,
            months=months,
            events=tuple(event for event in self.events if event.text.on >= first),
            rebases=tuple(rebase for rebase in self.rebases if rebase.on.replace(day=1) > first),
            result=self.result.last(number),
            reckoned=self.whole,
        )

    @property
    def drawn_segments(self) -> tuple[Segment, ...]:
        """The segments whose average and usual range are drawn: all, but of the last months those among their values.

        An earlier range that rests on months left out can lie so far off that the months drawn would be a flat line.
        """
        if self.reckoned is None:
            return self.result.segments
        values = [month.value for month in self.months if month.value is not None]
        low, high = min(values, default=inf), max(values, default=-inf)
        return tuple(
            each
            for each in self.result.segments
            if each is self.result.current or (each.mean is not None and low <= each.mean <= high)
        )

    @property
    def newest(self) -> Month | None:
        """The newest of its months with a value; of the whole the one that the finding is about."""
        return None if self.result.newest is None else self.months[self.result.newest]

    def variation(self, position: int) -> Variation | None:
        """What the month at a position says of the measure, None where it has no value (X4)."""
        signal = self.result.signals[position]
        return None if signal is None else variation_of(signal, self.improvement)

    def is_judged(self, position: int) -> bool:
        """Whether the month at a position has a value and something to hold it against: limits, or a trend (X5)."""
        signal = self.result.signals[position]
        return signal is not None and (signal is not Signal.COMMON or self.result.lower[position] is not None)

    def basis(self, segment: Segment) -> list[Month]:
        """The months that mean and limits of a segment of the whole rest on."""
        known = [month for month in self.whole.months[segment.first : segment.stop] if month.value is not None]
        return known[: segment.points]

    def usual_range(self, segment: Segment) -> str:
        """What lies between a segment's limits, as `12.3 to 31.0`; empty where there are none."""
        if segment.limits is None:
            return ""
        lower, upper = (self.possible(limit) for limit in (segment.limits.lower, segment.limits.upper))
        return f"{self.unit.reckoned(lower)} to {self.unit.reckoned(upper)}"

    def possible(self, limit: float) -> float:
        """A limit no further out than the measure can go: a count has no less than 0, a share no more than all."""
        lowest = min((month.value for month in self.whole.months if month.value is not None), default=0.0)
        above = max(limit, 0.0) if lowest >= 0 else limit
        return min(above, 1.0) if self.unit.is_share else above


def signal_series(
    title: str,
    unit: Unit,
    months: Sequence[Month],
    *,
    trial_points: int,
    improvement: Improvement = Improvement.NEUTRAL,
    target: float | None = None,
    events: Sequence[TrendEvent] = (),
    rebases: Sequence[Rebase] = (),
    baseline: int | None = None,
    screen: bool = True,
) -> SignalSeries:
    """A measure by month with its signals; events outside its months, and rebases that start no segment, are left out.

    `trial_points` is the policy's number (X5). ValueError where months do not follow one another: a month without a
    value is one of them, lest those beside it pass for neighbours.
    """
    firsts = [month.first for month in months]
    _check(firsts)
    starts = {bisect_left(firsts, rebase.on.replace(day=1)): rebase for rebase in rebases}
    started = {at: rebase for at, rebase in sorted(starts.items()) if 0 < at < len(firsts)}
    result = xmr(
        [month.value for month in months],
        screen=screen,
        baseline=baseline,
        rebase=started,
        improvement=improvement,
        target=target,
        trial_points=trial_points,
    )
    within = [event for event in events if firsts and firsts[0] <= event.text.on < month_after(firsts[-1])]
    return SignalSeries(
        title, unit, tuple(months), improvement, target, tuple(within), tuple(started.values()), trial_points, result
    )


def month_after(first: date) -> date:
    """The first day of the month after one that begins on `first`."""
    return date(first.year + first.month // 12, first.month % 12 + 1, 1)


def _check(firsts: Sequence[date]) -> None:
    for at, first in enumerate(firsts):
        if first.day != 1:
            raise ValueError(f"A month is named by its first day, and {first} is none.")
        if at and first != month_after(firsts[at - 1]):
            raise ValueError(f"{first:%B %Y} does not follow {firsts[at - 1]:%B %Y}: give every month, in order.")
