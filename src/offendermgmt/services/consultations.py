"""Whose record is opened or leaves, and the opening of one put on record."""

from dataclasses import dataclass
from typing import Literal

from offendermgmt.services.desk import Desk
from offendermgmt.services.question import Question


@dataclass(frozen=True)
class Subject:
    """Whose record it is: one offender's or one POLIT case's."""

    kind: Literal["offender", "case"]
    ref: str

    @property
    def words(self) -> str:
        """What the record is, to stand within a sentence."""
        return "one person's record" if self.kind == "offender" else "one case's record"


def record_consultation(desk: Desk, question: Question, subject: Subject) -> None:
    """Log that the viewer opened this record (Data Protection Act 2018, section 62: who consulted what, when)."""
    desk.store.audit(
        desk.force_ref,
        user=question.viewer.name,
        action="consulted",
        subject_kind=subject.kind,
        subject_ref=subject.ref,
        details={"role": str(question.viewer.role), "as_of": question.as_of.isoformat()},
    )
