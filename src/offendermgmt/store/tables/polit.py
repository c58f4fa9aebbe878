"""Recordings about POLIT cases and the children in them, and of who viewed images."""

from datetime import date

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from offendermgmt.domain.vocabulary import ASSESSED_LEVELS, ChildAccess, EnforcementKind, Stage
from offendermgmt.store.tables.base import Base, Note, Recorded, ends_after_start, one_of, recorded_in, refers_to


class PolitCase(Recorded, Base):
    """A referral received."""

    __tablename__ = "polit_cases"
    __table_args__ = recorded_in("polit_cases", refers_to("case", "case_ref"))

    case_ref: Mapped[str]
    received_on: Mapped[date]
    source: Mapped[str | None]


class PolitStage(Recorded, Base):
    """The stage of a case from a day on (P1)."""

    __tablename__ = "polit_stages"
    __table_args__ = recorded_in("polit_stages", refers_to("case", "case_ref"), one_of("stage", Stage))

    case_ref: Mapped[str]
    from_on: Mapped[date]
    stage: Mapped[str]
    outcome: Mapped[Note | None]


class PolitAssessment(Recorded, Base):
    """An assessed level of risk of a case (P2)."""

    __tablename__ = "polit_assessments"
    __table_args__ = recorded_in(
        "polit_assessments", refers_to("case", "case_ref"), one_of("risk_level", ASSESSED_LEVELS)
    )

    case_ref: Mapped[str]
    assessed_on: Mapped[date]
    tool: Mapped[str]
    risk_level: Mapped[str]
    assessor_ref: Mapped[str | None]
    # Last, where PostgreSQL puts a column that a migration adds.
    tool_version: Mapped[str | None] = mapped_column(sort_order=102)


class PolitAllocation(Recorded, Base):
    """Who holds a case from a day on."""

    __tablename__ = "polit_allocations"
    __table_args__ = recorded_in(
        "polit_allocations", refers_to("case", "case_ref"), refers_to("officer", "officer_ref"), ends_after_start()
    )

    case_ref: Mapped[str]
    from_on: Mapped[date]
    to_on: Mapped[date | None]
    officer_ref: Mapped[str]


class PolitActivity(Recorded, Base):
    """Something done on a case on a day (P5)."""

    __tablename__ = "polit_activities"
    __table_args__ = recorded_in("polit_activities", refers_to("case", "case_ref"))

    case_ref: Mapped[str]
    activity_ref: Mapped[str]
    on: Mapped[date]
    kind: Mapped[str | None]


class PolitChild(Recorded, Base):
    """A child found in a case, by reference and never by name, and the clocks of safeguarding and referral (P7)."""

    __tablename__ = "polit_children"
    __table_args__ = recorded_in("polit_children", refers_to("case", "case_ref"))

    case_ref: Mapped[str]
    child_ref: Mapped[str]
    identified_on: Mapped[date]
    referred_on: Mapped[date | None]
    safeguarded_on: Mapped[date | None]


class PolitEnforcement(Recorded, Base):
    """An arrest, a voluntary interview or a warrant executed."""

    __tablename__ = "polit_enforcements"
    __table_args__ = recorded_in("polit_enforcements", refers_to("case", "case_ref"), one_of("kind", EnforcementKind))

    case_ref: Mapped[str]
    enforcement_ref: Mapped[str]
    on: Mapped[date]
    kind: Mapped[str]


class PolitExamination(Recorded, Base):
    """Devices sent for forensic examination, and the day of the result."""

    __tablename__ = "polit_examinations"
    __table_args__ = recorded_in(
        "polit_examinations",
        refers_to("case", "case_ref"),
        CheckConstraint("result_on >= submitted_on", name="result_on"),
    )

    case_ref: Mapped[str]
    examination_ref: Mapped[str]
    submitted_on: Mapped[date]
    result_on: Mapped[date | None]


class PolitAccess(Recorded, Base):
    """Whether the suspect has access to children, from a day on."""

    __tablename__ = "polit_access"
    __table_args__ = recorded_in("polit_access", refers_to("case", "case_ref"), one_of("access", ChildAccess))

    case_ref: Mapped[str]
    from_on: Mapped[date]
    access: Mapped[str]
    note: Mapped[Note | None]


class PolitInformation(Recorded, Base):
    """New information on a case, and whether it calls for a new assessment."""

    __tablename__ = "polit_information"
    __table_args__ = recorded_in("polit_information", refers_to("case", "case_ref"))

    case_ref: Mapped[str]
    information_ref: Mapped[str]
    received_on: Mapped[date]
    needs_assessment: Mapped[bool]
    note: Mapped[Note | None]


class ImageViewing(Recorded, Base):
    """A day on which an officer viewed indecent images; never shown for one officer."""

    __tablename__ = "image_viewing"
    __table_args__ = recorded_in("image_viewing", refers_to("officer", "officer_ref"))

    officer_ref: Mapped[str]
    viewed_on: Mapped[date]
