"""The frame round the pages, run without a browser."""

from pathlib import Path

import pytest

from app.navigation import PLACES, places_for
from app.parts.marking import MARKING, SYNTHETIC
from offendermgmt.domain.vocabulary import Unit
from offendermgmt.services.access import Role, Viewer
from tests.app.conftest import OpenApp

TOP = Path(__file__).parents[2]


@pytest.mark.parametrize("role", list(Role), ids=str)
def test_every_role_is_shown_the_marking_and_a_page_without_failure(
    open_app: OpenApp, small_store_address: str, role: Role
) -> None:
    app = open_app(small_store_address, role=str(role))

    marked = " ".join(text.value for text in app.markdown)
    assert (MARKING in marked, SYNTHETIC in marked, list(app.exception), list(app.error)) == (True, True, [], [])


def test_the_address_sets_the_role(open_app: OpenApp, small_store_address: str) -> None:
    app = open_app(small_store_address, role=str(Role.AUDITOR))

    assert app.selectbox(key="role_switch").value == Role.AUDITOR


def test_a_store_without_loads_says_so_on_the_page(open_app: OpenApp, empty_store_address: str) -> None:
    app = open_app(empty_store_address)

    assert any("nothing has been loaded yet" in text.value for text in app.markdown)


def test_without_sign_in_the_refusal_is_all_there_is(open_app: OpenApp, small_store_address: str) -> None:
    app = open_app(small_store_address, demo=False)

    assert "Sign-in is not set up" in app.error[0].value
    assert (len(app.title), len(app.metric), len(app.dataframe), len(app.selectbox)) == (0, 0, 0, 0)


def test_every_page_of_the_menu_is_a_file_and_every_file_is_in_the_menu() -> None:
    in_menu = {(TOP / "app" / place.script).resolve() for place in PLACES}

    assert in_menu == {path.resolve() for path in (TOP / "pages").glob("*.py")}


def test_no_two_pages_share_an_address() -> None:
    assert len({place.url_path for place in PLACES}) == len(PLACES)


@pytest.mark.parametrize("role", list(Role), ids=str)
def test_every_role_has_a_page(role: Role) -> None:
    assert places_for(Viewer("x", role))


@pytest.mark.parametrize("unit", list(Unit), ids=str)
def test_a_unit_is_shown_its_own_pages_and_those_of_everybody(unit: Unit) -> None:
    shown = places_for(Viewer("x", Role.SUPERVISOR, units=(unit,)))

    assert {place.unit for place in shown} <= {unit, None}


@pytest.mark.parametrize("page", sorted((TOP / "pages").glob("*.py")), ids=lambda page: page.stem)
def test_a_page_asks_services_and_knows_no_sql(page: Path) -> None:
    text = page.read_text(encoding="utf-8")

    assert [word for word in ("sqlalchemy", "offendermgmt.store", "offendermgmt.intake") if word in text] == []


def test_who_names_no_page_is_sent_to_the_first_of_theirs_with_the_view_kept(
    open_app: OpenApp, small_store_address: str
) -> None:
    app = open_app(small_store_address, as_of="2025-05-31", risk="high")

    assert app.title[0].value.endswith(PLACES[0].title)
    assert (app.query_params["as_of"], app.query_params["risk"]) == ("2025-05-31", "high")
