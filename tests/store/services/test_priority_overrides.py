"""Placing a case by hand: by those who may, with a reason and an end, once, and with nothing lost."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from offendermgmt.domain.vocabulary import Placement, Unit
from offendermgmt.services.access import SYSTEM, NotPermitted, Role, Viewer
from offendermgmt.services.changes import AlreadyRecorded, ChangeRefused
from offendermgmt.services.desk import Desk
from offendermgmt.services.priorities import order_of_work
from offendermgmt.services.priority_overrides import (
    Override,
    Placing,
    in_force,
    may_place,
    newest_versions,
    overrides,
    place,
    withdraw,
)
from offendermgmt.store import Store
from offendermgmt.store.priority_overrides import OverrideChanged
from offendermgmt.store.tables.ledger import AuditRecord
from tests.databases import FORCE
from tests.store.facts import Columns, put

NOW = datetime(2025, 6, 30, 14, tzinfo=UTC)
TODAY = NOW.date()
DI = Viewer("DI Ash", Role.DI)
DCI = Viewer("DCI Oak", Role.DCI)
ELSEWHERE = Viewer("DS North", Role.SUPERVISOR, team_refs=("T1",), units=(Unit.MOSOVO,))
CASES: dict[str, Columns] = {
    "teams": {"team_ref": ["T1", "P"], "name": ["North", "Online"], "unit": ["MOSOVO", "POLIT"]},
    "officers": {
        "officer_ref": ["I1", "0042"],
        "name": ["Elm", "Ash"],
        "is_supervisor": [False, False],
        "team_ref": ["P", "T1"],
        "fte": [1.0, 1.0],
    },
    "polit_cases": {
        "case_ref": ["C1", "C2", "C3"],
        "received_on": [date(2025, 6, 1), date(2025, 6, 20), date(2025, 6, 1)],
        "source": ["NCA"] * 3,
    },
    "polit_assessments": {
        "case_ref": ["C1"],
        "assessed_on": [date(2025, 6, 1)],
        "tool": ["KIRAT"],
        "risk_level": ["high"],
    },
    "polit_stages": {"case_ref": ["C3"], "from_on": [date(2025, 6, 5)], "stage": ["under_investigation"]},
}


@pytest.fixture
def desk(store: Store) -> Desk:
    with store.write(FORCE, user="test") as work:
        put(work, CASES)
    return Desk(store, FORCE)


def asked(
    case_ref: str = "C2", *, days: int = 5, seen: int = 0, reason: str = "An address is about to change"
) -> Placing:
    return Placing(case_ref, Placement.FIRST, TODAY + timedelta(days=days), reason, seen)


def order(desk: Desk, on: date = TODAY) -> list[str]:
    return list(order_of_work(desk.question(SYSTEM, on, today=TODAY), in_force(overrides(desk), on))["case_ref"])


def standing(desk: Desk, case_ref: str = "C2") -> Override:
    return in_force(overrides(desk), TODAY)[case_ref]


def audits(store: Store) -> list[Any]:
    with store.read() as connection:
        return list(connection.execute(select(AuditRecord.__table__).order_by(AuditRecord.at)).all())


def test_a_placement_shows_in_everyones_next_order(desk: Desk, store: Store) -> None:
    other = Desk(store, FORCE)
    before = order(other)
    place(desk, DI, asked(), now=NOW)
    assert (before, order(other)) == (["C1", "C2"], ["C2", "C1"])
    assert (standing(other).author, standing(other).last_on) == ("DI Ash", date(2025, 7, 5))


def test_a_placement_ends_by_itself_and_is_of_no_earlier_day(desk: Desk) -> None:
    place(desk, DI, asked(days=0), now=NOW)
    days = [TODAY + timedelta(days=each) for each in (-1, 0, 1)]
    assert ["C2" in in_force(overrides(desk), day) for day in days] == [False, True, False]


def test_a_withdrawal_ends_it_with_its_own_reason_and_nothing_is_lost(desk: Desk) -> None:
    place(desk, DI, asked(), now=NOW)
    withdraw(desk, DCI, standing(desk), "The address has changed", now=NOW)
    assert order(desk) == ["C1", "C2"]
    told = [(each.version, each.author, each.reason, each.is_withdrawal) for each in overrides(desk)]
    assert told == [
        (1, "DI Ash", "An address is about to change", False),
        (2, "DCI Oak", "The address has changed", True),
    ]


def test_a_case_may_be_placed_anew_after_any_end(desk: Desk) -> None:
    place(desk, DI, asked(), now=NOW)
    withdraw(desk, DI, standing(desk), "Done", now=NOW)
    place(desk, DI, replace(asked(), seen=newest_versions(overrides(desk))["C2"], placement=Placement.LAST), now=NOW)
    assert (standing(desk).version, standing(desk).placement) == (3, Placement.LAST)


def test_what_was_known_at_a_moment_is_what_was_recorded_by_then(desk: Desk) -> None:
    place(desk, DI, asked(), now=NOW)
    made = standing(desk)
    withdraw(desk, DI, made, "Done", now=NOW)
    assert overrides(desk, made.recorded_at) == (made,)
    assert overrides(desk, datetime(2020, 1, 1, tzinfo=UTC)) == ()


def test_every_decision_leaves_one_audit_record(desk: Desk, store: Store) -> None:
    place(desk, DI, asked(), now=NOW)
    withdraw(desk, DI, standing(desk), "Done", now=NOW)
    first, second = audits(store)
    assert (first.action, first.subject_kind, first.subject_ref) == ("placed case first", "priority_override", "C2")
    reason = "An address is about to change"
    assert first.details == {"role": "di", "last_on": "2025-07-05", "reason": reason}
    assert (second.action, second.user_ref, second.subject_ref) == ("withdrew case placement", "DI Ash", "C2")
    assert second.details == {"role": "di", "placement": "first", "reason": "Done"}


def test_the_same_decision_sent_twice_is_recorded_once(desk: Desk, store: Store) -> None:
    place(desk, DI, asked(), now=NOW)
    with pytest.raises(AlreadyRecorded, match="your decision on C2 is on record already"):
        place(desk, DI, asked(), now=NOW)
    made = standing(desk)
    withdraw(desk, DI, made, "Done", now=NOW)
    with pytest.raises(AlreadyRecorded):
        withdraw(desk, DI, made, "Done", now=NOW)
    assert (len(overrides(desk)), len(audits(store))) == (2, 2)


def test_of_two_who_decide_at_once_the_second_is_told(desk: Desk) -> None:
    place(desk, DI, asked(), now=NOW)
    with pytest.raises(OverrideChanged, match="Somebody else placed C2, or withdrew its placement, meanwhile"):
        place(desk, DCI, asked(), now=NOW)
    seen = standing(desk)
    withdraw(desk, DCI, seen, "Done", now=NOW)
    with pytest.raises(OverrideChanged):
        withdraw(desk, DI, seen, "Done", now=NOW)


def test_many_at_once_leave_one_decision(desk: Desk, store: Store) -> None:
    def attempt(number: int) -> bool:
        try:
            place(Desk(store, FORCE), Viewer(f"DI {number}", Role.DI), asked(), now=NOW)
        except OverrideChanged:
            return False
        return True

    with ThreadPoolExecutor(4) as threads:
        made = list(threads.map(attempt, range(4)))
    assert (sum(made), len(overrides(desk)), len(audits(store))) == (1, 1, 1)


@pytest.mark.parametrize("role", [Role.INVESTIGATOR, Role.SLT, Role.BOARD, Role.ANALYST, Role.AUDITOR])
def test_others_may_not_decide(desk: Desk, role: Role) -> None:
    viewer = Viewer("x", role, officer_ref="I1")
    with pytest.raises(NotPermitted, match="placed by a supervisor, an inspector or a chief inspector"):
        place(desk, viewer, asked(), now=NOW)
    assert (may_place(viewer), overrides(desk)) == (False, ())


@pytest.mark.parametrize("case_ref", ["C2", "C404"])
def test_a_case_of_another_unit_or_none_is_nobodys_to_place(desk: Desk, case_ref: str) -> None:
    viewer = ELSEWHERE if case_ref == "C2" else DI
    with pytest.raises(NotPermitted, match=f"{case_ref} is not among your teams' cases today"):
        place(desk, viewer, asked(case_ref), now=NOW)
    assert overrides(desk) == ()


@pytest.mark.parametrize(
    ("placing", "message"),
    [
        (asked(reason="  "), "say why the case is placed by hand"),
        (asked(reason="x" * 501), "keep the reason to 500 characters"),
        (asked(days=-1), "29 Jun 2025 is over"),
        (asked(days=15), "15 Jul 2025 is more than 14 days ahead, .* Choose 14 Jul 2025 or earlier"),
        (asked("C3"), "C3 has left the backlog"),
    ],
)
def test_what_cannot_be_recorded_says_why(desk: Desk, store: Store, placing: Placing, message: str) -> None:
    revision = store.revision(FORCE)
    with pytest.raises(ChangeRefused, match=f"Nothing was recorded: .*{message}"):
        place(desk, DI, placing, now=NOW)
    assert (overrides(desk), audits(store), store.revision(FORCE)) == ((), [], revision)


def test_the_furthest_day_is_allowed(desk: Desk) -> None:
    place(desk, DI, asked(days=14), now=NOW)
    assert standing(desk).last_on == date(2025, 7, 14)


def test_a_withdrawal_needs_a_reason_and_something_that_holds(desk: Desk) -> None:
    place(desk, DI, asked(days=0), now=NOW)
    made = standing(desk)
    with pytest.raises(ChangeRefused, match="say why the placement is withdrawn"):
        withdraw(desk, DI, made, " ", now=NOW)
    with pytest.raises(ChangeRefused, match="has ended already"):
        withdraw(desk, DI, made, "Done", now=NOW + timedelta(days=1))
    assert len(overrides(desk)) == 1
