"""Refused rows kept until they are fixed or dismissed: each once, however often it comes."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

import numpy as np

from offendermgmt.intake.checking import CheckedTable
from offendermgmt.intake.table import Refusal
from offendermgmt.store import UnitOfWork
from offendermgmt.store.refusing import keep_rows, kept_rows, mark_fixed, refuse_again


def keep_refused(work: UnitOfWork, tables: Sequence[CheckedTable], refusals: Iterable[Refusal], now: datetime) -> None:
    """Keep this load's refused rows, each once while it is open; open ones whose row has now come in well are fixed.

    A row that somebody dismissed stays so when it comes again.
    """
    found = {content_hash(refusal): _row(refusal) for refusal in refusals}
    kept = kept_rows(work)
    refuse_again(work, {row.refused_id: found[row.content_hash] for row in kept if row.content_hash in found})
    known = {row.content_hash for row in kept}
    keep_rows(work, [{**row, "content_hash": digest} for digest, row in found.items() if digest not in known])
    waiting = {
        row.refused_id: (row.table_name, row.natural_key)
        for row in kept
        if row.state == "open" and row.natural_key and row.content_hash not in found
    }
    accepted = _accepted_keys(tables, {(table, key) for table, key in waiting.values() if key})
    mark_fixed(work, [refused_id for refused_id, key in waiting.items() if key in accepted], now)


def content_hash(refusal: Refusal) -> str:
    """The same for the same cells of the same table, wherever they stand."""
    cells = json.dumps([refusal.table, dict(refusal.row)], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(cells.encode()).hexdigest()


def _accepted_keys(tables: Sequence[CheckedTable], asked: set[tuple[str, str]]) -> set[tuple[str, str]]:
    """Those of the (table, natural key) pairs that an accepted row of this load has."""
    found = set()
    for table in tables:
        keys = {key for name, key in asked if name == table.raw.name}
        if keys:
            found |= {(table.raw.name, table.natural_key(row)) for row in _candidates(table, keys)}
    return asked & found


def _candidates(table: CheckedTable, keys: set[str]) -> list[int]:
    """Accepted rows whose key begins as one of `keys` does: few, so that only their keys are spelt out."""
    first = table.columns[table.model.key[0]]
    begins = {key.split("|", 1)[0] if len(table.model.key) > 1 else key for key in keys}
    likely = first.where(code for code, value in enumerate(first.distinct) if value in begins)
    rows = table.accepted()
    return [int(row) for row in rows[np.asarray(likely)[rows]]]


def _row(refusal: Refusal) -> dict[str, Any]:
    return {
        "table_name": refusal.table,
        "file": refusal.file,
        "line": refusal.line,
        "column": refusal.column,
        "value": refusal.value,
        "reason": refusal.reason,
        "row": dict(refusal.row),
        "natural_key": refusal.natural_key,
    }
