"""Recordings from text, as a CSV or a test's table holds them, without a store."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from offendermgmt.domain.days import london_dates
from offendermgmt.domain.facts import COLUMNS, REGISTERS, Recordings

Rows = list[dict[str, str]]
Texts = Sequence[str | None]
_NEW_YEAR = "1999-01-01T00:00:00Z"
_HAS = {"has_lone_reason": "lone_reason", "has_announced": "announced"}


def read_folder(folder: Path) -> dict[str, Rows]:
    """The rows of every CSV of a folder, by table."""
    tables = {}
    for path in sorted(folder.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            tables[path.stem] = list(csv.DictReader(file))
    return tables


def recordings(
    tables: Mapping[str, Iterable[Mapping[str, str]]], earlier: "Mapping[str, pd.Index[str]] | None" = None
) -> Recordings:
    """The recordings the rows make, in their order; what a row leaves out is empty.

    References in the registers of `earlier` keep their places, and new ones follow them.
    """
    rows = {name: [dict(row) for row in tables.get(name, ())] for name in COLUMNS}
    registers = {kind: _register(kind, rows, (earlier or {}).get(kind, ())) for kind in REGISTERS}
    choices = {kind: _Choice(pd.CategoricalDtype(register)) for kind, register in registers.items()}
    return Recordings(registers, {name: _frame(name, rows[name], choices) for name in COLUMNS})


def _register(kind: str, rows: Mapping[str, Rows], earlier: Iterable[str]) -> "pd.Index[str]":
    found = dict.fromkeys(earlier) | {
        row[column]: None
        for name, columns in COLUMNS.items()
        for column, of in columns.items()
        if of == kind
        for row in rows[name]
        if row.get(column)
    }
    return pd.Index(list(found), dtype="str")


class _Choice:
    """The texts of a category as its codes; one that is not of it is missing.

    Two dozen tables are made for every made-up example, and pandas' own way through a Series a column takes five times
    as long.
    """

    def __init__(self, dtype: pd.CategoricalDtype) -> None:
        self.dtype = dtype
        self._codes = {text: code for code, text in enumerate(dtype.categories)}

    def __call__(self, texts: Texts) -> pd.Categorical:
        codes = np.array([self._codes.get(text, -1) for text in texts], dtype=np.int64)
        return pd.Categorical.from_codes(codes, dtype=self.dtype)


_choice_of = cache(_Choice)


def _frame(name: str, rows: Rows, registers: Mapping[str, _Choice]) -> pd.DataFrame:
    def texts(column: str) -> Texts:
        return [row.get(column) or None for row in rows]

    columns: dict[str, Any] = {}
    for column, kind in COLUMNS[name].items():
        if column == "visited_on":
            columns[column] = london_dates(pd.Series(_moments(texts("visited_at"))))
        elif column in _HAS:
            columns[column] = np.array([text is not None for text in texts(_HAS[column])], dtype=bool)
        elif isinstance(kind, pd.CategoricalDtype):
            columns[column] = _choice_of(kind)(texts(column))
        elif kind in REGISTERS:
            columns[column] = registers[kind](texts(column))
        else:
            columns[column] = _plain(kind, texts(column))
    recorded = {
        "recorded_at": _moments([row.get("recorded_at") or _NEW_YEAR for row in rows]),
        "recording_id": np.arange(len(rows), dtype=np.int64),
        "is_void": _plain("flag", texts("is_void")),
    }
    return pd.DataFrame(columns | recorded)


def _plain(kind: str, texts: Texts) -> Any:
    match kind:
        case "day":
            return np.array([_day(text) for text in texts], dtype="datetime64[s]")
        case "moment":
            return _moments(texts)
        case "flag":
            return np.array([text == "true" for text in texts], dtype=bool)
        case "int":
            return np.array([int(text) for text in texts if text is not None], dtype=np.int64)
        case "float":
            return np.array([np.nan if text is None else float(text) for text in texts], dtype=np.float64)
        case "crew":
            return pd.Series([text or "" for text in texts], dtype="str").astype("category")
    return pd.Series(texts, dtype="str")


@cache
def _day(text: str | None) -> np.datetime64:
    return np.datetime64("NaT") if text is None else np.datetime64(date.fromisoformat(text), "s")


def _moments(texts: Texts) -> Any:
    return np.array([_utc(text) for text in texts], dtype="datetime64[us]")


@cache
def _utc(text: str | None) -> np.datetime64:
    """The moment in UTC, of a text without an offset in London."""
    if text is None:
        return np.datetime64("NaT")
    stamp = pd.Timestamp(text)
    local = stamp.tz_localize("Europe/London") if stamp.tz is None else stamp
    return local.tz_convert("UTC").tz_localize(None).to_datetime64()
