"""Planning visits: what clashes is refused in a sentence, each write once, all or nothing, and nothing lost."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pandas as pd
import pytest
from icalendar import Calendar
from sqlalchemy import select

from offendermgmt.domain.days import LONDON
from offendermgmt.domain.vocabulary import PlanState
from offendermgmt.services.access import SYSTEM, NotPermitted, Role, Viewer
from offendermgmt.services.calendar_file import calendar_for
from offendermgmt.services.changes import AlreadyRecorded, ChangeRefused
from offendermgmt.services.desk import Desk
from offendermgmt.services.overdue import overdue_board
from offendermgmt.services.plan_clashes import Alone, VisitPlan, crew_choices
from offendermgmt.services.plan_suggestion import ACTION, as_plans, officers_to_send, suggest
from offendermgmt.services.planned_visits import in_scope, past_without_outcome, plans_on, to_plan, unplanned
from offendermgmt.services.planning import (
    PlannedVisit,
    cancel_plan,
    change_plan,
    fulfil,
    may_plan,
    plan_visit,
    plan_visits,
    shown_plan,
)
from offendermgmt.store import Store
from offendermgmt.store.planned_visits import PlanChanged, plan_versions
from offendermgmt.store.tables.ledger import AuditRecord
from tests.databases import FORCE, READS_A_STORE
from tests.store.facts import Columns, put

NOW = datetime(2025, 6, 30, 13, tzinfo=UTC)
TODAY = NOW.date()
TOMORROW = TODAY + timedelta(days=1)
DI = Viewer("DI Elm", Role.DI)
DCI = Viewer("DCI Oak", Role.DCI)
ASH = Viewer("DC Ash", Role.OFFICER, officer_ref="0042")
SOUTH = Viewer("DS South", Role.SUPERVISOR, team_refs=("T2",))
STAFF: dict[str, Columns] = {
    "teams": {"team_ref": ["T1", "T2", "P"], "name": ["North", "South", "Online"], "unit": ["MOSOVO"] * 2 + ["POLIT"]},
    "officers": {
        "officer_ref": ["0042", "0043", "7A", "S1", "P1", "L1", "A1"],
        "name": ["Ash", "Beech", "Birch", "Cedar", "Lime", "Larch", "Alder"],
        "is_supervisor": [False, False, False, True, False, False, False],
        "team_ref": ["T1", "T1", "T2", "T1", "P", "T1", "T1"],
        "fte": [1.0, 0.5, 1.0, 1.0, 1.0, 1.0, 1.0],
        "to_on": [None, None, None, None, None, date(2025, 6, 1), None],
    },
    "officer_availability": {"officer_ref": ["A1"], "from_on": [date(2025, 6, 1)], "to_on": [None], "fte": [0.0]},
    "offenders": {
        "offender_ref": ["V1", "V2", "V3", "V4", "V5"],
        "registered_on": [date(2024, 1, 1)] * 4 + [date(2025, 6, 20)],
    },
    "risk_assessments": {
        "offender_ref": ["V1", "V2"],
        "assessed_on": [date(2024, 1, 5)] * 2,
        "tool": ["ARMS"] * 2,
        "risk_level": ["very_high", "low"],
    },
    "offender_statuses": {
        "offender_ref": ["V3", "V4"],
        "from_on": [date(2025, 1, 1)] * 2,
        "status": ["custody", "missing"],
    },
    "allocations": {
        "offender_ref": ["V1", "V2", "V3", "V4", "V5"],
        "from_on": [date(2024, 1, 1)] * 4 + [date(2025, 6, 20)],
        "officer_ref": ["0042", "0042", "0042", "0043", "7A"],
    },
    "visits": {
        "visit_ref": ["a"],
        "offender_ref": ["V2"],
        "visited_at": [datetime(2025, 6, 30, 12, 30, tzinfo=UTC)],
        "outcome": ["no_reply"],
        "officer_refs": ["0042;0043"],
    },
}


@pytest.fixture
def desk(store: Store) -> Desk:
    with store.write(FORCE, user="test") as work:
        put(work, STAFF)
    return Desk(store, FORCE)


def at(hour: int = 10, minute: int = 0, day: date = TOMORROW) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=LONDON)


def asked(offender_ref: str = "V1", when: datetime | None = None, *officers: str, **said: Any) -> VisitPlan:
    return VisitPlan(offender_ref, when or at(), said.pop("minutes", 60), officers or ("0042", "0043"), **said)


def alone(**said: Any) -> VisitPlan:
    given = {
        "reason": "Partner is at court",
        "risk_assessed_on": TODAY,
        "authorised_by": "S1",
        "authorised_at": NOW - timedelta(hours=1),
    }
    return asked("V1", None, "0042", alone=Alone(**(given | said)))


def standing(desk: Desk, known_at: datetime | None = None) -> pd.DataFrame:
    return plans_on(desk, desk.question(SYSTEM, TODAY, today=TODAY, known_at=known_at), TODAY)


def shown(desk: Desk, place: int = 0) -> PlannedVisit:
    return shown_plan(standing(desk).iloc[place].to_dict())


def audits(store: Store) -> list[Any]:
    with store.read() as connection:
        return list(connection.execute(select(AuditRecord.__table__).order_by(AuditRecord.at)).all())


def test_a_plan_shows_to_everyone_with_its_london_day_and_crew(desk: Desk, store: Store) -> None:
    plan_visit(desk, DI, asked(note="Ring twice"), now=NOW)
    [row] = standing(Desk(store, FORCE)).to_dict("records")
    assert (row["offender_ref"], row["officer_refs"], row["crew"], row["note"]) == ("V1", "0042;0043", 2, "Ring twice")
    assert (row["planned_on"], row["planned_at"]) == (pd.Timestamp(TOMORROW), pd.Timestamp(at()).tz_convert("UTC"))


def test_every_write_leaves_one_audit_record_with_its_reason(desk: Desk, store: Store) -> None:
    plan_visit(desk, DI, asked(), now=NOW)
    change_plan(desk, DCI, shown(desk), asked(when=at(15)), "Court in the morning", now=NOW)
    cancel_plan(desk, DI, shown(desk), "In hospital", now=NOW)
    records = audits(store)
    assert [record.action for record in records] == [
        "planned visit",
        "changed planned visit",
        "cancelled planned visit",
    ]
    assert [record.details.get("reason") for record in records] == [None, "Court in the morning", "In hospital"]
    assert {(record.subject_kind, record.subject_ref) for record in records} == {
        ("planned_visit", standing(desk)["plan_ref"].iloc[0])
    }


def test_versions_stay_and_a_cancellation_says_why(desk: Desk, store: Store) -> None:
    plan_visit(desk, DI, asked(), now=NOW)
    cancel_plan(desk, DI, shown(desk), "In hospital", now=NOW)
    told = [(row.version, row.state, row.note) for row in plan_versions(store, FORCE)]
    assert told == [(1, "planned", None), (2, "cancelled", "In hospital")]


def test_what_was_known_at_a_moment_is_what_was_recorded_by_then(desk: Desk) -> None:
    plan_visit(desk, DI, asked(), now=NOW)
    first = standing(desk)["recorded_at"].iloc[0].to_pydatetime()
    cancel_plan(desk, DI, shown(desk), "In hospital", now=NOW)
    assert standing(desk, first)["state"].tolist() == ["planned"]
    assert standing(desk, datetime(2020, 1, 1, tzinfo=UTC)).empty


def test_a_plan_that_moved_out_of_the_days_read_is_not_read_as_it_was(desk: Desk) -> None:
    plan_visit(desk, DI, asked(), now=NOW)
    fulfilled(desk, shown(desk).plan_ref)
    later = TOMORROW + timedelta(days=1)
    assert plans_on(desk, desk.question(SYSTEM, later, today=later), later).empty


def fulfilled(desk: Desk, plan_ref: str, visit_ref: str = "a") -> None:
    with desk.store.write(FORCE, user="DC Ash") as work:
        fulfil(work, plan_ref, visit_ref)


@READS_A_STORE
@pytest.mark.parametrize(
    ("plan", "message"),
    [
        (asked(when=at(13, 59, TODAY)), "13:59 on 30 Jun 2025 has passed"),
        (asked(when=at(day=TODAY + timedelta(days=91))), "too far ahead: visits are planned up to 28 Sep 2025"),
        (asked(minutes=0), "1 to 480 minutes, not for 0"),
        (asked("V3"), "visit clock of V3 does not run on 1 Jul 2025 \\(in custody\\)"),
        (VisitPlan("V1", at(), 60, ()), "Nobody is to go"),
        (asked("V1", None, "0042", "0042"), "in the crew twice"),
        (asked("V1", None, "0042", "L1"), "Larch \\(L1\\) is not in post"),
        (asked("V1", None, "0042", "P1"), "Lime \\(P1\\) is not in post in a team you may plan for"),
        (asked("V1", None, "0042", "X"), "X is not in post"),
        (asked("V1", None, "0042", "A1"), "Alder \\(A1\\) is not available on 1 Jul 2025"),
        (asked(when=at(14, 15, TODAY)), "Ash \\(0042\\) is on record at a at 13:30 on 30 Jun 2025, and that overlaps"),
        (asked("V1", None, "0042"), "no reason; no risk assessment; no authoriser; no time of authority"),
        (alone(reason=" "), "Here it has no reason"),
        (alone(risk_assessed_on=TOMORROW + timedelta(days=1)), "risk assessed after the visit's day"),
        (alone(risk_assessed_on=TOMORROW), "1 Jul 2025 has not come"),
        (alone(authorised_by="0043"), "authoriser is not a supervisor"),
        (alone(authorised_at=at(10, 1)), "authorised after the visit began"),
        (alone(authorised_at=at(9)), "09:00 on 1 Jul 2025 has not come"),
        (replace(alone(), officer_refs=("S1",)), "authoriser was on the visit"),
        (asked(note="x" * 501), "keep note and reason to 500 characters"),
    ],
)
def test_what_cannot_be_planned_says_why(desk: Desk, store: Store, plan: VisitPlan, message: str) -> None:
    revision = store.revision(FORCE)
    with pytest.raises(ChangeRefused, match=f"Nothing was recorded.*{message}"):
        plan_visit(desk, DI, plan, now=NOW)
    assert (audits(store), store.revision(FORCE)) == ([], revision)


@READS_A_STORE
@pytest.mark.parametrize(
    "plan", [alone(), asked("V4"), asked("V1", None, "0042", "0043", "S1"), asked(when=at(day=TODAY, hour=15))]
)
def test_what_the_rules_allow_is_planned(desk: Desk, plan: VisitPlan) -> None:
    plan_visit(desk, DI, plan, now=NOW)
    assert len(standing(desk)) == 1


def test_an_officer_is_at_one_visit_at_a_time_and_may_go_on_to_the_next(desk: Desk) -> None:
    plan_visit(desk, DI, asked(), now=NOW)
    with pytest.raises(ChangeRefused, match="Ash \\(0042\\) is already to visit V1 at 10:00 on 1 Jul 2025"):
        plan_visit(desk, DI, asked("V2", at(10, 59), "0042", "S1"), now=NOW)
    plan_visit(desk, DI, asked("V2", at(11), "0042", "S1"), now=NOW)
    assert len(standing(desk)) == 2


def test_an_offender_has_one_planned_visit_a_day(desk: Desk) -> None:
    plan_visit(desk, DI, asked(), now=NOW)
    with pytest.raises(ChangeRefused, match="visit to V1 is already planned for 10:00 on 1 Jul 2025"):
        plan_visit(desk, DI, asked("V1", at(15), "7A", "S1"), now=NOW)
    plan_visit(desk, DI, asked("V1", at(10, day=TOMORROW + timedelta(days=1)), "7A", "S1"), now=NOW)


def test_a_cancelled_plan_stands_in_nobodys_way(desk: Desk) -> None:
    plan_visit(desk, DI, asked(), now=NOW)
    cancel_plan(desk, DI, shown(desk), "In hospital", now=NOW)
    plan_visit(desk, DI, asked(), now=NOW)
    assert sorted(standing(desk)["state"]) == ["cancelled", "planned"]


def test_the_same_plan_sent_twice_is_recorded_once(desk: Desk, store: Store) -> None:
    plan_visit(desk, DI, asked(), now=NOW)
    with pytest.raises(AlreadyRecorded, match="what you planned is on record already"):
        plan_visit(desk, DI, asked(), now=NOW)
    seen = shown(desk)
    change_plan(desk, DI, seen, asked(when=at(15)), "Court", now=NOW)
    with pytest.raises(AlreadyRecorded):
        change_plan(desk, DI, seen, asked(when=at(15)), "Court", now=NOW)
    seen = shown(desk)
    cancel_plan(desk, DI, seen, "In hospital", now=NOW)
    with pytest.raises(AlreadyRecorded):
        cancel_plan(desk, DI, seen, "In hospital", now=NOW)
    assert len(audits(store)) == 3


def test_of_two_who_change_at_once_the_second_is_told(desk: Desk) -> None:
    plan_visit(desk, DI, asked(), now=NOW)
    seen = shown(desk)
    change_plan(desk, DI, seen, asked(when=at(15)), "Court", now=NOW)
    with pytest.raises(PlanChanged, match="Somebody else changed this plan meanwhile"):
        change_plan(desk, DCI, seen, asked(when=at(16)), "Court", now=NOW)
    with pytest.raises(PlanChanged):
        cancel_plan(desk, DCI, seen, "Not needed", now=NOW)


def test_many_who_plan_one_visit_at_once_leave_one_plan(desk: Desk, store: Store) -> None:
    def attempt(number: int) -> bool:
        try:
            plan_visit(Desk(store, FORCE), Viewer(f"DI {number}", Role.DI), asked(), now=NOW)
        except ChangeRefused:
            return False
        return True

    with ThreadPoolExecutor(4) as threads:
        made = list(threads.map(attempt, range(4)))
    assert (sum(made), len(standing(desk)), len(audits(store))) == (1, 1, 1)


def test_a_plan_may_be_moved_over_its_own_time_but_not_to_another_offender(desk: Desk) -> None:
    plan_visit(desk, DI, asked(), now=NOW)
    change_plan(desk, DI, shown(desk), asked(when=at(10, 30)), "Traffic", now=NOW)
    with pytest.raises(ChangeRefused, match="a plan stays one offender's"):
        change_plan(desk, DI, shown(desk), asked("V2", at(10, 30)), "Swap", now=NOW)
    with pytest.raises(ChangeRefused, match="say why the plan changes"):
        change_plan(desk, DI, shown(desk), asked(when=at(11)), " ", now=NOW)


def test_what_was_made_or_cancelled_changes_no_more(desk: Desk) -> None:
    plan_visit(desk, DI, asked(), now=NOW)
    fulfilled(desk, shown(desk).plan_ref)
    with pytest.raises(ChangeRefused, match="has been made or cancelled"):
        cancel_plan(desk, DI, shown(desk), "Not needed", now=NOW)


def test_a_visit_fulfils_a_plan_inside_its_own_write(desk: Desk, store: Store) -> None:
    plan_visit(desk, DI, asked(note="Ring twice"), now=NOW)
    plan_ref = shown(desk).plan_ref
    fulfilled(desk, plan_ref)
    fulfilled(desk, plan_ref)
    [row] = standing(desk).to_dict("records")
    assert (row["state"], row["visit_ref"], row["version"], row["note"]) == (PlanState.DONE, "a", 2, "Ring twice")
    with pytest.raises(ChangeRefused, match="done, by visit a"):
        fulfilled(desk, plan_ref, "b")
    with pytest.raises(ChangeRefused, match="no such planned visit"):
        fulfilled(desk, "none")
    assert len(audits(store)) == 1


def test_a_write_that_fails_leaves_its_plan_unfulfilled(desk: Desk) -> None:
    plan_visit(desk, DI, asked(), now=NOW)
    plan_ref = shown(desk).plan_ref

    def fail() -> None:
        with desk.store.write(FORCE, user="DC Ash") as work:
            fulfil(work, plan_ref, "a")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert shown(desk).state is PlanState.PLANNED


@READS_A_STORE
@pytest.mark.parametrize("role", [Role.INVESTIGATOR, Role.SLT, Role.BOARD, Role.ANALYST, Role.AUDITOR])
def test_others_may_not_plan(desk: Desk, role: Role) -> None:
    viewer = Viewer("x", role, officer_ref="0042")
    with pytest.raises(NotPermitted, match="planned by offender managers, supervisors and inspectors"):
        plan_visit(desk, viewer, asked(), now=NOW)
    assert not may_plan(viewer)


@READS_A_STORE
def test_officers_plan_for_their_own_cases_with_their_own_team(desk: Desk) -> None:
    plan_visit(desk, ASH, asked(), now=NOW)
    with pytest.raises(NotPermitted, match="V5 is not among your cases today"):
        plan_visit(desk, ASH, asked("V5", at(15)), now=NOW)
    with pytest.raises(ChangeRefused, match="Birch \\(7A\\) is not in post in a team you may plan for"):
        plan_visit(desk, ASH, asked("V2", at(15), "0042", "7A"), now=NOW)
    assert set(crew_choices(desk.question(ASH, TOMORROW, today=TODAY))) == {"0042", "0043", "S1", "A1"}


@READS_A_STORE
@pytest.mark.parametrize("offender_ref", ["V1", "V404"])
def test_a_case_of_another_team_or_none_is_nobodys_to_plan_for(desk: Desk, offender_ref: str) -> None:
    with pytest.raises(NotPermitted, match=f"{offender_ref} is not among your cases"):
        plan_visit(desk, SOUTH, asked(offender_ref, None, "7A", "7A"), now=NOW)
    assert standing(desk).empty


@READS_A_STORE
def test_a_plan_is_seen_by_the_holders_side_and_by_who_goes(desk: Desk) -> None:
    plan_visit(desk, DI, asked("V5", None, "7A", "0042"), now=NOW)
    plan_visit(desk, DI, asked("V1", at(15), "0042", "0043"), now=NOW)
    seen = {
        viewer.name: len(in_scope(desk.question(viewer, TODAY, today=TODAY), standing(desk)))
        for viewer in (DI, ASH, SOUTH, Viewer("x", Role.OFFICER, officer_ref="S1"))
    }
    assert seen == {"DI Elm": 2, "DC Ash": 2, "DS South": 1, "x": 0}


def test_a_visit_past_its_time_waits_for_its_outcome(desk: Desk) -> None:
    plan_visit(desk, DI, asked(), now=NOW)
    end = at(11)

    def waits(now: datetime) -> list[str]:
        question = desk.question(ASH, TOMORROW, today=TOMORROW)
        return list(past_without_outcome(desk, question, now)["offender_ref"])

    assert (waits(end - timedelta(minutes=1)), waits(end)) == ([], ["V1"])
    later = desk.question(DI, TOMORROW + timedelta(days=30), today=TOMORROW + timedelta(days=30))
    assert list(past_without_outcome(desk, later, end)["offender_ref"]) == ["V1"]
    fulfilled(desk, shown(desk).plan_ref)
    assert waits(end) == []


def loaded(store: Store, visit_ref: str, visited_at: datetime) -> None:
    """Put a visit to V1 on record as an extract does: nobody says of which plan it is."""
    with store.write(FORCE, user="test") as work:
        columns = {"visit_ref": [visit_ref], "offender_ref": ["V1"], "visited_at": [visited_at]}
        put(work, {"visits": {**columns, "outcome": ["completed"], "officer_refs": ["0042;0043"]}})


def test_a_visit_that_an_extract_brings_fulfils_the_plan(desk: Desk, store: Store) -> None:
    dated = Desk(store.dated(lambda: NOW), FORCE)
    plan_visit(dated, DI, asked(), now=NOW)
    plan, evening = shown(dated), at(20)
    loaded(store, "x", at(10, 5))

    question = desk.question(ASH, TOMORROW, today=TOMORROW)
    [row] = plans_on(desk, question, TODAY).to_dict("records")

    assert (row["state"], row["visit_ref"]) == (PlanState.DONE, "x")
    assert past_without_outcome(desk, question, evening).empty
    for change in (
        lambda: cancel_plan(desk, DI, plan, "Ill", now=evening),
        lambda: change_plan(desk, DI, plan, asked("V1", at(10, day=TOMORROW + timedelta(days=1))), "Ill", now=evening),
    ):
        with pytest.raises(ChangeRefused, match="has been made"):
            change()
    assert plans_on(desk, desk.question(DI, TODAY, today=TODAY), TODAY)["state"].tolist() == [PlanState.PLANNED]


def test_after_a_visit_that_fulfilled_a_plan_another_may_follow_that_day(desk: Desk, store: Store) -> None:
    dated = Desk(store.dated(lambda: NOW), FORCE)
    plan_visit(dated, DI, asked(when=at(14)), now=NOW)
    loaded(store, "x", at(9))
    plan_visit(dated, DI, asked(when=at(14), minutes=30), now=at(11))
    assert len(standing(desk)) == 2


def test_the_unplanned_are_the_overdue_and_those_due_soon_less_the_planned(desk: Desk) -> None:
    question = desk.question(SYSTEM, TODAY, today=TODAY)
    board = overdue_board(question)
    assert board.cases is not None
    before = to_plan(question, standing(desk))
    assert set(before.loc[before["days_overdue"] > 0, "offender_ref"]) == set(board.cases["offender_ref"])
    plan_visit(desk, DI, asked(), now=NOW)
    after = to_plan(question, standing(desk))
    assert set(before["offender_ref"]) == set(after["offender_ref"]) == {"V1", "V2", "V4", "V5"}
    assert set(unplanned(after)["offender_ref"]) == {"V2", "V4", "V5"}


def test_a_past_day_shows_the_plans_that_stood_at_its_end(desk: Desk) -> None:
    plan_visit(desk, DI, asked(), now=NOW)
    recorded_on = standing(desk)["recorded_at"].iloc[0].tz_convert(LONDON).date()
    tomorrow = recorded_on + timedelta(days=1)

    def stood(day: date) -> int:
        return len(plans_on(desk, desk.question(DI, day, today=tomorrow), TODAY))

    assert (stood(recorded_on - timedelta(days=1)), stood(recorded_on), stood(tomorrow)) == (0, 1, 1)


def test_a_suggested_plan_is_accepted_whole_and_once(desk: Desk, store: Store) -> None:
    question = desk.question(DI, TODAY, today=TODAY, team_ref="T1")
    going = [ref for ref, goes in officers_to_send(question, TODAY).items() if goes]
    made = suggest(question, standing(desk), going, NOW)
    assert (going, list(made.visits["offender_ref"])) == (["0042", "0043"], ["V1", "V2"])
    assert list(made.left_out["offender_ref"]) == ["V4"]
    plan_visits(desk, DI, as_plans(made), now=NOW, action=ACTION)
    [record] = audits(store)
    assert (record.action, len(record.details["visits"])) == (ACTION, 2)
    with pytest.raises(AlreadyRecorded):
        plan_visits(desk, DI, as_plans(made), now=NOW, action=ACTION)
    again = suggest(desk.question(DI, TODAY, today=TODAY, team_ref="T1"), standing(desk), going, NOW)
    assert (again.wanted, len(again.left_out)) == (0, 1)


def test_a_suggestion_that_clashes_by_now_is_refused_whole(desk: Desk) -> None:
    question = desk.question(DI, TODAY, today=TODAY, team_ref="T1")
    made = suggest(question, standing(desk), ["0042", "0043"], NOW)
    first = as_plans(made)[1]
    plan_visit(desk, DCI, replace(first, minutes=30), now=NOW)
    with pytest.raises(ChangeRefused, match=f"visit to {first.offender_ref} is already planned"):
        plan_visits(desk, DI, as_plans(made), now=NOW, action=ACTION)
    assert len(standing(desk)) == 1


def test_visits_planned_together_are_checked_against_each_other(desk: Desk) -> None:
    with pytest.raises(ChangeRefused, match="Ash \\(0042\\) is already to visit V1"):
        plan_visits(desk, DI, [asked("V1"), asked("V2")], now=NOW, action=ACTION)
    with pytest.raises(ChangeRefused, match="no visit was chosen"):
        plan_visits(desk, DI, [], now=NOW, action=ACTION)
    assert standing(desk).empty


def test_a_calendar_leaves_only_on_record_and_names_nobody(desk: Desk, store: Store) -> None:
    plan_visit(desk, DI, replace(alone(), note="Mind the dog"), now=NOW)
    question = desk.question(DI, TODAY, today=TODAY)
    made = calendar_for(desk, question, in_scope(question, standing(desk)), ["OFFICIAL-SENSITIVE"], {}, NOW)
    [event] = Calendar.from_ical(made).walk("VEVENT")
    assert (event["SUMMARY"], event["DTSTART"].dt, event["DTEND"].dt) == ("Visit V1", at(), at(11))
    assert event["DESCRIPTION"] == "OFFICIAL-SENSITIVE\nUnannounced. Officers: 0042."
    text = made.decode()
    assert [word for word in ("Ash", "Elm", "dog", "court", "Cedar") if word in text] == []
    downloaded = audits(store)[-1]
    assert (downloaded.action, downloaded.details["form"], downloaded.details["rows"]) == ("downloaded", "ics", 1)
