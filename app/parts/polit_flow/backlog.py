"""The flow of POLIT's backlog, and the referrals that came in by source."""

from collections.abc import Mapping
from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from app.parts import period_table
from app.parts.links import link
from app.parts.period_table import Column
from app.parts.polit_flow import files
from app.parts.polit_flow.drawing import PERIOD, Flowing, Table
from app.parts.polit_flow.lists import of_period
from app.parts.trend_charts import Series, bars
from app.parts.trends.drawing import header
from app.parts.words import plural
from offendermgmt.services import polit_flow_definitions as definitions
from offendermgmt.services.polit_flow_events import IN, OUT, Measure
from offendermgmt.services.polit_flow_words import POLIT_FLOW, group_text
from offendermgmt.services.wording import day_text

# A cause looks the same for a team, which has transfers, as for the whole force, which has none.
_LOOKS = (*IN, *OUT)


def flow(flowing: Flowing) -> None:
    """Draw who came into the backlog and who left it, and the identity over the whole range (P6)."""
    header(definitions.POLIT_BACKLOG_FLOW)
    part = flowing.board.flow
    rows = part.periods
    causes_in, causes_out = ([str(one) for one in causes if one in rows] for causes in (IN, OUT))
    if Measure.TRANSFERRED_IN in rows:
        st.caption(definitions.POLIT_TRANSFERS.meaning)
    _identity(flowing, part.whole.iloc[0].to_dict(), causes_in, causes_out)
    series = [
        Series(POLIT_FLOW[cause], cause, look, sign=-1 if cause in causes_out else 1)
        for look, cause in enumerate(map(str, _LOOKS))
        if cause in rows
    ]
    alt = "Cases that came into POLIT's backlog and that left it in each period, by cause"
    flowing.draw(bars(rows, series, y="Cases in (above 0) and out (below 0)"), alt=alt, key="polit_backlog")
    names = ("opening", *causes_in, *causes_out, "closing")
    columns = [*PERIOD, *(Column(name, POLIT_FLOW[name]) for name in names)]
    flowing.by_period(Table(rows, columns, files.FLOW), caption=alt, key="polit_backlog")
    flowing.listed(*names)


def referrals(flowing: Flowing) -> None:
    """Draw every referral received by source, and why they are more than the backlog received (Q30, Q31)."""
    header(definitions.REFERRALS)
    board, opens_lists = flowing.board, flowing.question.viewer.opens_lists
    rows = board.referrals.periods
    _say_difference(board.referrals.whole.iloc[0].to_dict())
    sources = board.source_columns if opens_lists else ()
    series = [Series(group_text(source), source, look) for look, source in enumerate(sources)]
    alt = f"Referrals received in each period{', by source' if opens_lists else ''}"
    shown = series or [Series(POLIT_FLOW["referrals"], "referrals", 0)]
    flowing.draw(bars(rows, shown, y="Referrals received"), alt=alt, key="referrals")
    whole = Table(
        board.sources.assign(**_range_of(flowing)),
        [Column("referrals", POLIT_FLOW["referrals"]), Column("of", "Of all"), Column("share", "Share", "share")],
        files.SOURCES,
        of="Source",
    )
    if len(board.sources):
        flowing.by_group(whole, caption="Referrals over the whole range, by source", key="referrals")
    names = ("referrals", "received", "same_day")
    columns = [
        *PERIOD,
        *(Column(name, POLIT_FLOW[name]) for name in names),
        *(Column(source, group_text(source)) for source in sources),
    ]

    def opens(row: Mapping[Any, Any], field: str) -> str | None:
        if field in sources:
            return of_period(flowing.question, row, Measure.REFERRALS, field)
        return flowing.opens(row, field)

    tables = Table(rows, columns, files.REFERRALS), whole
    flowing.by_period(*tables, caption=alt, key="referrals", opens=opens)
    flowing.listed("referrals", "same_day")


def _range_of(flowing: Flowing) -> dict[str, Any]:
    whole = flowing.board.flow.whole.iloc[0]
    return {name: whole[name] for name in ("period_start", "period_end")}


def _say_difference(row: Mapping[Any, Any]) -> None:
    if any(pd.isna(row[name]) for name in ("referrals", "received", "same_day")):
        return
    moved = row["same_day"]
    if moved:
        st.caption(
            f"{plural(row['referrals'], 'referral was', 'referrals were')} received; {row['received']:,} in the "
            f"backlog at the end of that day. {plural(moved, 'other was', 'others were')} put under "
            "investigation or closed the same day, so that the flow above does not have them."
        )


def _identity(flowing: Flowing, row: Mapping[Any, Any], causes_in: list[str], causes_out: list[str]) -> None:
    signs = {"opening": "opening"}
    signs |= {name: f"plus {POLIT_FLOW[name].lower()}" for name in causes_in}
    signs |= {name: f"less {POLIT_FLOW[name].lower()}" for name in causes_out}
    terms = [_term(flowing, row, name, said) for name, said in {**signs, "closing": "is closing"}.items()]
    days = f"{day_text(row['period_start'])} to {day_text(row['period_end'])}"
    st.html(f"<p>Over the whole range, {days}: {', '.join(terms)}.</p>")


def _term(flowing: Flowing, row: Mapping[Any, Any], name: str, said: str) -> str:
    number = period_table.text(Column(name, said), row, ())
    address = flowing.opens(row, name) if not pd.isna(row[name]) and row[name] else None
    shown = link(number, address, label=f"{said}: open {number}") if address else escape(number)
    return f'<span style="white-space:nowrap">{escape(said)} <strong>{shown}</strong></span>'
