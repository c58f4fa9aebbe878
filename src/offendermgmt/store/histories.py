"""Everything recorded about one offender or case, and who the offenders are."""

from typing import Any, Final

import pandas as pd
from sqlalchemy import func, select

from offendermgmt.store.store import Store
from offendermgmt.store.tables import RECORDINGS

OFFENDER_TABLES: Final = (
    "offenders",
    "offender_statuses",
    "risk_assessments",
    "allocations",
    "visit_intervals",
    "supervisor_reviews",
    "plan_reviews",
    "orders",
    "visits",
)
CASE_TABLES: Final = (
    "polit_cases",
    "polit_stages",
    "polit_assessments",
    "polit_allocations",
    "polit_activities",
    "polit_children",
    "polit_enforcements",
    "polit_examinations",
    "polit_access",
    "polit_information",
)
_PERSON: Final = (
    "offender_ref",
    "local_ref",
    "surname",
    "forenames",
    "date_of_birth",
    "mappa_category",
    "mappa_level",
)

History = dict[str, list[dict[str, Any]]]


def history(store: Store, force_ref: str, offender_ref: str) -> History:
    """Every recording about the offender by table, all columns, in order of arrival; empty lists for one unknown."""
    return _recordings_of(store, force_ref, OFFENDER_TABLES, "offender_ref", offender_ref)


def case_history(store: Store, force_ref: str, case_ref: str) -> History:
    """Every recording about the POLIT case by table, all columns, in order of arrival; empty lists for one unknown."""
    return _recordings_of(store, force_ref, CASE_TABLES, "case_ref", case_ref)


def people(store: Store, force_ref: str) -> pd.DataFrame:
    """Who each offender is by the newest recording, a row each by offender_ref.

    Columns: offender_ref, local_ref, surname, forenames, date_of_birth (datetime64[s]), mappa_category, mappa_level
    (text, missing where not recorded).
    """
    table = RECORDINGS["offenders"]
    newest_first = (table.c.recorded_at.desc(), table.c.recording_id.desc())
    age = func.row_number().over(partition_by=table.c.offender_ref, order_by=newest_first).label("age")
    ranked = select(*(table.c[name] for name in (*_PERSON, "is_void")), age).where(table.c.force_ref == force_ref)
    recordings = ranked.subquery()
    query = (
        select(*(recordings.c[name] for name in _PERSON))
        .where(recordings.c.age == 1, recordings.c.is_void.is_(False))
        .order_by(recordings.c.offender_ref)
    )
    with store.read() as connection:
        rows = connection.execute(query).all()
    frame = pd.DataFrame.from_records([tuple(row) for row in rows], columns=list(_PERSON))
    dtypes = {name: "datetime64[s]" if name == "date_of_birth" else "str" for name in _PERSON}
    return frame.astype(dtypes)


def _recordings_of(store: Store, force_ref: str, tables: tuple[str, ...], key: str, ref: str) -> History:
    found: History = {}
    with store.read() as connection:
        for name in tables:
            table = RECORDINGS[name]
            query = select(table).where(table.c.force_ref == force_ref, table.c[key] == ref)
            rows = connection.execute(query.order_by(table.c.recording_id)).mappings()
            found[name] = [dict(row) for row in rows]
    return found
