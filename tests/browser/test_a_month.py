"""A board's month acted through: commentary, an action, closing, a late record, packs, reopening; and what boards see.

On both databases, over last month as of the day it is run, because work is recorded today. Every write has its one
audit record; double clicks and a second window do no harm; what was reported stays as it was.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, time, timedelta
from itertools import pairwise
from pathlib import Path

import openpyxl
import pptx
import pypdf
import pytest
from playwright.sync_api import Browser, Locator, Page, WebSocket, expect

from offendermgmt.services.access import Role, Viewer
from offendermgmt.services.commentary_writing import Writing, approve, submit
from offendermgmt.services.desk import Desk
from tests.browser.acting import audited, choose, press, told
from tests.browser.looking import open_whole, wait_until_drawn
from tests.browser.scene import (
    CASES,
    CODE,
    LAST,
    MONTH,
    MONTH_ON,
    OFFENDERS,
    OFFICERS,
    SURNAMES,
    TODAY,
    Scene,
    part,
    scene_of,
)
from tests.databases import FORCE
from tests.store.facts import Columns, write

pytestmark = pytest.mark.browser

PAPER = f"/pvp-slt?month={CODE}&measure=overdue"

NAMES = [*SURNAMES, *OFFENDERS, *OFFICERS.values(), *CASES]

FIRST, BETTER = ("Two were late.", "Risk is unseen.", "Both go out."), "Two were late, both since spring."
WRITES = {
    "saved draft commentary": 1,
    "submitted commentary": 3,  # last month's, this month's, and anew once it was sent back
    "sent commentary back": 1,
    "approved commentary": 2,
    "took action": 1,
    "closed month": 1,
    "reopened month": 1,
    "downloaded": 6,
}


def late_visit() -> dict[str, Columns]:
    """A visit to the first offender in the middle of the month, recorded only now."""
    seen_at = datetime.combine(MONTH_ON + timedelta(days=14), time(11), UTC)
    said = {"outcome": ["completed"], "officer_refs": ["0042;0043"]}
    return {"visits": {"visit_ref": ["LATE"], "offender_ref": OFFENDERS[:1], "visited_at": [seen_at], **said}}


@pytest.fixture
def month(browser: Browser, store_address: str) -> Iterator[Scene]:
    """The pages over the force, in which the month before was commented on and approved."""
    with scene_of(browser, store_address) as scene:
        before = (MONTH_ON - timedelta(days=1)).replace(day=1)
        desk, now = Desk(scene.store, FORCE), datetime.now(UTC)
        said = Writing("overdue", before, "One more was late.", "Nobody saw them.", "Plan for pairs.", 0)
        submit(desk, Viewer("DCI Elm", Role.DCI), said, now=now)
        approve(desk, Viewer("Supt Yew", Role.SLT), "overdue", before, 1)
        yield scene


def commentary(page: Page) -> Locator:
    """The form of commentary on the measure, opened."""
    form = part(page, f"Commentary on Visits overdue, {MONTH}")
    form.locator("summary").click()
    return form


def say(form: Locator, *texts: str) -> None:
    for name, text in zip(("What happened", "So what", "What next"), texts, strict=False):
        form.get_by_role("textbox", name=name).fill(text)


def commentary_is_written(month: Scene) -> None:
    """Drafted, overtaken in a second window, put forward, sent back, put forward anew, approved."""
    inspector, second = month.opened(PAPER, Role.DI), month.opened(PAPER, Role.DI)
    inspector.bring_to_front()
    expect(inspector.get_by_text("One more was late.")).to_be_visible()
    form = commentary(inspector)
    say(form, *FIRST)
    form.get_by_role("button", name="Save as draft").dblclick()
    told(inspector, "Saved as a draft|on record as you have it")
    form.get_by_role("button", name="Submit").dblclick()
    told(inspector, "Submitted. Senior|on record as you have it")

    second.bring_to_front()
    form = commentary(second)
    say(form, "What I had begun to write.")
    form.get_by_role("button", name="Save as draft").click()
    told(second, "Somebody else wrote, approved or sent back this commentary meanwhile")
    expect(form.get_by_role("textbox", name="What happened")).to_have_value("What I had begun to write.")
    second.close()

    leader = month.opened(PAPER, Role.SLT)
    form = commentary(leader)
    form.get_by_role("textbox", name="Why it is sent back").fill("Say since when.")
    form.get_by_role("button", name="Send back").dblclick()
    told(leader, "Sent back: it is a draft again|have sent this commentary back already")

    inspector.bring_to_front()
    open_whole(inspector, f"{PAPER}&role=di")
    told(inspector, "Sent back: Say since when.")
    form = commentary(inspector)
    expect(form.get_by_role("textbox", name="So what")).to_have_value(FIRST[1])
    say(form, BETTER)
    press(inspector, form.get_by_role("button", name="Submit"), "Submitted. Senior|on record as you have it")
    inspector.close()

    leader.bring_to_front()
    open_whole(leader, f"{PAPER}&role=slt")
    commentary(leader).get_by_role("button", name="Approve").dblclick()
    told(leader, "Approved: boards can read it|you have approved this commentary already")
    for text in ("Approved by", f"What happened. {BETTER}", "One more was late."):
        expect(leader.get_by_text(text).first).to_be_visible()
    leader.close()


def action_is_taken(month: Scene) -> None:
    """Recorded on the board's page by an officer's name and the usual day; on the plan, and in the officer's day."""
    due = TODAY + timedelta(days=28)
    leader = month.opened(PAPER, Role.SLT)
    form = part(leader, "Record an action")
    form.locator("summary").click()
    what = form.get_by_role("textbox", name="What is to be done")
    what.fill("See both in pairs.")
    choose(leader, "Or an officer", "Thistleton", form.locator("input[value='DC Thistleton (0042)']"))
    form.get_by_role("button", name="Record the action").dblclick()
    told(leader, "Recorded: an action of|on record already")
    leader.close()

    plan = month.opened("/actions", Role.SLT)
    row = plan.get_by_role("row").filter(has_text="See both in pairs.")
    expect(row).to_contain_text("DC Thistleton (0042)")
    expect(row).to_contain_text(f"{due:%-d %b %Y}")
    plan.close()
    officer = month.opened("/my-day", Role.OFFICER)
    expect(officer.get_by_role("row").filter(has_text="See both in pairs.")).to_contain_text(f"{due:%-d %b %Y}")
    officer.close()


def month_is_closed(month: Scene) -> None:
    analyst = month.opened(f"/months?month={CODE}", Role.ANALYST)
    form = part(analyst, f"Close {MONTH}")
    form.locator("summary").click()
    form.get_by_role("button", name=f"Close {MONTH}").dblclick()
    told(analyst, f"{MONTH} is closed\\.|you have closed {MONTH} already")
    analyst.close()


def packs(month: Scene, folder: Path) -> dict[str, list[str]]:
    """The texts of the three packs as they are downloaded, without when they were made, by the kind of file."""
    page, found = month.opened(PAPER, Role.SLT), {}
    for name in ("PowerPoint", "Excel workbook", "PDF"):
        with page.expect_download() as downloading:
            page.get_by_role("button", name=f"Pack of {MONTH} as {name}").click()
        saved = folder / downloading.value.suggested_filename
        downloading.value.save_as(saved)
        assert saved.name.startswith("OFFICIAL-SENSITIVE_SYNTHETIC-DATA_")
        # A button that is drawn anew after a download gives none while it is.
        wait_until_drawn(page)
        found[saved.suffix] = _without_moment(READERS[saved.suffix](saved))
    page.close()
    return found


def _without_moment(texts: Sequence[str]) -> list[str]:
    """The texts but when the pack was made, which follows its title or stands beside it."""
    return [text for last, text in pairwise(["", *texts]) if last != "Made at" and not text.startswith("Made at ")]


def _slides(path: Path) -> list[str]:
    shapes = [shape for slide in pptx.Presentation(str(path)).slides for shape in slide.shapes]
    cells = [cell.text for shape in shapes if shape.has_table for row in shape.table.rows for cell in row.cells]
    return [shape.text_frame.text for shape in shapes if shape.has_text_frame] + cells


def _sheets(path: Path) -> list[str]:
    book = openpyxl.load_workbook(path)
    return [
        str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row if cell is not None
    ]


def _paper(path: Path) -> list[str]:
    return [line for page in pypdf.PdfReader(path).pages for line in page.extract_text().splitlines()]


READERS = {".pptx": _slides, ".xlsx": _sheets, ".pdf": _paper}


def late_record_restates(month: Scene) -> None:
    """What was reported stands; beside it what is known now, and why."""
    write(month.store, late_visit())
    leader = month.opened(PAPER, Role.SLT)
    expect(leader.get_by_text(f"2 in {MONTH}. As known now: 1.")).to_contain_text("Recorded late: 1 visit.")
    leader.close()
    analyst = month.opened(f"/months?month={CODE}", Role.ANALYST)
    row = analyst.get_by_role("row").filter(has=analyst.get_by_text("Visits overdue", exact=True))
    expect(row).to_contain_text(re.compile(r"2\s*1\s*.1.*Recorded late: 1 visit\."))
    analyst.close()


def month_is_reopened(month: Scene) -> None:
    leader = month.opened(f"/months?month={CODE}", Role.SLT)
    form = part(leader, f"Reopen {MONTH}")
    form.locator("summary").click()
    button = form.get_by_role("button", name=f"Reopen {MONTH}")
    press(leader, button, "say why the month is reopened")
    form.get_by_role("textbox", name="Why it is reopened").fill("A visit was missing.")
    button.dblclick()
    told(leader, f"{MONTH} is open again")
    expect(leader.get_by_role("link", name="Read what was reported on")).to_be_visible()
    leader.close()


def says_overdue(texts: Sequence[str], number: str) -> bool:
    """Whether the texts have the measure with its figure, in cells or on a line."""
    return ("Visits overdue", number) in pairwise(texts) or any(
        text.startswith(f"Visits overdue {number} ") for text in texts
    )


def heard(page: Page) -> list[bytes]:
    """All that the server will send to the page from now on."""
    frames: list[bytes] = []

    def keep(payload: str | bytes) -> None:
        frames.append(payload if isinstance(payload, bytes) else payload.encode())

    def on_socket(socket: WebSocket) -> None:
        socket.on("framereceived", keep)

    page.on("websocket", on_socket)
    return frames


def named(month: Scene, path: str, role: Role) -> set[str]:
    """The names and references that reach the browser of somebody of the role, shown or not."""
    page = month.context.new_page()
    frames = heard(page)
    open_whole(page, f"{path}&role={role}")
    received = b"\n".join([*frames, page.content().encode()]).lower()
    page.close()
    return {name for name in NAMES if name.lower().encode() in received}


def board_reads_no_names(month: Scene) -> None:
    assert {OFFENDERS[1], SURNAMES[1]} < named(month, f"/overdue?as_of={LAST}", Role.DI)
    assert named(month, f"/performance-board?month={CODE}&charts=all", Role.BOARD) == set()

    reader = month.context.new_page()
    reader.goto(f"{PAPER}&role=board")
    told(reader, "PVP senior leadership is not open to you as Force Performance Board")
    wait_until_drawn(reader)
    reader.get_by_role("main").get_by_role("link", name="Force Performance Board").click()
    expect(reader.get_by_role("heading", level=1)).to_contain_text("Force Performance Board")
    reader.close()


def test_a_month_from_commentary_to_what_is_known_of_it_later(month: Scene, tmp_path: Path) -> None:
    commentary_is_written(month)
    action_is_taken(month)
    month_is_closed(month)
    reported = packs(month, tmp_path)
    late_record_restates(month)
    again = packs(month, tmp_path)
    board_reads_no_names(month)
    month_is_reopened(month)

    assert set(reported) == {".pptx", ".xlsx", ".pdf"}
    for texts in reported.values():
        assert any("OFFICIAL-SENSITIVE, SYNTHETIC DATA" in text for text in texts)
        assert any(BETTER in text for text in texts)
        assert says_overdue(texts, "2")
    assert again == reported
    assert audited(month.store, WRITES) == WRITES
