"""POLIT's page of the day, run without a browser."""

from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from offendermgmt.commands.demo import FORCE_REF
from offendermgmt.domain.vocabulary import Unit
from offendermgmt.services import reports
from offendermgmt.services.access import SYSTEM, Role, Viewer
from offendermgmt.services.polit_board import PolitBoard, polit_board
from offendermgmt.services.polit_definitions import CASES, CHILDREN, CaseList, ChildList
from offendermgmt.services.question import Question
from offendermgmt.store import Store
from tests.app.conftest import POLIT_ROLES, Made, OpenApp
from tests.app.reading import Links, html, links, payload, rows, said
from tests.app.small_store import AS_OF, empty_store, kept_desk

PAGE = "../pages/polit.py"
COUNTS_ONLY = [role for role in POLIT_ROLES if not Viewer("", role).opens_lists]


def asked(store_address: str) -> Question:
    return kept_desk(store_address).question(SYSTEM, AS_OF, today=AS_OF)


def report(store_address: str) -> pd.DataFrame:
    return reports.polit(asked(store_address))


def board(store_address: str) -> PolitBoard:
    return polit_board(asked(store_address))


def figures(app: AppTest) -> dict[str, str]:
    return {metric.label: metric.value for metric in app.metric}


def listed_cases(app: AppTest) -> list[str]:
    """References in the list of cases, in order."""
    drawn = [node.proto.body for node in app.get("html") if "<caption>Cases with a child" in node.proto.body]
    return [label.removeprefix("Open ") for table in drawn for label in Links(table).addresses]


@pytest.fixture
def one_case(tmp_path: Path) -> str:
    """A store in which C1 of very high risk, held by DC Ash who has no time, has a child awaiting safeguarding."""
    store_address = empty_store(tmp_path)
    received = date(2025, 6, 20)
    with Store(store_address) as store, store.write(FORCE_REF, user="tester", source="extract") as work:
        work.insert("teams", {"team_ref": ["P"], "name": ["POLIT"], "unit": [str(Unit.POLIT)]})
        officer: dict[str, Any] = {"officer_ref": ["0042"], "name": ["Ash"], "rank": ["DC"], "is_supervisor": [False]}
        work.insert("officers", {**officer, "team_ref": ["P"], "fte": [1.0]})
        away: dict[str, Any] = {"officer_ref": ["0042"], "from_on": [received], "fte": [0.0], "reason": ["leave"]}
        work.insert("officer_availability", away)
        work.insert("polit_cases", {"case_ref": ["C1"], "received_on": [received]})
        assessed: dict[str, Any] = {"assessed_on": [received], "tool": ["KIRAT"], "risk_level": ["very_high"]}
        work.insert("polit_assessments", {"case_ref": ["C1"], **assessed})
        work.insert("polit_allocations", {"case_ref": ["C1"], "from_on": [received], "officer_ref": ["0042"]})
        work.insert("polit_children", {"case_ref": ["C1"], "child_ref": ["K1"], "identified_on": [received]})
    return store_address


def test_the_figures_are_the_reports(look: OpenApp, small_store_address: str) -> None:
    expected = report(small_store_address)
    backlog = expected[expected["in_backlog"]]

    app = look(small_store_address, page=PAGE)

    assert len(expected) > 0
    shown = figures(app)
    assert {name: shown[name] for name in ("Children identified", "Awaiting safeguarding")} == {
        "Children identified": str(expected["children_identified"].sum()),
        "Awaiting safeguarding": str(expected["children_awaiting"].sum()),
    }
    assert shown["Cases in the backlog"] == str(len(backlog))
    assert shown["Live cases"] == str(len(expected) - len(backlog))
    assert shown["Past the act-by limit"] == str((expected["days_past_limit"] > 0).sum())
    assert shown["Unassessed cases"] == str((expected["risk_level"] == "unassessed").sum())
    assert shown["Unallocated cases"] == str((expected["officer_ref"] == "").sum())
    assert (list(app.exception), list(app.error)) == ([], [])


def test_children_stand_before_everything_else(look: OpenApp, small_store_address: str) -> None:
    app = look(small_store_address, page=PAGE)

    assert [header.value for header in app.header] == ["Children", "Backlog and live cases", "Open cases"]
    assert [metric.label for metric in app.metric][:5] == [definition.title for definition in CHILDREN.values()]


@pytest.mark.parametrize("listed", list(CaseList), ids=str)
def test_every_figure_of_cases_opens_as_many(look: OpenApp, small_store_address: str, listed: CaseList) -> None:
    number = board(small_store_address).cases[listed].numerator

    app = look(small_store_address, page=PAGE, list=str(listed))

    assert app.header[-1].value == CASES[listed].title
    assert len(listed_cases(app)) == number


@pytest.mark.parametrize("listed", list(ChildList), ids=str)
def test_every_figure_of_children_opens_as_many(
    open_app: OpenApp, small_store_address: str, offered: Made, listed: ChildList
) -> None:
    number = board(small_store_address).children[listed].numerator

    app = open_app(small_store_address, page=PAGE, children=str(listed))

    assert (f"{CHILDREN[listed].title} as CSV" in offered) == bool(number)
    tables = [table for table in html(app).split("<table")[1:] if "Days since identified" in table]
    assert sum(table.count("<tr>") - 1 for table in tables) == number


def test_a_number_of_the_matrix_opens_its_cases(look: OpenApp, small_store_address: str) -> None:
    expected = report(small_store_address)
    first = expected[expected["in_backlog"]].iloc[0]
    stage, risk = str(first["stage"]), str(first["risk_level"])
    number = ((expected["stage"] == stage) & (expected["risk_level"] == risk)).sum()

    app = look(small_store_address, page=PAGE, list="backlog", stage=stage, risk=risk)

    assert len(listed_cases(app)) == number
    assert f"Showing **{number} of " in said(app)


def test_a_case_opens_its_page_and_leads_back(open_app: OpenApp, one_case: str) -> None:
    app = open_app(one_case, page=PAGE)

    address = links(app)["Open C1"]
    assert address.startswith("./polit-case?")
    assert "case=C1" in address
    assert "back=polit" in address


def test_one_case_tells_what_is_wrong_with_it(open_app: OpenApp, one_case: str) -> None:
    app = open_app(one_case, page=PAGE)

    shown = html(app)
    assert "Longest wait for safeguarding: 10 days, child K1 of case" in shown
    assert "Not referred" in shown
    assert "9 days past" in shown
    assert "stalled, 8 over the limit of 2" in shown
    assert "1 open case, no time available" in shown
    assert rows(app) == ["C1"]


def test_nothing_at_all_is_said_in_words(look: OpenApp, empty_store_address: str) -> None:
    app = look(empty_store_address, page=PAGE)

    assert "No child has been identified in an open case" in said(app)
    assert "No POLIT case is open on 30 Jun 2025" in said(app)
    assert (list(app.exception), list(app.error)) == ([], [])


def test_a_filter_that_leaves_nothing_says_so_and_may_be_cleared(open_app: OpenApp, one_case: str) -> None:
    app = open_app(one_case, page=PAGE, list="stalled", risk="low")

    assert "Showing **0 of 1 case**: low risk. No case is all of this." in said(app)
    [button] = [button for button in app.button if button.label == "Show all open cases"]
    assert rows(button.click().run()) == ["C1"]


def test_what_the_address_asks_for_in_vain_is_said(open_app: OpenApp, one_case: str) -> None:
    app = open_app(one_case, page=PAGE, children="lost", band="1-8", stage="closed")

    assert "stage 'closed' and days past the limit '1-8' and children 'lost'" in said(app)


@pytest.mark.parametrize("role", COUNTS_ONLY)
def test_those_who_see_counts_are_sent_no_case_no_child_and_no_matrix(
    look: OpenApp, small_store_address: str, role: Role
) -> None:
    app = look(small_store_address, page=PAGE, role=str(role), list="past", stage="awaiting_allocation")

    sent = payload(app)
    assert "sees counts, not people" in sent
    assert "-P-" not in sent
    assert html(app).count("<table") == 0
    assert [button.label for button in app.button if button.label.startswith("Open ")] == []


@pytest.mark.parametrize("role", COUNTS_ONLY)
def test_a_small_count_is_kept_from_boards(open_app: OpenApp, one_case: str, role: Role) -> None:
    app = open_app(one_case, page=PAGE, role=str(role))

    assert {value for name, value in figures(app).items() if name != "Waiting in closed cases"} == {"Not shown"}


@pytest.mark.parametrize("role", POLIT_ROLES, ids=str)
def test_every_role_of_the_unit_is_drawn_a_page(look: OpenApp, small_store_address: str, role: Role) -> None:
    app = look(small_store_address, page=PAGE, role=str(role))

    assert (list(app.exception), list(app.error)) == ([], [])


def test_an_investigator_is_shown_their_own_cases(look: OpenApp, small_store_address: str) -> None:
    app = look(small_store_address, page=PAGE, role="investigator")

    holder = report(small_store_address).query("officer_ref != ''")["officer_ref"].value_counts()
    assert "Scope: **Your cases**." in said(app)
    assert len(listed_cases(app)) == holder.iloc[0]


def test_the_files_hold_the_whole_lists(open_app: OpenApp, small_store_address: str, offered: Made) -> None:
    number = board(small_store_address).cases[CaseList.STALLED].numerator
    open_app(small_store_address, page=PAGE, list="stalled")

    made = offered["Stalled cases as CSV"]().decode("utf-8-sig")
    assert made.count("FEN-P-") == number
