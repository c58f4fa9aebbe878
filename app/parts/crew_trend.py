"""Double crewing by week or month: the chart against what was promised, and its table whose rows open the period."""

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from app.parts import charts, links, listing
from app.parts.listing import Field
from app.parts.words import NO_VALUE, count, plural, share
from offendermgmt.domain.periods import Every
from offendermgmt.domain.vocabulary import LoneVisit
from offendermgmt.services.wording import LONE, day_text

WITHHELD = "Under 5"
_NUMBERS = ("attended", "double_crewed", "lone", *(f"lone_{kind}" for kind in reversed(LoneVisit)))


def show(rows: pd.DataFrame, every: Every, target: float) -> None:
    """Draw the chart of `crewing.trend` and its table."""
    alt = f"Share of attended visits double-crewed, by {every}, against the {target:.0%} promised"
    charts.draw(_chart(rows, every, target), alt=f"{alt}. {_in_words(rows, every)}", key="crew_trend")
    with st.expander("Show as a table", icon=":material/table:"):
        listing.show(
            rows.assign(
                period=[_name(first, every) for first in rows["period_start"]],
                days=[f"{day_text(first)} to {day_text(last)}" for first, last in _bounds(rows)],
                share=[_share(value) for value in rows["compliance"]],
                **{name: [_number(value) for value in rows[name]] for name in _NUMBERS},
            ).iloc[::-1],
            [
                Field("period", "Week" if every is Every.WEEK else "Month", "opens", beneath="days"),
                Field("share", "Double-crewed"),
                Field("attended", "Attended"),
                Field("double_crewed", "By two or more"),
                Field("lone", "Alone"),
                *(Field(f"lone_{kind}", LONE[kind]) for kind in reversed(LoneVisit)),
            ],
            caption=f"{alt}, latest first. A row opens its {every}.",
            opens={_name(first, every): _address(first, last) for first, last in _bounds(rows)},
        )


def _chart(rows: pd.DataFrame, every: Every, target: float) -> go.Figure:
    seen = rows[rows["compliance"].notna()]
    of = [f"{count(two)} of {count(went)}" for two, went in zip(seen["double_crewed"], seen["attended"], strict=True)]
    made = go.Scatter(
        x=seen["period_start"],
        y=seen["compliance"],
        customdata=of,
        mode="lines+markers",
        name="Double-crewed",
        line={"color": charts.SERIES_COLOURS[0], "width": 2},
        marker={"symbol": "circle", "size": 7},
        hovertemplate="%{y:.1%}, %{customdata}<extra></extra>",
    )
    chart = charts.drawn(
        [made],
        x=f"{str(every).capitalize()} beginning",
        y="Share of attended visits (%)",
        yaxis={"tickformat": ".0%", "range": [0, 1.12], "tickvals": [0, 0.25, 0.5, 0.75, 1]},
        showlegend=False,
    )
    return chart.add_hline(
        y=target,
        line={"dash": "dash", "width": 1.5, "color": charts.SERIES_COLOURS[3]},
        annotation={"text": f"Promised: {target:.0%}", "xanchor": "left", "yanchor": "bottom"},
        annotation_position="top left",
    )


def _in_words(rows: pd.DataFrame, every: Every) -> str:
    seen = rows[rows["compliance"].notna()]
    if seen.empty:
        return "No share can be shown"
    first, last = seen.iloc[0], seen.iloc[-1]
    named = [f"{share(row['compliance'])} in the {every} of {day_text(row['period_start'])}" for row in (first, last)]
    return f"{plural(len(seen), str(every))}, from {named[0]} to {named[1]}"


def _name(first: pd.Timestamp, every: Every) -> str:
    return f"{first:%B %Y}" if every is Every.MONTH else f"Week of {day_text(first)}"


def _bounds(rows: pd.DataFrame) -> list[tuple[pd.Timestamp, pd.Timestamp]]:
    return list(zip(rows["period_start"], rows["period_end"], strict=True))


def _address(first: pd.Timestamp, last: pd.Timestamp) -> str:
    own = {"from": first.date().isoformat(), "to": last.date().isoformat()}
    return links.address("crewing", range="own", **own)


def _share(value: float) -> str:
    return NO_VALUE if pd.isna(value) else share(value)


def _number(value: int) -> str:
    return WITHHELD if pd.isna(value) else count(value)
