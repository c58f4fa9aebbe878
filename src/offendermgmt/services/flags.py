"""Flags on offenders as they stand: what somebody knows that figures do not show, until a day or an end (R8, R9)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from operator import attrgetter
from typing import Any, Final

import pandas as pd

from offendermgmt.domain.visits import standing
from offendermgmt.domain.vocabulary import FlagKind
from offendermgmt.services.access import NotPermitted, Role, Viewer
from offendermgmt.services.desk import Desk
from offendermgmt.services.question import Question
from offendermgmt.store.offender_flags import flag_versions

_RECORD: Final = {Role.OFFICER, Role.SUPERVISOR, Role.DI, Role.DCI}
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True)
class Closing:
    """How a flag was taken away: ended from a day on, or withdrawn for every day; why, by whom, when."""

    reason: str
    author: str
    recorded_at: datetime
    is_withdrawal: bool


@dataclass(frozen=True)
class Flag:
    """A flag as it stands: what was recorded, the last day it holds (None = until ended), and its closing if any.

    `version` is the newest, for whoever ends or withdraws it.
    """

    flag_ref: str
    version: int
    offender_ref: str
    kind: FlagKind
    note: str
    from_on: date
    last_on: date | None
    author: str
    recorded_at: datetime
    closing: Closing | None

    def holds(self, on: date) -> bool:
        """Whether the flag is in force at the end of day `on`."""
        withdrawn = self.closing is not None and self.closing.is_withdrawal
        return not withdrawn and self.from_on <= on and (self.last_on is None or on <= self.last_on)


def may_flag(viewer: Viewer) -> bool:
    """Whether the viewer's role records flags on the cases in its scope."""
    return viewer.role in _RECORD


def may_close(viewer: Viewer, flag: Flag) -> bool:
    """Whether the viewer may end or withdraw the flag: an officer those of their own making."""
    return may_flag(viewer) and (viewer.role is not Role.OFFICER or flag.author == viewer.name)


def flags(desk: Desk, known_at: datetime | None = None) -> tuple[Flag, ...]:
    """Every flag on record, or on record at `known_at` (D3), in the order recorded. Whose they are is not looked at."""
    rows = [row for row in flag_versions(desk.store, desk.force_ref) if known_at is None or row.recorded_at <= known_at]
    read = [_flag(list(versions)) for _, versions in groupby(rows, key=attrgetter("flag_ref"))]
    return tuple(sorted(read, key=lambda flag: (flag.recorded_at, flag.flag_ref)))


def in_force(recorded: Iterable[Flag], on: date) -> tuple[Flag, ...]:
    """The flags that hold at the end of day `on`, in the same order."""
    return tuple(flag for flag in recorded if flag.holds(on))


def flags_of(question: Question, recorded: Iterable[Flag], offender_ref: str) -> pd.DataFrame:
    """The flags of one offender that began by the question's day, those in force first, then the newest first.

    Columns flag_ref, kind, note, from_on, last_on, author, recorded_at, in_force, closing (in words, empty text without
    one). Notes and reasons are left empty for a viewer who sees no names: they may hold some. NotPermitted where the
    offender is not the viewer's to see on the day.
    """
    segments_in_scope(question, offender_ref)
    own = [flag for flag in recorded if flag.offender_ref == offender_ref and flag.from_on <= question.as_of]
    names = question.viewer.sees_names
    rows = [
        {
            **{name: getattr(flag, name) for name in ("flag_ref", "kind", "from_on", "author", "recorded_at")},
            "note": flag.note if names else "",
            "last_on": pd.NaT if flag.last_on is None else pd.Timestamp(flag.last_on),
            "in_force": flag.holds(question.as_of),
            "closing": _closing_words(flag, reasons=names),
        }
        for flag in own
    ]
    columns = ["flag_ref", "kind", "note", "from_on", "last_on", "author", "recorded_at", "in_force", "closing"]
    frame = pd.DataFrame(rows, columns=columns)
    return frame.sort_values(["in_force", "recorded_at"], ascending=False, kind="stable", ignore_index=True)


def segments_in_scope(question: Question, offender_ref: str) -> pd.DataFrame:
    """The offender's segments; NotPermitted where not among the viewer's cases on the question's day."""
    register, segments = question.snapshot.facts.registers["offender"], question.snapshot.timeline.segments
    code = register.get_indexer(pd.Index([offender_ref], dtype="str"))[0]
    own: pd.DataFrame = segments[(segments["offender"] == code).to_numpy()]
    now = standing(own, question.on)
    if now.empty or not question.offender_scope.holds(now["officer"].to_numpy()).all():
        raise NotPermitted(
            f"{offender_ref} is not among your cases on {question.as_of:%d %B %Y}. Ask whoever holds the case, their "
            "supervisor, or the detective inspector."
        )
    return own


def _closing_words(flag: Flag, *, reasons: bool) -> str:
    if flag.closing is None:
        return ""
    done = "Withdrawn" if flag.closing.is_withdrawal else "Ended"
    said = f"{done} by {flag.closing.author}"
    return f"{said}: {flag.closing.reason}" if reasons else said


def _flag(versions: list[Any]) -> Flag:
    first, newest = versions[0], versions[-1]
    closed = len(versions) > 1
    return Flag(
        flag_ref=first.flag_ref,
        version=newest.version,
        offender_ref=first.offender_ref,
        kind=FlagKind(first.kind),
        note=first.note,
        from_on=first.from_on,
        last_on=None if newest.to_on is None else newest.to_on - _DAY,
        author=first.author,
        recorded_at=first.recorded_at,
        closing=Closing(newest.note, newest.author, newest.recorded_at, newest.is_void) if closed else None,
    )
