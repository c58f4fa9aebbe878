"""The frame round the pages: role, address, headers, and what an installation without sign-in shows."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from app.navigation import PLACES
from tests.app.small_store import empty_store
from tests.browser.looking import open_whole
from tests.browser.serving import served

pytestmark = pytest.mark.browser

LAST_PAGE = PLACES[-1]


def choose_role(page: Page, title: str) -> None:
    page.get_by_role("combobox", name="Viewing as").click()
    page.get_by_role("option", name=title, exact=True).click()


def test_the_chosen_role_survives_a_change_of_page_and_a_reload(page: Page) -> None:
    open_whole(page, "/")
    choose_role(page, "Auditor")
    page.get_by_role("link", name=LAST_PAGE.title).click()
    page.wait_for_url(f"**/{LAST_PAGE.url_path}?role=auditor")

    page.reload()

    expect(page.get_by_text("You are viewing as")).to_contain_text("Auditor")


def test_a_role_that_does_not_exist_falls_back_to_the_first(page: Page) -> None:
    open_whole(page, "/about?role=superuser")

    expect(page.get_by_text("There is no role 'superuser'")).to_contain_text("Offender manager")


def test_without_sign_in_nothing_of_the_store_is_shown(browser: Browser, tmp_path: Path) -> None:
    with served(empty_store(tmp_path), demo=False) as address:
        page = browser.new_page(base_url=address)
        page.goto("/?role=auditor")

        expect(page.get_by_text("Sign-in is not set up")).to_be_visible()
        expect(page.get_by_role("heading", level=1)).to_have_count(0)
        page.close()


def test_health_answers_with_the_revision_and_is_not_cached(page: Page) -> None:
    answer = page.request.get("/healthz")

    assert answer.json().keys() == {"status", "store_revision"}
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["x-frame-options"] == "DENY"
