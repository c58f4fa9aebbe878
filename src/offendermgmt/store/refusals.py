"""Rows that were refused and wait to be put right, and a person's decision that one need not be."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Row, select, update

from offendermgmt.store.errors import StoreError
from offendermgmt.store.store import Store
from offendermgmt.store.tables.ledger import LoadBatch, RefusedRow
from offendermgmt.store.work import UnitOfWork


class RefusedRowClosed(StoreError):
    """The refused row is not there, or is open no longer."""


def open_refused_rows(store: Store, force_ref: str) -> Sequence[Row[Any]]:
    """The force's open refused rows, oldest first, with every column of `refused_rows`.

    And `refused_at`: when the load that first refused it was finished.
    """
    table, batch = RefusedRow.__table__, LoadBatch.__table__
    first = (batch.c.force_ref == table.c.force_ref) & (batch.c.batch_id == table.c.batch_id)
    query = (
        select(table, batch.c.finished_at.label("refused_at"))
        .join(batch, first)
        .where(table.c.force_ref == force_ref, table.c.state == "open")
        .order_by(table.c.refused_id)
    )
    with store.read() as connection:
        return connection.execute(query).all()


def dismiss_refused_row(work: UnitOfWork, refused_id: int, reason: str) -> None:
    """Close an open row by a person's decision, audited; RefusedRowClosed if it is not open."""
    row = (RefusedRow.force_ref == work.force_ref, RefusedRow.refused_id == refused_id, RefusedRow.state == "open")
    closed = work.connection.execute(
        update(RefusedRow)
        .where(*row)
        .values(state="dismissed", closed_at=datetime.now(UTC), closed_by=work.user, closed_reason=reason)
    )
    if closed.rowcount != 1:
        raise RefusedRowClosed(f"Refused row {refused_id} is not open: it was fixed or dismissed meanwhile.")
    work.audit("dismiss refused row", "refused_row", str(refused_id), {"reason": reason})
