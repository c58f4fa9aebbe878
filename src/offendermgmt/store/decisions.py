"""Decisions on offenders and POLIT cases, kept in versions: an entry a decision."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row, select

from offendermgmt.domain.vocabulary import Board, DecisionKind, DecisionState
from offendermgmt.store.store import Store
from offendermgmt.store.tables.daily import Decision
from offendermgmt.store.versions import Outdated, append_version, newest_version, versions
from offendermgmt.store.work import UnitOfWork


class DecisionChanged(Outdated):
    """Somebody decided, or changed a decision, on the same offender or case meanwhile."""


@dataclass(frozen=True)
class DecisionText:
    """What one version of a decision says: the columns of `decisions` that are its own."""

    offender_ref: str | None
    case_ref: str | None
    kind: DecisionKind
    decided_on: date
    decided_by: str
    owner_ref: str | None
    due_on: date
    reason: str
    expires_on: date | None
    board: Board | None = None
    measure_ref: str | None = None
    owner_post: str | None = None
    state: DecisionState = DecisionState.OPEN
    outcome: str | None = None
    closed_on: date | None = None


def decision_versions(store: Store, force_ref: str) -> Sequence[Row[Any]]:
    """Every version of every decision on a case, with the columns of `decisions`, in order of decision and version."""
    return [row for row in versions(store, Decision, force_ref) if row.board is None]


def action_versions(store: Store, force_ref: str) -> Sequence[Row[Any]]:
    """Every version of every board's action, with the columns of `decisions`, in order of action and version."""
    return [row for row in versions(store, Decision, force_ref) if row.board is not None]


def actions_of(work: UnitOfWork, board: Board) -> Sequence[Row[Any]]:
    """Every version of a board's actions as the write finds them, in order of action and version."""
    table = Decision.__table__
    query = select(table).where(Decision.force_ref == work.force_ref, Decision.board == str(board))
    return work.connection.execute(query.order_by(table.c.decision_ref, table.c.version)).all()


def decisions_about(work: UnitOfWork, *, offender_ref: str | None, case_ref: str | None) -> Sequence[Row[Any]]:
    """Every version of the decisions about one offender or case as the write finds them, in order as above."""
    about = Decision.case_ref == case_ref if offender_ref is None else Decision.offender_ref == offender_ref
    table = Decision.__table__
    query = select(table).where(Decision.force_ref == work.force_ref, about)
    return work.connection.execute(query.order_by(table.c.decision_ref, table.c.version)).all()


def newest_decision(work: UnitOfWork, decision_ref: str) -> Row[Any] | None:
    """The newest version of a decision as the write finds it, void or not; None where there is none."""
    return newest_version(work, Decision, decision_ref)


def append_decision(
    work: UnitOfWork, decision_ref: str, after: int, text: DecisionText, *, is_void: bool = False
) -> None:
    """Add the version that follows `after` (0 = a new decision); DecisionChanged if that is not the newest."""
    ref = text.offender_ref or text.case_ref or "a board's action"
    outdated = DecisionChanged(
        f"Somebody else changed this decision on {ref} meanwhile. Nothing of yours was saved: look at what stands now, "
        "and decide again if need be."
    )
    said = {
        **vars(text),
        "kind": str(text.kind),
        "state": str(text.state),
        "board": None if text.board is None else str(text.board),
    }
    append_version(work, Decision, decision_ref, after, outdated, is_void=is_void, **said)
