"""What is to be planned and what it counts; and a policy of planning that contradicts itself is refused."""

from dataclasses import replace
from datetime import time
from typing import Any

import numpy as np
import pandas as pd
import pytest

from offendermgmt.domain.planning import overlap, points, to_plan, visits_each
from offendermgmt.domain.planning_policy import PlanningPolicy
from offendermgmt.domain.vocabulary import RiskLevel
from offendermgmt.services.policies import shipped_policy

POLICY = shipped_policy().planning
ON = 20_000
LEVELS = tuple(RiskLevel)


def segments(*due: int, runs: bool = True, risk: RiskLevel = RiskLevel.HIGH) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "due": np.array(due, dtype=np.int32),
            "runs": runs,
            "risk": np.int8(LEVELS.index(risk)),
            "row": range(len(due)),
        }
    )


def test_whoever_is_overdue_or_due_within_the_days_is_to_be_planned_and_no_one_else() -> None:
    rows = to_plan(segments(ON - 3, ON, ON + 14, ON + 15), ON, 14)
    assert rows[["row", "days_overdue", "days_until"]].to_numpy().tolist() == [[0, 3, 0], [1, 0, 0], [2, 0, 14]]


def test_nobody_whose_clock_stands_is_to_be_planned() -> None:
    assert to_plan(segments(ON - 3, runs=False), ON, 14).empty


@pytest.mark.parametrize(
    ("level", "days", "counts"),
    [
        (RiskLevel.VERY_HIGH, 0, 400),
        (RiskLevel.HIGH, 66, 366),
        (RiskLevel.LOW, 144, 190),
        (RiskLevel.MEDIUM, -6, 140),
        (RiskLevel.UNASSESSED, -14, 210),
    ],
)
def test_a_visit_counts_by_risk_and_days_up_to_their_caps(level: RiskLevel, days: int, counts: int) -> None:
    assert points(to_plan(segments(ON - days, risk=level), ON, 14), POLICY).tolist() == [counts]


def test_of_one_risk_the_later_never_counts_less() -> None:
    counted = points(to_plan(segments(*range(ON - 400, ON + 15)), ON, 14), POLICY)
    assert (np.diff(counted) <= 0).all()


def test_an_officer_may_make_their_share_of_the_slots_less_what_is_planned() -> None:
    fte = np.array([[1.0] * 5, [0.6] * 5, [0.0, 0.0, 1.0, 1.0, 1.0], [0.2, 0.0, 0.0, 0.0, 0.0]])
    assert visits_each(fte, 3, np.array([0, 2, 10, 0], dtype=np.int32)).tolist() == [15, 7, 0, 0]


def test_spans_that_only_touch_do_not_overlap() -> None:
    start, end = np.array([10, 20, 29, 40]), np.array([20, 30, 31, 50])
    assert overlap(start, end, np.array([20]), np.array([30])).tolist() == [False, True, True, False]


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"visit_minutes": 0}, "visit_minutes must be over 0"),
        ({"slots": ()}, "slots must be in order"),
        ({"slots": (time(9, 30), time(10, 0))}, "each visit_minutes or more after the one before"),
        ({"suggest_days": 91}, "within ahead_days"),
        ({"early": -1}, "points below 0"),
        ({"early_most": 100}, "less than the points of the lowest risk"),
        ({"overdue_most": 100}, "very_high stands only 100 above high"),
    ],
)
def test_a_policy_that_contradicts_itself_is_refused(values: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        replace(POLICY, **values)


def test_nothing_is_missing_without_being_named() -> None:
    section = {name: getattr(POLICY, name) for name in POLICY.__dataclass_fields__}
    assert PlanningPolicy.from_document(section) == POLICY
    with pytest.raises(KeyError, match="due_days"):
        PlanningPolicy.from_document({name: value for name, value in section.items() if name != "due_days"})
