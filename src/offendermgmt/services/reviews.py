"""Daily reviews as they stand: who reviewed a day of a unit, what they kept of it, what the answer was (R50 to R59)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from operator import attrgetter
from typing import Any

from offendermgmt.domain.days import LONDON
from offendermgmt.domain.vocabulary import ReviewState, Unit
from offendermgmt.services.desk import Desk
from offendermgmt.services.morning import Since
from offendermgmt.store.daily_reviews import last_signed_version, review_versions
from offendermgmt.store.daily_reviews import review_ref as review_ref


@dataclass(frozen=True)
class Review:
    """One version of the review of a unit's day; the newest is the one that stands.

    Signed or not, `note` is what the reviewer wrote. `known_at` is the moment whose recordings the signed figures show.
    `comment`, `answered_by` and `answered_at` are the answer to the signature that stands. `author` wrote the version.
    """

    review_ref: str
    version: int
    unit: Unit
    review_on: date
    state: ReviewState
    known_at: datetime
    note: str
    signed_by: str | None
    signed_at: datetime | None
    comment: str
    answered_by: str | None
    answered_at: datetime | None
    author: str
    recorded_at: datetime

    @property
    def is_signed(self) -> bool:
        """Whether somebody has signed, however the signature was answered."""
        return self.signed_at is not None

    @property
    def is_late(self) -> bool:
        """Whether it was signed after its day (R55)."""
        return self.signed_at is not None and self.signed_at.astimezone(LONDON).date() > self.review_on


def reviews(desk: Desk, known_at: datetime | None = None) -> tuple[Review, ...]:
    """Every review as it stands, or stood at `known_at` (D3), in order of day and unit."""
    return newest(every_version(desk, known_at))


def every_version(desk: Desk, known_at: datetime | None = None, ref: str | None = None) -> tuple[Review, ...]:
    """Every version of every review, or of one, recorded by `known_at`, in order of review and version."""
    rows = review_versions(desk.store, desk.force_ref, ref)
    return tuple(review_of(row) for row in rows if known_at is None or row.recorded_at <= known_at)


def newest(versions: Iterable[Review]) -> tuple[Review, ...]:
    """The newest of versions in order, of each review, in order of day and unit."""
    standing = {each.review_ref: each for each in versions}
    return tuple(sorted(standing.values(), key=attrgetter("review_on", "unit")))


def last_signed(desk: Desk, unit: Unit, before: date, known_at: datetime | None = None) -> Since | None:
    """Up to where the last signed review of the unit of a day before `before` had looked; None where there is none.

    One that was returned counts too: whoever signed it had seen the figures.
    """
    row = last_signed_version(desk.store, desk.force_ref, unit, before, known_at)
    return None if row is None else Since(row.review_on, row.known_at)


def review_of(row: Any) -> Review:
    """What a version of the ledger says."""
    return Review(
        review_ref=row.review_ref,
        version=row.version,
        unit=Unit(row.unit),
        review_on=row.review_on,
        state=ReviewState(row.state),
        known_at=row.known_at,
        note=row.note,
        signed_by=row.signed_by,
        signed_at=row.signed_at,
        comment=row.comment or "",
        answered_by=row.answered_by,
        answered_at=row.answered_at,
        author=row.author,
        recorded_at=row.recorded_at,
    )
