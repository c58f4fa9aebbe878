"""Tables as native tables of slides, as many slides as their rows take."""

import math
from collections.abc import Iterator, Sequence
from typing import Any, Final

from pptx.enum.text import PP_ALIGN
from pptx.util import Inches, Pt

from offendermgmt.outputs.packs.column_widths import column_widths
from offendermgmt.outputs.packs.slide_template import Box
from offendermgmt.outputs.packs.words import cell_text
from offendermgmt.services.board_tables import BoardTable, TableColumn

Row = tuple[str, ...]

FONT: Final = 11
# What a reader turns to rarely may be small.
SMALL_FONT: Final = 9
# How wide a letter is, and how high a line, in the size of its font.
_LETTER: Final = 0.55
_LINE: Final = 1.25
_PAD_ACROSS, _PAD_DOWN = Inches(0.2), Inches(0.1)
_NUMBERS: Final = frozenset({"number", "share"})


def lines_of(text: str, width: int, size: float) -> int:
    """How many lines a text takes in a width (EMU) at a font's size, about."""
    fits = max(int(width / Pt(size * _LETTER)), 1)
    return sum(max(math.ceil(len(each) / fits), 1) for each in text.split("\n"))


def line_height(size: float) -> int:
    """How high a line is at a font's size, in EMU."""
    return round(Pt(size) * _LINE)


def pages(table: BoardTable, box: Box, size: int = FONT) -> Iterator[list[Row]]:
    """The table's rows as they read, in as many parts as it takes for each to fit the box; none for an empty table."""
    rows = text_rows(table)
    widths = _widths(table.columns, rows, box.width, size)
    room = box.height - _height(tuple(column.heading for column in table.columns), widths, size)
    page: list[Row] = []
    used = 0
    for row in rows:
        height = _height(row, widths, size)
        if page and used + height > room:
            yield page
            page, used = [], 0
        page.append(row)
        used += height
    if page:
        yield page


def text_rows(table: BoardTable) -> list[Row]:
    """The rows as they read."""
    kinds = [column.kind for column in table.columns]
    return [tuple(cell_text(cell, kind) for cell, kind in zip(row, kinds, strict=True)) for row in table.rows]


def add_table(slide: Any, table: BoardTable, rows: Sequence[Row], box: Box, size: int = FONT) -> None:
    """Put these rows of the table on the slide under its headings, described for who cannot see it."""
    widths = _widths(table.columns, text_rows(table), box.width, size)
    headings = tuple(column.heading for column in table.columns)
    heights = [_height(row, widths, size) for row in (headings, *rows)]
    frame = slide.shapes.add_table(len(rows) + 1, len(headings), box.left, box.top, sum(widths), sum(heights))
    frame._element.nvGraphicFramePr.cNvPr.set("descr", f"Table: {table.title}. {table.finding}".strip())
    frame.name = f"Table: {table.title}"
    native = frame.table
    for column, width in zip(native.columns, widths, strict=True):
        column.width = width
    for line, (height, texts) in enumerate(zip(heights, (headings, *rows), strict=True)):
        native.rows[line].height = height
        for place, (text, column) in enumerate(zip(texts, table.columns, strict=True)):
            _write(native.cell(line, place), text, size, is_number=column.kind in _NUMBERS)


def _write(cell: Any, text: str, size: int, *, is_number: bool) -> None:
    cell.margin_top = cell.margin_bottom = _PAD_DOWN // 2
    cell.margin_left = cell.margin_right = _PAD_ACROSS // 2
    frame = cell.text_frame
    frame.word_wrap = True
    frame.text = text
    for paragraph in frame.paragraphs:
        paragraph.font.size = Pt(size)
        if is_number:
            paragraph.alignment = PP_ALIGN.RIGHT


def _widths(columns: Sequence[TableColumn], rows: Sequence[Row], width: int, size: int) -> list[int]:
    texts = [[column.heading, *(row[at] for row in rows)] for at, column in enumerate(columns)]
    letter = Pt(size * _LETTER)
    return [round(each * letter) for each in column_widths(texts, width / letter, _PAD_ACROSS / letter)]


def _height(row: Row, widths: Sequence[int], size: int) -> int:
    most = max(lines_of(text, width - _PAD_ACROSS, size) for text, width in zip(row, widths, strict=True))
    return most * line_height(size) + _PAD_DOWN
