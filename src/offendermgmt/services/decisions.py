"""Decisions on cases as they stand: what is to be done, by whom, by when, and what became of it (R10 to R14)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from operator import attrgetter
from typing import Any

from offendermgmt.domain.vocabulary import DecisionKind, DecisionState
from offendermgmt.services.access import Role, Viewer
from offendermgmt.services.consultations import Subject
from offendermgmt.services.desk import Desk
from offendermgmt.store.decisions import decision_versions


@dataclass(frozen=True)
class Decision:
    """A decision as its newest version has it.

    `owner_ref` is an officer's; None, an escalation is the chief inspector's, and any other decision its author's own.
    `due_on` is a deferral's last day. `outcome` says what became of a closed decision, why one was opened again, or why
    it was withdrawn; `changed_by` wrote that. `version` is the newest, for whoever closes it.
    """

    decision_ref: str
    version: int
    about: Subject
    kind: DecisionKind
    decided_on: date
    decided_at: datetime
    decided_by: str
    owner_ref: str | None
    due_on: date
    reason: str
    state: DecisionState
    outcome: str
    closed_on: date | None
    changed_by: str
    changed_at: datetime
    is_withdrawn: bool

    def is_open(self, on: date) -> bool:
        """Whether the decision is still to be carried out at the end of day `on`."""
        closed = self.closed_on is not None and self.closed_on <= on
        return not self.is_withdrawn and self.decided_on <= on and not closed

    def days_late(self, on: date) -> int:
        """Days since the due day, while it is open; 0 up to the due day itself (R12)."""
        return max((on - self.due_on).days, 0) if self.is_open(on) else 0


def decisions(desk: Desk, known_at: datetime | None = None) -> tuple[Decision, ...]:
    """Every decision on record, or on record at `known_at` (D3), in the order taken, whosever they are."""
    rows = [
        row for row in decision_versions(desk.store, desk.force_ref) if known_at is None or row.recorded_at <= known_at
    ]
    read = [_decision(list(versions)) for _, versions in groupby(rows, key=attrgetter("decision_ref"))]
    return tuple(sorted(read, key=attrgetter("decided_at", "decision_ref")))


def about(recorded: Iterable[Decision], subject: Subject) -> tuple[Decision, ...]:
    """The decisions about one offender or case, in the same order."""
    return tuple(each for each in recorded if each.about == subject)


def versions_seen(recorded: Iterable[Decision]) -> int:
    """How many versions these decisions have: what a page knew when it drew them, for `Deciding.seen`."""
    return sum(each.version for each in recorded)


def is_owner(viewer: Viewer, decision: Decision) -> bool:
    """Whether the decision is the viewer's to carry out (R11)."""
    if decision.owner_ref is not None:
        return decision.owner_ref == viewer.officer_ref
    if decision.kind is DecisionKind.ESCALATE:
        return viewer.role is Role.DCI
    return decision.decided_by == viewer.name


def _decision(versions: list[Any]) -> Decision:
    first, newest = versions[0], versions[-1]
    return Decision(
        decision_ref=first.decision_ref,
        version=newest.version,
        about=Subject("offender", first.offender_ref) if first.offender_ref else Subject("case", first.case_ref),
        kind=DecisionKind(first.kind),
        decided_on=first.decided_on,
        decided_at=first.recorded_at,
        decided_by=first.decided_by,
        owner_ref=first.owner_ref,
        due_on=first.due_on,
        reason=first.reason,
        state=DecisionState(newest.state),
        outcome=newest.outcome or "",
        closed_on=newest.closed_on,
        changed_by=newest.author,
        changed_at=newest.recorded_at,
        is_withdrawn=newest.is_void,
    )
