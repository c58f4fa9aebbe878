"""What decisions on cases and actions of boards share: tasks of one ledger, carried over until they are closed."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from offendermgmt.domain.vocabulary import DecisionState


@dataclass(frozen=True)
class Task:
    """Something to be done by somebody by a day, as its newest version has it (R14, M41).

    `owner_ref` is an officer's. `outcome` says what became of a closed task, why one was opened again, or why it was
    withdrawn; `changed_by` wrote that. `version` is the newest, for whoever closes it.
    """

    version: int
    decided_on: date
    decided_at: datetime
    decided_by: str
    owner_ref: str | None
    due_on: date
    state: DecisionState
    outcome: str
    closed_on: date | None
    changed_by: str
    changed_at: datetime
    is_withdrawn: bool

    def is_open(self, on: date) -> bool:
        """Whether the task is still to be carried out at the end of day `on`."""
        closed = self.closed_on is not None and self.closed_on <= on
        return not self.is_withdrawn and self.decided_on <= on and not closed

    def days_late(self, on: date) -> int:
        """Days since the due day, while it is open; 0 up to the due day itself (R12, M43)."""
        return max((on - self.due_on).days, 0) if self.is_open(on) else 0


def as_it_stands(versions: list[Any]) -> dict[str, Any]:
    """The fields of a `Task` by its versions in the ledger, oldest first."""
    first, newest = versions[0], versions[-1]
    return {
        "version": newest.version,
        "decided_on": first.decided_on,
        "decided_at": first.recorded_at,
        "decided_by": first.decided_by,
        "owner_ref": first.owner_ref,
        "due_on": first.due_on,
        "state": DecisionState(newest.state),
        "outcome": newest.outcome or "",
        "closed_on": newest.closed_on,
        "changed_by": newest.author,
        "changed_at": newest.recorded_at,
        "is_withdrawn": newest.is_void,
    }
