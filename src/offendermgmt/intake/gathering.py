"""From rows of cells to a table: the header checked, rows gathered by column without holding them all as objects."""

from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from typing import Final

import numpy as np
import pandas as pd

from offendermgmt.intake.contract import TABLES
from offendermgmt.intake.table import LoadRefused, RawTable, Refusal, TextColumn

_CELLS_AT_ONCE: Final = 2**20
NumberedRow = tuple[int, list[str]]


class Header:
    """A file's header, matched with the table's columns; LoadRefused where they do not fit."""

    def __init__(self, table: str, file: str, cells: Sequence[str]) -> None:
        self.table, self.file = table, file
        self.names = [cell.strip() for cell in cells]
        known = TABLES[table].model_fields
        self.places = {name: place for place, name in enumerate(self.names) if name in known}
        self.unknown = [name for name in self.names if name and name not in known]
        self._must_fit()

    def notices(self) -> list[str]:
        """What to say of columns that are not the contract's."""
        return [f"{self.file}: column {name!r} is not one of {self.table} and was ignored." for name in self.unknown]

    def _must_fit(self) -> None:
        twice = sorted({name for name in self.names if name and self.names.count(name) > 1})
        if twice:
            raise LoadRefused(
                f"{self.file} has the column {twice[0]} more than once. Remove or rename one and load again."
            )
        fields = TABLES[self.table].model_fields
        missing = [name for name, field in fields.items() if field.is_required() and name not in self.places]
        if len(missing) == sum(field.is_required() for field in fields.values()):
            raise LoadRefused(
                f"{self.file} has no header of the table {self.table}. "
                f"Its first row must name the columns: {', '.join(fields)}."
            )
        if missing:
            raise LoadRefused(
                f"{self.file} lacks the required column {', '.join(missing)}. Add it to the extract and load again."
            )


def gather(table: str, file: str, rows: Iterator[NumberedRow]) -> RawTable:
    """The table in `rows` (line number and cells), the first of which is the header.

    A row with more or fewer cells than the header is ragged. Raises LoadRefused for an empty file or a header that
    does not fit.
    """
    first = next(rows, None)
    if first is None:
        raise LoadRefused(f"{file} is empty. It needs at least a header row naming the columns of {table}.")
    header = Header(table, file, first[1])
    ragged: list[Refusal] = []
    lines, parts = _parts(header, rows, ragged)
    columns = {name: _column(parts, name) for name in header.places}
    for name in TABLES[table].model_fields.keys() - columns.keys():
        columns[name] = TextColumn.absent(len(lines))
    ordered = {name: columns[name] for name in TABLES[table].model_fields}
    return RawTable(table, file, lines, ordered, ragged, header.notices())


def _parts(
    header: Header, rows: Iterator[NumberedRow], ragged: list[Refusal]
) -> tuple["np.ndarray[tuple[int], np.dtype[np.int64]]", list[pd.DataFrame]]:
    width = len(header.names)
    lines: list[int] = []
    parts: list[pd.DataFrame] = []
    # One flat list: a list kept for each row would have the collector walk them all, again and again.
    cells: list[str] = []
    for line, row in rows:
        if len(row) != width:
            ragged.append(_ragged(header, (line, row)))
            continue
        lines.append(line)
        cells.extend(row)
        if len(cells) >= _CELLS_AT_ONCE:
            parts.append(_part(header, cells))
            cells = []
    parts.append(_part(header, cells))
    return np.asarray(lines, dtype=np.int64), parts


def _part(header: Header, cells: list[str]) -> pd.DataFrame:
    width = len(header.names)
    return pd.DataFrame({name: _texts(cells[place::width]) for name, place in header.places.items()})


def _texts(cells: list[str]) -> "pd.Series[str]":
    return pd.Series(cells, dtype="str")


def _column(parts: Sequence[pd.DataFrame], name: str) -> TextColumn:
    return TextColumn.of(pd.concat([part[name] for part in parts], ignore_index=True))


def _ragged(header: Header, row: NumberedRow) -> Refusal:
    line, cells = row
    more = "more" if len(cells) > len(header.names) else "fewer"
    reason = (
        f"the row has {len(cells)} cells, {more} than the {len(header.names)} of the header; "
        "put cells that hold a comma in quotes"
    )
    known = {name: cells[place] for name, place in header.places.items() if place < len(cells) and cells[place]}
    return Refusal(header.table, header.file, line, None, None, reason, {**known, "cells": len(cells)})


def table_named(name: str) -> str | None:
    """The contract's table that a file or sheet of this name holds, None if none."""
    lowered = name.strip().lower()
    return lowered if lowered in TABLES else None


def not_a_table(file: str, name: str) -> str:
    """What to say of a file or sheet that is no table."""
    near = get_close_matches(name.strip().lower(), TABLES, n=1, cutoff=0.75)
    hint = f" Was {near[0]} meant?" if near else ""
    return f"{file} is not named after a table and was ignored.{hint}"
