"""One review opened as it was, beside what is known now of its day, and why they differ (R58)."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

import pandas as pd

from offendermgmt.domain.facts import Recordings
from offendermgmt.domain.restating import Moment, facts_restated
from offendermgmt.domain.vocabulary import Unit
from offendermgmt.services import offender, polit_case
from offendermgmt.services.access import Viewer
from offendermgmt.services.decisions import Decision
from offendermgmt.services.desk import Desk
from offendermgmt.services.morning import Since, morning
from offendermgmt.services.question import Question
from offendermgmt.services.review_days import require_reader, written_by
from offendermgmt.services.review_document import KeptReview, figures_of
from offendermgmt.services.review_moves import Move, paired
from offendermgmt.services.reviews import Review, every_version
from offendermgmt.services.snapshot import utc
from offendermgmt.store.daily_reviews import review_figures, review_ref

_TABLES = {Unit.MOSOVO: tuple(offender.DATED_BY), Unit.POLIT: tuple(polit_case.DATED_BY)}
_OF_BOTH = ("officer_availability",)


@dataclass(frozen=True)
class ReviewRecord:
    """A review as it stands, what it keeps (None until it is signed), and all its versions, newest first.

    Notes and comments are empty for a viewer who sees no names: they may hold some.
    """

    standing: Review
    kept: KeptReview | None
    history: tuple[Review, ...]


@dataclass(frozen=True)
class BesideNow:
    """A signed review's figures beside those of the same day by what the question knows.

    `came` counts what was recorded since by table: of_day (facts of the day itself), late (of earlier days), corrected,
    withdrawn. `policy_version` is the policy now in force on the day.
    """

    figures: tuple[Move, ...]
    came: pd.DataFrame
    policy_version: str


def review_record(desk: Desk, question: Question, unit: Unit, day: date) -> ReviewRecord | None:
    """The review of a day, on record at the end of the question's day as known then; None where there is none.

    NotPermitted for a viewer whom reviews are not for.
    """
    require_reader(question.viewer, unit)
    ref = review_ref(unit, day)
    written = written_by(every_version(desk, question.snapshot.known_at, ref), unit, question.as_of)
    versions = [_told(each, question.viewer) for each in written]
    if not versions:
        return None
    text = review_figures(desk.store, desk.force_ref, ref)[versions[-1].version]
    kept = KeptReview.model_validate_json(text) if text else None
    return ReviewRecord(versions[-1], kept, tuple(reversed(versions)))


def beside_now(desk: Desk, question: Question, review: Review, kept: KeptReview) -> BesideNow:
    """What was signed beside what the question knows now of the review's day, counted as for whoever signed.

    By the clock as it then stood: what only time has changed since is no difference.
    """
    signer = Viewer(kept.signer.name, kept.signer.role, kept.signer.officer_ref, units=(review.unit,))
    asked = Question(question.snapshot, signer, review.review_on, question.today)
    since = None
    if kept.since_on is not None and kept.since_known_at is not None:
        since = Since(kept.since_on, kept.since_known_at)
    stands = morning(desk, asked, review.unit, since, kept.known_at)
    return BesideNow(paired(kept.figures, figures_of(stands)), _came(question, review, kept), asked.policy.version)


def became_of(kept: KeptReview, recorded: Iterable[Decision]) -> pd.DataFrame:
    """The decisions that a review keeps, with what became of them.

    Columns decision_ref, subject_kind, subject_ref, kind, owner_ref (empty text for none), due_on, standing (a
    `DecisionState`, or "withdrawn"; empty text for one that is not on record as asked) and closed_on.
    """
    known = {each.decision_ref: each for each in recorded}
    rows = []
    for each in kept.decisions:
        now = known.get(each.decision_ref)
        standing = "" if now is None else "withdrawn" if now.is_withdrawn else str(now.state)
        said = {**each.model_dump(), "owner_ref": each.owner_ref or ""}
        rows.append({**said, "standing": standing, "closed_on": now.closed_on if now else None})
    columns = ["decision_ref", "subject_kind", "subject_ref", "kind", "owner_ref", "due_on", "standing", "closed_on"]
    return pd.DataFrame(rows, columns=columns)


def _told(review: Review, viewer: Viewer) -> Review:
    return review if viewer.sees_names else replace(review, note="", comment="")


def _came(question: Question, review: Review, kept: KeptReview) -> pd.DataFrame:
    # A snapshot lasts until anything is written: until then a rerun of the page need not compare again.
    made: pd.DataFrame = question.snapshot.mornings.answer(
        ("came since", review.review_ref, review.version), lambda: _came_since(question, review, kept)
    )
    return made


def _came_since(question: Question, review: Review, kept: KeptReview) -> pd.DataFrame:
    snapshot = question.snapshot
    tables = {name: snapshot.recordings.tables[name] for name in (*_TABLES[review.unit], *_OF_BOTH)}
    recordings = Recordings(snapshot.recordings.registers, tables)
    then = Moment(kept.last_recording_id, utc(kept.known_at))
    now = None if snapshot.known_at is None else utc(snapshot.known_at)
    by_day, before = (
        facts_restated(recordings, then, now, pd.Timestamp(until)).set_index("table")
        for until in (review.review_on, review.review_on - timedelta(days=1))
    )
    late = before["late"].reindex(by_day.index, fill_value=0)
    rows = by_day.assign(of_day=by_day["late"] - late, late=late)[["of_day", "late", "corrected", "withdrawn"]]
    return rows.reset_index()
