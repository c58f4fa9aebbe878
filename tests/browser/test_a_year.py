"""What is kept from year to year, acted through: the register of interventions and the performance framework."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, expect

from offendermgmt.services.access import Role
from tests.browser.acting import audited, choose, told
from tests.browser.looking import open_whole
from tests.browser.scene import TODAY, Scene, part, scene_of

pytestmark = pytest.mark.browser


def intervention_is_registered(year: Scene) -> None:
    leader = year.opened("/interventions", Role.SLT)
    form = part(leader, "Register an intervention")
    form.locator("summary").click()
    choose(leader, "Measures that it is to move", "Days overdue", form.get_by_text("Days overdue in total: it should"))
    leader.keyboard.press("Escape")
    form.get_by_role("textbox", name="What is done").fill("Two more cars")
    form.get_by_role("textbox", name="Why", exact=True).fill("Visits were put off.")
    form.get_by_role("button", name="Register it").dblclick()
    told(leader, "Registered\\. What came of it|on record already")
    row = leader.get_by_role("row").filter(has_text="Two more cars")
    expect(row).to_have_count(1)
    expect(row).to_contain_text("Too early to say")
    leader.close()


def measure_gets_a_target(year: Scene) -> None:
    keeper = year.opened("/framework", Role.ADMINISTRATOR)
    form = part(keeper, "Add, change or retire a question or measure")
    form.locator("summary").click()
    choose(keeper, "What to add or change", "Measure: Visits overdue", form.get_by_text("Change it from a day on"))
    form.get_by_role("spinbutton", name="Target").fill("3")
    form.get_by_role("textbox", name="Source of the target").fill("The chief officers' plan")
    form.get_by_role("textbox", name="Reason").fill("A backlog of three can be worked off in a week.")
    form.get_by_role("textbox", name="Source", exact=True).fill("Minute 12")
    form.get_by_role("button", name="Save the measure").dblclick()
    told(keeper, "[Tt]he measure is on record")
    change = keeper.get_by_role("row").filter(has_text="Minute 12")
    expect(change).to_contain_text("A backlog of three can be worked off in a week.")
    expect(change).to_have_count(1)
    row = keeper.get_by_role("row").filter(has_text=re.compile("^Visits overdue"))
    expect(row).to_contain_text("Lower is better; target 3")
    open_whole(keeper, f"/framework?as_of={TODAY - timedelta(days=1)}&role=administrator")
    expect(row).to_contain_text("Lower is better")
    expect(row).not_to_contain_text("target 3")
    keeper.close()


def measure_is_added(year: Scene) -> None:
    keeper = year.opened("/framework", Role.ADMINISTRATOR)
    form = part(keeper, "Add, change or retire a question or measure")
    form.locator("summary").click()
    form.get_by_role("textbox", name="Title").fill("All that are overdue")
    form.get_by_role("textbox", name="Owner (a post)").fill("DCI")
    form.get_by_role("textbox", name="Reason").fill("Asked for.")
    form.get_by_role("textbox", name="Source", exact=True).fill("Minute 13")
    form.get_by_role("button", name="Add the measure").dblclick()
    told(keeper, "[Tt]he measure is on record")
    expect(keeper.get_by_role("row").filter(has_text="Minute 13")).to_have_count(1)
    keeper.close()


def test_a_year_from_an_intervention_to_a_target_of_the_framework(browser: Browser, store_address: str) -> None:
    with scene_of(browser, store_address) as year:
        intervention_is_registered(year)
        measure_gets_a_target(year)
        measure_is_added(year)
        done = {"registered intervention": 1, "change measure": 1, "add measure": 1}
        assert audited(year.store, done) == done
