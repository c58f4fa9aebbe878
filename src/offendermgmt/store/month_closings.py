"""Closed months, kept in versions: an entry a month, each closing and reopening of it a version.

A closing has the month's document; a reopening has none, and leaves the closing before it as it is.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, select

from offendermgmt.domain.vocabulary import ClosingState
from offendermgmt.store.store import Store
from offendermgmt.store.tables.boards import MonthClosing
from offendermgmt.store.versions import Outdated, append_version, newest_version
from offendermgmt.store.work import UnitOfWork


class MonthChanged(Outdated):
    """Somebody else closed the month, or reopened it, meanwhile."""


def closing_versions(store: Store, force_ref: str) -> Sequence[Row[Any]]:
    """Every closing and reopening with the columns of `month_closings` but the document, by month, oldest first."""
    table = MonthClosing.__table__
    columns = [column for column in table.c if column.name != "document"]
    query = select(*columns).where(table.c.force_ref == force_ref).order_by(table.c.month_ref, table.c.version)
    with store.read() as connection:
        return connection.execute(query).all()


def closing_document(store: Store, force_ref: str, month_on: date, version: int) -> str:
    """The document of one closing, as it was written."""
    table = MonthClosing.__table__
    mine = (table.c.force_ref == force_ref, table.c.month_ref == entry_ref(month_on), table.c.version == version)
    with store.read() as connection:
        return str(connection.execute(select(table.c.document).where(*mine)).scalar_one())


def newest_closing(work: UnitOfWork, month_on: date) -> Row[Any] | None:
    """The newest closing or reopening of a month as the write finds it; None for a month never closed."""
    return newest_version(work, MonthClosing, entry_ref(month_on))


def append_closing(
    work: UnitOfWork,
    month_on: date,
    after: int,
    *,
    state: ClosingState,
    known_at: datetime,
    policy_version: str,
    document: str,
    reason: str,
) -> None:
    """Add the version that follows `after` (0 = never closed before); MonthChanged if that is not the newest."""
    outdated = MonthChanged(
        f"Somebody else closed or reopened {month_on:%B %Y} meanwhile. Nothing of yours was saved: look at what stands "
        "now."
    )
    said = {"state": str(state), "known_at": known_at, "policy_version": policy_version, "reason": reason}
    ref = entry_ref(month_on)
    append_version(
        work, MonthClosing, ref, after, outdated, is_void=False, month_on=month_on, document=document, **said
    )


def entry_ref(month_on: date) -> str:
    """The name of the month that begins on `month_on`."""
    return f"{month_on:%Y-%m}"
