"""Daily reviews, kept in versions: one entry a unit and day, named by both, so that two who review it meet in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import Row, Select, select

from offendermgmt.domain.vocabulary import ReviewState, Unit
from offendermgmt.store.store import Store
from offendermgmt.store.tables.daily import DailyReview
from offendermgmt.store.versions import Outdated, append_version
from offendermgmt.store.work import UnitOfWork

_TABLE: Final = DailyReview.__table__


class ReviewChanged(Outdated):
    """Somebody else wrote in the review meanwhile."""


@dataclass(frozen=True)
class ReviewText:
    """What one version of a review says: the columns of `daily_reviews` that are its own."""

    unit: Unit
    review_on: date
    state: ReviewState
    known_at: datetime
    figures: str
    note: str
    signed_by: str | None = None
    signed_at: datetime | None = None
    comment: str | None = None
    answered_by: str | None = None
    answered_at: datetime | None = None


def review_ref(unit: Unit, review_on: date) -> str:
    """The name of the review of a unit and day: `MOSOVO:2026-11-23`."""
    return f"{unit}:{review_on.isoformat()}"


def review_versions(store: Store, force_ref: str, ref: str | None = None) -> Sequence[Row[Any]]:
    """Every version of every review, or of one, in order of review and version; the ledger's columns but `figures`.

    Those are long, and read for one review at a time (`review_figures`).
    """
    query = _said().where(_TABLE.c.force_ref == force_ref).order_by(_TABLE.c.review_ref, _TABLE.c.version)
    with store.read() as connection:
        return connection.execute(query if ref is None else query.where(_TABLE.c.review_ref == ref)).all()


def last_signed_version(
    store: Store, force_ref: str, unit: Unit, before: date, known_at: datetime | None
) -> Row[Any] | None:
    """The newest version, recorded by `known_at`, of the last signed review of a unit of a day before another.

    With the columns of `review_versions`; None where there is none. A review once signed stays so in later versions.
    """
    query = _said().where(
        _TABLE.c.force_ref == force_ref,
        _TABLE.c.unit == str(unit),
        _TABLE.c.review_on < before,
        _TABLE.c.signed_at.is_not(None),
    )
    if known_at is not None:
        query = query.where(_TABLE.c.recorded_at <= known_at)
    with store.read() as connection:
        return connection.execute(query.order_by(_TABLE.c.review_on.desc(), _TABLE.c.version.desc()).limit(1)).first()


def review_figures(store: Store, force_ref: str, ref: str) -> dict[int, str]:
    """The figures kept in each version of a review, by version; empty where there is no such review."""
    query = select(_TABLE.c.version, _TABLE.c.figures).where(
        _TABLE.c.force_ref == force_ref, _TABLE.c.review_ref == ref
    )
    with store.read() as connection:
        return {row.version: row.figures for row in connection.execute(query)}


def versions_of(work: UnitOfWork, ref: str) -> Sequence[Row[Any]]:
    """Every version of one review as the write finds it, in order, with every column; none where it is not begun."""
    mine = (_TABLE.c.force_ref == work.force_ref, _TABLE.c.review_ref == ref)
    return work.connection.execute(select(_TABLE).where(*mine).order_by(_TABLE.c.version)).all()


def append_review(work: UnitOfWork, after: int, text: ReviewText, outdated: ReviewChanged) -> None:
    """Add the version that follows `after` (0 = the day's first); raises `outdated` if that is not the newest."""
    said = {**vars(text), "unit": str(text.unit), "state": str(text.state)}
    ref = review_ref(text.unit, text.review_on)
    append_version(work, DailyReview, ref, after, outdated, is_void=False, **said)


def _said() -> Select[Any]:
    return select(*(column for column in _TABLE.c if column.name != "figures"))
