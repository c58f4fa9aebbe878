"""The page of assessments and plans, run without a browser."""

import re
from urllib.parse import parse_qsl, urlsplit

import pytest

from offendermgmt.services.access import SYSTEM, Role, Viewer
from offendermgmt.services.assessment_definitions import Concern
from offendermgmt.services.assessments import assessments_board
from tests.app.conftest import OpenApp
from tests.app.reading import html, links, payload, rows, said
from tests.app.small_store import AS_OF, kept_desk

PAGE = "../pages/assessments.py"
COUNTS_ONLY = [role for role in Role if not Viewer("", role).opens_lists]
WITHOUT_NAMES = [role for role in Role if not Viewer("", role).sees_names]
NUMBER = re.compile(r"(?P<title>[\w ]+): open (?P<number>[\d,]+) (offender|release)s?")


@pytest.mark.parametrize("concern", Concern, ids=str)
def test_each_list_is_as_long_as_its_figure(look: OpenApp, small_store_address: str, concern: Concern) -> None:
    question = kept_desk(small_store_address).question(SYSTEM, AS_OF, today=AS_OF)
    board = assessments_board(question, concern)
    assert board.cases is not None
    figure = board.figures[concern]

    app = look(small_store_address, page=PAGE, list=str(concern))

    assert f"{figure.definition.title}: open {figure.numerator} " in " ".join(links(app)) + " "
    assert rows(app) == list(dict.fromkeys(board.cases["offender_ref"]))
    assert len(board.cases) == figure.numerator


def test_the_numbers_are_links_to_their_lists_in_codes(look: OpenApp, small_store_address: str) -> None:
    found = {
        match["title"]: href
        for label, href in links(look(small_store_address, page=PAGE)).items()
        if (match := NUMBER.fullmatch(label))
    }
    assert len(found) == len(Concern)
    assert found["No longer eligible"].endswith("list=reactive-ineligible")


@pytest.mark.parametrize("role", COUNTS_ONLY, ids=str)
def test_who_sees_counts_only_is_told_so_and_sent_nobody(look: OpenApp, small_store_address: str, role: Role) -> None:
    app = look(small_store_address, page=PAGE, role=str(role))

    assert "sees counts, not people" in said(app)
    assert rows(app) == []
    assert "FEN-V-" not in payload(app)
    assert "Not shown: under 5" in html(app)


@pytest.mark.parametrize("role", WITHOUT_NAMES, ids=str)
def test_no_name_of_an_offender_is_sent_to_who_sees_none(look: OpenApp, small_store_address: str, role: Role) -> None:
    desk = kept_desk(small_store_address)
    names = desk.names(desk.snapshot().facts.registers["offender"]).values()

    sent = payload(look(small_store_address, page=PAGE, role=str(role), list="reactive"))

    assert [name for name in names if name in sent] == []


def test_an_empty_store_has_no_share_with_a_value_and_says_nobody(look: OpenApp, empty_store_address: str) -> None:
    app = look(empty_store_address, page=PAGE)

    assert "0 of 0 (No value)" in re.sub(r"<[^>]+>", "", html(app))
    assert "Nobody, of 0 offenders counted." in said(app)


def test_one_person_is_one_row(look: OpenApp, overdue_to_read: str) -> None:
    app = look(overdue_to_read, page=PAGE, as_of="2025-06-24")

    assert rows(app) == ["V1"]
    assert "Never seen: open 1 offender" in links(app)
    assert "1 of 1 (100.0%)" in re.sub(r"<[^>]+>", "", html(app))


def test_reviews_that_no_extract_holds_have_no_value_and_the_table_to_load_is_named(
    look: OpenApp, overdue_to_read: str
) -> None:
    app = look(overdue_to_read, page=PAGE, list="plan-review")

    assert "No value: the extracts hold no reviews of this kind" in said(app)
    assert "plan_reviews" in said(app)
    assert "Plan review past due: no value, say why" in links(app)


def test_a_filter_narrows_figures_and_list(look: OpenApp, overdue_to_read: str) -> None:
    app = look(overdue_to_read, page=PAGE, risk="low", list="never-seen")

    assert rows(app) == []
    assert "low risk" in said(app)
    assert "Nobody, of 0 offenders counted." in said(app)


def test_a_list_there_is_not_is_said(look: OpenApp, overdue_to_read: str) -> None:
    app = look(overdue_to_read, page=PAGE, list="everything")

    assert "list 'everything'" in app.warning[0].value
    assert rows(app) == ["V1", "V2"]


def test_an_officer_sees_their_own_cases(look: OpenApp, small_store_address: str) -> None:
    app = look(small_store_address, page=PAGE, role="officer")

    assert "Your cases" in said(app)


def test_the_record_shows_reviews_and_orders(look: OpenApp, small_store_address: str) -> None:
    ref = rows(look(small_store_address, page=PAGE, list="supervisor-review"))[0]

    app = look(small_store_address, page="../pages/offender.py", ref=ref)

    assert "Reviews and orders" in [tab.label for tab in app.tabs]
    assert '<th scope="col">Found</th>' in html(app)
    assert "Supervisor&#x27;s review" in html(app)


def test_the_way_back_from_a_record_leads_to_the_same_list(look: OpenApp, small_store_address: str) -> None:
    ref = rows(app := look(small_store_address, page=PAGE, list="reactive"))[0]
    query = dict(parse_qsl(urlsplit(links(app)[f"Open {ref}"]).query))

    record = look(small_store_address, page="../pages/offender.py", **query)

    assert links(record)["Back to the list"] == "./assessments?role=di&as_of=2025-06-30&list=reactive"


def test_a_way_back_to_no_page_leads_to_the_first(look: OpenApp, overdue_to_read: str) -> None:
    record = look(overdue_to_read, page="../pages/offender.py", ref="V1", back="//elsewhere.example")

    assert links(record)["Back to the list"].startswith("./overdue?")
