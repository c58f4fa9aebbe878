"""Charts over time: lines by group, people in and out of the backlog, and the dated events that mark them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

import pandas as pd
import plotly.graph_objects as go

from app.parts.charts import RISK_SYMBOLS, SERIES_COLOURS, drawn, risk_line
from offendermgmt.domain.vocabulary import RiskLevel
from offendermgmt.services.trend_events import TrendEvent

_DASHES: Final = ("solid", "dash", "dot", "dashdot", "longdash", "longdashdot")
_SYMBOLS: Final = ("circle", "square", "diamond", "triangle-up", "x", "star")
_PATTERNS: Final = ("", "/", "x", ".", "-", "+", "|")
_FEW: Final = 40
_DAY_IN_MS: Final = 86_400_000
_MARK: Final = "#7b8694"
_STEPS: Final = (1, 2, 5)
# A number in its box: its part of the narrowest chart's width, and its height in pixels.
_WIDE: Final = 0.045
_HIGH: Final = 18


@dataclass(frozen=True)
class Series:
    """One set of bars: its name, the frame's column, the number of its look, and -1 where it counts people out."""

    name: str
    column: str
    look: int
    sign: int = 1


def lines(
    x: "pd.Series[Any]", values: Mapping[str, Sequence[float | None]], *, y: str, levels: bool = False
) -> go.Figure:
    """A line a name over the days in `x`; with `levels`, names by risk level keep their level's colour and dash."""
    mode = "lines+markers" if len(x) <= _FEW else "lines"
    traces = []
    for number, (name, heights) in enumerate(values.items()):
        line, symbol = _look(number, list(RiskLevel)[number] if levels else None)
        own = {"name": name, "y": list(heights), "line": line, "marker": {"symbol": symbol, "size": 7}}
        traces.append({"type": "scatter", "x": x, "mode": mode, "connectgaps": False, **own})
    return drawn(traces, x="Day", y=y, xaxis=_DATED, showlegend=True)


def bars(rows: pd.DataFrame, series: Sequence[Series], *, y: str) -> go.Figure:
    """Stacked bars as wide as their periods; those of sign -1 hang below nought, with the same numbers beside them."""
    width = ((rows["period_end"] - rows["period_start"]).dt.days + 1) * _DAY_IN_MS
    shared = {
        "type": "bar",
        "x": rows["period_start"],
        "offset": 0,
        "width": (width * 0.9).to_list(),
        "hovertemplate": "%{customdata:,.0f}",
    }
    traces = [{**shared, **_counted(one, rows[one.column])} for one in series]
    ticks = _ticks_without_sign(rows, series) if any(one.sign < 0 for one in series) else {}
    return drawn(traces, x="Period", y=y, xaxis=_DATED, yaxis=ticks, barmode="relative", showlegend=True)


def _counted(one: Series, values: "pd.Series[Any]") -> dict[str, object]:
    counts = values.astype("Float64").to_numpy(dtype=float, na_value=float("nan"))
    return {"name": one.name, "y": counts * one.sign, "customdata": counts, "marker": _bar_marker(one.look)}


def mark(
    chart: go.Figure, events: Sequence[TrendEvent], first: date, last: date, numbers: Sequence[int] | None = None
) -> go.Figure:
    """The chart over the days from `first` to `last`, with a numbered line on each event's day.

    The numbers are those of the list of events, unless they are given; of events close together they stand above each
    other, in a chart as much higher.
    """
    room = timedelta(days=max((last - first).days // 50, 1))
    chart.layout.xaxis.range = [first - room, last + room]
    rows = _rows([event.text.on for event in events], (last - first) * _WIDE)
    highest = max(rows, default=0)
    chart.layout.legend.y = 1.1 + 0.13 * highest
    chart.layout.height += highest * _HIGH
    chart.layout.shapes = [_line(event) for event in events]
    chart.layout.annotations = [
        _number(number, event, row)
        for number, event, row in zip(numbers or range(1, len(events) + 1), events, rows, strict=True)
    ]
    return chart


def _rows(days: Sequence[date], apart: timedelta) -> list[int]:
    """For each of the days, in order, the lowest row with room for a number; in one row they stand `apart`."""
    taken: list[date] = []
    rows = []
    for day in days:
        row = next((row for row, latest in enumerate(taken) if day - latest >= apart), len(taken))
        taken[row : row + 1] = [day]
        rows.append(row)
    return rows


def _line(event: TrendEvent) -> dict[str, object]:
    line = {"color": _MARK, "width": 1, "dash": "dot"}
    return {"type": "line", "x0": event.text.on, "x1": event.text.on, "y0": 0, "y1": 1, "yref": "paper", "line": line}


def _number(number: int, event: TrendEvent, row: int) -> dict[str, object]:
    border = {"bordercolor": _MARK, "borderwidth": 1, "borderpad": 1}
    place = {
        "x": event.text.on,
        "y": 1,
        "yref": "paper",
        "yanchor": "bottom",
        "showarrow": False,
        "yshift": row * _HIGH,
    }
    return {**place, **border, "text": f"<b>{number}</b>", "hovertext": event.text.title}


def _look(number: int, level: RiskLevel | None) -> tuple[dict[str, object], str]:
    if level is not None:
        return risk_line(level), RISK_SYMBOLS[level]
    colour = SERIES_COLOURS[number % len(SERIES_COLOURS)]
    line: dict[str, object] = {"color": colour, "dash": _DASHES[number % len(_DASHES)], "width": 2}
    return line, _SYMBOLS[number % len(_SYMBOLS)]


def _bar_marker(number: int) -> dict[str, object]:
    colour = SERIES_COLOURS[number % len(SERIES_COLOURS)]
    pattern = {"shape": _PATTERNS[number % len(_PATTERNS)], "fillmode": "overlay", "fgopacity": 0.45, "size": 6}
    return {"color": colour, "pattern": pattern, "line": {"width": 1, "color": colour}}


_TICKS: Final = [
    {"dtickrange": [None, 604_800_000], "value": "%-d %b<br>%Y"},
    {"dtickrange": [604_800_000, "M1"], "value": "%-d %b<br>%Y"},
    {"dtickrange": ["M1", None], "value": "%b<br>%Y"},
]
_DATED: Final = {"type": "date", "hoverformat": "%-d %b %Y", "tickformatstops": _TICKS}


def _ticks_without_sign(rows: pd.DataFrame, series: Sequence[Series]) -> dict[str, object]:
    up, down = (
        int(rows[[one.column for one in series if one.sign == sign]].sum(axis=1).max() if len(rows) else 0)
        for sign in (1, -1)
    )
    step = next(unit * 10**power for power in range(9) for unit in _STEPS if max(up, down, 1) <= 4 * unit * 10**power)
    values = list(range(-(-down // step) * -step, -(-up // step) * step + 1, step))
    return {"tickvals": values, "ticktext": [f"{abs(value):,}" for value in values]}
