"""Decisions on cases as they stand: what is to be done, by whom, by when, and what became of it (R10 to R14)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from operator import attrgetter
from typing import Any

from offendermgmt.domain.vocabulary import DecisionKind
from offendermgmt.services.access import Role, Viewer
from offendermgmt.services.consultations import Subject
from offendermgmt.services.desk import Desk
from offendermgmt.services.tasks import Task, as_it_stands
from offendermgmt.store.decisions import decision_versions


@dataclass(frozen=True)
class Decision(Task):
    """A decision on a case as its newest version has it.

    Without an `owner_ref`, an escalation is the chief inspector's, and any other decision its author's own. `due_on` is
    a deferral's last day.
    """

    decision_ref: str
    about: Subject
    kind: DecisionKind
    reason: str


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
    first = versions[0]
    return Decision(
        **as_it_stands(versions),
        decision_ref=first.decision_ref,
        about=Subject("offender", first.offender_ref) if first.offender_ref else Subject("case", first.case_ref),
        kind=DecisionKind(first.kind),
        reason=first.reason,
    )
