"""Facts recorded, corrected and withdrawn on a page: by the contract, with a reason, once, and yesterday as it was."""

from datetime import UTC, date, datetime

import pytest

from offendermgmt.domain.vocabulary import LoneVisit, VisitOutcome
from offendermgmt.services import reports
from offendermgmt.services.access import SYSTEM, NotPermitted, Role, Viewer
from offendermgmt.services.changes import AlreadyRecorded, ChangeRefused
from offendermgmt.services.consultations import Subject
from offendermgmt.services.desk import Desk
from offendermgmt.services.recording_alone import Unconfirmed
from offendermgmt.services.recording_facts import (
    Fact,
    OnRecord,
    correct_fact,
    facts_on_record,
    record_fact,
    recordings_of,
    withdraw_fact,
)
from offendermgmt.services.recording_fields import fields_of
from offendermgmt.services.recording_kinds import VISITS, tables_for, tables_to_correct
from offendermgmt.services.recording_visits import VisitMade, record_visit
from offendermgmt.store import Store
from tests.databases import FORCE, READS_A_STORE
from tests.store.services.recording_force import (
    ASH,
    C1,
    CEDAR,
    INSPECTOR,
    NORTH,
    NOW,
    TODAY,
    V1,
    YESTERDAY,
    audits,
    overdue,
    recording_desk,
    rows_of,
)

LATER = datetime(2025, 6, 30, 14, 5, tzinfo=UTC)
# What is recorded of each kind, and what it is corrected to; every table a page records.
KINDS: dict[str, tuple[Subject, Viewer, dict[str, str], dict[str, str]]] = {
    "offender_statuses": (V1, ASH, {"from_on": "2025-06-20", "status": "custody"}, {"status": "hospital"}),
    "risk_assessments": (
        V1,
        ASH,
        {"assessed_on": "2025-06-20", "tool": "ARMS", "risk_level": "low", "assessor_ref": "0042"},
        {"risk_level": "high"},
    ),
    "plan_reviews": (V1, ASH, {"reviewed_on": "2025-06-20", "note": "with ARMS"}, {"note": "after ARMS"}),
    "supervisor_reviews": (V1, NORTH, {"reviewed_on": "2025-06-20", "reviewer_ref": "7A"}, {"finding": "sound"}),
    "visit_intervals": (V1, NORTH, {"from_on": "2025-06-20", "interval_days": "45"}, {"interval_days": "30"}),
    "allocations": (V1, NORTH, {"from_on": "2025-06-20", "officer_ref": "0043"}, {"to_on": "2025-07-10"}),
    "orders": (V1, ASH, {"order_ref": "1", "kind": "SHPO", "from_on": "2024-01-02"}, {"to_on": "2029-01-02"}),
    "polit_stages": (C1, CEDAR, {"from_on": "2025-06-20", "stage": "awaiting_allocation"}, {"stage": "closed"}),
    "polit_assessments": (
        C1,
        CEDAR,
        {"assessed_on": "2025-06-20", "tool": "KIRAT", "risk_level": "low"},
        {"risk_level": "very_high"},
    ),
    "polit_activities": (C1, CEDAR, {"on": "2025-06-20", "kind": "research"}, {"kind": "check"}),
    "polit_children": (C1, CEDAR, {"child_ref": "K1", "identified_on": "2025-06-20"}, {"safeguarded_on": "2025-06-21"}),
    "polit_enforcements": (C1, CEDAR, {"on": "2025-06-20", "kind": "arrest"}, {"kind": "warrant"}),
    "polit_examinations": (C1, CEDAR, {"submitted_on": "2025-06-20"}, {"result_on": "2025-06-25"}),
    "polit_information": (C1, CEDAR, {"received_on": "2025-06-20", "needs_assessment": "true"}, {"note": "a call"}),
    "polit_access": (C1, CEDAR, {"from_on": "2025-06-20", "access": "not_known"}, {"access": "yes"}),
    "polit_allocations": (C1, INSPECTOR, {"from_on": "2025-06-20", "officer_ref": "P2"}, {"officer_ref": "P1"}),
}
ASSESSED = KINDS["risk_assessments"][2]


@pytest.fixture
def desk(store: Store) -> Desk:
    return recording_desk(store)


def record(desk: Desk, table: str, **changed: str) -> Fact:
    subject, viewer, cells, _ = KINDS[table]
    fact = Fact(subject, table, {**cells, **changed})
    record_fact(desk, viewer, fact, now=NOW)
    return fact


def newest(desk: Desk, subject: Subject, table: str) -> OnRecord:
    return recordings_of(desk, subject, table)[0]


def correct(desk: Desk, table: str, shown: OnRecord, changes: dict[str, str], why: str = "typed wrong") -> None:
    subject, own, _, _ = KINDS[table]
    fact = Fact(subject, table, {**shown.cells, **changes})
    correct_fact(desk, own, fact, shown.recording_id, why, now=LATER)


def holder(desk: Desk) -> str:
    cases = reports.caseload(desk.question(SYSTEM, TODAY, today=TODAY)).set_index("officer_ref")["cases"]
    return ";".join(f"{ref}:{number}" for ref, number in cases.items())


@pytest.mark.parametrize("table", KINDS)
def test_each_kind_is_recorded_corrected_and_withdrawn(desk: Desk, store: Store, table: str) -> None:
    subject, viewer, cells, changes = KINDS[table]
    before = len(rows_of(desk, table))
    record(desk, table)
    recorded = newest(desk, subject, table)
    assert {name: recorded.cells[name] for name in cells} == cells
    assert len(rows_of(desk, table)) == before + 1

    correct(desk, table, recorded, changes)
    corrected = newest(desk, subject, table)
    assert {name: corrected.cells[name] for name in changes} == changes
    assert len(rows_of(desk, table)) == before + 1

    withdraw_fact(desk, viewer, subject, table, corrected.recording_id, "never so", now=LATER)
    assert len(rows_of(desk, table)) == before
    assert [each.stands for each in recordings_of(desk, subject, table)[:3]] == [False] * 3
    actions = [audit.action.split()[0] for audit in audits(store)]
    assert actions == ["recorded", "corrected", "withdrew"]


@pytest.mark.parametrize("table", KINDS)
def test_the_same_again_is_on_record_already(desk: Desk, store: Store, table: str) -> None:
    record(desk, table)
    revision = store.revision(FORCE)
    with pytest.raises(AlreadyRecorded, match="Nothing more was recorded"):
        record(desk, table)
    assert store.revision(FORCE) == revision


def test_every_table_that_a_page_records_is_tried_here() -> None:
    assert {*tables_for(INSPECTOR, V1), *tables_for(INSPECTOR, C1)} == set(KINDS)


def test_a_reference_of_its_own_makes_it_another(desk: Desk) -> None:
    record(desk, "polit_activities")
    record(desk, "polit_activities", activity_ref="A2")
    references = [row["activity_ref"] for row in rows_of(desk, "polit_activities")]
    assert len(references) == len(set(references)) == 2


def test_another_fact_under_the_same_key_is_to_be_corrected_instead(desk: Desk, store: Store) -> None:
    record(desk, "risk_assessments")
    with pytest.raises(ChangeRefused, match=r"V1 has this already, and it says .*Low.* Correct that one instead"):
        record(desk, "risk_assessments", risk_level="high")
    assert len(audits(store)) == 1


@READS_A_STORE
@pytest.mark.parametrize(
    ("table", "changed", "said"),
    [
        ("risk_assessments", {"risk_level": ""}, "risk_level is empty"),
        ("risk_assessments", {"assessed_on": "2025-04-30"}, "is before V1 was registered on 2025-05-01"),
        ("risk_assessments", {"assessed_on": "2025-07-01"}, "assessed_on 2025-07-01 is in the future"),
        ("risk_assessments", {"assessor_ref": "X"}, "X is no officer in the store"),
        ("visit_intervals", {"interval_days": "900"}, "interval_days 900 is not a whole number from 1 to 731"),
        ("visit_intervals", {"to_on": "2025-06-20"}, "to_on 2025-06-20 is not after from_on"),
        ("offender_statuses", {"status": "away"}, "status away is not known"),
        ("polit_children", {"child_ref": ""}, "child_ref is empty"),
        ("polit_children", {"referred_on": "2025-07-01"}, "referred_on 2025-07-01 is in the future"),
        ("polit_examinations", {"result_on": "2025-06-19"}, "result_on 2025-06-19 is before submitted_on"),
        ("polit_enforcements", {"on": "2025-06-01"}, "is before C1 was received on 2025-06-02"),
    ],
)
def test_what_the_contract_forbids_is_refused_in_its_words(
    desk: Desk, store: Store, table: str, changed: dict[str, str], said: str
) -> None:
    revision = store.revision(FORCE)
    with pytest.raises(ChangeRefused, match=said):
        record(desk, table, **changed)
    assert (store.revision(FORCE), audits(store)) == (revision, [])


def test_a_correction_moves_todays_figure_and_not_what_was_known_before(desk: Desk) -> None:
    record(desk, "offender_statuses")
    assert overdue(desk) == ["V2", "V3"]
    correct(desk, "offender_statuses", newest(desk, V1, "offender_statuses"), {"status": "community"})
    assert overdue(desk) == ["V1", "V2", "V3"]
    assert overdue(desk, known_at=NOW) == ["V2", "V3"]
    assert overdue(desk, known_at=YESTERDAY) == ["V1", "V2", "V3"]


def test_a_correction_of_its_day_withdraws_the_one_that_stood(desk: Desk) -> None:
    record(desk, "risk_assessments")
    correct(desk, "risk_assessments", newest(desk, V1, "risk_assessments"), {"assessed_on": "2025-06-12"})
    [row] = rows_of(desk, "risk_assessments")
    assert row["assessed_on"].date() == date(2025, 6, 12)
    standing = [each.stands for each in recordings_of(desk, V1, "risk_assessments")]
    assert sorted(standing) == [False, False, True]


def test_a_correction_takes_no_other_facts_place(desk: Desk) -> None:
    record(desk, "risk_assessments")
    record(desk, "risk_assessments", assessed_on="2025-06-12", risk_level="high")
    shown = next(each for each in recordings_of(desk, V1, "risk_assessments") if each.cells["risk_level"] == "high")
    with pytest.raises(ChangeRefused, match=r"another one that it would take the place of, .*20 Jun 2025.*Low"):
        correct(desk, "risk_assessments", shown, {"assessed_on": "2025-06-20"})


def test_a_second_click_on_a_correction_or_withdrawal_is_on_record_already(desk: Desk, store: Store) -> None:
    record(desk, "risk_assessments")
    shown = newest(desk, V1, "risk_assessments")
    correct(desk, "risk_assessments", shown, {"risk_level": "high"})
    with pytest.raises(AlreadyRecorded, match="your change is on record already"):
        correct(desk, "risk_assessments", shown, {"risk_level": "high"})
    high = newest(desk, V1, "risk_assessments")
    correct(desk, "risk_assessments", high, {"assessed_on": "2025-06-12"})
    with pytest.raises(AlreadyRecorded, match="your change is on record already"):
        correct(desk, "risk_assessments", high, {"assessed_on": "2025-06-12"})
    last = next(each for each in recordings_of(desk, V1, "risk_assessments") if each.stands)
    withdraw_fact(desk, ASH, V1, "risk_assessments", last.recording_id, "wrong person", now=LATER)
    with pytest.raises(AlreadyRecorded):
        withdraw_fact(desk, ASH, V1, "risk_assessments", last.recording_id, "wrong person", now=LATER)
    assert len(audits(store)) == 4


def test_a_correction_of_what_changed_since_is_refused_and_says_what_stands(desk: Desk, store: Store) -> None:
    record(desk, "risk_assessments")
    shown = newest(desk, V1, "risk_assessments")
    correct(desk, "risk_assessments", shown, {"risk_level": "high"})
    with pytest.raises(ChangeRefused, match=r"changed since the page showed it, and now says .*High"):
        correct(desk, "risk_assessments", shown, {"risk_level": "medium"})
    withdraw_fact(desk, ASH, V1, "risk_assessments", newest(desk, V1, "risk_assessments").recording_id, "no", now=LATER)
    with pytest.raises(ChangeRefused, match="withdrawn since the page showed it"):
        correct(desk, "risk_assessments", shown, {"risk_level": "medium"})
    assert len(audits(store)) == 3


@pytest.mark.parametrize("why", ["", "  ", "x" * 501])
def test_a_correction_and_a_withdrawal_need_a_reason(desk: Desk, why: str) -> None:
    record(desk, "risk_assessments")
    shown = newest(desk, V1, "risk_assessments")
    with pytest.raises(ChangeRefused, match="reason"):
        correct(desk, "risk_assessments", shown, {"risk_level": "high"}, why)
    with pytest.raises(ChangeRefused, match="reason"):
        withdraw_fact(desk, ASH, V1, "risk_assessments", shown.recording_id, why, now=LATER)


@READS_A_STORE
def test_a_correction_that_changes_nothing_is_refused(desk: Desk) -> None:
    record(desk, "risk_assessments")
    with pytest.raises(ChangeRefused, match="nothing was changed"):
        correct(desk, "risk_assessments", newest(desk, V1, "risk_assessments"), {})


def test_the_audit_says_what_changed_and_why_and_not_what_was_written(desk: Desk, store: Store) -> None:
    record(desk, "plan_reviews")
    shown = newest(desk, V1, "plan_reviews")
    correct(desk, "plan_reviews", shown, {"note": "A. Neighbour rang"})
    audit = audits(store)[-1]
    assert (audit.action, audit.subject_kind, audit.subject_ref) == ("corrected plan review", "offender", "V1")
    assert audit.details == {
        "role": "officer",
        "table": "plan_reviews",
        "key": {"offender_ref": "V1", "reviewed_on": "2025-06-20"},
        "recording": shown.recording_id,
        "changed": ["note"],
        "reason": "typed wrong",
    }


def test_a_visit_is_corrected_and_asked_about_when_that_leaves_it_alone(desk: Desk) -> None:
    at = datetime.fromisoformat("2025-06-30 14:30")
    record_visit(desk, ASH, VisitMade("V1", VisitOutcome.COMPLETED, at, ("0042", "0043")), now=NOW)
    [shown] = facts_on_record(desk, desk.question(ASH, TODAY, today=TODAY), V1, VISITS)
    fact = Fact(V1, VISITS, {**shown.cells, "officer_refs": "0042"})
    with pytest.raises(Unconfirmed) as asked:
        correct_fact(desk, ASH, fact, shown.recording_id, "went alone", now=LATER)
    assert [row["officer_refs"] for row in rows_of(desk, VISITS)] == ["0042;0043"]
    correct_fact(desk, ASH, fact, shown.recording_id, "went alone", now=LATER, confirmed=asked.value.doubts)
    assert list(desk.snapshot().attended["lone"]) == [list(LoneVisit).index(LoneVisit.UNAUTHORISED)]


def test_a_visit_withdrawn_is_due_again(desk: Desk) -> None:
    at = datetime.fromisoformat("2025-06-30 14:30")
    record_visit(desk, ASH, VisitMade("V1", VisitOutcome.COMPLETED, at, ("0042", "0043")), now=NOW)
    withdraw_fact(desk, ASH, V1, VISITS, newest(desk, V1, VISITS).recording_id, "another person", now=LATER)
    assert overdue(desk) == ["V1", "V2", "V3"]
    assert overdue(desk, known_at=NOW) == ["V2", "V3"]


def test_a_supervisor_gives_a_case_to_their_own_officers_and_ends_an_allocation(desk: Desk) -> None:
    with pytest.raises(ChangeRefused, match=r"Yew \(S1\) is not in post in a team to which you may give cases"):
        record(desk, "allocations", officer_ref="S1")
    [held] = recordings_of(desk, V1, "allocations")
    correct(desk, "allocations", held, {"to_on": "2025-06-30"}, "left the team")
    assert holder(desk) == ":1;0042:1;S1:1"


@READS_A_STORE
@pytest.mark.parametrize("table", ["allocations", "visit_intervals", "supervisor_reviews"])
def test_an_officer_does_not_record_what_is_their_supervisors(desk: Desk, table: str) -> None:
    subject, _, cells, _ = KINDS[table]
    with pytest.raises(NotPermitted, match="is not for you to record about one person's record"):
        record_fact(desk, ASH, Fact(subject, table, cells), now=NOW)


def test_only_about_cases_held_today(desk: Desk) -> None:
    other, case = Subject("offender", "V3"), Subject("case", "C2")
    for viewer in (ASH, NORTH):
        with pytest.raises(NotPermitted, match="V3 is not among your cases today"):
            record_fact(desk, viewer, Fact(other, "risk_assessments", ASSESSED), now=NOW)
    with pytest.raises(NotPermitted, match="C2 is not among your cases today"):
        record_fact(desk, CEDAR, Fact(case, "polit_access", KINDS["polit_access"][2]), now=NOW)
    for viewer in (ASH, CEDAR):
        subject = C1 if viewer is ASH else V1
        with pytest.raises(NotPermitted, match="recorded by the officer who holds the case"):
            record_fact(desk, viewer, Fact(subject, "risk_assessments", ASSESSED), now=NOW)
    with pytest.raises(NotPermitted):
        facts_on_record(desk, desk.question(ASH, TODAY, today=TODAY), other, "risk_assessments")


@pytest.mark.parametrize("role", [Role.SLT, Role.BOARD, Role.ANALYST, Role.AUDITOR, Role.ADMINISTRATOR])
def test_others_are_offered_nothing(role: Role) -> None:
    viewer = Viewer("x", role, officer_ref="0042")
    assert [tables(viewer, subject) for tables in (tables_for, tables_to_correct) for subject in (V1, C1)] == [{}] * 4


@READS_A_STORE
def test_who_an_offender_is_comes_by_extract(desk: Desk) -> None:
    row = Fact(V1, "offenders", {"registered_on": "2025-05-01"})
    with pytest.raises(NotPermitted):
        record_fact(desk, INSPECTOR, row, now=NOW)


def test_a_form_asks_for_every_column_that_is_not_given() -> None:
    asked = {table: [field.column for field in fields_of(table)] for table in ("polit_children", "risk_assessments")}
    assert asked == {
        "polit_children": ["child_ref", "identified_on", "referred_on", "safeguarded_on"],
        "risk_assessments": ["assessed_on", "tool", "risk_level", "assessor_ref"],
    }
