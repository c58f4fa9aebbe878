"""The register of interventions: what was done to move measures, when, why, and by how much they should move."""

import json
import math
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final
from uuid import uuid4

from offendermgmt.domain.evaluation import Expected
from offendermgmt.domain.vocabulary import Improvement
from offendermgmt.services.access import NotPermitted, Role, Viewer
from offendermgmt.services.changes import LONGEST_REASON, AlreadyRecorded, ChangeRefused, changing, checked_reason
from offendermgmt.services.desk import Desk
from offendermgmt.services.naming_nobody import require_nobody_named
from offendermgmt.services.signal_series import Rebase
from offendermgmt.services.wording import day_text
from offendermgmt.store import UnitOfWork
from offendermgmt.store.interventions import (
    InterventionRow,
    append_intervention,
    intervention_versions,
    newest_intervention,
)

LONGEST_TITLE: Final = 80
_KEEP: Final = {Role.DCI, Role.SLT, Role.ANALYST}
_SOURCE: Final = "interventions"


@dataclass(frozen=True)
class InterventionText:
    """What an intervention says: a title, why, from when (and until when), and what it should do to which measure.

    `expected` is by the measure's reference; a share's amount is a fraction. With `rebase_on` the limits of its
    measures start anew from that day's month, for `rebase_reason` (X3).
    """

    title: str
    why: str
    from_on: date
    expected: dict[str, Expected]
    to_on: date | None = None
    rebase_on: date | None = None
    rebase_reason: str = ""

    @property
    def document(self) -> str:
        """What is expected, as the ledger keeps it."""
        rows = [
            {"measure_ref": ref, "direction": str(each.direction), "amount": each.amount}
            for ref, each in sorted(self.expected.items())
        ]
        return json.dumps(rows)


@dataclass(frozen=True)
class Intervention:
    """An intervention as it stands: its text, the version that says so, who wrote that and when (UTC)."""

    intervention_ref: str
    version: int
    text: InterventionText
    author: str
    recorded_at: datetime


def may_keep(viewer: Viewer) -> bool:
    """Whether the viewer keeps the register (M30)."""
    return viewer.role in _KEEP


def interventions(desk: Desk, known_at: datetime | None = None) -> tuple[Intervention, ...]:
    """The interventions that stand, or stood at `known_at` (D3), the newest first."""
    newest = {
        row.intervention_ref: row
        for row in intervention_versions(desk.store, desk.force_ref)
        if known_at is None or row.recorded_at <= known_at
    }
    standing = [_intervention(row) for row in newest.values() if not row.is_void]
    return tuple(sorted(standing, key=lambda each: (each.text.from_on, each.intervention_ref), reverse=True))


def rebases_of(recorded: Iterable[Intervention], measure_ref: str) -> tuple[Rebase, ...]:
    """The rebases of a measure that somebody decided on, the oldest first (X3, M36)."""
    found = [
        Rebase(each.text.rebase_on, each.text.rebase_reason)
        for each in recorded
        if each.text.rebase_on is not None and measure_ref in each.text.expected
    ]
    return tuple(sorted(found, key=lambda rebase: rebase.on))


def register(desk: Desk, viewer: Viewer, text: InterventionText, measures: Collection[str]) -> str:
    """Put an intervention on record with one audit record; its reference.

    `measures` are the framework's. NotPermitted for other roles, ChangeRefused in a sentence for what cannot be
    recorded (AlreadyRecorded where one of the same title and day stands).
    """
    checked = _checked(desk, viewer, text, measures)
    with changing(desk, viewer, _SOURCE) as work:
        if any(_same(each.text, checked) for each in interventions(desk)):
            raise AlreadyRecorded("Nothing more was recorded: this intervention is on record already.")
        intervention_ref = uuid4().hex
        _append(work, viewer, "registered intervention", intervention_ref, 0, checked)
    return intervention_ref


def correct(
    desk: Desk, viewer: Viewer, seen: Intervention, text: InterventionText, measures: Collection[str], reason: str
) -> None:
    """Replace what an intervention says, from the version that the viewer saw, with the reason in the audit record.

    Raises as `register` does, and InterventionChanged if that version stands no more. Its rebase is decided apart.
    """
    kept = replace(text, rebase_on=seen.text.rebase_on, rebase_reason=seen.text.rebase_reason)
    checked, why = _checked(desk, viewer, kept, measures), checked_reason(reason, "the intervention is corrected")
    _change(desk, viewer, seen, "corrected intervention", checked, why)


def rebase(desk: Desk, viewer: Viewer, seen: Intervention, on: date | None, reason: str) -> None:
    """Have the limits of its measures start anew from a day's month, or no more where `on` is None (X3, M36).

    The reason stands beside every chart that is rebased. Raises as `correct` does.
    """
    why = checked_reason(reason, "limits start anew" if on else "limits no longer start anew")
    _require_keeper(viewer)
    require_nobody_named(desk.snapshot(), why)
    if on is not None and on < seen.text.from_on:
        raise ChangeRefused("Nothing was recorded: limits start anew with the intervention or after it, not before.")
    said = replace(seen.text, rebase_on=on, rebase_reason=why if on else "")
    _change(desk, viewer, seen, "rebased measures" if on else "took rebase back", said, why)


def withdraw(desk: Desk, viewer: Viewer, seen: Intervention, reason: str) -> None:
    """Take away an intervention recorded by mistake, with its rebase; it stays on record. Raises as `correct`."""
    _require_keeper(viewer)
    why = checked_reason(reason, "the intervention is withdrawn")
    _change(desk, viewer, seen, "withdrew intervention", seen.text, why, is_void=True)


def _require_keeper(viewer: Viewer) -> None:
    if not may_keep(viewer):
        raise NotPermitted(
            "The register of interventions is kept by PVP senior leadership, the chief inspector and the performance "
            "analyst. Ask one of them."
        )


def _checked(desk: Desk, viewer: Viewer, text: InterventionText, measures: Collection[str]) -> InterventionText:
    _require_keeper(viewer)
    title, why = text.title.strip(), text.why.strip()
    if not title or not why:
        raise ChangeRefused("Nothing was recorded: give the intervention a title, and say why it was done.")
    if len(title) > LONGEST_TITLE or len(why) > LONGEST_REASON:
        raise ChangeRefused(
            f"Nothing was recorded: keep the title to {LONGEST_TITLE} characters and the reason to {LONGEST_REASON}."
        )
    if text.to_on is not None and text.to_on <= text.from_on:
        raise ChangeRefused("Nothing was recorded: it ends after it begins. Choose a later day, or leave the end open.")
    if text.rebase_on is not None and text.rebase_on < text.from_on:
        raise ChangeRefused(
            f"Nothing was recorded: limits start anew on {day_text(text.rebase_on)}, before the intervention would "
            "begin. Change that first."
        )
    if not text.expected:
        raise ChangeRefused(
            "Nothing was recorded: choose the measure that should move. Without one, nobody can say later whether it "
            "worked."
        )
    unknown = sorted(set(text.expected) - set(measures))
    if unknown:
        raise ChangeRefused(f"Nothing was recorded: there is no measure {unknown[0]!r} in the framework.")
    for each in text.expected.values():
        _check_expected(each)
    require_nobody_named(desk.snapshot(), title, why)
    return replace(text, title=title, why=why)


def _check_expected(expected: Expected) -> None:
    if expected.direction is Improvement.NEUTRAL:
        raise ChangeRefused("Nothing was recorded: say whether the measure should rise or fall.")
    if expected.amount is not None and not (math.isfinite(expected.amount) and expected.amount > 0):
        raise ChangeRefused("Nothing was recorded: by how much it should move is a number above 0, or left empty.")


def _change(
    desk: Desk,
    viewer: Viewer,
    seen: Intervention,
    action: str,
    text: InterventionText,
    reason: str,
    *,
    is_void: bool = False,
) -> None:
    with changing(desk, viewer, _SOURCE) as work:
        newest = newest_intervention(work, seen.intervention_ref)
        is_own_next = newest is not None and (newest.version, newest.author) == (seen.version + 1, work.user)
        if newest is not None and is_own_next and newest.is_void is is_void and _intervention(newest).text == text:
            raise AlreadyRecorded("Nothing more was recorded: your change of this intervention is on record already.")
        if newest is not None and newest.version == seen.version and newest.is_void:
            raise ChangeRefused("Nothing was recorded: the intervention has been withdrawn.")
        _append(work, viewer, action, seen.intervention_ref, seen.version, text, is_void=is_void, reason=reason)


def _append(
    work: UnitOfWork,
    viewer: Viewer,
    action: str,
    intervention_ref: str,
    after: int,
    text: InterventionText,
    *,
    is_void: bool = False,
    **said: str,
) -> None:
    row = InterventionRow(
        title=text.title,
        why=text.why,
        from_on=text.from_on,
        to_on=text.to_on,
        expected=text.document,
        rebase_on=text.rebase_on,
        rebase_reason=text.rebase_reason or None,
    )
    append_intervention(work, intervention_ref, after, row, is_void=is_void)
    details = {"role": str(viewer.role), "from_on": text.from_on.isoformat(), "measures": sorted(text.expected), **said}
    work.audit(action, "intervention", intervention_ref, details)


def _same(one: InterventionText, other: InterventionText) -> bool:
    return (one.title, one.from_on) == (other.title, other.from_on)


def _intervention(row: Any) -> Intervention:
    expected = {
        each["measure_ref"]: Expected(Improvement(each["direction"]), each["amount"])
        for each in json.loads(row.expected)
    }
    text = InterventionText(
        row.title, row.why, row.from_on, expected, row.to_on, row.rebase_on, row.rebase_reason or ""
    )
    return Intervention(row.intervention_ref, row.version, text, row.author, row.recorded_at)
