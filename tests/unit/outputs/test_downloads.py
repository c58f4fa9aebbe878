"""Files of lists: what is in them, what no spreadsheet runs, and what they say about themselves."""

import csv
import io
from datetime import UTC, date, datetime

import openpyxl
import pandas as pd
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from offendermgmt.outputs import workbook
from offendermgmt.outputs.list_csv import as_csv
from offendermgmt.outputs.listing import ListColumn, Listing, file_name
from offendermgmt.outputs.methodology import Methodology
from offendermgmt.outputs.workbook import as_workbook
from offendermgmt.services.figures import Definition
from offendermgmt.store.freshness import Freshness, LastLoad

MARKINGS = ("OFFICIAL-SENSITIVE", "SYNTHETIC DATA")
ROWS = pd.DataFrame(
    {
        "ref": ["0042", "=1+1", None],
        "at": pd.to_datetime(["2025-07-01T10:30Z", "2025-01-01T10:30Z", None], utc=True),
        "due_on": pd.to_datetime(["2025-07-01", None, "2025-07-03"]),
        "days": pd.array([3, None, -1], dtype="Int64"),
        "share": [0.123456, None, 1.0],
        "seen": pd.array([True, False, None], dtype="boolean"),
    }
)
COLUMNS = [
    ListColumn("ref", "Reference", meaning="The officer's collar number."),
    ListColumn("at", "Visited at", "moment"),
    ListColumn("due_on", "Due on", "day"),
    ListColumn("days", "Days", "number"),
    ListColumn("share", "Share", "share"),
    ListColumn("seen", "Seen", "flag"),
]
LISTING = Listing("Visits made alone", COLUMNS, ROWS)
LOAD = LastLoad("visits", "extract.zip", datetime(2025, 6, 30, 5, 10, tzinfo=UTC), "analyst", loaded=10, unchanged=0)
METHODOLOGY = Methodology(
    markings=MARKINGS,
    page="Double crewing",
    title="Visits made alone",
    rows=3,
    as_of=date(2025, 6, 30),
    known_at=datetime(2025, 6, 30, 22, 59, tzinfo=UTC),
    filters={"Team": "T1", "From": "2025-06-03"},
    policy_version="shipped-1",
    freshness=Freshness(7, (LOAD,), 2),
    definitions=[Definition("Visits made alone", "Attended by fewer than two officers.", ("W1",))],
    made_at=datetime(2025, 7, 1, 8, 0, tzinfo=UTC),
    made_by="DI Hazel, Detective inspector",
    reason="=Weekly review, for the DCI",
    columns=COLUMNS,
)


def opened(rows: pd.DataFrame = ROWS) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(as_workbook(Listing("Visits made alone", COLUMNS, rows), METHODOLOGY)))


def cells(sheet: Worksheet) -> list[list[object]]:
    return [list(row) for row in sheet.iter_rows(values_only=True)]


def said() -> dict[object, object]:
    return {row[0]: row[1] for row in cells(opened()["Methodology"])}


def test_the_first_sheet_bears_the_marking_then_the_list_as_shown() -> None:
    lines = cells(opened()["List"])
    assert lines[0][0] == "OFFICIAL-SENSITIVE, SYNTHETIC DATA"
    assert lines[1][0] == "Visits made alone: 3 rows"
    assert lines[2] == ["Reference", "Visited at (London time)", "Due on", "Days", "Share", "Seen"]
    assert lines[3] == ["0042", datetime(2025, 7, 1, 11, 30), datetime(2025, 7, 1), 3, 0.123456, "Yes"]  # noqa: DTZ001
    assert lines[4] == ["'=1+1", datetime(2025, 1, 1, 10, 30), None, None, None, "No"]  # noqa: DTZ001
    assert lines[5] == [None, None, datetime(2025, 7, 3), -1, 1, None]  # noqa: DTZ001


def test_no_cell_of_the_workbook_is_a_formula() -> None:
    book = opened()
    assert {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row} <= {"s", "n", "d"}
    assert said()["Why and to whom"] == "'=Weekly review, for the DCI"


def test_every_sheet_bears_the_marking_on_paper_too() -> None:
    for sheet in opened():
        assert "OFFICIAL-SENSITIVE" in str(sheet.oddHeader.center.text)


def test_shares_and_days_read_as_shares_and_days() -> None:
    (_, at, due, _, share, _) = next(opened()["List"].iter_rows(min_row=4))
    assert (at.number_format, due.number_format, share.number_format) == ("d mmm yyyy hh:mm", "d mmm yyyy", "0.0%")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Marking", "OFFICIAL-SENSITIVE, SYNTHETIC DATA"),
        ("Page", "Double crewing"),
        ("List", "Visits made alone"),
        ("Rows", "3"),
        ("Made at", "1 Jul 2025 09:00"),
        ("Made by", "DI Hazel, Detective inspector"),
        ("As of", "End of 30 Jun 2025: facts dated later do not count"),
        ("As known at", "30 Jun 2025 23:59"),
        ("Filter: Team", "T1"),
        ("Filter: From", "2025-06-03"),
        ("Policy version", "shipped-1"),
        ("Last load: visits", "30 Jun 2025 06:10, 10 rows in, from extract.zip, by analyst"),
        ("Refused rows waiting", "2"),
        ("Visits made alone", "Attended by fewer than two officers. (Rules W1.)"),
        ("Reference", "The officer's collar number."),
    ],
)
def test_the_methodology_says(name: str, text: str) -> None:
    assert said()[name] == text


def test_an_empty_list_is_a_sheet_of_headings() -> None:
    assert cells(opened(ROWS.iloc[:0])["List"])[2][0] == "Reference"
    assert len(cells(opened(ROWS.iloc[:0])["List"])) == 3


def test_more_rows_than_a_sheet_holds_are_refused_with_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "MOST_ROWS", 5)
    with pytest.raises(ValueError, match="3 rows and a sheet holds 5: narrow it, or take the CSV"):
        as_workbook(LISTING, METHODOLOGY)


def test_the_csv_bears_the_marking_and_runs_nothing() -> None:
    lines = list(csv.reader(io.StringIO(as_csv(LISTING, MARKINGS).decode("utf-8-sig"))))
    assert lines[0] == ["OFFICIAL-SENSITIVE", "SYNTHETIC DATA"]
    assert lines[1][:2] == ["Reference", "Visited at (London time)"]
    assert lines[2] == ["0042", "2025-07-01T11:30+01:00", "2025-07-01", "3", "0.1235", "true"]
    assert lines[3] == ["'=1+1", "2025-01-01T10:30+00:00", "", "", "", "false"]


def test_a_column_that_the_rows_lack_is_an_error() -> None:
    with pytest.raises(KeyError, match="name"):
        as_csv(Listing("x", [ListColumn("name", "Name")], ROWS), MARKINGS)


def test_the_files_name_is_marked_and_names_nobody() -> None:
    name = file_name(MARKINGS, "crewing", "Visits made alone", date(2025, 6, 30), "xlsx")
    assert name == "OFFICIAL-SENSITIVE_SYNTHETIC-DATA_crewing_visits-made-alone_2025-06-30.xlsx"
