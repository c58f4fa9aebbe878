"""What moved a month's backlog of visits, by cause and by risk, as a board reads it."""

from typing import Final

import numpy as np
import pandas as pd

from offendermgmt.domain.vocabulary import RiskLevel
from offendermgmt.services import board_definitions as definitions
from offendermgmt.services import trend_definitions
from offendermgmt.services.board_measures import kept_of_measures
from offendermgmt.services.board_tables import NOT_SHOWN, BoardTable, Cell, TableColumn
from offendermgmt.services.desk import Desk
from offendermgmt.services.measured import Asked
from offendermgmt.services.measured_visits import VISITS
from offendermgmt.services.overdue import TOTAL, WORST_FIRST
from offendermgmt.services.question import Question
from offendermgmt.services.reports import backlog_flow
from offendermgmt.services.trends import Split, backlog_trend
from offendermgmt.services.trends_small import trends_as_shown
from offendermgmt.services.wording import RISK, TREND, days_text

FLOW: Final = "flow"
RISK_LEVELS: Final = "risk"
_CAUSES: Final = ("visited", "interval_changed", "suspended", "ended")
_LINES: Final = ("opening", "became_overdue", *_CAUSES, "closing")


def flow_table(question: Question, desk: Desk) -> BoardTable:
    """The flow of the question's last month and of the one before it (B2), as its viewer may have it.

    The question's periods are calendar months: what is kept of them is kept as on the page of trends over the same, and
    a month at whose ends a measure keeps the backlog is kept whole.
    """
    flow = backlog_flow(question)
    if not question.viewer.opens_lists:
        flow = trends_as_shown(question).flow
        lost = kept_of_measures(Asked(question, desk), VISITS)["overdue"].to_numpy()
        flow.loc[lost | np.append(False, lost[:-1]), list(_LINES)] = pd.NA
    months = flow.iloc[::-1].head(2)
    columns = [TableColumn("Flow"), *(TableColumn(f"{each:%B %Y}", "number") for each in months["period_start"])]
    rows = tuple((TREND[line], *(_number(value) for value in months[line])) for line in _LINES)
    return BoardTable(
        FLOW,
        "What moved the backlog of visits",
        _flow_text(months.iloc[0]),
        tuple(columns),
        rows,
        (trend_definitions.FLOW,),
    )


def _flow_text(month: "pd.Series[int]") -> str:
    """The month's flow in a sentence or two: how much of what left was visited, and how much was not."""
    if month[list(_LINES)].isna().any():
        return "Counts that could point at a person are not shown, nor what would give them back."
    opening, closing, came = (int(month[line]) for line in ("opening", "closing", "became_overdue"))
    left = {cause: int(month[cause]) for cause in _CAUSES}
    total, visited = sum(left.values()), left["visited"]
    way = "grew" if closing > opening else "fell" if closing < opening else "stayed"
    moved = f"from {opening:,} to {closing:,}" if closing != opening else f"at {opening:,}"
    text = f"The backlog {way} {moved}: {came:,} became overdue and {total:,} left it"
    if not total:
        return f"{text}."
    others = [f"{number:,} {TREND[cause].lower()}" for cause, number in left.items() if number and cause != "visited"]
    rest = f"; {total - visited:,} left without a visit ({', '.join(others)})" if others else ""
    return f"{text}, of whom {visited:,} ({visited / total:.1%}) were visited{rest}."


def risk_table(question: Question) -> BoardTable:
    """The backlog by risk at the end of the month before and of this one (B3); for readers inside the units."""
    question.viewer.require_lists()
    days = np.array([question.range.first[-1] - 1, question.on], dtype=np.int32)
    counted = backlog_trend(question, Split.RISK, days)
    before, now = (counted.iloc[at : at + len(RiskLevel)].set_index("group") for at in (0, len(RiskLevel)))
    rows = [_risk_row(RISK[level], before.loc[[str(level)]], now.loc[[str(level)]]) for level in WORST_FIRST]
    columns = (
        TableColumn("Risk level"),
        TableColumn("Overdue a month before", "number"),
        TableColumn("Overdue", "number"),
        TableColumn("Change", "number"),
        TableColumn("Visit clocks running", "number"),
        TableColumn("Share overdue", "share"),
        TableColumn("Longest, days", "number"),
    )
    return BoardTable(
        RISK_LEVELS,
        "The backlog by risk",
        _risk_text(now),
        columns,
        (*rows, _risk_row(TOTAL, before, now)),
        (definitions.RISK_STORY,),
    )


def _risk_row(name: str, before: pd.DataFrame, now: pd.DataFrame) -> tuple[Cell, ...]:
    was, late, running = int(before["overdue"].sum()), int(now["overdue"].sum()), int(now["running"].sum())
    longest = int(now["longest_days_overdue"].max())
    return name, was, late, late - was, running, late / running if running else None, longest if late else None


def _risk_text(now: pd.DataFrame) -> str:
    late = now["overdue"]
    if not late.sum():
        return "Nobody is overdue for a visit."
    high = int(late[[str(RiskLevel.VERY_HIGH), str(RiskLevel.HIGH)]].sum())
    days = int(now["longest_days_overdue"].max())
    return (
        f"{high:,} of {int(late.sum()):,} overdue are at high or very high risk; the most overdue has been so for "
        f"{days_text(days)}."
    )


def _number(value: object) -> Cell:
    return NOT_SHOWN if pd.isna(value) else int(value)  # type: ignore[call-overload]
