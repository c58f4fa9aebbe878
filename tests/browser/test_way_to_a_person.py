"""From the matrix to the list to the person and back, by mouse and by keyboard, in the address and out of it."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.app.small_store import AS_OF
from tests.browser.looking import open_whole, wait_until_drawn

pytestmark = pytest.mark.browser

CELL = re.compile(r"days: open \d+ offenders?$")
START = f"/overdue?as_of={AS_OF}&role=di"


def listed(page: Page) -> list[str]:
    return page.locator("a.row").all_inner_texts()


def open_first_cell(page: Page) -> list[str]:
    """Open the first number of the matrix that is not a total; the references then listed."""
    cell = page.get_by_role("link", name=CELL).first
    number = int(cell.inner_text())
    cell.click()
    expect(page.locator("a[aria-current='true']")).to_have_count(1)
    wait_until_drawn(page)
    expect(page.locator("a.row")).to_have_count(number)
    return listed(page)


def test_a_number_opens_its_list_a_row_its_person_and_a_link_leads_back(page: Page) -> None:
    open_whole(page, START)
    refs = open_first_cell(page)
    list_address = page.url

    page.get_by_role("link", name=f"Open {refs[0]}", exact=True).click()
    expect(page.get_by_role("heading", level=2).first).to_contain_text(refs[0])
    page.get_by_role("link", name="Back to the list").click()

    expect(page).to_have_url(list_address)
    expect(page.locator("a.row")).to_have_count(len(refs))


def test_links_are_followed_without_loading_the_pages_again(page: Page) -> None:
    documents: list[str] = []
    page.on("request", lambda request: documents.append(request.url) if request.resource_type == "document" else None)
    open_whole(page, START)

    refs = open_first_cell(page)
    page.get_by_role("link", name=f"Open {refs[0]}", exact=True).click()
    expect(page.get_by_role("heading", level=2).first).to_contain_text(refs[0])

    assert len(documents) == 1


def test_the_browsers_own_back_returns_to_the_list(page: Page) -> None:
    open_whole(page, START)
    refs = open_first_cell(page)
    page.get_by_role("link", name=f"Open {refs[0]}", exact=True).click()
    expect(page.get_by_role("heading", level=2).first).to_contain_text(refs[0])

    page.go_back()

    expect(page.locator("a.row")).to_have_count(len(refs))


def test_a_reload_keeps_the_view(page: Page) -> None:
    open_whole(page, START)
    refs = open_first_cell(page)

    page.reload()

    expect(page.locator("a.row")).to_have_count(len(refs))
    assert listed(page) == refs


def test_a_person_is_reached_by_keyboard_alone(page: Page) -> None:
    open_whole(page, START)
    page.get_by_role("link", name=CELL).first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("a[aria-current='true']")).to_have_count(1)
    wait_until_drawn(page)

    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('a.row')"):
            break
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_contain_text("Offender")
    expect(page.get_by_role("heading", level=2, name="Next visit")).to_be_visible()


def test_the_keyboard_meets_the_filters_before_the_matrix_and_the_matrix_before_the_list(page: Page) -> None:
    open_whole(page, START)
    page.get_by_role("combobox", name="Team").focus()
    met: list[str] = []
    for _ in range(90):
        page.keyboard.press("Tab")
        met.append(
            page.evaluate(
                "(e => e.matches('a.row') ? 'list' : e.closest('.om-matrix') ? 'matrix' "
                ": e.closest('[data-testid=stSelectbox]') ? 'filter' : '')(document.activeElement)"
            )
        )
        if met[-1] == "list":
            break

    assert list(dict.fromkeys(kind for kind in met if kind)) == ["filter", "matrix", "list"]


def test_the_address_of_a_filter_holds_a_number_and_no_name(page: Page) -> None:
    open_whole(page, START)
    page.get_by_role("combobox", name="Officer").click()
    option = page.get_by_role("option").nth(1)
    name, number = re.fullmatch(r"(.+) \((\w+)\)", option.inner_text()).groups()  # type: ignore[union-attr]
    option.click()

    expect(page).to_have_url(re.compile(rf"officer={number}"))
    assert [part for part in name.split() if len(part) > 2 and part in page.url] == []


def test_a_foreign_address_is_answered_with_what_was_left_out(page: Page) -> None:
    open_whole(page, f"{START}&officer=9999")

    expect(page.get_by_text("This address asks for officer '9999'")).to_be_visible()


def test_an_analyst_opens_the_same_record_without_a_name(page: Page) -> None:
    open_whole(page, START)
    ref = listed(page)[0]
    page.get_by_role("link", name=f"Open {ref}", exact=True).click()
    named = page.get_by_role("heading", level=2).first
    expect(named).to_contain_text(f"{ref} · ")

    page.goto(page.url.replace("role=di", "role=analyst"))

    expect(page.get_by_role("heading", level=2).first).to_have_text(ref)


def test_a_record_fits_800_pixels_and_scrolls_only_within_its_tables(page: Page) -> None:
    page.set_viewport_size({"width": 800, "height": 900})
    open_whole(page, START)
    ref = listed(page)[0]
    page.get_by_role("link", name=f"Open {ref}", exact=True).click()
    expect(page.get_by_role("heading", level=2, name="Next visit")).to_be_visible()
    wait_until_drawn(page)

    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0
