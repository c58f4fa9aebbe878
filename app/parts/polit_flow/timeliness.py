"""How long POLIT's work takes: time in stage, acted in time, time from receipt."""

from collections.abc import Mapping
from typing import Any, Final

import pandas as pd
import streamlit as st

from app.parts.period_table import Column
from app.parts.polit_flow import files
from app.parts.polit_flow.drawing import PERIOD, Flowing, Table
from app.parts.trend_charts import Series, bars, lines
from app.parts.trends.choices import one_option
from app.parts.trends.drawing import header, heights
from app.parts.words import NO_VALUE
from offendermgmt.services import polit_flow_definitions as definitions
from offendermgmt.services.polit_flow import ALL_LEVELS, CLOCKS, LEVELS, STAGES
from offendermgmt.services.polit_flow_words import POLIT_FLOW, group_text

NOT_YET: Final = "Not yet"
_TOOK: Final = (
    Column("median_days", "Half within, days", "days"),
    Column("nine_in_ten_days", "Nine in ten within, days", "days"),
)
_WAITED: Final = tuple(Column(one.field, one.heading, one.kind, f"{one.field}_lacks") for one in _TOOK)
_ACTED: Final = {"acted": "Acted on", "in_time": "In time", "late": "Late"}
_STATES: Final = ("clock_started", "clock_stopped", "clock_running", "clock_closed")
_BEGUN: Final = "Cases it applies to"


def stages(flowing: Flowing) -> None:
    """Draw how long stays in a stage took, beside those that still run (Q32, Q33)."""
    header(definitions.TIME_IN_STAGE)
    st.caption(definitions.STILL_RUNNING.meaning)
    part = flowing.board.stays
    left = Column("left", POLIT_FLOW["left"])
    whole = Table(
        part.whole,
        [
            left,
            *_TOOK,
            Column("running", POLIT_FLOW["running"]),
            Column("running_median_days", "Half so far, days", "days"),
            Column("running_nine_in_ten_days", "Nine in ten so far, days", "days"),
            Column("longest_days", "Longest so far, days", "days"),
        ],
        files.STAGES,
        of="Stage",
    )
    flowing.by_group(whole, caption="Stays that ended in the range, and those running on its last day", key="stays")
    stage = one_option("Stage", "stage", {one: group_text(one) for one in STAGES}, default=STAGES[0])
    table = Table(part.periods, [*PERIOD, left, *_TOOK], files.STAYS, of="Stage", group=stage)
    alt = f"Days of stays in {group_text(stage).lower()} that ended in each period: half, and nine in ten, within"
    _draw_days(flowing, table.shown, y="Days in stage", alt=alt, key="stays")
    flowing.by_period(table, whole, caption=alt, key="stays")
    flowing.listed("left", "running")


def acted(flowing: Flowing) -> None:
    """Draw how many cases were acted on in time, by risk, with what they are a share of (P4)."""
    header(definitions.ACTED_IN_TIME)
    part = flowing.board.acted
    columns = [*(Column(name, heading) for name, heading in _ACTED.items()), Column("rate", "Share in time", "share")]
    whole = Table(part.whole, columns, files.LEVELS, of="Risk")
    flowing.by_group(whole, caption="Cases acted on over the whole range, by risk on the day", key="acted")
    level = ALL_LEVELS
    if flowing.question.viewer.opens_lists:
        named = {one: group_text(one) for one in (ALL_LEVELS, *LEVELS)}
        level = one_option("Risk", "level", named, default=ALL_LEVELS)
    table = Table(part.periods, [*PERIOD, *columns], files.ACTED, of="Risk", group=level)
    of = "" if level == ALL_LEVELS else f" of {group_text(level).lower()} risk"
    rows = table.shown
    with st.grid(2, min_column_width=380):
        with st.container():
            st.subheader("Cases acted on", anchor=False)
            series = [Series(_ACTED[name], name, look) for look, name in enumerate(("in_time", "late"))]
            alt = f"Cases{of} acted on in each period, in time and late"
            flowing.draw(bars(rows, series, y="Cases acted on"), alt=alt, key="acted")
        with st.container():
            st.subheader("Share in time", anchor=False)
            chart = lines(rows["period_end"], {"Share in time": heights(rows["rate"])}, y="Share acted on in time")
            chart.update_yaxes(tickformat=".0%", hoverformat=".1%", range=[0, 1.02])
            share = f"Share of cases{of} acted on in time in each period"
            flowing.draw(chart, alt=share, key="acted_rate", counts=False)
    flowing.by_period(table, whole, caption=alt, key="acted")
    flowing.listed(*_ACTED)


def clocks(flowing: Flowing) -> None:
    """Draw how long things took from receipt, by the period of receipt, with how many still wait (Q34)."""
    header(definitions.POLIT_CLOCKS)
    st.caption(definitions.POLIT_CLOCKS.meaning)
    part = flowing.board.clocks
    columns = [
        Column(_STATES[0], _BEGUN),
        *(Column(name, POLIT_FLOW[name]) for name in _STATES[1:]),
        *_WAITED,
    ]
    whole = Table(_with_reasons(part.whole), columns, files.CLOCKS_WHOLE, of="From receipt to")
    flowing.by_group(whole, caption="Cases received in the range, and what has been done since", key="clocks")
    clock = one_option("From receipt to", "clock", {one: group_text(one) for one in CLOCKS}, default=CLOCKS[0])
    periods = _with_reasons(part.periods)
    table = Table(periods, [*PERIOD, *columns], files.CLOCKS, of="From receipt to", group=clock)
    alt = f"Days from receipt to {group_text(clock).lower()}, by period of receipt: half, and nine in ten, within"
    _draw_days(flowing, table.shown, y="Days from receipt", alt=alt, key="clocks")
    flowing.by_period(table, whole, caption=alt, key="clocks")
    flowing.listed(*_STATES)


def _draw_days(flowing: Flowing, rows: pd.DataFrame, *, y: str, alt: str, key: str) -> None:
    values = {"Half within": heights(rows["median_days"]), "Nine in ten within": heights(rows["nine_in_ten_days"])}
    flowing.draw(lines(rows["period_end"], values, y=y), alt=alt, key=key, counts=False)


def _with_reasons(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows with why a number of days has no value: nobody waits or had it, or not enough had it yet."""
    reasons = [_reason(row) for row in rows.to_dict("records")]
    return rows.assign(**{column.lacks: reasons for column in _WAITED if column.lacks})


def _reason(row: Mapping[Any, Any]) -> str:
    begun, closed = row["clock_started"], row["clock_closed"]
    return NOT_YET if not pd.isna(begun) and not pd.isna(closed) and begun > closed else NO_VALUE
