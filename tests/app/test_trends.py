"""The page of trends, run without a browser."""

import re
from datetime import date
from urllib.parse import parse_qsl, urlsplit

import pytest
from streamlit.testing.v1 import AppTest

from app.parts.gaps import ALL_KEPT, GAPS
from offendermgmt.domain.periods import Every, Periods
from offendermgmt.services import reports
from offendermgmt.services.access import SYSTEM, Role, Viewer
from offendermgmt.services.desk import Desk
from offendermgmt.services.question import Question
from offendermgmt.services.trend_events import may_edit, trend_events
from tests.app.conftest import MOSOVO_ROLES, OpenApp
from tests.app.reading import html, links, payload, rows, said
from tests.app.small_store import AS_OF

PAGE = "../pages/trends.py"
FROM = date(2024, 9, 1)
TABLES = ("backlog_trend_table", "flow_trend_table", "compliance_trend_table", "attempts_trend_table")
OPENED = dict.fromkeys(TABLES, "true")
COUNTS_ONLY = [role for role in Role if not Viewer("", role).opens_lists]
MONTH = re.compile(r"(?P<first>\d+ \w+ \d{4}), (?P<name>[\w -]+): open (?P<number>[\d,]+)")


def opened(open_app: OpenApp, address: str, **query: str) -> AppTest:
    return open_app(address, page=PAGE, **{"from": FROM.isoformat(), **query})


@pytest.fixture
def desk(small_desk: Desk) -> Desk:
    return small_desk


def asked(desk: Desk) -> Question:
    months = Periods.between(FROM, AS_OF, Every.MONTH)
    return desk.question(SYSTEM, AS_OF, today=AS_OF, periods=months)


def column(app: AppTest, name: str) -> dict[str, int]:
    """Numbers of one column of the tables by period, those that open a list."""
    found = [match for label in links(app) if (match := MONTH.fullmatch(label)) and match["name"] == name]
    return {match["first"]: int(match["number"].replace(",", "")) for match in found}


def above_nought(starts: "list[date]", numbers: "list[int]") -> dict[str, int]:
    named = {f"{day.day} {day:%b %Y}": int(number) for day, number in zip(starts, numbers, strict=True)}
    return {day: number for day, number in named.items() if number}


@pytest.mark.parametrize(
    ("report", "name", "field"),
    [
        (reports.backlog_flow, "became overdue", "became_overdue"),
        (reports.backlog_flow, "visited", "visited"),
        (reports.backlog_flow, "closing", "closing"),
        (reports.compliance, "fell due", "due"),
        (reports.compliance, "visited in time", "met"),
        (reports.crewing, "attended", "attended"),
        (reports.crewing, "completed", "completed"),
    ],
)
def test_the_tables_are_the_reports_of_the_same_months(
    look: OpenApp, small_store_address: str, desk: Desk, report: reports.Report, name: str, field: str
) -> None:
    expected = report(asked(desk))

    app = opened(look, small_store_address, **OPENED)

    assert column(app, name) == above_nought(list(expected["period_start"].dt.date), list(expected[field]))


def test_the_backlog_by_risk_is_the_report(look: OpenApp, small_store_address: str, desk: Desk) -> None:
    report = reports.backlog(asked(desk))
    months = report.groupby("on")["overdue"].sum()

    app = opened(look, small_store_address, split="whole", **OPENED)

    assert column(app, "overdue") == above_nought([day.date() for day in months.index], list(months))


def test_everybody_managed_is_the_caseload_report(look: OpenApp, small_store_address: str, desk: Desk) -> None:
    cases = int(reports.caseload(asked(desk))["cases"].sum())

    app = opened(look, small_store_address, split="whole", **OPENED)

    assert column(app, "managed offenders")["30 Jun 2025"] == cases


@pytest.mark.parametrize("split", ["whole", "risk", "band", "team"])
def test_both_shares_stand_side_by_side_each_with_what_is_under_it(
    look: OpenApp, small_store_address: str, split: str
) -> None:
    shown = html(opened(look, small_store_address, split=split, measure="share_of_managed", **OPENED))
    headings = ["Visit clocks running", "Share of those to be visited", "Managed offenders", "Share of all managed"]
    places = [shown.index(f">{heading}</th>") for heading in headings]
    assert places == sorted(places)


OPENING = ["became overdue", "visited", "closing", "fell due", "no reply", "not overdue", "managed offenders"]


@pytest.mark.parametrize("name", OPENING)
def test_a_number_opens_a_list_of_its_length(look: OpenApp, small_store_address: str, name: str) -> None:
    app = opened(look, small_store_address, split="whole", **OPENED)
    found = {label: int(match["number"]) for label in links(app) if (match := MONTH.fullmatch(label))}
    label = max((label for label in found if f", {name}:" in label), key=lambda label: found[label])
    asked_for = dict(parse_qsl(urlsplit(links(app)[label]).query))

    listed = look(small_store_address, page=PAGE, **{key: asked_for[key] for key in asked_for if key != "role"})

    shown = html(listed).split(f"<caption>{found[label]} ")
    assert len(shown) == 2
    assert shown[1].split("</table>")[0].count("<tr>") == found[label] + 1


def test_the_identity_over_the_range_adds_up(look: OpenApp, small_store_address: str, desk: Desk) -> None:
    flow = reports.backlog_flow(asked(desk))
    app = opened(look, small_store_address)
    came = flow["became_overdue"].sum()
    gone = flow[["visited", "interval_changed", "suspended", "ended"]].sum().sum()

    assert f"plus became overdue: open {came}" in "\n".join(links(app))
    assert flow["opening"].iloc[0] + came - gone == flow["closing"].iloc[-1]


def test_every_event_in_the_range_is_listed(look: OpenApp, small_store_address: str, desk: Desk) -> None:
    titles = [event.text.title for event in trend_events(desk)]
    shown = html(opened(look, small_store_address))
    assert titles
    assert [title for title in titles if title not in shown] == []


@pytest.mark.parametrize("role", MOSOVO_ROLES, ids=str)
def test_every_role_is_shown_the_page_and_only_some_the_editor(
    look: OpenApp, small_store_address: str, role: Role
) -> None:
    app = opened(look, small_store_address, role=str(role))

    editors = [button.label for button in app.button if button.label == "Add"]
    assert (list(app.exception), list(app.error), bool(editors)) == ([], [], may_edit(Viewer("", role)))


@pytest.mark.parametrize("role", COUNTS_ONLY, ids=str)
def test_who_sees_counts_only_gets_no_list_no_split_and_no_reference(
    look: OpenApp, small_store_address: str, role: Role
) -> None:
    days = {"list": "visited", "list_from": FROM.isoformat(), "list_to": AS_OF.isoformat()}

    app = opened(look, small_store_address, role=str(role), split="team", **days, **OPENED)

    assert "sees counts, not people" in said(app)
    assert (rows(app), column(app, "visited"), "FEN-V-" in payload(app)) == ([], {}, False)
    newest = html(app).split("No value")[0]
    assert newest.count("Not shown") > len(TABLES)


@pytest.mark.parametrize(("role", "kept"), [("board", True), ("di", False)])
def test_a_number_kept_from_a_chart_is_said_to_be_no_nought(
    look: OpenApp, small_store_address: str, role: str, kept: bool
) -> None:
    app = opened(look, small_store_address, role=role)
    shown = {text.value for text in (*app.caption, *app.markdown)}
    assert bool(shown & {GAPS, ALL_KEPT}) is kept


def test_a_board_reads_whole_months_as_known_now(look: OpenApp, small_store_address: str) -> None:
    asked_for = {"every": "day", "as_of": "2025-06-12", "known_on": "2025-06-20"}
    app = opened(look, small_store_address, role="board", **asked_for)
    assert "1 Jun 2022 to 31 May 2025" in said(app)
    assert "as known at" not in said(app)
    assert {field.label for field in app.date_input} == {"As-of day", "Earlier day", "Later day"}


@pytest.mark.parametrize("split", ["whole", "risk", "band", "team"])
@pytest.mark.parametrize("every", ["day", "week", "month"])
def test_a_store_without_loads_is_drawn_and_said(
    open_app: OpenApp, empty_store_address: str, split: str, every: str
) -> None:
    app = opened(open_app, empty_store_address, split=split, every=every, **OPENED)
    assert (list(app.exception), list(app.error)) == ([], [])


def test_nothing_to_count_from_has_no_value(open_app: OpenApp, empty_store_address: str) -> None:
    shown = html(opened(open_app, empty_store_address, split="whole", **OPENED))
    assert "No value" in shown
    assert re.search(r">\s*(0.0|100.0)%", shown) is None


def test_one_overdue_offender_is_a_trend_of_one(open_app: OpenApp, one_overdue_address: str) -> None:
    app = opened(open_app, one_overdue_address, split="team", **OPENED)
    assert column(app, "overdue") == {"30 Jun 2025": 1}


@pytest.mark.parametrize(
    ("key", "value", "message"),
    [
        ("from", "2030-01-01", "'2030-01-01' in the address is no day up to 30 Jun 2025"),
        ("from", "yesterday", "'yesterday' in the address is no day up to 30 Jun 2025"),
        ("day_a", "2025-06-30", "is not before the later day"),
    ],
)
def test_a_day_that_cannot_be_is_said(
    look: OpenApp, small_store_address: str, key: str, value: str, message: str
) -> None:
    app = opened(look, small_store_address, **{key: value})
    assert message in said(app)
    assert list(app.exception) == []


@pytest.mark.parametrize("asked_for", [{"list": "nonsense"}, {"list": "visited", "list_from": "x"}, {"every": "year"}])
def test_an_address_of_nonsense_opens_the_page_without_a_list(
    look: OpenApp, small_store_address: str, asked_for: dict[str, str]
) -> None:
    app = opened(look, small_store_address, **asked_for)
    assert (list(app.exception), list(app.error), rows(app)) == ([], [], [])


def test_an_inspector_adds_an_event_and_sees_it_marked(open_app: OpenApp, one_overdue_address: str) -> None:
    app = opened(open_app, one_overdue_address)
    app.text_input[0].input("Extra officers start")
    next(button for button in app.button if button.label == "Add").click()
    app.run()
    assert "Extra officers start" in html(app)


def test_an_event_without_a_title_is_refused_in_words(open_app: OpenApp, one_overdue_address: str) -> None:
    app = opened(open_app, one_overdue_address)
    next(button for button in app.button if button.label == "Add").click()
    app.run()
    assert "Give the event a title" in said(app)
