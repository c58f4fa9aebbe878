"""Reallocating cases: whole, with a reason, as shown, within scope, and once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from typing import Any

import pandas as pd
import pytest
from sqlalchemy import select

from offendermgmt.intake.form import FormRefused, save_rows
from offendermgmt.services import reports
from offendermgmt.services.access import SYSTEM, NotPermitted, Role, Viewer
from offendermgmt.services.changes import AlreadyRecorded, ChangeRefused
from offendermgmt.services.desk import Desk
from offendermgmt.services.holding import Move, receivers
from offendermgmt.services.reallocation import Reallocation, reallocate
from offendermgmt.services.what_if import MEASURES, what_if
from offendermgmt.store import Store, UnitOfWork
from offendermgmt.store.recordings import read_recordings
from offendermgmt.store.tables.ledger import AuditRecord
from tests.databases import FORCE, READS_A_STORE
from tests.store.facts import Columns, put

NOW = datetime(2025, 6, 30, 14, tzinfo=UTC)
TODAY = NOW.date()
EARLIER = datetime(2025, 1, 2, 9, tzinfo=UTC)
INSPECTOR = Viewer("DI", Role.DI)
NORTH = Viewer("DS North", Role.SUPERVISOR, team_refs=("T1",))
STAFF: dict[str, Columns] = {
    "teams": {"team_ref": ["T1", "T2", "P"], "name": ["North", "South", "Online"], "unit": ["MOSOVO"] * 2 + ["POLIT"]},
    "officers": {
        "officer_ref": ["0042", "0043", "7A", "P1", "L1"],
        "name": ["Ash", "Beech", "Birch", "Cedar", "Larch"],
        "is_supervisor": [False] * 5,
        "team_ref": ["T1", "T1", "T2", "P", "T1"],
        "fte": [1.0, 0.5, 1.0, 1.0, 1.0],
        "to_on": [None, None, None, None, date(2025, 6, 1)],
    },
    "offenders": {
        "offender_ref": ["V1", "V2", "V3", "V4"],
        "registered_on": [date(2024, 1, 1)] * 4,
        "recorded_at": [EARLIER] * 4,
    },
    "risk_assessments": {
        "offender_ref": ["V1"],
        "assessed_on": [date(2024, 1, 5)],
        "tool": ["ARMS"],
        "risk_level": ["high"],
    },
    "allocations": {
        "offender_ref": ["V1", "V2", "V3"],
        "from_on": [date(2024, 1, 1), date(2025, 6, 10), date(2024, 1, 1)],
        "officer_ref": ["0042", "0042", "7A"],
        "recorded_at": [EARLIER] * 3,
    },
}


@pytest.fixture
def desk(store: Store) -> Desk:
    with store.write(FORCE, user="test") as work:
        put(work, STAFF)
    return Desk(store, FORCE)


def asked(*moves: tuple[str, str, str], on: date = TODAY, reason: str = "DC Ash is over the ceiling") -> Reallocation:
    return Reallocation(tuple(Move(*move) for move in moves), on, reason)


def holders(desk: Desk, on: date = TODAY) -> dict[str, int]:
    rows = reports.caseload(desk.question(SYSTEM, on, today=TODAY))
    return dict(zip(rows["officer_ref"], rows["cases"], strict=True))


def audits(store: Store) -> list[Any]:
    with store.read() as connection:
        return list(connection.execute(select(AuditRecord.__table__)).all())


def test_a_reallocation_shows_in_everyones_next_question(desk: Desk, store: Store) -> None:
    other = Desk(store, FORCE)
    before = holders(other)
    assert reallocate(desk, INSPECTOR, asked(("V1", "0042", "7A"), ("V4", "", "0043")), now=NOW) == 2
    assert (before, holders(other)) == ({"0042": 2, "7A": 1, "": 1}, {"0042": 1, "0043": 1, "7A": 2})


def test_the_what_if_is_what_the_report_then_says(desk: Desk) -> None:
    question = desk.question(INSPECTOR, TODAY, today=TODAY)
    foreseen = what_if(question, {"V1": "7A", "V2": "0043"}).officers
    reallocate(desk, INSPECTOR, asked(("V1", "0042", "7A"), ("V2", "0042", "0043")), now=NOW)
    report = reports.caseload(desk.question(INSPECTOR, TODAY, today=TODAY)).set_index("officer_ref")[MEASURES]
    after = foreseen[(foreseen["when"] == "after") & (foreseen["cases"] > 0)].set_index("officer_ref")[MEASURES]
    pd.testing.assert_frame_equal(after, report.loc[after.index], check_dtype=False)


def test_from_an_earlier_day_it_holds_from_that_day(desk: Desk) -> None:
    reallocate(desk, INSPECTOR, asked(("V1", "0042", "7A"), on=date(2025, 6, 20)), now=NOW)
    assert (holders(desk, date(2025, 6, 19))["7A"], holders(desk, date(2025, 6, 20))["7A"]) == (1, 2)


def test_one_audit_record_says_who_what_and_why(desk: Desk, store: Store) -> None:
    reallocate(desk, NORTH, asked(("V1", "0042", "0043"), ("V2", "0042", "0043")), now=NOW)
    [record] = audits(store)
    assert (record.user_ref, record.action, record.revision) == ("DS North", "reallocated cases", store.revision(FORCE))
    assert record.details == {
        "role": "supervisor",
        "from_on": "2025-06-30",
        "reason": "DC Ash is over the ceiling",
        "moves": [
            {"offender_ref": "V1", "from": "0042", "to": "0043"},
            {"offender_ref": "V2", "from": "0042", "to": "0043"},
        ],
    }


def test_the_earlier_allocation_stays_on_record_with_its_time(desk: Desk, store: Store) -> None:
    reallocate(desk, INSPECTOR, asked(("V1", "0042", "7A")), now=NOW)
    rows = read_recordings(store, FORCE)[0].tables["allocations"]
    own = rows[(rows["offender_ref"] == "V1").to_numpy()]
    assert list(own["officer_ref"]) == ["0042", "7A"]
    assert own["recorded_at"].iloc[-1] == pd.Timestamp("2025-06-30 14:00")


def test_submitted_twice_it_is_recorded_once(desk: Desk, store: Store) -> None:
    reallocate(desk, INSPECTOR, asked(("V1", "0042", "7A")), now=NOW)
    revision = store.revision(FORCE)
    with pytest.raises(AlreadyRecorded, match="V1 is already held by Birch \\(7A\\), since 30 Jun 2025"):
        reallocate(desk, INSPECTOR, asked(("V1", "0042", "7A")), now=NOW)
    assert (store.revision(FORCE), len(audits(store))) == (revision, 1)


@READS_A_STORE
def test_moved_to_where_they_are_but_from_an_earlier_day_is_refused(desk: Desk) -> None:
    with pytest.raises(ChangeRefused, match="V2 is already held by Ash") as refused:
        reallocate(desk, INSPECTOR, asked(("V2", "0042", "0042"), on=date(2025, 6, 1)), now=NOW)
    assert not isinstance(refused.value, AlreadyRecorded)


@READS_A_STORE
def test_a_long_list_of_reasons_is_cut_short(desk: Desk) -> None:
    moves = [(f"X{number}", "0042", "7A") for number in range(5)]
    with pytest.raises(ChangeRefused, match=r"X2 is not managed.*And so for 2 more\.$"):
        reallocate(desk, INSPECTOR, asked(*moves), now=NOW)


def test_of_two_who_decide_at_once_one_is_told(desk: Desk, store: Store) -> None:
    def decide(to_ref: str) -> str:
        try:
            reallocate(Desk(store, FORCE), INSPECTOR, asked(("V1", "0042", to_ref)), now=NOW)
        except ChangeRefused as refused:
            return str(refused)
        return "recorded"

    with ThreadPoolExecutor(2) as both:
        said = sorted(both.map(decide, ["7A", "0043"]))
    assert said[1] == "recorded"
    assert "V1 is now held by" in said[0]
    assert len(audits(store)) == 1


def test_a_holder_who_is_not_the_one_shown_stops_all_of_it(desk: Desk, store: Store) -> None:
    revision = store.revision(FORCE)
    expected = r"Nothing was recorded\. V3 is now held by Birch \(7A\), since 1 Jan 2024, and not by Ash \(0042\)"
    with pytest.raises(ChangeRefused, match=expected):
        reallocate(desk, INSPECTOR, asked(("V1", "0042", "0043"), ("V3", "0042", "0043")), now=NOW)
    assert (store.revision(FORCE), holders(desk)["0042"]) == (revision, 2)


@pytest.mark.parametrize(
    ("reallocation", "said"),
    [
        (asked(), "no case was chosen"),
        (asked(("V1", "0042", "7A"), reason="  "), "say why the cases move"),
        (asked(("V1", "0042", "7A"), on=date(2025, 7, 1)), "1 Jul 2025 has not come yet"),
        (asked(("V1", "0042", "7A"), ("V1", "0042", "0043")), "a case is there twice"),
        (asked(("V1", "0042", "7A"), on=date(2023, 12, 31)), "V1 is not managed on 31 Dec 2023"),
        (asked(("V9", "0042", "7A")), "V9 is not managed on 30 Jun 2025"),
        (asked(("V2", "0042", "7A"), on=date(2025, 6, 9)), "V2 has been with Ash .0042. only since 10 Jun 2025"),
        (asked(("V1", "0042", "L1")), "Larch .L1. is not in post on 30 Jun 2025"),
        (asked(("V1", "0042", "L1"), on=date(2025, 5, 1)), "Larch .L1. is no longer in post"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(
    desk: Desk, store: Store, reallocation: Reallocation, said: str
) -> None:
    revision = store.revision(FORCE)
    with pytest.raises(ChangeRefused, match=said):
        reallocate(desk, INSPECTOR, reallocation, now=NOW)
    assert (store.revision(FORCE), audits(store)) == (revision, [])


@READS_A_STORE
def test_a_case_whose_management_has_ended_is_no_case_to_move(desk: Desk, store: Store) -> None:
    with store.write(FORCE, user="test") as work:
        put(work, {"offender_statuses": {"offender_ref": ["V1"], "from_on": [date(2025, 5, 1)], "status": ["ended"]}})
    with pytest.raises(ChangeRefused, match="Management of V1 has ended"):
        reallocate(desk, INSPECTOR, asked(("V1", "0042", "7A")), now=NOW)


@READS_A_STORE
@pytest.mark.parametrize(
    ("move", "said"),
    [
        (("V1", "0042", "7A"), "Birch .7A. is in no team to which you may give cases"),
        (("V1", "0042", "P1"), "Cedar .P1. is in no team"),
        (("V3", "7A", "0042"), "V3 is not among your teams' cases today"),
    ],
)
def test_a_supervisor_moves_cases_within_their_own_teams(desk: Desk, move: tuple[str, str, str], said: str) -> None:
    with pytest.raises(NotPermitted, match=said):
        reallocate(desk, NORTH, asked(move), now=NOW)


@READS_A_STORE
def test_nobody_gives_an_offender_to_the_online_team(desk: Desk) -> None:
    with pytest.raises(NotPermitted, match="Cedar"):
        reallocate(desk, INSPECTOR, asked(("V1", "0042", "P1")), now=NOW)


@READS_A_STORE
@pytest.mark.parametrize("role", sorted(set(Role) - {Role.SUPERVISOR, Role.DI, Role.DCI}))
def test_only_supervisors_and_inspectors_reallocate(desk: Desk, role: Role) -> None:
    with pytest.raises(NotPermitted, match="supervisor, an inspector"):
        reallocate(desk, Viewer("x", role, officer_ref="0042"), asked(("V1", "0042", "0043")), now=NOW)


def test_receivers_are_those_in_post_in_the_viewers_teams(desk: Desk) -> None:
    assert list(receivers(desk.question(NORTH, TODAY, today=TODAY))) == ["0042", "0043"]
    assert list(receivers(desk.question(INSPECTOR, TODAY, today=TODAY))) == ["0042", "0043", "7A"]


def test_a_save_on_a_page_is_no_load_of_an_extract(desk: Desk) -> None:
    before = desk.freshness().loads
    reallocate(desk, INSPECTOR, asked(("V1", "0042", "7A")), now=NOW)
    assert desk.freshness().loads == before


def test_a_write_that_fails_at_the_end_leaves_no_trace(
    desk: Desk, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lost(*_: object) -> None:
        raise RuntimeError("the line went dead")

    revision = store.revision(FORCE)
    monkeypatch.setattr(UnitOfWork, "finish", lost)
    with pytest.raises(RuntimeError, match="went dead"):
        reallocate(desk, INSPECTOR, asked(("V1", "0042", "7A")), now=NOW)
    assert (store.revision(FORCE), holders(desk)["0042"], audits(store)) == (revision, 2, [])


def test_rows_of_a_form_are_held_to_the_contract(store: Store, desk: Desk) -> None:
    with pytest.raises(FormRefused, match="V1: from_on 2023-12-31 is before V1 was registered on 2024-01-01"):
        save(store, lambda work: save_rows(work, "allocations", [row(from_on="2023-12-31")], NOW))
    with pytest.raises(FormRefused, match="officer_ref 9999 is no officer in the store"):
        save(store, lambda work: save_rows(work, "allocations", [row(officer_ref="9999")], NOW))
    assert holders(desk)["0042"] == 2


def row(**cells: str) -> dict[str, str]:
    return {"offender_ref": "V1", "from_on": "2025-06-30", "officer_ref": "7A", **cells}


def save(store: Store, write: Callable[[UnitOfWork], object]) -> None:
    with store.write(FORCE, user="test") as work:
        write(work)
