"""What the morning page offers on paper: two forms for each unit, to whoever reads it, made when pressed."""

import io

import pytest
from pypdf import PdfReader

from app.navigation import PLACES
from offendermgmt.outputs.briefing.lists import LISTS
from offendermgmt.services.access import Role
from offendermgmt.services.morning import READERS
from tests.app.conftest import Made, OpenApp

PAGE = "../pages/morning.py"
PDF, HTML = "Briefing MOSOVO (PDF)", "Briefing MOSOVO (HTML)"


def briefings(offered: Made) -> set[str]:
    return {label for label in offered if label.startswith("Briefing")}


@pytest.mark.parametrize("store", ["small_store_address", "empty_store_address", "one_overdue_address"])
def test_the_briefing_is_made_of_the_morning_on_show(
    open_app: OpenApp, offered: Made, store: str, request: pytest.FixtureRequest
) -> None:
    app = open_app(request.getfixturevalue(store), page=PAGE)
    assert not app.exception

    pages = PdfReader(io.BytesIO(offered[PDF]())).pages
    assert len(pages) <= 2
    assert "OFFICIAL-SENSITIVE · SYNTHETIC DATA" in pages[0].extract_text()
    assert b"<h1>Briefing MOSOVO, " in offered[HTML]()


@pytest.mark.parametrize("role", sorted(READERS))
def test_each_reader_is_offered_the_units_they_work_in(
    open_app: OpenApp, small_store_address: str, offered: Made, role: Role
) -> None:
    open_app(small_store_address, page=PAGE, role=str(role))
    units = ["MOSOVO"] if role is Role.SUPERVISOR else ["MOSOVO", "POLIT"]
    assert briefings(offered) == {f"Briefing {unit} ({form})" for unit in units for form in ("PDF", "HTML")}


def test_a_team_chosen_has_its_own_briefing(open_app: OpenApp, one_overdue_address: str, offered: Made) -> None:
    app = open_app(one_overdue_address, page=PAGE)
    offered.clear()
    app.query_params["team"] = "T1"
    app.run()
    assert briefings(offered) == {PDF, HTML}
    assert b"(T1)" in offered[HTML]()


def test_where_the_rest_of_a_list_is_said_to_be_is_a_page() -> None:
    assert {listed.page for listed in LISTS.values()} <= {place.title for place in PLACES}
