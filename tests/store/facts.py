"""A few facts to put into a store."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from offendermgmt.store import Store, UnitOfWork
from tests.databases import FORCE

Columns = Mapping[str, list[Any]]

RECORDED = datetime(2025, 3, 1, 9, 30, tzinfo=UTC)
PEOPLE: Mapping[str, Columns] = {
    "teams": {"team_ref": ["T1"], "name": ["North"], "unit": ["MOSOVO"]},
    "officers": {
        "officer_ref": ["0042", "7A"],
        "name": ["Ash", "Birch"],
        "is_supervisor": [False, True],
        "team_ref": ["T1", None],
        "fte": [1.0, 0.5],
        "from_on": [date(2020, 1, 1), None],
    },
    "offenders": {
        "offender_ref": ["V2", "V1"],
        "surname": ["Elm", "Fir"],
        "registered_on": [date(2024, 1, 1), date(2023, 5, 6)],
        "date_of_birth": [date(1970, 1, 1), None],
        "recorded_at": [RECORDED, RECORDED],
    },
    "polit_cases": {"case_ref": ["C1"], "received_on": [date(2025, 2, 1)], "source": ["public"]},
}
FACTS: Mapping[str, Columns] = {
    "officer_availability": {"officer_ref": ["7A"], "from_on": [date(2025, 1, 1)], "to_on": [None], "fte": [0.0]},
    "offender_statuses": {"offender_ref": ["V1"], "from_on": [date(2024, 2, 1)], "status": ["abroad"]},
    "risk_assessments": {
        "offender_ref": ["V1", "V1"],
        "assessed_on": [date(2024, 2, 1)] * 2,
        "tool": ["ARMS"] * 2,
        "risk_level": ["very_high", "low"],
        "is_void": [False, True],
    },
    "allocations": {"offender_ref": ["V2"], "from_on": [date(2024, 1, 1)], "officer_ref": ["0042"]},
    "visit_intervals": {"offender_ref": ["V2"], "from_on": [date(2024, 1, 1)], "interval_days": [731]},
    "supervisor_reviews": {
        "offender_ref": ["V2"],
        "reviewed_on": [date(2024, 6, 1)],
        "reviewer_ref": ["7A"],
        "finding": ["sound"],
    },
    "plan_reviews": {"offender_ref": ["V2"], "reviewed_on": [date(2024, 7, 1)], "reviewer_ref": [None]},
    "orders": {"offender_ref": ["V1"], "order_ref": ["1"], "kind": ["SHPO"], "from_on": [date(2022, 1, 1)]},
    "visits": {
        "visit_ref": ["a", "b"],
        "offender_ref": ["V1", "V2"],
        "visited_at": [datetime(2025, 6, 1, 23, 30, 0, 7, tzinfo=UTC), datetime(2025, 1, 2, 10, tzinfo=UTC)],
        "outcome": ["completed", "no_reply"],
        "officer_refs": ["7A;0042", "0042"],
        "lone_reason": [None, "no one free"],
        "lone_authorised_by": [None, "7A"],
        "lone_authorised_at": [None, datetime(2025, 1, 2, 9, tzinfo=UTC)],
    },
    "polit_stages": {"case_ref": ["C1"], "from_on": [date(2025, 2, 3)], "stage": ["with_cps"]},
    "polit_assessments": {
        "case_ref": ["C1"],
        "assessed_on": [date(2025, 2, 2)],
        "tool": ["KIRAT"],
        "tool_version": ["2"],
        "risk_level": ["high"],
    },
    "polit_allocations": {"case_ref": ["C1"], "from_on": [date(2025, 2, 3)], "officer_ref": ["7A"]},
    "polit_activities": {"case_ref": ["C1"], "activity_ref": ["1"], "on": [date(2025, 2, 4)], "kind": ["check"]},
    "polit_children": {"case_ref": ["C1"], "child_ref": ["K1"], "identified_on": [date(2025, 2, 5)]},
    "polit_enforcements": {
        "case_ref": ["C1"],
        "enforcement_ref": ["E1"],
        "on": [date(2025, 2, 6)],
        "kind": ["arrest"],
    },
    "polit_examinations": {
        "case_ref": ["C1", "C1"],
        "examination_ref": ["X1", "X2"],
        "submitted_on": [date(2025, 2, 7)] * 2,
        "result_on": [date(2025, 2, 27), None],
    },
    "polit_access": {"case_ref": ["C1"], "from_on": [date(2025, 2, 1)], "access": ["not_known"]},
    "polit_information": {
        "case_ref": ["C1"],
        "information_ref": ["I1"],
        "received_on": [date(2025, 2, 8)],
        "needs_assessment": [True],
    },
    "image_viewing": {"officer_ref": ["7A"], "viewed_on": [date(2025, 2, 10)]},
}
MORE: Mapping[str, Columns] = {
    "offenders": {"offender_ref": ["V0"], "registered_on": [date(2025, 1, 1)]},
    "visits": {
        "visit_ref": ["c", "d"],
        "offender_ref": ["V0", "V1"],
        "visited_at": [datetime(2025, 7, 1, 12, tzinfo=UTC)] * 2,
        "outcome": ["completed"] * 2,
        "officer_refs": ["7A", "0042"],
    },
}


def write(store: Store, *loads: Mapping[str, Columns]) -> None:
    """Write the tables in one unit of work."""
    with store.write(FORCE, user="tester", source="extract") as work:
        put(work, *loads)


def put(work: UnitOfWork, *loads: Mapping[str, Columns]) -> None:
    """Insert the tables."""
    for load in loads:
        for table, columns in load.items():
            work.insert(table, columns)
