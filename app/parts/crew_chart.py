"""Visits made alone by group and kind as bars, beside the table that says the same in numbers."""

from collections.abc import Callable, Sequence
from html import escape
from textwrap import wrap
from typing import Any, Final

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from app.parts import charts
from app.parts.words import count, plural, share
from offendermgmt.domain.vocabulary import LoneVisit
from offendermgmt.services.crew_groups import By, charted
from offendermgmt.services.wording import LONE

# More bars than this are a pattern, not names: the table has everybody.
MOST_BARS: Final = 20
_ROW, _ROW_OF_TWO_LINES = 26, 36
_ROUND_THE_ROWS: Final = 130
_LINE: Final = 24  # characters of a name before it takes a second line
_STEPS: Final = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10**9)
_MOST_TICKS: Final = 5
_NOUNS: Final = {By.OFFICER: "officer", By.TEAM: "team", By.OUTCOME: "outcome", By.WEEKDAY: "weekday", By.HOUR: "hour"}
# Worst kind first: nearest the axis, where lengths compare best.
_LOOKS: Final = {
    LoneVisit.UNAUTHORISED: (1, ""),
    LoneVisit.AUTHORISED_LATE: (2, "/"),
    LoneVisit.AUTHORISED: (0, "."),
}


def show(counts: pd.DataFrame, by: By, name: Callable[[str], str]) -> None:
    """Draw `crew_groups.breakdown` as stacked bars; `name` says a group in words. The caller draws the table."""
    rows, others = charted(counts, by, MOST_BARS)
    names = [name(str(value)) for value in rows.index]
    charts.draw(lone_chart(rows, names), alt=_alt(rows, by, names, others), key=f"lone_by_{by}")
    if others:
        st.caption(
            f"The {len(rows)} with most visits made alone, worst first; {plural(others, f'other {_NOUNS[by]}')} with "
            "fewer are in the table."
        )


def lone_chart(rows: pd.DataFrame, names: Sequence[str]) -> go.Figure:
    """A bar for each of the rows of `charted`, stacked by kind, with how many of how many at its end."""
    position, longest = list(range(len(rows))), max(int(rows["lone"].max()), 1)
    labels = [_in_lines(text) for text in names]
    row = _ROW_OF_TWO_LINES if any("<br>" in label for label in labels) else _ROW
    of = [f"{count(alone)} of {count(went)}" for alone, went in zip(rows["lone"], rows["attended"], strict=True)]
    told = [[text, whole, _share(one)] for text, whole, one in zip(names, of, rows["share"], strict=True)]
    ends = go.Scatter(
        x=rows["lone"],
        y=position,
        text=[f"  {text}" for text in of],
        mode="text",
        textposition="middle right",
        cliponaxis=False,
        hoverinfo="skip",
        showlegend=False,
    )
    return charts.drawn(
        [*(_bars(kind, rows, position, told) for kind in _LOOKS), ends],
        x="Visits made alone, of those attended",
        y="",
        height=row * len(rows) + _ROUND_THE_ROWS,
        xaxis={"tickvals": _ticks(longest), "range": [0, longest * 1.35], "tickformat": ",d"},
        yaxis={
            "tickvals": position,
            "ticktext": labels,
            "range": [len(rows) - 0.5, -0.5],
            "rangemode": "normal",
            "showgrid": False,
            "zeroline": False,
        },
        barmode="stack",
        hovermode="closest",
        showlegend=True,
    )


def _bars(kind: LoneVisit, rows: pd.DataFrame, position: Sequence[int], told: Sequence[Sequence[str]]) -> go.Bar:
    place, pattern = _LOOKS[kind]
    colour = charts.SERIES_COLOURS[place]
    return go.Bar(
        x=rows[f"lone_{kind}"],
        y=position,
        orientation="h",
        name=LONE[kind],
        marker={
            "color": colour,
            "pattern": {"shape": pattern, "fillmode": "overlay", "fgopacity": 0.45, "size": 6},
            "line": {"width": 1, "color": colour},
        },
        customdata=told,
        hovertemplate=f"%{{customdata[0]}}<br>{LONE[kind]}: %{{x:,}}<br>"
        "Made alone: %{customdata[1]} attended (%{customdata[2]})<extra></extra>",
    )


def _alt(rows: pd.DataFrame, by: By, names: Sequence[str], others: int) -> str:
    most: Any = rows.iloc[int(rows["lone"].to_numpy().argmax())]
    worst = names[int(rows["lone"].to_numpy().argmax())]
    rest = f" {plural(others, f'other {_NOUNS[by]}')} in the table." if others else ""
    return (
        f"Visits made alone by {_NOUNS[by]} and kind, {plural(len(rows), 'bar')}: most by {worst}, "
        f"{count(most['lone'])} of {count(most['attended'])} attended.{rest} The table beside it holds every number."
    )


def _in_lines(name: str) -> str:
    return "<br>".join(escape(line) for line in wrap(name, _LINE, max_lines=2, placeholder=" …"))


def _share(value: float) -> str:
    return share(None if pd.isna(value) else value)


def _ticks(longest: int) -> list[int]:
    step = next(step for step in _STEPS if longest / step <= _MOST_TICKS)
    return list(range(0, longest + step, step))
