"""Saved scenarios: the same answer again, whatever was recorded since, and only by those who may."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import select

from offendermgmt.domain.vocabulary import Unit
from offendermgmt.services.access import NotPermitted, Role, Viewer
from offendermgmt.services.changes import ChangeRefused
from offendermgmt.services.demand_plan import Plan, Secondment, Surge
from offendermgmt.services.desk import Desk
from offendermgmt.services.policies import shipped_policy
from offendermgmt.services.scenarios import (
    Basis,
    Scenario,
    answer_of,
    answer_then,
    may_save,
    remove_scenario,
    said,
    save_scenario,
    scenarios,
)
from offendermgmt.store import Store
from offendermgmt.store.demand_scenarios import ScenarioChanged, scenario_versions
from offendermgmt.store.tables.ledger import AuditRecord
from tests.databases import FORCE, READS_A_STORE
from tests.store.facts import Columns, put

DI = Viewer("DI Ash", Role.DI)
ANALYST = Viewer("Analyst Elm", Role.ANALYST)
EARLIER = datetime(2025, 2, 1, 9, tzinfo=UTC)
ON = date(2025, 1, 31)
DAYS = [date(2023 + month // 12, month % 12 + 1, 3) for month in range(24) for _ in range(month % 4 + 3)]
PLAN = Plan(
    investigators=3,
    under=40,
    days_per_case=6.0,
    secondments=(Secondment(0.5, date(2025, 3, 1), date(2025, 5, 31)),),
    surge=Surge(40, date(2025, 4, 1), date(2025, 4, 30)),
)
BASIS = Basis(ON, None, shipped_policy().polit_demand)


def cases(refs: list[str], days: list[date], **columns: list[Any]) -> Mapping[str, Columns]:
    return {"polit_cases": {"case_ref": refs, "received_on": days, "source": [None] * len(refs), **columns}}


@pytest.fixture
def desk(store: Store) -> Desk:
    with store.write(FORCE, user="tester", source="extract") as work:
        put(work, cases([f"C{number}" for number in range(len(DAYS))], DAYS, recorded_at=[EARLIER] * len(DAYS)))
    return Desk(store, FORCE)


@pytest.fixture
def scenario(desk: Desk) -> Scenario:
    save_scenario(desk, DI, "Two more from April", PLAN, BASIS)
    (saved,) = scenarios(desk, DI)
    return saved


def receive_more(desk: Desk) -> None:
    """Twenty cases more, received in the last month but recorded now."""
    with desk.store.write(FORCE, user="tester", source="extract") as work:
        put(work, cases([f"N{number}" for number in range(20)], [date(2025, 1, 20)] * 20))


def test_a_saved_scenario_stands_with_its_plan_and_owner(scenario: Scenario) -> None:
    assert (scenario.name, scenario.plan, scenario.author, scenario.version) == (
        "Two more from April",
        PLAN,
        "DI Ash",
        1,
    )
    assert (scenario.basis.as_of, scenario.basis.policy) == (ON, BASIS.policy)


def test_it_gives_the_answer_it_gave_after_later_recordings(desk: Desk, scenario: Scenario) -> None:
    receive_more(desk)
    assert said(answer_then(desk, DI, scenario)) == scenario.said


def test_on_todays_data_it_may_say_something_else(desk: Desk, scenario: Scenario) -> None:
    receive_more(desk)
    question = desk.question(DI, ON, today=ON)
    assert said(answer_of(question, scenario.plan)) != scenario.said


def test_another_process_gives_the_same_answer(desk: Desk, scenario: Scenario) -> None:
    assert said(answer_then(Desk(desk.store, FORCE), ANALYST, scenario)) == scenario.said


def test_a_known_at_moment_asked_for_is_kept(desk: Desk) -> None:
    known_at = datetime(2025, 2, 2, tzinfo=UTC)
    save_scenario(desk, DI, "As known", PLAN, replace(BASIS, known_at=known_at))
    (saved,) = scenarios(desk, DI)
    assert saved.basis.known_at == known_at


def test_a_replaced_scenario_keeps_its_past(desk: Desk, scenario: Scenario) -> None:
    save_scenario(desk, DI, scenario.name, replace(PLAN, investigators=5), BASIS, after=scenario)
    (stands,) = scenarios(desk, DI)
    assert (stands.version, stands.plan.investigators) == (2, 5)
    assert len(scenario_versions(desk.store, FORCE)) == 2


def test_two_who_replace_the_same_version_do_not_overwrite_each_other(desk: Desk, scenario: Scenario) -> None:
    save_scenario(desk, DI, "First", PLAN, BASIS, after=scenario)
    with pytest.raises(ScenarioChanged, match="Somebody else changed the scenario 'Second' meanwhile"):
        save_scenario(desk, DI, "Second", PLAN, BASIS, after=scenario)
    assert [one.name for one in scenarios(desk, DI)] == ["First"]


def test_a_removed_scenario_is_off_the_list_and_stays_on_record(desk: Desk, scenario: Scenario) -> None:
    remove_scenario(desk, DI, scenario)
    assert scenarios(desk, DI) == ()
    assert scenarios(desk, DI, scenario.recorded_at) == (scenario,)


def test_scenarios_come_newest_first(desk: Desk, scenario: Scenario) -> None:
    save_scenario(desk, ANALYST, "Later", PLAN, BASIS)
    assert [one.name for one in scenarios(desk, DI)] == ["Later", scenario.name]


def test_every_change_leaves_an_audit_record(desk: Desk, scenario: Scenario) -> None:
    remove_scenario(desk, DI, scenario)
    with desk.store.read() as connection:
        records = connection.execute(select(AuditRecord.action, AuditRecord.user_ref).order_by(AuditRecord.at)).all()
    assert [tuple(record) for record in records if "scenario" in record.action] == [
        ("save demand scenario", "DI Ash"),
        ("remove demand scenario", "DI Ash"),
    ]


@pytest.mark.parametrize("role", [Role.BOARD, Role.AUDITOR, Role.ADMINISTRATOR])
def test_others_may_look_but_not_save(desk: Desk, scenario: Scenario, role: Role) -> None:
    viewer = Viewer("x", role)
    with pytest.raises(NotPermitted, match="saved by supervisors, inspectors, senior leaders and analysts"):
        save_scenario(desk, viewer, "Mine", PLAN, BASIS)
    assert (may_save(viewer), scenarios(desk, viewer)) == (False, (scenario,))


def test_a_scenario_is_changed_by_its_owner_or_an_inspector(desk: Desk) -> None:
    save_scenario(desk, ANALYST, "The analyst's", PLAN, BASIS)
    (saved,) = scenarios(desk, DI)
    with pytest.raises(NotPermitted, match="This scenario is Analyst Elm's"):
        remove_scenario(desk, Viewer("DS Oak", Role.SUPERVISOR), saved)
    remove_scenario(desk, DI, saved)
    assert scenarios(desk, DI) == ()


@READS_A_STORE
def test_another_unit_sees_none(desk: Desk) -> None:
    with pytest.raises(NotPermitted, match="those who lead POLIT"):
        scenarios(desk, Viewer("DI", Role.DI, units=(Unit.MOSOVO,)))


@READS_A_STORE
@pytest.mark.parametrize(
    ("name", "plan", "message"),
    [
        ("  ", PLAN, "Give the scenario a name"),
        ("x" * 81, PLAN, "has 81 characters; keep it to 80"),
        ("No size", replace(PLAN, under=0), "size to be under"),
        ("No pace", replace(PLAN, days_per_case=None), "give a time per case"),
    ],
)
def test_what_lacks_a_name_or_an_answer_is_not_saved(desk: Desk, name: str, plan: Plan, message: str) -> None:
    with pytest.raises(ChangeRefused, match=message):
        save_scenario(desk, DI, name, plan, BASIS)
    assert scenarios(desk, DI) == ()
