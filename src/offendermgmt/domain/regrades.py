"""Re-assessments that lowered the risk of old POLIT cases, and the tools that assessments are made with (Q29)."""

import numpy as np
import pandas as pd

from offendermgmt.domain.days import Days, day_numbers
from offendermgmt.domain.facts import Facts
from offendermgmt.domain.polit import CLOSED, IN_BACKLOG
from offendermgmt.domain.priority_policy import PriorityPolicy
from offendermgmt.domain.reading import dated_facts, first_days
from offendermgmt.domain.segments import Codes, Rows, Segments
from offendermgmt.domain.vocabulary import RiskLevel

_LEVELS = tuple(RiskLevel)
_UNASSESSED = _LEVELS.index(RiskLevel.UNASSESSED)
_TOOL = ["tool", "tool_version"]


def lowered(segments: pd.DataFrame, facts: Facts, on: int, policy: PriorityPolicy) -> pd.DataFrame:
    """Each re-assessment of the last days that lowered the risk of a case that was old the day before (Q29).

    Columns case, officer (the holder on the day), assessed (its day), stage, risk_before, risk, act_by_before, act_by,
    days (since receipt), days_past (past the limit the day before, 0 outside the backlog), and row_before and row
    (positions of both assessments in their table). `segments` are those of the case timeline that `facts` give.
    """
    before = segments.shift(1, fill_value=-1)
    risk, risk_before = segments["risk"].to_numpy(), before["risk"].to_numpy()
    start, stage_before = segments["start"].to_numpy(), before["stage"].to_numpy()
    fell = (segments["case"] == before["case"]).to_numpy() & (risk > risk_before) & (risk < _UNASSESSED)
    fell &= (start <= on) & (start > on - policy.lowered_days) & (stage_before != CLOSED)
    days = start - segments["received"].to_numpy()
    late = np.where(IN_BACKLOG[stage_before], start - 1 - before["act_by"].to_numpy(), 0)
    fell &= (days > policy.old_days) | (late > 0)
    now, was = segments[fell], before[fell]
    return pd.DataFrame(
        {
            "case": now["case"],
            "officer": now["officer"],
            "assessed": now["start"],
            "stage": was["stage"],
            "risk_before": was["risk"],
            "risk": now["risk"],
            "act_by_before": was["act_by"],
            "act_by": now["act_by"],
            "days": days[fell],
            "days_past": np.maximum(late[fell], 0),
            "row_before": _prevailing(facts, now["case"].to_numpy(), now["start"].to_numpy() - 1),
            "row": _prevailing(facts, now["case"].to_numpy(), now["start"].to_numpy()),
        }
    ).reset_index(drop=True)


def tools(facts: Facts, backlog: Codes, counted: Codes, on: int) -> pd.DataFrame:
    """Each tool and version that cases among `counted` were assessed with by day `on`, the newest used first.

    Columns tool, tool_version (missing where not recorded), cases, backlog (cases among `backlog` whose level stands on
    it), first and newest (days of assessment).
    """
    rows = facts.tables["polit_assessments"]
    case, day = rows["case_ref"].cat.codes.to_numpy(), day_numbers(rows["assessed_on"])
    used = np.flatnonzero((day <= on) & np.isin(case, counted))
    stands = _prevailing(facts, backlog, np.full(len(backlog), on, dtype=np.int32))
    graded = np.zeros(len(rows), dtype=np.int64)
    graded[stands[stands >= 0]] = 1
    made = rows[_TOOL].iloc[used].assign(case=case[used], day=day[used], graded=graded[used])
    by_tool = made.groupby(_TOOL, dropna=False, as_index=False).agg(
        cases=("case", "nunique"), backlog=("graded", "sum"), first=("day", "min"), newest=("day", "max")
    )
    return by_tool.sort_values(["newest", *_TOOL], ascending=[False, True, True], ignore_index=True)


def _prevailing(facts: Facts, case: Codes, day: Days) -> Rows:
    """Row of the assessment by which each case stands on a day, -1 where there is none (S3)."""
    rows = facts.tables["polit_assessments"]
    received = first_days(facts.tables["polit_cases"], "case_ref", "received_on")
    made, at = dated_facts(rows, "case_ref", "assessed_on", received, "assessed_on", "recorded_at", "risk_level")
    position = Segments(made.subject, made.day).covering(case, day)
    theirs = (position >= 0) & (np.append(made.subject, -1)[position] == case)
    return np.append(at, -1)[np.where(theirs, position, -1)]
