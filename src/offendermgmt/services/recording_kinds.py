"""What may be recorded on a page, about whom and by whom (R40)."""

from collections.abc import Mapping
from typing import Final

from offendermgmt.domain.vocabulary import Unit
from offendermgmt.services import polit_case_tables, record_tables
from offendermgmt.services.access import Role, Viewer
from offendermgmt.services.consultations import Subject

VISITS: Final = "visits"
LEADERS: Final = frozenset({Role.SUPERVISOR, Role.DI, Role.DCI})
UNITS: Final = {"offender": Unit.MOSOVO, "case": Unit.POLIT}
_BY: Final = {"offender": frozenset({*LEADERS, Role.OFFICER}), "case": frozenset({*LEADERS, Role.INVESTIGATOR})}
_BY_LEADERS_ONLY: Final = frozenset({"allocations", "visit_intervals", "supervisor_reviews", "polit_allocations"})
_TABLES: Final[Mapping[str, tuple[str, ...]]] = {
    "offender": (
        *("offender_statuses", "risk_assessments", "plan_reviews", "supervisor_reviews", "visit_intervals"),
        *("allocations", "orders"),
    ),
    "case": (
        *("polit_stages", "polit_assessments", "polit_activities", "polit_children", "polit_enforcements"),
        *("polit_examinations", "polit_information", "polit_access", "polit_allocations"),
    ),
}


def may_record(viewer: Viewer, kind: str) -> bool:
    """Whether the viewer's role records anything about an offender or a case (R40)."""
    return viewer.role in _BY[kind] and UNITS[kind] in viewer.units


def tables_for(viewer: Viewer, subject: Subject) -> dict[str, str]:
    """What the viewer may record about the subject by the general form: title by the contract's table.

    Visits are recorded by a form of their own, and corrected by this one.
    """
    if not may_record(viewer, subject.kind):
        return {}
    leads = viewer.role in LEADERS
    return {table: title(table) for table in _TABLES[subject.kind] if leads or table not in _BY_LEADERS_ONLY}


def tables_to_correct(viewer: Viewer, subject: Subject) -> dict[str, str]:
    """What the viewer may correct or withdraw about the subject, visits among it: title by the contract's table."""
    own = tables_for(viewer, subject)
    return {VISITS: title(VISITS), **own} if own and subject.kind == "offender" else own


def title(table: str) -> str:
    """What a row of the table is called where it is recorded."""
    return record_tables.TABLES.get(table) or polit_case_tables.TABLES[table]
