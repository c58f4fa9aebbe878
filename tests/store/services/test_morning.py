"""The morning over a real store: it adds up, lists are as long as figures, late is late, and a write shows at once."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, timedelta
from importlib.resources import files
from pathlib import Path

import pandas as pd
import pytest
from sqlalchemy import func, select, update

from offendermgmt.domain.days import LONDON
from offendermgmt.domain.vocabulary import DecisionKind, FlagKind, LoneFinding, Unit
from offendermgmt.intake.loading import load
from offendermgmt.services.access import NotPermitted, Role, Viewer
from offendermgmt.services.consultations import Subject
from offendermgmt.services.deciding import Deciding, decide
from offendermgmt.services.desk import Desk
from offendermgmt.services.morning import READERS, Morning, Part, Section, Since, may_read, morning
from offendermgmt.services.morning_words import CAME, LEFT
from offendermgmt.services.policies import record_policy, shipped_policy
from offendermgmt.store import UnitOfWork
from offendermgmt.store.decisions import DecisionText, append_decision
from offendermgmt.store.lone_findings import append_finding
from offendermgmt.store.offender_flags import append_flag
from offendermgmt.store.planned_visits import append_plan
from offendermgmt.store.tables.daily import LoneVisitFinding
from offendermgmt.store.tables.ledger import LoadBatch, RefusedRow
from tests.databases import FORCE, READS_COPIES, Copied
from tests.store.facts import Columns, put
from tests.store.services.recording_force import CEDAR, INSPECTOR, NORTH, NOW, TODAY, recording_desk

REVIEW_ON = date(2025, 6, 26)
SINCE = Since(REVIEW_ON, datetime(2025, 6, 26, 7, 30, tzinfo=LONDON))
LATER = datetime(2025, 6, 27, 16, tzinfo=LONDON)


@pytest.fixture(scope="module")
def loaded(copied: Copied) -> Iterator[Desk]:
    """V1 and V2 were overdue in the review, and V3; V1 was visited after it, V2 long before, which came in late.

    For tests that only read, and to copy.
    """
    visits: Columns = {
        "visit_ref": ["after", "late"],
        "offender_ref": ["V1", "V2"],
        "visited_at": [datetime(2025, 6, 26, 15, tzinfo=LONDON), datetime(2025, 6, 20, 15, tzinfo=LONDON)],
        "outcome": ["completed"] * 2,
        "officer_refs": ["0042;7A"] * 2,
        "recorded_at": [LATER] * 2,
    }
    with copied() as store:
        desk = recording_desk(store)
        with store.write(FORCE, user="test") as work:
            put(work, {"visits": visits})
        yield desk


@pytest.fixture
def desk(copied: Copied, loaded: Desk) -> Iterator[Desk]:
    """The same in a store of the test's own, which it writes to."""
    with copied(loaded.store) as store:
        yield Desk(store, FORCE)


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


@READS_COPIES
def test_the_parts_come_in_their_order_and_are_the_units_own(loaded: Desk) -> None:
    assert list(asked(loaded).sections) == [part for part in Part if part is not Part.POLIT]
    assert list(asked(loaded, Unit.POLIT).sections) == [Part.CHANGES, Part.POLIT, Part.DECISIONS]


@READS_COPIES
@pytest.mark.parametrize("unit", list(Unit), ids=str)
@pytest.mark.parametrize("since", [SINCE, None], ids=["a review", "no review"])
def test_every_list_is_as_long_as_its_figure(loaded: Desk, unit: Unit, since: Since | None) -> None:
    for section in asked(loaded, unit, since).sections.values():
        counted = numbers(section)
        assert {name: len(rows) for name, rows in section.lists.items()} == {
            name: counted[name] or 0 for name in section.lists
        }, section.part


@READS_COPIES
@pytest.mark.parametrize(("unit", "team"), [(Unit.MOSOVO, "T1"), (Unit.POLIT, None)])
def test_what_came_and_left_leads_from_the_review_to_now(loaded: Desk, unit: Unit, team: str | None) -> None:
    number = numbers(changes(loaded, unit, team_ref=team))

    came, left = (sum(number.get(code) or 0 for code in codes) for codes in (CAME, LEFT))
    assert number["seen"] is not None
    assert number["seen"] + came - left == number["closing"]


@READS_COPIES
def test_a_late_record_shows_as_late_and_not_as_work_done_since(loaded: Desk) -> None:
    section = changes(loaded)
    number = numbers(section)

    assert (number["seen"], number["visited"], number["corrected_out"], number["closing"]) == (3, 1, 1, 1)
    assert list(section.lists["visited"]["offender_ref"]) == ["V1"]
    assert list(section.lists["corrected_out"]["offender_ref"]) == ["V2"]
    assert section.lists["late"][["table", "ref", "kind"]].to_numpy().tolist() == [["visits", "V2", "recorded"]]


@READS_COPIES
def test_what_was_known_before_the_late_record_is_as_it_was(loaded: Desk) -> None:
    known = asked(loaded, known_at=LATER - timedelta(hours=1))

    assert numbers(known.sections[Part.BACKLOG])["size"] == 3
    assert numbers(known.sections[Part.CHANGES])["late"] == 0


@READS_COPIES
def test_the_backlog_now_is_the_same_figure_in_both_parts(loaded: Desk) -> None:
    sections = asked(loaded).sections

    assert numbers(sections[Part.CHANGES])["closing"] == numbers(sections[Part.BACKLOG])["size"]


@READS_COPIES
@pytest.mark.parametrize(
    "since",
    [None, Since(TODAY, SINCE.known_at), Since(TODAY + timedelta(days=1), SINCE.known_at)],
    ids=["none", "of the day", "of a later day"],
)
def test_without_an_earlier_review_nothing_is_said_to_have_changed(loaded: Desk, since: Since | None) -> None:
    without = asked(loaded, since=since)

    assert without.since is None
    assert (dict(without.sections[Part.CHANGES].figures), dict(without.sections[Part.CHANGES].lists)) == ({}, {})


@READS_COPIES
def test_a_review_not_known_of_at_the_moment_asked_for_is_left_out(loaded: Desk) -> None:
    assert asked(loaded, known_at=SINCE.known_at - timedelta(minutes=1)).since is None


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


def whole(desk: Desk) -> dict[Unit, Mapping[Part, Section]]:
    return {unit: asked(desk, unit).sections for unit in Unit}


def put_facts(**tables: Columns) -> Callable[[UnitOfWork], object]:
    return lambda work: put(work, tables)


def flagged(work: UnitOfWork) -> None:
    kind, note = FlagKind.CONCERN, "Seen at a school"
    append_flag(work, "F1", 0, offender_ref="V3", kind=kind, from_on=TODAY, to_on=None, note=note)


def judged(work: UnitOfWork) -> None:
    append_finding(work, "alone", 0, finding=LoneFinding.LEARNING, text="Two next time", found_by="7A")
    # The store's own clock is past the day that is asked about.
    work.connection.execute(update(LoneVisitFinding).values(recorded_at=NOW))


def planned(work: UnitOfWork) -> None:
    crew = {"offender_ref": "V3", "minutes": 60, "announced": False, "officer_refs": "0042", "state": "planned"}
    append_plan(work, "P1", 0, planned_at=NOW + timedelta(hours=2), **crew)


def decided(offender_ref: str | None = None, case_ref: str | None = None) -> Callable[[UnitOfWork], object]:
    said = DecisionText(
        offender_ref,
        case_ref,
        kind=DecisionKind.OTHER,
        decided_on=TODAY,
        decided_by="DI",
        owner_ref=None,
        due_on=TODAY,
        reason="To be asked about",
        expires_on=None,
    )
    return lambda work: append_decision(work, "D1", 0, said)


_FACTS_OF_VISITS = set(Part) - {Part.POLIT}
_VISIT: Columns = {
    "visit_ref": ["another"],
    "offender_ref": ["V3"],
    "visited_at": [datetime(2025, 6, 29, 15, tzinfo=LONDON)],
    "outcome": ["completed"],
    "officer_refs": ["0042;7A"],
    "recorded_at": [NOW],
}
_STAGE: Columns = {"case_ref": ["C1"], "from_on": [TODAY], "stage": ["under_investigation"], "recorded_at": [NOW]}
_ABSENCE: Columns = {"officer_ref": ["0042"], "from_on": [TODAY], "to_on": [None], "fte": [0.0], "recorded_at": [NOW]}
_OF_UNIT = {Unit.MOSOVO: _FACTS_OF_VISITS, Unit.POLIT: {Part.CHANGES, Part.POLIT, Part.DECISIONS}}
# What is refused is asked anew after every write: it may be a load.
_ALWAYS = {(unit, Part.CHANGES) for unit in Unit}


@pytest.mark.parametrize(
    ("write", "moved"),
    [
        (put_facts(visits=_VISIT), {(Unit.MOSOVO, part) for part in _FACTS_OF_VISITS}),
        (put_facts(polit_stages=_STAGE), {(Unit.POLIT, part) for part in _OF_UNIT[Unit.POLIT]}),
        (put_facts(officer_availability=_ABSENCE), {(unit, part) for unit in Unit for part in _OF_UNIT[unit]}),
        (flagged, {(Unit.MOSOVO, Part.TRIAGE)}),
        (judged, {(Unit.MOSOVO, Part.LONE_VISITS)}),
        (planned, {(Unit.MOSOVO, Part.PLAN)}),
        (decided(offender_ref="V3"), {(Unit.MOSOVO, Part.DECISIONS)}),
        (decided(case_ref="C1"), {(Unit.POLIT, Part.DECISIONS)}),
    ],
    ids=["visit", "stage", "absence", "flag", "finding", "plan", "decision", "decision on a case"],
)
def test_a_write_moves_the_parts_that_rest_on_it_and_no_other(
    desk: Desk, write: Callable[[UnitOfWork], object], moved: set[tuple[Unit, Part]]
) -> None:
    alone: Columns = {**_VISIT, "visit_ref": ["alone"], "officer_refs": ["0042"], "outcome": ["no_reply"]}
    with desk.store.write(FORCE, user="test") as work:
        put(work, {"visits": alone})
    before = whole(desk)
    with desk.store.write(FORCE, user="test") as work:
        write(work)

    after, anew = whole(desk), whole(Desk(desk.store, FORCE))

    made_anew = {
        (unit, part) for unit in Unit for part, section in after[unit].items() if section is not before[unit][part]
    }
    assert made_anew - _ALWAYS == moved - _ALWAYS
    for unit in Unit:
        for part, section in after[unit].items():
            assert section.figures == anew[unit][part].figures, part
            for name, rows in section.lists.items():
                pd.testing.assert_frame_equal(rows, anew[unit][part].lists[name], obj=f"{part} {name}")
    assert any(numbers(after[unit][part]) != numbers(before[unit][part]) for unit, part in moved)


def test_a_policy_changed_makes_every_part_anew(desk: Desk) -> None:
    before = whole(desk)
    shipped = files("offendermgmt.services").joinpath("shipped_policy.toml").read_text(encoding="utf-8")
    document = shipped.replace('version = "shipped-1"', 'version = "ours"', 1)
    document = document.replace(f"from_on = {shipped_policy().from_on}", f"from_on = {TODAY}", 1)
    record_policy(desk.store, FORCE, Viewer("A", Role.ADMINISTRATOR), document, reason="review", source_note="paper")

    after = whole(desk)

    assert not [(unit, part) for unit in Unit for part in after[unit] if after[unit][part] is before[unit][part]]
    assert after[Unit.POLIT][Part.POLIT].figures["past"].setting.policy_version == "ours"


def test_a_plan_whose_time_is_over_waits_for_an_outcome_without_a_write(desk: Desk) -> None:
    with desk.store.write(FORCE, user="test") as work:
        planned(work)
    question = desk.question(INSPECTOR, TODAY, today=TODAY)

    waiting = [
        numbers(morning(desk, question, Unit.MOSOVO, SINCE, NOW + timedelta(hours=hours)).sections[Part.PLAN])
        for hours in (0, 4)
    ]

    assert [each["no_outcome"] for each in waiting] == [0, 1]


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


@READS_COPIES
def test_a_team_has_no_unallocated_cases_to_count(loaded: Desk) -> None:
    whole, team = (asked(loaded, team_ref=ref).sections[Part.CONTACT] for ref in (None, "T1"))

    assert (numbers(whole)["unallocated"], numbers(team)["unallocated"]) == (0, None)


@READS_COPIES
@pytest.mark.parametrize("role", list(Role), ids=str)
def test_who_may_read_a_morning(loaded: Desk, role: Role) -> None:
    viewer = Viewer("x", role)

    assert may_read(viewer) == (role in READERS)
    if not may_read(viewer):
        with pytest.raises(NotPermitted, match="supervisors and inspectors"):
            asked(loaded, viewer=viewer)


@READS_COPIES
def test_a_supervisor_reads_the_morning_of_their_own_unit(loaded: Desk) -> None:
    assert numbers(asked(loaded, viewer=NORTH).sections[Part.BACKLOG])["size"] == 0
    with pytest.raises(NotPermitted, match="POLIT"):
        asked(loaded, Unit.POLIT, viewer=NORTH)
    with pytest.raises(NotPermitted):
        asked(loaded, Unit.POLIT, viewer=CEDAR)
