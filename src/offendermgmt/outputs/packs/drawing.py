"""A measure of a board as the chart that its pack draws."""

from typing import Final

from offendermgmt.domain.signals import Segment
from offendermgmt.domain.vocabulary import Variation
from offendermgmt.outputs.packs.chart import Chart, Line, Mark, Number, Role
from offendermgmt.services.board_types import MeasureView
from offendermgmt.services.signal_series import SignalSeries
from offendermgmt.services.wording import day_text

_SIGNALLED: Final = {
    Variation.CONCERN: (Role.CONCERN, "Concern"),
    Variation.IMPROVEMENT: (Role.IMPROVEMENT, "Improvement"),
    Variation.HIGH: (Role.HIGH, "Unusually high"),
    Variation.LOW: (Role.LOW, "Unusually low"),
}


def chart_of(measure: MeasureView) -> Chart:
    """The measure's months with mean, limits, target, signalled points and what happened when."""
    series = measure.series
    values = tuple(month.value for month in series.months)
    segments = series.drawn_segments
    target = [Line("Target", Role.TARGET, (series.target,) * len(values))] if series.target is not None else []
    return Chart(
        title=series.title,
        alt=_alt(measure),
        unit=series.unit,
        months=tuple(f"{month.first:%b %y}" for month in series.months),
        lines=(
            Line(series.title, Role.MEASURE, values),
            *_each(series, "Average", Role.MEAN, [one.mean for one in segments]),
            *_each(series, "Usual range", Role.LIMIT, [_limit(series, one, "upper") for one in segments]),
            *_each(series, "", Role.LIMIT, [_limit(series, one, "lower") for one in segments]),
            *target,
            *_signalled(series, values),
        ),
        marks=_marks(series),
    )


def _limit(series: SignalSeries, segment: Segment, end: str) -> Number:
    return None if segment.limits is None else series.possible(getattr(segment.limits, end))


def _each(series: SignalSeries, name: str, role: Role, values: list[Number]) -> list[Line]:
    """A line a segment, so that none is drawn across a rebase; the newest stands in the key."""
    spans = [one for one in zip(series.drawn_segments, values, strict=True) if one[1] is not None]
    number = range(len(series.months))
    return [
        Line(
            name or "Usual range, lower end",
            role,
            tuple(value if segment.first <= at < segment.stop else None for at in number),
            in_key=bool(name) and segment is spans[-1][0],
        )
        for segment, value in spans
    ]


def _signalled(series: SignalSeries, values: tuple[Number, ...]) -> list[Line]:
    found = [series.variation(at) for at in range(len(values))]
    return [
        Line(name, role, tuple(value if one is variation else None for value, one in zip(values, found, strict=True)))
        for variation, (role, name) in _SIGNALLED.items()
        if variation in found
    ]


def _marks(series: SignalSeries) -> tuple[Mark, ...]:
    """The events and the rebases, numbered in order of time."""
    told = [(event.text.on, event.text.title) for event in series.events]
    told += [(rebase.on, f"Average and usual range start anew: {rebase.reason}") for rebase in series.rebases]
    firsts = [month.first for month in series.months]
    return tuple(
        Mark(firsts.index(on.replace(day=1)), number, f"{day_text(on)}: {text}")
        for number, (on, text) in enumerate(sorted(told), start=1)
    )


def _alt(measure: MeasureView) -> str:
    series = measure.series
    if not series.months:
        return f"{series.title}: no month to draw. {measure.finding}"
    first, last = series.months[0].first, series.months[-1].first
    return f"{series.title} by month, {first:%B %Y} to {last:%B %Y}. {measure.finding}"
