"""A tiny force as text, for tests of services."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from offendermgmt.domain.periods import Periods
from offendermgmt.services.access import SYSTEM, Viewer
from offendermgmt.services.policies import policies
from offendermgmt.services.question import Question
from offendermgmt.services.snapshot import take_snapshot
from tests.tables import Rows, recordings

OFFICERS: Rows = [
    {"officer_ref": "O1", "name": "Ash", "rank": "DC", "is_supervisor": "false", "team_ref": "T1", "fte": "1"},
    {"officer_ref": "O2", "name": "Birch", "rank": "DC", "is_supervisor": "false", "team_ref": "T2", "fte": "1"},
    {"officer_ref": "S1", "name": "Cedar", "rank": "DS", "is_supervisor": "true", "team_ref": "T1", "fte": "1"},
]
TEAMS: Rows = [
    {"team_ref": "T1", "name": "North", "unit": "MOSOVO"},
    {"team_ref": "T2", "name": "South", "unit": "MOSOVO"},
]


def offender(ref: str, registered: str, risk: str | None = None, officer: str | None = None) -> dict[str, Rows]:
    """Rows of one offender: registered, and from then on assessed and allocated where given."""
    rows: dict[str, Rows] = {"offenders": [{"offender_ref": ref, "registered_on": registered}]}
    if risk:
        rows["risk_assessments"] = [
            {"offender_ref": ref, "assessed_on": registered, "tool": "ARMS", "risk_level": risk}
        ]
    if officer:
        rows["allocations"] = [{"offender_ref": ref, "from_on": registered, "officer_ref": officer}]
    return rows


def visit(ref: str, on: str, outcome: str = "completed") -> dict[str, Rows]:
    """A row of a visit at noon by a pair."""
    row = {"visit_ref": f"{ref} {on}", "offender_ref": ref, "visited_at": f"{on}T12:00:00", "outcome": outcome}
    return {"visits": [{**row, "officer_refs": "O1;S1"}]}


def fact(table: str, ref: str, on: str, **values: str) -> dict[str, Rows]:
    """A row of a state, an assessment, an allocation or an interval."""
    day = "assessed_on" if table == "risk_assessments" else "from_on"
    return {table: [{"offender_ref": ref, day: on, **values}]}


def ask(
    parts: Sequence[Mapping[str, Rows]],
    on: str,
    viewer: Viewer = SYSTEM,
    *,
    periods: Periods | None = None,
    known_at: datetime | None = None,
    team_ref: str | None = None,
    officer_ref: str | None = None,
) -> Question:
    """A question of the facts in `parts`, as of a day which is also today."""
    tables: dict[str, Rows] = {"teams": TEAMS, "officers": OFFICERS}
    for part in parts:
        for name, rows in part.items():
            tables[name] = [*tables.get(name, []), *rows]
    day = date.fromisoformat(on)
    snapshot = take_snapshot(recordings(tables), policies(), known_at)
    return Question(snapshot, viewer, day, day, periods, team_ref, officer_ref)
