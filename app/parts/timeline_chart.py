"""The picture of one offender's timeline: risk, state, visits, due dates and the stretches overdue."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

import pandas as pd
import plotly.graph_objects as go

from app.parts.charts import RISK_COLOURS, SERIES_COLOURS, drawn
from app.parts.words import plural
from offendermgmt.domain.vocabulary import OffenderStatus, RiskLevel, VisitOutcome
from offendermgmt.services import record_tables
from offendermgmt.services.wording import OUTCOME, RISK, STATUS, day_text

# Heights on the one vertical axis, from the top: a step for each risk level, then a lane for each kind of thing.
_LEVELS: Final = {str(level): 8 - place for place, level in enumerate(RiskLevel)}
_STATE, _VISITS, _OVERDUE = 2.7, 1.6, 0.6
_SYMBOLS: Final = {
    VisitOutcome.COMPLETED: "circle",
    VisitOutcome.NO_REPLY: "x",
    VisitOutcome.REFUSED: "square-open",
    VisitOutcome.MOVED: "diamond-open",
    VisitOutcome.CANCELLED: "line-ew-open",
}
_STATE_PATTERNS: Final = dict(zip(OffenderStatus, ("", "+", "x", "/", "\\", "-", ".", "|"), strict=True))
_HEIGHT: Final = 430


def draw(stretches: pd.DataFrame, visits: pd.DataFrame) -> go.Figure:
    """The chart of the stretches of a record and its visits (`visited_on`, `outcome`)."""
    return _laid_out(
        [
            *_states(stretches),
            *_overdue(stretches),
            _risk(stretches),
            _due_dates(stretches),
            *_visits(visits),
        ],
        stretches,
    )


def in_words(stretches: pd.DataFrame, visits: pd.DataFrame) -> str:
    """What the picture shows, for who cannot see it."""
    first, last = stretches["start"].iloc[0], stretches["end"].iloc[-1] - pd.Timedelta(days=1)
    overdue = record_tables.overdue_runs(stretches)
    return (
        f"Timeline from {day_text(first)} to {day_text(last)}: risk level, state, "
        f"{plural(len(visits), 'visit')} by outcome, due dates, "
        f"and {plural(len(overdue), 'stretch', 'stretches')} overdue. The tables beneath hold the same."
    )


def as_table(stretches: pd.DataFrame) -> pd.DataFrame:
    """What the picture is drawn from, newest first, in words."""
    return pd.DataFrame(
        {
            "start": stretches["start"],
            "last": stretches["end"] - pd.Timedelta(days=1),
            "state": stretches["status"].map(STATUS),
            "risk_level": stretches["risk"],
            "due_on": stretches["due_on"],
            "overdue_from": stretches["overdue_from"],
        }
    ).iloc[::-1]


def _bar(runs: pd.DataFrame, at: float, width: float, **looks: Any) -> go.Bar:
    length = (runs["end"] - runs["start"]).dt.total_seconds() * 1000
    ends = [day_text(end - pd.Timedelta(days=1)) for end in runs["end"]]
    spans = [f"{day_text(start)} to {end}" for start, end in zip(runs["start"], ends, strict=True)]
    return go.Bar(
        base=runs["start"], x=length, y=[at] * len(runs), width=width, orientation="h", customdata=spans, **looks
    )


def _states(stretches: pd.DataFrame) -> Iterator[go.Bar]:
    states = record_tables.runs(stretches, "status")
    for status in OffenderStatus:
        own = states[states["status"] == status]
        if own.empty:
            continue
        marker = {
            "color": SERIES_COLOURS[0] if status is OffenderStatus.COMMUNITY else SERIES_COLOURS[1],
            "opacity": 0.75,
            "line": {"width": 1},
            "pattern": {"shape": _STATE_PATTERNS[status], "fillmode": "overlay", "size": 7},
        }
        hover = f"{STATUS[status]}<br>%{{customdata}}<extra></extra>"
        yield _bar(own, _STATE, 0.7, name=STATUS[status], marker=marker, hovertemplate=hover)


def _overdue(stretches: pd.DataFrame) -> Iterator[go.Bar]:
    late = record_tables.overdue_runs(stretches)
    if late.empty:
        return
    colour = RISK_COLOURS[RiskLevel.HIGH]
    marker = {
        "color": colour,
        "line": {"width": 1.5, "color": colour},
        "pattern": {"shape": "/", "fillmode": "replace", "size": 6},
    }
    hover = "Overdue<br>%{customdata}<extra></extra>"
    yield _bar(late, _OVERDUE, 0.7, name="Overdue", marker=marker, hovertemplate=hover)


def _risk(stretches: pd.DataFrame) -> go.Scatter:
    risks = record_tables.runs(stretches, "risk")
    days = [*risks["start"], risks["end"].iloc[-1]]
    levels = [*risks["risk"], risks["risk"].iloc[-1]]
    return go.Scatter(
        x=days,
        y=[_LEVELS[level] for level in levels],
        name="Risk",
        mode="lines",
        line={"shape": "hv", "width": 3, "color": SERIES_COLOURS[2]},
        customdata=[RISK[RiskLevel(level)] for level in levels],
        hovertemplate="Risk %{customdata}<br>from %{x|%-d %b %Y}<extra></extra>",
    )


def _due_dates(stretches: pd.DataFrame) -> go.Scatter:
    dates = record_tables.due_dates(stretches)
    return go.Scatter(
        x=dates,
        y=[_OVERDUE] * len(dates),
        name="Due date",
        mode="markers",
        marker={"symbol": "triangle-up", "size": 10, "color": SERIES_COLOURS[4]},
        hovertemplate="Due %{x|%-d %b %Y}<extra></extra>",
    )


def _visits(visits: pd.DataFrame) -> Iterator[go.Scatter]:
    for outcome in VisitOutcome:
        own = visits[visits["outcome"] == outcome]
        if own.empty:
            continue
        colour = SERIES_COLOURS[1 if outcome is VisitOutcome.COMPLETED else 4]
        yield go.Scatter(
            x=own["visited_on"],
            y=[_VISITS] * len(own),
            name=OUTCOME[outcome],
            mode="markers",
            marker={"symbol": _SYMBOLS[outcome], "size": 11, "color": colour, "line": {"width": 2}},
            hovertemplate=f"Visit: {OUTCOME[outcome].lower()}<br>%{{x|%-d %b %Y}}<extra></extra>",
        )


def _laid_out(traces: Sequence[go.Bar | go.Scatter], stretches: pd.DataFrame) -> go.Figure:
    lanes = {_STATE: "State", _VISITS: "Visits", _OVERDUE: "Due, overdue"}
    levels: dict[float, str] = {height: RISK[RiskLevel(level)] for level, height in _LEVELS.items()}
    ticks: dict[float, str] = {**levels, **lanes}
    named = {"tickmode": "array", "tickvals": list(ticks), "ticktext": list(ticks.values())}
    span = [stretches["start"].iloc[0], stretches["end"].iloc[-1]]
    return drawn(
        traces,
        x="Day",
        y="Risk level, then what happened",
        height=_HEIGHT,
        xaxis={"type": "date", "range": span, "tickformat": "%b %Y"},
        yaxis={**named, "range": [0, 8.5], "rangemode": "normal"},
        barmode="overlay",
        hovermode="closest",
    )
