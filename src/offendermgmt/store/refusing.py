"""Rows that a load refuses, kept in its transaction: each once, until a later load brings it well."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Final, NamedTuple

from sqlalchemy import bindparam, func, insert, select, update

from offendermgmt.store.tables.ledger import RefusedRow
from offendermgmt.store.work import UnitOfWork

_AT_ONCE: Final = 5_000
_CLOSED_REASON: Final = "A later load brought the row."
_FOUND: Final = ("file", "line", "column", "value", "reason")


class KeptRow(NamedTuple):
    """A refused row in the store; `state` is open or dismissed."""

    refused_id: int
    table_name: str
    natural_key: str | None
    content_hash: str
    state: str


def kept_rows(work: UnitOfWork) -> list[KeptRow]:
    """Refused rows of the force that are open, or dismissed and so not to be opened again."""
    query = select(*(getattr(RefusedRow, name) for name in KeptRow._fields)).where(
        RefusedRow.force_ref == work.force_ref, RefusedRow.state.in_(("open", "dismissed"))
    )
    return [KeptRow(*row) for row in work.connection.execute(query)]


def keep_rows(work: UnitOfWork, rows: Sequence[Mapping[str, Any]]) -> None:
    """Keep refused rows, open: table_name, file, line, column, value, reason, row, natural_key, content_hash."""
    if not rows:
        return
    newest = select(func.coalesce(func.max(RefusedRow.refused_id), 0)).where(RefusedRow.force_ref == work.force_ref)
    first = work.connection.execute(newest).scalar_one() + 1
    ours = {"force_ref": work.force_ref, "batch_id": work.batch_id, "last_batch_id": work.batch_id, "state": "open"}
    work.connection.execute(
        insert(RefusedRow), [{**row, **ours, "refused_id": first + place} for place, row in enumerate(rows)]
    )


def refuse_again(work: UnitOfWork, found: Mapping[int, Mapping[str, Any]]) -> None:
    """Say of kept rows, by refused_id, where this load met them: file, line, column, value, reason."""
    if not found:
        return
    statement = (
        update(RefusedRow)
        .where(RefusedRow.force_ref == work.force_ref, RefusedRow.refused_id == bindparam("kept_id"))
        .values(last_batch_id=work.batch_id, **{name: bindparam(f"new_{name}") for name in _FOUND})
    )
    values = [
        {"kept_id": refused_id, **{f"new_{name}": row[name] for name in _FOUND}} for refused_id, row in found.items()
    ]
    work.connection.execute(statement, values)


def mark_fixed(work: UnitOfWork, refused_ids: Sequence[int], at: datetime) -> None:
    """Close open refused rows whose fact has now come in well."""
    for some in _some_at_once(refused_ids):
        work.connection.execute(
            update(RefusedRow)
            .where(RefusedRow.force_ref == work.force_ref, RefusedRow.refused_id.in_(some))
            .values(state="fixed", closed_at=at, closed_by=work.user, closed_reason=_CLOSED_REASON)
        )


def _some_at_once(refused_ids: Sequence[int]) -> Iterator[Sequence[int]]:
    return (refused_ids[start : start + _AT_ONCE] for start in range(0, len(refused_ids), _AT_ONCE))
