"""Recordings about people and teams, offenders and visits: the contract's tables of the MOSOVO side."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.orm import Mapped

from offendermgmt.domain.vocabulary import ASSESSED_LEVELS, OffenderStatus, Unit, VisitOutcome
from offendermgmt.store.tables.base import Base, Note, Recorded, ends_after_start, one_of, recorded_in, refers_to


class Team(Recorded, Base):
    """A team's name and unit, as recorded."""

    __tablename__ = "teams"
    __table_args__ = recorded_in("teams", refers_to("team", "team_ref"), one_of("unit", Unit))

    team_ref: Mapped[str]
    name: Mapped[str | None]
    unit: Mapped[str]


class Officer(Recorded, Base):
    """An officer's name, rank, team and contracted share of full time."""

    __tablename__ = "officers"
    __table_args__ = recorded_in(
        "officers",
        refers_to("officer", "officer_ref"),
        refers_to("team", "team_ref"),
        CheckConstraint("fte > 0 AND fte <= 1", name="fte"),
        ends_after_start(),
    )

    officer_ref: Mapped[str]
    name: Mapped[str | None]
    rank: Mapped[str | None]
    is_supervisor: Mapped[bool]
    team_ref: Mapped[str | None]
    fte: Mapped[float]
    from_on: Mapped[date | None]
    to_on: Mapped[date | None]


class OfficerAvailability(Recorded, Base):
    """A stretch in which an officer has another share of full time than contracted (C3)."""

    __tablename__ = "officer_availability"
    __table_args__ = recorded_in(
        "officer_availability",
        refers_to("officer", "officer_ref"),
        CheckConstraint("fte >= 0 AND fte <= 1", name="fte"),
        ends_after_start(),
    )

    officer_ref: Mapped[str]
    from_on: Mapped[date]
    to_on: Mapped[date | None]
    fte: Mapped[float]
    reason: Mapped[Note | None]


class Offender(Recorded, Base):
    """Who an offender is and since when registered (S1)."""

    __tablename__ = "offenders"
    __table_args__ = recorded_in("offenders", refers_to("offender", "offender_ref"))

    offender_ref: Mapped[str]
    local_ref: Mapped[str | None]
    surname: Mapped[str | None]
    forenames: Mapped[str | None]
    date_of_birth: Mapped[date | None]
    registered_on: Mapped[date]
    mappa_category: Mapped[str | None]
    mappa_level: Mapped[str | None]


class OffenderStatusRecording(Recorded, Base):
    """Where an offender stands from a day on (S1, S2)."""

    __tablename__ = "offender_statuses"
    __table_args__ = recorded_in(
        "offender_statuses", refers_to("offender", "offender_ref"), one_of("status", OffenderStatus)
    )

    offender_ref: Mapped[str]
    from_on: Mapped[date]
    status: Mapped[str]
    note: Mapped[Note | None]


class RiskAssessment(Recorded, Base):
    """An assessed level of risk (S3)."""

    __tablename__ = "risk_assessments"
    __table_args__ = recorded_in(
        "risk_assessments", refers_to("offender", "offender_ref"), one_of("risk_level", ASSESSED_LEVELS)
    )

    offender_ref: Mapped[str]
    assessed_on: Mapped[date]
    tool: Mapped[str]
    risk_level: Mapped[str]
    assessor_ref: Mapped[str | None]


class Allocation(Recorded, Base):
    """Who holds an offender from a day on (S5)."""

    __tablename__ = "allocations"
    __table_args__ = recorded_in(
        "allocations", refers_to("offender", "offender_ref"), refers_to("officer", "officer_ref"), ends_after_start()
    )

    offender_ref: Mapped[str]
    from_on: Mapped[date]
    to_on: Mapped[date | None]
    officer_ref: Mapped[str]


class VisitInterval(Recorded, Base):
    """An offender's own visit interval from the risk management plan, in days (S4)."""

    __tablename__ = "visit_intervals"
    __table_args__ = recorded_in(
        "visit_intervals",
        refers_to("offender", "offender_ref"),
        CheckConstraint("interval_days BETWEEN 1 AND 731", name="interval_days"),
        ends_after_start(),
    )

    offender_ref: Mapped[str]
    from_on: Mapped[date]
    to_on: Mapped[date | None]
    interval_days: Mapped[int]
    reason: Mapped[Note | None]
    approved_by: Mapped[str | None]


class SupervisorReview(Recorded, Base):
    """A supervisor's look at the record, and what they found."""

    __tablename__ = "supervisor_reviews"
    __table_args__ = recorded_in(
        "supervisor_reviews", refers_to("offender", "offender_ref"), refers_to("officer", "reviewer_ref")
    )

    offender_ref: Mapped[str]
    reviewed_on: Mapped[date]
    reviewer_ref: Mapped[str | None]
    finding: Mapped[str | None]
    note: Mapped[Note | None]


class PlanReview(Recorded, Base):
    """A review of the risk management plan."""

    __tablename__ = "plan_reviews"
    __table_args__ = recorded_in(
        "plan_reviews", refers_to("offender", "offender_ref"), refers_to("officer", "reviewer_ref")
    )

    offender_ref: Mapped[str]
    reviewed_on: Mapped[date]
    reviewer_ref: Mapped[str | None]
    note: Mapped[Note | None]


class Order(Recorded, Base):
    """An order of a court on an offender, and while it is in force."""

    __tablename__ = "orders"
    __table_args__ = recorded_in("orders", refers_to("offender", "offender_ref"), ends_after_start())

    offender_ref: Mapped[str]
    order_ref: Mapped[str]
    kind: Mapped[str]
    from_on: Mapped[date]
    to_on: Mapped[date | None]


class Visit(Recorded, Base):
    """A visit made or tried, its crew and, made alone, its authority (V, W).

    `officer_refs` is the contract's list `a;b`; `visited_on` is the London date of `visited_at` (D1). The unit of
    work checks the crew's officers, since a list has no foreign key.
    """

    __tablename__ = "visits"
    __table_args__ = recorded_in(
        "visits",
        refers_to("offender", "offender_ref"),
        refers_to("officer", "lone_authorised_by"),
        one_of("outcome", VisitOutcome),
        Index("ix_visits_offender", "force_ref", "offender_ref"),
    )

    visit_ref: Mapped[str]
    offender_ref: Mapped[str]
    visited_at: Mapped[datetime]
    visited_on: Mapped[date]
    announced: Mapped[bool | None]
    outcome: Mapped[str]
    officer_refs: Mapped[str | None]
    lone_reason: Mapped[Note | None]
    lone_risk_assessed_on: Mapped[date | None]
    lone_authorised_by: Mapped[str | None]
    lone_authorised_at: Mapped[datetime | None]
