"""A list as a workbook: one sheet with the list, one that says how it was made."""

import io
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Final

import xlsxwriter

from offendermgmt.outputs.cells import safe_cell
from offendermgmt.outputs.listing import Kind, Listing, Value
from offendermgmt.outputs.methodology import Line, Methodology
from offendermgmt.services.wording import plural

MOST_ROWS: Final = 1_048_576
METHODOLOGY: Final = "Methodology"
HEADING: Final = {"bold": True, "text_wrap": True, "valign": "top", "bottom": 1, "bg_color": "#E4EAF1"}
_ABOVE_ROWS: Final = 3
_WIDEST: Final = 60
_NUMBERS: Final[dict[Kind, str]] = {
    "day": "d mmm yyyy",
    "moment": "d mmm yyyy hh:mm",
    "number": "#,##0.##",
    "share": "0.0%",
}


def as_workbook(listing: Listing, methodology: Methodology) -> bytes:
    """The workbook (XLSX): its first sheet bears the marking, the list's name and the list as shown.

    Formulas are neutralised; the unknown is an empty cell. ValueError for more rows than a sheet holds.
    """
    if len(listing.rows) > MOST_ROWS - _ABOVE_ROWS:
        raise ValueError(
            f"The list has {len(listing.rows):,} rows and a sheet holds {MOST_ROWS:,}: narrow it, or take the CSV."
        )
    written = io.BytesIO()
    with xlsxwriter.Workbook(written, {"in_memory": True, "default_date_format": _NUMBERS["day"]}) as book:
        book.set_properties({"title": listing.title, "subject": ", ".join(methodology.markings)})
        _write_list(book, listing, methodology)
        write_methodology(book, methodology.markings, methodology.sections())
    return written.getvalue()


def _write_list(book: Any, listing: Listing, methodology: Methodology) -> None:
    sheet = book.add_worksheet("List")
    mark(sheet, methodology.markings, book)
    sheet.write_string(1, 0, f"{listing.title}: {plural(len(listing.rows), 'row')}", book.add_format({"bold": True}))
    heading = book.add_format(HEADING)
    headings = listing.headings()
    for place, text in enumerate(headings):
        sheet.write_string(_ABOVE_ROWS - 1, place, str(safe_cell(text)), heading)
    formats = [book.add_format(look(column.kind)) for column in listing.columns]
    for number, row in enumerate(listing.values(), start=_ABOVE_ROWS):
        for place, value in enumerate(row):
            write(sheet, number, place, value, formats[place])
    sheet.freeze_panes(_ABOVE_ROWS, 1)
    sheet.autofilter(_ABOVE_ROWS - 1, 0, max(_ABOVE_ROWS + len(listing.rows) - 1, _ABOVE_ROWS), len(headings) - 1)
    sheet.repeat_rows(_ABOVE_ROWS - 1)
    for place, width in enumerate(_widths(listing)):
        sheet.set_column(place, place, width)


def write_methodology(book: Any, markings: Sequence[str], sections: Sequence[tuple[str, Sequence[Line]]]) -> None:
    """The sheet that says how the workbook was made: headed lines, each of a name and a text."""
    sheet = book.add_worksheet(METHODOLOGY)
    mark(sheet, markings, book)
    bold = book.add_format({"bold": True, "top": 1})
    plain = book.add_format({"text_wrap": True, "valign": "top"})
    row = 2
    for heading, lines in sections:
        sheet.write_string(row, 0, heading, bold)
        for name, text in lines or [("None", "")]:
            row += 1
            sheet.write_string(row, 0, str(safe_cell(name)), plain)
            sheet.write_string(row, 1, str(safe_cell(text)), plain)
        row += 2
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 1, 100)


def mark(sheet: Any, markings: Sequence[str], book: Any) -> None:
    """The marking in the first line, and on every page that is printed."""
    text = ", ".join(markings)
    sheet.write_string(0, 0, text, book.add_format({"bold": True, "font_color": "#B3261E"}))
    sheet.set_header(f"&C&B{text}")
    sheet.set_footer(f"&L{text}&RPage &P of &N")
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


def write(sheet: Any, row: int, place: int, value: Value, look: Any) -> None:
    """One cell: text neutralised, moments and days as such, the unknown blank."""
    if value is None:
        sheet.write_blank(row, place, None, look)
    elif isinstance(value, bool):
        sheet.write_string(row, place, "Yes" if value else "No", look)
    elif isinstance(value, datetime):
        sheet.write_datetime(row, place, value.replace(tzinfo=None), look)
    elif isinstance(value, date):
        sheet.write_datetime(row, place, value, look)
    elif isinstance(value, str):
        sheet.write_string(row, place, str(safe_cell(value)), look)
    else:
        sheet.write_number(row, place, value, look)


def look(kind: Kind) -> dict[str, Any]:
    """How cells of a kind look."""
    number = _NUMBERS.get(kind)
    return {"valign": "top", "text_wrap": kind == "text"} | ({"num_format": number} if number else {})


def _widths(listing: Listing) -> list[int]:
    def width(heading: str, field: str, kind: Kind) -> int:
        longest = 16 if kind != "text" else max(map(len, map(str, listing.rows[field])), default=0)
        return min(max(longest, len(heading) // 2, 10), _WIDEST) + 2

    named = zip(listing.headings(), listing.columns, strict=True)
    return [width(heading, column.field, column.kind) for heading, column in named]
