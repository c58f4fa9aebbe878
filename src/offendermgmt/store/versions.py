"""Ledgers kept in versions: each change of an entry is appended, and the entry's highest version stands.

An entry is named by the ledger's own reference; the ledger is a table with the columns of `Versioned`.
"""

from collections.abc import Sequence
from typing import Any, cast

from sqlalchemy import Column, Row, Table, insert, select

from offendermgmt.store.errors import StoreError
from offendermgmt.store.store import Store
from offendermgmt.store.tables.base import Base
from offendermgmt.store.work import UnitOfWork


class Outdated(StoreError):
    """Somebody else changed the entry meanwhile: what was to be appended follows a version that stands no more."""


def versions(store: Store, ledger: type[Base], force_ref: str) -> Sequence[Row[Any]]:
    """Every version of every entry, with the ledger's columns, in order of reference and version."""
    table = ledger.__table__
    query = select(table).where(table.c.force_ref == force_ref).order_by(_reference(ledger), table.c.version)
    with store.read() as connection:
        return connection.execute(query).all()


def newest_version(work: UnitOfWork, ledger: type[Base], ref: str) -> Row[Any] | None:
    """The newest version of an entry as the write finds it, void or not; None where there is none."""
    table = ledger.__table__
    mine = (table.c.force_ref == work.force_ref, _reference(ledger) == ref)
    return work.connection.execute(select(table).where(*mine).order_by(table.c.version.desc())).first()


def append_version(
    work: UnitOfWork, ledger: type[Base], ref: str, after: int, outdated: Outdated, *, is_void: bool, **values: Any
) -> None:
    """Add the version that follows `after` (0 = a new entry); raises `outdated` if that is not the newest."""
    newest = newest_version(work, ledger, ref)
    if (newest.version if newest else 0) != after:
        raise outdated
    row = {
        "force_ref": work.force_ref,
        _reference(ledger).name: ref,
        "version": after + 1,
        "author": work.user,
        "recorded_at": work.began_at,
        "is_void": is_void,
        **values,
    }
    work.connection.execute(insert(ledger).values(row))


def _reference(ledger: type[Base]) -> Column[Any]:
    _, reference, _ = cast("Table", ledger.__table__).primary_key.columns
    return reference
