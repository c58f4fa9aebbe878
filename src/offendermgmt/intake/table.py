"""A table as read from a file: text cells by column, each distinct text once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

Codes = npt.NDArray[np.intp]


class LoadRefused(Exception):
    """The whole load is refused and nothing is stored; the text says what, where and what to do."""


@dataclass(frozen=True)
class ReadingLimits:
    """How much is read before a file is taken for something else."""

    file_bytes: int = 512 * 2**20
    line_bytes: int = 2**20


@dataclass(frozen=True)
class TextColumn:
    """The cells of a column: row i holds `texts[codes[i]]`."""

    codes: Codes
    texts: Sequence[str]

    @classmethod
    def of(cls, cells: "pd.Series[str]") -> "TextColumn":
        """The column of these cells."""
        codes, texts = pd.factorize(cells)
        return cls(codes, texts.tolist())

    @classmethod
    def absent(cls, rows: int) -> "TextColumn":
        """A column of empty cells."""
        return cls(np.zeros(rows, dtype=np.intp), [""])

    def text(self, row: int) -> str:
        """The cell of a row."""
        return self.texts[int(self.codes[row])]


@dataclass(frozen=True)
class Refusal:
    """A row that broke a rule: where it stands, what is wrong in it, and its cells as they came.

    `natural_key` is the row's key as text, None where the row cannot be told apart.
    """

    table: str
    file: str
    line: int
    column: str | None
    value: str | None
    reason: str
    row: Mapping[str, Any]
    natural_key: str | None = None

    def sentence(self) -> str:
        """The refusal in a line: file, line, column and reason, without the row's other cells."""
        where = f"{self.file}, line {self.line}"
        return f"{where}: {self.reason}" if self.column is None else f"{where}, {self.column}: {self.reason}"


@dataclass(frozen=True)
class RawTable:
    """The rows of one table: row i stands on line `lines[i]` of `file`; `ragged` ones do not fit the header."""

    name: str
    file: str
    lines: npt.NDArray[np.int64]
    columns: Mapping[str, TextColumn]
    ragged: Sequence[Refusal] = ()
    notices: Sequence[str] = field(default=())

    def __len__(self) -> int:
        return len(self.lines)

    def row(self, number: int) -> dict[str, str]:
        """The cells of a row that are not empty, by column."""
        cells = {name: column.text(number) for name, column in self.columns.items()}
        return {name: text for name, text in cells.items() if text}
