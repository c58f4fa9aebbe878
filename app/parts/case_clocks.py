"""A case's clocks side by side: each in figures, all in one picture over the days since receipt, and its table."""

from collections.abc import Sequence
from typing import Any, Final

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from app.parts import charts, figures, listing
from app.parts.charts import SERIES_COLOURS, drawn
from app.parts.listing import Field
from offendermgmt.domain.vocabulary import CaseClock, ClockState
from offendermgmt.services import polit_case_definitions as definitions
from offendermgmt.services import polit_case_tables
from offendermgmt.services.polit_case import CaseRecord
from offendermgmt.services.wording import CASE_CLOCK, day_text, days_text

_A_ROW: Final = 3
_NAMES: Final = {
    ClockState.STOPPED: "Done",
    ClockState.RUNNING: "Running",
    ClockState.CLOSED: "Case closed without it",
}
_PATTERNS: Final = {ClockState.STOPPED: "", ClockState.RUNNING: "/", ClockState.CLOSED: "x"}
_SYMBOLS: Final = {
    ClockState.STOPPED: "circle",
    ClockState.RUNNING: "triangle-right-open",
    ClockState.CLOSED: "x",
}
_COLOURS: Final = {state: SERIES_COLOURS[place] for state, place in zip(_NAMES, (1, 0, 3), strict=True)}
_ICONS: Final = {
    ClockState.STOPPED: ":material/check_circle:",
    ClockState.RUNNING: ":material/timer:",
    ClockState.CLOSED: ":material/block:",
}
_LANE: Final = 46
_AROUND: Final = 130


def show(record: CaseRecord) -> None:
    """Draw the clocks as figures, then their picture over its table."""
    st.header(definitions.CLOCKS.title, help=figures.definition_text(definitions.CLOCKS))
    rows = polit_case_tables.clocks(record)
    for first in range(0, len(rows), _A_ROW):
        beside = rows.iloc[first : first + _A_ROW].to_dict(orient="records")
        for column, row in zip(st.columns(_A_ROW), beside, strict=True):
            with column:
                _show_clock(row)
    charts.draw(draw(record, rows), alt=in_words(record, rows), key="case_clocks")
    with st.expander("Show as a table", icon=":material/table:"):
        fields = [
            Field("name", "From receipt to"),
            Field("days", "Days", "number"),
            Field("standing", "Standing"),
        ]
        listing.show(rows, fields, caption="Clocks from receipt")


def draw(record: CaseRecord, rows: pd.DataFrame) -> go.Figure:
    """The chart: a lane a clock, its days from receipt, how it stands, and the day to act by in the live stage's."""
    traces = [trace for state in ClockState for trace in _of_state(rows[rows["state"] == state], state)]
    acts = _act_by(record)
    received = day_text(record.standing.received_on)
    longest = max([*rows["days"].dropna(), *(acts.x if acts else ()), 1])
    return drawn(
        [*traces, *([acts] if acts else ())],
        x=f"Days since receipt on {received}",
        y="From receipt to",
        height=_AROUND + _LANE * len(rows),
        # Room at the right for the last bar's words.
        xaxis={"range": [0, longest * 1.15], "rangemode": "tozero"},
        yaxis={
            "categoryorder": "array",
            "categoryarray": list(CASE_CLOCK.values())[::-1],
            "range": [-0.6, len(rows) - 0.4],
        },
        barmode="overlay",
        hovermode="closest",
    )


def in_words(record: CaseRecord, rows: pd.DataFrame) -> str:
    """What the picture shows, for who cannot see it."""
    told = [_told(row) for row in rows.to_dict(orient="records")]
    acts = f" Act by {day_text(record.act_by_on)}." if record.act_by_on else ""
    return f"Days from receipt on {day_text(record.standing.received_on)} to each: {'; '.join(told)}.{acts}"


def _show_clock(row: dict[Any, Any]) -> None:
    begun = pd.notna(row["days"])
    with st.container(border=True, gap="xsmall", height="stretch"):
        st.metric(row["name"], days_text(int(row["days"])) if begun else "Not begun")
        st.caption(f"{_ICONS.get(row['state'], ':material/remove:')} {row['standing']}")


def _told(row: dict[Any, Any]) -> str:
    days = f"{days_text(int(row['days']))}, " if pd.notna(row["days"]) else ""
    return f"{row['name'].lower()} {days}{row['standing'].lower()}"


def _of_state(rows: pd.DataFrame, state: ClockState) -> Sequence[go.Bar | go.Scatter]:
    if rows.empty:
        return ()
    days = rows["days"].astype("int64").tolist()
    colour = _COLOURS[state]
    hover = "%{y}: %{customdata}<extra></extra>"
    told = [f"{days_text(number)}<br>{text}" for number, text in zip(days, rows["standing"], strict=True)]
    bar = go.Bar(
        x=days,
        y=rows["name"],
        orientation="h",
        width=0.5,
        name=_NAMES[state],
        customdata=told,
        hovertemplate=hover,
        marker={
            "color": colour,
            "line": {"width": 1, "color": colour},
            "pattern": {"shape": _PATTERNS[state], "fillmode": "overlay", "size": 7},
        },
    )
    # What happened on the day of receipt has a bar of no length: its end is marked.
    end = go.Scatter(
        x=days,
        y=rows["name"],
        mode="markers+text",
        text=[f"  {days_text(number)}" for number in days],
        textposition="middle right",
        cliponaxis=False,
        showlegend=False,
        customdata=told,
        hovertemplate=hover,
        marker={"symbol": _SYMBOLS[state], "size": 11, "color": colour, "line": {"width": 2, "color": colour}},
    )
    return bar, end


def _act_by(record: CaseRecord) -> go.Scatter | None:
    """The day to act by, in the lane of the live stage: the limit is met by reaching one (P4)."""
    if record.act_by_on is None:
        return None
    days = (record.act_by_on - record.standing.received_on).days
    return go.Scatter(
        x=[days],
        y=[CASE_CLOCK[CaseClock.LIVE_STAGE]],
        name=f"Act by {day_text(record.act_by_on)}",
        mode="markers",
        marker={"symbol": "line-ns-open", "size": 34, "color": SERIES_COLOURS[2], "line": {"width": 4}},
        hovertemplate=f"Act by {day_text(record.act_by_on)}<br>{days_text(days)} from receipt<extra></extra>",
    )
