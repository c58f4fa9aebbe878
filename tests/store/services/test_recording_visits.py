"""Recording what became of a visit: once, with its crew and authority, its plan fulfilled, and nothing in between."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pandas as pd
import pytest

from offendermgmt.domain.vocabulary import LoneShortfall, LoneVisit, PlanState, VisitOutcome
from offendermgmt.services.access import NotPermitted, Role, Viewer
from offendermgmt.services.changes import AlreadyRecorded, ChangeRefused
from offendermgmt.services.desk import Desk
from offendermgmt.services.plan_clashes import Alone, VisitPlan
from offendermgmt.services.planned_visits import past_without_outcome, plans_on
from offendermgmt.services.planning import plan_visit
from offendermgmt.services.recording_alone import Unconfirmed
from offendermgmt.services.recording_choices import begins_as, visit_choices
from offendermgmt.services.recording_visits import SAME_VISIT, VisitMade, last_partner, record_visit
from offendermgmt.store import Store
from tests.databases import FORCE, READS_A_STORE
from tests.store.facts import Columns
from tests.store.services.recording_force import (
    ASH,
    INSPECTOR,
    NORTH,
    NOW,
    TODAY,
    YESTERDAY,
    audits,
    overdue,
    recording_desk,
    rows_of,
)


def local(text: str) -> datetime:
    """What London's clocks show."""
    return datetime.fromisoformat(text)


# Half past two in London, half an hour before NOW.
MADE = VisitMade("V1", VisitOutcome.COMPLETED, local("2025-06-30 14:30"), ("0042", "0043"))
ALONE = replace(MADE, officer_refs=("0042",))
WITH_AUTHORITY = Alone("Colleague ill", TODAY, "7A", datetime(2025, 6, 30, 13, tzinfo=UTC))
NOTHING = frozenset(
    map(
        str,
        [LoneShortfall.NO_REASON, LoneShortfall.NOT_ASSESSED, LoneShortfall.NO_AUTHORISER, LoneShortfall.NO_TIME],
    )
)


@pytest.fixture
def desk(store: Store) -> Desk:
    return recording_desk(store)


def record(desk: Desk, made: VisitMade, viewer: Viewer = ASH, confirmed: frozenset[str] = frozenset()) -> str:
    return record_visit(desk, viewer, made, now=NOW, confirmed=confirmed)


def standings(desk: Desk) -> list[int]:
    return list(desk.snapshot().attended["lone"])


def test_a_completed_visit_closes_what_was_due_and_yesterday_knew_nothing_of_it(desk: Desk) -> None:
    before = overdue(desk)
    record(desk, MADE)
    assert (before, overdue(desk)) == (["V1", "V2", "V3"], ["V2", "V3"])
    assert overdue(desk, known_at=YESTERDAY) == before


@pytest.mark.parametrize("outcome", [each for each in VisitOutcome if each is not VisitOutcome.COMPLETED])
def test_a_failed_attempt_is_recorded_and_nobody_is_less_overdue(desk: Desk, outcome: VisitOutcome) -> None:
    record(desk, replace(MADE, outcome=outcome))
    assert [row["outcome"] for row in rows_of(desk, "visits")] == [outcome]
    assert "V1" in overdue(desk)


def test_the_time_is_that_of_londons_clocks(desk: Desk) -> None:
    record(desk, MADE)
    [row] = rows_of(desk, "visits")
    assert row["visited_at"] == pd.Timestamp(2025, 6, 30, 13, 30)
    assert (row["announced"], row["has_announced"], row["officer_refs"]) == (False, True, "0042;0043")


def test_a_second_click_says_that_it_is_recorded_already(desk: Desk, store: Store) -> None:
    record(desk, MADE)
    revision = store.revision(FORCE)
    with pytest.raises(AlreadyRecorded, match="the visit to V1 at 14:30 today is on record already"):
        record(desk, replace(MADE, officer_refs=("0043", "0042")))
    assert (store.revision(FORCE), len(rows_of(desk, "visits"))) == (revision, 1)


def test_two_windows_at_once_record_one_visit(desk: Desk) -> None:
    def attempt(_: int) -> str:
        try:
            return record(desk, MADE)
        except AlreadyRecorded:
            return "already"

    with ThreadPoolExecutor(4) as threads:
        said = list(threads.map(attempt, range(4)))
    assert said.count("already") == 3
    assert len(rows_of(desk, "visits")) == 1


def test_the_same_visit_by_the_other_of_the_crew_is_asked_about(desk: Desk) -> None:
    record(desk, MADE)
    near = replace(MADE, visited_at=MADE.visited_at - timedelta(minutes=20), outcome=VisitOutcome.NO_REPLY)
    with pytest.raises(Unconfirmed, match=r"completed, by Ash \(0042\) and Beech") as asked:
        record(desk, near)
    assert asked.value.doubts == {SAME_VISIT}
    assert len(rows_of(desk, "visits")) == 1
    record(desk, near, confirmed=asked.value.doubts)
    assert len(rows_of(desk, "visits")) == 2


def test_a_visit_half_an_hour_away_is_another(desk: Desk) -> None:
    record(desk, MADE)
    record(desk, replace(MADE, visited_at=MADE.visited_at - timedelta(minutes=30)))
    assert len(rows_of(desk, "visits")) == 2


def test_a_visit_by_one_officer_is_asked_about_and_saved_as_unauthorised_when_confirmed(
    desk: Desk, store: Store
) -> None:
    with pytest.raises(
        Unconfirmed, match="no reason, no risk assessment, no authoriser, no time of authority"
    ) as asked:
        record(desk, ALONE)
    assert (asked.value.doubts, rows_of(desk, "visits"), audits(store)) == (NOTHING, [], [])
    assert asked.value.as_it_is.startswith("as made alone and unauthorised")

    record(desk, ALONE, confirmed=asked.value.doubts)

    assert standings(desk) == [list(LoneVisit).index(LoneVisit.UNAUTHORISED)]
    assert audits(store)[0].details["confirmed"] == sorted(NOTHING)


@READS_A_STORE
def test_what_was_not_confirmed_is_asked_about_again(desk: Desk) -> None:
    late = replace(WITH_AUTHORITY, authorised_at=datetime(2025, 6, 30, 13, 45, tzinfo=UTC))
    with pytest.raises(Unconfirmed, match="saved as authorised late"):
        record(desk, replace(ALONE, alone=late), confirmed=NOTHING)


def test_a_lone_visit_with_all_that_it_needs_is_saved_as_authorised(desk: Desk) -> None:
    record(desk, replace(ALONE, alone=WITH_AUTHORITY))
    assert standings(desk) == [list(LoneVisit).index(LoneVisit.AUTHORISED)]


def test_a_cancelled_visit_needs_no_crew_and_no_authority(desk: Desk) -> None:
    record(desk, replace(MADE, outcome=VisitOutcome.CANCELLED, officer_refs=()))
    assert standings(desk) == []


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"visited_at": local("2025-06-30 15:01")}, "visited_at 2025-06-30T15:01:00 is in the future"),
        ({"visited_at": local("2025-04-30 12:00")}, "is before V1 was registered on 2025-05-01"),
        ({"officer_refs": ()}, "officer_refs is empty; name who made the visit"),
        ({"officer_refs": ("0042", "L1")}, "Larch .L1. was not in post on 30 Jun 2025"),
        ({"officer_refs": ("0042", "X")}, "X is no officer in the store"),
    ],
)
def test_what_cannot_be_is_refused_and_leaves_nothing(
    desk: Desk, store: Store, changed: dict[str, object], said: str
) -> None:
    revision = store.revision(FORCE)
    with pytest.raises(ChangeRefused, match=said):
        record(desk, replace(MADE, **changed))  # type: ignore[arg-type]
    assert (store.revision(FORCE), rows_of(desk, "visits"), audits(store)) == (revision, [], [])


@READS_A_STORE
def test_the_hour_that_the_clocks_skip_is_refused(desk: Desk, store: Store) -> None:
    with store.write(FORCE, user="test") as work:
        work.insert("offenders", {"offender_ref": ["V9"], "registered_on": [date(2025, 1, 1)]})
        held: Columns = {"offender_ref": ["V9"], "from_on": [date(2025, 1, 1)], "officer_ref": ["0042"]}
        work.insert("allocations", held)
    with pytest.raises(ChangeRefused, match="clocks skip in March"):
        record(desk, replace(MADE, offender_ref="V9", visited_at=local("2025-03-30 01:30")))


def test_one_audit_record_without_names_or_reasons(desk: Desk, store: Store) -> None:
    ref = record(desk, replace(ALONE, alone=WITH_AUTHORITY))
    [audit] = audits(store)
    assert (audit.action, audit.subject_kind, audit.subject_ref) == ("recorded visit", "offender", "V1")
    assert audit.details == {
        "role": "officer",
        "visit_ref": ref,
        "plan_ref": None,
        "outcome": "completed",
        "confirmed": [],
    }


def test_an_officer_records_about_their_own_cases(desk: Desk) -> None:
    with pytest.raises(NotPermitted, match="V3 is not among your cases"):
        record(desk, replace(MADE, offender_ref="V3"))
    with pytest.raises(NotPermitted, match="V3 is not among your cases"):
        record(desk, replace(MADE, offender_ref="V3"), NORTH)
    record(desk, replace(MADE, offender_ref="V3"), INSPECTOR)


@READS_A_STORE
@pytest.mark.parametrize(
    "role", [Role.INVESTIGATOR, Role.SLT, Role.BOARD, Role.ANALYST, Role.AUDITOR, Role.ADMINISTRATOR]
)
def test_others_record_nothing(desk: Desk, role: Role) -> None:
    with pytest.raises(NotPermitted, match="recorded by the officer who holds the case"):
        record(desk, MADE, Viewer("x", role, officer_ref="0042"))


PLAN_MADE_AT = datetime(2025, 6, 29, 9, tzinfo=UTC)


def planned(desk: Desk, offender_ref: str = "V1", crew: tuple[str, ...] = ("0042", "7A")) -> str:
    plan = VisitPlan(offender_ref, datetime(2025, 6, 30, 11, tzinfo=UTC), 60, crew, announced=True)
    return plan_visit(desk, INSPECTOR, plan, now=PLAN_MADE_AT)


def test_the_form_begins_with_the_plan_and_its_outcome_fulfils_it(desk: Desk, store: Store) -> None:
    plan_ref = planned(desk)
    question = desk.question(ASH, TODAY, today=TODAY)
    choice = visit_choices(desk, question, plans_on(desk, question, TODAY))[f"plan {plan_ref}"]
    begins = begins_as(question, choice, NOW)
    assert list(past_without_outcome(desk, question, NOW)["plan_ref"]) == [plan_ref]
    expected = VisitMade("V1", VisitOutcome.COMPLETED, local("2025-06-30 12:00"), ("0042", "7A"), True, None, plan_ref)
    assert begins == expected

    visit_ref = record(desk, begins)

    [row] = plans_on(desk, desk.question(ASH, TODAY, today=TODAY), TODAY).to_dict("records")
    assert (row["state"], row["visit_ref"]) == (PlanState.DONE, visit_ref)
    assert past_without_outcome(desk, question, NOW).empty
    assert [audit.action for audit in audits(store)] == ["planned visit", "recorded visit"]


def test_a_plan_done_meanwhile_refuses_the_visit_that_was_to_fulfil_it(desk: Desk) -> None:
    plan_ref = planned(desk)
    made = replace(MADE, plan_ref=plan_ref)
    record(desk, made)
    later = replace(made, visited_at=local("2025-06-30 09:00"), outcome=VisitOutcome.NO_REPLY)
    with pytest.raises(ChangeRefused, match="the planned visit is done"):
        record(desk, later)
    assert len(rows_of(desk, "visits")) == 1


@READS_A_STORE
def test_a_plan_is_of_the_offender_visited(desk: Desk) -> None:
    with pytest.raises(ChangeRefused, match="the planned visit is to somebody else"):
        record(desk, replace(MADE, offender_ref="V2", plan_ref=planned(desk)))


def test_who_goes_with_a_colleague_records_the_planned_visit_and_no_other(desk: Desk) -> None:
    plan_ref = planned(desk, "V3", ("0042", "S1"))
    record(desk, replace(MADE, offender_ref="V3", officer_refs=("0042", "S1"), plan_ref=plan_ref))
    with pytest.raises(NotPermitted):
        record(desk, replace(MADE, offender_ref="V3", visited_at=local("2025-06-30 09:00")))


def test_without_a_plan_the_form_begins_now_with_who_went_last(desk: Desk) -> None:
    question = desk.question(ASH, TODAY, today=TODAY)
    assert last_partner(question, "0042") is None
    record(desk, replace(MADE, visited_at=local("2025-06-20 09:00"), officer_refs=("0042", "7A")))
    record(desk, replace(MADE, visited_at=local("2025-06-22 09:00")))
    question = desk.question(ASH, TODAY, today=TODAY)
    choices = visit_choices(desk, question, plans_on(desk, question, TODAY))
    begins = begins_as(question, choices["case V2"], NOW)
    assert list(choices) == ["case V1", "case V2"]
    assert (begins.visited_at, begins.officer_refs) == (local("2025-06-30 15:00"), ("0042", "0043"))
    led = desk.question(NORTH, TODAY, today=TODAY)
    assert begins_as(led, visit_choices(desk, led, plans_on(desk, led, TODAY), "V1")["case V1"], NOW).officer_refs == (
        "0042",
        "0043",
    )
