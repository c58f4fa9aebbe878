"""The work over time: compliance, attempts and the delay of recording."""

from collections.abc import Mapping
from typing import Any, Final

import streamlit as st

from app.parts import trend_files
from app.parts.period_table import Column
from app.parts.trend_charts import Series, bars, lines
from app.parts.trends import lists
from app.parts.trends.drawing import PERIOD, Trended, header, heights
from offendermgmt.services import trend_definitions as definitions
from offendermgmt.services.wording import TREND

_UNSUCCESSFUL: Final = ("no_reply", "refused", "moved", "cancelled")


def compliance(trended: Trended) -> None:
    """Draw compliance as stock and as flow, with what tells them apart."""
    st.header("Compliance, as stock and as flow")
    st.markdown(f"**As stock:** {definitions.STOCK.meaning}  \n**As flow:** {definitions.COMPLIANCE_FLOW.meaning}")
    rows = trended.tables.compliance
    values = {"As stock: not overdue": heights(rows["stock"]), "As flow: visited in time": heights(rows["rate"])}
    chart = lines(rows["period_end"], values, y="Share")
    chart.update_yaxes(tickformat=".0%", hoverformat=".1%", range=[0, 1.02])
    columns = [
        *PERIOD,
        *(Column(name, TREND[name]) for name in ("not_overdue", "running")),
        Column("stock", "As stock", "share"),
        *(Column(name, TREND[name]) for name in ("met", "missed", "due")),
        Column("rate", "As flow", "share"),
    ]

    def opens(row: Mapping[Any, Any], field: str) -> str | None:
        at_end = {**row, "period_start": row["period_end"]}
        return trended.opens(at_end if field in {"not_overdue", "running"} else row, field)

    trended.draw(
        chart,
        rows,
        columns,
        alt="Compliance in each period, as stock at its end and as flow over it",
        key="compliance_trend",
        opens=opens,
        measures=("not_overdue", "met", "missed", "due"),
        file=trend_files.COMPLIANCE,
    )


def attempts(trended: Trended) -> None:
    """Draw unsuccessful visits by reason, and attempts per completed visit."""
    header(definitions.ATTEMPTS)
    rows = trended.tables.attempts
    per_completed = lines(
        rows["period_end"],
        {definitions.ATTEMPTS.title: heights(rows["per_completed"])},
        y="Visits attended for each completed",
    )
    with st.grid(2, min_column_width=380):
        with st.container():
            st.subheader("Unsuccessful visits by reason", anchor=False)
            unsuccessful = bars(
                rows, [Series(TREND[name], name, look) for look, name in enumerate(_UNSUCCESSFUL)], y="Visits"
            )
            trended.chart(unsuccessful, alt="Unsuccessful visits in each period, by reason", key="outcomes")
        with st.container():
            st.subheader(definitions.ATTEMPTS.title, anchor=False)
            trended.chart(per_completed, alt="Visits attended for each completed", key="per_completed")
    measures = ("attended", "completed", *_UNSUCCESSFUL)
    columns = [
        *PERIOD,
        *(Column(name, TREND[name]) for name in measures),
        Column("per_completed", "Attended for each completed", "ratio"),
    ]
    trended.table(
        rows,
        columns,
        caption="Visits in each period by outcome",
        opens=trended.opens,
        key="attempts_trend",
        file=trend_files.ATTEMPTS,
    )
    lists.show(trended.question, measures, trended.asked)


def recording(trended: Trended) -> None:
    """Draw how many days passed from a visit to its first recording, by month of the visit."""
    header(definitions.RECORDING)
    rows = trended.tables.recording
    values = {
        "Half recorded within": heights(rows["median_days"]),
        "Nine in ten within": heights(rows["nine_in_ten_days"]),
    }
    incomplete = rows.loc[rows["incomplete"], "period_start"]
    if len(incomplete):
        st.info(
            f"{incomplete.iloc[-1]:%B %Y} is incomplete: visits that will be recorded late are not in yet, so its days "
            "to record will rise. The month before it may still rise a little.",
            icon=":material/hourglass_top:",
        )
    columns = [
        *PERIOD,
        Column("recorded", "Visits attended"),
        Column("median_days", "Half within, days", "days"),
        Column("nine_in_ten_days", "Nine in ten within, days", "days"),
        Column("incomplete", "Note", "flag"),
    ]
    alt = "Days from visit to first recording by month of the visit: median and 90th percentile"
    trended.draw(
        lines(rows["period_end"], values, y="Days from visit to record"),
        rows.rename(columns={"visits": "recorded"}),
        columns,
        alt=alt,
        key="recording_trend",
        opens=trended.opens,
        measures=("recorded",),
        file=trend_files.RECORDING,
    )
