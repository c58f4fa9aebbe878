"""Workbooks: a sheet a table, Excel's own dates, numbers and truths written as the contract writes them."""

import zipfile
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet._read_only import ReadOnlyWorksheet

from offendermgmt.intake.cells import Reference, cell_of
from offendermgmt.intake.contract import TABLES
from offendermgmt.intake.csv_file import too_large
from offendermgmt.intake.gathering import NumberedRow, gather, not_a_table, table_named
from offendermgmt.intake.table import LoadRefused, RawTable, ReadingLimits

_WIDEST: Final = 200


def read_workbook(path: Path, limits: ReadingLimits) -> tuple[list[RawTable], list[str]]:
    """The tables in a workbook and what to say of its other sheets; LoadRefused if it cannot be read."""
    _must_be_small(path, limits)
    try:
        book = load_workbook(path, read_only=True, data_only=False, keep_links=False)
    except (InvalidFileException, KeyError, ValueError, OSError, zipfile.BadZipFile) as error:
        raise _damaged(path) from error
    try:
        found = {sheet: table for sheet in book.worksheets if (table := table_named(sheet.title))}
        notices = [
            not_a_table(f"{path.name}, sheet {sheet.title}", sheet.title)
            for sheet in book.worksheets
            if sheet not in found
        ]
        return [_table(path.name, sheet, table) for sheet, table in found.items()], notices
    except (KeyError, ValueError, SyntaxError, zipfile.BadZipFile) as error:
        raise _damaged(path) from error
    finally:
        book.close()


def _damaged(path: Path) -> LoadRefused:
    return LoadRefused(f"{path.name} cannot be read as a workbook. Open it in Excel, save it as .xlsx and load again.")


def _must_be_small(path: Path, limits: ReadingLimits) -> None:
    try:
        with zipfile.ZipFile(path) as parts:
            sizes = [part.file_size for part in parts.infolist()]
    except zipfile.BadZipFile as error:
        raise _damaged(path) from error
    if sum(sizes) > limits.file_bytes:
        raise too_large(path.name, limits)


def _table(file: str, sheet: ReadOnlyWorksheet, table: str) -> RawTable:
    where = f"{file}, sheet {sheet.title}"
    sheet.reset_dimensions()
    numbers: set[str] = set()
    raw = gather(table, where, _rows(sheet, table, numbers))
    notices = [
        f"{where}: {name} holds cells that are numbers, which have lost any leading zeros; format the column as text."
        for name in sorted(numbers)
    ]
    return RawTable(raw.name, raw.file, raw.lines, raw.columns, raw.ragged, [*raw.notices, *notices])


def _rows(sheet: ReadOnlyWorksheet, table: str, numbers: set[str]) -> Iterator[NumberedRow]:
    fields = TABLES[table].model_fields
    references = {name for name, field in fields.items() if isinstance(cell_of(field), Reference)}
    names: list[str] = []
    for line, values in enumerate(sheet.iter_rows(max_col=_WIDEST, values_only=True), start=1):
        if all(value is None for value in values):
            continue
        if not names:
            names = [_text(value) for value in _trimmed(values)]
            yield line, names
            continue
        cells = _trimmed(values, at_least=len(names))
        for name, value in zip(names, cells, strict=False):
            if name in references and isinstance(value, int | float) and not isinstance(value, bool):
                numbers.add(name)
        yield line, [_text(value) for value in cells]


def _trimmed(values: tuple[Any, ...], at_least: int = 0) -> list[Any]:
    """The cells up to the last that holds something, and no fewer than `at_least`."""
    used = max((place for place, value in enumerate(values, start=1) if value is not None), default=0)
    return [*values[:used], *[None] * (at_least - used)]


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return _moment_text(value)
    if isinstance(value, date):
        return value.isoformat()
    return str(value)


def _moment_text(value: datetime) -> str:
    # Excel keeps a time as a fraction of a day, a hair off the second that was typed.
    nearest = (value + timedelta(microseconds=500_000)).replace(microsecond=0)
    if (nearest.hour, nearest.minute, nearest.second) == (0, 0, 0):
        return nearest.date().isoformat()
    return nearest.isoformat()
