"""The morning page: its figures are those of the pages it leads to, it adds up, and decisions are taken on it."""

import re
import shutil
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest
from streamlit.testing.v1 import AppTest

from app.navigation import BOARDS, MORNING, MY_DAY, OVERDUE, first_place, places_for
from app.session import today
from offendermgmt.commands.demo import FORCE_REF, address
from offendermgmt.domain.days import LONDON
from offendermgmt.domain.vocabulary import ReviewState, Unit
from offendermgmt.services.access import Role, Viewer
from offendermgmt.services.desk import Desk
from offendermgmt.services.morning import READERS
from offendermgmt.services.morning_words import TITLE
from offendermgmt.store import Store
from offendermgmt.store.daily_reviews import ReviewChanged, ReviewText, append_review
from tests.app.conftest import OpenApp
from tests.app.reading import html, links, payload, rows, said
from tests.app.small_store import AS_OF

PAGE = "../pages/morning.py"
REVIEW_ON = AS_OF - timedelta(days=20)


@pytest.fixture
def reviewed_address(small_store_address: str, tmp_path: Path) -> str:
    """The small store with a signed review of each unit, made early on its day; one earlier visit was recorded late."""
    copied = tmp_path / "reviewed.db"
    shutil.copy(small_store_address.removeprefix("sqlite:///"), copied)
    made_at = datetime(REVIEW_ON.year, REVIEW_ON.month, REVIEW_ON.day, 7, 30, tzinfo=LONDON)
    with Store(address(copied)) as store:
        known = Desk(store, FORCE_REF).snapshot().facts.registers
        whom: Mapping[str, list[object]] = {"offender_ref": [known["offender"][0]]}
        what = {"visit_ref": ["late"], "outcome": ["no_reply"], "officer_refs": [known["officer"][0]]}
        when = {"visited_at": [made_at - timedelta(days=2)], "recorded_at": [made_at + timedelta(days=1)]}
        with store.write(FORCE_REF, user="tester", source="page: reviews") as work:
            work.insert("visits", {**whom, **what, **when})
            for unit in Unit:
                review = ReviewText(unit, REVIEW_ON, ReviewState.SIGNED, made_at, "{}", "", "DI Elm", made_at)
                append_review(work, 0, review, ReviewChanged("No other."))
    return address(copied)


def figures(app: AppTest) -> dict[str, str]:
    """The first number under each title of the page's figures, without its sign."""
    found = re.findall(r"<dt>(.*?)</dt><dd>(?:<a [^>]*>)?[+\N{MINUS SIGN}]?([^<]*)", html(app))
    return dict(reversed(found))


def cards(app: AppTest) -> dict[str, str]:
    return {metric.label: metric.value for metric in app.metric}


def test_its_figures_are_those_of_the_pages_that_they_lead_to(open_app: OpenApp, reviewed_address: str) -> None:
    app = open_app(reviewed_address, page=PAGE)
    assert (list(app.exception), list(app.error), list(app.warning)) == ([], [], [])
    shown, leads = figures(app), links(app)

    assert [header.value for header in app.header] == [*TITLE.values(), "Sign-off", "On paper"]
    assert cards(app)["Visits overdue"] == shown["Visits overdue"] == shown["Overdue now"] != "0"
    for page, titles in {
        "overdue": ["Visits overdue", "Most overdue"],
        "triage": ["Offenders in triage", "In triage with an overdue visit"],
        "polit": ["Awaiting safeguarding", "Past the act-by limit", "Stalled cases"],
        "caseload": ["Officers over the cases per FTE", "Cases with a holder who is away"],
    }.items():
        theirs = cards(open_app(reviewed_address, page=f"../pages/{page}.py"))
        numbers = {title: theirs[title].split()[0] for title in titles if "%" not in theirs[title]}
        assert {title: shown[title].split()[0] for title in numbers} == numbers
    assert all("change" not in dict(parse_qsl(urlsplit(leads[f"Open {ref}"]).query)) for ref in rows(app))


def test_the_changes_add_up_and_each_number_opens_its_list(open_app: OpenApp, reviewed_address: str) -> None:
    app = open_app(reviewed_address, page=PAGE, unit="MOSOVO", change="became_overdue")
    shown = {title: number for title, number in figures(app).items() if number.isdigit()}

    came = sum(int(shown[title]) for title in ("Became overdue", "Came by late records"))
    gone = ("Visited", "Re-graded or re-planned", "Suspended", "Management ended", "Left by late records")
    left = sum(int(shown[title]) for title in gone)
    assert int(shown["Overdue in the last review"]) + came - left == int(shown["Overdue now"])
    assert (came > 0, left > 0) == (True, True)
    assert f"The review of {REVIEW_ON.day} Jun 2025 (as known on {REVIEW_ON.day} Jun 2025 at 07:30) showed" in said(app)
    assert html(app).count("became_overdue") >= 1
    assert f"Became overdue: {shown['Became overdue']}<" in html(app)

    closed = next(button for button in app.button if button.label == "Close this list").click().run()

    assert "change" not in closed.query_params


def test_late_records_are_listed_and_told_by_kind(open_app: OpenApp, reviewed_address: str) -> None:
    app = open_app(reviewed_address, page=PAGE, unit="MOSOVO", change="late")

    assert figures(app)["Late records"] == "1"
    assert "Late records: 1 visit." in said(app)
    assert "Late records: 1<" in html(app)
    assert f"{(REVIEW_ON - timedelta(days=2)).day} Jun 2025" in html(app)


def test_a_team_is_looked_at_alone_and_a_change_there_is_not_is_said(open_app: OpenApp, reviewed_address: str) -> None:
    app = open_app(reviewed_address, page=PAGE, team="FEN-POLIT", case_change="everything")

    assert "change 'everything'" in app.warning[0].value
    assert [header.value for header in app.header][:3] == [
        TITLE[part] for part in TITLE if part in {"changes", "polit", "decisions"}
    ]
    assert "Cases of nobody are not part of this view" in "\n".join(caption.value for caption in app.caption)


def test_an_empty_store_is_told_in_words(look: OpenApp, empty_store_address: str) -> None:
    app = look(empty_store_address, page=PAGE)

    told = said(app)
    nobody = ("Nobody is overdue", "Nobody is in triage", "No visit made alone awaits", "No visit is planned")
    nothing = ("No officer is over a limit", "No child is awaiting", "No case is past", "No decision is due")
    assert [text for text in ("No earlier review is signed", *nobody, *nothing) if text not in told] == []
    assert (list(app.exception), list(app.error)) == ([], [])


def test_a_decision_is_taken_on_the_one_overdue_without_losing_ones_place(
    open_app: OpenApp, one_overdue_address: str
) -> None:
    app = open_app(one_overdue_address, page=PAGE, unit="MOSOVO", as_of=today().isoformat())
    query = dict(parse_qsl(urlsplit(links(app)["Open V1"]).query))
    assert (query["ref"], query["back"], query["unit"]) == ("V1", "morning", "MOSOVO")

    app.selectbox(key="decision_case").set_value("V1").run()
    app.text_area(key="decision_reason").set_value("Nobody has gone")
    [button] = [button for button in app.button if button.label == "Record the decision"]
    app = button.click().run()

    assert app.title[0].value.endswith("Morning")
    assert "Decided: Plan by a date" in html(app)
    assert (figures(app)["Open decisions"], app.query_params["unit"]) == ("1", "MOSOVO")


def test_who_sees_no_names_is_sent_none_and_offered_no_form(open_app: OpenApp, one_overdue_address: str) -> None:
    app = open_app(one_overdue_address, page=PAGE, role="analyst")

    assert "V1" in rows(app)
    assert [name for name in ("FIR", "ELM", "Hal") if name in payload(app)] == []
    assert "decision_case" not in [box.key for box in app.selectbox]


@pytest.mark.parametrize("role", list(Role), ids=str)
def test_everybody_begins_where_their_day_does(role: Role) -> None:
    viewer = Viewer("x", role)
    first = {
        **dict.fromkeys((Role.SUPERVISOR, Role.DI, Role.DCI), MORNING),
        **dict.fromkeys((Role.OFFICER, Role.INVESTIGATOR), MY_DAY),
        **dict.fromkeys((Role.ANALYST, Role.AUDITOR, Role.ADMINISTRATOR), OVERDUE),
    }

    begins = first_place(viewer)

    # Leadership and boards begin with the paper they read once a month.
    assert begins == first[role] if role in first else begins in BOARDS.values()
    assert (MORNING in places_for(viewer)) == (role in READERS)
