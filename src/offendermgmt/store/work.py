"""The unit of work: one write, one transaction, one revision, one audit trail."""

import uuid
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import repeat
from typing import Any, Final

import numpy as np
from sqlalchemy import Connection, func, insert, select, update

from offendermgmt.store.appending import DEFINES, append, name_identities, visited_on
from offendermgmt.store.errors import FactRefused, StoreNotReady
from offendermgmt.store.tables import IDENTITIES, RECORDINGS
from offendermgmt.store.tables.ledger import AuditRecord, LoadBatch, StoreRevision

_GIVEN_BY_THE_STORE: Final = {"force_ref", "recording_id", "batch_id"}


@dataclass
class UnitOfWork:
    """What one writer does in one transaction; made by `Store.write`, which commits it whole or not at all.

    `revision` is the revision that this write makes, `began_at` the UTC moment it began. Facts written belong to one
    load batch, opened when first needed, described by `source`, `is_strict` and `notices`.
    """

    connection: Connection
    force_ref: str
    user: str
    source: str
    revision: int
    last_recording_id: int
    began_at: datetime
    is_strict: bool = False
    notices: list[str] = field(default_factory=list)
    row_counts: dict[str, Counter[str]] = field(default_factory=dict)
    _batch_id: int | None = None

    @property
    def batch_id(self) -> int:
        """The load batch of this write, opened by the first use."""
        if self._batch_id is None:
            self._batch_id = self._open_batch()
        return self._batch_id

    def insert(self, table_name: str, columns: Mapping[str, Sequence[Any]]) -> int:
        """Append validated recordings given by column, lists of equal length; return how many.

        Values are dates, aware datetimes, strings, booleans, numbers or None; a column of days or moments may be an
        array of datetime64 in UTC, and `recorded_at` then has no NaT. A missing `recorded_at` is now, a missing
        `is_void` false, a missing `visited_on` the London date of `visited_at`. Rows keep their order. Teams, officers,
        offenders and cases must be inserted before what refers to them. Raises FactRefused for what the tables forbid.
        """
        rows = _rows_in(table_name, columns)
        if rows == 0:
            return 0
        first = self.last_recording_id + 1
        if table_name in DEFINES:
            refs = columns[f"{DEFINES[table_name]}_ref"]
            name_identities(self.connection, self.force_ref, table_name, refs, first)
        if table_name == "visits":
            self._must_know_officers(columns)
        append(self.connection, table_name, self._completed(table_name, columns, first, rows))
        self.last_recording_id += rows
        self.count(table_name, loaded=rows)
        return rows

    def count(self, table_name: str, **rows: int) -> None:
        """Add to the batch's row counts of a table: `loaded`, `unchanged`, `refused`."""
        self.row_counts.setdefault(table_name, Counter()).update(rows)

    def audit(
        self,
        action: str,
        subject_kind: str | None = None,
        subject_ref: str | None = None,
        details: Mapping[str, Any] | None = None,
    ) -> None:
        """Record what the user did in this write, in its transaction."""
        record_audit(
            self.connection, self.force_ref, self.user, self.revision, action, subject_kind, subject_ref, details
        )

    def finish(self) -> None:
        """Write down what the write came to; the last thing in its transaction."""
        self.connection.execute(
            update(StoreRevision)
            .where(StoreRevision.force_ref == self.force_ref)
            .values(last_recording_id=self.last_recording_id)
        )
        if self.row_counts or self._batch_id is not None:
            self._close_batch(self.batch_id)

    def _must_know_officers(self, columns: Mapping[str, Sequence[Any]]) -> None:
        named = {ref for crew in set(columns.get("officer_refs", ())) if crew for ref in crew.split(";")}
        officers = IDENTITIES["officer"]
        query = select(officers.c.officer_ref).where(officers.c.force_ref == self.force_ref)
        unknown = sorted(named - set(self.connection.execute(query).scalars()))
        if unknown:
            raise FactRefused(f"The visits name officers that the store does not know: {', '.join(unknown[:10])}.")

    def _completed(
        self, table_name: str, columns: Mapping[str, Sequence[Any]], first: int, rows: int
    ) -> Mapping[str, Any]:
        recorded_at = columns.get("recorded_at", [None] * rows)
        completed: dict[str, Any] = {
            "force_ref": repeat(self.force_ref, rows),
            "recording_id": range(first, first + rows),
            "batch_id": repeat(self.batch_id, rows),
            "is_void": repeat(False, rows),
            **columns,
            "recorded_at": recorded_at
            if isinstance(recorded_at, np.ndarray)
            else [moment or self.began_at for moment in recorded_at],
        }
        if table_name == "visits" and "visited_on" not in columns:
            completed["visited_on"] = visited_on(columns["visited_at"])
        return completed

    def _open_batch(self) -> int:
        newest = select(func.coalesce(func.max(LoadBatch.batch_id), 0)).where(LoadBatch.force_ref == self.force_ref)
        batch_id = self.connection.execute(newest).scalar_one() + 1
        self.connection.execute(
            insert(LoadBatch).values(
                force_ref=self.force_ref,
                batch_id=batch_id,
                revision=self.revision,
                source=self.source,
                started_at=self.began_at,
                finished_at=self.began_at,
                loaded_by=self.user,
                loaded=0,
                unchanged=0,
                refused=0,
                row_counts={},
                notices=[],
            )
        )
        return int(batch_id)

    def _close_batch(self, batch_id: int) -> None:
        total: Counter[str] = sum(self.row_counts.values(), Counter())
        self.connection.execute(
            update(LoadBatch)
            .where(LoadBatch.force_ref == self.force_ref, LoadBatch.batch_id == batch_id)
            .values(
                finished_at=datetime.now(UTC),
                is_strict=self.is_strict,
                loaded=total["loaded"],
                unchanged=total["unchanged"],
                refused=total["refused"],
                row_counts=self.row_counts,
                notices=self.notices,
            )
        )


def begin(connection: Connection, force_ref: str, user: str, source: str, began_at: datetime) -> UnitOfWork:
    """Move the force's revision on and start its unit of work; StoreNotReady if the store has no such force."""
    moved = connection.execute(
        update(StoreRevision)
        .where(StoreRevision.force_ref == force_ref)
        .values(revision=StoreRevision.revision + 1)
        .returning(StoreRevision.revision, StoreRevision.last_recording_id)
    ).one_or_none()
    if moved is None:
        raise StoreNotReady(
            f"The store holds no force {force_ref}. Check OFFENDERMGMT_FORCE_REF, or run `offendermgmt init`."
        )
    return UnitOfWork(connection, force_ref, user, source, moved.revision, moved.last_recording_id, began_at)


def record_audit(
    connection: Connection,
    force_ref: str,
    user: str,
    revision: int,
    action: str,
    subject_kind: str | None,
    subject_ref: str | None,
    details: Mapping[str, Any] | None,
) -> None:
    """Append one audit record, now by the machine's own clock, whatever the write says of itself."""
    connection.execute(
        insert(AuditRecord).values(
            force_ref=force_ref,
            audit_ref=uuid.uuid4().hex,
            at=datetime.now(UTC),
            user_ref=user,
            action=action,
            subject_kind=subject_kind,
            subject_ref=subject_ref,
            details=dict(details or {}),
            revision=revision,
        )
    )


def _rows_in(table_name: str, columns: Mapping[str, Sequence[Any]]) -> int:
    """How many rows the columns hold; a ValueError where they do not fit the table or one another."""
    allowed = set(RECORDINGS[table_name].c.keys()) - _GIVEN_BY_THE_STORE
    unknown = sorted(set(columns) - allowed)
    if unknown:
        raise ValueError(f"{table_name} has no column {', '.join(unknown)}; it takes {', '.join(sorted(allowed))}.")
    lengths = {name: len(values) for name, values in columns.items()}
    if len(set(lengths.values())) > 1:
        raise ValueError(f"The columns for {table_name} differ in length: {lengths}.")
    return next(iter(lengths.values()), 0)
