"""Checked rows put on record, whether an extract or a form on a page brought them."""

from datetime import UTC, datetime
from typing import Any

import numpy as np
import numpy.typing as npt

from offendermgmt.intake.checking import CheckedTable, Moments, ValueColumn
from offendermgmt.intake.recording import Arrivals, arrivals, fact_columns
from offendermgmt.intake.references import Registers
from offendermgmt.store import UnitOfWork
from offendermgmt.store.arrivals import recorded_under


def put_on_record(work: UnitOfWork, registers: Registers, table: CheckedTable, now: datetime) -> Arrivals:
    """Check a table's references, insert the rows that are neither refused nor on record already; which they were.

    Rows without `recorded_at` are recorded at `now` (aware). `table.refusals()` then says what was refused and why.
    """
    registers.check(table)
    found = _arrivals(work, table)
    work.insert(table.raw.name, _recordings(table, found.new, now))
    return found


def _arrivals(work: UnitOfWork, table: CheckedTable) -> Arrivals:
    refs = table.columns[table.model.key[0]]
    asked = [*fact_columns(table), "recorded_at", "is_void"]
    stored = recorded_under(work, table.raw.name, asked, {ref for ref in refs.distinct if ref is not None})
    return arrivals(table, stored)


def _recordings(table: CheckedTable, rows: npt.NDArray[np.intp], now: datetime) -> dict[str, Any]:
    """The rows' columns as the store takes them."""
    columns: dict[str, Any] = {name: _values(column, rows) for name, column in table.columns.items()}
    columns["recorded_at"] = _recorded_at(table, rows, now)
    columns["is_void"] = [bool(flag) for flag in columns.get("is_void", [None] * len(rows))]
    if table.raw.name == "visits":
        columns["visited_on"] = table.columns["visited_at"].london_days()[rows]
    return columns


def _values(column: ValueColumn, rows: npt.NDArray[np.intp]) -> list[Any] | Moments:
    return column.moments()[rows] if column.is_dated else column.of(rows)


def _recorded_at(table: CheckedTable, rows: npt.NDArray[np.intp], now: datetime) -> Moments:
    loading = np.datetime64(now.astimezone(UTC).replace(tzinfo=None), "us")
    if (recorded := table.columns.get("recorded_at")) is None:
        return np.full(len(rows), loading)
    moments = recorded.moments()[rows]
    return np.where(np.isnat(moments), loading, moments)
