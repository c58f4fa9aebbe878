"""The frame round the pages: role, address, headers, and what an installation without sign-in shows."""

from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from app.navigation import GROUPS, OVERDUE, PLACES, POLIT, TRIAGE
from tests.app.small_store import AS_OF, empty_store
from tests.browser.looking import open_whole, wait_until_drawn
from tests.browser.serving import served

pytestmark = pytest.mark.browser

LAST_PAGE = PLACES[-1]
LAST_GROUP = list(GROUPS)[-1]


def menu_of(page: Page) -> Locator:
    return page.get_by_role("navigation", name="Pages")


def choose_role(page: Page, title: str) -> None:
    page.get_by_role("combobox", name="Viewing as").click()
    page.get_by_role("option", name=title, exact=True).click()


def test_the_chosen_role_survives_a_change_of_page_and_a_reload(page: Page) -> None:
    open_whole(page, "/")
    choose_role(page, "Auditor")
    expect(page.get_by_role("heading", level=1)).to_contain_text(OVERDUE.title)
    wait_until_drawn(page)
    menu_of(page).get_by_text(LAST_GROUP).click()
    menu_of(page).get_by_role("link", name=LAST_PAGE.title).click()
    page.wait_for_url(f"**/{LAST_PAGE.url_path}?role=auditor")

    page.reload()

    expect(page.get_by_text("You are viewing as")).to_contain_text("Auditor")


def test_a_group_opens_and_a_page_of_it_is_reached_by_keyboard_with_the_view_kept(page: Page) -> None:
    open_whole(page, f"/morning?as_of={AS_OF}&known_on={AS_OF}&role=di")
    menu = menu_of(page)
    menu.get_by_role("link", name="Daily reviews").focus()
    for key in ("Tab", "Enter", "Tab", "Tab"):
        page.keyboard.press(key)
    expect(menu.get_by_role("link", name=TRIAGE.title)).to_be_focused()
    page.keyboard.press("Enter")

    page.wait_for_url(f"**/triage?as_of={AS_OF}&known_on={AS_OF}&role=di")
    expect(page.get_by_role("heading", level=1)).to_contain_text(TRIAGE.title)
    wait_until_drawn(page)
    expect(menu.locator("[aria-current=page]")).to_have_text(TRIAGE.title)


def test_a_day_chosen_leaves_the_menu_as_the_reader_opened_it_and_goes_along_to_the_next_page(page: Page) -> None:
    the_day_before = AS_OF - timedelta(days=1)
    open_whole(page, f"/overdue?as_of={AS_OF}&role=di")
    menu_of(page).get_by_text("POLIT", exact=True).click()

    page.get_by_role("spinbutton", name="day").first.press("ArrowDown")
    page.get_by_role("heading", level=1).click()
    page.wait_for_url(f"**/overdue?as_of={the_day_before}&role=di")
    wait_until_drawn(page)
    menu_of(page).get_by_role("link", name=POLIT.title).click()

    page.wait_for_url(f"**/polit?as_of={the_day_before}&role=di")
    expect(page.get_by_role("heading", level=1)).to_contain_text(POLIT.title)


def test_a_page_of_the_menu_opens_in_a_window_of_its_own_with_the_view_kept(page: Page) -> None:
    open_whole(page, f"/triage?as_of={AS_OF}&role=di")
    with page.context.expect_page() as opened:
        menu_of(page).get_by_role("link", name=OVERDUE.title).click(modifiers=["Control"])

    expect(opened.value).to_have_url(page.url.replace("triage", "overdue"))


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
