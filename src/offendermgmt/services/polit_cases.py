"""POLIT's open cases on a day, worst first, with what their holders carry."""

from collections.abc import Mapping
from typing import Final

import numpy as np
import pandas as pd

from offendermgmt.domain.polit import days_stalled
from offendermgmt.domain.segments import Flags
from offendermgmt.domain.visits import band_of
from offendermgmt.domain.vocabulary import RiskLevel
from offendermgmt.services import reports
from offendermgmt.services.investigators import AWAY, holders
from offendermgmt.services.overdue import WORST_FIRST
from offendermgmt.services.polit_definitions import CaseList
from offendermgmt.services.question import Question

_LEVELS: Final = [str(level) for level in RiskLevel]
RISK_RANK: Final = {str(level): position for position, level in enumerate(WORST_FIRST)}


def open_cases(question: Question) -> pd.DataFrame:
    """The rows of the polit report, worst first (Q3), with what the page says beside them.

    Also `past_band` (band of days past the limit, empty text for who is not past it, Q4), `days_stalled` (beyond the
    limit without activity, Q5), `stalled_limit` (days), and of the holder `holder_cases` (open), `holder_fte`,
    `holder_per_fte`, `holder_presence` (`Presence`) and `holder_left_on`.
    """
    rows = reports.polit(question)
    policy = question.policy
    risk = pd.Categorical(rows["risk_level"], categories=_LEVELS).codes.astype(np.int32)
    idle = rows["days_since_activity"].to_numpy().astype(np.int32)
    limits = policy.polit_stalled_days
    past, bands = rows["days_past_limit"], np.array(policy.polit_board.past_bands, dtype=object)
    load = holders(question, rows).reindex(rows["officer_ref"])
    cases = rows.assign(
        past_band=np.where(past > 0, bands[band_of(past, policy.polit_board.past_band_ends)], ""),
        days_stalled=days_stalled(idle, risk, limits),
        stalled_limit=np.array([limits[level] for level in RiskLevel], dtype=np.int64)[risk],
        holder_cases=load["open_cases"].to_numpy(),
        holder_fte=load["fte"].to_numpy(),
        holder_per_fte=load["cases_per_fte"].to_numpy(),
        holder_presence=load["presence"].to_numpy(),
        holder_left_on=load["left_on"].to_numpy(),
    )
    return _worst_first(cases)


def on_lists(rows: pd.DataFrame) -> Mapping[CaseList, Flags]:
    """Which of the rows of `open_cases` each list holds."""
    in_backlog = rows["in_backlog"].to_numpy(dtype=bool)
    return {
        CaseList.OPEN: np.ones(len(rows), dtype=bool),
        CaseList.BACKLOG: in_backlog,
        CaseList.LIVE: ~in_backlog,
        CaseList.PAST: (rows["days_past_limit"] > 0).to_numpy(),
        CaseList.STALLED: (rows["days_stalled"] > 0).to_numpy(),
        CaseList.UNASSESSED: (rows["risk_level"] == RiskLevel.UNASSESSED).to_numpy(),
        CaseList.UNALLOCATED: (rows["officer_ref"] == "").to_numpy(),
        CaseList.AWAY: rows["holder_presence"].isin(AWAY).to_numpy(),
    }


def narrowed(
    rows: pd.DataFrame, *, risk: str | None = None, stage: str | None = None, band: str | None = None
) -> pd.DataFrame:
    """Those of the rows of `open_cases` that are of the risk, the stage and the band past the limit asked for."""
    keep = np.ones(len(rows), dtype=bool)
    for column, value in (("risk_level", risk), ("stage", stage), ("past_band", band)):
        if value is not None:
            keep &= (rows[column] == value).to_numpy()
    return rows[keep].reset_index(drop=True)


def _worst_first(rows: pd.DataFrame) -> pd.DataFrame:
    """Those with a child awaiting safeguarding first, then by risk, days past the limit and age (Q3)."""
    order = np.lexsort(
        (
            rows["case_ref"],
            -rows["age_days"],
            -rows["days_past_limit"],
            rows["risk_level"].map(RISK_RANK),
            rows["children_awaiting"] == 0,
        )
    )
    return rows.iloc[order].reset_index(drop=True)
