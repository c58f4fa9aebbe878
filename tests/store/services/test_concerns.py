"""A review, a correction and a void on record show in the next question about assessments and plans."""

from datetime import UTC, date, datetime

import pytest

from offendermgmt.services.access import SYSTEM
from offendermgmt.services.assessment_definitions import Concern
from offendermgmt.services.assessments import assessments_board
from offendermgmt.services.desk import Desk
from offendermgmt.services.figures import Figure
from offendermgmt.services.offender import offender_record
from offendermgmt.services.record_reviews import orders, reviews
from offendermgmt.store import Store
from tests.databases import FORCE
from tests.store.facts import FACTS, PEOPLE
from tests.store.facts import write as put

DAY = date(2025, 7, 2)


@pytest.fixture
def desk(store: Store) -> Desk:
    put(store, PEOPLE, FACTS)
    return Desk(store, FORCE)


def plan_reviews(desk: Desk, known_at: datetime | None = None) -> Figure:
    question = desk.question(SYSTEM, DAY, today=DAY, known_at=known_at)
    return assessments_board(question).figures[Concern.PLAN_REVIEW]


def review(desk: Desk, on: date, *, at: datetime, is_void: bool = False) -> None:
    columns = {"offender_ref": ["V2"], "reviewed_on": [on], "recorded_at": [at], "is_void": [is_void]}
    with desk.store.write(FORCE, user="tester") as work:
        work.insert("plan_reviews", columns)


def test_a_review_saved_shows_in_the_next_question_and_not_as_known_before(desk: Desk) -> None:
    assert plan_reviews(desk).numerator == 1
    review(desk, date(2025, 6, 30), at=datetime(2025, 7, 1, 9, tzinfo=UTC))
    assert plan_reviews(desk).numerator == 0


def test_a_void_review_no_longer_counts(desk: Desk) -> None:
    later = datetime(2030, 1, 1, tzinfo=UTC)
    review(desk, date(2025, 6, 30), at=later)
    assert plan_reviews(desk).numerator == 0
    review(desk, date(2025, 6, 30), at=later, is_void=True)
    assert plan_reviews(desk).numerator == 1


def test_the_record_holds_reviews_and_orders(desk: Desk) -> None:
    question = desk.question(SYSTEM, DAY, today=DAY)
    shown = reviews(question, offender_record(desk, question, "V2"))
    assert shown["kind"].tolist() == ["Plan review", "Supervisor's review"]
    assert shown["finding"].tolist() == ["", "sound"]
    assert orders(offender_record(desk, question, "V1"))["kind"].tolist() == ["SHPO"]
