"""Daily reviews, kept in versions: one entry a unit and day, named by both, so that two who review it meet in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, select

from offendermgmt.domain.vocabulary import ReviewState, Unit
from offendermgmt.store.store import Store
from offendermgmt.store.tables.daily import DailyReview
from offendermgmt.store.versions import Outdated, append_version
from offendermgmt.store.work import UnitOfWork


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


def review_versions(store: Store, force_ref: str) -> Sequence[Row[Any]]:
    """Every version of every review, in order of review and version, with the ledger's columns but `figures`.

    Those are long, and read for one review at a time (`review_figures`).
    """
    table = DailyReview.__table__
    columns = [column for column in table.c if column.name != "figures"]
    query = select(*columns).where(table.c.force_ref == force_ref).order_by(table.c.review_ref, table.c.version)
    with store.read() as connection:
        return connection.execute(query).all()


def review_figures(store: Store, force_ref: str, ref: str) -> dict[int, str]:
    """The figures kept in each version of a review, by version; empty where there is no such review."""
    table = DailyReview.__table__
    mine = (table.c.force_ref == force_ref, table.c.review_ref == ref)
    with store.read() as connection:
        return {row.version: row.figures for row in connection.execute(select(table).where(*mine))}


def versions_of(work: UnitOfWork, ref: str) -> Sequence[Row[Any]]:
    """Every version of one review as the write finds it, in order, with every column; none where it is not begun."""
    table = DailyReview.__table__
    mine = (table.c.force_ref == work.force_ref, table.c.review_ref == ref)
    return work.connection.execute(select(table).where(*mine).order_by(table.c.version)).all()


def append_review(work: UnitOfWork, after: int, text: ReviewText, outdated: ReviewChanged) -> None:
    """Add the version that follows `after` (0 = the day's first); raises `outdated` if that is not the newest."""
    said = {**vars(text), "unit": str(text.unit), "state": str(text.state)}
    ref = review_ref(text.unit, text.review_on)
    append_version(work, DailyReview, ref, after, outdated, is_void=False, **said)
