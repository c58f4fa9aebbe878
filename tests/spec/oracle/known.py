"""What is known at a moment, from the text of the data contract's tables (D1 to D4, S3 to S5)."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

Row = dict[str, str]
Tables = Mapping[str, list[Row]]

LONDON = ZoneInfo("Europe/London")
LONG_AGO = datetime(1999, 1, 1, tzinfo=UTC)
KEYS = {
    "teams": ["team_ref"],
    "officers": ["officer_ref"],
    "officer_availability": ["officer_ref", "from_on"],
    "offenders": ["offender_ref"],
    "offender_statuses": ["offender_ref", "from_on"],
    "risk_assessments": ["offender_ref", "assessed_on", "tool"],
    "allocations": ["offender_ref", "from_on"],
    "visit_intervals": ["offender_ref", "from_on"],
    "supervisor_reviews": ["offender_ref", "reviewed_on"],
    "plan_reviews": ["offender_ref", "reviewed_on"],
    "orders": ["offender_ref", "order_ref"],
    "visits": ["visit_ref"],
    "polit_cases": ["case_ref"],
    "polit_stages": ["case_ref", "from_on"],
    "polit_assessments": ["case_ref", "assessed_on", "tool"],
    "polit_allocations": ["case_ref", "from_on"],
    "polit_activities": ["case_ref", "activity_ref"],
    "polit_children": ["case_ref", "child_ref"],
    "polit_enforcements": ["case_ref", "enforcement_ref"],
    "polit_examinations": ["case_ref", "examination_ref"],
    "polit_access": ["case_ref", "from_on"],
    "polit_information": ["case_ref", "information_ref"],
    "image_viewing": ["officer_ref", "viewed_on"],
}
LEVELS = ["very_high", "high", "medium", "low", "unassessed"]


@cache
def moment(text: str) -> datetime:
    """A timestamp; without an offset it is London local time (D1)."""
    stamp = datetime.fromisoformat(text)
    return stamp if stamp.tzinfo else stamp.replace(tzinfo=LONDON)


@cache
def day(text: str) -> date:
    """A date."""
    return date.fromisoformat(text)


@cache
def london_day(text: str) -> date:
    """The London date of a timestamp (D1)."""
    return moment(text).astimezone(LONDON).date()


def recorded(row: Row) -> datetime:
    """When a row was recorded."""
    return moment(row["recorded_at"]) if row.get("recorded_at") else LONG_AGO


def known(tables: Tables, at: datetime | None) -> dict[str, list[Row]]:
    """The rows that stand at `at`: the newest recording of each key, unless it is void (D3, D4)."""
    standing = {}
    for name, key in KEYS.items():
        newest: dict[tuple[str, ...], Row] = {}
        for row in tables.get(name, []):
            identity = tuple(row[column] for column in key)
            if at is not None and recorded(row).astimezone(UTC) > at.astimezone(UTC):
                continue
            if identity not in newest or recorded(row) >= recorded(newest[identity]):
                newest[identity] = row
        standing[name] = [row for row in newest.values() if row.get("is_void") != "true"]
    return standing


def of(rows: Iterable[Row], column: str, ref: str) -> list[Row]:
    """The rows about one person, case or officer."""
    return [row for row in rows if row[column] == ref]


def newest(rows: list[Row], column: str, on: date) -> Row | None:
    """The row dated last on or before a day (D2)."""
    return max((row for row in rows if day(row[column]) <= on), key=lambda row: day(row[column]), default=None)


def in_force(rows: list[Row], on: date) -> Row | None:
    """The newest row dated on or before a day, unless it has been closed by then (S4, S5)."""
    row = newest(rows, "from_on", on)
    return None if row is None or (row.get("to_on") and day(row["to_on"]) <= on) else row


def risk(assessments: list[Row], on: date) -> str:
    """Newest assessment; on one day the later recording, then the higher level (S3)."""
    done = [row for row in assessments if day(row["assessed_on"]) <= on]
    if not done:
        return "unassessed"
    best = max(done, key=lambda row: (row["assessed_on"], recorded(row), -LEVELS.index(row["risk_level"])))
    return best["risk_level"]


def days(first: date, last: date) -> Iterator[date]:
    """Each day, both ends included."""
    while first <= last:
        yield first
        first += timedelta(days=1)
