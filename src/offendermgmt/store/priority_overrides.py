"""Cases placed by hand in POLIT's order of work, kept in versions: one entry a case, named by the case's reference.

So two people who place one case at a time meet in one entry.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Row

from offendermgmt.domain.vocabulary import Placement
from offendermgmt.store.store import Store
from offendermgmt.store.tables.ledger import PriorityOverride
from offendermgmt.store.versions import Outdated, append_version, newest_version, versions
from offendermgmt.store.work import UnitOfWork


class OverrideChanged(Outdated):
    """Somebody else placed the case, or withdrew its placement, meanwhile."""


def override_versions(store: Store, force_ref: str) -> Sequence[Row[Any]]:
    """Every version of every override, with the columns of `priority_overrides`, in order of case and version."""
    return versions(store, PriorityOverride, force_ref)


def newest_override(work: UnitOfWork, case_ref: str) -> Row[Any] | None:
    """The newest version of a case's override as the write finds it, void or not; None for a case never placed."""
    return newest_version(work, PriorityOverride, case_ref)


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
    """Add the version that follows `after` (0 = the case's first); OverrideChanged if that is not the newest."""
    outdated = OverrideChanged(
        f"Somebody else placed {case_ref}, or withdrew its placement, meanwhile. Nothing of yours was saved: look "
        "at what stands now, and decide again if need be."
    )
    placed = {"placement": str(placement), "reason": reason, "from_on": from_on, "expires_on": expires_on}
    append_version(work, PriorityOverride, case_ref, after, outdated, is_void=is_void, case_ref=case_ref, **placed)
