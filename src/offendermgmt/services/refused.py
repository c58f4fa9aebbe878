"""Rows that a load refused and that wait to be fixed in the source, or dismissed with a reason."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import pandas as pd

from offendermgmt.domain.vocabulary import Unit
from offendermgmt.services.access import NotPermitted, Role, Viewer
from offendermgmt.services.desk import Desk
from offendermgmt.services.figures import Definition
from offendermgmt.store.refusals import RefusedRowClosed as RefusedRowClosed
from offendermgmt.store.refusals import dismiss_refused_row, open_refused_rows

COLUMNS: Final = ["refused_id", "table", "file", "line", "column", "value", "reason"]
_SEE: Final = {Role.SUPERVISOR, Role.DI, Role.DCI, Role.ANALYST, Role.AUDITOR, Role.ADMINISTRATOR}
_DISMISS: Final = {Role.DI, Role.DCI, Role.ANALYST, Role.ADMINISTRATOR}
_OF_BOTH: Final = {"teams", "officers", "officer_availability", "image_viewing"}
_NAMES: Final = {"surname", "forenames", "date_of_birth"}
WITHHELD: Final = "withheld"
REFUSED: Final = Definition(
    "Refused rows",
    "Rows of an extract that break a rule of the data contract and wait: kept out of every figure until a later load "
    "brings them well, or somebody dismisses them with a reason.",
    (),
)
LAST_LOADS: Final = Definition(
    "Last load of each table",
    "The newest load in which each table of the data contract had rows: when it finished, how many rows it put on "
    "record, from where and by whom. Changes that people save on a page are no loads.",
    (),
)


def may_see(viewer: Viewer) -> bool:
    """Whether the viewer's role works on the quality of the data."""
    return viewer.role in _SEE


def may_dismiss(viewer: Viewer) -> bool:
    """Whether the viewer may decide that a refused row need not be fixed."""
    return viewer.role in _DISMISS


def refused_rows(desk: Desk, viewer: Viewer) -> pd.DataFrame:
    """The open refused rows, oldest first, with `COLUMNS`; a name is withheld from those who see no names.

    NotPermitted for a role that does not work on the quality of the data.
    """
    if not may_see(viewer):
        raise NotPermitted("Refused rows are for supervisors, inspectors, analysts and administrators.")
    return _listed(open_refused_rows(desk.store, desk.force_ref), viewer)


@dataclass(frozen=True)
class RefusedSince:
    """Of the `waiting` rows of a unit the `number` first refused since a moment.

    `rows` are these, as `refused_rows` has them; None for a role that does not work on the quality of the data.
    """

    number: int
    waiting: int
    rows: pd.DataFrame | None


def refused_since(desk: Desk, viewer: Viewer, since: datetime, unit: Unit) -> RefusedSince:
    """The open rows of the unit's tables, and of those that belong to both, first refused after a moment."""
    waiting = [row for row in open_refused_rows(desk.store, desk.force_ref) if _is_of(row.table_name, unit)]
    newer = [row for row in waiting if row.refused_at > since]
    return RefusedSince(len(newer), len(waiting), _listed(newer, viewer) if may_see(viewer) else None)


def _is_of(table: str, unit: Unit) -> bool:
    return table in _OF_BOTH or table.startswith("polit_") == (unit is Unit.POLIT)


def _listed(rows: Iterable[Any], viewer: Viewer) -> pd.DataFrame:
    listed = [
        (row.refused_id, row.table_name, row.file, row.line, row.column, *_value_and_reason(row, viewer))
        for row in rows
    ]
    return pd.DataFrame(listed, columns=COLUMNS)


def _value_and_reason(row: Any, viewer: Viewer) -> tuple[str | None, str]:
    if viewer.sees_names or row.column not in _NAMES:
        return row.value, row.reason
    # A reason may repeat the value it is about.
    return WITHHELD, row.reason.replace(row.value, "the value") if row.value else row.reason


def dismiss(desk: Desk, viewer: Viewer, refused_id: int, reason: str) -> None:
    """Close a refused row by the viewer's decision, with an audit record.

    NotPermitted for a role that may not, ValueError without a reason, RefusedRowClosed if it is not open any more.
    """
    if not may_dismiss(viewer):
        raise NotPermitted("A refused row is dismissed by an inspector, an analyst or an administrator.")
    if not reason.strip():
        raise ValueError("Say why the row need not be fixed: the reason is kept with it.")
    with desk.store.write(desk.force_ref, user=viewer.name, source="refused rows") as work:
        dismiss_refused_row(work, refused_id, reason.strip())
