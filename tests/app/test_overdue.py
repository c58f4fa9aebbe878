"""The page of overdue visits, run without a browser."""

import re

import pytest
from streamlit.testing.v1 import AppTest

from offendermgmt.services import reports
from offendermgmt.services.access import SYSTEM, Role, Viewer
from tests.app.conftest import OpenApp
from tests.app.reading import html, links, payload, rows, said
from tests.app.small_store import AS_OF, kept_desk

PAGE = "../pages/overdue.py"
COUNTS_ONLY = [role for role in Role if not Viewer("", role).opens_lists]
WITHOUT_NAMES = [role for role in Role if not Viewer("", role).sees_names]
CELL = re.compile(r"(?P<risk>[\w ]+), (?P<band>[\d+-]+) days: open (?P<number>\d+) offenders?")


def figures(app: AppTest) -> dict[str, str]:
    return {metric.label: metric.value for metric in app.metric}


def test_the_figures_and_the_list_are_the_reports_of_the_same_day(look: OpenApp, small_store_address: str) -> None:
    report = reports.overdue(kept_desk(small_store_address).question(SYSTEM, AS_OF, today=AS_OF))

    app = look(small_store_address, page=PAGE)

    assert figures(app)["Visits overdue"] == str(len(report))
    assert figures(app)["Days overdue in total"] == f"{report['days_overdue'].sum():,} days"
    assert sorted(rows(app)) == sorted(report["offender_ref"])


def test_each_number_of_the_matrix_opens_a_list_of_its_length(look: OpenApp, small_store_address: str) -> None:
    cells = [match for label in links(look(small_store_address, page=PAGE)) if (match := CELL.fullmatch(label))]
    cell = max(cells, key=lambda match: int(match["number"]))

    app = look(small_store_address, page=PAGE, risk=cell["risk"].lower().replace(" ", "_"), band=cell["band"])

    assert len(rows(app)) == int(cell["number"])
    assert f"Showing **{cell['number']} of {figures(app)['Visits overdue']}**" in said(app)
    assert 'aria-current="true"' in html(app)


def test_the_matrix_says_its_address_in_codes(look: OpenApp, small_store_address: str) -> None:
    found = links(look(small_store_address, page=PAGE))
    cell = next(label for label in found if CELL.fullmatch(label))

    assert re.fullmatch(r"\./overdue\?role=di&as_of=2025-06-30&risk=[a-z_]+&band=[\d%B-]+", found[cell])


@pytest.mark.parametrize("role", COUNTS_ONLY, ids=str)
def test_who_sees_counts_only_is_told_so_and_sent_nobody(look: OpenApp, small_store_address: str, role: Role) -> None:
    app = look(small_store_address, page=PAGE, role=str(role))

    assert "sees counts, not people" in said(app)
    assert rows(app) == []
    assert "FEN-V-" not in payload(app)


@pytest.mark.parametrize("role", WITHOUT_NAMES, ids=str)
def test_no_name_of_an_offender_is_sent_to_who_sees_none(look: OpenApp, small_store_address: str, role: Role) -> None:
    desk = kept_desk(small_store_address)
    names = desk.names(desk.snapshot().facts.registers["offender"]).values()

    sent = payload(look(small_store_address, page=PAGE, role=str(role)))

    assert [name for name in names if name in sent] == []


def test_who_sees_names_is_sent_those_of_the_list(look: OpenApp, small_store_address: str) -> None:
    app = look(small_store_address, page=PAGE)
    name = kept_desk(small_store_address).names(rows(app)[:1])[rows(app)[0]]

    assert name.replace("'", "&#x27;") in html(app)


@pytest.mark.parametrize(
    ("role", "scope"), [("officer", "Your cases"), ("supervisor", "and unallocated"), ("di", "Whole force")]
)
def test_the_page_says_whose_cases_it_shows(look: OpenApp, small_store_address: str, role: str, scope: str) -> None:
    assert scope in said(look(small_store_address, page=PAGE, role=role))


def test_one_person_overdue_is_one_row_with_the_reason(look: OpenApp, overdue_to_read: str) -> None:
    app = look(overdue_to_read, page=PAGE)

    assert rows(app) == ["V1"]
    assert "First visit after registration." in html(app)
    assert figures(app)["Most overdue"] == "14 days"


def test_what_a_name_holds_is_text_and_never_markup(look: OpenApp, overdue_to_read: str) -> None:
    shown = html(look(overdue_to_read, page=PAGE))

    assert "FIR &lt;B&gt;, Hal" in shown
    assert "<B>" not in shown


def test_nobody_overdue_is_said_in_words_with_what_it_was_counted_from(look: OpenApp, overdue_to_read: str) -> None:
    app = look(overdue_to_read, page=PAGE, as_of="2025-06-10")

    assert app.success[0].value == "Nobody is overdue: 0 of 1 offender whose visit clock runs."


def test_an_empty_store_has_nobody_who_could_be_overdue(look: OpenApp, empty_store_address: str) -> None:
    app = look(empty_store_address, page=PAGE)

    assert "nobody could be" in said(app)
    assert figures(app)["Share overdue"] == "No value"


def test_filters_that_leave_nobody_can_be_cleared(open_app: OpenApp, one_overdue_address: str) -> None:
    app = open_app(one_overdue_address, page=PAGE, risk="very_high")
    assert "Showing **0 of 1**: Very high. Risk and days overdue leave nobody." in said(app)

    next(button for button in app.button if button.label == "Show all").click().run()

    assert rows(app) == ["V1"]


@pytest.mark.parametrize(
    ("parameter", "value"), [("team", "T9"), ("officer", "9999"), ("risk", "extreme"), ("band", "5-6")]
)
def test_an_address_that_asks_for_what_is_not_there_says_so(
    look: OpenApp, overdue_to_read: str, parameter: str, value: str
) -> None:
    app = look(overdue_to_read, page=PAGE, **{parameter: value})

    assert repr(value) in app.warning[0].value
    assert rows(app) == ["V1"]


def test_an_address_with_a_day_that_is_none_says_so(look: OpenApp, overdue_to_read: str) -> None:
    assert "'31-02-2025' in the address is no day" in said(look(overdue_to_read, page=PAGE, as_of="31-02-2025"))


def test_choosing_an_officer_puts_the_number_and_no_name_into_the_address(
    open_app: OpenApp, one_overdue_address: str
) -> None:
    app = open_app(one_overdue_address, page=PAGE)

    app.selectbox(key="officer_filter").select("0042").run()

    assert app.query_params["officer"] == "0042"
    assert "Ash" not in str(dict(app.query_params))
