"""The page of the boards' actions: the plan, the forms, and who is shown what."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from app.navigation import ACTIONS, places_for
from offendermgmt.commands.demo import FORCE_REF
from offendermgmt.domain.days import LONDON
from offendermgmt.domain.vocabulary import Board
from offendermgmt.services.access import Role, Viewer
from offendermgmt.services.acting import NewAction, take_action
from offendermgmt.services.board_actions import board_actions
from offendermgmt.services.desk import Desk
from offendermgmt.store import Store
from tests.app.conftest import OpenApp
from tests.app.reading import payload as said
from tests.app.small_store import one_overdue_store

PAGE = "../pages/actions.py"
NOW = datetime.now(LONDON)
TODAY = NOW.date()
SLT = Viewer("Supt Oak", Role.SLT)


@pytest.fixture
def with_actions(tmp_path: Path) -> str:
    """A store with an action of two boards, one of them an officer's."""
    address = one_overdue_store(tmp_path)
    with Store(address) as store:
        desk = Desk(store, FORCE_REF)
        take_action(desk, SLT, NewAction(Board.SLT, "More evening pairs", TODAY, owner_post="DCI"), now=NOW)
        later = TODAY + timedelta(days=60)
        take_action(desk, SLT, NewAction(Board.FPB, "Report on lone visits", later, owner_ref="0042"), now=NOW)
    return address


def opened(open_app: OpenApp, address: str, role: str = "slt", **query: str) -> AppTest:
    app = open_app(address, page=PAGE, role=role, as_of=TODAY.isoformat(), **query)
    assert not app.exception
    return app


def test_the_plan_has_every_action_where_it_is_due(open_app: OpenApp, with_actions: str) -> None:
    app = opened(open_app, with_actions)
    text = said(app)
    assert [metric.value for metric in app.metric] == ["2", "0", "1", "1"]
    assert [part in text for part in ("More evening pairs", "Report on lone visits", "DC Ash (0042)")] == [True] * 3
    assert "No action is past its day." in text


def test_a_board_reads_the_actions_and_no_officers_name_and_writes_none(open_app: OpenApp, with_actions: str) -> None:
    app = opened(open_app, with_actions, role="board", board="fpb")
    text = said(app)
    assert "Report on lone visits" in text
    assert ("More evening pairs" in text, "Ash" in text, len(app.button)) == (False, False, 0)


def test_an_action_is_recorded_and_closed(open_app: OpenApp, one_overdue_address: str) -> None:
    app = opened(open_app, one_overdue_address)
    app.selectbox(key="action_board").set_value(Board.PVM)
    app.text_area(key="action_what").set_value("Write to partners")
    app.text_input(key="action_post").set_value("DCI Public Protection")
    app.button[-1].click().run()
    assert "Recorded: an action of Prevention and Vulnerability Meeting" in app.success[0].value

    app.radio(key="action_state").set_value("done")
    app.text_area(key="action_outcome").set_value("Written to all")
    next(button for button in app.button if button.label == "Close the action").click().run()
    assert "Recorded: the action is done." in app.success[0].value
    with Store(one_overdue_address) as store:
        (action,) = board_actions(Desk(store, FORCE_REF))
    assert (action.what, action.outcome) == ("Write to partners", "Written to all")


def test_what_was_typed_stays_when_it_is_refused(open_app: OpenApp, one_overdue_address: str) -> None:
    app = opened(open_app, one_overdue_address)
    app.text_area(key="action_what").set_value("See to V1 at once")
    app.selectbox(key="action_board").set_value(Board.PVM)
    app.text_input(key="action_post").set_value("DCI")
    app.button[-1].click().run()
    assert "V1 is one person's" in app.error[0].value
    assert app.text_area(key="action_what").value == "See to V1 at once"


def test_an_owner_finds_their_action_on_their_day(open_app: OpenApp, with_actions: str) -> None:
    app = open_app(with_actions, page="../pages/my_day.py", role="officer", as_of=TODAY.isoformat())
    assert not app.exception
    assert "Report on lone visits" in said(app)


def test_nothing_on_record_is_said(open_app: OpenApp, empty_store_address: str) -> None:
    text = said(opened(open_app, empty_store_address))
    assert "No action has been closed yet." in text


@pytest.mark.parametrize("role", list(Role))
def test_the_menu_has_the_page_for_all_but_who_see_their_own_cases(role: Role) -> None:
    assert (ACTIONS in places_for(Viewer("x", role))) is (role not in {Role.OFFICER, Role.INVESTIGATOR})
