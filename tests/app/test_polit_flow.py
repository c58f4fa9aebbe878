"""The page of POLIT's flow and timeliness, run without a browser."""

import re
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from streamlit.testing.v1 import AppTest

from app.parts.polit_flow import files as polit_flow_files
from app.parts.trend_files import TrendFile
from offendermgmt.commands.demo import FORCE_REF
from offendermgmt.domain.periods import Every, Periods
from offendermgmt.services import reports
from offendermgmt.services.access import SYSTEM, Role, Viewer
from offendermgmt.services.desk import Desk
from offendermgmt.services.polit_flow import FlowBoard, flow_board
from offendermgmt.services.question import Question
from offendermgmt.store import Store
from tests.app.conftest import POLIT_ROLES, Made, OpenApp
from tests.app.reading import html, links, payload, rows, said
from tests.app.small_store import AS_OF, LOADED_AT, empty_store

PAGE = "../pages/polit_flow.py"
FROM = date(2024, 9, 1)
TABLES = ("children", "polit_backlog", "referrals", "stays", "acted", "clocks", "outcomes", "work")
OPENED = {f"{name}_table": "true" for name in TABLES}
COUNTS_ONLY = [role for role in Role if not Viewer("", role).opens_lists]
NUMBER = re.compile(r"(?P<row>[^,]+), (?P<name>[^:]+): open (?P<number>[\d,]+)")


def opened(open_app: OpenApp, address: str, **query: str) -> AppTest:
    return open_app(address, page=PAGE, **{"from": FROM.isoformat(), **query})


@pytest.fixture
def asked(small_desk: Desk) -> Question:
    months = Periods.between(FROM, AS_OF, Every.MONTH)
    return small_desk.question(SYSTEM, AS_OF, today=AS_OF, periods=months)


@pytest.fixture
def board(asked: Question) -> FlowBoard:
    return flow_board(asked)


@pytest.fixture
def one_case(tmp_path: Path) -> str:
    """A store with one case, received in May 2025 and closed in June without an outcome."""
    address = empty_store(tmp_path)
    with Store(address) as store, store.write(FORCE_REF, user="tester", source="extract") as work:
        case: dict[str, list[Any]] = {"case_ref": ["C1"], "recorded_at": [LOADED_AT]}
        work.insert("polit_cases", {**case, "received_on": [date(2025, 5, 5)], "source": [None]})
        work.insert("polit_stages", {**case, "from_on": [date(2025, 6, 2)], "stage": ["closed"], "outcome": [None]})
    return address


def column(app: AppTest, name: str) -> dict[str, int]:
    """Numbers of one column of the tables by row, those that open a list."""
    found = [match for label in links(app) if (match := NUMBER.fullmatch(label)) and match["name"] == name]
    return {match["row"]: int(match["number"].replace(",", "")) for match in found}


def by_month(starts: "list[date]", numbers: "list[int]") -> dict[str, int]:
    named = {f"{day.day} {day:%b %Y}": int(number) for day, number in zip(starts, numbers, strict=True)}
    return {day: number for day, number in named.items() if number}


@pytest.mark.parametrize(
    ("field", "name"),
    [
        ("received", "received into the backlog"),
        ("returned", "returned"),
        ("progressed", "progressed"),
        ("closed_from_backlog", "closed from the backlog"),
        ("opening", "opening"),
        ("closing", "closing"),
    ],
)
def test_the_flow_is_the_report_of_the_same_months(
    look: OpenApp, small_store_address: str, asked: Question, field: str, name: str
) -> None:
    report = reports.polit_flow(asked)

    app = opened(look, small_store_address, polit_backlog_table="true")

    assert column(app, name) == by_month(list(report["period_start"].dt.date), list(report[field]))


@pytest.mark.parametrize(("field", "name"), [("acted", "acted on"), ("in_time", "in time")])
def test_time_to_act_is_the_report_of_the_same_months(
    look: OpenApp, small_store_address: str, asked: Question, field: str, name: str
) -> None:
    report = reports.polit_timeliness(asked)
    high = report[report["risk_level"] == "high"]

    app = opened(look, small_store_address, level="high", acted_table="true")

    shown = {row: number for row, number in column(app, name).items() if row[0].isdigit()}
    assert shown == by_month(list(high["period_start"].dt.date), list(high[field]))
    assert column(app, name).get("All levels", 0) == report[field].sum()


def test_every_set_of_figures_stands_on_the_page(look: OpenApp, small_store_address: str, board: FlowBoard) -> None:
    app = opened(look, small_store_address, **OPENED)

    for part, field, name in (
        (board.children, "safeguarded", "children safeguarded"),
        (board.outcomes, "closed", "cases closed"),
        (board.work, "arrest", "arrests"),
        (board.work, "warrant", "warrants"),
    ):
        periods = part.periods
        shown = {row: number for row, number in column(app, name).items() if row[0].isdigit()}
        assert shown == by_month(list(periods["period_start"].dt.date), list(periods[field]))
    stages = board.stays.whole
    assert sum(column(app, "still there now").values()) == stages["running"].sum() > 0
    assert column(app, "cases it applies to")["Assessment"] == board.referrals.whole["referrals"].item()


@pytest.mark.parametrize(
    "name",
    [
        *("opening", "progressed", "closed from the backlog", "referrals received", "stays that ended"),
        *("still there now", "late", "done", "still waiting", "cases closed", "arrests", "children safeguarded"),
    ],
)
def test_a_number_opens_a_list_of_its_length(look: OpenApp, small_store_address: str, name: str) -> None:
    app = opened(look, small_store_address, **OPENED)
    found = {label: int(match["number"]) for label in links(app) if (match := NUMBER.fullmatch(label))}
    label = max(
        (label for label in found if f", {name}:" in label), key=lambda label: (found[label] < 200, found[label])
    )
    query = dict(parse_qsl(urlsplit(links(app)[label]).query))

    listed = look(small_store_address, page=PAGE, **{key: query[key] for key in query if key != "role"})

    tables = [table for table in html(listed).split("<caption>")[1:] if re.match(rf"{found[label]:,} [a-z]+<", table)]
    assert len(tables) == 1
    assert tables[0].split("</table>")[0].count("<tr>") == found[label] + 1


def test_a_row_of_a_list_opens_the_case_and_the_way_back(look: OpenApp, small_store_address: str) -> None:
    days = {"list": "closing", "list_from": AS_OF.isoformat(), "list_to": AS_OF.isoformat()}
    app = opened(look, small_store_address, **days)
    ref = rows(app)[0]
    address = urlsplit(links(app)[f"Open {ref}"])
    query = dict(parse_qsl(address.query))
    assert (address.path, query["case"], query["back"], query["list"]) == ("./polit-case", ref, "polit-flow", "closing")


def test_the_identity_over_the_range_adds_up(look: OpenApp, small_store_address: str, board: FlowBoard) -> None:
    whole = board.flow.whole.iloc[0]
    app = opened(look, small_store_address)
    assert f"plus received into the backlog: open {whole['received']}" in "\n".join(links(app))
    came, gone = whole["received"] + whole["returned"], whole["progressed"] + whole["closed_from_backlog"]
    assert whole["opening"] + came - gone == whole["closing"]


@pytest.mark.parametrize("every", ["day", "week", "month"])
@pytest.mark.parametrize("role", POLIT_ROLES, ids=str)
def test_every_role_of_the_unit_is_shown_the_page(
    look: OpenApp, small_store_address: str, role: Role, every: str
) -> None:
    app = opened(look, small_store_address, role=str(role), every=every, **{"from": "2025-06-01"})
    assert (list(app.exception), list(app.error)) == ([], [])
    assert "Showing" in said(app)


@pytest.mark.parametrize("role", COUNTS_ONLY, ids=str)
def test_who_sees_counts_only_gets_no_list_no_reference_and_no_small_count(
    look: OpenApp, small_store_address: str, role: Role
) -> None:
    days = {"list": "closed", "list_from": FROM.isoformat(), "list_to": AS_OF.isoformat()}

    app = opened(look, small_store_address, role=str(role), level="high", **days, **OPENED)

    assert "sees counts, not people" in said(app)
    assert (rows(app), column(app, "cases closed"), "FEN-P-" in payload(app)) == ([], {}, False)
    assert "Not shown" in html(app)
    assert re.search(r'<td class="number">[1-4]</td>', without_days(html(app))) is None


def test_a_board_is_told_that_a_gap_is_not_nought(look: OpenApp, small_store_address: str) -> None:
    board, inspector = (opened(look, small_store_address, role=role) for role in ("board", "di"))
    told = ["not nought" in "\n".join(caption.value for caption in app.caption) for app in (board, inspector)]
    assert told == [True, False]


def without_days(text: str) -> str:
    """The tables without those whose columns are days: a number of days is no count of people."""
    return "".join(table for table in text.split("<table") if ", days</th>" not in table)


def test_a_team_is_told_why_it_has_few_referrals(look: OpenApp, small_store_address: str, asked: Question) -> None:
    teams = asked.snapshot.facts.tables["teams"]
    (team,) = teams[(teams["unit"] == "POLIT").to_numpy()]["team_ref"]
    app = opened(look, small_store_address, team=str(team), **OPENED)
    assert "Referrals are mostly held by nobody on the day they are received" in "\n".join(
        caption.value for caption in app.caption
    )
    assert "Transferred in" in html(app)


@pytest.mark.parametrize("role", POLIT_ROLES, ids=str)
def test_no_case_is_said(look: OpenApp, empty_store_address: str, role: Role) -> None:
    app = opened(look, empty_store_address, role=str(role), **OPENED)
    assert (list(app.exception), list(app.error)) == ([], [])
    assert "No POLIT case was on record here up to 30 Jun 2025." in said(app)


def test_one_case_reads_as_one_case(open_app: OpenApp, one_case: str) -> None:
    app = opened(open_app, one_case, **OPENED)
    assert list(app.exception) == []
    assert column(app, "referrals received") == {"Not recorded": 1, "1 May 2025": 1}
    assert column(app, "cases closed") == {"Not recorded": 1, "1 Jun 2025": 1}
    assert column(app, "closed without it") == dict.fromkeys(
        ("Allocation", "Assessment", "Enforcement", "Live stage"), 1
    )


def test_a_month_without_receipts_has_noughts_and_no_rate(open_app: OpenApp, one_case: str) -> None:
    shown = html(opened(open_app, one_case, **{**OPENED, "from": "2025-06-03"}))
    assert "No value" in shown
    assert re.search(r">\s*(0.0|100.0)%", shown) is None


def test_a_month_that_is_not_over_is_said(open_app: OpenApp, one_case: str) -> None:
    over, cut = (opened(open_app, one_case, as_of=day) for day in ("2025-06-30", "2025-06-29"))
    captions = ["\n".join(caption.value for caption in app.caption) for app in (over, cut)]
    assert ["The newest month is not over" in text for text in captions] == [False, True]


@pytest.mark.parametrize(
    "query",
    [
        {"list": "nonsense"},
        {"list": "closed", "list_from": "x", "list_to": "y"},
        {"stage": "none", "level": "none", "clock": "none"},
        {"list": "arrest", "list_from": "2025-05-01", "list_to": "2025-05-31", "list_group": "nonsense"},
        {"list": "left", "list_from": "2025-05-01", "list_to": "2025-06-30", "list_group": "nonsense"},
        {"list": "referrals", "list_from": "2025-05-01", "list_to": "2025-05-31", "list_group": "=nobody"},
    ],
)
def test_an_address_of_nonsense_opens_the_page_without_a_list(
    open_app: OpenApp, one_case: str, query: dict[str, str]
) -> None:
    app = opened(open_app, one_case, **query)
    assert (list(app.exception), list(app.error), rows(app)) == ([], [], [])


def test_every_table_and_list_can_be_downloaded(open_app: OpenApp, small_store_address: str, offered: Made) -> None:
    days = {"list": "closed", "list_from": FROM.isoformat(), "list_to": AS_OF.isoformat()}
    opened(open_app, small_store_address, **OPENED, **days)
    files = {label.removesuffix(" as CSV"): make for label, make in offered.items() if label.endswith(" as CSV")}
    titles = {one.title for one in vars(polit_flow_files).values() if isinstance(one, TrendFile)}
    assert {*titles, "Cases closed"} <= set(files)
    assert "Awaiting allocation" in files["Time in stage by period"]().decode("utf-8-sig")
