"""Recordings from text, as a CSV or a test's table holds them, without a store."""

import csv
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from offendermgmt.domain.days import london_dates
from offendermgmt.domain.facts import COLUMNS, REGISTERS, Recordings

Rows = list[dict[str, str]]
_NEW_YEAR = "1999-01-01T00:00:00Z"


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
    return Recordings(registers, {name: _frame(name, rows[name], registers) for name in COLUMNS})


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


def _frame(name: str, rows: Rows, registers: Mapping[str, "pd.Index[str]"]) -> pd.DataFrame:
    def texts(column: str) -> "pd.Series[str]":
        return pd.Series([row.get(column) or None for row in rows], dtype="str")

    def moments(column: str) -> "pd.Series[Any]":
        stamps = [_utc(text) for text in texts(column)]
        return pd.Series(stamps, dtype="datetime64[us, UTC]").dt.tz_localize(None)

    columns: dict[str, Any] = {}
    for column, kind in COLUMNS[name].items():
        source = {"has_lone_reason": "lone_reason", "has_announced": "announced"}.get(column, column)
        text = texts(source)
        if column == "visited_on":
            columns[column] = london_dates(moments("visited_at"))
        elif column in {"has_lone_reason", "has_announced"}:
            columns[column] = text.notna()
        elif isinstance(kind, pd.CategoricalDtype):
            columns[column] = pd.Categorical(text, dtype=kind)
        elif kind in REGISTERS:
            columns[column] = pd.Categorical(text, categories=registers[kind])
        else:
            columns[column] = _plain(kind, text, lambda column=column: moments(column))
    frame = pd.DataFrame(columns)
    recorded = pd.Series([_utc(row.get("recorded_at") or _NEW_YEAR) for row in rows], dtype="datetime64[us, UTC]")
    return frame.assign(
        recorded_at=recorded.dt.tz_localize(None),
        recording_id=range(len(rows)),
        is_void=texts("is_void").eq("true"),
    )


def _plain(kind: str, text: "pd.Series[str]", moments: Any) -> Any:
    match kind:
        case "day":
            return pd.to_datetime(text, format="%Y-%m-%d").astype("datetime64[s]")
        case "moment":
            return moments()
        case "flag":
            return text.eq("true")
        case "int":
            return pd.to_numeric(text).astype("int64")
        case "float":
            return pd.to_numeric(text).astype("float64")
        case "crew":
            return text.fillna("").astype("category")
    return text


def _utc(text: Any) -> Any:
    if pd.isna(text):
        return pd.NaT
    stamp = pd.Timestamp(text)
    return (stamp.tz_localize("Europe/London") if stamp.tz is None else stamp).tz_convert("UTC")
