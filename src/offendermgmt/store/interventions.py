"""Interventions, kept in versions: an entry an intervention."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row

from offendermgmt.store.store import Store
from offendermgmt.store.tables.boards import Intervention
from offendermgmt.store.versions import Outdated, append_version, newest_version, versions
from offendermgmt.store.work import UnitOfWork


class InterventionChanged(Outdated):
    """Somebody else changed the intervention meanwhile."""


@dataclass(frozen=True)
class InterventionRow:
    """What one version of an intervention says: the columns of `interventions` that are its own."""

    title: str
    why: str
    from_on: date
    to_on: date | None
    expected: str
    rebase_on: date | None = None
    rebase_reason: str | None = None


def intervention_versions(store: Store, force_ref: str) -> Sequence[Row[Any]]:
    """Every version of every intervention, with the columns of `interventions`, in order of entry and version."""
    return versions(store, Intervention, force_ref)


def newest_intervention(work: UnitOfWork, intervention_ref: str) -> Row[Any] | None:
    """The newest version of an intervention as the write finds it, void or not; None where there is none."""
    return newest_version(work, Intervention, intervention_ref)


def append_intervention(
    work: UnitOfWork, intervention_ref: str, after: int, row: InterventionRow, *, is_void: bool = False
) -> None:
    """Add the version that follows `after` (0 = a new one); InterventionChanged if that is not the newest."""
    outdated = InterventionChanged(
        f"Somebody else changed the intervention {row.title!r} meanwhile. Nothing of yours was saved: look at what "
        "stands now, and change it again if need be."
    )
    append_version(work, Intervention, intervention_ref, after, outdated, is_void=is_void, **vars(row))
