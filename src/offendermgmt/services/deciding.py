"""Taking a decision on a case: by those who may, once, with an owner, a day and a reason (R10 to R15)."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta
from typing import Any, Final
from uuid import uuid4

import pandas as pd

from offendermgmt.domain.days import LONDON
from offendermgmt.domain.polit import CLOSED
from offendermgmt.domain.timeline import ENDED
from offendermgmt.domain.visits import standing
from offendermgmt.domain.vocabulary import CASE_DECISIONS, Board, DecisionKind, DecisionState
from offendermgmt.services.access import NotPermitted, Role, Viewer
from offendermgmt.services.changes import AlreadyRecorded, ChangeRefused, changing, checked_reason
from offendermgmt.services.consultations import Subject
from offendermgmt.services.decision_owners import owners
from offendermgmt.services.desk import Desk
from offendermgmt.services.question import Question
from offendermgmt.services.wording import day_text, days_text
from offendermgmt.store import UnitOfWork
from offendermgmt.store.decisions import (
    DecisionChanged,
    DecisionText,
    append_decision,
    decisions_about,
)

_DECIDE: Final = {Role.SUPERVISOR, Role.DI, Role.DCI}
SOURCE: Final = "decisions"
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True)
class Deciding:
    """A decision to be taken: what, by whom (an officer's reference, or None as `Decision` has it), by when, and why.

    `due_on` is a deferral's last day. `seen` is how many versions the page knew of the decisions on the same record
    (`decisions.versions_seen`).
    """

    about: Subject
    kind: DecisionKind
    owner_ref: str | None
    due_on: date
    reason: str
    seen: int


def may_decide(viewer: Viewer) -> bool:
    """Whether the viewer's role decides on the cases in its scope."""
    return viewer.role in _DECIDE


def kinds_for(about: Subject) -> tuple[DecisionKind, ...]:
    """What may be decided on the offender or the case: nobody visits a POLIT suspect alone by this unit's authority."""
    return tuple(kind for kind in CASE_DECISIONS if about.kind == "offender" or kind is not DecisionKind.AUTHORISE_LONE)


def decide(desk: Desk, viewer: Viewer, asked: Deciding, *, now: datetime) -> str:
    """Put a decision on record with one audit record; its reference.

    NotPermitted for a role or a record that is not the viewer's to decide on, ChangeRefused for what cannot be decided
    (AlreadyRecorded where the viewer's same decision is open), DecisionChanged if the decisions on the record are no
    longer those the page knew.
    """
    require_decider(viewer)
    today = now.astimezone(LONDON).date()
    reason = checked_reason(asked.reason, "it is decided so")
    with changing(desk, viewer, SOURCE) as work:
        question = desk.question(viewer, today, today=today)
        _require_current(question, asked.about)
        _require_possible(question, asked)
        text = DecisionText(
            offender_ref=asked.about.ref if asked.about.kind == "offender" else None,
            case_ref=asked.about.ref if asked.about.kind == "case" else None,
            kind=asked.kind,
            decided_on=today,
            decided_by=viewer.name,
            owner_ref=asked.owner_ref,
            due_on=asked.due_on,
            reason=reason,
            expires_on=asked.due_on + _DAY if asked.kind is DecisionKind.DEFER else None,
        )
        recorded = decisions_about(work, offender_ref=text.offender_ref, case_ref=text.case_ref)
        _require_unchanged(recorded, text, asked, work.user)
        decision_ref = uuid4().hex
        append_decision(work, decision_ref, 0, text)
        details = {"kind": str(asked.kind), "owner_ref": asked.owner_ref, "due_on": asked.due_on.isoformat()}
        audit(work, viewer, "decided", asked.about, decision_ref, **details, reason=reason)
    return decision_ref


def text_of(row: Any) -> DecisionText:
    """What a version of the ledger says."""
    said = {each.name: getattr(row, each.name) for each in fields(DecisionText)}
    board = None if row.board is None else Board(row.board)
    return DecisionText(**{**said, "kind": DecisionKind(row.kind), "state": DecisionState(row.state), "board": board})


def require_decider(viewer: Viewer) -> None:
    """Refuse a viewer whose role decides on nothing; raises NotPermitted."""
    if not may_decide(viewer):
        raise NotPermitted(
            "Cases are decided on by a supervisor, an inspector or a chief inspector; a decision is closed by them "
            "or by its owner. Ask one of them."
        )


def require_scope(question: Question, about: Subject) -> pd.DataFrame:
    """Where the offender or case stands today: the row of its segment; NotPermitted where not in the viewer's scope."""
    snapshot, ref = question.snapshot, about.ref
    is_case = about.kind == "case"
    segments, scope = (
        (snapshot.cases.segments, question.case_scope)
        if is_case
        else (snapshot.timeline.segments, question.offender_scope)
    )
    code = snapshot.facts.registers[about.kind].get_indexer(pd.Index([ref], dtype="str"))[0]
    now: pd.DataFrame = standing(segments[(segments[about.kind] == code).to_numpy()], question.on)
    if now.empty or not scope.holds(now["officer"].to_numpy()).all():
        raise NotPermitted(
            f"{ref} is not among your teams' cases today. Ask the supervisor of whoever holds it, or the detective "
            "inspector."
        )
    return now


def _require_current(question: Question, about: Subject) -> None:
    now = require_scope(question, about)
    if about.kind == "offender" and (now["status"] == ENDED).all():
        raise ChangeRefused(f"Nothing was recorded: management of {about.ref} has ended.")
    if about.kind == "case" and (now["stage"] == CLOSED).all():
        raise ChangeRefused(f"Nothing was recorded: case {about.ref} is closed.")


def _require_possible(question: Question, asked: Deciding) -> None:
    """Refuse an owner or a day that the kind of decision does not go with (R11 to R13, R15)."""
    viewer_ref, owner_ref = question.viewer.officer_ref, asked.owner_ref
    if asked.kind not in kinds_for(asked.about):
        raise ChangeRefused("Nothing was recorded: a visit alone is authorised for offenders, not for POLIT cases.")
    if asked.kind is DecisionKind.ESCALATE and owner_ref is not None:
        raise ChangeRefused("Nothing was recorded: an escalation is the chief inspector's. Leave the owner to them.")
    if owner_ref is not None and owner_ref not in owners(question, asked.about):
        raise ChangeRefused(f"Nothing was recorded: {owner_ref} is no officer in service of the unit. Choose another.")
    if asked.kind is DecisionKind.AUTHORISE_LONE and owner_ref in {None, viewer_ref}:
        raise ChangeRefused(
            "Nothing was recorded: nobody authorises their own visit. Name the officer who is to go alone, or ask "
            "another supervisor."
        )
    _require_day(asked, question)


def _require_day(asked: Deciding, question: Question) -> None:
    today, most = question.today, question.policy.decisions.most_days(asked.kind)
    if asked.due_on < today:
        raise ChangeRefused(f"Nothing was recorded: {day_text(asked.due_on)} is over. Choose today or a later day.")
    last = today + timedelta(days=most)
    if asked.due_on > last:
        raise ChangeRefused(
            f"Nothing was recorded: {day_text(asked.due_on)} is more than {days_text(most)} ahead, the most that "
            f"policy allows. Choose {day_text(last)} or earlier, and decide again then."
        )


def _require_unchanged(standing_now: Sequence[Any], text: DecisionText, asked: Deciding, user: str) -> None:
    """Refuse as already recorded the user's same decision, and any where the page did not know all that stands."""
    newest = {row.decision_ref: row for row in standing_now}
    for row in newest.values():
        if row.author == user and not row.is_void and text_of(row) == text:
            raise AlreadyRecorded(
                f"Nothing more was recorded: your decision on {asked.about.ref} is on record already."
            )
    if len(standing_now) != asked.seen:
        raise DecisionChanged(
            f"Somebody decided on {asked.about.ref}, or closed a decision, meanwhile. Nothing of yours was saved: look "
            "at what stands now, and decide again if need be."
        )


def audit(work: UnitOfWork, viewer: Viewer, action: str, about: Subject, decision_ref: str, **said: Any) -> None:
    """Put the one audit record of a change of a decision on record, about the offender or the case."""
    details = {"role": str(viewer.role), "decision_ref": decision_ref, **said}
    work.audit(action, about.kind, about.ref, details)
