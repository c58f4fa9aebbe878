"""Why a POLIT case has its place: each part in words with its points, and the rule with the policy's weights."""

from collections.abc import Mapping
from typing import Any, Final

import numpy as np
import pandas as pd

from offendermgmt.domain.priority import Part
from offendermgmt.domain.priority_policy import PriorityPolicy
from offendermgmt.domain.vocabulary import ChildAccess, Placement, RiskLevel
from offendermgmt.services.points_in_words import day_texts, days_in_words, risk_in_words, with_points
from offendermgmt.services.wording import RISK, days_text

_ACCESS: Final = {
    str(ChildAccess.YES): "access to children",
    str(ChildAccess.NOT_KNOWN): "access to children not known",
    str(ChildAccess.NO): "no access to children",
    "": "access to children not recorded",
}
PLACEMENT: Final = {Placement.FIRST: "First", Placement.LAST: "Last"}
PART: Final = {
    Part.RISK: "Risk",
    Part.CHILDREN: "Children",
    Part.ACCESS: "Access",
    Part.LIMIT: "Limit",
    Part.ACTIVITY: "Activity",
    Part.REASSESS: "Re-grade",
}


def parts_in_words(cases: pd.DataFrame) -> pd.DataFrame:
    """What each part of `order_of_work` rests on, in words without points: a column a `Part`."""
    return pd.DataFrame(
        {
            str(Part.RISK): risk_in_words(cases["risk_level"]),
            str(Part.CHILDREN): _children(cases),
            str(Part.ACCESS): cases["access_recorded"].map(_ACCESS).astype(str),
            str(Part.LIMIT): _limit(cases),
            str(Part.ACTIVITY): _activity(cases),
            str(Part.REASSESS): _reassess(cases),
        },
        index=cases.index,
        dtype=object,
    )


def why(cases: pd.DataFrame) -> "pd.Series[Any]":
    """The parts of each case that add points, with the points they add: `High risk (300); access to children (40)`."""
    return with_points(cases, parts_in_words(cases))


def by_hand(cases: pd.DataFrame) -> "pd.Series[Any]":
    """Where a case stands by hand: `Placed first until 4 Mar 2025 by DI Ash: why`; empty text by the rule."""
    placed = cases["placement"] != ""
    until = day_texts(cases["last_on"])
    said = cases["author"].astype(str) + ": " + cases["reason"].astype(str)
    texts: pd.Series[Any] = "Placed " + cases["placement"].astype(str) + " until " + until + " by " + said
    return texts.where(placed, "")


def rule_in_words(policy: PriorityPolicy, limits: Mapping[RiskLevel, int]) -> list[str]:
    """The rule in sentences with the policy's own numbers; `limits` are the act-by limits (P2)."""
    risk = ", ".join(f"{RISK[level].lower()} {policy.risk[level]}" for level in RiskLevel)
    access = policy.access
    return [
        f"**Risk** ({risk}). An unassessed case has a limit of {days_text(limits[RiskLevel.UNASSESSED])} and is never "
        "ranked as if it were known to be low.",
        f"**Children**: {policy.child_awaiting} for each child awaiting safeguarding, {policy.child_not_referred} more "
        f"if not yet referred to children's social care; {policy.children_most} at most.",
        f"**Access** to children: {access[ChildAccess.YES]} where recorded, {access[ChildAccess.NOT_KNOWN]} where not "
        f"known or nothing is recorded, {access[ChildAccess.NO]} where recorded that there is none.",
        f"**Limit**: {policy.limit_used} for each act-by limit used up, in proportion; {policy.limit_most} at most.",
        f"**Activity**: {policy.stalled} for each stalled limit without activity, in proportion; "
        f"{policy.stalled_most} at most.",
        f"**Re-grade**: {policy.reassess} where new information calls for an assessment not made since.",
        f"All parts but risk come to {policy.most_beside_risk} at most: no case passes one two risk levels higher. "
        f"Days alone come to {policy.limit_most + policy.stalled_most}: age lifts no case over one of the next level. "
        "Equal points: the case received first, then the lower reference.",
    ]


def _children(cases: pd.DataFrame) -> "pd.Series[Any]":
    awaiting, unreferred = cases["children_awaiting"], cases["children_unreferred"]
    told: pd.Series[Any] = (
        awaiting.astype(str) + np.where(awaiting == 1, " child", " children") + " awaiting safeguarding"
    )
    told += np.where(unreferred > 0, ", " + unreferred.astype(str) + " not yet referred", "")
    return told


def _limit(cases: pd.DataFrame) -> "pd.Series[Any]":
    past, limit = cases["days_past_limit"], cases["limit_days"].astype(str)
    late: pd.Series[Any] = days_in_words(past) + " past its limit of " + limit
    within = cases["days_used"].astype(str) + " of " + days_in_words(cases["limit_days"]) + " of its limit used"
    return late.where(past > 0, within)


def _activity(cases: pd.DataFrame) -> "pd.Series[Any]":
    idle: pd.Series[Any] = days_in_words(cases["days_idle"]) + " without activity"
    stalled = (cases["days_idle"] > cases["stalled_days"]).to_numpy()
    told: pd.Series[Any] = idle + np.where(stalled, ", stalled after " + cases["stalled_days"].astype(str), "")
    return told


def _reassess(cases: pd.DataFrame) -> "pd.Series[Any]":
    day = day_texts(cases["informed_on"])
    told: pd.Series[Any] = ("re-grade due on information of " + day).where(day != "", "no re-grade due")
    return told
