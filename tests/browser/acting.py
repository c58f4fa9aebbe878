"""What people do at a page and are told by it, and what is on record of it."""

import re
from collections import Counter
from collections.abc import Collection
from contextlib import suppress

from playwright.sync_api import Locator, Page, TimeoutError, expect
from sqlalchemy import select

from offendermgmt.store import Store
from offendermgmt.store.tables.ledger import AuditRecord
from tests.browser.looking import wait_until_drawn

_TRIES, _MOMENT = 10, 6_000  # milliseconds


def choose(page: Page, label: str, text: str, then: Locator) -> None:
    """Choose by keyboard the option found by typing `text`, until `then` shows: a page still drawing takes it back."""
    box = page.get_by_role("combobox", name=label, exact=True)
    found = page.locator("[role='option'][data-focused='true']").filter(has_text=text)
    for _ in range(_TRIES):
        box.click()
        box.fill(text)
        with suppress(TimeoutError):
            found.wait_for(timeout=_MOMENT)
            box.press("Enter")
            then.wait_for(timeout=_MOMENT)
            break
        box.press("Escape")
    wait_until_drawn(page)


def told(page: Page, text: str) -> None:
    """Wait for what became of a change; of a second click, that it is on record already."""
    expect(page.get_by_text(re.compile(text)).first).to_be_visible()


def press(page: Page, button: Locator, text: str) -> None:
    """Press until the page says so: one that is still drawing moves the button away from under the pointer.

    Only for what may be asked for twice: of the second time `text` finds what is said of that.
    """
    for _ in range(_TRIES):
        button.click()
        with suppress(TimeoutError):
            page.get_by_text(re.compile(text)).first.wait_for(timeout=_MOMENT)
            return
    told(page, text)


def audited(store: Store, actions: Collection[str]) -> dict[str, int]:
    """How often each of the actions is on record, those that are."""
    with store.read() as connection:
        found = Counter(connection.execute(select(AuditRecord.__table__.c.action)).scalars())
    return {action: number for action, number in found.items() if action in actions}
