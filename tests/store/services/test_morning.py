"""The morning over a real store: it adds up, lists are as long as figures, late is late, and a write shows at once."""

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select, update

from offendermgmt.domain.days import LONDON
from offendermgmt.domain.vocabulary import DecisionKind, Unit
from offendermgmt.intake.loading import load
from offendermgmt.services.access import NotPermitted, Role, Viewer
from offendermgmt.services.consultations import Subject
from offendermgmt.services.deciding import Deciding, decide
from offendermgmt.services.desk import Desk
from offendermgmt.services.morning import READERS, Morning, Part, Section, Since, may_read, morning
from offendermgmt.services.morning_words import CAME, LEFT
from offendermgmt.store import Store
from offendermgmt.store.tables.ledger import LoadBatch, RefusedRow
from tests.databases import FORCE
from tests.store.facts import Columns, put
from tests.store.services.recording_force import CEDAR, INSPECTOR, NORTH, NOW, TODAY, recording_desk

REVIEW_ON = date(2025, 6, 26)
SINCE = Since(REVIEW_ON, datetime(2025, 6, 26, 7, 30, tzinfo=LONDON))
LATER = datetime(2025, 6, 27, 16, tzinfo=LONDON)


@pytest.fixture
def desk(store: Store) -> Desk:
    """V1 and V2 were overdue in the review, and V3; V1 was visited after it, V2 long before, which came in late."""
    desk = recording_desk(store)
    with store.write(FORCE, user="test") as work:
        visits: Columns = {
            "visit_ref": ["after", "late"],
            "offender_ref": ["V1", "V2"],
            "visited_at": [datetime(2025, 6, 26, 15, tzinfo=LONDON), datetime(2025, 6, 20, 15, tzinfo=LONDON)],
            "outcome": ["completed"] * 2,
            "officer_refs": ["0042;7A"] * 2,
            "recorded_at": [LATER] * 2,
        }
        put(work, {"visits": visits})
    return desk


def asked(
    desk: Desk,
    unit: Unit = Unit.MOSOVO,
    since: Since | None = SINCE,
    viewer: Viewer = INSPECTOR,
    team_ref: str | None = None,
    known_at: datetime | None = None,
) -> Morning:
    question = desk.question(viewer, TODAY, today=TODAY, team_ref=team_ref, known_at=known_at)
    return morning(desk, question, unit, since, NOW)


def numbers(section: Section) -> dict[str, int | None]:
    """The number of each figure, of a share its numerator."""
    values = {
        code: figure.value if figure.numerator is None else figure.numerator for code, figure in section.figures.items()
    }
    return {code: None if value is None else int(value) for code, value in values.items()}


def changes(desk: Desk, unit: Unit = Unit.MOSOVO, since: Since | None = SINCE, team_ref: str | None = None) -> Section:
    return asked(desk, unit, since, team_ref=team_ref).sections[Part.CHANGES]


def test_the_parts_come_in_their_order_and_are_the_units_own(desk: Desk) -> None:
    assert list(asked(desk).sections) == [part for part in Part if part is not Part.POLIT]
    assert list(asked(desk, Unit.POLIT).sections) == [Part.CHANGES, Part.POLIT, Part.DECISIONS]


@pytest.mark.parametrize("unit", list(Unit), ids=str)
@pytest.mark.parametrize("since", [SINCE, None], ids=["a review", "no review"])
def test_every_list_is_as_long_as_its_figure(desk: Desk, unit: Unit, since: Since | None) -> None:
    for section in asked(desk, unit, since).sections.values():
        counted = numbers(section)
        assert {name: len(rows) for name, rows in section.lists.items()} == {
            name: counted[name] or 0 for name in section.lists
        }, section.part


@pytest.mark.parametrize(("unit", "team"), [(Unit.MOSOVO, "T1"), (Unit.POLIT, None)])
def test_what_came_and_left_leads_from_the_review_to_now(desk: Desk, unit: Unit, team: str | None) -> None:
    number = numbers(changes(desk, unit, team_ref=team))

    came, left = (sum(number.get(code) or 0 for code in codes) for codes in (CAME, LEFT))
    assert number["seen"] is not None
    assert number["seen"] + came - left == number["closing"]


def test_a_late_record_shows_as_late_and_not_as_work_done_since(desk: Desk) -> None:
    section = changes(desk)
    number = numbers(section)

    assert (number["seen"], number["visited"], number["corrected_out"], number["closing"]) == (3, 1, 1, 1)
    assert list(section.lists["visited"]["offender_ref"]) == ["V1"]
    assert list(section.lists["corrected_out"]["offender_ref"]) == ["V2"]
    assert section.lists["late"][["table", "ref", "kind"]].to_numpy().tolist() == [["visits", "V2", "recorded"]]


def test_what_was_known_before_the_late_record_is_as_it_was(desk: Desk) -> None:
    known = asked(desk, known_at=LATER - timedelta(hours=1))

    assert numbers(known.sections[Part.BACKLOG])["size"] == 3
    assert numbers(known.sections[Part.CHANGES])["late"] == 0


def test_the_backlog_now_is_the_same_figure_in_both_parts(desk: Desk) -> None:
    sections = asked(desk).sections

    assert numbers(sections[Part.CHANGES])["closing"] == numbers(sections[Part.BACKLOG])["size"]


@pytest.mark.parametrize(
    "since",
    [None, Since(TODAY, SINCE.known_at), Since(TODAY + timedelta(days=1), SINCE.known_at)],
    ids=["none", "of the day", "of a later day"],
)
def test_without_an_earlier_review_nothing_is_said_to_have_changed(desk: Desk, since: Since | None) -> None:
    without = asked(desk, since=since)

    assert without.since is None
    assert (dict(without.sections[Part.CHANGES].figures), dict(without.sections[Part.CHANGES].lists)) == ({}, {})


def test_a_review_not_known_of_at_the_moment_asked_for_is_left_out(desk: Desk) -> None:
    assert asked(desk, known_at=SINCE.known_at - timedelta(minutes=1)).since is None


def test_a_write_shows_in_the_next_morning(desk: Desk) -> None:
    before = numbers(changes(desk))
    with desk.store.write(FORCE, user="test") as work:
        state: Columns = {
            "offender_ref": ["V3"],
            "from_on": [date(2025, 6, 28)],
            "status": ["custody"],
            "recorded_at": [NOW],
        }
        put(work, {"offender_statuses": state})

    after = numbers(changes(desk))

    assert (before["suspended"], before["closing"]) == (0, 1)
    assert (after["suspended"], after["closing"]) == (1, 0)


def test_a_decision_shows_in_the_next_morning_and_moves_no_fact(desk: Desk) -> None:
    before = asked(desk).sections
    asking = Deciding(Subject("offender", "V3"), DecisionKind.OTHER, None, TODAY, "To be asked about", 0)
    decide(desk, INSPECTOR, asking, now=NOW)

    after = asked(desk).sections

    assert [numbers(sections[Part.DECISIONS])["due"] for sections in (before, after)] == [0, 1]
    assert after[Part.BACKLOG] is before[Part.BACKLOG]


def test_refused_since_are_the_units_rows_first_refused_after_the_review(desk: Desk, tmp_path: Path) -> None:
    refused_load(desk, tmp_path / "old", SINCE.known_at, "V1,2024-01-01,nowhere")
    refused_load(desk, tmp_path / "new", LATER, "V9,2025-06-27,custody")

    section = changes(desk)

    figure = section.figures["refused"]
    assert (figure.numerator, figure.denominator) == (1, 2)
    assert list(section.lists["refused"]["column"]) == ["offender_ref"]
    assert changes(desk, Unit.POLIT).figures["refused"].denominator == 0


def refused_load(desk: Desk, extract: Path, at: datetime, row: str) -> None:
    extract.mkdir()
    (extract / "offender_statuses.csv").write_text(f"offender_ref,from_on,status\n{row}\n", encoding="utf-8")
    load(desk.store, FORCE, extract, now=at, user="tester")
    with desk.store.write(FORCE, user="test") as work:
        newest = select(func.max(RefusedRow.batch_id)).scalar_subquery()
        work.connection.execute(update(LoadBatch).where(LoadBatch.batch_id == newest).values(finished_at=at))


def test_a_team_has_no_unallocated_cases_to_count(desk: Desk) -> None:
    whole, team = (asked(desk, team_ref=ref).sections[Part.CONTACT] for ref in (None, "T1"))

    assert (numbers(whole)["unallocated"], numbers(team)["unallocated"]) == (0, None)


@pytest.mark.parametrize("role", list(Role), ids=str)
def test_who_may_read_a_morning(desk: Desk, role: Role) -> None:
    viewer = Viewer("x", role)

    assert may_read(viewer) == (role in READERS)
    if not may_read(viewer):
        with pytest.raises(NotPermitted, match="supervisors and inspectors"):
            asked(desk, viewer=viewer)


def test_a_supervisor_reads_the_morning_of_their_own_unit(desk: Desk) -> None:
    assert numbers(asked(desk, viewer=NORTH).sections[Part.BACKLOG])["size"] == 0
    with pytest.raises(NotPermitted, match="POLIT"):
        asked(desk, Unit.POLIT, viewer=NORTH)
    with pytest.raises(NotPermitted):
        asked(desk, Unit.POLIT, viewer=CEDAR)
