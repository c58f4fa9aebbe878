"""Gaps in a chart: what is said of a number that is kept from the reader, lest it look like nought."""

from math import isnan
from typing import Final

import plotly.graph_objects as go

GAPS: Final = "A gap is a number that is not shown or has no value. It is not nought."
ALL_KEPT: Final = "Every number here is too small to be shown or has no value."


def has_gaps(chart: go.Figure) -> bool:
    """Whether a series of the chart lacks a number somewhere."""
    return any(_is_gap(y) for trace in chart.data for y in trace.y)


def has_values(chart: go.Figure) -> bool:
    """Whether a series of the chart has a number somewhere."""
    return any(not _is_gap(y) for trace in chart.data for y in trace.y)


def _is_gap(y: float | None) -> bool:
    return y is None or isnan(y)
