"""The boards' pages: what stands out, each question's measures, what is kept from whom, and the pack's own figures."""

import json
import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from app.navigation import BOARDS, first_place, places_for
from app.parts.words import plural
from offendermgmt.commands.demo import FORCE_REF
from offendermgmt.domain.vocabulary import Board
from offendermgmt.outputs.packs.pack import glance, standing_out
from offendermgmt.services.access import Role, Viewer
from offendermgmt.services.board_page import Standing, kept_view, standing_of, standings
from offendermgmt.services.board_types import BoardView
from offendermgmt.services.boards import board_view
from offendermgmt.services.closing import close_month
from offendermgmt.services.desk import Desk
from offendermgmt.store import Store
from tests.app.conftest import Made, OpenApp
from tests.app.reading import html, links, payload, said
from tests.app.small_store import AS_OF

JUNE = date(2025, 6, 1)
SLT, FPB, PVM = (BOARDS[board].script for board in (Board.SLT, Board.FPB, Board.PVM))
READERS = {Role.DI, Role.DCI, Role.SLT, Role.ANALYST, Role.AUDITOR}
LEADER = Viewer("Supt Oak", Role.SLT)


def view_of(address: str, board: Board, viewer: Viewer = LEADER) -> BoardView:
    """The month of June as a pack is made of it."""
    with Store(address) as store:
        desk = Desk(store, FORCE_REF)
        today = datetime.now(UTC).date()
        return board_view(desk, desk.question(viewer, AS_OF, today=today), board, JUNE)


def cells(app: AppTest) -> str:
    """The texts of the tables drawn, without mark-up."""
    return re.sub(r"<[^>]+>", "|", html(app)).replace("&amp;", "&").replace("&#x27;", "'")


def shown(app: AppTest) -> list[float]:
    """Every value that some chart of a count has a point for."""
    specs = [json.loads(chart.proto.spec) for chart in app.get("plotly_chart")]
    return [
        float(value)
        for spec in specs
        for trace in spec["data"]
        if "markers" in trace.get("mode", "") and "%" not in spec["layout"]["yaxis"]["title"]["text"]
        for value in trace["y"]
        if value is not None
    ]


def test_the_page_has_the_figures_of_the_pack(open_app: OpenApp, small_store_address: str, offered: Made) -> None:
    app = open_app(small_store_address, page=SLT, role="slt")
    view, text = view_of(small_store_address, Board.SLT), cells(app)
    assert not app.exception
    assert app.selectbox(key="board_month").value == "2025-06"
    for told in (standing_out(view), *(glance(view, question) for question in view.questions)):
        for row in told.rows:
            for cell in row:
                assert str(cell) in text
    assert len(app.header) == 1 + len(view.questions) + len(view.tables) + 4
    assert [label.rsplit(" ", 1)[-1] for label in offered if label.startswith("Pack")] == [
        "PowerPoint",
        "workbook",
        "PDF",
    ]
    asks = [each for each in view.measures if standing_of(view, each) in {Standing.CONCERN, Standing.UNUSUAL}]
    assert [heading.value for heading in app.subheader] == [each.measure.title for each in asks]


def test_measures_by_signal_add_up_to_all_of_them(small_store_address: str) -> None:
    view = view_of(small_store_address, Board.SLT)
    counted = standings(view)
    assert sum(counted.values()) == len(view.measures)
    assert standing_out(view).finding.startswith(
        f"Of {len(view.measures)} measures {plural(counted[Standing.CONCERN], 'is', 'are')} a concern and "
        f"{counted[Standing.IMPROVEMENT]} an improvement"
    )


def test_a_measure_opens_by_its_link_with_the_list_behind_it(open_app: OpenApp, small_store_address: str) -> None:
    app = open_app(small_store_address, page=SLT, role="slt", measure="double-crewed")
    found = links(app)
    assert "Double-crewed visits" in [heading.value for heading in app.subheader]
    assert "measure=" not in found["Close Double-crewed visits"]
    assert found["Double crewing, 30 Jun 2025"].startswith("./crewing?")
    assert "measure=compliance" in found["Open the chart of Visits made in time"]


def test_the_performance_board_reads_no_small_count_in_any_chart_or_table(
    open_app: OpenApp, small_store_address: str
) -> None:
    app = open_app(small_store_address, page=FPB, role="board", charts="all", months="36")
    view, text = view_of(small_store_address, Board.FPB), cells(app)
    assert not app.exception
    assert len(app.get("plotly_chart")) == sum(each.series.newest is not None for each in view.measures)
    assert shown(app)
    assert [value for value in shown(app) if 0 < value < 5] == []
    assert re.findall(r"\b[1-4] of \d+\|", text) == []
    assert "Not shown" in text
    assert (len(app.text_area), len(app.get("form"))) == (0, 0)


@pytest.mark.parametrize("script", [FPB, PVM])
def test_papers_that_leave_the_units_are_the_same_whoever_looks(
    open_app: OpenApp, small_store_address: str, script: str
) -> None:
    tables = [
        re.findall(
            r"<td.*?</td>", re.sub(r'href="[^"]*"', "", html(open_app(small_store_address, page=script, role=role)))
        )
        for role in ("slt", "board")
    ]
    assert tables[0] == tables[1]
    assert tables[0]


def test_nothing_loaded_is_said(open_app: OpenApp, empty_store_address: str) -> None:
    app = open_app(empty_store_address, page=SLT, role="slt", charts="all")
    text = payload(app)
    assert not app.exception
    assert len(app.get("plotly_chart")) == 0
    assert "No month has a value that can be shown." in text
    assert "No action is open." in text


def test_one_month_of_data_is_not_judged(open_app: OpenApp, one_overdue_address: str) -> None:
    app = open_app(one_overdue_address, page=SLT, role="slt", measure="overdue")
    assert not app.exception
    assert "**1** in June 2025." in said(app)
    assert "Not judged: 1 in June 2025, with no usual range to judge it by" in payload(app)


def test_a_running_month_is_read_so_far_and_is_no_signal(open_app: OpenApp, one_overdue_address: str) -> None:
    today = datetime.now(UTC).date()
    month = f"{today:%Y-%m}"
    app = open_app(one_overdue_address, page=SLT, role="slt", as_of=today.isoformat(), month=month, measure="overdue")
    assert "The month is not over" in said(app)
    assert "so far, to" in said(app)
    assert app.selectbox(key="board_month").value == month
    (row,) = re.findall(r"<tr[^>]*>(?:(?!</tr>).)*Visits overdue(?:(?!</tr>).)*</tr>", html(app), re.DOTALL)
    assert "Not judged" in row


def test_a_closed_month_stays_as_reported_beside_what_is_known_now(open_app: OpenApp, one_overdue_address: str) -> None:
    with Store(one_overdue_address) as store:
        close_month(Desk(store, FORCE_REF), LEADER, JUNE, 0, now=datetime.now(UTC))
        with store.write(FORCE_REF, user="tester", source="extract") as work:
            work.insert(
                "visits",
                {
                    "visit_ref": ["a"],
                    "offender_ref": ["V1"],
                    "visited_at": [datetime(2025, 6, 10, 10, tzinfo=UTC)],
                    "outcome": ["completed"],
                    "officer_refs": ["0042"],
                },
            )
    app = open_app(one_overdue_address, page=SLT, role="slt", measure="overdue")
    text = said(app)
    assert "the month was closed on" in text
    assert "**1** in June 2025. As known now: **0**. Recorded late\\: 1 visit." in text
    assert "are known otherwise now" in text
    assert len(app.text_area) == 0, "no commentary is written on a closed month"


def test_commentary_is_written_where_the_measure_is(open_app: OpenApp, one_overdue_address: str) -> None:
    app = open_app(one_overdue_address, page=SLT, role="dci", measure="overdue")
    app.text_area(key="commentary overdue 2025-06 what").set_value("One visit was missed.")
    next(button for button in app.button if button.label == "Save as draft").click().run()
    assert app.success[0].value == "Saved as a draft."
    again = open_app(one_overdue_address, page=SLT, role="dci")
    assert [heading.value for heading in again.subheader] == ["Visits overdue"], "what is commented on is drawn"
    assert "One visit was missed." in payload(again)


def test_a_month_that_is_none_is_said(open_app: OpenApp, one_overdue_address: str) -> None:
    app = open_app(one_overdue_address, page=SLT, role="slt", month="2031-13")
    assert "month '2031-13'" in app.warning[0].value
    assert app.selectbox(key="board_month").value == "2025-06"


def test_the_view_is_kept_until_something_is_written(tmp_path: Path, one_overdue_address: str) -> None:
    with Store(one_overdue_address) as store:
        desk = Desk(store, FORCE_REF)

        def asked() -> BoardView:
            return kept_view(desk, desk.question(LEADER, AS_OF, today=AS_OF), Board.SLT, JUNE, 13)

        first = asked()
        assert asked() is first
        with store.write(FORCE_REF, user="tester", source="extract") as work:
            work.insert("teams", {"team_ref": ["T2"], "name": ["South"], "unit": ["MOSOVO"]})
        assert asked() is not first


@pytest.mark.parametrize("role", list(Role))
def test_each_paper_is_for_its_readers(role: Role) -> None:
    viewer = Viewer("x", role)
    places = places_for(viewer)
    assert (BOARDS[Board.SLT] in places) is (role in READERS)
    assert [BOARDS[board] in places for board in (Board.FPB, Board.PVM)] == [role in {*READERS, Role.BOARD}] * 2


@pytest.mark.parametrize(("role", "board"), [(Role.SLT, Board.SLT), (Role.BOARD, Board.FPB)])
def test_who_reads_a_paper_once_a_month_begins_with_it(role: Role, board: Board) -> None:
    assert first_place(Viewer("x", role)) is BOARDS[board]
