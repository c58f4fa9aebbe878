"""Commentary on measures: what happened, so what, what next, a month at a time (M10 to M13).

Read here; written by `commentary_writing`. A commentary stands as its newest version has it, and keeps every one.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import groupby
from operator import attrgetter
from typing import Any, Final

from offendermgmt.domain.vocabulary import CommentaryState
from offendermgmt.services.access import Role, Viewer
from offendermgmt.services.desk import Desk
from offendermgmt.store.commentaries import commentary_versions

WRITERS: Final = frozenset({Role.DI, Role.DCI, Role.SLT, Role.ANALYST})
APPROVERS: Final = frozenset({Role.SLT})
_READ_DRAFTS: Final = WRITERS | {Role.AUDITOR}


@dataclass(frozen=True)
class Commentary:
    """What is said of a measure for a month, in its newest version or in an earlier one.

    `author` wrote the text as it stands, at `written_at`; `changed_by` did what was done last, at `changed_at`: wrote,
    approved or returned it. `comment` is why it was returned. `history` has the versions before, oldest first, each
    without a history of its own; `writers` everyone who wrote any of its text.
    """

    measure_ref: str
    month_on: date
    state: CommentaryState
    what: str
    so_what: str
    what_next: str
    comment: str
    author: str
    written_at: datetime
    changed_by: str
    changed_at: datetime
    version: int
    writers: frozenset[str]
    history: tuple["Commentary", ...] = ()

    @property
    def text(self) -> tuple[str, str, str]:
        """What happened, so what, what next."""
        return self.what, self.so_what, self.what_next


def commentaries(desk: Desk, known_at: datetime | None = None) -> tuple[Commentary, ...]:
    """Every commentary on record, or on record at `known_at` (D3), by measure and month, whatever its state."""
    rows = [
        row
        for row in commentary_versions(desk.store, desk.force_ref)
        if known_at is None or row.recorded_at <= known_at
    ]
    read = (read_versions(versions) for _, versions in groupby(rows, key=attrgetter("commentary_ref")))
    return tuple(sorted(read, key=attrgetter("measure_ref", "month_on")))


def readable(recorded: Iterable[Commentary], viewer: Viewer) -> tuple[Commentary, ...]:
    """The commentaries that the viewer may read: a draft and what is not approved yet stay among those who write."""
    if viewer.role in _READ_DRAFTS:
        return tuple(recorded)
    return tuple(each for each in recorded if each.state is CommentaryState.APPROVED)


def commentary_for(recorded: Iterable[Commentary], measure_ref: str, month_on: date) -> Commentary | None:
    """The commentary on a measure for the month that begins on `month_on`; None where nobody has begun one."""
    about = (each for each in recorded if (each.measure_ref, each.month_on) == (measure_ref, month_on))
    return next(about, None)


def without_commentary(concerns: Iterable[str], recorded: Iterable[Commentary], month_on: date) -> tuple[str, ...]:
    """Those of the measures with a concern signal, `concerns`, of which nothing is submitted for the month."""
    said = {
        each.measure_ref for each in recorded if each.month_on == month_on and each.state is not CommentaryState.DRAFT
    }
    return tuple(ref for ref in concerns if ref not in said)


def read_versions(versions: Iterable[Any]) -> Commentary:
    """What rows of `commentaries` about one measure and month say, oldest version first."""
    read: list[Commentary] = []
    for row in versions:
        before = read[-1] if read else None
        text = (row.what, row.so_what, row.what_next)
        wrote = before is None or text != before.text
        each = Commentary(
            measure_ref=row.measure_ref,
            month_on=row.month_on,
            state=CommentaryState(row.state),
            what=row.what,
            so_what=row.so_what,
            what_next=row.what_next,
            comment=row.comment or "",
            author=row.author if wrote or before is None else before.author,
            written_at=row.recorded_at if wrote or before is None else before.written_at,
            changed_by=row.author,
            changed_at=row.recorded_at,
            version=row.version,
            writers=(before.writers if before else frozenset()) | ({row.author} if wrote else set()),
        )
        read.append(each)
    return replace(read[-1], history=tuple(read[:-1]))
