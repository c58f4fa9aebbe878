"""Dated events marked on trends: versions are appended, never changed."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Row, func, insert, select

from offendermgmt.domain.vocabulary import TrendEventKind
from offendermgmt.store.errors import StoreError
from offendermgmt.store.store import Store
from offendermgmt.store.tables.ledger import TrendEvent
from offendermgmt.store.work import UnitOfWork


class TrendEventChanged(StoreError):
    """Somebody else corrected or removed the event meanwhile."""


def trend_event_versions(store: Store, force_ref: str) -> Sequence[Row[Any]]:
    """Every version of every event, with the columns of `trend_events`, in order of event and version."""
    table = TrendEvent.__table__
    query = select(table).where(table.c.force_ref == force_ref).order_by(table.c.event_ref, table.c.version)
    with store.read() as connection:
        return connection.execute(query).all()


def append_trend_event(
    work: UnitOfWork,
    event_ref: str,
    after: int,
    *,
    on: date,
    kind: TrendEventKind,
    title: str,
    note: str,
    is_void: bool = False,
) -> None:
    """Add the version that follows `after` (0 = a new event); TrendEventChanged if that is not the newest."""
    mine = (TrendEvent.force_ref == work.force_ref, TrendEvent.event_ref == event_ref)
    newest = work.connection.execute(select(func.coalesce(func.max(TrendEvent.version), 0)).where(*mine)).scalar_one()
    if newest != after:
        raise TrendEventChanged(
            f"Somebody else changed the event {title!r} meanwhile. Nothing of yours was saved: reload the page, "
            "look at what stands now, and change it again if need be."
        )
    work.connection.execute(
        insert(TrendEvent).values(
            force_ref=work.force_ref,
            event_ref=event_ref,
            version=after + 1,
            on=on,
            kind=str(kind),
            title=title,
            note=note,
            author=work.user,
            recorded_at=work.began_at,
            is_void=is_void,
        )
    )
