"""What the pages offer for download: every file can be made, and holds what its reader may see."""

import csv
import io

import openpyxl
import pytest
from sqlalchemy import select

from offendermgmt.services.caseload import WITHOUT_TIME
from offendermgmt.services.trend_events import trend_events
from offendermgmt.store import Store
from offendermgmt.store.tables.ledger import AuditRecord
from tests.app.conftest import Made, OpenApp
from tests.app.reading import rows
from tests.app.small_store import kept_desk

PAGES = {
    "overdue": ("../pages/overdue.py", {}),
    "crewing": ("../pages/crewing.py", {"as_of": "2024-09-30", "range": "this-quarter"}),
    "assessments": ("../pages/assessments.py", {"list": "unseen"}),
    "caseload": ("../pages/caseload.py", {"holder": WITHOUT_TIME}),
    "trends": (
        "../pages/trends.py",
        {
            "from": "2024-09-01",
            "list": "running",
            "list_from": "2025-06-30",
            "list_to": "2025-06-30",
            "backlog_trend_table": "true",
            "flow_trend_table": "true",
            "compliance_trend_table": "true",
            "attempts_trend_table": "true",
            "recording_trend_table": "true",
        },
    ),
}
every_page = pytest.mark.parametrize("name", list(PAGES))


def files(open_app: OpenApp, address: str, offered: Made, name: str, role: str) -> dict[str, bytes]:
    page, view = PAGES[name]
    app = open_app(address, page=page, role=role, **view)
    for field in app.text_input:
        if field.label == "Why, and to whom it goes":
            field.set_value("weekly review")
    offered.clear()
    app.run()
    return {label: make() for label, make in offered.items()}


@every_page
@pytest.mark.parametrize("role", ["di", "analyst"])
def test_names_leave_only_with_who_sees_them(
    open_app: OpenApp, small_store_address: str, offered: Made, name: str, role: str
) -> None:
    desk = kept_desk(small_store_address)
    names = [text for text in desk.names(desk.snapshot().facts.registers["offender"]).values() if text]

    made = files(open_app, small_store_address, offered, name, role)

    sent = "\n".join(text.decode("utf-8-sig") for label, text in made.items() if label.endswith("CSV"))
    assert "FEN-V" in sent
    assert any(text in sent for text in names) is (role == "di")


@every_page
def test_every_file_is_marked_and_has_a_workbook_beside_it(
    open_app: OpenApp, small_store_address: str, offered: Made, name: str
) -> None:
    made = files(open_app, small_store_address, offered, name, "di")

    tables = {label: content for label, content in made.items() if label.endswith("CSV")}
    assert len(made) == 2 * len(tables) > 0
    for content in tables.values():
        lines = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
        assert lines[0] == ["OFFICIAL-SENSITIVE", "SYNTHETIC DATA"]
        assert len(lines) > 2


def test_the_file_of_overdue_visits_has_everyone_overdue(
    open_app: OpenApp, small_store_address: str, offered: Made
) -> None:
    app = open_app(small_store_address, page="../pages/overdue.py", role="analyst")

    lines = list(csv.reader(io.StringIO(offered["Offenders overdue for a visit as CSV"]().decode("utf-8-sig"))))
    assert str(len(lines) - 2) == {metric.label: metric.value for metric in app.metric}["Visits overdue"]


def test_a_board_is_offered_no_list_of_people(open_app: OpenApp, small_store_address: str, offered: Made) -> None:
    assert files(open_app, small_store_address, offered, "overdue", "board") == {}
    made = files(open_app, small_store_address, offered, "crewing", "board")
    assert {label.rsplit(" as ")[0] for label in made} == {"Double crewing by month"}


def test_every_trend_is_offered_to_a_board_without_people_or_small_counts(
    open_app: OpenApp, small_store_address: str, offered: Made
) -> None:
    made = files(open_app, small_store_address, offered, "trends", "board")

    assert {label.rsplit(" as ")[0] for label in made} == {
        "Backlog by period",
        "In and out of the backlog by period",
        "Compliance by period",
        "Visits by outcome and period",
        "Days from visit to record by month",
        "Two days compared",
        "Events marked on the charts",
    }
    sent = [content.decode("utf-8-sig") for label, content in made.items() if label.endswith("CSV")]
    assert "FEN-V" not in "".join(sent)


@pytest.mark.parametrize(
    ("every", "periods"), [("week", "Weeks from Monday"), ("month", "Calendar months"), ("day", "Days")]
)
def test_the_file_of_a_trend_says_its_range_and_how_long_its_periods_are(
    open_app: OpenApp, small_store_address: str, offered: Made, every: str, periods: str
) -> None:
    tables = {"backlog_trend_table": "true", "recording_trend_table": "true"}
    view = {"from": "2025-05-01", "every": every, **tables}
    open_app(small_store_address, page="../pages/trends.py", role="analyst", **view)

    said = [
        dict(openpyxl.load_workbook(io.BytesIO(offered[title]()))["Methodology"].iter_rows(values_only=True))
        for title in ("Backlog by period as Excel workbook", "Days from visit to record by month as Excel workbook")
    ]
    assert [sheet["Filter: Range"] for sheet in said] == ["1 May 2025 to 30 Jun 2025"] * 2
    assert said[0]["Filter: Periods"].startswith(periods)
    assert said[1]["Filter: Periods"].startswith("Calendar months")


def test_the_events_on_the_charts_leave_with_their_numbers(
    open_app: OpenApp, small_store_address: str, offered: Made
) -> None:
    open_app(small_store_address, page="../pages/trends.py", role="di", **{"from": "2024-09-01"})
    titles = [event.text.title for event in trend_events(kept_desk(small_store_address))]

    text = offered["Events marked on the charts as CSV"]().decode("utf-8-sig").split("\r\n", 1)[1]
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [row["Event"] for row in rows] == titles
    assert [row["Mark"] for row in rows] == [str(number) for number in range(1, len(titles) + 1)]


def test_the_list_behind_a_number_of_a_trend_leaves_whole(
    open_app: OpenApp, small_store_address: str, offered: Made
) -> None:
    made = files(open_app, small_store_address, offered, "trends", "analyst")

    listed, backlog = (
        list(csv.DictReader(io.StringIO(made[f"{title} as CSV"].decode("utf-8-sig").split("\r\n", 1)[1])))
        for title in ("Visit clocks running: offenders", "Backlog by period")
    )
    assert len(listed) == sum(int(row["Visit clocks running"]) for row in backlog if row["End of"] == "2025-06-30") > 0


HISTORIES = {"Visits", "Assessments", "States", "Holders", "Reviews", "Orders", "Own intervals", "Recordings"}


@pytest.mark.parametrize("role", ["di", "auditor", "analyst"])
def test_the_histories_of_a_record_leave_with_a_reason_about_the_person(
    open_app: OpenApp, small_store_address: str, offered: Made, role: str
) -> None:
    ref = rows(open_app(small_store_address, page="../pages/overdue.py", role=role))[0]
    app = open_app(small_store_address, page="../pages/offender.py", role=role, ref=ref)
    with pytest.raises(ValueError, match="one person's record"):
        offered["Visits as CSV"]()
    for field in app.text_input:
        if field.label == "Why, and to whom it goes":
            field.set_value("court, for the CPS")
    offered.clear()
    app.run()

    made = {label: make() for label, make in offered.items()}

    titles = {label.rsplit(" as ")[0] for label in made}
    assert {"Visits", "Assessments", "Holders", "Recordings"} <= titles <= HISTORIES
    tables = [content.decode("utf-8-sig") for label, content in made.items() if label.endswith("CSV")]
    assert all(line.startswith(ref) for table in tables for line in table.splitlines()[2:])
    with Store(small_store_address) as store, store.read() as connection:
        query = select(AuditRecord.subject_kind, AuditRecord.subject_ref).where(AuditRecord.action == "downloaded")
        about = [tuple(row) for row in connection.execute(query.order_by(AuditRecord.at.desc()).limit(len(made)))]
    assert set(about) == {("offender", ref)}


def test_availability_can_be_downloaded(open_app: OpenApp, small_store_address: str, offered: Made) -> None:
    open_app(small_store_address, page="../pages/caseload.py", role="di")
    assert "Back on" in offered["Availability of officers as CSV"]().decode()
