"""Flags on offenders: recorded by those who may, ended or withdrawn with a reason, once, and with nothing lost."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from offendermgmt.domain.vocabulary import FlagKind, Unit
from offendermgmt.services.access import SYSTEM, NotPermitted, Role, Viewer
from offendermgmt.services.changes import AlreadyRecorded, ChangeRefused
from offendermgmt.services.desk import Desk
from offendermgmt.services.flag_recording import Flagging, end_flag, record_flag, withdraw_flag
from offendermgmt.services.flags import Flag, flags, in_force, may_close, may_flag
from offendermgmt.services.triage import triage
from offendermgmt.store import Store
from offendermgmt.store.offender_flags import FlagChanged
from offendermgmt.store.tables.ledger import AuditRecord
from tests.databases import FORCE, READS_A_STORE
from tests.store.facts import Columns, put

NOW = datetime(2025, 6, 30, 14, tzinfo=UTC)
TODAY = NOW.date()
DAY = timedelta(days=1)
DI = Viewer("DI Ash", Role.DI)
DCI = Viewer("DCI Oak", Role.DCI)
OFFICER = Viewer("DC Elm", Role.OFFICER, officer_ref="0042")
NORTH = Viewer("DS North", Role.SUPERVISOR, officer_ref="7A", team_refs=("T1",), units=(Unit.MOSOVO,))
SOUTH = replace(NORTH, name="DS South", team_refs=("T2",))
PEOPLE: dict[str, Columns] = {
    "teams": {"team_ref": ["T1", "T2"], "name": ["North", "South"], "unit": ["MOSOVO"] * 2},
    "officers": {
        "officer_ref": ["0042", "7A"],
        "name": ["Elm", "Fir"],
        "is_supervisor": [False, False],
        "team_ref": ["T1", "T2"],
        "fte": [1.0, 1.0],
    },
    "offenders": {
        "offender_ref": ["V1", "V2", "V3"],
        "surname": ["A", "B", "C"],
        "registered_on": [date(2025, 6, 20)] * 3,
    },
    "allocations": {
        "offender_ref": ["V1", "V2", "V3"],
        "from_on": [date(2025, 6, 20)] * 3,
        "officer_ref": ["0042", "7A", "0042"],
    },
    "offender_statuses": {"offender_ref": ["V3"], "from_on": [date(2025, 6, 25)], "status": ["ended"]},
}


@pytest.fixture
def desk(store: Store) -> Desk:
    with store.write(FORCE, user="test") as work:
        put(work, PEOPLE)
    return Desk(store, FORCE)


def asked(ref: str = "V1", kind: FlagKind = FlagKind.BREACH, **other: Any) -> Flagging:
    return replace(Flagging(ref, kind, "A second phone", TODAY - DAY), **other)


def standing(desk: Desk) -> Flag:
    [flag] = flags(desk)
    return flag


def points(desk: Desk, on: date = TODAY) -> dict[str, int]:
    cases = triage(desk.question(SYSTEM, on, today=TODAY), flags(desk))
    return dict(zip(cases["offender_ref"], cases["flags"], strict=True))


def audits(store: Store) -> list[Any]:
    with store.read() as connection:
        return list(connection.execute(select(AuditRecord.__table__).order_by(AuditRecord.at)).all())


def test_a_flag_shows_in_everyones_next_triage(desk: Desk, store: Store) -> None:
    other = Desk(store, FORCE)
    before = points(other)
    record_flag(desk, OFFICER, asked(last_on=TODAY), now=NOW)
    assert (before, points(other)) == ({"V1": 0, "V2": 0}, {"V1": 25, "V2": 0})
    made = standing(other)
    assert (made.author, made.note, made.from_on, made.last_on, made.closing) == (
        "DC Elm",
        "A second phone",
        TODAY - DAY,
        TODAY,
        None,
    )


def test_a_flag_holds_from_its_first_day_to_its_last(desk: Desk) -> None:
    record_flag(desk, DI, asked(last_on=TODAY), now=NOW)
    days = [TODAY + DAY * each for each in (-2, -1, 0, 1)]
    assert [len(in_force(flags(desk), day)) for day in days] == [0, 1, 1, 0]


def test_an_ended_flag_holds_on_no_later_day_and_still_on_the_days_before(desk: Desk) -> None:
    record_flag(desk, DI, asked(), now=NOW)
    end_flag(desk, DCI, standing(desk), "Spoken to", now=NOW)
    assert [len(in_force(flags(desk), TODAY + DAY * each)) for each in (-1, 0, 9)] == [1, 0, 0]
    closing = standing(desk).closing
    assert closing is not None
    assert (closing.author, closing.reason, closing.is_withdrawal) == ("DCI Oak", "Spoken to", False)
    assert standing(desk).note == "A second phone"


def test_a_withdrawn_flag_holds_on_no_day_and_what_it_said_stays(desk: Desk) -> None:
    record_flag(desk, DI, asked(), now=NOW)
    withdraw_flag(desk, DI, standing(desk), "Of somebody else", now=NOW)
    assert [len(in_force(flags(desk), TODAY + DAY * each)) for each in (-1, 0)] == [0, 0]
    assert (standing(desk).note, standing(desk).version) == ("A second phone", 2)


def test_an_ended_flag_may_still_be_withdrawn(desk: Desk) -> None:
    record_flag(desk, DI, asked(), now=NOW)
    end_flag(desk, DI, standing(desk), "Done", now=NOW)
    withdraw_flag(desk, DI, standing(desk), "Of somebody else", now=NOW)
    assert in_force(flags(desk), TODAY - DAY) == ()


def test_what_was_known_at_a_moment_is_what_was_recorded_by_then(desk: Desk) -> None:
    record_flag(desk, DI, asked(), now=NOW)
    made = standing(desk)
    withdraw_flag(desk, DI, made, "By mistake", now=NOW)
    assert flags(desk, made.recorded_at) == (made,)
    assert flags(desk, datetime(2020, 1, 1, tzinfo=UTC)) == ()


def test_each_change_leaves_one_audit_record_about_the_offender(desk: Desk, store: Store) -> None:
    ref = record_flag(desk, OFFICER, asked(), now=NOW)
    end_flag(desk, NORTH, standing(desk), "Done", now=NOW)
    withdraw_flag(desk, DI, standing(desk), "By mistake", now=NOW)
    told = [(each.action, each.user_ref, each.subject_kind, each.subject_ref) for each in audits(store)]
    assert told == [
        ("recorded flag", "DC Elm", "offender", "V1"),
        ("ended flag", "DS North", "offender", "V1"),
        ("withdrew flag", "DI Ash", "offender", "V1"),
    ]
    assert [each.details for each in audits(store)] == [
        {"role": "officer", "flag_ref": ref, "kind": "breach"},
        {"role": "supervisor", "flag_ref": ref, "kind": "breach", "reason": "Done"},
        {"role": "di", "flag_ref": ref, "kind": "breach", "reason": "By mistake"},
    ]


def test_the_same_flag_or_end_sent_twice_is_recorded_once(desk: Desk, store: Store) -> None:
    record_flag(desk, DI, asked(), now=NOW)
    with pytest.raises(AlreadyRecorded, match=r"your flag on V1 \(breach\) is on record already"):
        record_flag(desk, DI, asked(note=" A second phone "), now=NOW)
    made = standing(desk)
    end_flag(desk, DI, made, "Done", now=NOW)
    with pytest.raises(AlreadyRecorded, match="your decision on this flag is on record already"):
        end_flag(desk, DI, made, "Done", now=NOW)
    assert (len(flags(desk)), len(audits(store))) == (1, 2)


def test_many_clicks_at_once_leave_one_flag(desk: Desk, store: Store) -> None:
    def attempt(_: int) -> bool:
        try:
            record_flag(Desk(store, FORCE), DI, asked(), now=NOW)
        except AlreadyRecorded:
            return False
        return True

    with ThreadPoolExecutor(4) as threads:
        made = list(threads.map(attempt, range(4)))
    assert (sum(made), len(flags(desk)), len(audits(store))) == (1, 1, 1)


def test_two_people_may_flag_the_same_thing_and_one_person_may_again_after_its_end(desk: Desk) -> None:
    record_flag(desk, DI, asked(), now=NOW)
    end_flag(desk, DI, standing(desk), "Done", now=NOW)
    record_flag(desk, DI, asked(), now=NOW)
    record_flag(desk, DCI, asked(), now=NOW)
    assert (len(flags(desk)), points(desk)["V1"]) == (3, 25)


def test_of_two_who_close_one_flag_the_second_is_told(desk: Desk) -> None:
    record_flag(desk, DI, asked(), now=NOW)
    seen = standing(desk)
    end_flag(desk, DCI, seen, "Done", now=NOW)
    with pytest.raises(FlagChanged, match="Somebody else ended or withdrew this flag on V1 meanwhile"):
        withdraw_flag(desk, DI, seen, "By mistake", now=NOW)
    assert standing(desk).version == 2


@pytest.mark.parametrize("role", [Role.INVESTIGATOR, Role.SLT, Role.BOARD, Role.ANALYST, Role.AUDITOR])
def test_others_may_not_flag(desk: Desk, role: Role) -> None:
    viewer = Viewer("x", role, officer_ref="0042")
    with pytest.raises(NotPermitted, match="Flags are recorded by an officer on their own cases"):
        record_flag(desk, viewer, asked(), now=NOW)
    assert (may_flag(viewer), flags(desk)) == (False, ())


@READS_A_STORE
@pytest.mark.parametrize(("viewer", "ref"), [(OFFICER, "V2"), (NORTH, "V2"), (SOUTH, "V1"), (DI, "V404")])
def test_a_case_that_is_not_the_viewers_is_not_theirs_to_flag(desk: Desk, viewer: Viewer, ref: str) -> None:
    with pytest.raises(NotPermitted, match=f"{ref} is not among your cases on 30 June 2025"):
        record_flag(desk, viewer, asked(ref), now=NOW)
    assert flags(desk) == ()


def test_an_officer_ends_flags_of_their_own_only(desk: Desk) -> None:
    record_flag(desk, DI, asked(), now=NOW)
    made = standing(desk)
    assert (may_close(OFFICER, made), may_close(NORTH, made)) == (False, True)
    with pytest.raises(NotPermitted, match="An officer ends or withdraws flags of their own"):
        withdraw_flag(desk, OFFICER, made, "Not so", now=NOW)
    with pytest.raises(NotPermitted, match="V1 is not among your cases"):
        withdraw_flag(desk, SOUTH, made, "Not so", now=NOW)
    assert standing(desk) == made


@pytest.mark.parametrize(
    ("flagging", "message"),
    [
        (asked(note="  "), "say what is known and how"),
        (asked(note="x" * 501), "keep the note to 500 characters"),
        (asked(from_on=TODAY + DAY), "1 Jul 2025 is to come"),
        (asked(from_on=date(2025, 6, 19)), "V1 was registered on 20 Jun 2025"),
        (asked(last_on=TODAY - DAY), "29 Jun 2025 is over"),
        (asked("V3"), "management of V3 has ended"),
    ],
)
def test_what_cannot_be_recorded_says_why(desk: Desk, store: Store, flagging: Flagging, message: str) -> None:
    revision = store.revision(FORCE)
    with pytest.raises(ChangeRefused, match=f"Nothing was recorded: .*{message}"):
        record_flag(desk, DI, flagging, now=NOW)
    assert (flags(desk), audits(store), store.revision(FORCE)) == ((), [], revision)


def test_a_flag_that_is_over_cannot_be_ended_and_an_end_needs_a_reason(desk: Desk) -> None:
    record_flag(desk, DI, asked(last_on=TODAY), now=NOW)
    made = standing(desk)
    with pytest.raises(ChangeRefused, match="say why the flag is ended"):
        end_flag(desk, DI, made, " ", now=NOW)
    with pytest.raises(ChangeRefused, match="the flag ended by itself on 30 Jun 2025"):
        end_flag(desk, DI, made, "Done", now=NOW + DAY)
    withdraw_flag(desk, DI, made, "By mistake", now=NOW)
    for change in (end_flag, withdraw_flag):
        with pytest.raises(ChangeRefused, match="withdrawn already"):
            change(desk, DI, standing(desk), "Again", now=NOW)


def test_a_flag_that_began_today_is_withdrawn_and_not_ended(desk: Desk) -> None:
    record_flag(desk, DI, asked(from_on=TODAY), now=NOW)
    with pytest.raises(ChangeRefused, match="the flag began today"):
        end_flag(desk, DI, standing(desk), "Done", now=NOW)
    assert standing(desk).closing is None
