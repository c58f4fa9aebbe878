"""Levels of risk as an order by points must keep them apart: worst first on any two, whatever else counts."""

from collections.abc import Mapping
from typing import Any, Final

from offendermgmt.domain.vocabulary import RiskLevel

LEVELS: Final = list(RiskLevel)
# Least first; unassessed has the points of high.
WORSE: Final = [RiskLevel.LOW, RiskLevel.MEDIUM, RiskLevel.UNASSESSED, RiskLevel.HIGH, RiskLevel.VERY_HIGH]
LADDER: Final = [{RiskLevel.LOW}, {RiskLevel.MEDIUM}, {RiskLevel.HIGH, RiskLevel.UNASSESSED}, {RiskLevel.VERY_HIGH}]


def rung(case: Mapping[str, Any]) -> int:
    """How far up the ladder the case's `risk` (a code) stands, from 0."""
    return next(number for number, levels in enumerate(LADDER) if LEVELS[case["risk"]] in levels)


def worse_risk(case: Mapping[str, Any], by: int) -> int:
    """The code of the level `by` steps worse than the case's own, at most the worst."""
    return LEVELS.index(WORSE[min(WORSE.index(LEVELS[case["risk"]]) + by, len(WORSE) - 1)])
