"""Daily reviews: signed as seen on the screen, answered by somebody else, nothing lost, and opened as they were."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from offendermgmt.domain.vocabulary import DecisionKind, ReviewState, Unit
from offendermgmt.services.access import NotPermitted, Role, Viewer
from offendermgmt.services.changes import AlreadyRecorded, ChangeRefused
from offendermgmt.services.consultations import Subject
from offendermgmt.services.deciding import Deciding, decide
from offendermgmt.services.decisions import decisions
from offendermgmt.services.desk import Desk
from offendermgmt.services.morning import Part, Section, Since, morning
from offendermgmt.services.review_answering import Answer, Answering, answer, answers_to
from offendermgmt.services.review_days import Which, review_days
from offendermgmt.services.review_document import Drawn, KeptReview, drawn
from offendermgmt.services.review_moves import FiguresMoved, in_words
from offendermgmt.services.review_record import ReviewRecord, became_of, beside_now, review_record
from offendermgmt.services.review_signing import Reviewing, keep_note, may_sign, sign
from offendermgmt.services.reviews import Review, every_version, last_signed, reviews
from offendermgmt.store import Store
from offendermgmt.store.daily_reviews import ReviewChanged
from offendermgmt.store.tables.ledger import AuditRecord
from tests.databases import FORCE, READS_A_STORE
from tests.store.facts import Columns, write

TODAY = date(2025, 6, 30)  # a Monday
SEVEN = datetime(2025, 6, 30, 6, tzinfo=UTC)
DI = Viewer("DI Oak", Role.DI, officer_ref="D1")
OTHER_DI = Viewer("DI Fir", Role.DI, officer_ref="D2")
DCI = Viewer("DCI Elm", Role.DCI, officer_ref="E1")
OTHER_DCI = Viewer("DCI Yew", Role.DCI, officer_ref="E2")
ANALYST = Viewer("Analyst", Role.ANALYST)
DS = Viewer("DS Cedar", Role.SUPERVISOR, officer_ref="S1", team_refs=("T1",), units=(Unit.MOSOVO,))
FORCE_FACTS: dict[str, Columns] = {
    "teams": {"team_ref": ["T1", "P"], "name": ["North", "Online"], "unit": ["MOSOVO", "POLIT"]},
    "officers": {
        "officer_ref": ["O1", "S1", "D1"],
        "name": ["Ash", "Cedar", "Oak"],
        "is_supervisor": [False, True, True],
        "team_ref": ["T1", "T1", "T1"],
        "fte": [1.0] * 3,
    },
    "offenders": {
        "offender_ref": ["V1", "V2", "V3"],
        "registered_on": [date(2025, 5, 1), date(2025, 5, 2), date(2025, 6, 25)],
    },
    "allocations": {"offender_ref": ["V1"], "from_on": [date(2025, 5, 1)], "officer_ref": ["O1"]},
    "polit_cases": {"case_ref": ["C1"], "received_on": [date(2025, 6, 1)], "source": ["NCA"]},
}


class Clock:
    """The store's clock, which stands still until it is set."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at

    def move(self, **passed: float) -> None:
        self.at += timedelta(**passed)


@pytest.fixture
def clock() -> Clock:
    return Clock(SEVEN - timedelta(days=5))


@pytest.fixture
def dated(store: Store, clock: Clock) -> Store:
    """The store with V1 and V2 overdue on TODAY, at seven in the morning."""
    dated = store.dated(clock)
    write(dated, FORCE_FACTS)
    clock.at = SEVEN
    return dated


@pytest.fixture
def desk(dated: Store) -> Desk:
    return Desk(dated, FORCE)


def screen(desk: Desk, clock: Clock, viewer: Viewer = DI, day: date = TODAY, unit: Unit = Unit.MOSOVO) -> Drawn:
    question = desk.question(viewer, day, today=clock.at.date())
    return drawn(morning(desk, question, unit, last_signed(desk, unit, day), clock.at))


def signed(
    desk: Desk, clock: Clock, viewer: Viewer = DI, note: str = "Quiet", *, day: date = TODAY, seen: int = 0
) -> Review:
    sign(desk, viewer, Reviewing(Unit.MOSOVO, day, note, seen), screen(desk, clock, viewer, day), now=clock.at)
    return standing(desk, day)


def standing(desk: Desk, day: date = TODAY, known_at: datetime | None = None) -> Review:
    [review] = [each for each in reviews(desk, known_at) if each.review_on == day]
    return review


def opened(desk: Desk, day: date = TODAY, viewer: Viewer = DI, on: date | None = None) -> ReviewRecord:
    record = review_record(desk, desk.question(viewer, on or day, today=on or day), Unit.MOSOVO, day)
    assert record is not None
    return record


def kept(desk: Desk, day: date = TODAY, on: date | None = None) -> KeptReview:
    document = opened(desk, day, on=on).kept
    assert document is not None
    return document


def number(document: KeptReview, part: str, code: str) -> Any:
    [figure] = [each for each in document.figures if (each.part, each.code) == (part, code)]
    return figure.value


def audits(store: Store) -> list[Any]:
    with store.read() as connection:
        return list(connection.execute(select(AuditRecord.__table__).order_by(AuditRecord.revision)).all())


def visited(dated: Store, ref: str, on: date) -> None:
    at = datetime(on.year, on.month, on.day, 9, tzinfo=UTC)
    visit: Columns = {
        "visit_ref": [f"{ref} {on}"],
        "offender_ref": [ref],
        "visited_at": [at],
        "officer_refs": ["O1;S1"],
    }
    write(dated, {"visits": {**visit, "outcome": ["completed"]}})


def test_a_signed_day_keeps_what_was_seen_decided_and_noted(desk: Desk, clock: Clock) -> None:
    about = Subject("offender", "V1")
    asked = Deciding(about, DecisionKind.PLAN_BY, "O1", TODAY + timedelta(days=2), "Never seen", 0)
    decide(desk, DI, asked, now=clock.at)
    clock.move(minutes=10)

    review = signed(desk, clock, note=" V1 first ")

    assert (review.review_ref, review.state, review.note) == ("MOSOVO:2025-06-30", ReviewState.SIGNED, "V1 first")
    assert (review.signed_by, review.signed_at, review.known_at, review.is_late) == (
        "DI Oak",
        clock.at,
        clock.at,
        False,
    )
    document = kept(desk)
    assert (document.format, document.signer.role, document.known_at) == (1, Role.DI, clock.at)
    assert (number(document, "backlog", "size"), number(document, "decisions", "open")) == (2, 1)
    [share] = [each for each in document.figures if (each.part, each.code) == ("backlog", "share")]
    assert (share.numerator, share.denominator, share.title) == (2, 3, "Share overdue")
    [decision] = document.decisions
    assert (decision.kind, decision.subject_ref, decision.owner_ref) == ("plan_by", "V1", "O1")
    assert {place.ref for place in document.places} >= {"V1", "V2"}
    assert "Never seen" not in document.model_dump_json()


def test_a_review_goes_from_note_to_countersignature_with_one_audit_record_a_step(
    desk: Desk, dated: Store, clock: Clock
) -> None:
    keep_note(desk, DI, Reviewing(Unit.MOSOVO, TODAY, "So far", 0), now=clock.at)
    assert (standing(desk).state, standing(desk).is_signed, last_signed(desk, Unit.MOSOVO, date(2025, 7, 1))) == (
        ReviewState.OPEN,
        False,
        None,
    )
    signed(desk, clock, note="So far, and done", seen=1)
    answer(desk, DCI, Answering(standing(desk), Answer.SEEN, ""))
    answer(desk, DCI, Answering(standing(desk), Answer.RETURN, "V2 is missing in your note"))
    assert standing(desk).comment == "V2 is missing in your note"
    clock.move(hours=2)
    again = signed(desk, clock, note="And V2 on Tuesday", seen=4)
    assert (again.comment, again.answered_by, again.note) == ("", None, "And V2 on Tuesday")
    answer(desk, DCI, Answering(again, Answer.COUNTERSIGN, ""))

    states = [(each.state, each.author) for each in every_version(desk)]
    assert states == [
        (ReviewState.OPEN, "DI Oak"),
        (ReviewState.SIGNED, "DI Oak"),
        (ReviewState.SIGNED, "DCI Elm"),
        (ReviewState.RETURNED, "DCI Elm"),
        (ReviewState.SIGNED, "DI Oak"),
        (ReviewState.COUNTERSIGNED, "DCI Elm"),
    ]
    written = audits(dated)
    assert [each.action.split()[0] for each in written] == [
        "kept",
        "signed",
        "saw",
        "returned",
        "signed",
        "countersigned",
    ]
    assert (written[1].subject_kind, written[1].subject_ref, written[1].user_ref) == (
        "review",
        "MOSOVO:2025-06-30",
        "DI Oak",
    )
    assert written[3].details == {
        "role": "dci",
        "unit": "MOSOVO",
        "review_on": "2025-06-30",
        "state": "returned",
        "version": 4,
    }


@READS_A_STORE
def test_nobody_answers_their_own_signature(desk: Desk, clock: Clock) -> None:
    review = signed(desk, clock, DCI)
    by_another_account = replace(DCI, name="Acting superintendent Elm")
    for viewer in (DCI, by_another_account):
        for given in Answer:
            with pytest.raises(NotPermitted, match="nobody answers a review that they signed"):
                answer(desk, viewer, Answering(review, given, "Well done"))
    assert (answers_to(DCI, review), standing(desk).version) == ((), 1)
    answer(desk, OTHER_DCI, Answering(review, Answer.COUNTERSIGN, "Well done"))
    assert standing(desk).answered_by == "DCI Yew"


@READS_A_STORE
def test_a_chief_inspector_signs_only_where_nobody_has(desk: Desk, clock: Clock) -> None:
    review = signed(desk, clock)
    with pytest.raises(ChangeRefused, match="a chief inspector signs only where nobody has"):
        signed(desk, clock, DCI, seen=1)
    answer(desk, DCI, Answering(review, Answer.RETURN, "Look again"))
    assert [may_sign(viewer, Unit.MOSOVO, standing(desk)) for viewer in (DI, OTHER_DI, DCI)] == [True, True, False]


@READS_A_STORE
def test_a_countersigned_review_is_signed_again_only_once_returned(desk: Desk, clock: Clock) -> None:
    answer(desk, DCI, Answering(signed(desk, clock), Answer.COUNTERSIGN, ""))
    with pytest.raises(ChangeRefused, match="a chief inspector has countersigned, and returns it first"):
        signed(desk, clock, seen=2)
    answer(desk, OTHER_DCI, Answering(standing(desk), Answer.RETURN, "Countersigned by mistake"))
    assert signed(desk, clock, seen=3).state is ReviewState.SIGNED


@READS_A_STORE
@pytest.mark.parametrize(
    "viewer",
    [
        DS,
        ANALYST,
        Viewer("DI of another unit", Role.DI, units=(Unit.POLIT,)),
        Viewer("DI of one team", Role.DI, team_refs=("T1",)),
    ],
    ids=lambda viewer: viewer.name,
)
def test_who_may_not_sign_is_told_who_may(desk: Desk, dated: Store, clock: Clock, viewer: Viewer) -> None:
    with pytest.raises(NotPermitted, match="signed by a detective inspector of the whole unit"):
        sign(desk, viewer, Reviewing(Unit.MOSOVO, TODAY, "", 0), screen(desk, clock), now=clock.at)
    review = signed(desk, clock)
    with pytest.raises(NotPermitted, match="answered by a detective chief inspector of the unit"):
        answer(desk, viewer, Answering(review, Answer.SEEN, ""))
    assert (may_sign(viewer, Unit.MOSOVO, review), answers_to(viewer, review), len(audits(dated))) == (False, (), 1)


@READS_A_STORE
def test_a_day_to_come_an_empty_return_and_an_endless_note_are_refused(desk: Desk, clock: Clock) -> None:
    tomorrow = TODAY + timedelta(days=1)
    with pytest.raises(ChangeRefused, match="1 Jul 2025 has not begun"):
        sign(desk, DI, Reviewing(Unit.MOSOVO, tomorrow, "", 0), screen(desk, clock), now=clock.at)
    with pytest.raises(ChangeRefused, match="keep the note to 4,000 characters"):
        signed(desk, clock, note="x" * 4_001)
    with pytest.raises(ChangeRefused, match="say what is to be put right"):
        answer(desk, DCI, Answering(signed(desk, clock), Answer.RETURN, " "))


def test_a_double_click_leaves_one_record(desk: Desk, dated: Store, clock: Clock) -> None:
    note = Reviewing(Unit.MOSOVO, TODAY, "So far", 0)
    signing = Reviewing(Unit.MOSOVO, TODAY, "Done", 1)
    keep_note(desk, DI, note, now=clock.at)
    with pytest.raises(AlreadyRecorded):
        keep_note(desk, DI, note, now=clock.at)
    shown = screen(desk, clock)
    sign(desk, DI, signing, shown, now=clock.at)
    with pytest.raises(AlreadyRecorded):
        sign(desk, DI, signing, shown, now=clock.at)
    given = Answering(standing(desk), Answer.COUNTERSIGN, "")
    answer(desk, DCI, given)
    with pytest.raises(AlreadyRecorded):
        answer(desk, DCI, given)
    assert (standing(desk).version, len(audits(dated))) == (3, 3)


def test_the_second_of_two_is_told_who_wrote_when_and_what(desk: Desk, clock: Clock) -> None:
    shown = screen(desk, clock)
    keep_note(desk, OTHER_DI, Reviewing(Unit.MOSOVO, TODAY, "Theirs", 0), now=clock.at)
    with pytest.raises(
        ReviewChanged,
        match=r"^DI Fir wrote in this review on 30 Jun 2025 07:00, after your page was drawn: it was not begun and is "
        r"a kept note now, the note is another\. Nothing of yours was recorded and nothing of theirs is lost",
    ):
        sign(desk, DI, Reviewing(Unit.MOSOVO, TODAY, "Mine", 0), shown, now=clock.at)
    assert (standing(desk).note, standing(desk).version) == ("Theirs", 1)
    review = signed(desk, clock, note="Both", seen=1)
    answer(desk, DCI, Answering(review, Answer.RETURN, "Look again"))
    with pytest.raises(ReviewChanged, match="it was signed and is returned now, there is a new comment"):
        answer(desk, OTHER_DCI, Answering(review, Answer.COUNTERSIGN, ""))


def test_of_many_at_once_one_signs(desk: Desk, dated: Store, clock: Clock) -> None:
    shown = screen(desk, clock)

    def attempt(each: int) -> bool:
        try:
            asked = Reviewing(Unit.MOSOVO, TODAY, f"Note {each}", 0)
            sign(Desk(dated, FORCE), Viewer(f"DI {each}", Role.DI), asked, shown, now=clock.at)
        except ReviewChanged:
            return False
        return True

    with ThreadPoolExecutor(4) as threads:
        made = list(threads.map(attempt, range(4)))
    assert (sum(made), len(every_version(desk)), len(audits(dated))) == (1, 1, 1)


def test_what_was_not_on_the_screen_is_not_signed(desk: Desk, dated: Store, clock: Clock) -> None:
    shown = screen(desk, clock)
    clock.move(minutes=1)
    visited(dated, "V1", TODAY)
    with pytest.raises(
        FiguresMoved, match=r"the figures moved while you looked\. .*Visits overdue: from 2 to 1"
    ) as told:
        sign(desk, DI, Reviewing(Unit.MOSOVO, TODAY, "Mine", 0), shown, now=clock.at)
    assert "Share overdue: from 2 of 3 to 1 of 3" in [str(move) for move in told.value.moves]
    assert (every_version(desk), audits(dated)) == ((), [])
    signed(desk, clock, note="Mine")
    assert number(kept(desk), "backlog", "size") == 1


def test_other_people_in_the_same_number_are_told_too(desk: Desk, dated: Store, clock: Clock) -> None:
    stands = screen(desk, clock)
    backlog = stands.sections[Part.BACKLOG]
    others = backlog.lists["size"].assign(offender_ref="V9")
    sections = {**stands.sections, Part.BACKLOG: Section(Part.BACKLOG, backlog.figures, {"size": others})}
    with pytest.raises(FiguresMoved, match="others are on the lists now"):
        sign(desk, DI, Reviewing(Unit.MOSOVO, TODAY, "", 0), Drawn(stands.figures, sections), now=clock.at)
    assert audits(dated) == []


def test_a_review_opens_as_it_was_beside_what_is_known_now(desk: Desk, dated: Store, clock: Clock) -> None:
    signed(desk, clock)
    clock.move(hours=8)
    visited(dated, "V1", TODAY)  # work of the day, after the review
    clock.move(days=2)
    visited(dated, "V2", date(2025, 6, 27))  # recorded late
    moved_on: Columns = {"offender_ref": ["V1"], "from_on": [date(2025, 5, 1)], "officer_ref": ["S1"]}
    write(dated, {"allocations": moved_on})  # a correction

    record, question = opened(desk, on=date(2025, 7, 2)), desk.question(DI, date(2025, 7, 2), today=date(2025, 7, 2))
    assert record.kept is not None
    beside = beside_now(desk, question, record.standing, record.kept)

    told = {(move.figure.part, move.figure.code): (in_words(move.was), in_words(move.now)) for move in beside.figures}
    assert (told["backlog", "size"], told["backlog", "share"]) == (("2", "0"), ("2 of 3", "0 of 3"))
    assert told["backlog", "longest"] == ("45 days", "no value")
    came = beside.came.set_index("table").to_dict(orient="index")
    assert came["visits"] == {"of_day": 1, "late": 1, "corrected": 0, "withdrawn": 0}
    assert came["allocations"] == {"of_day": 0, "late": 0, "corrected": 1, "withdrawn": 0}


def test_as_known_when_it_was_signed_the_day_shows_what_was_signed(desk: Desk, dated: Store, clock: Clock) -> None:
    review = signed(desk, clock)
    clock.move(hours=8)
    visited(dated, "V1", TODAY)
    then = desk.question(DI, TODAY, today=date(2025, 7, 2), known_at=review.known_at)
    since = last_signed(desk, Unit.MOSOVO, TODAY, review.known_at)
    assert drawn(morning(desk, then, Unit.MOSOVO, since, review.known_at)).figures == kept(desk).figures


def test_reviews_are_known_as_of_a_moment_and_a_day(desk: Desk, clock: Clock) -> None:
    keep_note(desk, DI, Reviewing(Unit.MOSOVO, TODAY, "So far", 0), now=clock.at)
    noted_at = clock.at
    clock.move(days=1)
    signed(desk, clock, seen=1)
    assert reviews(desk, noted_at - timedelta(seconds=1)) == ()
    assert standing(desk, known_at=noted_at).state is ReviewState.OPEN
    assert standing(desk).is_late
    # At the end of its own day the review was a note.
    assert opened(desk).standing.state is ReviewState.OPEN
    assert opened(desk, on=clock.at.date()).standing.state is ReviewState.SIGNED


def test_the_last_review_says_up_to_where_it_looked(desk: Desk, clock: Clock) -> None:
    friday = TODAY - timedelta(days=3)
    review = signed(desk, clock, day=friday)
    assert last_signed(desk, Unit.MOSOVO, friday) is None
    assert last_signed(desk, Unit.POLIT, TODAY) is None
    assert last_signed(desk, Unit.MOSOVO, TODAY) == Since(friday, review.known_at)
    assert last_signed(desk, Unit.MOSOVO, TODAY, clock.at - timedelta(seconds=1)) is None
    clock.move(hours=1)
    answer(desk, DCI, Answering(review, Answer.RETURN, "Look again"))
    assert last_signed(desk, Unit.MOSOVO, TODAY) == Since(friday, review.known_at)


@READS_A_STORE
def test_the_days_of_a_range_say_how_far_each_review_has_come(desk: Desk, clock: Clock) -> None:
    days = [date(2025, 6, day) for day in (23, 24, 28)]  # Monday, Tuesday, Saturday
    for day in days:
        signed(desk, clock, day=day)
    answer(desk, DCI, Answering(standing(desk, days[0]), Answer.COUNTERSIGN, ""))
    answer(desk, DCI, Answering(standing(desk, days[2]), Answer.RETURN, "Look again"))

    question = desk.question(ANALYST, TODAY, today=TODAY)
    board = review_days(question, every_version(desk), Unit.MOSOVO, date(2025, 6, 1), TODAY)

    said = {str(day.day): word for day, word in zip(board.rows["review_on"], board.rows["standing"], strict=True)}
    assert said == {
        "30": "not_yet",
        "28": "returned",
        "27": "missing",
        "26": "missing",
        "25": "missing",
        "24": "signed",
        "23": "countersigned",
    }
    counted = {each: (figure.numerator, figure.denominator, figure.value) for each, figure in board.figures.items()}
    assert counted == {
        Which.REVIEWED: (2, 5, 0.4),
        Which.COUNTERSIGNED: (1, 5, 0.2),
        Which.MISSING: (3, 5, 0.6),
        Which.WAITING: (None, None, 1),
        Which.RETURNED: (None, None, 1),
        Which.LATE: (3, 3, 1.0),
    }
    # Tuesday's has waited for four working days, where two are allowed; notes are kept from who sees no names.
    assert (board.too_long, board.first_on, set(board.rows["note"])) == (1, days[0], {""})
    for which, figure in board.figures.items():
        listed = review_days(question, every_version(desk), Unit.MOSOVO, date(2025, 6, 1), TODAY, which)
        assert len(listed.rows) == (figure.value if figure.numerator is None else figure.numerator)


@READS_A_STORE
def test_what_became_of_the_decisions_is_told_beside_them(desk: Desk, clock: Clock) -> None:
    about = Subject("offender", "V1")
    decide(desk, DI, Deciding(about, DecisionKind.ESCALATE, None, TODAY, "Ask the DCI", 0), now=clock.at)
    signed(desk, clock)
    document = kept(desk)
    [row] = became_of(document, decisions(desk)).to_dict(orient="records")
    assert (row["subject_ref"], row["owner_ref"], row["standing"]) == ("V1", "", "open")
    assert became_of(document, [])["standing"].tolist() == [""]


@READS_A_STORE
def test_a_case_review_is_of_its_own_unit(desk: Desk, clock: Clock) -> None:
    sign(desk, DI, Reviewing(Unit.POLIT, TODAY, "", 0), screen(desk, clock, unit=Unit.POLIT), now=clock.at)
    sign(desk, DI, Reviewing(Unit.MOSOVO, TODAY, "", 0), screen(desk, clock), now=clock.at)
    assert [each.review_ref for each in reviews(desk)] == ["MOSOVO:2025-06-30", "POLIT:2025-06-30"]
    with pytest.raises(NotPermitted, match="The daily reviews of POLIT are for its supervisors"):
        review_record(desk, desk.question(DS, TODAY, today=TODAY), Unit.POLIT, TODAY)


def test_what_a_later_version_of_the_product_kept_is_read(desk: Desk, clock: Clock) -> None:
    signed(desk, clock)
    said = kept(desk).model_dump(mode="json")
    said |= {"format": 2, "weather": "rain"}
    said["figures"].append({"part": "drones", "code": "flights", "title": "Flights", "value": 3.0, "colour": "red"})
    said["decisions"] = [{**_DECISION, "kind": "to_be_invented"}]
    read = KeptReview.model_validate(said)
    assert (read.figures[-1].part, read.figures[-1].title, read.decisions[0].kind) == (
        "drones",
        "Flights",
        "to_be_invented",
    )


_DECISION = {
    "decision_ref": "1",
    "kind": "other",
    "subject_kind": "offender",
    "subject_ref": "V1",
    "owner_ref": None,
    "due_on": "2025-07-01",
}
