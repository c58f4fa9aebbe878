"""A day acted through: an officer records, the inspector decides and signs, the chief countersigns, the officer reads.

On both databases, on the day it is run, because work is recorded today. The figures move as the rules say, every write
has its one audit record, and double clicks, the back button and a second window do no harm.
"""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from offendermgmt.domain.days import LONDON
from offendermgmt.services.access import SYSTEM
from offendermgmt.services.decisions import decisions
from offendermgmt.services.desk import Desk
from offendermgmt.services.reports import overdue as report
from offendermgmt.services.reviews import reviews
from offendermgmt.store import Store
from tests.browser.acting import audited, choose, told
from tests.browser.looking import open_whole, wait_until_drawn, window
from tests.browser.serving import served
from tests.databases import FORCE
from tests.store.facts import Columns, write

pytestmark = pytest.mark.browser

WRITES = ["recorded visit", "decided", "signed daily review", "countersigned daily review"]
LONG_AGO = datetime.now(LONDON).date() - timedelta(days=400)


def unit(today: date) -> dict[str, Columns]:
    """Three offenders of one officer, none ever seen; a colleague, a supervisor, an inspector and a chief inspector."""
    refs, loaded_at = ["V1", "V2", "V3"], datetime.now(UTC) - timedelta(days=2)
    recorded = {"recorded_at": [loaded_at] * 3}
    registered = [today - timedelta(days=100)] * 3
    return {
        "teams": {"team_ref": ["T1", "P1"], "name": ["North", "Online"], "unit": ["MOSOVO", "POLIT"]},
        "officers": {
            "officer_ref": ["0042", "0043", "0100", "0200", "0300"],
            "name": ["Ash", "Beech", "Cedar", "Oak", "Elm"],
            "rank": ["DC", "DC", "DS", "DI", "DCI"],
            "is_supervisor": [False, False, True, True, True],
            "team_ref": ["T1", "T1", "T1", None, None],
            "fte": [1.0] * 5,
            "from_on": [LONG_AGO] * 5,
        },
        "offenders": {
            "offender_ref": refs,
            "surname": ["Fir", "Yew", "Box"],
            "forenames": ["Hal", "Ida", "Jo"],
            "registered_on": registered,
            **recorded,
        },
        "risk_assessments": {
            "offender_ref": refs,
            "assessed_on": registered,
            "tool": ["ARMS"] * 3,
            "risk_level": ["high", "medium", "low"],
            **recorded,
        },
        "allocations": {"offender_ref": refs, "from_on": registered, "officer_ref": ["0042"] * 3, **recorded},
    }


@pytest.fixture
def day(browser: Browser, store_address: str) -> Iterator[tuple[BrowserContext, Desk]]:
    """A browser on the pages over a unit, and a desk that looks at the same store."""
    with Store(store_address) as store:
        write(store, unit(datetime.now(LONDON).date()))
        with served(store_address) as address, window(browser, address) as context:
            yield context, Desk(store, FORCE)


def overdue(desk: Desk, known_at: datetime | None = None) -> int:
    """How many visits are overdue today, by the report."""

    today = datetime.now(LONDON).date()
    return len(report(desk.question(SYSTEM, today, today=today, known_at=known_at)))


def card(page: Page, title: str) -> str:
    """What the first figure of a title says."""
    return page.get_by_test_id("stMetric").filter(has_text=title).get_by_test_id("stMetricValue").first.inner_text()


def record_visit(page: Page) -> None:
    open_whole(page, "/my-day?role=officer")
    assert card(page, "Overdue") == "3"
    choose(page, "Visit to", "V1", page.get_by_role("combobox", name="Crew", exact=True))
    choose(page, "Crew", "Beech", page.get_by_test_id("stMultiSelect").get_by_text("DC Beech (0043)", exact=True))
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Save the visit").dblclick()
    told(page, "Saved: V1|visit to V1 .* is on record already")


def decide_on_the_second(page: Page) -> None:
    page.get_by_text("Decide on a case").first.click()
    choose(page, "Case", "V2", page.get_by_role("textbox", name="Why", exact=True))
    page.get_by_role("textbox", name="Why", exact=True).fill("Longest overdue: two officers this week.")
    page.get_by_role("button", name="Record the decision").dblclick()
    told(page, "Recorded: V2|decision on V2 is on record already")


def sign(page: Page, note: str) -> None:
    page.get_by_role("textbox", name="Note on the day").first.fill(note)
    page.get_by_role("button", name=re.compile("^Sign, with")).first.dblclick()


def test_a_day_from_the_officers_record_to_the_officers_task(day: tuple[BrowserContext, Desk]) -> None:
    context, desk = day
    began_at = datetime.now(UTC)

    officer = context.new_page()
    record_visit(officer)
    officer.close()  # what the form said is saved stays, whatever becomes of the window
    assert (overdue(desk), overdue(desk, began_at)) == (2, 3)

    inspector, other_window = context.new_page(), context.new_page()
    for page in (inspector, other_window):
        open_whole(page, "/morning?role=di&unit=MOSOVO")
        assert card(page, "Visits overdue") == "2"
    inspector.bring_to_front()
    decide_on_the_second(inspector)
    inspector.get_by_role("link", name="Open V2", exact=True).first.click()
    expect(inspector.get_by_role("heading", level=1)).to_contain_text("Offender")
    inspector.go_back()
    expect(inspector.get_by_role("heading", level=1)).to_contain_text("Morning")
    wait_until_drawn(inspector)
    sign(inspector, "V2 goes out with two.")
    told(inspector, "Signed: MOSOVO|is on record as you sent it")
    other_window.bring_to_front()
    sign(other_window, "Nothing to say.")
    expect(other_window.get_by_text("Nothing of yours")).to_be_visible()
    other_window.get_by_text("Sign again").click()
    expect(other_window.get_by_role("textbox", name="Note on the day").first).to_have_value("Nothing to say.")

    chief = context.new_page()
    open_whole(chief, "/morning?role=dci&unit=MOSOVO")
    expect(chief.get_by_text("V2 goes out with two.")).to_be_visible()
    chief.get_by_role("textbox", name="Comment").first.fill("Agreed.")
    chief.get_by_role("button", name="Countersign", exact=True).dblclick()
    told(chief, "Countersigned|is on record as you sent it")

    task = context.new_page()
    open_whole(task, "/my-day?role=officer")
    expect(task.get_by_text("Plan by a date").first).to_be_visible()
    expect(task.get_by_text("Longest overdue: two officers this week.")).to_be_visible()

    (decision,), (review,) = decisions(desk), reviews(desk)
    assert (decision.about.ref, decision.owner_ref, str(review.state)) == ("V2", "0042", "countersigned")
    assert (review.note, review.comment) == ("V2 goes out with two.", "Agreed.")
    assert audited(desk.store, WRITES) == dict.fromkeys(WRITES, 1)
    assert overdue(desk) == 2
