"""Charts that read the same in light, in dark, in print and without colour.

Colours are Streamlit's places in `theme.chartCategoricalColors`: the browser puts the theme's colour in each, so
a chart follows a change of appearance at once. Every series has a pattern, dash or symbol as well as a colour.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from offendermgmt.domain.vocabulary import RiskLevel

_PLACES: Final = tuple(f"#{number:06d}" for number in range(1, 11))
RISK_COLOURS: Final = dict(zip(RiskLevel, _PLACES[:5], strict=True))
RISK_PATTERNS: Final = dict(zip(RiskLevel, ("", "/", "x", ".", "-"), strict=True))
RISK_DASHES: Final = dict(zip(RiskLevel, ("solid", "dash", "dashdot", "dot", "longdash"), strict=True))
RISK_SYMBOLS: Final = dict(zip(RiskLevel, ("circle", "square", "diamond", "triangle-up", "x"), strict=True))
SERIES_COLOURS: Final = _PLACES[5:]
HEIGHT: Final = 320


def risk_bar_marker(level: RiskLevel) -> dict[str, object]:
    """The marker of a bar of one risk level: colour and pattern."""
    pattern = {"shape": RISK_PATTERNS[level], "fillmode": "overlay", "fgopacity": 0.45, "size": 6}
    return {"color": RISK_COLOURS[level], "pattern": pattern, "line": {"width": 1, "color": RISK_COLOURS[level]}}


def risk_line(level: RiskLevel) -> dict[str, object]:
    """The line of one risk level: colour and dash."""
    return {"color": RISK_COLOURS[level], "dash": RISK_DASHES[level], "width": 2}


def drawn(
    traces: Sequence[Any],
    *,
    x: str,
    y: str,
    height: int = HEIGHT,
    xaxis: Mapping[str, object] | None = None,
    yaxis: Mapping[str, object] | None = None,
    **layout: object,
) -> go.Figure:
    """A chart of Plotly's traces in the product's layout, both axes titled; `layout` and the axes' own settings win.

    Made whole: Plotly checks a chart at once five times faster than one that is changed piece by piece.
    """
    whole = {
        "height": height,
        "margin": {"l": 8, "r": 8, "t": 8, "b": 8},
        "legend": {"orientation": "h", "yanchor": "bottom", "y": 1.02, "x": 0, "traceorder": "normal"},
        "hovermode": "x unified",
        "bargap": 0.25,
        "xaxis": {"title": {"text": x}, "automargin": True, **(xaxis or {})},
        "yaxis": {**_Y_AXIS, "title": {"text": y}, **(yaxis or {})},
        **layout,
    }
    return go.Figure(data=list(traces), layout=whole)


_Y_AXIS: Final = {"automargin": True, "rangemode": "tozero", "separatethousands": True}


def draw(chart: go.Figure, *, alt: str, key: str) -> None:
    """Draw a chart with its description; the caller draws its table."""
    st.plotly_chart(chart, alt=alt, key=key, config={"displayModeBar": False})


def show(chart: go.Figure, table: pd.DataFrame, *, alt: str, key: str) -> None:
    """Draw a chart with its description, and its table beneath for who would rather read the numbers."""
    draw(chart, alt=alt, key=key)
    with st.expander("Show as a table", icon=":material/table:"):
        st.dataframe(table, hide_index=True, alt=f"{alt}, as a table", key=f"{key}_table")
