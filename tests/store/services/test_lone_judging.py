"""Findings on lone visits: by those who may, never on one's own, once, and with nothing lost."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import select

from offendermgmt.domain.vocabulary import LoneFinding, Unit
from offendermgmt.services.access import NotPermitted, Role, Viewer
from offendermgmt.services.changes import AlreadyRecorded, ChangeRefused
from offendermgmt.services.desk import Desk
from offendermgmt.services.lone_findings import findings
from offendermgmt.services.lone_judging import Judging, judge, may_judge, withdraw_finding
from offendermgmt.store import Store
from offendermgmt.store.lone_findings import FindingChanged, finding_versions
from offendermgmt.store.tables.ledger import AuditRecord
from tests.databases import FORCE, READS_A_STORE
from tests.store.facts import Columns, write

NOW = datetime(2025, 6, 30, 14, tzinfo=UTC)
FAR = date(2099, 1, 1)
DS = Viewer("DS Cedar", Role.SUPERVISOR, officer_ref="S1", team_refs=("T1",), units=(Unit.MOSOVO,))
OTHER_DS = Viewer("DS Yew", Role.SUPERVISOR, officer_ref="S2", team_refs=("T2",), units=(Unit.MOSOVO,))
DI = Viewer("DI Oak", Role.DI, officer_ref="D1")
FORCE_FACTS: dict[str, Columns] = {
    "teams": {"team_ref": ["T1", "T2"], "name": ["North", "South"], "unit": ["MOSOVO"] * 2},
    "officers": {
        "officer_ref": ["O1", "S1", "S2", "D1"],
        "name": ["Ash", "Cedar", "Yew", "Oak"],
        "is_supervisor": [False, True, True, True],
        "team_ref": ["T1", "T1", "T2", "T1"],
        "fte": [1.0] * 4,
    },
    "offenders": {"offender_ref": ["V1"], "registered_on": [date(2024, 1, 1)], "surname": ["Elm"]},
    "allocations": {"offender_ref": ["V1"], "from_on": [date(2024, 1, 1)], "officer_ref": ["O1"]},
    "visits": {
        "visit_ref": ["alone", "allowed", "own", "pair", "cancelled"],
        "offender_ref": ["V1"] * 5,
        "visited_at": [datetime(2025, 6, 27, hour, tzinfo=UTC) for hour in range(9, 14)],
        "outcome": ["completed"] * 4 + ["cancelled"],
        "officer_refs": ["O1", "O1", "S1", "O1;S1", "O1"],
        "lone_authorised_by": [None, "S1", None, None, None],
    },
}


@pytest.fixture
def desk(store: Store) -> Desk:
    write(store, FORCE_FACTS)
    return Desk(store, FORCE)


def asked(visit_ref: str = "alone", *, seen: int = 0, text: str = "No one was free", why: str = "") -> Judging:
    return Judging(visit_ref, LoneFinding.APPROPRIATE, text, seen, why)


def told(desk: Desk) -> list[tuple[Any, ...]]:
    versions = finding_versions(desk.store, FORCE)
    return [(each.visit_ref, each.version, each.finding, each.text, each.found_by, each.is_void) for each in versions]


def audits(store: Store) -> list[Any]:
    with store.read() as connection:
        return list(connection.execute(select(AuditRecord.__table__).order_by(AuditRecord.at)).all())


def test_a_finding_shows_to_everyone_at_once(desk: Desk, store: Store) -> None:
    judge(desk, DS, asked(), now=NOW)
    newest = findings(Desk(store, FORCE), FAR).newest.loc["alone"]
    assert (newest["finding"], newest["text"], newest["found_by"], newest["author"]) == (
        "appropriate",
        "No one was free",
        "S1",
        "DS Cedar",
    )


def test_a_corrected_finding_keeps_the_past_and_says_why(desk: Desk, store: Store) -> None:
    judge(desk, DS, asked(), now=NOW)
    learning = replace(asked(seen=1, why="The log says otherwise"), finding=LoneFinding.LEARNING)
    with pytest.raises(ChangeRefused, match="say why the finding is corrected"):
        judge(desk, DI, replace(learning, why=" "), now=NOW)
    judge(desk, DI, learning, now=NOW)
    assert [(row[1], row[2], row[4]) for row in told(desk)] == [(1, "appropriate", "S1"), (2, "learning", "D1")]
    assert audits(store)[-1].details == {"role": "di", "finding": "learning", "reason": "The log says otherwise"}


def test_a_withdrawn_finding_stands_no_more_and_the_visit_may_be_judged_again(desk: Desk) -> None:
    judge(desk, DS, asked(), now=NOW)
    withdraw_finding(desk, DI, "alone", 1, "Meant for another visit", now=NOW)
    judge(desk, DS, asked(seen=2, text="Now for this one"), now=NOW)
    assert told(desk)[1:] == [
        ("alone", 2, "appropriate", "Meant for another visit", "D1", True),
        ("alone", 3, "appropriate", "Now for this one", "S1", False),
    ]


def test_what_was_known_at_a_moment_is_what_was_recorded_by_then(desk: Desk, store: Store) -> None:
    judge(desk, DS, asked(), now=NOW)
    [first] = finding_versions(store, FORCE)
    judge(desk, DI, asked(seen=1, text="More is known", why="More is known"), now=NOW)
    known = findings(desk, FAR, first.recorded_at).newest.loc["alone"]
    assert (known["text"], findings(desk, FAR).newest.loc["alone"]["text"]) == ("No one was free", "More is known")
    assert findings(desk, date(2020, 1, 1)).newest.empty


def test_every_change_leaves_one_audit_record(desk: Desk, store: Store) -> None:
    judge(desk, DS, asked(), now=NOW)
    withdraw_finding(desk, DS, "alone", 1, "Meant for another visit", now=NOW)
    first, second = audits(store)
    assert (first.action, first.subject_kind, first.subject_ref, first.user_ref) == (
        "recorded finding on lone visit",
        "visit",
        "alone",
        "DS Cedar",
    )
    assert first.details == {"role": "supervisor", "finding": "appropriate"}
    assert (second.action, second.details["reason"]) == ("withdrew finding on lone visit", "Meant for another visit")


@pytest.mark.parametrize("visit_ref", ["own", "allowed"])
def test_nobody_judges_a_visit_they_made_or_authorised(desk: Desk, store: Store, visit_ref: str) -> None:
    with pytest.raises(NotPermitted, match=f"you were on visit {visit_ref} or authorised it.*Ask another supervisor"):
        judge(desk, DS, asked(visit_ref), now=NOW)
    judge(desk, DI, asked(visit_ref), now=NOW)
    with pytest.raises(NotPermitted, match="nobody judges their own"):
        withdraw_finding(desk, DS, visit_ref, 1, "I know better", now=NOW)
    assert (len(told(desk)), len(audits(store))) == (1, 1)


@pytest.mark.parametrize(
    ("viewer", "visit_ref", "refused", "message"),
    [
        (OTHER_DS, "alone", NotPermitted, "alone is not among your teams' attended visits"),
        (DI, "nothing", NotPermitted, "nothing is not among your teams' attended visits"),
        (DI, "cancelled", NotPermitted, "cancelled is not among your teams' attended visits"),
        (DI, "pair", ChangeRefused, "two officers or more made visit pair"),
        (replace(DI, officer_ref=None), "alone", NotPermitted, "not on record which officer you are"),
    ],
)
def test_a_visit_that_is_not_ones_to_judge_is_refused_in_a_sentence(
    desk: Desk, store: Store, viewer: Viewer, visit_ref: str, refused: type[Exception], message: str
) -> None:
    revision = store.revision(FORCE)
    with pytest.raises(refused, match=message):
        judge(desk, viewer, asked(visit_ref), now=NOW)
    assert (told(desk), audits(store), store.revision(FORCE)) == ([], [], revision)


@pytest.mark.parametrize("role", [role for role in Role if role not in {Role.SUPERVISOR, Role.DI, Role.DCI}])
def test_other_roles_may_not_judge(desk: Desk, role: Role) -> None:
    viewer = Viewer("x", role, officer_ref="D1")
    with pytest.raises(NotPermitted, match="judged by a supervisor, an inspector or a chief inspector"):
        judge(desk, viewer, asked(), now=NOW)
    assert (may_judge(viewer), told(desk)) == (False, [])


@READS_A_STORE
@pytest.mark.parametrize(("text", "message"), [("  ", "say what you found and why"), ("x" * 501, "to 500 characters")])
def test_a_finding_needs_its_words(desk: Desk, text: str, message: str) -> None:
    with pytest.raises(ChangeRefused, match=message):
        judge(desk, DS, asked(text=text), now=NOW)
    assert told(desk) == []


def test_a_withdrawal_needs_a_reason_and_a_finding(desk: Desk) -> None:
    with pytest.raises(ChangeRefused, match="no finding stands on visit alone"):
        withdraw_finding(desk, DS, "alone", 0, "Wrong", now=NOW)
    judge(desk, DS, asked(), now=NOW)
    with pytest.raises(ChangeRefused, match="say why the finding is withdrawn"):
        withdraw_finding(desk, DS, "alone", 1, " ", now=NOW)
    assert len(told(desk)) == 1


def test_the_same_finding_sent_twice_is_recorded_once(desk: Desk, store: Store) -> None:
    judge(desk, DS, asked(), now=NOW)
    with pytest.raises(AlreadyRecorded, match="your finding on visit alone is on record already"):
        judge(desk, DS, asked(), now=NOW)
    withdraw_finding(desk, DS, "alone", 1, "Wrong", now=NOW)
    with pytest.raises(AlreadyRecorded):
        withdraw_finding(desk, DS, "alone", 1, "Wrong", now=NOW)
    assert (len(told(desk)), len(audits(store))) == (2, 2)


def test_of_two_who_judge_at_once_the_second_is_told(desk: Desk) -> None:
    judge(desk, DS, asked(), now=NOW)
    with pytest.raises(FindingChanged, match="Somebody else recorded a finding on visit alone, or changed it"):
        judge(desk, DI, asked(why="The page did not know"), now=NOW)
    withdraw_finding(desk, DI, "alone", 1, "Wrong", now=NOW)
    with pytest.raises(FindingChanged):
        judge(desk, DS, asked(seen=1, text="Corrected"), now=NOW)
    assert len(told(desk)) == 2


def test_many_at_once_leave_one_finding(desk: Desk, store: Store) -> None:
    def attempt(number: int) -> bool:
        try:
            judge(Desk(store, FORCE), replace(DI, name=f"DI {number}"), asked(why="Two at once"), now=NOW)
        except FindingChanged:
            return False
        return True

    with ThreadPoolExecutor(4) as threads:
        made = list(threads.map(attempt, range(4)))
    assert (sum(made), len(told(desk)), len(audits(store))) == (1, 1, 1)


def test_a_visit_corrected_to_two_officers_is_judged_no_more(desk: Desk, store: Store) -> None:
    judge(desk, DS, asked(), now=NOW)
    visits = {name: values[:1] for name, values in FORCE_FACTS["visits"].items()} | {"officer_refs": ["O1;S2"]}
    write(store, {"visits": visits})
    with pytest.raises(ChangeRefused, match="two officers or more made visit alone"):
        judge(desk, DI, asked(seen=1, why="More is known"), now=NOW)
