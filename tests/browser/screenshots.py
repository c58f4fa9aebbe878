"""Pictures of every page at both widths and in both appearances: `python -m tests.browser.screenshots FOLDER`.

Over the store that OFFENDERMGMT_DATABASE_URL names, or a small one of its own.
"""

import os
import sys
import tempfile
from pathlib import Path
from typing import Final, Literal

from playwright.sync_api import Browser, sync_playwright

from tests.app.small_store import small_store
from tests.browser.chromium import ARGUMENTS, executable
from tests.browser.looking import open_whole, pages_of_the_menu, path_of
from tests.browser.serving import served

WIDTHS: Final = (1400, 800)
APPEARANCES: Final[tuple[Literal["light", "dark"], ...]] = ("light", "dark")


def take(browser: Browser, address: str, folder: Path) -> None:
    """Write `PAGE-WIDTH-APPEARANCE.png` of every page into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    for width in WIDTHS:
        for appearance in APPEARANCES:
            context = browser.new_context(
                base_url=address, viewport={"width": width, "height": 1600}, color_scheme=appearance
            )
            for place in pages_of_the_menu():
                page = context.new_page()
                open_whole(page, path_of(place))
                page.screenshot(path=folder / f"{place.url_path}-{width}-{appearance}.png")
                page.close()
            context.close()


def main(folder: Path) -> None:
    """Take the pictures into `folder`."""
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as playwright:
        store = os.environ.get("OFFENDERMGMT_DATABASE_URL") or small_store(Path(scratch))
        browser = playwright.chromium.launch(executable_path=executable(), args=list(ARGUMENTS))
        with served(store) as address:
            take(browser, address, folder)
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
