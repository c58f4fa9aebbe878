"""The page of assessments and plans, run without a browser."""

import re
from urllib.parse import parse_qsl, urlsplit

import pytest

from offendermgmt.services.access import SYSTEM, Role, Viewer
from offendermgmt.services.assessment_definitions import Concern
from offendermgmt.services.assessments import assessments_board
from offendermgmt.services.desk import Desk
from offendermgmt.store import Store
from tests.app.conftest import OpenApp
from tests.app.reading import html, links, payload, rows, said
from tests.app.small_store import AS_OF, FORCE_REF

PAGE = "../pages/assessments.py"
COUNTS_ONLY = [role for role in Role if not Viewer("", role).opens_lists]
WITHOUT_NAMES = [role for role in Role if not Viewer("", role).sees_names]
NUMBER = re.compile(r"(?P<title>[\w ]+): open (?P<number>[\d,]+) (offender|release)s?")


@pytest.mark.parametrize("concern", Concern, ids=str)
def test_each_list_is_as_long_as_its_figure(open_app: OpenApp, small_store_address: str, concern: Concern) -> None:
    with Store(small_store_address) as store:
        question = Desk(store, FORCE_REF).question(SYSTEM, AS_OF, today=AS_OF)
        board = assessments_board(question, concern)
    assert board.cases is not None
    figure = board.figures[concern]

    app = open_app(small_store_address, page=PAGE, list=str(concern))

    assert f"{figure.definition.title}: open {figure.numerator} " in " ".join(links(app)) + " "
    assert rows(app) == list(dict.fromkeys(board.cases["offender_ref"]))
    assert len(board.cases) == figure.numerator


def test_the_numbers_are_links_to_their_lists_in_codes(open_app: OpenApp, small_store_address: str) -> None:
    found = {
        match["title"]: href
        for label, href in links(open_app(small_store_address, page=PAGE)).items()
        if (match := NUMBER.fullmatch(label))
    }
    assert len(found) == len(Concern)
    assert found["No longer eligible"].endswith("list=reactive-ineligible")


@pytest.mark.parametrize("role", COUNTS_ONLY, ids=str)
def test_who_sees_counts_only_is_told_so_and_sent_nobody(
    open_app: OpenApp, small_store_address: str, role: Role
) -> None:
    app = open_app(small_store_address, page=PAGE, role=str(role))

    assert "sees counts, not people" in said(app)
    assert rows(app) == []
    assert "FEN-V-" not in payload(app)
    assert "Not shown: under 5" in html(app)


@pytest.mark.parametrize("role", WITHOUT_NAMES, ids=str)
def test_no_name_of_an_offender_is_sent_to_who_sees_none(
    open_app: OpenApp, small_store_address: str, role: Role
) -> None:
    with Store(small_store_address) as store:
        desk = Desk(store, FORCE_REF)
        names = desk.names(desk.snapshot().facts.registers["offender"]).values()

    sent = payload(open_app(small_store_address, page=PAGE, role=str(role), list="reactive"))

    assert [name for name in names if name in sent] == []


def test_an_empty_store_has_no_share_with_a_value_and_says_nobody(open_app: OpenApp, empty_store_address: str) -> None:
    app = open_app(empty_store_address, page=PAGE)

    assert "0 of 0 (No value)" in re.sub(r"<[^>]+>", "", html(app))
    assert "Nobody, of 0 offenders counted." in said(app)


def test_one_person_is_one_row(open_app: OpenApp, one_overdue_address: str) -> None:
    app = open_app(one_overdue_address, page=PAGE, as_of="2025-06-24")

    assert rows(app) == ["V1"]
    assert "Never seen: open 1 offender" in links(app)
    assert "1 of 1 (100.0%)" in re.sub(r"<[^>]+>", "", html(app))


def test_reviews_that_no_extract_holds_have_no_value_and_the_table_to_load_is_named(
    open_app: OpenApp, one_overdue_address: str
) -> None:
    app = open_app(one_overdue_address, page=PAGE, list="plan-review")

    assert "No value: the extracts hold no reviews of this kind" in said(app)
    assert "plan_reviews" in said(app)
    assert "Plan review past due: no value, say why" in links(app)


def test_a_filter_narrows_figures_and_list(open_app: OpenApp, one_overdue_address: str) -> None:
    app = open_app(one_overdue_address, page=PAGE, risk="low", list="never-seen")

    assert rows(app) == []
    assert "low risk" in said(app)
    assert "Nobody, of 0 offenders counted." in said(app)


def test_a_list_there_is_not_is_said(open_app: OpenApp, one_overdue_address: str) -> None:
    app = open_app(one_overdue_address, page=PAGE, list="everything")

    assert "list 'everything'" in app.warning[0].value
    assert rows(app) == ["V1", "V2"]


def test_an_officer_sees_their_own_cases(open_app: OpenApp, small_store_address: str) -> None:
    app = open_app(small_store_address, page=PAGE, role="officer")

    assert "Your cases" in said(app)


def test_the_record_shows_reviews_and_orders(open_app: OpenApp, small_store_address: str) -> None:
    ref = rows(open_app(small_store_address, page=PAGE, list="supervisor-review"))[0]

    app = open_app(small_store_address, page="../pages/offender.py", ref=ref)

    assert "Reviews and orders" in [tab.label for tab in app.tabs]
    assert '<th scope="col">Found</th>' in html(app)
    assert "Supervisor&#x27;s review" in html(app)


def test_the_way_back_from_a_record_leads_to_the_same_list(open_app: OpenApp, small_store_address: str) -> None:
    ref = rows(app := open_app(small_store_address, page=PAGE, list="reactive"))[0]
    query = dict(parse_qsl(urlsplit(links(app)[f"Open {ref}"]).query))

    record = open_app(small_store_address, page="../pages/offender.py", **query)

    assert links(record)["Back to the list"] == "./assessments?role=di&as_of=2025-06-30&list=reactive"


def test_a_way_back_to_no_page_leads_to_the_first(open_app: OpenApp, one_overdue_address: str) -> None:
    record = open_app(one_overdue_address, page="../pages/offender.py", ref="V1", back="//elsewhere.example")

    assert links(record)["Back to the list"].startswith("./overdue?")
