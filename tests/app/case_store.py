"""Stores with a few POLIT cases, for tests of the pages about them."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final

from offendermgmt.commands.demo import FORCE_REF
from offendermgmt.store import Store
from tests.app.small_store import LOADED_AT, empty_store

# As of 30 June 2025: C1 has something of everything, C2 nothing but its receipt, C3 is closed with a child waiting.
_CASES: Final[Mapping[str, Sequence[Mapping[str, Any]]]] = {
    "polit_cases": [
        {"case_ref": "C1", "received_on": date(2025, 5, 1), "source": "NCA"},
        {"case_ref": "C2", "received_on": date(2025, 6, 25), "source": None},
        {"case_ref": "C3", "received_on": date(2025, 3, 1), "source": "school"},
    ],
    "polit_stages": [
        {"case_ref": "C1", "from_on": date(2025, 5, 6), "stage": "awaiting_enforcement", "outcome": None},
        {"case_ref": "C3", "from_on": date(2025, 6, 2), "stage": "closed", "outcome": "no further action"},
    ],
    "polit_assessments": [
        {"case_ref": "C1", "assessed_on": date(2025, 5, 3), "risk_level": "low", "tool_version": "2"},
        {"case_ref": "C1", "assessed_on": date(2025, 6, 12), "risk_level": "very_high", "tool_version": "3"},
    ],
    "polit_allocations": [
        {"case_ref": "C1", "from_on": date(2025, 5, 2), "officer_ref": "0701", "to_on": date(2025, 8, 1)},
    ],
    "polit_activities": [
        {"case_ref": "C1", "activity_ref": "A1", "on": date(2025, 6, 20), "kind": "research <b>"},
    ],
    "polit_children": [
        {"case_ref": "C1", "child_ref": "K1", "identified_on": date(2025, 5, 10), "referred_on": date(2025, 5, 11)},
        {"case_ref": "C1", "child_ref": "K2", "identified_on": date(2025, 6, 1), "referred_on": date(2025, 7, 4)},
        {"case_ref": "C3", "child_ref": "K3", "identified_on": date(2025, 5, 1), "referred_on": date(2025, 5, 2)},
    ],
    "polit_enforcements": [
        {"case_ref": "C1", "enforcement_ref": "E1", "on": date(2025, 5, 20), "kind": "voluntary_interview"},
    ],
    "polit_examinations": [
        {"case_ref": "C1", "examination_ref": "X1", "submitted_on": date(2025, 5, 21), "result_on": date(2025, 6, 10)},
        {"case_ref": "C1", "examination_ref": "X2", "submitted_on": date(2025, 5, 21), "result_on": date(2025, 7, 1)},
    ],
    "polit_access": [{"case_ref": "C1", "from_on": date(2025, 6, 1), "access": "yes", "note": "a nephew"}],
    "polit_information": [
        {"case_ref": "C1", "information_ref": "I1", "received_on": date(2025, 6, 15), "needs_assessment": True},
    ],
}
_ALSO: Final[Mapping[str, Mapping[str, Any]]] = {
    "polit_assessments": {"tool": "KIRAT", "assessor_ref": "0701"},
    "polit_children": {"safeguarded_on": None},
    "polit_information": {"note": None},
}


def case_store(folder: Path) -> str:
    """The database address of a new store in `folder` with an investigator and three cases."""
    store_address = empty_store(folder)
    with Store(store_address) as store, store.write(FORCE_REF, user="tester", source="extract") as work:
        work.insert("teams", {"team_ref": ["P"], "name": ["POLIT"], "unit": ["POLIT"]})
        officer: dict[str, list[Any]] = {
            "officer_ref": ["0701"],
            "name": ["Oak"],
            "rank": ["DC"],
            "is_supervisor": [False],
        }
        work.insert("officers", {**officer, "team_ref": ["P"], "fte": [1.0]})
        for table, rows in _CASES.items():
            whole = [{**row, **_ALSO.get(table, {}), "recorded_at": LOADED_AT} for row in rows]
            work.insert(table, {column: [row[column] for row in whole] for column in whole[0]})
    return store_address
