"""Officers' availability: added, corrected, withdrawn; as shown, within scope, and with a reason."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from offendermgmt.services import reports
from offendermgmt.services.access import NotPermitted, Role, Viewer
from offendermgmt.services.availability import (
    Availability,
    AvailabilityState,
    Change,
    availability,
    change_availability,
)
from offendermgmt.services.changes import ChangeRefused
from offendermgmt.services.desk import Desk
from offendermgmt.store import Store
from offendermgmt.store.tables.ledger import AuditRecord
from tests.databases import FORCE, READS_A_STORE
from tests.store.facts import put
from tests.store.services.test_reallocation import INSPECTOR, NORTH, NOW, STAFF, TODAY

LEAVE = Availability("0042", date(2025, 6, 23), None, 0.0, "Leave")


@pytest.fixture
def desk(store: Store) -> Desk:
    with store.write(FORCE, user="test") as work:
        put(work, STAFF)
    return Desk(store, FORCE)


def fte(desk: Desk, officer_ref: str = "0042") -> float:
    rows = reports.caseload(desk.question(INSPECTOR, TODAY, today=TODAY)).set_index("officer_ref")
    return float(rows.loc[officer_ref, "fte"])


def add(desk: Desk, stretch: Availability, viewer: Viewer = INSPECTOR) -> int:
    return change_availability(desk, viewer, Change.ADD, stretch, why="", now=NOW)


def shown(desk: Desk) -> int:
    return int(availability(desk.question(INSPECTOR, TODAY, today=TODAY))["recording_id"].iloc[-1])


def correct(desk: Desk, stretch: Availability, recording: int, change: Change = Change.CORRECT) -> int:
    return change_availability(desk, INSPECTOR, change, stretch, why="came back early", shown=recording, now=NOW)


def test_leave_counts_from_the_next_question(desk: Desk) -> None:
    before = fte(desk)
    add(desk, LEAVE)
    assert (before, fte(desk)) == (1.0, 0.0)


def test_a_correction_takes_its_place(desk: Desk) -> None:
    add(desk, LEAVE)
    correct(desk, Availability("0042", LEAVE.from_on, None, 0.4, "Phased return"), shown(desk))
    [row] = availability(desk.question(INSPECTOR, TODAY, today=TODAY)).to_dict("records")
    assert (fte(desk), row["fte"], row["reason"], row["contracted_fte"]) == (0.4, 0.4, "Phased return", 1.0)


def test_withdrawn_it_counts_no_more(desk: Desk) -> None:
    add(desk, LEAVE)
    correct(desk, LEAVE, shown(desk), Change.WITHDRAW)
    assert fte(desk) == 1.0
    assert availability(desk.question(INSPECTOR, TODAY, today=TODAY)).empty


def test_what_is_over_is_not_listed_and_what_is_to_come_is(desk: Desk) -> None:
    add(desk, Availability("0042", date(2025, 5, 1), date(2025, 6, 30), 0.5, "Course"))
    add(desk, Availability("0043", date(2025, 6, 1), None, 0.4, "Part-time"))
    add(desk, Availability("0043", date(2025, 6, 20), None, 0.2, "Part-time"))
    add(desk, Availability("0043", date(2025, 8, 1), None, 0.0, "Leave"))
    rows = availability(desk.question(INSPECTOR, TODAY, today=TODAY))
    assert list(rows["officer_ref"]) == ["0043"] * 3
    expected = [AvailabilityState.SUPERSEDED, AvailabilityState.IN_FORCE, AvailabilityState.COMING]
    assert list(rows["state"]) == expected


def test_the_same_first_day_again_is_to_be_corrected_instead(desk: Desk, store: Store) -> None:
    add(desk, LEAVE)
    revision = store.revision(FORCE)
    with pytest.raises(ChangeRefused, match="from 23 Jun 2025 already, at 0 FTE"):
        add(desk, LEAVE)
    assert store.revision(FORCE) == revision


def test_a_change_to_what_is_no_longer_as_shown_is_refused(desk: Desk) -> None:
    add(desk, LEAVE)
    seen = shown(desk)
    correct(desk, Availability("0042", LEAVE.from_on, None, 0.4, "Phased return"), seen)
    with pytest.raises(ChangeRefused, match=r"was changed since the page showed it, to 0\.4 FTE"):
        correct(desk, LEAVE, seen, Change.WITHDRAW)
    correct(desk, LEAVE, shown(desk), Change.WITHDRAW)
    with pytest.raises(ChangeRefused, match="has been withdrawn since"):
        correct(desk, LEAVE, seen)


@READS_A_STORE
def test_a_correction_needs_a_reason(desk: Desk) -> None:
    add(desk, LEAVE)
    with pytest.raises(ChangeRefused, match="say why"):
        change_availability(desk, INSPECTOR, Change.WITHDRAW, LEAVE, why=" ", shown=shown(desk), now=NOW)


def test_the_audit_says_who_what_and_why(desk: Desk, store: Store) -> None:
    add(desk, LEAVE)
    correct(desk, LEAVE, shown(desk), Change.WITHDRAW)
    with store.read() as connection:
        records = connection.execute(select(AuditRecord.__table__).order_by(AuditRecord.at)).all()
    assert [(record.action, record.subject_ref, record.user_ref) for record in records] == [
        ("add availability", "0042", "DI"),
        ("withdraw availability", "0042", "DI"),
    ]
    assert (records[1].details["why"], records[1].details["from_on"]) == ("came back early", "2025-06-23")


@READS_A_STORE
@pytest.mark.parametrize(
    ("stretch", "said"),
    [
        (Availability("0042", TODAY, TODAY, 0.5, "x"), "to_on 2025-06-30 is not after from_on"),
        (Availability("0042", TODAY, None, 1.5, "x"), "fte 1.5 "),
    ],
)
def test_what_the_contract_forbids_is_refused_in_its_words(desk: Desk, stretch: Availability, said: str) -> None:
    with pytest.raises(ChangeRefused, match=said):
        add(desk, stretch)


@READS_A_STORE
def test_a_supervisor_keeps_their_own_teams_availability(desk: Desk) -> None:
    assert add(desk, LEAVE, NORTH) == 1
    with pytest.raises(NotPermitted, match="7A is not in a team of yours"):
        add(desk, Availability("7A", TODAY, None, 0.0, "Leave"), NORTH)


@READS_A_STORE
@pytest.mark.parametrize("role", [Role.OFFICER, Role.SLT, Role.BOARD, Role.ANALYST, Role.AUDITOR, Role.ADMINISTRATOR])
def test_others_do_not_change_it(desk: Desk, role: Role) -> None:
    with pytest.raises(NotPermitted, match="supervisors and inspectors"):
        add(desk, LEAVE, Viewer("x", role, officer_ref="0042"))


def test_recorded_then_known(desk: Desk) -> None:
    add(desk, LEAVE)
    earlier = desk.question(INSPECTOR, TODAY, today=TODAY, known_at=datetime(2025, 6, 30, 13, tzinfo=UTC))
    assert availability(earlier).empty
