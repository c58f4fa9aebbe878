"""What the store keeps about itself: forces, revision, loads, refused rows, audit, policies, and what people decide."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, String, false, text
from sqlalchemy.orm import Mapped, mapped_column

from offendermgmt.domain.vocabulary import Placement, TrendEventKind
from offendermgmt.store.tables.base import Base, EntryRef, ForceRef, Note, Number, Versioned, one_of, refers_to


class Force(Base):
    """A force whose facts are in this store."""

    __tablename__ = "forces"

    force_ref: Mapped[ForceRef]
    created_at: Mapped[datetime]


class StoreRevision(Base):
    """Moves by one in every write's own transaction; caches are keyed by it.

    `last_recording_id` is the newest recording's, from which the next write counts on.
    """

    __tablename__ = "store_revision"

    force_ref: Mapped[ForceRef] = mapped_column(ForeignKey("forces.force_ref", name="force_ref"))
    revision: Mapped[int] = mapped_column(BigInteger)
    last_recording_id: Mapped[int] = mapped_column(BigInteger)


class LoadBatch(Base):
    """One write of facts: a load of an extract, or a save on a page."""

    __tablename__ = "load_batches"

    force_ref: Mapped[ForceRef] = mapped_column(ForeignKey("forces.force_ref", name="force_ref"))
    batch_id: Mapped[Number]
    revision: Mapped[int] = mapped_column(BigInteger)
    source: Mapped[str]
    started_at: Mapped[datetime]
    finished_at: Mapped[datetime]
    loaded_by: Mapped[str]
    is_strict: Mapped[bool] = mapped_column(default=False, server_default=false())
    loaded: Mapped[int]
    unchanged: Mapped[int]
    refused: Mapped[int]
    row_counts: Mapped[dict[str, Any]] = mapped_column(JSON)
    notices: Mapped[list[str]] = mapped_column(JSON)


class RefusedRow(Base):
    """A row that broke a rule: where, what, why; open until it is fixed or dismissed."""

    __tablename__ = "refused_rows"
    __table_args__ = (
        ForeignKeyConstraint(
            ["force_ref", "batch_id"], ["load_batches.force_ref", "load_batches.batch_id"], name="batch_id"
        ),
        ForeignKeyConstraint(
            ["force_ref", "last_batch_id"], ["load_batches.force_ref", "load_batches.batch_id"], name="last_batch_id"
        ),
        CheckConstraint("state IN ('open', 'fixed', 'dismissed')", name="state"),
        CheckConstraint("(state = 'open') = (closed_at IS NULL)", name="closed_at"),
        Index("ix_refused_rows_state", "force_ref", "state", "table_name", "content_hash"),
    )

    force_ref: Mapped[ForceRef]
    refused_id: Mapped[Number]
    batch_id: Mapped[int] = mapped_column(BigInteger)
    last_batch_id: Mapped[int] = mapped_column(BigInteger)
    table_name: Mapped[str]
    file: Mapped[str]
    line: Mapped[int | None]
    column: Mapped[str | None]
    value: Mapped[Note | None]
    reason: Mapped[Note]
    row: Mapped[dict[str, Any]] = mapped_column(JSON)
    natural_key: Mapped[str | None]
    content_hash: Mapped[str]
    state: Mapped[str] = mapped_column(default="open", server_default=text("'open'"))
    closed_at: Mapped[datetime | None]
    closed_by: Mapped[str | None]
    closed_reason: Mapped[Note | None]


class AuditRecord(Base):
    """Who did or saw what, about whom, when; never changed."""

    __tablename__ = "audit_records"
    __table_args__ = (
        Index("ix_audit_records_at", "force_ref", "at"),
        Index("ix_audit_records_subject", "force_ref", "subject_kind", "subject_ref", "at"),
    )

    force_ref: Mapped[ForceRef] = mapped_column(ForeignKey("forces.force_ref", name="force_ref"))
    audit_ref: Mapped[str] = mapped_column(String, primary_key=True)
    at: Mapped[datetime]
    user_ref: Mapped[str]
    action: Mapped[str]
    subject_kind: Mapped[str | None]
    subject_ref: Mapped[str | None]
    details: Mapped[dict[str, Any]] = mapped_column(JSON)
    revision: Mapped[int] = mapped_column(BigInteger)


class PolicyVersion(Base):
    """A dated version of the policy, as the TOML document that was in force from a day on."""

    __tablename__ = "policy_versions"

    force_ref: Mapped[ForceRef] = mapped_column(ForeignKey("forces.force_ref", name="force_ref"))
    version: Mapped[Number]
    from_on: Mapped[date]
    recorded_at: Mapped[datetime]
    author: Mapped[str]
    reason: Mapped[Note]
    source_note: Mapped[Note]
    document: Mapped[Note]


class TrendEvent(Versioned, Base):
    """A dated event that is marked on trends."""

    __tablename__ = "trend_events"
    __table_args__ = (one_of("kind", TrendEventKind),)

    event_ref: Mapped[EntryRef]
    on: Mapped[date]
    kind: Mapped[str]
    title: Mapped[str]
    note: Mapped[Note]


class PriorityOverride(Versioned, Base):
    """A person's decision to work a case first or last.

    `expires_on` is the first day it no longer holds.
    """

    __tablename__ = "priority_overrides"
    __table_args__ = (
        refers_to("case", "case_ref"),
        one_of("placement", Placement),
        CheckConstraint("expires_on > from_on", name="expires_on"),
    )

    override_ref: Mapped[EntryRef]
    case_ref: Mapped[str]
    placement: Mapped[str]
    reason: Mapped[Note]
    from_on: Mapped[date]
    expires_on: Mapped[date]


class DemandScenario(Versioned, Base):
    """A saved scenario of POLIT's demand, as JSON."""

    __tablename__ = "demand_scenarios"

    scenario_ref: Mapped[EntryRef]
    name: Mapped[str]
    document: Mapped[Note]
