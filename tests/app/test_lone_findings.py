"""Findings on lone visits on the page of double crewing, run without a browser."""

import csv
import io
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from app.session import today
from offendermgmt.commands.demo import FORCE_REF
from offendermgmt.domain.vocabulary import LoneFinding
from offendermgmt.services import lone_judging
from offendermgmt.services.access import Role, Viewer
from offendermgmt.services.desk import Desk
from offendermgmt.services.lone_judging import Judging
from offendermgmt.store import Store
from offendermgmt.store.lone_findings import finding_versions
from tests.app.conftest import Made, OpenApp
from tests.app.reading import html, payload, said
from tests.app.small_store import copied, demo_inspector, empty_store

PAGE = "../pages/crewing.py"
FOUND = "No <b>colleague</b> was free"
LOOKING = [Role.ANALYST, Role.SLT, Role.AUDITOR, Role.OFFICER]


def at_noon(days_ago: int) -> datetime:
    return datetime.combine(today() - timedelta(days=days_ago), time(12), UTC)


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A store with visits alone to V1: K1 by an officer, K2 by the officer and allowed by the supervisor, K3 by a pair,
    all twelve days ago; K4 by the officer today: to copy."""
    return written(tmp_path_factory.mktemp("begun"), at_noon(12))


def written(folder: Path, visited: datetime) -> str:
    """A store with those visits to V1, the three of one day made by then."""
    address = empty_store(folder)
    with Store(address) as store, store.write(FORCE_REF, user="tester", source="extract") as work:
        work.insert("teams", {"team_ref": ["T1"], "name": ["North"], "unit": ["MOSOVO"]})
        work.insert(
            "officers",
            {
                "officer_ref": ["0042", "S1", "D1"],
                "name": ["Ash", "Cedar", "Oak"],
                "rank": ["DC", "DS", "DI"],
                "is_supervisor": [False, True, True],
                "team_ref": ["T1"] * 3,
                "fte": [1.0] * 3,
            },
        )
        registered = today() - timedelta(days=400)
        work.insert("offenders", {"offender_ref": ["V1"], "surname": ["Fir <b>"], "registered_on": [registered]})
        work.insert("allocations", {"offender_ref": ["V1"], "from_on": [registered], "officer_ref": ["0042"]})
        work.insert(
            "visits",
            {
                "visit_ref": ["K1", "K2", "K3", "K4"],
                "offender_ref": ["V1"] * 4,
                "visited_at": [visited - timedelta(hours=each) for each in range(3)]
                + [datetime.combine(today(), time(0, 1), UTC)],
                "outcome": ["completed"] * 4,
                "officer_refs": ["0042", "0042", "0042;S1", "0042"],
                "lone_authorised_by": [None, "S1", None, None],
                "recorded_at": [at_noon(1)] * 4,
            },
        )
    return address


@pytest.fixture
def lone_address(begun: str, tmp_path: Path) -> str:
    """A copy of `begun` that is the test's own."""
    return copied(begun, tmp_path)


@pytest.fixture(scope="module")
def once_judged(begun: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The same with the inspector's finding on K1, as the form of the page records it: to copy."""
    return with_a_finding(copied(begun, tmp_path_factory.mktemp("judged")))


def with_a_finding(address: str) -> str:
    """The store of an address, the inspector's finding on K1 written into it."""
    with Store(address) as store:
        desk = Desk(store, FORCE_REF)
        lone_judging.judge(
            desk, demo_inspector(desk), Judging("K1", LoneFinding.LEARNING, FOUND, seen=0), now=datetime.now(UTC)
        )
    return address


@pytest.fixture
def judged(once_judged: str, tmp_path: Path) -> str:
    """A copy of `once_judged` that is the test's own."""
    return copied(once_judged, tmp_path)


@pytest.fixture(scope="module")
def judged_to_read(once_judged: str, read_only: set[str], tmp_path_factory: pytest.TempPathFactory) -> str:
    """A copy of `once_judged` for tests that only read it."""
    address = copied(once_judged, tmp_path_factory.mktemp("read"))
    read_only.add(address)
    return address


def open_now(open_app: OpenApp, address: str, role: str = "di", **query: str) -> AppTest:
    return open_app(address, page=PAGE, role=role, as_of=today().isoformat(), **query)


def metrics(app: AppTest) -> dict[str, str]:
    return {metric.label: metric.value for metric in app.metric}


def judge(app: AppTest, visit_ref: str = "K1", text: str = FOUND) -> AppTest:
    app.selectbox(key="lone_visit").set_value(visit_ref).run()
    app.radio(key="finding_kind").set_value("learning")
    app.text_area(key="finding_text").set_value(text)
    return press(app, "Record the finding")


def press(app: AppTest, label: str) -> AppTest:
    [button] = [button for button in app.button if button.label == label]
    return button.click().run()


def test_a_finding_moves_the_figures_and_the_list_stays_where_it_was(open_app: OpenApp, lone_address: str) -> None:
    app = open_now(open_app, lone_address, visits="waiting", team="T1")
    before = metrics(app)

    app = judge(app)

    after = metrics(app)
    assert "Recorded: visit K1, learning." in said(app)
    assert (before["Finding overdue"], after["Finding overdue"]) == (
        "2",
        "1",
    )
    assert (after["With a finding"], after["Found, with learning"]) == ("1", "1")
    assert (app.query_params["visits"], app.query_params["team"]) == ("waiting", "T1")
    assert "Showing **1 of 4**" in said(app)


def test_the_finding_stands_beside_reason_assessment_and_authoriser(look: OpenApp, judged_to_read: str) -> None:
    app = open_now(look, judged_to_read, visits="found")

    shown = html(app)
    assert "No &lt;b&gt;colleague&lt;/b&gt; was free · DI Oak (D1)" in shown
    assert "no authoriser" in shown


def test_a_finding_is_corrected_with_a_reason_and_withdrawn(open_app: OpenApp, judged: str) -> None:
    app = open_now(open_app, judged)
    app.selectbox(key="lone_visit").set_value("K1").run()
    app.radio(key="finding_kind").set_value("not_appropriate")
    app.text_area(key="finding_text").set_value("A colleague was free after all")
    app = press(app, "Correct the finding")
    assert "say why the finding is corrected" in said(app)

    app.text_input(key="finding_why").set_value("The duty sheet")
    app = press(app, "Correct the finding")
    assert metrics(app)["Found not appropriate"] == "1"

    app.selectbox(key="lone_visit").set_value("K1").run()
    app.text_input(key="finding_withdrawn_why").set_value("Meant for another visit")
    app = press(app, "Withdraw the finding")

    assert metrics(app)["With a finding"] == "0"
    with Store(judged) as store:
        assert len(finding_versions(store, FORCE_REF)) == 3


def test_nothing_is_recorded_without_a_choice_or_words(open_app: OpenApp, lone_address: str) -> None:
    app = open_now(open_app, lone_address)
    app.selectbox(key="lone_visit").set_value("K1").run()
    app = press(app, "Record the finding")
    assert "choose one of the three findings" in said(app)

    app = judge(app, text=" ")

    assert "say what you found and why" in said(app)
    assert metrics(app)["With a finding"] == "0"


def test_a_second_window_records_nothing_more(open_app: OpenApp, lone_address: str) -> None:
    stale = open_now(open_app, lone_address)
    stale.selectbox(key="lone_visit").set_value("K1").run()
    judge(open_now(open_app, lone_address))
    stale.radio(key="finding_kind").set_value("learning")
    stale.text_area(key="finding_text").set_value(FOUND)

    app = press(stale, "Record the finding")

    assert "Nothing more was recorded" in said(app)
    with Store(lone_address) as store:
        assert len(finding_versions(store, FORCE_REF)) == 1


def test_ones_own_authorisation_is_not_offered(open_app: OpenApp, lone_address: str) -> None:
    app = open_now(open_app, lone_address, "supervisor")

    options = app.selectbox(key="lone_visit").options
    assert [option.split(" · ")[0] for option in options] == ["K4", "K1"]
    assert "Not offered: 1 visit of the list" in "\n".join(caption.value for caption in app.caption)


@pytest.mark.parametrize("role", LOOKING, ids=str)
def test_who_may_not_judge_is_offered_no_form(look: OpenApp, judged_to_read: str, role: Role) -> None:
    app = open_now(look, judged_to_read, str(role))

    assert "lone_visit" not in [box.key for box in app.selectbox]
    assert metrics(app)["With a finding"] == "1"
    assert ("colleague" in payload(app)) == Viewer("", role).sees_names


@pytest.fixture(scope="module")
def judged_last_month(read_only: set[str], tmp_path_factory: pytest.TempPathFactory) -> str:
    """The same of visits in the newest whole month, which is what boards read."""
    in_it = today() - timedelta(days=today().day + 5)
    address = with_a_finding(written(tmp_path_factory.mktemp("month"), at_noon((today() - in_it).days)))
    read_only.add(address)
    return address


@pytest.mark.parametrize("role", [Role.BOARD, Role.ADMINISTRATOR], ids=str)
def test_a_board_is_told_no_small_count_and_no_visit(look: OpenApp, judged_last_month: str, role: Role) -> None:
    app = open_now(look, judged_last_month, str(role))

    assert metrics(app)["With a finding"] == "Not shown"
    assert [word for word in ("K1", "colleague") if word in payload(app)] == []


def test_on_an_earlier_day_nothing_is_recorded_and_no_later_finding_shown(look: OpenApp, judged_to_read: str) -> None:
    app = look(judged_to_read, page=PAGE, as_of=(today() - timedelta(days=1)).isoformat())

    assert "lone_visit" not in [box.key for box in app.selectbox]
    assert metrics(app)["With a finding"] == "0"


def test_without_a_lone_visit_nothing_is_said_of_findings(look: OpenApp, empty_store_address: str) -> None:
    app = open_now(look, empty_store_address)

    assert "With a finding" not in metrics(app)
    assert not list(app.exception)


def test_the_file_has_the_finding(open_app: OpenApp, judged: str, offered: Made) -> None:
    app = open_now(open_app, judged, visits="lone")
    app.text_input(key="download crewing visits-and-their-crews reason").set_value("weekly review").run()

    lines = offered["Visits and their crews as CSV"]().decode("utf-8-sig").splitlines()
    start = next(at for at, line in enumerate(lines) if line.startswith("Visit,"))
    read = {line["Visit"]: line for line in csv.DictReader(io.StringIO("\n".join(lines[start:])))}

    assert (read["K1"]["Finding"], read["K1"]["What was found"], read["K1"]["Found by"]) == (
        "Learning",
        FOUND,
        "DI Oak (D1)",
    )
    assert read["K2"]["Finding"].startswith("None yet: late, it was due by")
