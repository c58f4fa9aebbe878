"""POLIT cases as text, for tests of demand: received on given days, and taken out of the backlog after a time."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from tests.tables import Rows

TEAM: Mapping[str, Rows] = {
    "teams": [{"team_ref": "P1", "name": "Online", "unit": "POLIT"}],
    "officers": [
        {"officer_ref": "I1", "name": "Ivy", "rank": "DC", "is_supervisor": "false", "team_ref": "P1", "fte": "1"},
        {"officer_ref": "I2", "name": "Oak", "rank": "DC", "is_supervisor": "false", "team_ref": "P1", "fte": "0.6"},
        {"officer_ref": "I3", "name": "Yew", "rank": "DS", "is_supervisor": "true", "team_ref": "P1", "fte": "1"},
    ],
}


def received(*days: str) -> dict[str, Rows]:
    """A case received on each day, in the backlog ever since."""
    return {"polit_cases": [{"case_ref": f"C{number}", "received_on": day} for number, day in enumerate(days)]}


def every(days: int, number: int, first: date, wait: int) -> dict[str, Rows]:
    """`number` cases received `days` apart, each progressed `wait` days after receipt."""
    on = [first + timedelta(days=days * one) for one in range(number)]
    cases = received(*(day.isoformat() for day in on))
    moved = [
        {"case_ref": f"C{one}", "from_on": (day + timedelta(days=wait)).isoformat(), "stage": "under_investigation"}
        for one, day in enumerate(on)
    ]
    return {**cases, "polit_stages": moved}


def months(counts: Sequence[int], first: date, wait: int = 30) -> dict[str, Rows]:
    """So many cases on the first days of each month from `first` (a month's first day) on, each progressed later."""
    cases: Rows = []
    stages: Rows = []
    for month, count in enumerate(counts):
        start = date(first.year + (first.month - 1 + month) // 12, (first.month - 1 + month) % 12 + 1, 1)
        for number in range(count):
            ref, day = f"M{month}-{number}", start + timedelta(days=number % 28)
            cases.append({"case_ref": ref, "received_on": day.isoformat()})
            moved = (day + timedelta(days=wait)).isoformat()
            stages.append({"case_ref": ref, "from_on": moved, "stage": "under_investigation"})
    return {"polit_cases": cases, "polit_stages": stages}
