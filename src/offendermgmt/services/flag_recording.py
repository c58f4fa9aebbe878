"""Recording a flag on an offender, ending it, withdrawing it: once, with a reason, by those who may (R8, R9)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from uuid import uuid4

from offendermgmt.domain.days import LONDON, to_date
from offendermgmt.domain.timeline import ENDED
from offendermgmt.domain.visits import standing
from offendermgmt.domain.vocabulary import FlagKind
from offendermgmt.services.access import NotPermitted, Viewer
from offendermgmt.services.changes import LONGEST_REASON, AlreadyRecorded, ChangeRefused, changing, checked_reason
from offendermgmt.services.desk import Desk
from offendermgmt.services.flags import Flag, flags, may_close, may_flag, segments_in_scope
from offendermgmt.services.question import Question
from offendermgmt.services.wording import FLAG, day_text
from offendermgmt.store import UnitOfWork
from offendermgmt.store.offender_flags import append_flag, newest_flag

_SOURCE: Final = "flags"
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True)
class Flagging:
    """A flag to be recorded, in force from `from_on` to the end of `last_on`, or until somebody ends it."""

    offender_ref: str
    kind: FlagKind
    note: str
    from_on: date
    last_on: date | None = None


def record_flag(desk: Desk, viewer: Viewer, asked: Flagging, *, now: datetime) -> str:
    """Put a flag on record with one audit record; its reference.

    NotPermitted for a role or an offender that is not the viewer's, ChangeRefused for what cannot be recorded
    (AlreadyRecorded where the viewer's same flag stands).
    """
    today = _require_recorder(viewer, now)
    note = _checked_note(asked.note)
    to_on = None if asked.last_on is None else asked.last_on + _DAY
    with changing(desk, viewer, _SOURCE) as work:
        registered_on = _require_managed(desk.question(viewer, today, today=today), asked.offender_ref)
        _require_days(asked, registered_on, today)
        _require_no_other(desk, viewer, asked, note)
        flag_ref = uuid4().hex
        append_flag(
            work,
            flag_ref,
            0,
            offender_ref=asked.offender_ref,
            kind=asked.kind,
            from_on=asked.from_on,
            to_on=to_on,
            note=note,
        )
        _audit(work, viewer, "recorded flag", flag_ref, asked)
    return flag_ref


def end_flag(desk: Desk, viewer: Viewer, flag: Flag, reason: str, *, now: datetime) -> None:
    """End a flag: it holds no more from today on, and still does on the days before.

    Raises as `record_flag` does, and FlagChanged if the version the viewer saw stands no more.
    """
    today = _require_recorder(viewer, now)
    if flag.closing is not None:
        raise ChangeRefused("Nothing was recorded: the flag has been ended or withdrawn already.")
    if flag.from_on >= today:
        raise ChangeRefused("Nothing was recorded: the flag began today. Withdraw it if it should not have been made.")
    if flag.last_on is not None and flag.last_on < today:
        raise ChangeRefused(f"Nothing was recorded: the flag ended by itself on {day_text(flag.last_on)}.")
    _close(desk, viewer, flag, checked_reason(reason, "the flag is ended"), today, is_void=False)


def withdraw_flag(desk: Desk, viewer: Viewer, flag: Flag, reason: str, *, now: datetime) -> None:
    """Withdraw a flag that should not have been made, for every day; it stays on record. Raises as `end_flag` does."""
    today = _require_recorder(viewer, now)
    if flag.closing is not None and flag.closing.is_withdrawal:
        raise ChangeRefused("Nothing was recorded: the flag has been withdrawn already.")
    _close(desk, viewer, flag, checked_reason(reason, "the flag is withdrawn"), today, is_void=True)


def _close(desk: Desk, viewer: Viewer, flag: Flag, reason: str, today: date, *, is_void: bool) -> None:
    if not may_close(viewer, flag):
        raise NotPermitted("An officer ends or withdraws flags of their own. Ask your supervisor about this one.")
    kept_to = None if flag.last_on is None else flag.last_on + _DAY
    to_on = kept_to if is_void else today
    with changing(desk, viewer, _SOURCE) as work:
        segments_in_scope(desk.question(viewer, today, today=today), flag.offender_ref)
        _require_new(work, flag, reason, is_void=is_void)
        append_flag(
            work,
            flag.flag_ref,
            flag.version,
            offender_ref=flag.offender_ref,
            kind=flag.kind,
            from_on=flag.from_on,
            to_on=to_on,
            note=reason,
            is_void=is_void,
        )
        _audit(work, viewer, "withdrew flag" if is_void else "ended flag", flag.flag_ref, flag, reason=reason)


def _require_recorder(viewer: Viewer, now: datetime) -> date:
    """Today in London."""
    if not may_flag(viewer):
        raise NotPermitted(
            "Flags are recorded by an officer on their own cases, and by a supervisor, an inspector or a chief "
            "inspector on those of their teams. Ask one of them."
        )
    return now.astimezone(LONDON).date()


def _checked_note(note: str) -> str:
    if not note.strip():
        raise ChangeRefused("Nothing was recorded: say what is known and how. A flag without a note helps nobody.")
    if len(note.strip()) > LONGEST_REASON:
        raise ChangeRefused(f"Nothing was recorded: keep the note to {LONGEST_REASON} characters.")
    return note.strip()


def _require_managed(question: Question, offender_ref: str) -> date:
    """The day the offender was first registered."""
    own = segments_in_scope(question, offender_ref)
    if (standing(own, question.on)["status"] == ENDED).all():
        raise ChangeRefused(f"Nothing was recorded: management of {offender_ref} has ended.")
    return to_date(int(own["start"].iloc[0]))


def _require_days(asked: Flagging, registered_on: date, today: date) -> None:
    if asked.from_on > today:
        raise ChangeRefused(
            f"Nothing was recorded: {day_text(asked.from_on)} is to come. A flag says what is known: choose today or "
            "an earlier day."
        )
    if asked.from_on < registered_on:
        raise ChangeRefused(
            f"Nothing was recorded: {asked.offender_ref} was registered on {day_text(registered_on)}. Choose that day "
            "or a later one."
        )
    if asked.last_on is not None and asked.last_on < today:
        raise ChangeRefused(
            f"Nothing was recorded: {day_text(asked.last_on)} is over. Choose today or a later day, or no last day."
        )


def _require_no_other(desk: Desk, viewer: Viewer, asked: Flagging, note: str) -> None:
    """Refuse as already recorded a flag that the viewer has just recorded, submitted again."""
    said = (asked.offender_ref, asked.kind, note, asked.from_on, asked.last_on, viewer.name)
    for each in flags(desk):
        made = (each.offender_ref, each.kind, each.note, each.from_on, each.last_on, each.author)
        if each.closing is None and made == said:
            raise AlreadyRecorded(
                f"Nothing more was recorded: your flag on {asked.offender_ref} ({FLAG[asked.kind].lower()}) is on "
                "record already."
            )


def _require_new(work: UnitOfWork, flag: Flag, reason: str, *, is_void: bool) -> None:
    """Refuse as already recorded what this user has just decided, submitted again."""
    newest = newest_flag(work, flag.flag_ref)
    if newest is None or newest.version != flag.version + 1:
        return
    if (newest.author, newest.note, newest.is_void) == (work.user, reason, is_void):
        raise AlreadyRecorded("Nothing more was recorded: your decision on this flag is on record already.")


def _audit(work: UnitOfWork, viewer: Viewer, action: str, flag_ref: str, said: Flag | Flagging, **more: str) -> None:
    details = {"role": str(viewer.role), "flag_ref": flag_ref, "kind": str(said.kind), **more}
    work.audit(action, "offender", said.offender_ref, details)
