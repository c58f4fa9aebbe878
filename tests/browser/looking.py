"""What a test looks at: every page, drawn whole, and what the browser complained of meanwhile."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, expect

from app.navigation import OFFENDER, PLACES, POLIT_CASE, Place
from tests.app.small_store import AS_OF

# How long a page may take to show what it must, on a machine that is busy with other things; milliseconds.
PATIENCE = 60_000
expect.set_options(timeout=PATIENCE)


@contextmanager
def window(browser: Browser, address: str, width: int = 1400) -> Iterator[BrowserContext]:
    """A fresh window on the pages at `address`: `new_page().goto("/...")` is relative to them."""
    context = browser.new_context(base_url=address, viewport={"width": width, "height": 900})
    context.set_default_timeout(PATIENCE)
    try:
        yield context
    finally:
        context.close()


def pages_of_the_menu() -> list[Place]:
    """Every page that the menu can show."""
    return list(PLACES)


def path_of(place: Place) -> str:
    """Where a page is, as the detective inspector sees the small store's last day.

    The page of one record shows the first of its kind that the synthetic force has.
    """
    record = {OFFENDER: "&ref=FEN-V-000001", POLIT_CASE: "&case=FEN-P-00016"}.get(place, "")
    return f"/{place.url_path}?as_of={AS_OF}&role=di{record}"


def open_whole(page: Page, path: str) -> None:
    """Go to a page and wait until it has been drawn to the end."""
    page.goto(path)
    page.get_by_role("heading", level=1).wait_for()
    wait_until_drawn(page)
    failures = page.locator("[data-testid='stAlertContentError']").all_inner_texts()
    assert failures == [], f"{path} shows an error: {failures}"


def wait_until_drawn(page: Page) -> None:
    """Wait until the script has run and no placeholder of what it draws is left."""
    page.wait_for_selector("[data-testid='stApp'][data-test-script-state='notRunning']")
    expect(page.locator("[data-testid='stSkeleton']")).to_have_count(0)
    expect(page.locator("[data-stale='true']")).to_have_count(0)


@dataclass
class Complaints:
    """Warnings and errors in the browser's console, and requests to any other place."""

    heard: list[str] = field(default_factory=list)

    def listen(self, page: Page, own_address: str) -> None:
        """Hear everything that happens in `page` from now on."""

        def on_console(message: ConsoleMessage) -> None:
            # Opened below the root, Streamlit first asks for its server beside the page, then at the root.
            is_probe = "/_stcore/" in message.location.get("url", "") and "404" in message.text
            if message.type in {"warning", "error"} and not is_probe:
                self.heard.append(f"{message.type}: {message.text}")

        def on_request(request: Request) -> None:
            if not request.url.startswith((own_address, "data:", "blob:")):
                self.heard.append(f"request to another place: {request.url}")

        page.on("console", on_console)
        page.on("request", on_request)
        page.on("pageerror", lambda error: self.heard.append(f"script error: {error}"))
