"""The visits of a morning: the backlog, who needs a decision first, lone visits to judge, and who goes today."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, Final

import pandas as pd

from offendermgmt.services import morning_definitions as definitions
from offendermgmt.services.crew_lists import Listed, visit_list
from offendermgmt.services.crewing import over_range
from offendermgmt.services.figures import Figure
from offendermgmt.services.flags import Flag
from offendermgmt.services.lone_findings import findings_board, recorded_by, with_findings
from offendermgmt.services.morning_parts import Part, Section
from offendermgmt.services.overdue import overdue_board
from offendermgmt.services.planned_visits import in_scope, plans_known
from offendermgmt.services.planning_board import planning_board
from offendermgmt.services.question import Question
from offendermgmt.services.ranges import last_days
from offendermgmt.services.triage import Look, triage_board

_LOOKS: Final = {
    "overdue": Look.OVERDUE,
    "not_overdue": Look.NOT_OVERDUE,
    "raised": Look.RAISED,
    "flagged": Look.FLAGGED,
}


def backlog_section(question: Question) -> Section:
    """Figures `size`, `share`, `high_risk`, `longest` and `days_total` of `overdue_board`; its cases as list `size`."""
    board = overdue_board(question)
    figures = {
        "size": board.size,
        "share": board.share,
        "high_risk": board.high_risk,
        "longest": board.longest,
        "days_total": board.days_total,
    }
    return Section(Part.BACKLOG, figures, {} if board.cases is None else {"size": board.cases})


def triage_section(question: Question, flagged: Iterable[Flag]) -> Section:
    """Figures `size`, `overdue`, `not_overdue`, `raised` and `flagged` of `triage_board`; the list `size`, in order."""
    board = triage_board(question, flagged)
    figures = {"size": board.size} | {code: board.looks[look] for code, look in _LOOKS.items()}
    return Section(Part.TRIAGE, figures, {} if board.cases is None else {"size": board.cases})


def lone_section(question: Question, recorded: Iterable[Any]) -> Section:
    """Figures and lists `waiting` and `in_time`: lone visits without a finding, too late and not (R22, R63).

    The figure `found` is of those with one. The lists have the columns of `lone_findings.with_findings`.
    """
    looked_at = lone_range(question)
    found = recorded_by(recorded, question.as_of, question.snapshot.known_at)
    board = findings_board(looked_at, found)
    rows = with_findings(looked_at, found, visit_list(looked_at, Listed.UNFOUND, found=found))
    is_late = rows["is_waiting"].to_numpy(dtype=bool)
    in_time = rows[~is_late].sort_values("visited_at", kind="stable", ignore_index=True)
    figures = {
        "waiting": board.waiting,
        "in_time": Figure.share(definitions.IN_TIME, board.waiting.setting, len(in_time), board.found.denominator or 0),
        "found": board.found,
    }
    return Section(Part.LONE_VISITS, figures, {"waiting": rows[is_late].reset_index(drop=True), "in_time": in_time})


def lone_range(question: Question) -> Question:
    """The question over the days in which a morning looks for lone visits that await a finding (R63)."""
    return over_range(question, *last_days(question.policy.morning.lone_days, question.as_of))


def plan_section(question: Question, recorded: Sequence[Any], now: datetime) -> Section:
    """Figures `planned` and `alone` (today), `no_outcome` and `unplanned` of `planning_board`; a list of each.

    `planned`, `alone` and `no_outcome` have the columns of `planned_visits.in_scope`, earliest first; `unplanned` those
    of `to_plan`, worst first.
    """
    on = question.as_of
    board = planning_board(question, plans_known(question, recorded, on), on, on, now)
    figures = {
        "planned": board.planned,
        "alone": board.alone,
        "no_outcome": board.without_outcome,
        "unplanned": board.unplanned,
    }
    if board.visits is None or board.no_outcome is None or board.waiting is None:
        return Section(Part.PLAN, figures, {})
    # Those of today whose time is over are in both lists.
    both = in_scope(question, pd.concat([board.visits, board.no_outcome]).drop_duplicates("plan_ref"))
    planned, no_outcome = (_of(both, rows) for rows in (board.visits, board.no_outcome))
    return Section(
        Part.PLAN,
        figures,
        {
            "planned": planned,
            "alone": planned[(planned["crew"] == 1).to_numpy()].reset_index(drop=True),
            "no_outcome": no_outcome,
            "unplanned": board.waiting,
        },
    )


def _of(rows: pd.DataFrame, wanted: pd.DataFrame) -> pd.DataFrame:
    """The rows of these plans, earliest first."""
    chosen = rows[rows["plan_ref"].isin(wanted["plan_ref"]).to_numpy()]
    return chosen.sort_values(["planned_at", "plan_ref"], ignore_index=True)
