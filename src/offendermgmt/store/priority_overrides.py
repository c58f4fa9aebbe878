"""Cases placed by hand in POLIT's order of work: one chain of versions a case, appended to, never changed."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Row, insert, select

from offendermgmt.domain.vocabulary import Placement
from offendermgmt.store.errors import StoreError
from offendermgmt.store.store import Store
from offendermgmt.store.tables.ledger import PriorityOverride
from offendermgmt.store.work import UnitOfWork


class OverrideChanged(StoreError):
    """Somebody else placed the case, or withdrew its placement, meanwhile."""


def override_versions(store: Store, force_ref: str) -> Sequence[Row[Any]]:
    """Every version of every override, with the columns of `priority_overrides`, in order of case and version."""
    table = PriorityOverride.__table__
    query = select(table).where(table.c.force_ref == force_ref).order_by(table.c.override_ref, table.c.version)
    with store.read() as connection:
        return connection.execute(query).all()


def newest_override(work: UnitOfWork, case_ref: str) -> Row[Any] | None:
    """The newest version of a case's override as the write finds it, void or not; None for a case never placed."""
    table = PriorityOverride.__table__
    mine = (table.c.force_ref == work.force_ref, table.c.override_ref == case_ref)
    return work.connection.execute(select(table).where(*mine).order_by(table.c.version.desc())).first()


def append_override(
    work: UnitOfWork,
    case_ref: str,
    after: int,
    *,
    placement: Placement,
    reason: str,
    from_on: date,
    expires_on: date,
    is_void: bool = False,
) -> None:
    """Add the version that follows `after` (0 = the case's first); OverrideChanged if that is not the newest.

    The override's reference is the case's: two people who place one case at a time meet in one chain.
    """
    newest = newest_override(work, case_ref)
    if (newest.version if newest else 0) != after:
        raise OverrideChanged(
            f"Somebody else placed {case_ref}, or withdrew its placement, meanwhile. Nothing of yours was saved: look "
            "at what stands now, and decide again if need be."
        )
    work.connection.execute(
        insert(PriorityOverride).values(
            force_ref=work.force_ref,
            override_ref=case_ref,
            version=after + 1,
            case_ref=case_ref,
            placement=str(placement),
            reason=reason,
            from_on=from_on,
            expires_on=expires_on,
            author=work.user,
            recorded_at=work.began_at,
            is_void=is_void,
        )
    )
