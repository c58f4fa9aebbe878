"""The desk follows the store: every write shows in the next question, whoever made it."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pandas as pd
import pytest

from offendermgmt.services.access import SYSTEM, NotPermitted, Role, Viewer
from offendermgmt.services.consultations import Subject, record_consultation
from offendermgmt.services.desk import Desk
from offendermgmt.services.offender import offender_record
from offendermgmt.services.overdue import overdue_board
from offendermgmt.services.policies import record_policy
from offendermgmt.services.question import Question
from offendermgmt.services.recorded import NotFound
from offendermgmt.services.snapshot import take_snapshot
from offendermgmt.store import Store
from offendermgmt.store.recordings import read_recordings
from tests.databases import FORCE, READS_A_STORE
from tests.store.facts import PEOPLE

DAY = date(2025, 6, 30)
EARLIER = datetime(2025, 2, 1, tzinfo=UTC)
LATER = datetime(2025, 7, 1, tzinfo=UTC)
INSPECTOR = Viewer("DI", Role.DI)


def write(store: Store, tables: Mapping[str, Mapping[str, list[Any]]]) -> None:
    with store.write(FORCE, user="test") as work:
        for name, columns in tables.items():
            work.insert(name, columns)


def visit(ref: str, offender_ref: str, on: datetime, recorded_at: datetime, *, is_void: bool = False) -> dict[str, Any]:
    return {
        "visits": {
            "visit_ref": [ref],
            "offender_ref": [offender_ref],
            "visited_at": [on],
            "outcome": ["completed"],
            "officer_refs": ["0042;7A"],
            "recorded_at": [recorded_at],
            "is_void": [is_void],
        }
    }


@pytest.fixture
def desk(store: Store) -> Desk:
    write(store, PEOPLE)
    return Desk(store, FORCE)


def ask(desk: Desk, known_at: datetime | None = None, viewer: Viewer = SYSTEM) -> Question:
    return desk.question(viewer, DAY, today=DAY, known_at=known_at)


def overdue(desk: Desk, known_at: datetime | None = None) -> set[str]:
    cases = overdue_board(ask(desk, known_at)).cases
    assert cases is not None
    return set(cases["offender_ref"])


def test_one_write_shows_in_the_next_question(desk: Desk, store: Store) -> None:
    before = overdue(desk)
    write(store, visit("a", "V1", datetime(2025, 6, 20, 10, tzinfo=UTC), LATER))
    assert (before, overdue(desk)) == ({"V1", "V2"}, {"V2"})


def test_a_renewed_snapshot_equals_one_taken_anew(desk: Desk, store: Store) -> None:
    desk.snapshot()
    write(store, visit("a", "V1", datetime(2025, 6, 20, 10, tzinfo=UTC), EARLIER))
    desk.snapshot()
    write(store, visit("a", "V2", datetime(2025, 6, 21, 10, tzinfo=UTC), LATER))
    anew = take_snapshot(read_recordings(store, FORCE)[0], desk.snapshot().policies)
    pd.testing.assert_frame_equal(desk.snapshot().timeline.segments, anew.timeline.segments)
    pd.testing.assert_frame_equal(desk.snapshot().timeline.obligations, anew.timeline.obligations)


def test_an_unchanged_store_is_not_read_again(desk: Desk) -> None:
    assert desk.snapshot() is desk.snapshot()


def test_what_was_known_does_not_change_with_a_later_recording(desk: Desk, store: Store) -> None:
    known_at = datetime(2025, 6, 1, tzinfo=UTC)
    before = overdue(desk, known_at)
    write(store, visit("a", "V1", datetime(2025, 5, 20, 10, tzinfo=UTC), LATER))
    assert overdue(desk, known_at) == before
    assert overdue(desk) == before - {"V1"}


def test_a_voided_visit_counts_no_more(desk: Desk, store: Store) -> None:
    on = datetime(2025, 6, 20, 10, tzinfo=UTC)
    write(store, visit("a", "V1", on, EARLIER))
    write(store, visit("a", "V1", on, LATER, is_void=True))
    assert overdue(desk) == {"V1", "V2"}


def test_names_are_those_recorded_last(desk: Desk, store: Store) -> None:
    assert desk.names(["V1", "V2"]) == {"V1": "FIR", "V2": "ELM"}
    corrected = {name: values[1:] for name, values in PEOPLE["offenders"].items()} | {"surname": ["Holly"]}
    write(store, {"offenders": {**corrected, "recorded_at": [LATER]}})
    assert desk.names(["V1"]) == {"V1": "HOLLY"}


def test_a_new_policy_is_in_force_from_its_day(desk: Desk, store: Store) -> None:
    overdue(desk)
    document = POLICY.replace("initial_days = 15", "initial_days = 2000")
    administrator = Viewer("admin", Role.ADMINISTRATOR)
    record_policy(store, FORCE, administrator, document, reason="trial", source_note="note")
    question = ask(desk)
    assert (question.policy.version, overdue(desk)) == ("force-1", {"V1", "V2"})
    assert desk.question(SYSTEM, date(2024, 12, 31), today=DAY).policy.version == "shipped-1"


def test_as_known_at_a_moment_the_policy_recorded_by_then_is_in_force(desk: Desk, store: Store) -> None:
    write(store, visit("a", "V1", datetime(2025, 2, 20, 10, tzinfo=UTC), EARLIER))
    longer = POLICY.replace('unassessed = "3 months"', 'unassessed = "12 months"')
    recorded_at = datetime(2025, 6, 1, tzinfo=UTC)
    admin = Viewer("admin", Role.ADMINISTRATOR)
    record_policy(store.dated(lambda: recorded_at), FORCE, admin, longer, reason="trial", source_note="note")
    before, then = recorded_at - timedelta(seconds=1), recorded_at
    assert [ask(desk, moment).policy.version for moment in (before, then, None)] == ["shipped-1", "force-1", "force-1"]
    assert [overdue(desk, moment) for moment in (before, then, None)] == [{"V1", "V2"}, {"V2"}, {"V2"}]


def test_small_counts_are_kept_by_the_policy_of_today_whatever_was_known(desk: Desk, store: Store) -> None:
    stricter = f"{POLICY}\n[publication]\nsmallest_count = 10\n"
    admin = Viewer("admin", Role.ADMINISTRATOR)
    record_policy(store.dated(lambda: LATER), FORCE, admin, stricter, reason="trial", source_note="note")
    then = ask(desk, EARLIER)
    assert (then.policy.version, then.smallest_count) == ("shipped-1", 10)


@READS_A_STORE
def test_policy_is_recorded_by_administrators_alone(store: Store) -> None:
    with pytest.raises(NotPermitted, match="administrator"):
        record_policy(store, FORCE, INSPECTOR, POLICY, reason="trial", source_note="note")


@READS_A_STORE
def test_a_policy_that_lacks_a_value_says_which(store: Store) -> None:
    document = POLICY.replace("cases_per_fte = 50", "")
    with pytest.raises(ValueError, match="'cases_per_fte'"):
        record_policy(store, FORCE, Viewer("admin", Role.ADMINISTRATOR), document, reason="trial", source_note="note")


def test_a_record_tells_which_recording_stands(desk: Desk, store: Store) -> None:
    write(store, visit("a", "V1", datetime(2025, 6, 20, 10, tzinfo=UTC), EARLIER))
    write(store, visit("a", "V1", datetime(2025, 6, 22, 10, tzinfo=UTC), LATER))
    record = offender_record(desk, ask(desk), "V1")
    visits = record.recordings[record.recordings["table"] == "visits"]
    assert list(visits["standing"]) == ["stands", "replaced"]
    assert list(record.facts["visits"]["visited_on"]) == [date(2025, 6, 22)]


def test_a_record_as_known_earlier_has_only_what_was_recorded_by_then(desk: Desk, store: Store) -> None:
    write(store, visit("a", "V1", datetime(2025, 5, 20, 10, tzinfo=UTC), LATER))
    record = offender_record(desk, ask(desk, datetime(2025, 6, 1, tzinfo=UTC)), "V1")
    assert record.facts["visits"].empty
    assert "visits" not in set(record.recordings["table"])


def test_names_are_not_in_the_record_of_a_viewer_who_sees_none(desk: Desk) -> None:
    assert "surname" not in offender_record(desk, ask(desk), "V1").person
    assert offender_record(desk, ask(desk, viewer=INSPECTOR), "V1").person["surname"] == "Fir"


@READS_A_STORE
def test_a_record_outside_the_viewers_scope_is_refused(desk: Desk) -> None:
    officer = Viewer("officer", Role.OFFICER, officer_ref="0042")
    with pytest.raises(NotPermitted, match="V1 is not among your cases on 30 June 2025"):
        offender_record(desk, ask(desk, viewer=officer), "V1")


@READS_A_STORE
@pytest.mark.parametrize("role", [Role.BOARD, Role.ADMINISTRATOR])
def test_those_who_see_counts_open_no_record(desk: Desk, role: Role) -> None:
    with pytest.raises(NotPermitted, match="sees counts, not people"):
        offender_record(desk, ask(desk, viewer=Viewer("x", role)), "V1")


@READS_A_STORE
def test_an_unknown_reference_is_said_to_be_unknown(desk: Desk) -> None:
    with pytest.raises(NotFound, match="no offender V9 managed on 30 June 2025"):
        offender_record(desk, ask(desk), "V9")


def test_opening_a_record_is_logged_and_moves_no_revision(desk: Desk, store: Store) -> None:
    revision = store.revision(FORCE)
    record_consultation(desk, ask(desk, viewer=INSPECTOR), Subject("offender", "V1"))
    assert store.revision(FORCE) == revision


POLICY = """
version = "force-1"
from_on = 2025-01-01
[visits]
initial_days = 15
band_ends = [7, 30, 90, 180]
[visits.interval]
very_high = "1 month"
high = "3 months"
medium = "6 months"
low = "12 months"
unassessed = "3 months"
[caseload]
high_risk_share = "0.20"
cases_per_fte = 50
[polit.act_days]
very_high = 1
high = 7
medium = 14
low = 30
unassessed = 7
[polit.stalled_days]
very_high = 2
high = 7
medium = 14
low = 28
unassessed = 7
"""
