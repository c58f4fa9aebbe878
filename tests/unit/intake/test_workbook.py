from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from offendermgmt.intake.reading import read_extract
from offendermgmt.intake.table import LoadRefused, ReadingLimits


def workbook(path: Path, **sheets: Sequence[Sequence[Any]]) -> Path:
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


OFFICERS: list[Any] = ["officer_ref", "is_supervisor", "fte", "from_on"]
VISITS: list[Any] = ["visit_ref", "offender_ref", "visited_at", "outcome", "officer_refs"]


def test_excels_own_dates_numbers_and_truths_are_read(tmp_path: Path) -> None:
    path = workbook(tmp_path / "e.xlsx", officers=[OFFICERS, ["0042", True, 1, date(2020, 1, 31)]])
    expected = {"officer_ref": "0042", "is_supervisor": "true", "fte": "1", "from_on": "2020-01-31"}
    assert read_extract(path).tables[0].row(0) == expected


def test_a_time_is_read_to_the_second(tmp_path: Path) -> None:
    when = datetime(2025, 6, 1, 14, 30)  # noqa: DTZ001 - a workbook's cell has no zone
    path = workbook(tmp_path / "e.xlsx", visits=[VISITS, ["A", "V1", when, "moved", "0042"]])
    assert read_extract(path).tables[0].row(0)["visited_at"] == "2025-06-01T14:30:00"


def test_a_reference_kept_as_a_number_is_taken_with_a_notice(tmp_path: Path) -> None:
    extract = read_extract(workbook(tmp_path / "e.xlsx", officers=[OFFICERS, [1004, False, 0.5, None]]))
    assert extract.tables[0].row(0)["officer_ref"] == "1004"
    assert "officer_ref holds cells that are numbers, which have lost any leading zeros" in extract.notices[0]


def test_rows_keep_their_number_past_empty_ones(tmp_path: Path) -> None:
    rows = [OFFICERS, ["a", True, 1, None], [None], ["b", True, 1, None]]
    assert read_extract(workbook(tmp_path / "e.xlsx", officers=rows)).tables[0].lines.tolist() == [2, 4]


def test_a_formula_is_read_as_the_text_it_is(tmp_path: Path) -> None:
    path = workbook(tmp_path / "e.xlsx", officers=[OFFICERS, ["=1+1", True, 1, None]])
    assert read_extract(path).tables[0].row(0)["officer_ref"] == "=1+1"


def test_cells_beyond_the_header_refuse_the_row(tmp_path: Path) -> None:
    path = workbook(tmp_path / "e.xlsx", officers=[OFFICERS, ["a", True, 1, None, None, "stray"]])
    assert read_extract(path).tables[0].ragged[0].line == 2


def test_sheets_that_are_no_tables_are_named(tmp_path: Path) -> None:
    path = workbook(tmp_path / "e.xlsx", officers=[OFFICERS], notes=[["hello"]])
    assert read_extract(path).notices == ["e.xlsx, sheet notes is not named after a table and was ignored."]


def test_a_workbook_over_the_limit_is_refused_by_what_it_unpacks_to(tmp_path: Path) -> None:
    path = workbook(tmp_path / "e.xlsx", officers=[OFFICERS, *([["a", True, 1, None]] * 5_000)])
    with pytest.raises(LoadRefused, match="over the limit"):
        read_extract(path, ReadingLimits(file_bytes=path.stat().st_size * 2))


@pytest.mark.parametrize("content", [b"hello", b"PK\x05\x06" + bytes(18)])
def test_what_is_no_workbook_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "e.xlsx"
    path.write_bytes(content)
    with pytest.raises(LoadRefused, match="cannot be read as a workbook"):
        read_extract(path)
