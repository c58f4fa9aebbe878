"""Closing a decision with what became of it, opening it again, withdrawing it (R14, R16)."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from offendermgmt.domain.days import LONDON
from offendermgmt.domain.vocabulary import DecisionState
from offendermgmt.services.access import Viewer
from offendermgmt.services.changes import LONGEST_REASON, AlreadyRecorded, ChangeRefused, changing, checked_reason
from offendermgmt.services.deciding import SOURCE, audit, may_decide, require_decider, require_scope, text_of
from offendermgmt.services.decisions import Decision, is_owner
from offendermgmt.services.desk import Desk
from offendermgmt.store import UnitOfWork
from offendermgmt.store.decisions import DecisionText, append_decision, newest_decision


def may_close(viewer: Viewer, decision: Decision) -> bool:
    """Whether the viewer may close a decision on a case in their scope: whoever decides, and its owner."""
    return may_decide(viewer) or is_owner(viewer, decision)


def close(desk: Desk, viewer: Viewer, decision: Decision, state: DecisionState, outcome: str, *, now: datetime) -> None:
    """Close a decision as done or cancelled, with what became of it, from the version that the viewer saw.

    NotPermitted for who may not, ChangeRefused for what cannot be recorded (AlreadyRecorded where it is on record as
    asked), DecisionChanged if that version stands no more; ValueError for a state that closes nothing.
    """
    if state is DecisionState.OPEN:
        raise ValueError("A decision is closed as done or as cancelled.")
    outcome, today = _checked_outcome(outcome), now.astimezone(LONDON).date()
    said = {"state": state, "outcome": outcome, "closed_on": today}
    _change(desk, viewer, decision, f"closed decision as {state}", said, today)


def reopen(desk: Desk, viewer: Viewer, decision: Decision, reason: str, *, now: datetime) -> None:
    """Open a decision again that should not have been closed; its due day stands. Raises as `close` does."""
    reason = checked_reason(reason, "the decision is opened again")
    said = {"state": DecisionState.OPEN, "outcome": reason, "closed_on": None}
    _change(desk, viewer, decision, "opened decision again", said, now.astimezone(LONDON).date())


def withdraw_decision(desk: Desk, viewer: Viewer, decision: Decision, reason: str, *, now: datetime) -> None:
    """Withdraw a decision that was recorded by mistake; it stays on record. For those who decide; raises as `close`."""
    require_decider(viewer)
    reason = checked_reason(reason, "the decision is withdrawn")
    today = now.astimezone(LONDON).date()
    _change(desk, viewer, decision, "withdrew decision", {"outcome": reason}, today, is_void=True)


def _change(
    desk: Desk,
    viewer: Viewer,
    decision: Decision,
    action: str,
    said: dict[str, Any],
    today: date,
    *,
    is_void: bool = False,
) -> None:
    """Append the version that follows the one the viewer saw, which says `said` instead."""
    with changing(desk, viewer, SOURCE) as work:
        if not is_owner(viewer, decision):
            require_decider(viewer)
            require_scope(desk.question(viewer, today, today=today), decision.about)
        before = _before(work, decision, said, is_void=is_void)
        text = replace(before, **said)
        append_decision(work, decision.decision_ref, decision.version, text, is_void=is_void)
        audit(work, viewer, action, decision.about, decision.decision_ref, reason=said["outcome"])


def _before(work: UnitOfWork, decision: Decision, said: dict[str, Any], *, is_void: bool) -> DecisionText:
    """What the newest version says; refused where this user has just said the same, or it cannot be changed so."""
    newest = newest_decision(work, decision.decision_ref)
    if newest is None:
        raise ChangeRefused("Nothing was recorded: there is no such decision.")
    text = text_of(newest)
    is_just_said = (newest.version, newest.author, newest.is_void) == (decision.version + 1, work.user, is_void)
    if is_just_said and text == replace(text, **said):
        raise AlreadyRecorded("Nothing more was recorded: your change of this decision is on record already.")
    # A version that the viewer did not see is for the ledger to refuse, in words that say so.
    if newest.version == decision.version:
        if newest.is_void:
            raise ChangeRefused("Nothing was recorded: the decision has been withdrawn.")
        if not is_void and (text.state is DecisionState.OPEN) is (said["state"] is DecisionState.OPEN):
            already = "open" if text.state is DecisionState.OPEN else "closed already"
            raise ChangeRefused(f"Nothing was recorded: the decision is {already}.")
    return text


def _checked_outcome(outcome: str) -> str:
    if not outcome.strip():
        raise ChangeRefused("Nothing was recorded: say what became of the decision. The outcome is kept with it.")
    if len(outcome.strip()) > LONGEST_REASON:
        raise ChangeRefused(f"Nothing was recorded: keep the outcome to {LONGEST_REASON} characters.")
    return outcome.strip()
