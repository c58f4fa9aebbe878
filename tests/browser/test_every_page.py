"""What holds on every page of the menu, in light and in dark."""

from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from app.navigation import Place
from app.parts.marking import MARKING, SYNTHETIC
from tests.browser.looking import Complaints, open_whole, pages_of_the_menu, path_of, window

pytestmark = pytest.mark.browser

every_page = pytest.mark.parametrize("place", pages_of_the_menu(), ids=lambda place: place.url_path)
both_appearances = pytest.mark.parametrize("appearance", ["light", "dark"])


@every_page
@both_appearances
def test_a_page_has_no_serious_accessibility_finding(
    page: Page, place: Place, appearance: Literal["light", "dark"]
) -> None:
    page.emulate_media(color_scheme=appearance)
    open_whole(page, path_of(place))

    found = Axe().run(page).response["violations"]

    serious = [violation for violation in found if violation["impact"] in {"serious", "critical"}]
    assert [(v["id"], [node["html"] for node in v["nodes"]]) for v in serious] == []


def test_no_page_makes_the_browser_complain(browser: Browser, pages_address: str) -> None:
    heard = {}
    with window(browser, pages_address) as context:
        for place in pages_of_the_menu():
            tab = context.new_page()
            heard[place.url_path] = complaints = Complaints()
            complaints.listen(tab, pages_address)
            open_whole(tab, path_of(place))
            tab.emulate_media(color_scheme="dark")
        # Chromium says only some seconds after loading that something fetched ahead was not used.
        tab.wait_for_timeout(5000)

    assert {page: complaints.heard for page, complaints in heard.items() if complaints.heard} == {}


@every_page
def test_a_page_carries_its_marking_title_and_freshness(page: Page, place: Place) -> None:
    open_whole(page, path_of(place))

    shown = page.locator("[data-testid='stMain']").inner_text()
    assert [text for text in (MARKING, SYNTHETIC, place.title, "As of") if text not in shown] == []


@every_page
def test_a_page_fits_800_pixels_without_scrolling_sideways(browser: Browser, pages_address: str, place: Place) -> None:
    with window(browser, pages_address, width=800) as context:
        narrow = context.new_page()
        open_whole(narrow, path_of(place))

        sideways = narrow.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")

    assert sideways == 0
