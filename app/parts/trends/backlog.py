"""The backlog over time, and who came into it and left it by which cause."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any, Final

import pandas as pd
import streamlit as st

from app.parts import period_table, trend_files
from app.parts.links import link
from app.parts.period_table import Column
from app.parts.trend_charts import Series, bars, lines
from app.parts.trends import lists
from app.parts.trends.choices import one_option
from app.parts.trends.drawing import PERIOD, Trended, header, heights
from offendermgmt.domain.vocabulary import RiskLevel
from offendermgmt.services import trend_definitions as definitions
from offendermgmt.services import trends
from offendermgmt.services.directory import team_names
from offendermgmt.services.question import Question
from offendermgmt.services.trends import CAUSES_IN, CAUSES_OUT, NO_TEAM, UNALLOCATED, WHOLE, Split
from offendermgmt.services.wording import RISK, TREND, day_text

MEASURES: Final = {
    "overdue": "Number overdue",
    "days_overdue_total": "Days overdue in total",
    "longest_days_overdue": "Longest, in days",
    "share": TREND["share"],
    "share_of_managed": TREND["share_of_managed"],
}
_SHARES: Final = ("share", "share_of_managed")
# The clocks and the people under a band's shares are everybody's.
_EVERYBODYS: Final = ("running", "managed")
SPLITS: Final = {Split.WHOLE: "Whole", Split.RISK: "Risk", Split.BAND: "Days overdue", Split.TEAM: "Team"}
# A cause looks the same for a team, which has transfers, as for the whole force, which has none.
_LOOKS: Final = (
    *("became_overdue", "visited", "interval_changed", "suspended", "ended"),
    *("transferred_in", "transferred_out"),
)


def backlog(trended: Trended) -> None:
    """Draw the backlog at each period's end: one measure at a time, whole or apart."""
    header(definitions.BACKLOG)
    question = trended.question
    with st.container(horizontal=True, gap="medium"):
        measure = one_option("Show", "measure", MEASURES, default="overdue")
        split = Split.WHOLE
        if question.viewer.opens_lists:
            by = {str(split): name for split, name in SPLITS.items()}
            split = Split(one_option("By", "split", by, default=str(Split.RISK)))
    rows = trended.tables.backlog if split is Split.WHOLE else trends.backlog_trend(question, split)
    if rows.empty:
        st.info("No team managed an offender in this range.", icon=":material/info:")
        return
    names = _group_names(question, split)
    by_group = trends.by_group(rows, measure)
    values = {names[str(group)]: heights(by_group[group]) for group in by_group}
    unit = "Offenders overdue" if measure == "overdue" else MEASURES[measure]
    chart = lines(by_group.index.to_series(), values, y=unit, levels=split is Split.RISK)
    if measure in _SHARES:
        chart.update_yaxes(tickformat=".0%", hoverformat=".1%")

    def opens(row: Mapping[Any, Any], field: str) -> str | None:
        listed = "overdue" if field in {"days_overdue_total", "longest_days_overdue"} else field
        whole = split is Split.BAND and field in _EVERYBODYS
        group = (Split.WHOLE, WHOLE) if whole else (split, str(row["group"]))
        return lists.address(question, listed, row["on"].date(), row["on"].date(), group)

    named = rows.assign(name=rows["group"].map(names))
    columns = [
        Column("on", "End of", "day"),
        *([Column("name", SPLITS[split], "text")] if split is not Split.WHOLE else []),
        *(Column(name, TREND[name]) for name in ("overdue", "days_overdue_total", "longest_days_overdue")),
        Column("running", TREND["running"]),
        Column("share", TREND["share"], "share"),
        Column("managed", TREND["managed"]),
        Column("share_of_managed", TREND["share_of_managed"], "share"),
    ]
    apart = "" if split is Split.WHOLE else f", by {SPLITS[split].lower()}"
    alt = f"{MEASURES[measure]} at the end of each period{apart}"
    trended.draw(
        chart,
        named,
        columns,
        alt=alt,
        key="backlog_trend",
        opens=opens,
        measures=("overdue", *_EVERYBODYS),
        file=trend_files.BACKLOG,
    )


def flow(trended: Trended) -> None:
    """Draw who came into the backlog and who left it by which cause, and the identity over the whole range."""
    header(definitions.FLOW)
    rows = trended.tables.flow
    causes_in = [cause for cause in CAUSES_IN if cause in rows]
    causes_out = [cause for cause in CAUSES_OUT if cause in rows]
    if "transferred_in" in rows:
        st.caption(definitions.TRANSFERS.meaning)
    series = [
        *(Series(TREND[cause], cause, _LOOKS.index(cause)) for cause in causes_in),
        *(Series(TREND[cause], cause, _LOOKS.index(cause), sign=-1) for cause in causes_out),
    ]
    identity(trended.question, trended.tables.over_range.iloc[0].to_dict(), causes_in, causes_out)
    trended.draw(
        bars(rows, series, y="Offenders in (above 0) and out (below 0)"),
        rows,
        [*PERIOD, *(Column(name, TREND[name]) for name in ("opening", *causes_in, *causes_out, "closing"))],
        alt="People who came into the backlog and who left it in each period, by cause",
        key="flow_trend",
        opens=trended.opens,
        measures=(*causes_in, *causes_out, "opening", "closing"),
        file=trend_files.FLOW,
    )


def identity(
    question: Question,
    row: Mapping[Any, Any],
    causes_in: Sequence[str],
    causes_out: Sequence[str],
    *,
    caption: str = "Over the whole range",
) -> None:
    """Draw opening + in - out = closing as a sentence, each number a link to its list."""
    signs = {"opening": "opening"}
    signs |= {name: f"plus {TREND[name].lower()}" for name in causes_in}
    signs |= {name: f"less {TREND[name].lower()}" for name in causes_out}
    terms = [_term(question, row, name, said) for name, said in {**signs, "closing": "is closing"}.items()]
    days = f"{day_text(row['period_start'])} to {day_text(row['period_end'])}"
    st.html(f"<p>{escape(caption)}, {days}: {', '.join(terms)}.</p>")


def _term(question: Question, row: Mapping[Any, Any], name: str, said: str) -> str:
    number = period_table.text(Column(name, said), row, ())
    address = lists.of_period(question, row, name) if not pd.isna(row[name]) and row[name] else None
    shown = link(number, address, label=f"{said}: open {number}") if address else escape(number)
    return f'<span style="white-space:nowrap">{escape(said)} <strong>{shown}</strong></span>'


def _group_names(question: Question, split: Split) -> dict[str, str]:
    match split:
        case Split.RISK:
            return {str(level): RISK[level] for level in RiskLevel}
        case Split.BAND:
            return {band: f"{band} days" for band in question.policy.bands}
        case Split.TEAM:
            return {**team_names(question), UNALLOCATED: "Unallocated", NO_TEAM: "Officers without a team"}
    return {WHOLE: "Overdue"}
