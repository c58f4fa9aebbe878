"""The frame round the pages, run without a browser."""

import re
from pathlib import Path

import pytest

from app.navigation import GROUPS, PLACES, first_place, groups_for, places_for
from app.parts.marking import MARKING, SYNTHETIC
from offendermgmt.domain.vocabulary import Unit
from offendermgmt.services.access import Role, Viewer
from tests.app.conftest import OpenApp
from tests.app.reading import links, menu, said
from tests.app.small_store import AS_OF

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


def test_no_two_pages_share_an_address_so_each_is_in_one_group() -> None:
    assert len({place.url_path for place in PLACES}) == len(PLACES)


@pytest.mark.parametrize("unit", list(Unit), ids=str)
def test_the_group_of_a_unit_holds_the_pages_of_that_unit(unit: Unit) -> None:
    assert set(GROUPS[unit]) == {place for place in PLACES if place.unit == unit}


GROUPS_OF_ROLES = {
    Role.OFFICER: ["Today", "MOSOVO", "POLIT", "Measures and data"],
    Role.INVESTIGATOR: ["Today", "MOSOVO", "POLIT", "Measures and data"],
    Role.SUPERVISOR: ["Today", "MOSOVO", "POLIT", "Boards", "Measures and data"],
    Role.DI: ["Today", "MOSOVO", "POLIT", "Boards", "Measures and data"],
    Role.DCI: ["Today", "MOSOVO", "POLIT", "Boards", "Measures and data"],
    Role.SLT: ["Boards", "Today", "MOSOVO", "POLIT", "Measures and data"],
    Role.BOARD: ["Boards", "Today", "MOSOVO", "POLIT", "Measures and data"],
    Role.ANALYST: ["MOSOVO", "Today", "POLIT", "Boards", "Measures and data"],
    Role.AUDITOR: ["MOSOVO", "Today", "POLIT", "Boards", "Measures and data"],
    Role.ADMINISTRATOR: ["MOSOVO", "Today", "POLIT", "Boards", "Measures and data"],
}


@pytest.mark.parametrize("role", list(Role), ids=str)
def test_a_role_has_the_groups_with_pages_open_to_it_and_begins_in_the_first(role: Role) -> None:
    groups = groups_for(viewer := Viewer("x", role))

    assert list(groups) == GROUPS_OF_ROLES[role]
    assert first_place(viewer) in groups[next(iter(groups))]
    assert {place for places in groups.values() for place in places} == set(places_for(viewer))


@pytest.mark.parametrize("unit", list(Unit), ids=str)
def test_a_unit_is_not_shown_the_others_group(unit: Unit) -> None:
    groups = groups_for(Viewer("x", Role.OFFICER, units=(unit,)))

    assert [title for title in groups if title in list(Unit)] == [unit]


def test_the_menu_marks_the_page_that_is_read_and_opens_its_group_and_the_first(
    open_app: OpenApp, small_store_address: str
) -> None:
    drawn = menu(open_app(small_store_address, page="../pages/months.py"))

    assert re.findall(r"<details open><summary>([^<]+)", drawn) == ["Today", "Boards"]
    assert re.findall(r'aria-current="page">([^<]+)', drawn) == ["Closed months"]


def test_the_group_of_an_officers_unit_always_stands_open(open_app: OpenApp, small_store_address: str) -> None:
    drawn = menu(open_app(small_store_address, role=str(Role.INVESTIGATOR)))

    assert re.findall(r"<details open><summary>([^<]+)", drawn) == ["Today", "POLIT"]


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


@pytest.mark.parametrize(
    ("role", "page", "told"),
    [
        (Role.BOARD, "board_slt", "PVP senior leadership is not open to you as Force Performance Board."),
        (Role.INVESTIGATOR, "overdue", "Overdue visits is MOSOVO's, and you are viewing for another unit."),
    ],
    ids=str,
)
def test_a_page_that_is_not_open_says_whose_it_is_and_the_way_on(
    open_app: OpenApp, small_store_address: str, role: Role, page: str, told: str
) -> None:
    app = open_app(small_store_address, page=f"../pages/{page}.py", role=str(role))

    assert told in said(app)
    assert list(links(app)) == [first_place(Viewer("", role)).title]
    assert not app.metric


def test_another_role_taken_on_a_page_that_is_not_its_own_begins_where_that_role_does(
    open_app: OpenApp, small_store_address: str
) -> None:
    app = open_app(small_store_address, page="../pages/board_slt.py", role=str(Role.SLT))
    app.selectbox(key="role_switch").select(Role.BOARD).run()

    assert [title.value for title in app.title] == [first_place(Viewer("", Role.BOARD)).title]
    assert app.query_params["as_of"] == AS_OF.isoformat()
