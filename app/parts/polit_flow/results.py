"""What came of POLIT's work: children safeguarded, outcomes of closed cases, enforcement."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from app.parts.period_table import Column
from app.parts.polit_flow import files
from app.parts.polit_flow.drawing import PERIOD, Flowing, Table
from app.parts.polit_flow.lists import of_period
from app.parts.trend_charts import Series, bars, lines
from app.parts.trends.drawing import header, heights
from offendermgmt.services import polit_flow_definitions as definitions
from offendermgmt.services.polit_flow_events import CHILDREN, ENFORCED, Measure
from offendermgmt.services.polit_flow_words import POLIT_FLOW, group_text


def outcomes(flowing: Flowing) -> None:
    """Draw cases closed by the outcome recorded (Q35)."""
    header(definitions.OUTCOMES)
    board, opens_lists = flowing.board, flowing.question.viewer.opens_lists
    rows = board.outcomes.periods
    found = board.outcome_columns if opens_lists else ()
    series = [Series(group_text(outcome), outcome, look) for look, outcome in enumerate(found)]
    alt = f"Cases closed in each period{', by outcome' if opens_lists else ''}"
    flowing.draw(
        bars(rows, series or [Series(POLIT_FLOW["closed"], "closed", 0)], y="Cases closed"), alt=alt, key="outcomes"
    )
    span = board.outcomes.whole.iloc[0]
    whole = Table(
        board.results.assign(period_start=span["period_start"], period_end=span["period_end"]),
        [Column("closed", POLIT_FLOW["closed"]), Column("of", "Of all"), Column("share", "Share", "share")],
        files.RESULTS,
        of="Outcome",
    )
    if len(board.results):
        flowing.by_group(whole, caption="Cases closed over the whole range, by outcome", key="outcomes")
    columns = [
        *PERIOD,
        Column("closed", POLIT_FLOW["closed"]),
        *(Column(outcome, group_text(outcome)) for outcome in found),
    ]

    def opens(row: Mapping[Any, Any], field: str) -> str | None:
        if field in found:
            return of_period(flowing.question, row, Measure.CLOSED, field)
        return flowing.opens(row, field)

    flowing.by_period(Table(rows, columns, files.OUTCOMES), whole, caption=alt, key="outcomes", opens=opens)
    flowing.listed("closed")


def work(flowing: Flowing) -> None:
    """Draw arrests, voluntary interviews and warrants (Q36)."""
    header(definitions.WORK_DONE)
    rows, names = flowing.board.work.periods, [str(measure) for measure in ENFORCED]
    alt = "Arrests, voluntary interviews and warrants in each period"
    _draw_each(flowing, rows, names, alt=alt, key="work")
    columns = [
        *PERIOD,
        *(Column(name, POLIT_FLOW[name]) for name in (*names, "referrals")),
        Column("arrests_per_100", "Arrests for each 100 referrals", "ratio"),
    ]

    def opens(row: Mapping[Any, Any], field: str) -> str | None:
        return flowing.opens(row, field) if field in names else None

    flowing.by_period(Table(rows, columns, files.WORK), caption=alt, key="work", opens=opens)
    flowing.listed(*names)


def children(flowing: Flowing) -> None:
    """Draw children identified and children safeguarded (Q37)."""
    header(definitions.CHILDREN)
    rows, names = flowing.board.children.periods, [str(measure) for measure in CHILDREN]
    alt = "Children identified and children safeguarded in each period"
    _draw_each(flowing, rows, names, alt=alt, key="children")
    columns = [*PERIOD, *(Column(name, POLIT_FLOW[name]) for name in names)]
    flowing.by_period(Table(rows, columns, files.CHILDREN), caption=alt, key="children")
    flowing.listed(*names)


def _draw_each(flowing: Flowing, rows: pd.DataFrame, names: list[str], *, alt: str, key: str) -> None:
    values = {POLIT_FLOW[name]: heights(rows[name]) for name in names}
    flowing.draw(lines(rows["period_end"], values, y="Number in the period"), alt=alt, key=key)
