"""Flags that people recorded about offenders, kept in versions.

The note of a flag's first version is what was recorded; that of a later one is why it was ended or withdrawn.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Row

from offendermgmt.domain.vocabulary import FlagKind
from offendermgmt.store.store import Store
from offendermgmt.store.tables.daily import OffenderFlag
from offendermgmt.store.versions import Outdated, append_version, newest_version, versions
from offendermgmt.store.work import UnitOfWork


class FlagChanged(Outdated):
    """Somebody else ended or withdrew the flag meanwhile."""


def flag_versions(store: Store, force_ref: str) -> Sequence[Row[Any]]:
    """Every version of every flag, with the columns of `offender_flags`, in order of flag and version."""
    return versions(store, OffenderFlag, force_ref)


def newest_flag(work: UnitOfWork, flag_ref: str) -> Row[Any] | None:
    """The newest version of a flag as the write finds it, void or not; None where there is none."""
    return newest_version(work, OffenderFlag, flag_ref)


def append_flag(
    work: UnitOfWork,
    flag_ref: str,
    after: int,
    *,
    offender_ref: str,
    kind: FlagKind,
    from_on: date,
    to_on: date | None,
    note: str,
    is_void: bool = False,
) -> None:
    """Add the version that follows `after` (0 = a new flag); FlagChanged if that is not the newest."""
    outdated = FlagChanged(
        f"Somebody else ended or withdrew this flag on {offender_ref} meanwhile. Nothing of yours was saved: look at "
        "what stands now, and decide again if need be."
    )
    said = {"offender_ref": offender_ref, "kind": str(kind), "from_on": from_on, "to_on": to_on, "note": note}
    append_version(work, OffenderFlag, flag_ref, after, outdated, is_void=is_void, **said)
