"""The order of work, run without a browser."""

import csv
import io
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from app.session import today
from offendermgmt.commands.demo import FORCE_REF
from offendermgmt.services import reports
from offendermgmt.services.access import SYSTEM, Role, Viewer
from offendermgmt.services.desk import Desk
from offendermgmt.services.priorities import Look, PriorityBoard, priority_board
from offendermgmt.services.priority_overrides import overrides
from offendermgmt.store import Store
from tests.app.conftest import POLIT_ROLES, Made, OpenApp
from tests.app.reading import html, links, payload, rows, said
from tests.app.small_store import AS_OF, empty_store, kept_desk

PAGE = "../pages/polit_order.py"
COUNTS_ONLY = [role for role in POLIT_ROLES if not Viewer("", role).opens_lists]
WITH_LISTS = [role for role in POLIT_ROLES if Viewer("", role).opens_lists and role is not Role.INVESTIGATOR]


def board(store_address: str, look: Look | None = None, on: date = AS_OF) -> PriorityBoard:
    return priority_board(kept_desk(store_address).question(SYSTEM, on, today=on), {}, look=look)


def report(store_address: str) -> pd.DataFrame:
    return reports.polit(kept_desk(store_address).question(SYSTEM, AS_OF, today=AS_OF))


def figures(app: AppTest) -> dict[str, str]:
    return {metric.label: metric.value for metric in app.metric}


@pytest.fixture
def three_cases(tmp_path: Path) -> str:
    """A store in which C1 is of high risk, C3 was old when its risk was lowered, and C2 is newer than both."""
    store_address = empty_store(tmp_path)
    with Store(store_address) as store, store.write(FORCE_REF, user="tester", source="extract") as work:
        work.insert("teams", {"team_ref": ["P"], "name": ["Online"], "unit": ["POLIT"]})
        who = {"officer_ref": ["I1"], "name": ["Elm <b>"], "rank": ["DC"], "team_ref": ["P"]}
        work.insert("officers", {**who, "is_supervisor": [False], "fte": [1.0]})
        received = [date(2025, 6, 20), date(2025, 6, 25), date(2025, 3, 1)]
        work.insert("polit_cases", {"case_ref": ["C1", "C2", "C3"], "received_on": received, "source": ["NCA"] * 3})
        graded = {"case_ref": ["C1", "C2", "C3", "C3"], "tool": ["KIRAT"] * 4, "tool_version": ["3", "3", "2", "3"]}
        days = [*received, date(2025, 6, 28)]
        assessor = [None, None, None, "I1"]
        levels = ["high", "low", "medium", "low"]
        work.insert(
            "polit_assessments", {**graded, "assessed_on": days, "risk_level": levels, "assessor_ref": assessor}
        )
    return store_address


def test_the_page_is_the_report(look: OpenApp, small_store_address: str) -> None:
    backlog = report(small_store_address)
    backlog = backlog[backlog["in_backlog"].to_numpy()]

    app = look(small_store_address, page=PAGE)

    assert len(backlog) > 1
    assert figures(app)["Cases in the order of work"] == f"{len(backlog):,}"
    assert sorted(rows(app)) == sorted(backlog["case_ref"])
    assert figures(app)["Cases past their limit"] == str(int((backlog["days_past_limit"] > 0).sum()))
    assert figures(app)["Cases with children waiting"] == str(int((backlog["children_awaiting"] > 0).sum()))
    assert (list(app.exception), list(app.error)) == ([], [])


@pytest.mark.parametrize("chosen", Look, ids=str)
def test_each_list_is_as_long_as_its_figure(look: OpenApp, small_store_address: str, chosen: Look) -> None:
    expected = board(small_store_address, chosen)
    assert expected.cases is not None

    app = look(small_store_address, page=PAGE, look=str(chosen))

    assert rows(app) == list(expected.cases["case_ref"])
    assert figures(app)[expected.looks[chosen].definition.title] == str(len(expected.cases))


def test_a_row_opens_its_case_and_knows_the_way_back(open_app: OpenApp, three_cases: str) -> None:
    app = open_app(three_cases, page=PAGE, risk="high")
    link = urlsplit(links(app)["Open C1"])
    assert link.path == "./polit-case"
    query = dict(parse_qsl(link.query))
    assert (query["case"], query["back"], query["risk"]) == ("C1", "polit-order", "high")


@pytest.mark.parametrize("role", WITH_LISTS, ids=str)
def test_everyone_with_lists_sees_why(open_app: OpenApp, three_cases: str, role: Role) -> None:
    app = open_app(three_cases, page=PAGE, role=str(role))

    assert rows(app) == ["C1", "C3", "C2"]
    assert "High risk (300); access to children not recorded (20); 3 days past its limit of 7 (8)" in html(app)


@pytest.mark.parametrize("role", COUNTS_ONLY, ids=str)
def test_who_sees_counts_only_is_told_so_and_sent_no_case(open_app: OpenApp, three_cases: str, role: Role) -> None:
    app = open_app(three_cases, page=PAGE, role=str(role))

    assert "sees counts, not people" in said(app)
    assert figures(app)["Cases in the order of work"] == "Not shown"
    assert [ref for ref in ("C1", "C2", "C3") if ref in payload(app)] == []


def test_an_investigator_sees_their_own_cases(look: OpenApp, small_store_address: str) -> None:
    app = look(small_store_address, page=PAGE, role="investigator")

    assert "Your cases" in said(app)
    assert set(rows(app)) < set(report(small_store_address)["case_ref"])


def test_an_empty_store_says_that_nothing_waits(look: OpenApp, empty_store_address: str) -> None:
    app = look(empty_store_address, page=PAGE)

    assert figures(app)["Cases in the order of work"] == "0"
    assert "No case of the backlog is among these." in said(app)
    assert "No assessment is on record up to this day." in said(app)
    assert list(app.exception) == []


def test_one_case_is_one_row(open_app: OpenApp, three_cases: str) -> None:
    app = open_app(three_cases, page=PAGE, as_of="2025-03-01")

    assert rows(app) == ["C3"]
    assert figures(app)["Cases in the order of work"] == "1"
    assert "In the order of work: 1 case" in html(app)


def test_risk_lowered_on_an_old_case_is_listed_with_tool_assessor_and_effect(
    open_app: OpenApp, three_cases: str
) -> None:
    app = open_app(three_cases, page=PAGE, look="lowered")

    assert figures(app)["Risk lowered on old cases"] == "1"
    assert rows(app) == ["C3"]
    shown = html(app)
    told = ["KIRAT 2", "KIRAT 3", "DC Elm &lt;b&gt; (I1)", "104 days past its limit", "16 days later"]
    assert [text for text in told if text not in shown] == []


def test_tools_in_use_are_listed_with_their_versions(open_app: OpenApp, three_cases: str) -> None:
    assert "Assessment tools and versions, the last used first" in html(open_app(three_cases, page=PAGE))


def test_a_filter_that_is_no_choice_is_said(open_app: OpenApp, three_cases: str) -> None:
    app = open_app(three_cases, page=PAGE, look="everything")

    assert "look at 'everything'" in app.warning[0].value
    assert rows(app) == ["C1", "C3", "C2"]


def open_today(open_app: OpenApp, store_address: str, role: str = "di") -> AppTest:
    return open_app(store_address, page=PAGE, role=role, as_of=today().isoformat())


def place(app: AppTest, reason: str) -> AppTest:
    app.selectbox(key="priority_case").set_value("C2").run()
    app.text_area(key="place_why").set_value(reason)
    [button] = [button for button in app.button if button.label == "Place it"]
    return button.click().run()


def test_a_case_placed_by_hand_is_first_at_once_with_the_rules_place_beside_it(
    open_app: OpenApp, three_cases: str
) -> None:
    before = rows(app := open_today(open_app, three_cases))

    app = place(app, "An address <b> is about to change")

    assert "Recorded: C2 is first until the end of" in said(app)
    assert (before.index("C2"), rows(app)[0]) == (2, "C2")
    assert "by the rule 3" in html(app)
    assert "An address &lt;b&gt; is about to change" in html(app)
    assert figures(app)["Cases placed by hand"] == "1"


def test_a_placement_is_withdrawn_with_a_reason(open_app: OpenApp, three_cases: str) -> None:
    app = place(open_today(open_app, three_cases), "A new lead")
    app.text_input(key="withdraw_why").set_value("The lead was followed")
    [button] = [button for button in app.button if button.label == "Withdraw the placement"]

    app = button.click().run()

    assert "Withdrawn: C2 stands where the rule puts it." in said(app)
    assert (rows(app)[2], figures(app)["Cases placed by hand"]) == ("C2", "0")
    assert "The lead was followed" in html(app)


def test_a_second_submission_records_nothing_more(open_app: OpenApp, three_cases: str) -> None:
    stale = open_today(open_app, three_cases)
    stale.selectbox(key="priority_case").set_value("C2").run()
    place(open_today(open_app, three_cases), "A new lead")
    stale.text_area(key="place_why").set_value("A new lead")
    [button] = [button for button in stale.button if button.label == "Place it"]

    app = button.click().run()

    assert "Nothing more was recorded" in said(app)
    with Store(three_cases) as store:
        assert len(overrides(Desk(store, FORCE_REF))) == 1


def test_without_a_reason_nothing_is_recorded(open_app: OpenApp, three_cases: str) -> None:
    app = place(open_today(open_app, three_cases), "  ")

    assert "say why the case is placed by hand" in said(app)
    assert figures(app)["Cases placed by hand"] == "0"


@pytest.mark.parametrize("role", ["analyst", "slt", "auditor"])
def test_who_may_not_decide_is_offered_no_form(open_app: OpenApp, three_cases: str, role: str) -> None:
    assert "priority_case" not in [box.key for box in open_today(open_app, three_cases, role).selectbox]


def test_on_an_earlier_day_nothing_is_placed(open_app: OpenApp, three_cases: str) -> None:
    app = open_app(three_cases, page=PAGE, as_of=(today() - timedelta(days=1)).isoformat())

    assert "priority_case" not in [box.key for box in app.selectbox]
    assert "A case is placed from today" in "\n".join(caption.value for caption in app.caption)


@pytest.mark.parametrize(
    ("look", "label", "listed"),
    [("", "Order of work", ["C1", "C3", "C2"]), ("lowered", "Risk lowered on old cases", ["C3"])],
)
def test_the_download_is_the_list(
    open_app: OpenApp, three_cases: str, offered: Made, look: str, label: str, listed: list[str]
) -> None:
    open_app(three_cases, page=PAGE, **({"look": look} if look else {}))

    lines = list(csv.DictReader(io.StringIO("\n".join(told(offered[f"{label} as CSV"]())))))

    assert [line["Case"] for line in lines] == listed
    if not look:
        parts = [name for name in lines[0] if name.endswith(": points")]
        assert all(sum(int(line[part]) for part in parts) == int(line["Points"]) for line in lines)


def told(content: bytes) -> list[str]:
    """The lines of a CSV under its marking."""
    lines = content.decode("utf-8-sig").splitlines()
    return lines[next(at for at, line in enumerate(lines) if line.startswith(("Place", "Case"))) :]
