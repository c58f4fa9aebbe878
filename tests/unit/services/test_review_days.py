"""Which working days nobody reviewed, over bank holidays and weekends, and who may look (R55, R59)."""

from dataclasses import replace
from datetime import UTC, date, datetime, time
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offendermgmt.domain.vocabulary import ReviewState, Unit
from offendermgmt.services.access import NotPermitted, Role, Viewer
from offendermgmt.services.question import Question
from offendermgmt.services.review_days import READERS, ReviewDays, Which, review_days
from offendermgmt.services.reviews import Review
from tests.unit.services.force import ask, offender

DI = Viewer("DI Oak", Role.DI)
WHENEVER = st.dates(date(2025, 12, 1), date(2026, 5, 31))


def at(day: date, hour: int = 7) -> datetime:
    return datetime.combine(day, time(hour), tzinfo=UTC)


def review(day: date, state: ReviewState = ReviewState.SIGNED, *, on: date | None = None, version: int = 1) -> Review:
    """A review of a day, written on that day or another."""
    moment, is_signed = at(on or day), state is not ReviewState.OPEN
    return Review(
        review_ref=f"MOSOVO:{day}",
        version=version,
        unit=Unit.MOSOVO,
        review_on=day,
        state=state,
        known_at=moment,
        note="Who did it",
        signed_by="DI Oak" if is_signed else None,
        signed_at=moment if is_signed else None,
        comment="",
        answered_by=None,
        answered_at=None,
        author="DI Oak",
        recorded_at=moment,
    )


@cache
def force() -> Question:
    return ask([offender("V1", "2025-01-01", "high")], "2026-05-31", DI)


def asked(as_of: date, viewer: Viewer = DI) -> Question:
    return replace(force(), as_of=as_of, viewer=viewer)


def board(as_of: date, *versions: Review, which: Which = Which.ALL, viewer: Viewer = DI) -> ReviewDays:
    return review_days(asked(as_of, viewer), versions, Unit.MOSOVO, date(2025, 12, 1), as_of, which)


def listed(as_of: date, *versions: Review, which: Which = Which.MISSING) -> list[date]:
    return list(board(as_of, *versions, which=which).rows["review_on"])[::-1]


@pytest.mark.parametrize(
    ("first", "as_of", "missing"),
    [
        # Christmas Day and Boxing Day are a Thursday and a Friday.
        (date(2025, 12, 23), date(2025, 12, 31), [date(2025, 12, 24), date(2025, 12, 29), date(2025, 12, 30)]),
        (date(2025, 12, 31), date(2026, 1, 5), [date(2026, 1, 2)]),
        # Good Friday is on 3 April, Easter Monday on 6 April.
        (date(2026, 4, 1), date(2026, 4, 8), [date(2026, 4, 2), date(2026, 4, 7)]),
        (date(2026, 4, 2), date(2026, 4, 7), []),
    ],
)
def test_bank_holidays_weekends_and_the_day_itself_need_no_review(
    first: date, as_of: date, missing: list[date]
) -> None:
    assert listed(as_of, review(first)) == missing


def test_a_day_off_that_was_reviewed_is_shown_and_counts_for_nothing() -> None:
    versions = [review(date(2025, 12, 24)), review(date(2025, 12, 25))]
    whole = board(date(2025, 12, 29), *versions)
    figure = whole.figures[Which.REVIEWED]
    assert (figure.numerator, figure.denominator) == (1, 1)
    assert whole.rows["is_working_day"].tolist() == [True, False, True]


def test_a_kept_note_is_no_review_and_begins_nothing() -> None:
    noted = review(date(2025, 12, 2), ReviewState.OPEN)
    assert (board(date(2025, 12, 5), noted).first_on, listed(date(2025, 12, 5), noted)) == (None, [])
    assert listed(date(2025, 12, 5), review(date(2025, 12, 1)), noted) == [
        date(2025, 12, 2),
        date(2025, 12, 3),
        date(2025, 12, 4),
    ]


def test_a_late_signature_fills_the_day_from_when_it_was_written() -> None:
    late = review(date(2025, 12, 2), on=date(2025, 12, 4))
    versions = [review(date(2025, 12, 1)), late, review(date(2025, 12, 3))]
    assert (listed(date(2025, 12, 3), *versions), listed(date(2025, 12, 4), *versions)) == ([date(2025, 12, 2)], [])
    assert listed(date(2025, 12, 4), *versions, which=Which.LATE) == [date(2025, 12, 2)]


def test_a_review_waits_too_long_after_two_working_days() -> None:
    friday = review(date(2025, 12, 5))
    waits = [board(date(2025, 12, day), friday).rows.iloc[-1] for day in (9, 10)]
    assert [(int(row["days_waiting"]), bool(row["waits_too_long"])) for row in waits] == [(2, False), (3, True)]


def test_nothing_reviewed_has_no_share() -> None:
    figures = board(date(2025, 12, 31)).figures
    assert [figures[which].value for which in (Which.REVIEWED, Which.COUNTERSIGNED, Which.MISSING)] == [None] * 3


@given(st.sets(WHENEVER, min_size=1, max_size=40), WHENEVER)
def test_reviewed_and_missing_add_up_and_each_list_has_its_figures_length(days: set[date], as_of: date) -> None:
    versions = [review(day) for day in sorted(days)]
    whole = board(as_of, *versions)
    figures = whole.figures
    reviewed, missing = figures[Which.REVIEWED], figures[Which.MISSING]
    assert (reviewed.numerator or 0) + (missing.numerator or 0) == reviewed.denominator
    for which, figure in figures.items():
        assert len(listed(as_of, *versions, which=which)) == (
            figure.value if figure.denominator is None else figure.numerator
        )
    assert as_of not in listed(as_of, *versions)


@pytest.mark.parametrize("role", Role)
def test_reviews_are_for_those_who_lead_and_look_and_notes_for_who_sees_names(role: Role) -> None:
    viewer, day = Viewer("x", role), date(2025, 12, 1)
    if role in READERS:
        assert board(day, review(day), viewer=viewer).rows["note"].tolist() == [
            "Who did it" if viewer.sees_names else ""
        ]
        return
    with pytest.raises(NotPermitted, match="The daily reviews of MOSOVO are for its supervisors and inspectors"):
        board(day, review(day), viewer=viewer)


def test_a_review_of_the_small_hours_is_of_its_london_day() -> None:
    written = datetime(2026, 5, 4, 23, 30, tzinfo=UTC)  # half past midnight in London
    of_day = [replace(review(date(2026, 5, day)), signed_at=written, recorded_at=written) for day in (4, 5)]
    assert [each.is_late for each in of_day] == [True, False]
