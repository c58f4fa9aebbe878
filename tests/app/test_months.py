"""The page of closed months, run without a browser."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest

from app.session import today
from offendermgmt.commands.demo import FORCE_REF
from offendermgmt.services import closing, restatement
from offendermgmt.services.access import Role, Viewer
from offendermgmt.services.closing import close_month
from offendermgmt.services.commentary_writing import Writing, approve, submit
from offendermgmt.services.desk import Desk
from offendermgmt.services.month_closing import closed_month, closed_months
from offendermgmt.services.restated_table import in_words
from offendermgmt.services.restatement import Restatement, restated
from offendermgmt.store import Store
from tests.app.conftest import OpenApp
from tests.app.reading import html, links, said
from tests.app.small_store import empty_store

PAGE = "../pages/months.py"
ANALYST, SLT = Viewer("Analyst Ash", Role.ANALYST), Viewer("Supt Yew", Role.SLT)
LAST = today().replace(day=1) - timedelta(days=1)
MONTH_ON = LAST.replace(day=1)
MONTH, CODE = f"{MONTH_ON:%B %Y}", f"{MONTH_ON:%Y-%m}"


@pytest.fixture(autouse=True)
def _few_months(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three months are frozen as 37 are, and reckoned ten times sooner."""
    for module in (closing, restatement):
        monkeypatch.setattr(module, "MONTHS_BEFORE", 2)


@contextmanager
def desk_of(address: str) -> Iterator[Desk]:
    with Store(address) as store:
        yield Desk(store, FORCE_REF)


@pytest.fixture
def late_address(tmp_path: Path) -> str:
    """A store in which last month was closed with one offender overdue, of whom a visit in it was recorded since."""
    address = empty_store(tmp_path)
    long_ago, now = MONTH_ON - timedelta(days=100), datetime.now(UTC)
    with desk_of(address) as desk:
        with desk.store.write(FORCE_REF, user="tester", source="extract") as work:
            work.insert("teams", {"team_ref": ["T1"], "name": ["North"], "unit": ["MOSOVO"]})
            officer: dict[str, list[Any]] = {"officer_ref": ["0042"], "name": ["Ash"], "rank": ["DC"]}
            work.insert("officers", {**officer, "is_supervisor": [False], "team_ref": ["T1"], "fte": [1.0]})
            work.insert("offenders", {"offender_ref": ["V1"], "surname": ["Fir <b>"], "registered_on": [long_ago]})
        submit(desk, ANALYST, Writing("overdue", MONTH_ON, "One <b>was</b> late", "A risk", "A visit", 0), now=now)
        approve(desk, SLT, "overdue", MONTH_ON, 1)
        close_month(desk, ANALYST, MONTH_ON, 0, now=now)
        with desk.store.write(FORCE_REF, user="tester", source="extract") as work:
            visited_at = datetime.combine(LAST, time(12), UTC)
            visit: dict[str, list[Any]] = {"visit_ref": ["K1"], "offender_ref": ["V1"], "visited_at": [visited_at]}
            work.insert("visits", {**visit, "outcome": ["completed"], "officer_refs": ["0042"]})
    return address


def reckoned(desk: Desk, viewer: Viewer) -> Restatement:
    month = closed_month(desk, MONTH_ON)
    assert month is not None
    return restated(desk, desk.question(viewer, today(), today=today()), month)


def test_months_are_listed_with_their_state_before_anything_is_loaded(
    open_app: OpenApp, empty_store_address: str
) -> None:
    app = open_app(empty_store_address, page=PAGE, role="analyst", as_of=today().isoformat())
    assert "36 months, 0 of them closed" in html(app)
    assert f"month={CODE}" in links(app)[f"Open {MONTH}"]
    app = open_app(empty_store_address, page=PAGE, role="analyst", as_of=today().isoformat(), month=CODE)
    assert f"{MONTH} is not closed." in said(app)
    app.button(key=f"FormSubmitter:close month {MONTH_ON} 0-Close {MONTH}").click().run()
    assert "nothing has been loaded yet" in said(app)


def test_the_list_counts_the_figures_that_the_opened_month_shows(open_app: OpenApp, late_address: str) -> None:
    with desk_of(late_address) as desk:
        found = reckoned(desk, SLT)
    app = open_app(late_address, page=PAGE, role="slt", as_of=today().isoformat())
    assert f"{found.restated} of {len(found.rows)}" in html(app)
    app = open_app(late_address, page=PAGE, role="slt", as_of=today().isoformat(), month=CODE)
    shown, rows = html(app), in_words(found)
    assert {metric.label: metric.value for metric in app.metric} == {"Figures restated since": str(found.restated)}
    assert [text for text in (*rows["title"], *rows["reported"], *rows["now"], *rows["why"]) if text not in shown] == []
    assert "Recorded late: 1 visit." in shown
    assert "One \\<b\\>was\\</b\\> late" in said(app)


def test_a_board_sees_no_small_count_in_either_column(open_app: OpenApp, late_address: str) -> None:
    app = open_app(late_address, page=PAGE, role="board", as_of=today().isoformat(), month=CODE)
    with desk_of(late_address) as desk:
        rows = in_words(reckoned(desk, Viewer("b", Role.BOARD)))
    row = rows.set_index("title").loc["Visits overdue"]
    assert (row["reported"], row["now"], row["difference"]) == ("Not shown", "Not shown", "Not shown")
    assert "Recorded late: a few visits." in html(app)
    assert not app.expander


def test_a_month_is_reopened_and_closed_anew_on_the_page(open_app: OpenApp, late_address: str) -> None:
    app = open_app(late_address, page=PAGE, role="slt", as_of=today().isoformat(), month=CODE)
    reopen = f"FormSubmitter:reopen month {MONTH_ON} 1-Reopen {MONTH}"
    app.button(key=reopen).click().run()
    assert "say why the month is reopened" in said(app)
    app.text_input(key="month_reason").set_value("A visit was missing")
    app.button(key=reopen).click().run()
    assert f"{MONTH} is open again." in said(app)
    app.button(key=f"FormSubmitter:close month {MONTH_ON} 2-Close {MONTH}").click().run()
    assert f"{MONTH} is closed." in said(app)
    with desk_of(late_address) as desk:
        [month] = closed_months(desk)
        assert (month.number, month.history[0].reason, reckoned(desk, SLT).restated) == (2, "A visit was missing", 0)
    assert f"closing={month.history[0].version}" in next(
        address for label, address in links(app).items() if label.startswith("Read what was reported")
    )


@pytest.mark.parametrize("day", [date(2025, 1, 31)])
def test_a_month_is_closed_on_todays_view_only(open_app: OpenApp, late_address: str, day: date) -> None:
    app = open_app(late_address, page=PAGE, role="analyst", as_of=day.isoformat(), month="2024-12")
    assert any("go back to today to do it" in caption.value for caption in app.caption)
