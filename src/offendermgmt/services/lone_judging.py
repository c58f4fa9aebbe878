"""Recording a finding on a visit made alone, correcting it, withdrawing it: by those who may, never of one's own."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

import numpy as np
import pandas as pd

from offendermgmt.domain.days import LONDON
from offendermgmt.domain.vocabulary import LoneFinding
from offendermgmt.services.access import NotPermitted, Role, Viewer
from offendermgmt.services.changes import LONGEST_REASON, AlreadyRecorded, ChangeRefused, changing, checked_reason
from offendermgmt.services.desk import Desk
from offendermgmt.services.lone_findings import had_part
from offendermgmt.services.question import Question
from offendermgmt.store import UnitOfWork
from offendermgmt.store.lone_findings import append_finding, newest_finding

_JUDGE: Final = {Role.SUPERVISOR, Role.DI, Role.DCI}
_SOURCE: Final = "findings on lone visits"


@dataclass(frozen=True)
class Judging:
    """A finding to be recorded, and the newest version that the page knew of it (0 = none).

    `why` is why an earlier finding is corrected; without an earlier one it is not asked for.
    """

    visit_ref: str
    finding: LoneFinding
    text: str
    seen: int
    why: str = ""


def may_judge(viewer: Viewer) -> bool:
    """Whether the viewer judges lone visits at all: by role, and known among the officers, to tell their own apart."""
    return viewer.role in _JUDGE and viewer.officer_ref is not None


def judge(desk: Desk, viewer: Viewer, asked: Judging, *, now: datetime) -> None:
    """Put a finding on record, in place of the one before if there is one, with one audit record (R21, R23).

    NotPermitted for a role or a visit that is not the viewer's to judge, ChangeRefused for what cannot be recorded
    (AlreadyRecorded where it is on record as asked), FindingChanged if `asked.seen` is no longer the newest version.
    """
    found_by, today = _require_judge(viewer, now)
    text = _checked_text(asked.text)
    with changing(desk, viewer, _SOURCE) as work:
        _require_visit(desk.question(viewer, today, today=today), asked.visit_ref)
        said = {"finding": str(asked.finding), "text": text, "found_by": found_by}
        _require_new(work, asked.visit_ref, asked.seen, {**said, "is_void": False})
        before = newest_finding(work, asked.visit_ref)
        corrects = before is not None and not before.is_void
        why = checked_reason(asked.why, "the finding is corrected") if corrects else ""
        append_finding(work, asked.visit_ref, asked.seen, finding=asked.finding, text=text, found_by=found_by)
        action = "corrected finding on lone visit" if corrects else "recorded finding on lone visit"
        details = {"role": str(viewer.role), "finding": str(asked.finding)}
        work.audit(action, "visit", asked.visit_ref, {**details, "reason": why} if corrects else details)


def withdraw_finding(desk: Desk, viewer: Viewer, visit_ref: str, seen: int, why: str, *, now: datetime) -> None:
    """Take away a finding that should not have been recorded; it stays on record. Raises as `judge` does."""
    found_by, today = _require_judge(viewer, now)
    why = checked_reason(why, "the finding is withdrawn")
    with changing(desk, viewer, _SOURCE) as work:
        _require_visit(desk.question(viewer, today, today=today), visit_ref)
        _require_new(work, visit_ref, seen, {"text": why, "found_by": found_by, "is_void": True})
        newest = newest_finding(work, visit_ref)
        if newest is None or newest.is_void:
            raise ChangeRefused(f"Nothing was recorded: no finding stands on visit {visit_ref}.")
        kind = LoneFinding(newest.finding)
        append_finding(work, visit_ref, seen, finding=kind, text=why, found_by=found_by, is_void=True)
        details = {"role": str(viewer.role), "finding": str(kind), "reason": why}
        work.audit("withdrew finding on lone visit", "visit", visit_ref, details)


def _require_judge(viewer: Viewer, now: datetime) -> tuple[str, date]:
    """Who the viewer is among the officers, and today in London."""
    if viewer.role not in _JUDGE:
        raise NotPermitted(
            "Whether a visit was rightly made alone is judged by a supervisor, an inspector or a chief inspector. "
            "Ask one of them."
        )
    if viewer.officer_ref is None:
        raise NotPermitted(
            "Nothing was recorded: it is not on record which officer you are, so your own visits cannot be told from "
            "others'. Ask your administrator to put it on record."
        )
    return viewer.officer_ref, now.astimezone(LONDON).date()


def _checked_text(text: str) -> str:
    if not text.strip():
        raise ChangeRefused("Nothing was recorded: say what you found and why. A finding without a word helps nobody.")
    if len(text.strip()) > LONGEST_REASON:
        raise ChangeRefused(f"Nothing was recorded: keep the text to {LONGEST_REASON} characters.")
    return text.strip()


def _require_visit(question: Question, visit_ref: str) -> None:
    """Refuse a visit that is not alone, not among the viewer's teams', or one the viewer had a part in."""
    attended = question.snapshot.attended
    visit = attended[(attended["visit_ref"] == visit_ref).to_numpy()]
    if visit.empty or not question.offender_scope.holds(visit["officer"].to_numpy()).all():
        raise NotPermitted(
            f"Visit {visit_ref} is not among your teams' attended visits. Ask the supervisor of whoever held the case "
            "on its day, or the detective inspector."
        )
    if (visit["lone"] < 0).all():
        raise ChangeRefused(
            f"Nothing was recorded: by what is on record now, two officers or more made visit {visit_ref}."
        )
    viewer_ref = pd.Series(question.viewer.officer_ref, index=visit.index, dtype="str")
    if np.any(had_part(question, visit, viewer_ref)):
        raise NotPermitted(
            f"Nothing was recorded: you were on visit {visit_ref} or authorised it, and nobody judges their own. "
            "Ask another supervisor or the detective inspector."
        )


def _require_new(work: UnitOfWork, visit_ref: str, seen: int, said: Mapping[str, Any]) -> None:
    """Refuse as already recorded what this user has just said, submitted again."""
    newest = newest_finding(work, visit_ref)
    if newest is None or newest.version != seen + 1 or newest.author != work.user:
        return
    if all(getattr(newest, name) == value for name, value in said.items()):
        raise AlreadyRecorded(f"Nothing more was recorded: your finding on visit {visit_ref} is on record already.")
