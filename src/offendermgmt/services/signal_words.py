"""What a measure's signals say, in plain words for who reads them once a month (X2, X4, X5).

The usual range is what lies between the limits, as far as the measure can go; the average is the mean. Findings and
what they rest on are of all the months that signals are reckoned over, however few of them are drawn.
"""

from math import isclose
from typing import Final

from offendermgmt.domain.signals import Segment
from offendermgmt.domain.vocabulary import Assurance, Improvement, LimitsState, Signal, Variation
from offendermgmt.services.signal_series import Month, SignalSeries
from offendermgmt.services.wording import SIGNAL, month_text, months_text

NOT_JUDGED: Final = "Not judged"
NOTHING: Final = "No month has a value that can be shown."
_LEAD: Final = {
    Variation.COMMON: "Nothing unusual",
    Variation.IMPROVEMENT: "Improvement",
    Variation.CONCERN: "Concern",
    Variation.HIGH: "Unusual",
    Variation.LOW: "Unusual",
}
_WAY: Final = {
    Signal.RISING: "risen",
    Signal.FALLING: "fallen",
    Signal.ABOVE_LIMIT: "above",
    Signal.BELOW_LIMIT: "below",
    Signal.NEAR_HIGH: "top",
    Signal.NEAR_LOW: "bottom",
    Signal.RUN_HIGH: "above",
    Signal.RUN_LOW: "below",
}


def finding(series: SignalSeries) -> str:
    """What the newest month says of the measure and of its target, in one sentence."""
    series = series.whole
    newest, current, at = series.newest, series.result.current, series.result.newest
    if newest is None or current is None or at is None:
        return NOTHING
    signal = series.result.signals[at] or Signal.COMMON
    said = _newest_text(series, newest, current, signal)
    lead = _LEAD[series.variation(at) or Variation.COMMON] if series.is_judged(at) else NOT_JUDGED
    target = _target_text(series, newest, current, has_range="usual range" in said)
    return f"{lead}: {said}{_no_range_text(series, current)}{target}."


def reading(series: SignalSeries, position: int) -> str:
    """What the month at a position is, in a few words; empty where it has no value."""
    signal = series.result.signals[position]
    if signal is None:
        return ""
    return SIGNAL[signal] if series.is_judged(position) else NOT_JUDGED


def basis(series: SignalSeries) -> str:
    """What the usual range is, how many months it rests on, and how many months say nothing."""
    series = series.whole
    current = series.result.current
    lacking = sum(month.value is None and not month.kept for month in series.months)
    kept = sum(month.kept for month in series.months)
    parts = [
        "" if current is None or current.limits is None else _range_text(series, current),
        f"Without a value: {months_text(lacking)}." if lacking else "",
        f"Not shown, and no part of average and range: {months_text(kept)}." if kept else "",
    ]
    return " ".join(part for part in parts if part)


def rebases_text(series: SignalSeries) -> str:
    """From when on average and range start anew, and why; empty where they never do (X3)."""
    told = "; ".join(f"from {month_text(rebase.on)} ({rebase.reason})" for rebase in series.whole.rebases)
    return f"Average and usual range start anew {told}." if told else ""


def target_text(series: SignalSeries) -> str:
    """The target in words, as `at least 90.0%`; empty without one."""
    if series.target is None:
        return ""
    side = {Improvement.INCREASE: "at least ", Improvement.DECREASE: "at most ", Improvement.NEUTRAL: ""}
    return f"{side[series.improvement]}{series.unit.written(series.target)}"


def _newest_text(series: SignalSeries, newest: Month, current: Segment, signal: Signal) -> str:
    """The newest month's signal, with the numbers it is made of."""
    value, usual, way = _value_text(series, newest), _usual_text(series, current), _WAY.get(signal, "")
    match signal:
        case Signal.COMMON:
            return f"{value} is within {usual}" if current.limits else value
        case Signal.ABOVE_LIMIT | Signal.BELOW_LIMIT:
            return f"{value} is {way} {usual}"
        case Signal.NEAR_HIGH | Signal.NEAR_LOW:
            return f"{value} is close to the {way} of {usual}, and is not the only one of the last three months"
        case Signal.RISING | Signal.FALLING:
            start = _value_text(series, _start(series, current, signal))
            return f"it has {way} month after month, from {start} to {value}"
        case Signal.RUN_HIGH | Signal.RUN_LOW:
            start, mean = month_text(_start(series, current, signal).first), series.unit.reckoned(current.mean or 0.0)
            return f"every month from {start} on is {way} the average of {mean}, the newest {value}"


def _no_range_text(series: SignalSeries, current: Segment) -> str:
    """Why there is no usual range (X5); empty where there is one."""
    if current.limits is not None:
        return ""
    known = [month.value for month in series.basis(current)]
    few = "" if len(set(known)) == 1 else " but for single months"
    why = {
        LimitsState.MOSTLY_ZERO: f"{known.count(0)} of {months_text(len(known))} had 0",
        LimitsState.NO_VARIATION: f"{months_text(len(known))} were all the same{few}",
    }.get(current.state, "one takes two months in a row")
    return f", with no usual range to judge it by because {why}"


def _target_text(series: SignalSeries, newest: Month, current: Segment, *, has_range: bool) -> str:
    """Whether the newest month meets the target, and what is to be expected of usual months (X4)."""
    if series.target is None or series.improvement is Improvement.NEUTRAL:
        return ""
    value, increases = newest.value or 0.0, series.improvement is Improvement.INCREASE
    is_met = value >= series.target if increases else value <= series.target
    said = f"; the target of {target_text(series)} is {'met' if is_met else 'missed'}"
    usual = "that range" if has_range else _usual_text(series, current)
    worst, best = ("bottom", "top") if increases else ("top", "bottom")
    match series.result.assurance:
        case Assurance.PASS:
            return f"{said}, {'as' if is_met else 'though'} it is met even at the {worst} of {usual}"
        case Assurance.FAIL:
            return f"{said}, {'though' if is_met else 'as'} it is missed even at the {best} of {usual}"
        case Assurance.HIT_OR_MISS:
            return f"{said}, and lies inside {usual}, so that usual months meet or miss it by chance"
        case None:
            return said


def _usual_text(series: SignalSeries, current: Segment) -> str:
    """The usual range; of a trial one that it is one (X5)."""
    trial = f" (a trial range, of {months_text(current.points)})" if current.state is LimitsState.TRIAL else ""
    return f"the usual range of {series.usual_range(current)}{trial}"


def _range_text(series: SignalSeries, current: Segment) -> str:
    """What the usual range is and rests on; with few months that it is a trial one (X5)."""
    months = series.basis(current)
    on = f"{months_text(len(months))}, {month_text(months[0].first)} to {month_text(months[-1].first)}"
    if current.state is LimitsState.TRIAL:
        return f"Trial range: it rests on {on}, and takes {series.trial_points} to be a full one."
    return f"The usual range is where months fall while nothing changes. It rests on {on}."


def _start(series: SignalSeries, current: Segment, signal: Signal) -> Month:
    """The first month of the rise, fall or run that the newest month ends."""
    at = series.result.newest or 0
    while at > current.first and _goes_on(series.months[at - 1], series.months[at], current.mean or 0.0, signal):
        at -= 1
    return series.months[at]


def _goes_on(before: Month, month: Month, mean: float, signal: Signal) -> bool:
    """Whether the month before belongs to the same rise, fall or run."""
    if before.value is None:
        return False
    is_trend = signal in {Signal.RISING, Signal.FALLING}
    against = (month.value or 0.0) if is_trend else mean
    is_above = signal in {Signal.FALLING, Signal.RUN_HIGH}
    return (before.value > against) == is_above and not isclose(before.value, against, rel_tol=1e-12)


def _value_text(series: SignalSeries, month: Month) -> str:
    return f"{series.unit.written(month.value or 0.0)} in {month_text(month.first)}"
