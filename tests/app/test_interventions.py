"""The register of interventions: what came of each, the forms that keep it, and who is shown what."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from app.navigation import INTERVENTIONS, places_for
from app.parts.interventions import forms
from offendermgmt.commands.demo import FORCE_REF
from offendermgmt.domain.days import LONDON
from offendermgmt.domain.evaluation import Expected
from offendermgmt.domain.vocabulary import Improvement
from offendermgmt.services.access import Role, Viewer
from offendermgmt.services.desk import Desk
from offendermgmt.services.interventions import Intervention, InterventionText, interventions, register
from offendermgmt.store import Store
from tests.app.conftest import Made, OpenApp
from tests.app.reading import links, payload, said
from tests.app.small_store import small_store

PAGE = INTERVENTIONS.script
TODAY = datetime.now(LONDON).date()
LEADER = Viewer("Supt Oak", Role.SLT)
FALL, RISE = Expected(Improvement.DECREASE, 3.0), Expected(Improvement.INCREASE, 0.1)
PAIRS = InterventionText("Visits in <b>pairs</b>", "Nobody goes alone.", date(2025, 1, 13), {"double-crewed": RISE})
CARS = InterventionText("Two more cars", "Visits were put off.", date(2024, 12, 2), {"overdue": FALL})


@pytest.fixture(scope="module")
def with_interventions(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The small store with two interventions on record."""
    address = small_store(tmp_path_factory.mktemp("interventions"))
    with Store(address) as store:
        desk = Desk(store, FORCE_REF)
        for text in (PAIRS, CARS):
            register(desk, LEADER, text, set(text.expected))
    return address


def on_record(address: str) -> tuple[Intervention, ...]:
    with Store(address) as store:
        return interventions(Desk(store, FORCE_REF))


def press(app: AppTest, label: str) -> AppTest:
    return next(button for button in app.button if button.label == label).click().run()


def test_the_register_says_what_came_of_each_and_opens_the_newest(
    open_app: OpenApp, with_interventions: str, offered: Made
) -> None:
    app = open_app(with_interventions, page=PAGE, role="slt")
    text, found = payload(app), links(app)
    assert not app.exception
    assert [heading.value for heading in app.header] == ["The register", "Visits in \\<b\\>pairs\\</b\\>"]
    assert [heading.value for heading in app.subheader] == ["Double-crewed visits"]
    assert "to rise by at least 10 percentage points" in text
    assert "2 interventions, 2 measures to be moved, the newest first" in text
    (cars,) = [each for each in on_record(with_interventions) if each.text.title == "Two more cars"]
    assert f"intervention={cars.intervention_ref}" in found["Open Two more cars: Visits overdue"]
    assert b"Two more cars" in offered["Register of interventions as CSV"]()
    assert any("pairs\\</b\\> begins" in caption.value for caption in app.caption), "its first day is on the chart"


def test_a_board_reads_findings_without_small_counts_and_no_form(open_app: OpenApp, with_interventions: str) -> None:
    app = open_app(with_interventions, page=PAGE, role="board")
    text = payload(app)
    assert not app.exception
    assert "small counts among these months are not shown outside the unit." in text
    assert (len(app.text_input), len(app.multiselect)) == (0, 0)


def test_an_intervention_is_registered_corrected_rebased_and_withdrawn(
    open_app: OpenApp, one_overdue_address: str
) -> None:
    app = open_app(one_overdue_address, page=PAGE, role="slt", as_of=TODAY.isoformat())
    assert "No intervention is on record." in said(app)
    app.multiselect(key="new intervention 0 measures").set_value(["compliance"]).run()
    app.text_input(key="new intervention 0 title").set_value("Evening pairs")
    app.text_area(key="new intervention 0 why").set_value("Nobody is at home by day.")
    app.number_input(key="new intervention 0 compliance amount").set_value(7.5)
    press(app, "Register it")
    (made,) = on_record(one_overdue_address)
    assert (made.text.title, made.text.expected) == (
        "Evening pairs",
        {"compliance": Expected(Improvement.INCREASE, 0.075)},
    )
    assert app.success[0].value.startswith("Registered.")
    assert app.query_params["intervention"] == made.intervention_ref
    assert app.number_input[0].value == 7.5, "the correction begins with what stands"

    key = f"{made.intervention_ref} 1"
    app.text_input(key=f"correct {key} title").set_value("Pairs in the evening")
    app.text_input(key=f"correct {key} reason").set_value("Clearer")
    press(app, "Save the correction")
    app.text_input(key=f"rebase {made.intervention_ref} 2 reason").set_value("Other hours from here on")
    press(app, "Start anew")
    (rebased,) = on_record(one_overdue_address)
    assert (rebased.text.title, rebased.text.rebase_on) == ("Pairs in the evening", TODAY)

    app.text_input(key=f"withdraw {made.intervention_ref} 3 reason").set_value("Never done")
    press(app, "Withdraw it")
    assert on_record(one_overdue_address) == ()


def test_a_second_click_finds_the_intervention_on_record_already(
    open_app: OpenApp, one_overdue_address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    save = forms._save

    def save_twice(*args: Any) -> None:
        save(*args)
        save(*args)

    monkeypatch.setattr(forms, "_save", save_twice)
    app = open_app(one_overdue_address, page=PAGE, role="slt", as_of=TODAY.isoformat())
    app.multiselect(key="new intervention 0 measures").set_value(["compliance"]).run()
    app.text_input(key="new intervention 0 title").set_value("Evening pairs")
    app.text_area(key="new intervention 0 why").set_value("Nobody is at home by day.")
    app = press(app, "Register it")
    assert not app.exception
    assert app.success[0].value == "Nothing more was recorded: this intervention is on record already."
    assert len(on_record(one_overdue_address)) == 1
    assert app.text_input(key="new intervention 1 title").value == "", "the next one begins anew"

    (made,) = on_record(one_overdue_address)
    key = f"correct {made.intervention_ref} 1"
    app.text_input(key=f"{key} title").set_value("Pairs in the evening")
    app.text_input(key=f"{key} reason").set_value("Clearer")
    app = press(app, "Save the correction")
    assert not app.exception
    assert app.success[0].value == "Nothing more was recorded: your change of this intervention is on record already."


def test_what_cannot_be_registered_is_said_and_what_was_typed_stays(
    open_app: OpenApp, one_overdue_address: str
) -> None:
    app = open_app(one_overdue_address, page=PAGE, role="slt", as_of=TODAY.isoformat())
    app.text_input(key="new intervention 0 title").set_value("See to V1")
    app.text_area(key="new intervention 0 why").set_value("At once.")
    press(app, "Register it")
    assert "choose the measure" in app.error[0].value
    assert app.text_input(key="new intervention 0 title").value == "See to V1"


def test_a_measure_that_is_gone_is_said_to_be_and_can_be_put_right(open_app: OpenApp, one_overdue_address: str) -> None:
    with Store(one_overdue_address) as store:
        register(Desk(store, FORCE_REF), LEADER, InterventionText("Cars", "Why", TODAY, {"gone": FALL}), {"gone"})
    app = open_app(one_overdue_address, page=PAGE, role="slt", as_of=TODAY.isoformat())
    assert not app.exception
    assert "the measure is no longer in the framework" in said(app)
    assert app.multiselect[-1].value == []


def test_the_register_is_not_changed_from_an_earlier_day(open_app: OpenApp, one_overdue_address: str) -> None:
    earlier = (TODAY - timedelta(days=1)).isoformat()
    app = open_app(one_overdue_address, page=PAGE, role="slt", as_of=earlier, intervention="none")
    assert "go back to today" in app.caption[-1].value
    assert "is not on the register" in app.warning[0].value


@pytest.mark.parametrize("role", list(Role))
def test_the_menu_has_the_page_for_all_but_who_see_their_own_cases(role: Role) -> None:
    assert (INTERVENTIONS in places_for(Viewer("x", role))) is (role not in {Role.OFFICER, Role.INVESTIGATOR})
