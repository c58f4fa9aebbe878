"""What the boards read and write month by month, each a ledger kept in versions."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped

from offendermgmt.domain.vocabulary import ClosingState, CommentaryState, Improvement
from offendermgmt.store.tables.base import Base, EntryRef, Note, Versioned, ends_after_start, one_of


class KeyQuestion(Versioned, Base):
    """A key performance question of the framework, in force from a day until `to_on`."""

    __tablename__ = "key_questions"
    __table_args__ = (ends_after_start(),)

    question_ref: Mapped[EntryRef]
    text: Mapped[str]
    position: Mapped[int]
    from_on: Mapped[date]
    to_on: Mapped[date | None]


class Measure(Versioned, Base):
    """A measure that answers a key performance question, in force from a day until `to_on`.

    `figure` is the code of what is reckoned; `boards` the boards that read it, joined by semicolons. A target says
    where it comes from.
    """

    __tablename__ = "measures"
    __table_args__ = (
        one_of("improvement", Improvement),
        ends_after_start(),
        CheckConstraint("target IS NULL OR target_source IS NOT NULL", name="target_source"),
    )

    measure_ref: Mapped[EntryRef]
    question_ref: Mapped[str]
    figure: Mapped[str]
    title: Mapped[str]
    improvement: Mapped[str]
    target: Mapped[float | None]
    target_source: Mapped[Note | None]
    owner: Mapped[str]
    boards: Mapped[str]
    position: Mapped[int]
    from_on: Mapped[date]
    to_on: Mapped[date | None]


class Commentary(Versioned, Base):
    """What the owner of a measure says of it for a month: what happened, so what, what next."""

    __tablename__ = "commentaries"
    __table_args__ = (one_of("state", CommentaryState),)

    commentary_ref: Mapped[EntryRef]
    measure_ref: Mapped[str]
    month_on: Mapped[date]
    state: Mapped[str]
    what: Mapped[Note]
    so_what: Mapped[Note]
    what_next: Mapped[Note]
    comment: Mapped[Note | None]


class MonthClosing(Versioned, Base):
    """A month's figures as they were reported: JSON text, with the policy's version and the moment known (D3)."""

    __tablename__ = "month_closings"
    __table_args__ = (one_of("state", ClosingState),)

    month_ref: Mapped[EntryRef]
    month_on: Mapped[date]
    state: Mapped[str]
    known_at: Mapped[datetime]
    policy_version: Mapped[str]
    document: Mapped[Note]
    reason: Mapped[Note]


class Intervention(Versioned, Base):
    """What was done to move measures: what, when, why; which measures should move and by how much (JSON text).

    `rebase_on` is the day from which its measures' limits are reckoned anew, where a person decided so, with the
    reason for it.
    """

    __tablename__ = "interventions"
    __table_args__ = (
        CheckConstraint("(rebase_on IS NULL) = (rebase_reason IS NULL)", name="rebase_reason"),
        ends_after_start(),
    )

    intervention_ref: Mapped[EntryRef]
    title: Mapped[str]
    why: Mapped[Note]
    from_on: Mapped[date]
    to_on: Mapped[date | None]
    expected: Mapped[Note]
    rebase_on: Mapped[date | None]
    rebase_reason: Mapped[Note | None]
