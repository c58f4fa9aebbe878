"""A pack as a workbook: a sheet a table, every month of every measure, and how it was made."""

import io
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, Final

import xlsxwriter

from offendermgmt.outputs.cells import safe_cell
from offendermgmt.outputs.packs.pack import Pack, glance, said, signal_text, standing_out
from offendermgmt.outputs.packs.words import KEPT
from offendermgmt.outputs.workbook import HEADING, look, mark, write, write_methodology
from offendermgmt.services.board_tables import BoardTable, TableColumn
from offendermgmt.services.board_types import MeasureView
from offendermgmt.services.signal_series import SignalSeries

_ABOVE_ROWS: Final = 4
_WIDEST: Final = 60
# A sheet's name has no more letters, and none of these.
_LONGEST_NAME: Final = 31
_NOT_IN_NAMES: Final = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))
_MONTHS: Final = (
    TableColumn("Measure"),
    TableColumn("Unit"),
    TableColumn("Month", "day"),
    TableColumn("Numerator", "number"),
    TableColumn("Denominator", "number"),
    TableColumn("Value", "number"),
    TableColumn("Average", "number"),
    TableColumn("Usual range from", "number"),
    TableColumn("Usual range to", "number"),
    TableColumn("Target", "number"),
    TableColumn("Signal"),
)
_OF_UNIT: Final = frozenset({"Value", "Average", "Usual range from", "Usual range to", "Target"})


def as_xlsx(pack: Pack) -> bytes:
    """The pack as a workbook (XLSX); formulas are neutralised, the unknown is an empty cell."""
    written = io.BytesIO()
    with xlsxwriter.Workbook(written, {"in_memory": True}) as book:
        book.set_properties(
            {
                "title": pack.title,
                "subject": pack.marking,
                "author": pack.made_by,
                "created": pack.made_at.replace(tzinfo=None),
            }
        )
        names: set[str] = set()
        for name, table, shares in _sheets(pack):
            _write_table(book, pack, _unique(name, names), table, shares)
        write_methodology(book, pack.markings, pack.sections())
    return written.getvalue()


def _sheets(pack: Pack) -> Iterator[tuple[str, BoardTable, Sequence[bool]]]:
    """Each sheet's name, its table, and of which rows the values are shares."""
    yield "Signals", standing_out(pack.view), ()
    yield "Measures", _measures(pack), ()
    months, shares = _months(pack)
    yield "Months", months, shares
    yield "Commentary", _commentary(pack), ()
    for table in pack.tables():
        yield table.title, table, ()


def _write_table(book: Any, pack: Pack, name: str, table: BoardTable, shares: Sequence[bool]) -> None:
    sheet = book.add_worksheet(name)
    mark(sheet, pack.markings, book)
    sheet.write_string(1, 0, f"{table.title}: {pack.title}", book.add_format({"bold": True}))
    sheet.write_string(2, 0, " · ".join(text for text in (pack.filters, table.finding) if text))
    heading = book.add_format(HEADING)
    for place, column in enumerate(table.columns):
        sheet.write_string(_ABOVE_ROWS - 1, place, str(safe_cell(column.heading)), heading)
    looks = [book.add_format(look(column.kind)) for column in table.columns]
    as_share = book.add_format(look("share"))
    for number, row in enumerate(table.rows):
        is_share = bool(shares) and shares[number]
        for place, (value, column) in enumerate(zip(row, table.columns, strict=True)):
            written = as_share if is_share and column.heading in _OF_UNIT else looks[place]
            write(sheet, number + _ABOVE_ROWS, place, value, written)
    sheet.freeze_panes(_ABOVE_ROWS, 1)
    sheet.repeat_rows(_ABOVE_ROWS - 1)
    for place, column in enumerate(table.columns):
        longest = max((len(str(row[place])) for row in table.rows if isinstance(row[place], str)), default=0)
        sheet.set_column(place, place, min(max(longest, len(column.heading), 12), _WIDEST) + 2)


def _measures(pack: Pack) -> BoardTable:
    """Every measure at a glance, with its question, what it says, and its owner."""
    glances = [(question, glance(pack.view, question)) for question in pack.view.questions]
    columns = glances[0][1].columns if glances else ()
    rows = [
        (question.question.text, *row, measure.finding, measure.note, measure.measure.owner)
        for question, table in glances
        for row, measure in zip(table.rows, question.measures, strict=True)
    ]
    more = (TableColumn("Finding"), TableColumn("Note"), TableColumn("Owner"))
    return BoardTable("measures", "Measures", "", (TableColumn("Question"), *columns, *more), tuple(rows), ())


def _months(pack: Pack) -> tuple[BoardTable, list[bool]]:
    """Every month of every measure, and of which rows the values are shares."""
    each = [(row, measure.series.unit.is_share) for measure in pack.view.measures for row in _months_of(measure)]
    rows = tuple(row for row, _ in each)
    return BoardTable("months", "Months", "", _MONTHS, rows, ()), [is_share for _, is_share in each]


def _months_of(measure: MeasureView) -> Iterator[tuple[str | int | float | date | None, ...]]:
    series, result = measure.series, measure.series.result
    for at, month in enumerate(series.months):
        kept = KEPT if month.kept else None
        yield (
            measure.measure.title,
            series.unit.label,
            month.first,
            kept or month.numerator,
            kept or month.denominator,
            kept or month.value,
            result.mean[at],
            _possible(series, result.lower[at]),
            _possible(series, result.upper[at]),
            series.target,
            signal_text(series, at),
        )


def _possible(series: SignalSeries, limit: float | None) -> float | None:
    return None if limit is None else series.possible(limit)


def _commentary(pack: Pack) -> BoardTable:
    """What was said of each measure this month and last."""
    headings = ("Measure", "Month", "Part", "Text")
    rows = [
        (measure.measure.title, month, name, text)
        for measure in pack.view.measures
        for month, commentary in (("This month", measure.commentary), ("Last month", measure.last_commentary))
        for name, text in said(commentary)
    ]
    return BoardTable("commentary", "Commentary", "", tuple(map(TableColumn, headings)), tuple(rows), ())


def _unique(title: str, taken: set[str]) -> str:
    """A sheet's name from a title, and none that is taken."""
    name = title.translate(_NOT_IN_NAMES)[:_LONGEST_NAME].strip()
    number = 2
    while name.casefold() in taken:
        name = f"{name[: _LONGEST_NAME - 3]} {number}"
        number += 1
    taken.add(name.casefold())
    return name
