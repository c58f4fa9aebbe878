"""Charts of demand: months as bars from low to high with what came as marks, and the backlog ahead as a band."""

from collections.abc import Sequence
from typing import Any, Final

import pandas as pd
import plotly.graph_objects as go

from app.parts.charts import SERIES_COLOURS, drawn
from offendermgmt.services.demand import Against

_DAY_IN_MS: Final = 86_400_000
_RANGE, _RECEIVED, _MIDDLE, _OUTSIDE = SERIES_COLOURS[0], SERIES_COLOURS[1], SERIES_COLOURS[2], SERIES_COLOURS[3]
_DOTTED: Final = {
    "color": _RANGE,
    "pattern": {"shape": ".", "fillmode": "overlay", "fgopacity": 0.6, "size": 6},
    "line": {"width": 2, "color": _RECEIVED},
}
_DATED: Final = {
    "type": "date",
    "hoverformat": "%b %Y",
    "tickformatstops": [
        {"dtickrange": [None, "M1"], "value": "%-d %b<br>%Y"},
        {"dtickrange": ["M1", None], "value": "%b<br>%Y"},
    ],
}


def receipts(months: pd.DataFrame, ahead: pd.DataFrame, so_far: pd.DataFrame, share: str) -> go.Figure:
    """Received by month as a line; what may come as bars from low to high; the running month so far as a square.

    The bar of the running month is of the same days as its square, so that the two can be compared.
    """
    traces: list[dict[str, Any]] = []
    if len(ahead):
        traces += [_ranges(ahead, f"Forecast, {share} range"), _middles(ahead, "Forecast, middle")]
    if len(so_far):
        traces.append({**_ranges(so_far, "Forecast for the days so far"), "marker": _DOTTED})
    traces.append(
        {
            **_points(months, months["received"], "Received"),
            "mode": "lines+markers",
            "line": {"color": _RECEIVED, "width": 2},
            "marker": {"color": _RECEIVED, "symbol": "circle", "size": 7},
        }
    )
    if len(so_far):
        mark = {"color": _RECEIVED, "symbol": "square-open", "size": 11, "line": {"width": 3}}
        traces.append({**_points(so_far, so_far["received"], "Running month so far"), "marker": mark})
    return drawn(traces, x="Month", y="Referrals received", xaxis=_DATED, hovermode="closest", showlegend=True)


def tested(months: pd.DataFrame, share: str) -> go.Figure:
    """The range forecast for each month before it began, and what came: circles inside it, crosses outside."""
    rows = months[months["low"].notna()]
    outside = rows["against"] != Against.WITHIN
    inside_mark = {"color": _RECEIVED, "symbol": "circle", "size": 8}
    outside_mark = {"color": _OUTSIDE, "symbol": "x", "size": 11}
    traces = [
        _ranges(rows, f"Forecast a month before, {share} range"),
        {**_points(rows[~outside], rows["received"][~outside], "Came, inside the range"), "marker": inside_mark},
        {**_points(rows[outside], rows["received"][outside], "Came, outside it"), "marker": outside_mark},
    ]
    return drawn(traces, x="Month", y="Referrals received", xaxis=_DATED, hovermode="closest", showlegend=True)


def backlog(past: pd.DataFrame, ahead: pd.DataFrame, under: int, share: str) -> go.Figure:
    """The backlog so far as a solid line, the range of the runs between two dashed ones, their middle dotted."""
    dash = {"color": _RANGE, "dash": "dash", "width": 1.5}
    traces = [
        {**_line(ahead, "low", f"{share} range, low end", dash), "showlegend": False},
        _line(ahead, "high", f"{share} range", dash),
        _line(ahead, "middle", "Middle", {"color": _MIDDLE, "dash": "dot", "width": 3}),
        _line(past, "backlog", "So far", {"color": _RECEIVED, "width": 2}),
    ]
    whole = pd.DataFrame({"on": [past["on"].iloc[0], ahead["on"].iloc[-1]], "under": [under, under]})
    traces.append(_line(whole, "under", f"To be under {under}", {"color": _OUTSIDE, "dash": "longdashdot", "width": 1}))
    axis = {**_DATED, "hoverformat": "%-d %b %Y"}
    return drawn(traces, x="Day", y="Cases in the backlog", xaxis=axis, showlegend=True)


def _line(rows: pd.DataFrame, field: str, name: str, line: dict[str, object]) -> dict[str, Any]:
    return {"type": "scatter", "mode": "lines", "x": rows["on"], "y": _numbers(rows[field]), "name": name, "line": line}


def _ranges(rows: pd.DataFrame, name: str) -> dict[str, Any]:
    low, high = rows["low"].astype(float).to_list(), rows["high"].astype(float).to_list()
    days = (rows["period_end"] - rows["period_start"]).dt.days + 1
    pattern = {"shape": "/", "fillmode": "overlay", "fgopacity": 0.5, "size": 7}
    return {
        "type": "bar",
        "name": name,
        "x": _middle_of(rows),
        "width": (days * (_DAY_IN_MS * 0.7)).to_list(),
        "base": low,
        # A range of one number is still seen.
        "y": [max(top - bottom, 0.15) for bottom, top in zip(low, high, strict=True)],
        "customdata": [f"{bottom:.0f} to {top:.0f}" for bottom, top in zip(low, high, strict=True)],
        "hovertemplate": "%{customdata}",
        "opacity": 0.55,
        "marker": {"color": _RANGE, "pattern": pattern, "line": {"width": 1, "color": _RANGE}},
    }


def _middles(rows: pd.DataFrame, name: str) -> dict[str, Any]:
    mark = {"color": _MIDDLE, "symbol": "diamond", "size": 8}
    return {**_points(rows, rows["middle"], name), "marker": mark}


def _points(rows: pd.DataFrame, heights: "pd.Series[Any]", name: str) -> dict[str, Any]:
    return {"type": "scatter", "mode": "markers", "x": _middle_of(rows), "y": _numbers(heights), "name": name}


def _middle_of(rows: pd.DataFrame) -> "pd.Series[Any]":
    return rows["period_start"] + (rows["period_end"] - rows["period_start"]) / 2


def _numbers(values: "pd.Series[Any]") -> Sequence[float | None]:
    return [None if pd.isna(value) else float(value) for value in values]
