"""What the acted months begin with: a small force with more than a year of work, and its pages in a browser."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Locator, Page

from offendermgmt.domain.days import LONDON
from offendermgmt.services.access import Role
from offendermgmt.store import Store
from tests.browser.looking import open_whole, window
from tests.browser.serving import served
from tests.store.facts import Columns, write

TODAY = datetime.now(LONDON).date()
LAST = TODAY.replace(day=1) - timedelta(days=1)
MONTH_ON = LAST.replace(day=1)
MONTH, CODE = f"{MONTH_ON:%B %Y}", f"{MONTH_ON:%Y-%m}"
BEGAN = MONTH_ON - timedelta(days=420)
SURNAMES = ["Quillfeather", "Ravensdale", "Saltmarsh", "Tanglewood", "Umberleigh", "Vexworthy"]
OFFENDERS = [f"ZV-{number}" for number in range(1001, 1007)]
OFFICERS = {"0042": "Thistleton", "0043": "Brackenbury", "0044": "Larchmere", "0050": "Hollings", "0200": "Oakhanger"}
CASES = [f"ZC-{number}" for number in range(2001, 2007)]
UNITS = ["MOSOVO", "MOSOVO", "POLIT"]


def force() -> dict[str, Columns]:
    """Six offenders, of whom the first two were never seen, and six cases, since more than a year before the month."""
    recorded_at = datetime.now(UTC) - timedelta(days=2)
    seen_on = [BEGAN + timedelta(days=days) for days in range(10, (TODAY - BEGAN).days - 3, 80)]
    visits = [(ref, day) for ref in OFFENDERS[2:] for day in seen_on]
    received = [BEGAN + timedelta(days=70 * number) for number in range(len(CASES))]

    def recorded(**columns: list[Any]) -> Columns:
        return {**columns, "recorded_at": [recorded_at] * len(next(iter(columns.values())))}

    return {
        "teams": {"team_ref": ["T1", "T2", "P1"], "name": ["North", "South", "Online"], "unit": UNITS},
        "officers": {
            "officer_ref": list(OFFICERS),
            "name": list(OFFICERS.values()),
            "rank": ["DC", "DC", "DC", "DC", "DI"],
            "is_supervisor": [False, False, False, False, True],
            "team_ref": ["T1", "T1", "T2", "P1", None],
            "fte": [1.0] * len(OFFICERS),
            "from_on": [BEGAN] * len(OFFICERS),
        },
        "offenders": recorded(offender_ref=OFFENDERS, surname=SURNAMES, registered_on=[BEGAN] * 6),
        "risk_assessments": recorded(
            offender_ref=OFFENDERS, assessed_on=[BEGAN] * 6, tool=["ARMS"] * 6, risk_level=["high", *["medium"] * 5]
        ),
        "allocations": recorded(
            offender_ref=OFFENDERS, from_on=[BEGAN] * 6, officer_ref=["0042", "0042", "0042", "0042", "0044", "0044"]
        ),
        "visits": recorded(
            visit_ref=[f"K{number}" for number in range(len(visits))],
            offender_ref=[ref for ref, _ in visits],
            visited_at=[datetime.combine(day, time(11), UTC) for _, day in visits],
            outcome=["completed"] * len(visits),
            officer_refs=["0042;0043"] * len(visits),
        ),
        "polit_cases": recorded(case_ref=CASES, received_on=received, source=["NCA"] * 6),
        "polit_assessments": recorded(
            case_ref=CASES, assessed_on=received, tool=["KIRAT"] * 6, tool_version=["2"] * 6, risk_level=["high"] * 6
        ),
        "polit_allocations": recorded(case_ref=CASES, from_on=received, officer_ref=["0050"] * 6),
    }


@dataclass(frozen=True)
class Scene:
    """A browser on the pages over a store."""

    context: BrowserContext
    store: Store

    def opened(self, path: str, role: Role) -> Page:
        """A new window on a page, as somebody of the role."""
        page = self.context.new_page()
        open_whole(page, f"{path}{'&' if '?' in path else '?'}role={role}")
        return page


@contextmanager
def scene_of(browser: Browser, store_address: str) -> Iterator[Scene]:
    """The pages over the force, in a store that knows none yet."""
    with Store(store_address) as store:
        write(store, force())
        with served(store_address) as address, window(browser, address) as context:
            yield Scene(context, store)


def part(page: Page, title: str) -> Locator:
    """What opens under a title."""
    return page.get_by_test_id("stExpander").filter(has_text=title)
