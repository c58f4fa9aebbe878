"""What people plan, decide and sign day by day, each a ledger kept in versions."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.orm import Mapped

from offendermgmt.domain.vocabulary import (
    Board,
    DecisionKind,
    DecisionState,
    FlagKind,
    LoneFinding,
    PlanState,
    ReviewState,
    Unit,
)
from offendermgmt.store.tables.base import Base, EntryRef, Note, Versioned, ends_after_start, one_of, refers_to


class PlannedVisit(Versioned, Base):
    """A visit that is planned: for whom, when, by which crew; made alone, with its authority beforehand.

    `visit_ref` names the visit that came of it.
    """

    __tablename__ = "planned_visits"
    __table_args__ = (
        refers_to("offender", "offender_ref"),
        one_of("state", PlanState),
        CheckConstraint("minutes > 0", name="minutes"),
        CheckConstraint("(visit_ref IS NOT NULL) = (state = 'done')", name="visit_ref"),
        Index("ix_planned_visits_when", "force_ref", "planned_at"),
    )

    plan_ref: Mapped[EntryRef]
    offender_ref: Mapped[str]
    planned_at: Mapped[datetime]
    minutes: Mapped[int]
    announced: Mapped[bool]
    officer_refs: Mapped[str]
    lone_reason: Mapped[Note | None]
    lone_risk_assessed_on: Mapped[date | None]
    lone_authorised_by: Mapped[str | None]
    lone_authorised_at: Mapped[datetime | None]
    note: Mapped[Note | None]
    state: Mapped[str]
    visit_ref: Mapped[str | None]


class Decision(Versioned, Base):
    """What was decided about an offender or a POLIT case, or by a board: what is to be done, by whom, by when; what
    became of it.

    `owner_ref` is an officer's; empty, an escalation is the chief inspector's, whoever that is, a board's action that
    of `owner_post`, and any other decision its author's own. `expires_on` is the first day on which a deferral no
    longer holds. `measure_ref` is the measure that a board's action is to move, where it is to move one.
    """

    __tablename__ = "decisions"
    __table_args__ = (
        refers_to("offender", "offender_ref"),
        refers_to("case", "case_ref"),
        one_of("kind", DecisionKind),
        one_of("state", DecisionState),
        one_of("board", Board),
        CheckConstraint(
            "(offender_ref IS NOT NULL AND case_ref IS NULL AND board IS NULL)"
            " OR (offender_ref IS NULL AND case_ref IS NOT NULL AND board IS NULL)"
            " OR (offender_ref IS NULL AND case_ref IS NULL AND board IS NOT NULL)",
            name="about",
        ),
        CheckConstraint("(kind = 'action') = (board IS NOT NULL)", name="action"),
        CheckConstraint("board IS NOT NULL OR (owner_post IS NULL AND measure_ref IS NULL)", name="of_board"),
        CheckConstraint("(kind = 'defer') = (expires_on IS NOT NULL)", name="expires_on"),
        CheckConstraint("(state = 'open') = (closed_on IS NULL)", name="closed_on"),
    )

    decision_ref: Mapped[EntryRef]
    offender_ref: Mapped[str | None]
    case_ref: Mapped[str | None]
    board: Mapped[str | None]
    measure_ref: Mapped[str | None]
    kind: Mapped[str]
    decided_on: Mapped[date]
    decided_by: Mapped[str]
    owner_ref: Mapped[str | None]
    owner_post: Mapped[str | None]
    due_on: Mapped[date]
    reason: Mapped[Note]
    expires_on: Mapped[date | None]
    state: Mapped[str]
    outcome: Mapped[Note | None]
    closed_on: Mapped[date | None]


class OffenderFlag(Versioned, Base):
    """Something a person recorded about an offender that raises their place in triage, until `to_on`."""

    __tablename__ = "offender_flags"
    __table_args__ = (refers_to("offender", "offender_ref"), one_of("kind", FlagKind), ends_after_start())

    flag_ref: Mapped[EntryRef]
    offender_ref: Mapped[str]
    kind: Mapped[str]
    from_on: Mapped[date]
    to_on: Mapped[date | None]
    note: Mapped[Note]


class LoneVisitFinding(Versioned, Base):
    """A supervisor's finding on a visit made alone; the entry is named by the visit's reference."""

    __tablename__ = "lone_visit_findings"
    __table_args__ = (one_of("finding", LoneFinding),)

    visit_ref: Mapped[EntryRef]
    finding: Mapped[str]
    text: Mapped[Note]
    found_by: Mapped[str]


class DailyReview(Versioned, Base):
    """A unit's review of a day: the figures as seen, a note, signed by the DI, answered by the DCI.

    `figures` is JSON text; `known_at` the moment whose recordings it shows (D3).
    """

    __tablename__ = "daily_reviews"
    __table_args__ = (one_of("unit", Unit), one_of("state", ReviewState))

    review_ref: Mapped[EntryRef]
    unit: Mapped[str]
    review_on: Mapped[date]
    state: Mapped[str]
    known_at: Mapped[datetime]
    figures: Mapped[Note]
    note: Mapped[Note]
    signed_by: Mapped[str | None]
    signed_at: Mapped[datetime | None]
    comment: Mapped[Note | None]
    answered_by: Mapped[str | None]
    answered_at: Mapped[datetime | None]
