"""Referrals: what came against what was forecast for it, what may come, and how wrong that would have been."""

import pandas as pd
import streamlit as st

from app.parts import charts, figures
from app.parts.demand import charts as demand_charts
from app.parts.demand import files, sentences, tables
from app.parts.words import share
from offendermgmt.services import demand_definitions as definitions
from offendermgmt.services.demand import Demand, demand_policy
from offendermgmt.services.figures import Definition
from offendermgmt.services.question import Question
from offendermgmt.services.wording import day_text

_MONTH_COLUMNS = (
    files.column("period_start", "From", "day"),
    files.column("period_end", "To", "day"),
    files.column("received", "Received"),
    files.column("low", "Forecast, low end"),
    files.column("middle", "Forecast, middle"),
    files.column("high", "Forecast, high end"),
)


def newest(question: Question, demand: Demand) -> None:
    """Draw how the newest months lie against what was forecast for them."""
    for one in demand.newest:
        st.markdown(sentences.newest(one, question.smallest_count))


def ahead(question: Question, demand: Demand) -> None:
    """Draw what came and what may come: in a sentence, a chart and tables."""
    header(definitions.AHEAD)
    policy = demand_policy(question)
    if demand.ahead.empty:
        st.info(sentences.too_little(len(demand.months), policy.trial_months), icon=":material/info:")
        if len(demand.months):
            _draw_chart(question, demand)
        return
    if demand.is_trial:
        st.warning(sentences.trial(len(demand.months), policy.trial_months), icon=":material/science:")
    st.markdown(sentences.windows(demand.windows))
    rows = demand.windows.assign(label=tables.horizons(demand.windows), until=demand.windows["period_end"])
    said = share_text(question)
    first = rows["period_start"].iloc[0]
    tables.ranges(rows, said, f"Referrals that may be received from {day_text(first)} on")
    files.offer(
        rows,
        [
            files.column("months", "Months ahead"),
            *(column for column in _MONTH_COLUMNS if column.field != "received"),
        ],
        question,
        title="Referrals ahead",
        definitions=(definitions.AHEAD,),
    )
    _draw_chart(question, demand)


def _draw_chart(question: Question, demand: Demand) -> None:
    so_far = _so_far(demand)
    charts.draw(
        demand_charts.receipts(demand.months, demand.ahead[len(so_far) :], so_far, share_text(question)),
        alt="Referrals received by month, and the range forecast for the months ahead",
        key="receipts_chart",
    )
    _draw_months(question, demand.months)
    if len(demand.ahead):
        _draw_months_ahead(question, demand.ahead)


def _so_far(demand: Demand) -> pd.DataFrame:
    """The running month's row for the chart: its range for the days so far, and what came where that is shown."""
    running = [one for one in demand.newest if one.days < one.length]
    return demand.ahead.head(len(running)).assign(
        received=pd.array([one.received for one in running], dtype="Int64"),
        low=[one.low for one in running],
        high=[one.high for one in running],
    )


def _draw_months(question: Question, months: pd.DataFrame) -> None:
    tables.folded(
        tables.months(months),
        tables.MONTHS,
        caption="Referrals received by month, newest first, and the range forecast for each before it began",
        key="receipts",
        whole=months,
        columns=_MONTH_COLUMNS,
        question=question,
        title="Referrals by month",
        definitions=(definitions.RECEIPTS, definitions.TESTED),
    )


def _draw_months_ahead(question: Question, rows: pd.DataFrame) -> None:
    shown = rows.assign(
        label=[tables.month(start) for start in rows["period_start"]],
        until=rows["period_end"],
    )
    with st.expander("Each month ahead", icon=":material/table:"):
        tables.ranges(shown, share_text(question), "Each month ahead, whole months; the first has begun already")


def tested(question: Question, demand: Demand) -> None:
    """Draw how wrong the forecast would have been, each month's range then against what came."""
    if demand.ahead.empty:
        return
    header(definitions.TESTED)
    st.markdown(sentences.tests(demand.tests, float(demand_policy(question).interval), "the forecast"))
    if not demand.tests["tested"].any():
        return
    tests(question, demand.tests, "Forecasts of referrals against what came", definitions.TESTED.title)
    alt = "The range forecast for each month before it began, and what came"
    charts.draw(demand_charts.tested(demand.months, share_text(question)), alt=alt, key="tested_chart")
    st.caption("Its numbers stand in the table of referrals by month above.")


def tests(question: Question, rows: pd.DataFrame, caption: str, title: str) -> None:
    """Draw the back-tests of a forecast and their file."""
    rows = rows[rows["tested"] > 0]
    tables.tests(rows, share_text(question), caption)
    columns = [
        files.column("months", "Months ahead"),
        files.column("tested", "Forecasts tested"),
        files.column("inside", "Outcomes inside the range"),
        files.column("share", "Share inside", "share"),
        files.column("median_error", "Median error, cases"),
    ]
    files.offer(rows, columns, question, title=title, definitions=(definitions.TESTED,))


def header(definition: Definition) -> None:
    """Draw a section's heading with what it counts."""
    st.header(definition.title, help=figures.definition_text(definition))


def share_text(question: Question) -> str:
    """The share of outcomes a range should hold, as `90%`."""
    return share(float(demand_policy(question).interval)).replace(".0%", "%")
