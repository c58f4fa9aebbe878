from html import escape

import pytest

from app.navigation import PLACES
from offendermgmt.services.access import ROLE_TITLES, Role
from offendermgmt.services.glossary import glossary
from offendermgmt.services.policies import shipped_policy
from tests.app.conftest import OpenApp
from tests.app.reading import html, said


@pytest.mark.parametrize("role", list(Role), ids=str)
def test_the_page_opens_for_every_role_and_says_who_is_looking(
    look: OpenApp, small_store_address: str, role: Role
) -> None:
    app = look(small_store_address, page="../pages/about.py", role=str(role))

    assert f"You are viewing as **Demonstration: {ROLE_TITLES[role]}**" in said(app)


def test_every_definition_and_every_role_is_written_out(look: OpenApp, empty_store_address: str) -> None:
    shown = html(look(empty_store_address, page="../pages/about.py"))

    groups = glossary(shipped_policy().assessments)
    titles = [each.title for group in groups.values() for each in group]
    assert [text for text in (*titles, *ROLE_TITLES.values()) if escape(text) not in shown] == []


def test_pages_stand_in_the_menus_order() -> None:
    groups = glossary(shipped_policy().assessments)
    assert list(groups) == [place.url_path for place in PLACES if place.url_path in groups]
