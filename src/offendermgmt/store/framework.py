"""Versions of the performance framework's questions and measures, each an entry of its own."""

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import Row, select

from offendermgmt.store.store import Store
from offendermgmt.store.tables.boards import KeyQuestion, Measure
from offendermgmt.store.tables.ledger import AuditRecord
from offendermgmt.store.versions import Outdated, append_version, versions
from offendermgmt.store.work import UnitOfWork

QUESTION, MEASURE = "key_question", "measure"
# What is said of a measure for a month is on record as about that measure too.
_CHANGES: Final = [f"{done} {what}" for done in ("add", "change", "retire") for what in ("question", "measure")]


class FrameworkChanged(Outdated):
    """Somebody else changed the question or measure meanwhile."""


def question_versions(store: Store, force_ref: str) -> Sequence[Row[Any]]:
    """Every recorded version of every key question, with its columns, in order of question and version."""
    return versions(store, KeyQuestion, force_ref)


def measure_versions(store: Store, force_ref: str) -> Sequence[Row[Any]]:
    """Every recorded version of every measure, with its columns, in order of measure and version."""
    return versions(store, Measure, force_ref)


def append_question(work: UnitOfWork, question_ref: str, after: int, **said: Any) -> None:
    """Add the version of a question that follows `after` (0 = the shipped one, or a new one); else FrameworkChanged."""
    append_version(work, KeyQuestion, question_ref, after, _outdated("question"), is_void=False, **said)


def append_measure(work: UnitOfWork, measure_ref: str, after: int, **said: Any) -> None:
    """Add the version of a measure that follows `after` (0 = the shipped one, or a new one); else FrameworkChanged."""
    append_version(work, Measure, measure_ref, after, _outdated("measure"), is_void=False, **said)


def reasons_given(store: Store, force_ref: str) -> dict[tuple[str, str, int], dict[str, Any]]:
    """What the audit records say of changes of the framework, by `QUESTION` or `MEASURE`, reference and version."""
    table = AuditRecord.__table__
    columns = (table.c.subject_kind, table.c.subject_ref, table.c.details)
    is_change = table.c.subject_kind.in_((QUESTION, MEASURE)) & table.c.action.in_(_CHANGES)
    query = select(*columns).where(table.c.force_ref == force_ref, is_change)
    with store.read() as connection:
        found = connection.execute(query)
        return {(kind, ref, int(details["version"])): details for kind, ref, details in found}


def _outdated(what: str) -> FrameworkChanged:
    return FrameworkChanged(
        f"Somebody else changed this {what} meanwhile. Nothing of yours was saved: look at what stands now, and change "
        "it again if need be."
    )
