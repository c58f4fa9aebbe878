"""Parts of a data set: what is dated by a day, what had been recorded by a moment, and rows by load."""

from datetime import date, datetime
from random import Random
from typing import Final

from tests.spec.oracle.known import Tables, known, london_day, recorded
from tests.tables import Rows

_DATED: Final = {
    "officer_availability": "from_on",
    "offenders": "registered_on",
    "offender_statuses": "from_on",
    "risk_assessments": "assessed_on",
    "allocations": "from_on",
    "visit_intervals": "from_on",
    "polit_cases": "received_on",
    "polit_stages": "from_on",
    "polit_assessments": "assessed_on",
    "polit_allocations": "from_on",
    "polit_activities": "on",
    "polit_children": "identified_on",
    "polit_enforcements": "on",
    "polit_examinations": "submitted_on",
    "polit_access": "from_on",
    "polit_information": "received_on",
    "image_viewing": "viewed_on",
}


def standing(tables: Tables) -> dict[str, Rows]:
    """The facts that stand now, without the history of their recordings."""
    return known(tables, None)


def dated_by(tables: Tables, last: date) -> dict[str, Rows]:
    """The rows dated on or before a day."""
    return {name: [row for row in rows if _dated(name, row) <= last] for name, rows in tables.items()}


def recorded_by(tables: Tables, at: datetime) -> dict[str, Rows]:
    """The rows recorded by a moment; who an officer is has no recording time."""
    return {
        name: [row for row in rows if name in {"teams", "officers"} or recorded(row) <= at]
        for name, rows in tables.items()
    }


def loads(tables: Tables, random: Random, count: int) -> list[dict[str, Rows]]:
    """What the store holds after each of so many loads, rows in order of arrival."""
    load_of = {name: sorted(random.randrange(count) for _ in rows) for name, rows in tables.items()}
    return [
        {
            name: [row for row, load in zip(rows, load_of[name], strict=True) if load <= number]
            for name, rows in tables.items()
        }
        for number in range(count)
    ]


def _dated(name: str, row: dict[str, str]) -> date:
    if name == "visits":
        return london_day(row["visited_at"])
    return date.fromisoformat(row[_DATED[name]]) if name in _DATED else date.min
