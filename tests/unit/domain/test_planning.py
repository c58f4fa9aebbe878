"""What is to be planned and what it counts; and a policy of planning that contradicts itself is refused."""

from dataclasses import replace
from datetime import time
from typing import Any

import numpy as np
import pandas as pd
import pytest

from offendermgmt.domain.planning import carried_out, overlap, points, to_plan, visits_each
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


def ledger(*plans: tuple[str, str, str, str, str | None]) -> pd.DataFrame:
    """Plans: reference, offender, time, state, the visit recorded of it; each written on 1 June."""
    frame = pd.DataFrame(plans, columns=["plan_ref", "offender_ref", "planned_at", "state", "visit_ref"], dtype="str")
    at = pd.to_datetime(frame["planned_at"], utc=True)
    written = pd.Timestamp("2025-06-01 12:00", tz="UTC")
    return frame.assign(planned_at=at, planned_on=at.dt.tz_localize(None).dt.normalize(), recorded_at=written)


def made(*visits: tuple[str, str, str, str]) -> pd.DataFrame:
    """Visits on record: reference, offender, time, outcome."""
    frame = pd.DataFrame(visits, columns=["visit_ref", "offender_ref", "visited_at", "outcome"], dtype="str")
    at = pd.to_datetime(frame["visited_at"])
    return frame.assign(visited_at=at, visited_on=at.dt.normalize())


def found(plans: pd.DataFrame, visits: pd.DataFrame) -> dict[str, str]:
    return dict(carried_out(plans, visits).itertuples(index=False, name=None))


ONE = ("p", "V1", "2025-06-10 10:00", "planned", None)


@pytest.mark.parametrize(
    ("visit", "is_made"),
    [
        pytest.param(("V1", "2025-06-10 09:00", "completed"), True, id="of the day, earlier than planned"),
        pytest.param(("V1", "2025-06-10 10:00", "cancelled"), True, id="of the day, whatever became of it"),
        pytest.param(("V1", "2025-06-12 10:00", "no_reply"), True, id="attended later"),
        pytest.param(("V1", "2025-06-12 10:00", "cancelled"), False, id="cancelled later"),
        pytest.param(("V1", "2025-06-09 10:00", "completed"), False, id="of an earlier day"),
        pytest.param(("V2", "2025-06-10 10:00", "completed"), False, id="to somebody else"),
    ],
)
def test_an_open_plan_is_carried_out_by_a_visit_of_its_day_or_an_attended_one_after_it(
    visit: tuple[str, str, str], is_made: bool
) -> None:
    assert found(ledger(ONE), made(("v", *visit))) == ({"p": "v"} if is_made else {})


def test_a_plan_written_after_the_visit_began_is_of_another_visit() -> None:
    plans = ledger(ONE).assign(recorded_at=pd.Timestamp("2025-06-10 09:30", tz="UTC"))
    assert found(plans, made(("v", "V1", "2025-06-10 09:00", "completed"))) == {}


def test_a_visit_carries_out_the_newest_plan_before_it_and_no_other() -> None:
    plans = ledger(ONE, ("q", "V1", "2025-06-20 10:00", "planned", None))
    assert found(plans, made(("v", "V1", "2025-06-21 10:00", "completed"))) == {"q": "v"}
    two = made(("v", "V1", "2025-06-21 10:00", "completed"), ("u", "V1", "2025-06-12 10:00", "completed"))
    assert found(plans, two) == {"p": "u", "q": "v"}


def test_a_visit_recorded_as_the_outcome_of_one_plan_carries_out_no_other() -> None:
    plans = ledger(ONE, ("q", "V1", "2025-06-08 10:00", "done", "v"))
    assert found(plans, made(("v", "V1", "2025-06-10 10:00", "completed"))) == {}


@pytest.mark.parametrize("state", ["done", "cancelled"])
def test_what_became_of_a_plan_stays_what_somebody_recorded(state: str) -> None:
    plans = ledger(("p", "V1", "2025-06-10 10:00", state, "u" if state == "done" else None))
    assert found(plans, made(("v", "V1", "2025-06-10 10:00", "completed"))) == {}


def test_of_several_visits_the_first_carries_the_plan_out() -> None:
    visits = made(("w", "V1", "2025-06-12 10:00", "completed"), ("v", "V1", "2025-06-11 10:00", "refused"))
    assert found(ledger(ONE), visits) == {"p": "v"}
