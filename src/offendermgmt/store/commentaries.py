"""Commentary on measures, kept in versions: one entry a measure and month, named by both.

So two people who begin one at a time meet in one entry.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Row, select

from offendermgmt.domain.vocabulary import CommentaryState
from offendermgmt.store.store import Store
from offendermgmt.store.tables.boards import Commentary
from offendermgmt.store.versions import Outdated, append_version, versions
from offendermgmt.store.work import UnitOfWork


class CommentaryChanged(Outdated):
    """Somebody else wrote, approved or returned the commentary meanwhile."""


def commentary_versions(store: Store, force_ref: str) -> Sequence[Row[Any]]:
    """Every version of every commentary, with the columns of `commentaries`, in order of entry and version."""
    return versions(store, Commentary, force_ref)


def versions_found(work: UnitOfWork, measure_ref: str, month_on: date) -> Sequence[Row[Any]]:
    """Every version of what is said of a measure for a month as the write finds them, oldest first."""
    table = Commentary.__table__
    mine = (table.c.force_ref == work.force_ref, table.c.commentary_ref == entry_ref(measure_ref, month_on))
    return work.connection.execute(select(table).where(*mine).order_by(table.c.version)).all()


def append_commentary(
    work: UnitOfWork,
    measure_ref: str,
    month_on: date,
    after: int,
    *,
    state: CommentaryState,
    what: str,
    so_what: str,
    what_next: str,
    comment: str | None,
) -> None:
    """Add the version that follows `after` (0 = the first); CommentaryChanged if that is not the newest."""
    outdated = CommentaryChanged(
        "Somebody else wrote, approved or sent back this commentary meanwhile. Nothing of yours was saved, and your "
        "words are still in the form: read what stands now, and save again if yours should replace it."
    )
    said = {"state": str(state), "what": what, "so_what": so_what, "what_next": what_next, "comment": comment}
    ref = entry_ref(measure_ref, month_on)
    append_version(
        work, Commentary, ref, after, outdated, is_void=False, measure_ref=measure_ref, month_on=month_on, **said
    )


def entry_ref(measure_ref: str, month_on: date) -> str:
    """The name of the entry of a measure and the month that begins on `month_on`."""
    return f"{measure_ref} {month_on:%Y-%m}"
