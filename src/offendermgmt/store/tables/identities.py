"""Who and what the force knows: one row a reference, written once, so that facts can refer to it.

`recording_id` is the recording that first named it and so the order of first appearance.
"""

from sqlalchemy import BigInteger, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from offendermgmt.store.tables.base import Base, ForceRef


class Identity:
    """The columns beside the reference."""

    force_ref: Mapped[ForceRef] = mapped_column(ForeignKey("forces.force_ref", name="force_ref"), sort_order=-1)
    recording_id: Mapped[int] = mapped_column(BigInteger, sort_order=1)


class OffenderIdentity(Identity, Base):
    """An offender's ViSOR reference."""

    __tablename__ = "offender_identities"
    __table_args__ = (Index("ix_offender_identities_order", "force_ref", "recording_id"), {"sqlite_with_rowid": False})

    offender_ref: Mapped[str] = mapped_column(String, primary_key=True)


class CaseIdentity(Identity, Base):
    """A POLIT case's reference."""

    __tablename__ = "case_identities"
    __table_args__ = (Index("ix_case_identities_order", "force_ref", "recording_id"), {"sqlite_with_rowid": False})

    case_ref: Mapped[str] = mapped_column(String, primary_key=True)


class OfficerIdentity(Identity, Base):
    """An officer's collar number: text, with leading zeros and letters."""

    __tablename__ = "officer_identities"
    __table_args__ = (Index("ix_officer_identities_order", "force_ref", "recording_id"), {"sqlite_with_rowid": False})

    officer_ref: Mapped[str] = mapped_column(String, primary_key=True)


class TeamIdentity(Identity, Base):
    """A team's reference."""

    __tablename__ = "team_identities"
    __table_args__ = (Index("ix_team_identities_order", "force_ref", "recording_id"), {"sqlite_with_rowid": False})

    team_ref: Mapped[str] = mapped_column(String, primary_key=True)
