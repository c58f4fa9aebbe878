"""A browser, and the pages over a small store."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.app.small_store import small_store
from tests.browser.chromium import ARGUMENTS, MISSING, executable
from tests.browser.looking import window
from tests.browser.serving import served


@pytest.fixture(scope="session")
def pages_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the pages over the small store are served."""
    with served(small_store(tmp_path_factory.mktemp("store"))) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, as installed on this machine."""
    program = executable()
    if program is None:
        pytest.fail(MISSING)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(ARGUMENTS))
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser, pages_address: str) -> Iterator[Page]:
    """A fresh window at 1400 pixels; `page.goto("/...")` is relative to the pages."""
    with window(browser, pages_address) as context:
        yield context.new_page()
