"""A table of a board: its columns and rows as they are read, kept and put into packs."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Literal, Self

from offendermgmt.services.figures import Definition

Kind = Literal["text", "number", "share", "day"]
# In a column of numbers a text says why there is none, as NOT_SHOWN; None is no value at all.
Cell = str | int | float | date | None

NOT_SHOWN: Final = "Not shown"


@dataclass(frozen=True)
class TableColumn:
    """One column: its heading, what its cells hold, and what that means where the heading is not enough."""

    heading: str
    kind: Kind = "text"
    meaning: str = ""


@dataclass(frozen=True)
class BoardTable:
    """A table that stands beside the measures: what it is called, what it says in a sentence, its columns and rows.

    `code` is its name in closed months and never changes its meaning. An empty table says in `finding` why it is so.
    """

    code: str
    title: str
    finding: str
    columns: tuple[TableColumn, ...]
    rows: tuple[tuple[Cell, ...], ...]
    definitions: tuple[Definition, ...]

    def document(self) -> dict[str, Any]:
        """The table as plain values for JSON; `read` gives it back."""
        return {
            "code": self.code,
            "title": self.title,
            "finding": self.finding,
            "columns": [[column.heading, column.kind, column.meaning] for column in self.columns],
            "rows": [[_plain(cell) for cell in row] for row in self.rows],
            "definitions": [[each.title, each.meaning, list(each.rules)] for each in self.definitions],
        }

    @classmethod
    def read(cls, document: dict[str, Any]) -> Self:
        """The table of a document; KeyError or ValueError for what is none."""
        columns = tuple(TableColumn(*column) for column in document["columns"])
        return cls(
            document["code"],
            document["title"],
            document["finding"],
            columns,
            tuple(
                tuple(_cell(column, value) for column, value in zip(columns, row, strict=True))
                for row in document["rows"]
            ),
            tuple(Definition(title, meaning, tuple(rules)) for title, meaning, rules in document["definitions"]),
        )


def _plain(cell: Cell) -> str | int | float | None:
    return cell.isoformat() if isinstance(cell, date) else cell


def _cell(column: TableColumn, value: Any) -> Cell:
    is_day = column.kind == "day" and isinstance(value, str) and value != NOT_SHOWN
    return date.fromisoformat(value) if is_day else value
