"""A board's actions: by those who may, once, closed with their outcome, naming nobody, on the ledger of decisions."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from offendermgmt.domain.vocabulary import Board, DecisionKind, DecisionState
from offendermgmt.services.access import SYSTEM, NotPermitted, Role, Viewer
from offendermgmt.services.acting import (
    NewAction,
    action_owners,
    close_action,
    may_act,
    may_close,
    reopen_action,
    take_action,
    withdraw_action,
)
from offendermgmt.services.board_actions import BoardAction, When, action_plan, board_actions, mine
from offendermgmt.services.changes import AlreadyRecorded, ChangeRefused
from offendermgmt.services.consultations import Subject
from offendermgmt.services.deciding import Deciding, decide
from offendermgmt.services.decision_lists import open_by
from offendermgmt.services.decisions import decisions
from offendermgmt.services.desk import Desk
from offendermgmt.store import Store
from offendermgmt.store.decisions import DecisionChanged
from offendermgmt.store.tables.ledger import AuditRecord
from tests.databases import FORCE, READS_A_STORE
from tests.store.facts import Columns, write

NOW = datetime(2025, 6, 30, 14, tzinfo=UTC)
TODAY = NOW.date()
DCI, SLT = Viewer("DCI Elm", Role.DCI), Viewer("Supt Oak", Role.SLT)
DS = Viewer("DS Cedar", Role.SUPERVISOR, officer_ref="S1", team_refs=("T1",))
FORCE_FACTS: dict[str, Columns] = {
    "teams": {"team_ref": ["T1"], "name": ["North"], "unit": ["MOSOVO"]},
    "officers": {
        "officer_ref": ["S1", "GONE"],
        "name": ["Cedar", "Lime"],
        "is_supervisor": [True, False],
        "team_ref": ["T1", "T1"],
        "fte": [1.0] * 2,
        "to_on": [None, TODAY],
    },
    "offenders": {"offender_ref": ["FEN-V-1"], "registered_on": [date(2024, 1, 1)], "surname": ["Elm"]},
}
BY_POST = NewAction(
    Board.SLT, "Two more pairs on evenings", TODAY + timedelta(days=28), owner_post="DCI Public Protection"
)
BY_OFFICER = NewAction(Board.FPB, "Report on lone visits", TODAY + timedelta(days=7), owner_ref="S1", measure_ref="M1")


@pytest.fixture
def desk(store: Store) -> Desk:
    write(store, FORCE_FACTS)
    return Desk(store, FORCE)


def audits(desk: Desk) -> Sequence[Any]:
    table = AuditRecord.__table__
    with desk.store.read() as connection:
        return connection.execute(select(table).where(table.c.subject_kind == "board")).all()


def only(desk: Desk) -> BoardAction:
    (action,) = board_actions(desk)
    return action


def test_an_action_is_on_record_as_taken_with_one_audit_record(desk: Desk) -> None:
    ref = take_action(desk, SLT, BY_OFFICER, now=NOW)
    action = only(desk)
    assert (action.action_ref, action.board, action.what, action.measure_ref) == (ref, Board.FPB, BY_OFFICER.what, "M1")
    assert (action.owner_ref, action.owner_post, action.due_on, action.decided_by) == (
        "S1",
        None,
        BY_OFFICER.due_on,
        "Supt Oak",
    )
    assert [(row.action, row.subject_ref) for row in audits(desk)] == [("took action", "fpb")]


def test_an_action_is_no_decision_on_a_case(desk: Desk) -> None:
    take_action(desk, SLT, BY_POST, now=NOW)
    assert decisions(desk) == ()


def test_the_same_action_twice_is_one(desk: Desk) -> None:
    take_action(desk, SLT, BY_POST, now=NOW)
    with pytest.raises(AlreadyRecorded):
        take_action(desk, DCI, BY_POST, now=NOW)
    assert (len(board_actions(desk)), len(audits(desk))) == (1, 1)


@READS_A_STORE
@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (NewAction(Board.SLT, " ", TODAY, owner_post="DCI"), "say what is to be done"),
        (NewAction(Board.SLT, "x", TODAY), "name one owner"),
        (NewAction(Board.SLT, "x", TODAY, owner_ref="S1", owner_post="DCI"), "name one owner"),
        (NewAction(Board.SLT, "x", TODAY, owner_ref="GONE"), "GONE is no officer in service"),
        (NewAction(Board.SLT, "x", TODAY - timedelta(days=1), owner_post="DCI"), "is over"),
        (NewAction(Board.SLT, "x", TODAY + timedelta(days=366), owner_post="DCI"), "more than 365 days ahead"),
        (NewAction(Board.SLT, "See to FEN-V-1.", TODAY, owner_post="DCI"), "FEN-V-1 is one person's"),
        (NewAction(Board.SLT, "x" * 501, TODAY, owner_post="DCI"), "keep the action to 500"),
    ],
)
def test_what_cannot_be_an_action_is_refused_in_words(desk: Desk, asked: NewAction, said: str) -> None:
    with pytest.raises(ChangeRefused, match=said):
        take_action(desk, SLT, asked, now=NOW)
    assert board_actions(desk) == ()


@READS_A_STORE
@pytest.mark.parametrize("role", [role for role in Role if role not in {Role.DCI, Role.SLT, Role.ANALYST}])
def test_who_keeps_no_minutes_records_no_action(desk: Desk, role: Role) -> None:
    assert not may_act(Viewer("x", role))
    with pytest.raises(NotPermitted, match="recorded by PVP senior leadership"):
        take_action(desk, Viewer("x", role), BY_POST, now=NOW)


def test_the_owner_closes_with_an_outcome(desk: Desk) -> None:
    take_action(desk, SLT, BY_OFFICER, now=NOW)
    assert may_close(DS, only(desk))
    close_action(desk, DS, only(desk), DecisionState.DONE, "Report made", now=NOW)
    action = only(desk)
    assert (action.state, action.outcome, action.closed_on, action.changed_by) == (
        DecisionState.DONE,
        "Report made",
        TODAY,
        "DS Cedar",
    )
    assert not action.is_open(TODAY)
    assert action.decided_by == "Supt Oak"


@READS_A_STORE
def test_nobody_else_closes(desk: Desk) -> None:
    take_action(desk, SLT, BY_POST, now=NOW)
    with pytest.raises(NotPermitted):
        close_action(desk, DS, only(desk), DecisionState.DONE, "Done", now=NOW)


def test_closing_twice_from_one_window_is_one(desk: Desk) -> None:
    take_action(desk, SLT, BY_POST, now=NOW)
    seen = only(desk)
    close_action(desk, SLT, seen, DecisionState.DONE, "Done", now=NOW)
    with pytest.raises(AlreadyRecorded):
        close_action(desk, SLT, seen, DecisionState.DONE, "Done", now=NOW)
    assert [row.action for row in audits(desk)].count("closed action as done") == 1


def test_of_two_who_close_at_once_the_second_is_told(desk: Desk) -> None:
    take_action(desk, SLT, BY_POST, now=NOW)
    seen = only(desk)

    def closed(viewer: Viewer, state: DecisionState) -> bool:
        try:
            close_action(Desk(desk.store, FORCE), viewer, seen, state, "So", now=NOW)
        except DecisionChanged:
            return False
        return True

    with ThreadPoolExecutor(2) as pool:
        made = list(pool.map(closed, [SLT, DCI], [DecisionState.DONE, DecisionState.CANCELLED]))
    assert sorted(made) == [False, True]
    assert only(desk).version == seen.version + 1


def test_an_action_closed_by_mistake_is_opened_again_and_one_made_by_mistake_withdrawn(desk: Desk) -> None:
    take_action(desk, SLT, BY_POST, now=NOW)
    close_action(desk, SLT, only(desk), DecisionState.DONE, "Done", now=NOW)
    reopen_action(desk, SLT, only(desk), "Not yet")
    assert only(desk).is_open(TODAY)
    withdraw_action(desk, SLT, only(desk), "Another board's")
    assert only(desk).is_withdrawn
    with pytest.raises(ChangeRefused, match="withdrawn"):
        close_action(desk, SLT, only(desk), DecisionState.DONE, "Done", now=NOW)


def test_what_was_known_before_an_action_was_closed_has_it_open(desk: Desk) -> None:
    take_action(desk, SLT, BY_POST, now=NOW)
    before = only(desk).changed_at
    close_action(desk, SLT, only(desk), DecisionState.DONE, "Done", now=NOW)
    (then,) = board_actions(desk, before)
    assert then.state is DecisionState.OPEN


@pytest.mark.parametrize(
    ("days", "when"), [(-1, When.LATE), (0, When.FORTNIGHT), (14, When.FORTNIGHT), (15, When.LATER)]
)
def test_the_plan_tells_late_from_due_in_the_fortnight_from_later(desk: Desk, days: int, when: When) -> None:
    due_on = TODAY + timedelta(days=15)
    take_action(desk, SLT, NewAction(Board.PVM, "x", due_on, owner_post="DCI"), now=NOW)
    question = desk.question(SYSTEM, due_on - timedelta(days=days), today=due_on)
    plan = action_plan(question, board_actions(desk), Board.PVM)
    assert {each: len(plan.actions[each]) for each in When} == {**dict.fromkeys(When, 0), when: 1}
    assert (plan.figures[when].numerator, plan.figures[when].denominator, plan.figures[None].value) == (1, 1, 1)
    assert action_plan(question, board_actions(desk), Board.SLT).figures[None].value == 0


def test_an_owner_among_the_officers_finds_it_among_their_own(desk: Desk) -> None:
    take_action(desk, SLT, BY_OFFICER, now=NOW)
    assert [each.what for each in mine(DS, board_actions(desk), TODAY)] == [BY_OFFICER.what]
    assert mine(SLT, board_actions(desk), TODAY) == ()


def test_whoever_has_left_owns_nothing_new(desk: Desk) -> None:
    assert list(action_owners(desk.question(SYSTEM, TODAY, today=TODAY))) == ["S1"]


def test_the_plan_of_all_open_actions_has_the_decisions_on_cases_that_are_due_in_it(desk: Desk) -> None:
    subject = Subject("offender", "FEN-V-1")
    di = Viewer("DI Oak", Role.DI)
    asked = Deciding(subject, DecisionKind.OTHER, None, TODAY + timedelta(days=7), "So", 0)
    decide(desk, di, asked, now=NOW)
    question = desk.question(di, TODAY, today=TODAY)
    for last_on, refs in ((TODAY + timedelta(days=7), ["FEN-V-1"]), (TODAY + timedelta(days=6), [])):
        rows = open_by(question, decisions(desk), last_on)
        assert rows is not None
        assert list(rows["subject_ref"]) == refs
    assert open_by(desk.question(Viewer("x", Role.BOARD), TODAY, today=TODAY), decisions(desk), TODAY) is None
