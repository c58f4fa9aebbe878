"""When refused rows came and went."""

from datetime import datetime

from sqlalchemy import select

from offendermgmt.store.store import Store
from offendermgmt.store.tables.ledger import LoadBatch, RefusedRow


def refused_spans(store: Store, force_ref: str) -> list[tuple[datetime, datetime | None]]:
    """When each row was refused, and when it was fixed or dismissed (None = it still waits), oldest first."""
    refused = select(LoadBatch.finished_at, RefusedRow.closed_at).join(
        LoadBatch, (LoadBatch.force_ref == RefusedRow.force_ref) & (LoadBatch.batch_id == RefusedRow.batch_id)
    )
    query = refused.where(RefusedRow.force_ref == force_ref).order_by(RefusedRow.refused_id)
    with store.read() as connection:
        return [(refused_at, closed_at) for refused_at, closed_at in connection.execute(query)]


def first_load_at(store: Store, force_ref: str) -> datetime | None:
    """When the first write of facts finished, None before it."""
    query = select(LoadBatch.finished_at).where(LoadBatch.force_ref == force_ref).order_by(LoadBatch.batch_id).limit(1)
    with store.read() as connection:
        return connection.execute(query).scalar_one_or_none()
