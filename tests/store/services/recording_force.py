"""A small force to record about: two officers and a supervisor of one team, one of another, an investigator."""

from datetime import UTC, date, datetime
from typing import Any, Final

from sqlalchemy import select

from offendermgmt.domain.vocabulary import Unit
from offendermgmt.services import reports
from offendermgmt.services.access import SYSTEM, Role, Viewer
from offendermgmt.services.consultations import Subject
from offendermgmt.services.desk import Desk
from offendermgmt.store import Store
from offendermgmt.store.tables.ledger import AuditRecord
from tests.databases import FORCE
from tests.store.facts import Columns, put

NOW: Final = datetime(2025, 6, 30, 14, tzinfo=UTC)
TODAY: Final = NOW.date()
YESTERDAY: Final = datetime(2025, 6, 29, 20, tzinfo=UTC)
LOADED: Final = datetime(2025, 6, 1, 9, tzinfo=UTC)
ASH: Final = Viewer("DC Ash", Role.OFFICER, officer_ref="0042", units=(Unit.MOSOVO,))
NORTH: Final = Viewer("DS Birch", Role.SUPERVISOR, officer_ref="7A", team_refs=("T1",), units=(Unit.MOSOVO,))
INSPECTOR: Final = Viewer("DI", Role.DI)
CEDAR: Final = Viewer("DC Cedar", Role.INVESTIGATOR, officer_ref="P1", units=(Unit.POLIT,))
V1: Final = Subject("offender", "V1")
C1: Final = Subject("case", "C1")
FORCE_TABLES: dict[str, Columns] = {
    "teams": {"team_ref": ["T1", "T2", "P"], "name": ["North", "South", "Online"], "unit": ["MOSOVO"] * 2 + ["POLIT"]},
    "officers": {
        "officer_ref": ["0042", "0043", "7A", "S1", "P1", "P2", "L1"],
        "name": ["Ash", "Beech", "Birch", "Yew", "Cedar", "Fir", "Larch"],
        "is_supervisor": [False, False, True, False, False, False, False],
        "team_ref": ["T1", "T1", "T1", "T2", "P", "P", "T1"],
        "fte": [1.0] * 7,
        "to_on": [None] * 6 + [date(2025, 6, 1)],
    },
    # V1 and V2 were due on 16 May, 15 days after registration; V3 is another officer's.
    "offenders": {
        "offender_ref": ["V1", "V2", "V3"],
        "surname": ["Elm", "Oak", "Ivy"],
        "registered_on": [date(2025, 5, 1)] * 3,
        "recorded_at": [LOADED] * 3,
    },
    "allocations": {
        "offender_ref": ["V1", "V2", "V3"],
        "from_on": [date(2025, 5, 1)] * 3,
        "officer_ref": ["0042", "0042", "S1"],
        "recorded_at": [LOADED] * 3,
    },
    "polit_cases": {
        "case_ref": ["C1", "C2"],
        "received_on": [date(2025, 6, 2)] * 2,
        "source": [None] * 2,
        "recorded_at": [LOADED] * 2,
    },
    "polit_allocations": {
        "case_ref": ["C1", "C2"],
        "from_on": [date(2025, 6, 3)] * 2,
        "officer_ref": ["P1", "P2"],
        "recorded_at": [LOADED] * 2,
    },
}


def recording_desk(store: Store) -> Desk:
    """A desk over the force, loaded."""
    with store.write(FORCE, user="test") as work:
        put(work, FORCE_TABLES)
    return Desk(store, FORCE)


def overdue(desk: Desk, known_at: datetime | None = None) -> list[str]:
    """Who is overdue today, as known at a moment or now."""
    return list(reports.overdue(desk.question(SYSTEM, TODAY, today=TODAY, known_at=known_at))["offender_ref"])


def audits(store: Store) -> list[Any]:
    """Every audit record, in order."""
    with store.read() as connection:
        return list(connection.execute(select(AuditRecord.__table__).order_by(AuditRecord.at)).all())


def rows_of(desk: Desk, table: str) -> list[Any]:
    """The facts of a table that stand now."""
    return desk.snapshot().facts.tables[table].to_dict("records")
