"""Actions that a board gives somebody: put on record, closed, opened again, withdrawn (M40 to M45)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any, Final
from uuid import uuid4

from offendermgmt.domain.caseload import in_post
from offendermgmt.domain.days import LONDON
from offendermgmt.domain.vocabulary import Board, DecisionKind, DecisionState
from offendermgmt.services.access import NotPermitted, Role, Viewer
from offendermgmt.services.board_actions import BoardAction
from offendermgmt.services.changes import LONGEST_REASON, AlreadyRecorded, ChangeRefused, changing, checked_reason
from offendermgmt.services.deciding import text_of
from offendermgmt.services.desk import Desk
from offendermgmt.services.directory import holder_names
from offendermgmt.services.naming_nobody import require_nobody_named
from offendermgmt.services.question import Question
from offendermgmt.services.wording import day_text, days_text
from offendermgmt.store import UnitOfWork
from offendermgmt.store.decisions import DecisionText, actions_of, append_decision, newest_decision

_ACT: Final = {Role.DCI, Role.SLT, Role.ANALYST}
_SOURCE: Final = "board actions"
_LONGEST_POST: Final = 80


@dataclass(frozen=True)
class NewAction:
    """An action to be put on record: whose, what, by whom (an officer's reference or a post), by when."""

    board: Board
    what: str
    due_on: date
    owner_ref: str | None = None
    owner_post: str = ""
    measure_ref: str | None = None


def may_act(viewer: Viewer) -> bool:
    """Whether the viewer puts the boards' actions on record (M40)."""
    return viewer.role in _ACT


def may_close(viewer: Viewer, action: BoardAction) -> bool:
    """Whether the viewer may close the action: whoever records actions, and its owner (M44)."""
    return may_act(viewer) or (action.owner_ref is not None and action.owner_ref == viewer.officer_ref)


def take_action(desk: Desk, viewer: Viewer, asked: NewAction, *, now: datetime) -> str:
    """Put a board's action on record with one audit record; its reference.

    NotPermitted for a role that does not, ChangeRefused in a sentence for what cannot be recorded (AlreadyRecorded
    where the same action of the board is open).
    """
    _require_recorder(viewer)
    today = now.astimezone(LONDON).date()
    with changing(desk, viewer, _SOURCE) as work:
        question = desk.question(viewer, today, today=today)
        text = _text(question, asked, viewer)
        _require_new(actions_of(work, asked.board), text)
        action_ref = uuid4().hex
        append_decision(work, action_ref, 0, text)
        said = {"owner_ref": text.owner_ref, "owner_post": text.owner_post, "measure_ref": text.measure_ref}
        _audit(work, viewer, "took action", asked.board, action_ref, due_on=text.due_on.isoformat(), **said)
    return action_ref


def close_action(
    desk: Desk, viewer: Viewer, action: BoardAction, state: DecisionState, outcome: str, *, now: datetime
) -> None:
    """Close an action as done or cancelled, with what became of it, from the version that the viewer saw.

    NotPermitted for who may not, ChangeRefused for what cannot be recorded, DecisionChanged if that version stands no
    more; ValueError for a state that closes nothing.
    """
    if state is DecisionState.OPEN:
        raise ValueError("An action is closed as done or as cancelled.")
    outcome, today = checked_reason(outcome, "it is closed, or what became of it"), now.astimezone(LONDON).date()
    said = {"state": state, "outcome": outcome, "closed_on": today}
    _change(desk, viewer, action, f"closed action as {state}", said)


def reopen_action(desk: Desk, viewer: Viewer, action: BoardAction, reason: str) -> None:
    """Open an action again that should not have been closed; its due day stands. Raises as `close_action` does."""
    reason = checked_reason(reason, "the action is opened again")
    said = {"state": DecisionState.OPEN, "outcome": reason, "closed_on": None}
    _change(desk, viewer, action, "opened action again", said)


def withdraw_action(desk: Desk, viewer: Viewer, action: BoardAction, reason: str) -> None:
    """Withdraw an action that was recorded by mistake; it stays on record. Raises as `close_action` does."""
    _require_recorder(viewer)
    reason = checked_reason(reason, "the action is withdrawn")
    _change(desk, viewer, action, "withdrew action", {"outcome": reason}, is_void=True)


def action_owners(question: Question) -> dict[str, str]:
    """The officers in service on the question's day who may own an action, by reference: `DC Ash (0042)`."""
    facts = question.snapshot.facts
    refs = facts.registers["officer"][in_post(facts, question.on)].astype("str")
    names = holder_names(question)
    return dict(sorted(((ref, names.get(ref, ref)) for ref in refs), key=lambda item: item[1]))


def _require_recorder(viewer: Viewer) -> None:
    if not may_act(viewer):
        raise NotPermitted(
            "A board's actions are recorded by PVP senior leadership, the chief inspector or the performance analyst. "
            "Ask one of them."
        )


def _text(question: Question, asked: NewAction, viewer: Viewer) -> DecisionText:
    what, post = asked.what.strip(), asked.owner_post.strip()
    if not what:
        raise ChangeRefused("Nothing was recorded: say what is to be done.")
    if len(what) > LONGEST_REASON or len(post) > _LONGEST_POST:
        raise ChangeRefused(
            f"Nothing was recorded: keep the action to {LONGEST_REASON} characters and the post to {_LONGEST_POST}."
        )
    if (asked.owner_ref is None) is (not post):
        raise ChangeRefused("Nothing was recorded: name one owner, an officer or a post.")
    if asked.owner_ref is not None and asked.owner_ref not in action_owners(question):
        raise ChangeRefused(f"Nothing was recorded: {asked.owner_ref} is no officer in service. Choose another.")
    require_nobody_named(question.snapshot, what, post)
    _require_day(question, asked.due_on)
    return DecisionText(
        offender_ref=None,
        case_ref=None,
        kind=DecisionKind.ACTION,
        decided_on=question.as_of,
        decided_by=viewer.name,
        owner_ref=asked.owner_ref,
        due_on=asked.due_on,
        reason=what,
        expires_on=None,
        board=asked.board,
        measure_ref=asked.measure_ref,
        owner_post=post or None,
    )


def _require_day(question: Question, due_on: date) -> None:
    most = question.policy.board_actions.longest
    if due_on < question.today:
        raise ChangeRefused(f"Nothing was recorded: {day_text(due_on)} is over. Choose today or a later day.")
    last = question.today + timedelta(days=most)
    if due_on > last:
        raise ChangeRefused(
            f"Nothing was recorded: {day_text(due_on)} is more than {days_text(most)} ahead, the most that policy "
            f"allows. Choose {day_text(last)} or earlier."
        )


def _require_new(standing: Sequence[Any], text: DecisionText) -> None:
    """Refuse what the board has open already, whoever recorded it: a double click, or two who took the minutes."""
    newest = {row.decision_ref: row for row in standing}
    for row in newest.values():
        same = replace(text_of(row), decided_by=text.decided_by, outcome=None) == text
        if same and not row.is_void and row.state == DecisionState.OPEN:
            raise AlreadyRecorded("Nothing more was recorded: this action is on record already.")


def _change(
    desk: Desk, viewer: Viewer, action: BoardAction, did: str, said: dict[str, Any], *, is_void: bool = False
) -> None:
    """Append the version that follows the one the viewer saw, which says `said` instead."""
    if not may_close(viewer, action):
        _require_recorder(viewer)
    with changing(desk, viewer, _SOURCE) as work:
        newest = newest_decision(work, action.action_ref)
        if newest is None:
            raise ChangeRefused("Nothing was recorded: there is no such action.")
        text = text_of(newest)
        changed = replace(text, **said)
        is_own_next = (newest.version, newest.author, newest.is_void) == (action.version + 1, work.user, is_void)
        if is_own_next and changed == text:
            raise AlreadyRecorded("Nothing more was recorded: your change of this action is on record already.")
        if newest.version == action.version and newest.is_void:
            raise ChangeRefused("Nothing was recorded: the action has been withdrawn.")
        if newest.version == action.version and not is_void and text.state == said["state"]:
            raise ChangeRefused(f"Nothing was recorded: the action is {text.state} already.")
        append_decision(work, action.action_ref, action.version, changed, is_void=is_void)
        _audit(work, viewer, did, action.board, action.action_ref)


def _audit(work: UnitOfWork, viewer: Viewer, action: str, board: Board, action_ref: str, **said: Any) -> None:
    work.audit(action, "board", str(board), {"role": str(viewer.role), "action_ref": action_ref, **said})
