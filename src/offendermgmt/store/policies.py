"""Versions of the policy: appended, never changed."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Row, func, insert, select

from offendermgmt.store.store import Store
from offendermgmt.store.tables.ledger import PolicyVersion
from offendermgmt.store.work import UnitOfWork


def policy_versions(store: Store, force_ref: str) -> Sequence[Row[Any]]:
    """Every version in order, with the columns of `policy_versions`; none where the shipped policy is in use."""
    table = PolicyVersion.__table__
    with store.read() as connection:
        return connection.execute(select(table).where(table.c.force_ref == force_ref).order_by(table.c.version)).all()


def append_policy(work: UnitOfWork, document: str, *, from_on: date, reason: str, source_note: str) -> int:
    """Add a version in force from a day on, audited; return its number."""
    newest = select(func.coalesce(func.max(PolicyVersion.version), 0)).where(PolicyVersion.force_ref == work.force_ref)
    version = int(work.connection.execute(newest).scalar_one()) + 1
    work.connection.execute(
        insert(PolicyVersion).values(
            force_ref=work.force_ref,
            version=version,
            from_on=from_on,
            recorded_at=work.began_at,
            author=work.user,
            reason=reason,
            source_note=source_note,
            document=document,
        )
    )
    work.audit("change policy", "policy", str(version), {"from_on": from_on.isoformat(), "reason": reason})
    return version
