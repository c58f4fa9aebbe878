"""Decisions on cases: by those who may, once, with nothing lost; and a deferral hides nothing."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from offendermgmt.domain.vocabulary import DecisionKind, DecisionState, Unit
from offendermgmt.services import reports
from offendermgmt.services.access import SYSTEM, NotPermitted, Role, Viewer
from offendermgmt.services.changes import AlreadyRecorded, ChangeRefused
from offendermgmt.services.consultations import Subject
from offendermgmt.services.deciding import Deciding, decide, may_decide
from offendermgmt.services.decision_closing import close, may_close, reopen, withdraw_decision
from offendermgmt.services.decision_lists import Which, decision_board
from offendermgmt.services.decisions import Decision, decisions, versions_seen
from offendermgmt.services.desk import Desk
from offendermgmt.services.overdue import overdue_board
from offendermgmt.services.triage import triage
from offendermgmt.store import Store
from offendermgmt.store.decisions import DecisionChanged
from offendermgmt.store.tables.ledger import AuditRecord
from tests.databases import FORCE, READS_A_STORE
from tests.store.facts import Columns, write

NOW = datetime(2025, 6, 30, 14, tzinfo=UTC)
TODAY = NOW.date()
DS = Viewer("DS Cedar", Role.SUPERVISOR, officer_ref="S1", team_refs=("T1",), units=(Unit.MOSOVO,))
OTHER_DS = Viewer("DS Yew", Role.SUPERVISOR, officer_ref="S2", team_refs=("T2",), units=(Unit.MOSOVO,))
DI = Viewer("DI Oak", Role.DI, officer_ref="D1")
DCI = Viewer("DCI Elm", Role.DCI)
OFFICER = Viewer("DC Ash", Role.OFFICER, officer_ref="O1", units=(Unit.MOSOVO,))
V1, C1 = Subject("offender", "V1"), Subject("case", "C1")
FORCE_FACTS: dict[str, Columns] = {
    "teams": {
        "team_ref": ["T1", "T2", "P"],
        "name": ["North", "South", "Online"],
        "unit": ["MOSOVO", "MOSOVO", "POLIT"],
    },
    "officers": {
        "officer_ref": ["O1", "S1", "S2", "D1", "I1", "GONE"],
        "name": ["Ash", "Cedar", "Yew", "Oak", "Fir", "Lime"],
        "is_supervisor": [False, True, True, True, False, False],
        "team_ref": ["T1", "T1", "T2", "T1", "P", "T1"],
        "fte": [1.0] * 6,
        "to_on": [None] * 5 + [TODAY],
    },
    "offenders": {"offender_ref": ["V1", "V2"], "registered_on": [date(2024, 1, 1)] * 2, "surname": ["Elm", "Yew"]},
    "offender_statuses": {"offender_ref": ["V2"], "from_on": [date(2025, 2, 1)], "status": ["ended"]},
    "allocations": {"offender_ref": ["V1"], "from_on": [date(2024, 1, 1)], "officer_ref": ["O1"]},
    "polit_cases": {"case_ref": ["C1", "C2"], "received_on": [date(2025, 6, 1)] * 2, "source": ["NCA"] * 2},
    "polit_stages": {"case_ref": ["C2"], "from_on": [date(2025, 6, 5)], "stage": ["closed"]},
}


@pytest.fixture
def desk(store: Store) -> Desk:
    write(store, FORCE_FACTS)
    return Desk(store, FORCE)


def asked(
    about: Subject = V1,
    kind: DecisionKind = DecisionKind.PLAN_BY,
    owner_ref: str | None = "O1",
    *,
    days: int = 7,
    reason: str = "Never seen",
    seen: int = 0,
) -> Deciding:
    return Deciding(about, kind, owner_ref, TODAY + timedelta(days=days), reason, seen)


def only(desk: Desk, known_at: datetime | None = None) -> Decision:
    [decision] = decisions(desk, known_at)
    return decision


def audits(store: Store) -> list[Any]:
    with store.read() as connection:
        return list(connection.execute(select(AuditRecord.__table__).order_by(AuditRecord.at)).all())


def test_a_decision_shows_to_everyone_at_once_and_carries_over_until_done(desk: Desk, store: Store) -> None:
    decide(desk, DS, asked(), now=NOW)
    other = Desk(store, FORCE)
    decision = only(other)
    assert (decision.about, decision.decided_by, decision.owner_ref, decision.due_on) == (
        V1,
        "DS Cedar",
        "O1",
        date(2025, 7, 7),
    )
    late = [(decision.is_open(day), decision.days_late(day)) for day in (date(2025, 7, 7), date(2025, 7, 8))]
    assert late == [(True, 0), (True, 1)]
    close(desk, OFFICER, decision, DecisionState.DONE, "Seen at home", now=NOW + timedelta(days=10))
    closed = only(other)
    assert (closed.state, closed.outcome, closed.changed_by) == ("done", "Seen at home", "DC Ash")
    assert [closed.is_open(date(2025, 7, day)) for day in (9, 10)] == [True, False]


def test_a_deferred_visit_is_overdue_all_the_same(desk: Desk, store: Store) -> None:
    def counted() -> tuple[list[Any], float | None, list[str]]:
        question = Desk(store, FORCE).question(SYSTEM, TODAY, today=TODAY)
        rows = reports.overdue(question).to_numpy().tolist()
        return rows, overdue_board(question).size.value, list(triage(question, [])["offender_ref"])

    before = counted()
    decide(desk, DI, asked(kind=DecisionKind.DEFER, days=28), now=NOW)
    assert (counted(), before[1], before[2]) == (before, 1, ["V1"])


def test_a_deferral_holds_through_its_last_day(desk: Desk) -> None:
    decide(desk, DI, asked(kind=DecisionKind.DEFER, days=3), now=NOW)
    decision = only(desk)
    assert [decision.days_late(TODAY + timedelta(days=days)) for days in (3, 4)] == [0, 1]


def test_what_was_known_at_a_moment_is_what_was_recorded_by_then(desk: Desk) -> None:
    decide(desk, DI, asked(), now=NOW)
    made = only(desk)
    close(desk, DI, made, DecisionState.CANCELLED, "In custody", now=NOW)
    assert only(desk, made.changed_at) == made
    assert decisions(desk, datetime(2020, 1, 1, tzinfo=UTC)) == ()


def test_a_wrong_closing_is_opened_again_and_a_mistake_withdrawn(desk: Desk) -> None:
    decide(desk, DI, asked(), now=NOW)
    close(desk, DI, only(desk), DecisionState.DONE, "Seen", now=NOW)
    reopen(desk, DS, only(desk), "It was another visit", now=NOW)
    assert (only(desk).is_open(TODAY), only(desk).outcome) == (True, "It was another visit")
    withdraw_decision(desk, DI, only(desk), "Meant for somebody else", now=NOW)
    withdrawn = only(desk)
    assert (withdrawn.version, withdrawn.is_withdrawn, withdrawn.is_open(TODAY)) == (4, True, False)


def test_every_change_leaves_one_audit_record_about_the_case(desk: Desk, store: Store) -> None:
    ref = decide(desk, DI, asked(C1, DecisionKind.REASSESS, "I1"), now=NOW)
    close(desk, DI, only(desk), DecisionState.DONE, "Re-graded", now=NOW)
    first, second = audits(store)
    assert (first.action, first.subject_kind, first.subject_ref, first.user_ref) == ("decided", "case", "C1", "DI Oak")
    assert first.details == {
        "role": "di",
        "decision_ref": ref,
        "kind": "reassess",
        "owner_ref": "I1",
        "due_on": "2025-07-07",
        "reason": "Never seen",
    }
    assert (second.action, second.details["reason"]) == ("closed decision as done", "Re-graded")


def test_the_same_decision_sent_twice_is_recorded_once(desk: Desk, store: Store) -> None:
    decide(desk, DI, asked(), now=NOW)
    with pytest.raises(AlreadyRecorded, match="your decision on V1 is on record already"):
        decide(desk, DI, asked(), now=NOW)
    made = only(desk)
    close(desk, DI, made, DecisionState.DONE, "Seen", now=NOW)
    with pytest.raises(AlreadyRecorded):
        close(desk, DI, made, DecisionState.DONE, "Seen", now=NOW)
    closed = only(desk)
    withdraw_decision(desk, DI, closed, "Wrong", now=NOW)
    with pytest.raises(AlreadyRecorded):
        withdraw_decision(desk, DI, closed, "Wrong", now=NOW)
    assert (only(desk).version, len(audits(store))) == (3, 3)


def test_of_two_who_decide_on_one_case_at_once_the_second_is_told(desk: Desk) -> None:
    decide(desk, DS, asked(), now=NOW)
    with pytest.raises(DecisionChanged, match="Somebody decided on V1, or closed a decision, meanwhile"):
        decide(desk, DI, asked(kind=DecisionKind.ESCALATE, owner_ref=None), now=NOW)
    decide(desk, DI, asked(kind=DecisionKind.ESCALATE, owner_ref=None, seen=versions_seen(decisions(desk))), now=NOW)
    assert len(decisions(desk)) == 2


def test_of_two_who_close_at_once_the_second_is_told(desk: Desk) -> None:
    decide(desk, DI, asked(), now=NOW)
    made = only(desk)
    close(desk, OFFICER, made, DecisionState.DONE, "Seen", now=NOW)
    with pytest.raises(DecisionChanged, match="Somebody else changed this decision on V1 meanwhile"):
        close(desk, DI, made, DecisionState.CANCELLED, "In custody", now=NOW)
    assert only(desk).outcome == "Seen"


def test_many_at_once_leave_one_decision(desk: Desk, store: Store) -> None:
    def attempt(number: int) -> bool:
        try:
            decide(Desk(store, FORCE), Viewer(f"DI {number}", Role.DI), asked(), now=NOW)
        except DecisionChanged:
            return False
        return True

    with ThreadPoolExecutor(4) as threads:
        made = list(threads.map(attempt, range(4)))
    assert (sum(made), len(decisions(desk)), len(audits(store))) == (1, 1, 1)


@READS_A_STORE
@pytest.mark.parametrize("role", [role for role in Role if role not in {Role.SUPERVISOR, Role.DI, Role.DCI}])
def test_other_roles_may_not_decide_nor_close_what_is_not_theirs(desk: Desk, role: Role) -> None:
    viewer = Viewer("x", role, officer_ref="O1")
    with pytest.raises(NotPermitted, match="decided on by a supervisor, an inspector or a chief inspector"):
        decide(desk, viewer, asked(), now=NOW)
    decide(desk, DI, asked(owner_ref="S1"), now=NOW)
    with pytest.raises(NotPermitted):
        close(desk, viewer, only(desk), DecisionState.DONE, "Seen", now=NOW)
    with pytest.raises(NotPermitted):
        withdraw_decision(desk, viewer, only(desk), "Wrong", now=NOW)
    assert (may_decide(viewer), may_close(viewer, only(desk)), only(desk).version) == (False, False, 1)


def test_an_escalation_is_every_chief_inspectors_and_nobody_elses(desk: Desk) -> None:
    decide(desk, DS, asked(kind=DecisionKind.ESCALATE, owner_ref=None), now=NOW)
    boards = {
        viewer.name: decision_board(desk.question(viewer, TODAY, today=TODAY), decisions(desk)).figures[Which.MINE]
        for viewer in (DS, DI, DCI)
    }
    assert {name: figure.numerator for name, figure in boards.items()} == {"DS Cedar": 0, "DI Oak": 0, "DCI Elm": 1}


@READS_A_STORE
@pytest.mark.parametrize(
    ("viewer", "deciding", "message"),
    [
        (OTHER_DS, asked(), "V1 is not among your teams' cases today"),
        (DS, asked(C1, owner_ref="I1"), "C1 is not among your teams' cases today"),
        (DI, asked(Subject("offender", "V404")), "V404 is not among your teams' cases today"),
    ],
)
def test_a_case_that_is_not_the_viewers_is_not_decided_on(
    desk: Desk, viewer: Viewer, deciding: Deciding, message: str
) -> None:
    with pytest.raises(NotPermitted, match=message):
        decide(desk, viewer, deciding, now=NOW)
    assert decisions(desk) == ()


@READS_A_STORE
def test_nobody_closes_a_decision_on_another_teams_case(desk: Desk) -> None:
    decide(desk, DI, asked(), now=NOW)
    with pytest.raises(NotPermitted, match="V1 is not among your teams' cases today"):
        close(desk, OTHER_DS, only(desk), DecisionState.DONE, "Seen", now=NOW)


@READS_A_STORE
@pytest.mark.parametrize(
    ("deciding", "message"),
    [
        (asked(reason=" "), "say why it is decided so"),
        (asked(days=-1), "29 Jun 2025 is over"),
        (asked(days=91), "is more than 90 days ahead, .* Choose 28 Sep 2025 or earlier"),
        (asked(kind=DecisionKind.DEFER, days=29), "is more than 28 days ahead"),
        (asked(owner_ref="GONE"), "GONE is no officer in service of the unit"),
        (asked(C1, owner_ref="O1"), "O1 is no officer in service of the unit"),
        (asked(kind=DecisionKind.ESCALATE), "an escalation is the chief inspector's"),
        (asked(kind=DecisionKind.AUTHORISE_LONE, owner_ref="D1"), "nobody authorises their own visit"),
        (asked(kind=DecisionKind.AUTHORISE_LONE, owner_ref=None), "nobody authorises their own visit"),
        (asked(C1, DecisionKind.AUTHORISE_LONE, "I1"), "authorised for offenders, not for POLIT cases"),
        (asked(Subject("offender", "V2")), "management of V2 has ended"),
        (asked(Subject("case", "C2"), owner_ref="I1"), "case C2 is closed"),
    ],
)
def test_what_cannot_be_decided_says_why(desk: Desk, store: Store, deciding: Deciding, message: str) -> None:
    revision = store.revision(FORCE)
    with pytest.raises(ChangeRefused, match=f"Nothing was recorded: .*{message}"):
        decide(desk, DI, deciding, now=NOW)
    assert (decisions(desk), audits(store), store.revision(FORCE)) == ((), [], revision)


def test_the_furthest_day_is_allowed(desk: Desk) -> None:
    decide(desk, DI, asked(kind=DecisionKind.DEFER, days=28), now=NOW)
    assert only(desk).due_on == date(2025, 7, 28)


def test_a_closing_needs_an_outcome_and_an_open_decision(desk: Desk) -> None:
    decide(desk, DI, asked(), now=NOW)
    with pytest.raises(ChangeRefused, match="say what became of the decision"):
        close(desk, DI, only(desk), DecisionState.DONE, " ", now=NOW)
    with pytest.raises(ChangeRefused, match="the decision is open"):
        reopen(desk, DI, only(desk), "Wrong", now=NOW)
    close(desk, DI, only(desk), DecisionState.DONE, "Seen", now=NOW)
    with pytest.raises(ChangeRefused, match="the decision is closed already"):
        close(desk, DI, only(desk), DecisionState.CANCELLED, "Seen", now=NOW)
    with pytest.raises(ValueError, match="as done or as cancelled"):
        close(desk, DI, only(desk), DecisionState.OPEN, "Seen", now=NOW)
    withdraw_decision(desk, DI, only(desk), "Wrong", now=NOW)
    with pytest.raises(ChangeRefused, match="has been withdrawn"):
        reopen(desk, DI, only(desk), "Right after all", now=NOW)


def test_an_owner_closes_what_is_theirs_after_the_case_has_gone(desk: Desk, store: Store) -> None:
    decide(desk, DI, asked(), now=NOW)
    write(store, {"allocations": {"offender_ref": ["V1"], "from_on": [TODAY], "officer_ref": ["S2"]}})
    close(desk, OFFICER, only(desk), DecisionState.DONE, "Handed over", now=NOW)
    assert only(desk).state is DecisionState.DONE


def test_a_decision_that_is_ones_own_has_no_other_owner(desk: Desk) -> None:
    decide(desk, DCI, asked(owner_ref=None), now=NOW)
    assert [may_close(viewer, only(desk)) for viewer in (DCI, OFFICER, replace(OFFICER, name="DCI Elm"))] == [
        True,
        False,
        True,
    ]
