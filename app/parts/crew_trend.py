"""Double crewing by week or month: the chart against what was promised, and its table whose rows open the period."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from app.parts import charts, links, listing
from app.parts.listing import Field
from app.parts.trend_charts import mark
from app.parts.trends import events
from app.parts.words import NO_VALUE, count, plural, share
from offendermgmt.domain.periods import Every
from offendermgmt.domain.vocabulary import LoneVisit
from offendermgmt.services.trend_events import TrendEvent
from offendermgmt.services.wording import LONE, day_text

NOT_SHOWN: Final = "Not shown"
_NUMBERS: Final = ("attended", "double_crewed", *(f"lone_{kind}" for kind in reversed(LoneVisit)))


def show(
    rows: pd.DataFrame, every: Every, target: float, on_record: Sequence[TrendEvent], *, smallest_count: int
) -> None:
    """Draw the chart of `crewing.trend` with the events in its days marked, and its table."""
    alt = f"Share of attended visits double-crewed, by {every}, against the {target:.0%} promised"
    first, last = rows["period_start"].iloc[0].date(), rows["period_end"].iloc[-1].date()
    marked = [event for event in on_record if first <= event.text.on <= last]
    if rows["compliance"].notna().any():
        events.key(marked, on="the chart")
        chart = mark(_chart(rows, every, target), marked, first, last)
        charts.draw(chart, alt=f"{alt}. {_in_words(rows, every)}", key="crew_trend")
    _say_kept(rows, every, smallest_count)
    with st.expander("Show as a table", icon=":material/table:"):
        listing.show(
            rows.assign(
                period=[_name(first, every) for first in rows["period_start"]],
                days=[f"{day_text(first)} to {day_text(last)}" for first, last in _bounds(rows)],
                share=[_share(row) for row in rows.to_dict(orient="records")],
                alone=[_alone(row, smallest_count) for row in rows.to_dict(orient="records")],
                **{name: [_number(value) for value in rows[name]] for name in _NUMBERS},
            ).iloc[::-1],
            [
                Field("period", "Week" if every is Every.WEEK else "Month", "opens", beneath="days"),
                Field("share", "Double-crewed"),
                Field("attended", "Attended"),
                Field("double_crewed", "By two or more"),
                Field("alone", "Alone"),
                *(Field(f"lone_{kind}", LONE[kind]) for kind in reversed(LoneVisit)),
            ],
            caption=f"{alt}, latest first. A row opens its {every}.",
            opens={_name(first, every): _address(first, last) for first, last in _bounds(rows)},
        )


def _chart(rows: pd.DataFrame, every: Every, target: float) -> go.Figure:
    shown = rows["compliance"].notna()
    of = [
        f"{count(two)} of {count(went)}" if told else ""
        for two, went, told in zip(rows["double_crewed"], rows["attended"], shown, strict=True)
    ]
    made = go.Scatter(
        x=rows["period_start"],
        y=rows["compliance"],
        customdata=of,
        connectgaps=False,
        mode="lines+markers",
        name="Double-crewed",
        line={"color": charts.SERIES_COLOURS[0], "width": 2},
        marker={"symbol": "circle", "size": 7},
        hovertemplate="%{y:.1%}, %{customdata}<extra></extra>",
    )
    # In the legend: written into the chart, its name would stand under the marks of events.
    promised = go.Scatter(
        x=[rows["period_start"].iloc[0], rows["period_end"].iloc[-1]],
        y=[target, target],
        mode="lines",
        name=f"Promised: {target:.0%}",
        line={"dash": "dash", "width": 1.5, "color": charts.SERIES_COLOURS[3]},
        hoverinfo="skip",
    )
    return charts.drawn(
        [made, promised],
        x=f"{str(every).capitalize()} beginning",
        y="Share of attended visits (%)",
        xaxis={"type": "date", "hoverformat": "%-d %b %Y"},
        yaxis={"tickformat": ".0%", "range": [0, 1.06], "tickvals": [0, 0.25, 0.5, 0.75, 1]},
        showlegend=True,
    )


def _say_kept(rows: pd.DataFrame, every: Every, smallest_count: int) -> None:
    kept = rows["compliance"].isna() & ~rows["attended"].eq(0).fillna(False)
    if kept.any():
        st.caption(
            f"{plural(kept.sum(), str(every))} without a mark: the share would give away a count under "
            f"{smallest_count}. The table has what can be shown."
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


def _share(row: Mapping[Any, Any]) -> str:
    if pd.isna(row["compliance"]):
        return NO_VALUE if not pd.isna(row["attended"]) and row["attended"] == 0 else NOT_SHOWN
    return share(row["compliance"])


def _alone(row: Mapping[Any, Any], smallest_count: int) -> str:
    return f"Under {smallest_count}" if row["few_alone"] and pd.isna(row["lone"]) else _number(row["lone"])


def _number(value: int) -> str:
    return NOT_SHOWN if pd.isna(value) else count(value)
