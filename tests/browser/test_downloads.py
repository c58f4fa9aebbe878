"""A list leaves as a file once its record is written, and not before."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.app.small_store import small_store
from tests.browser.looking import open_whole, wait_until_drawn, window
from tests.browser.serving import served

pytestmark = pytest.mark.browser

VIEW = "/crewing?role=di&as_of=2024-09-30&range=this-quarter"


@pytest.fixture(scope="module")
def own_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store for this module alone, for its records of downloads are read and its writers held up."""
    return Path(small_store(tmp_path_factory.mktemp("downloads")).removeprefix("sqlite:///"))


@pytest.fixture(scope="module")
def own_pages(own_store: Path) -> Iterator[str]:
    with served(f"sqlite:///{own_store}") as address:
        yield address


@pytest.fixture
def page(browser: Browser, own_pages: str) -> Iterator[Page]:
    with window(browser, own_pages) as context:
        yield context.new_page()


def downloads_on_record(store: Path) -> int:
    with closing(sqlite3.connect(store)) as connection:
        return int(connection.execute("SELECT count(*) FROM audit_records WHERE action = 'downloaded'").fetchone()[0])


def test_a_list_with_names_leaves_with_its_reason_and_one_record(page: Page, own_store: Path, tmp_path: Path) -> None:
    before = downloads_on_record(own_store)
    open_whole(page, VIEW)
    page.get_by_role("button", name="Download: visits and their crews").click()
    button = page.get_by_role("button", name="Visits and their crews as Excel workbook")
    expect(button).to_be_disabled()
    page.get_by_label("Why, and to whom it goes").fill("weekly review, for the DCI")
    page.keyboard.press("Tab")
    expect(button).to_be_enabled()

    with page.expect_download() as downloading:
        button.click()

    downloading.value.save_as(saved := tmp_path / "visits.xlsx")
    methodology = dict(openpyxl.load_workbook(saved)["Methodology"].iter_rows(values_only=True))
    assert downloading.value.suggested_filename.startswith("OFFICIAL-SENSITIVE_SYNTHETIC-DATA_crewing_visits-and")
    assert methodology["Why and to whom"] == "weekly review, for the DCI"
    assert downloads_on_record(own_store) == before + 1


def test_a_file_whose_record_cannot_be_written_is_refused_in_words(page: Page, own_store: Path) -> None:
    before = downloads_on_record(own_store)
    open_whole(page, VIEW)
    with closing(sqlite3.connect(own_store, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")

        page.get_by_role("button", name="Double crewing by month as CSV").click()

        expect(page.get_by_text("Nothing was downloaded. Somebody else is writing")).to_be_visible()
    assert downloads_on_record(own_store) == before
    wait_until_drawn(page)
