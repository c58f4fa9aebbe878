"""One measure by month on a chart with its usual range, average, target, signals, rebases and events.

What a month says is told by shape as well as colour. The axis starts at nought, but where a usual range would lie with
all the rest in the chart's upper half: then its title says where it starts.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from math import floor, log10
from typing import Any, Final

import plotly.graph_objects as go
import streamlit as st

from app.parts import charts, listing
from app.parts.listing import Field
from app.parts.trend_charts import mark
from app.parts.trends import events
from app.parts.words import escaped
from offendermgmt.domain.vocabulary import LimitsState, RiskLevel, Variation
from offendermgmt.services.signal_series import Month, SignalSeries, month_after
from offendermgmt.services.signal_table import points_in_words
from offendermgmt.services.signal_words import NOT_JUDGED, basis, finding, reading, rebases_text, target_text
from offendermgmt.services.trend_events import TrendEvent
from offendermgmt.services.wording import VARIATION, month_text

_LINE: Final = charts.RISK_COLOURS[RiskLevel.UNASSESSED]  # grey
_RANGE: Final = charts.SERIES_COLOURS[3]  # brown
_TARGET: Final = charts.SERIES_COLOURS[4]  # green
_BLUE, _PURPLE = charts.SERIES_COLOURS[0], charts.SERIES_COLOURS[2]
_ORANGE: Final = charts.RISK_COLOURS[RiskLevel.HIGH]
# Blue for better, orange for worse are the method's own: no eye confuses the two, and in grey the shapes tell.
_MARKS: Final = {
    None: {"color": _LINE, "symbol": "circle-open", "size": 7},
    Variation.COMMON: {"color": _LINE, "symbol": "circle", "size": 6},
    Variation.IMPROVEMENT: {"color": _BLUE, "symbol": "diamond", "size": 11},
    Variation.CONCERN: {"color": _ORANGE, "symbol": "square", "size": 10},
    Variation.HIGH: {"color": _PURPLE, "symbol": "triangle-up", "size": 11},
    Variation.LOW: {"color": _PURPLE, "symbol": "triangle-down", "size": 11},
}
_FIELDS: Final = (
    Field("month", "Month"),
    Field("value", "Value"),
    Field("of", "Of"),
    Field("average", "Average"),
    Field("usual", "Usual range"),
    Field("reading", "Reading"),
)
# A month's point stands in its middle, so that an event on its last day stands beside it and not beside the next.
_MIDDLE: Final = 15
_EVERY_MONTH, _EVERY_QUARTER = 14, 42
_STEPS: Final = (1, 2, 2.5, 5, 10)
_TICKS: Final = 5
# Room above the highest, in parts of what is drawn.
_ABOVE: Final = 0.06


def say_marked(every: Iterable[SignalSeries]) -> tuple[TrendEvent, ...]:
    """Say once what the numbers on a page's charts stand for; the events in the order of their numbers, for `show`."""
    found = {event: None for series in every if series.newest is not None for event in series.events}
    marked = tuple(sorted(found, key=lambda event: event.text.on))
    events.key(marked, on="the charts")
    return marked


def show(series: SignalSeries, *, key: str, marked: Sequence[TrendEvent] = ()) -> None:
    """Draw the chart of a measure, the finding under it, what that rests on, and the months as a table.

    `marked` are the events by whose numbers the page's charts are marked (`say_marked`).
    """
    said = finding(series)
    if series.newest is not None:
        charts.draw(chart(series, marked), alt=f"{series.title}, by month. {said}", key=key)
    st.markdown(f"**{said}**")
    ground = f"{basis(series)} {escaped(rebases_text(series))}".strip()
    if ground:
        st.caption(ground)
    if series.months:
        with st.expander("Show as a table", icon=":material/table:"):
            _draw_table(series)


def chart(series: SignalSeries, marked: Sequence[TrendEvent] = ()) -> go.Figure:
    """The chart of a measure with a month or more; its events have their numbers among those `marked`, or their own.

    Traces in order: upper and lower end of the usual range, average, target, the values' line, and a set of marks for
    each thing that months say.
    """
    first, last = series.months[0].first, month_after(series.months[-1].first)
    axis = _axis(series)
    drawn = charts.drawn(
        [*_range(series), *_target(series), _line(series), *_marks(series)],
        x="Month",
        y=_axis_title(series, axis[0]),
        xaxis=_months_axis(series),
        yaxis=_values_axis(series, *axis),
        showlegend=True,
    )
    numbers = {event: number for number, event in enumerate(marked or series.events, start=1)}
    mark(drawn, series.events, first, last, [numbers[event] for event in series.events])
    drawn.layout.xaxis.range = [first, last]
    drawn.layout.shapes = [*drawn.layout.shapes, *(_start_line(rebase.on) for rebase in series.rebases)]
    drawn.layout.annotations = [*drawn.layout.annotations, *(_start_note(rebase.on) for rebase in series.rebases)]
    return drawn


def _range(series: SignalSeries) -> list[dict[str, Any]]:
    """The ends of the usual range and the average, a level stretch for each segment."""
    limits = [(one, one.limits) for one in series.drawn_segments]
    levels = {
        "upper": [series.possible(own.upper) if own else None for _, own in limits],
        "lower": [series.possible(own.lower) if own else None for _, own in limits],
        "average": [segment.mean for segment, _ in limits],
    }
    name = "Usual range (trial)" if series.result.state is LimitsState.TRIAL else "Usual range"
    dashed = {"color": _RANGE, "width": 1.5, "dash": "dash"}
    looks: dict[str, dict[str, Any]] = {
        "upper": {"name": name, "legendgroup": "range", "line": dashed},
        "lower": {"name": name, "legendgroup": "range", "line": dashed, "showlegend": False},
        "average": {"name": "Average", "line": {"color": _RANGE, "width": 1.5}},
    }
    drawn = {line: own for line, own in levels.items() if any(level is not None for level in own)}
    return [{**_level_line(series, own), **looks[line]} for line, own in drawn.items()]


def _level_line(series: SignalSeries, levels: Sequence[float | None]) -> dict[str, Any]:
    x: list[date | None] = []
    y: list[float | None] = []
    for segment, level in zip(series.drawn_segments, levels, strict=True):
        x += [series.months[segment.first].first, month_after(series.months[segment.stop - 1].first), None]
        y += [level, level, None]
    return {"type": "scatter", "mode": "lines", "x": x, "y": y, "connectgaps": False, "hoverinfo": "skip"}


def _target(series: SignalSeries) -> list[dict[str, Any]]:
    if series.target is None:
        return []
    ends = [series.months[0].first, month_after(series.months[-1].first)]
    line = {"color": _TARGET, "width": 2, "dash": "longdashdot"}
    name = f"Target: {target_text(series)}"
    own = {"x": ends, "y": [series.target, series.target], "name": name, "line": line}
    return [{"type": "scatter", "mode": "lines", "hoverinfo": "skip", **own}]


def _line(series: SignalSeries) -> dict[str, Any]:
    own = {"x": [_place(month) for month in series.months], "y": [month.value for month in series.months]}
    line = {"color": _LINE, "width": 2}
    shared = {"type": "scatter", "mode": "lines", "connectgaps": False, "showlegend": False, "hoverinfo": "skip"}
    return {**shared, **own, "name": series.title, "line": line}


def _marks(series: SignalSeries) -> list[dict[str, Any]]:
    """The months' points, a set for each thing they say, so that the legend names every shape that is drawn."""
    found = []
    said = [series.variation(at) if series.is_judged(at) else None for at in range(len(series.months))]
    for variation, marker in _MARKS.items():
        positions = [at for at, one in enumerate(said) if one is variation and series.months[at].value is not None]
        if positions:
            own = {
                "x": [_place(series.months[at]) for at in positions],
                "y": [series.months[at].value for at in positions],
                "customdata": [_hover(series, at) for at in positions],
            }
            look = {
                "mode": "markers",
                "name": NOT_JUDGED if variation is None else VARIATION[variation],
                "marker": marker,
                "cliponaxis": False,
            }
            found.append({"type": "scatter", **own, **look, "hovertemplate": "%{customdata}<extra></extra>"})
    return found


def _hover(series: SignalSeries, at: int) -> str:
    month = series.months[at]
    of = "" if month.denominator is None else f" ({month.numerator:,} of {month.denominator:,})"
    return f"{series.unit.written(month.value or 0.0)}{of}: {reading(series, at)}"


def _axis(series: SignalSeries) -> tuple[float, float, float]:
    """Where the axis of values starts and ends, and its step."""
    limits = [one.limits for one in series.drawn_segments if one.limits is not None]
    drawn = [month.value for month in series.months if month.value is not None]
    drawn += [series.possible(end) for one in limits for end in (one.lower, one.upper)]
    drawn += [] if series.target is None else [series.target]
    bottom, top = min(drawn, default=0.0), max(drawn, default=0.0)
    start = 0.0 if bottom >= 0 and (bottom <= top / 2 or not limits) else bottom
    least = 0.01 if series.unit.is_share else 10.0**-series.unit.decimals
    step = max(_step(max(top - start, least)), least)
    return floor(start / step) * step, top + max(top - start, least) * _ABOVE, step


def _step(span: float) -> float:
    """The least round number that goes into the span no more often than there is room for labels."""
    unit = 10.0 ** floor(log10(span / _TICKS))
    return next(unit * step for step in _STEPS if span <= _TICKS * unit * step)


def _values_axis(series: SignalSeries, start: float, end: float, step: float) -> dict[str, object]:
    fine = step < (0.01 if series.unit.is_share else 1)
    tickformat = (".1%" if fine else ".0%") if series.unit.is_share else (",.1f" if fine else ",d")
    return {"range": [start, end], "tick0": start, "dtick": step, "tickformat": tickformat, "rangemode": "normal"}


def _axis_title(series: SignalSeries, start: float) -> str:
    label = f"{series.unit.label} (%)" if series.unit.is_share else series.unit.label
    return f"{label}<br>axis starts at {series.unit.written(start)}" if start > 0 else label


def _months_axis(series: SignalSeries) -> dict[str, object]:
    number = len(series.months)
    apart = 1 if number <= _EVERY_MONTH else 3 if number <= _EVERY_QUARTER else 12
    ticks = {"tick0": _place(series.months[0]), "dtick": f"M{apart}", "tickformat": "%b<br>%Y"}
    return {"type": "date", "hoverformat": "%B %Y", **ticks}


def _place(month: Month) -> date:
    return month.first.replace(day=_MIDDLE)


def _start_line(on: date) -> dict[str, object]:
    first = on.replace(day=1)
    line = {"color": _RANGE, "width": 1.5}
    return {"type": "line", "x0": first, "x1": first, "y0": 0, "y1": 1, "yref": "paper", "line": line}


def _start_note(on: date) -> dict[str, object]:
    place = {"x": on.replace(day=1), "y": 0, "yref": "paper", "xanchor": "left", "yanchor": "bottom", "xshift": 3}
    return {**place, "text": "range starts anew", "textangle": -90, "showarrow": False, "hovertext": month_text(on)}


def _draw_table(series: SignalSeries) -> None:
    rows = points_in_words(series)
    fields = [field for field in _FIELDS if field.column != "of" or rows["of"].ne("").any()]
    listing.show(rows, fields, caption=f"{series.title}, by month, newest first")
