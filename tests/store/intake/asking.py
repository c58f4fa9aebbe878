"""Loading small extracts, and what the store then holds."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table, select

from offendermgmt.intake.loading import LoadReport, load
from offendermgmt.store import Store
from offendermgmt.store.tables import RECORDINGS, metadata
from tests.databases import FORCE
from tests.unit.intake.extracts import NOW, PEOPLE, write_extract


def loaded(
    store: Store, folder: Path, *, now: datetime = NOW, strict: bool = False, people: bool = True, **tables: str
) -> LoadReport:
    """What loading these tables, with the usual people unless told otherwise, came to."""
    path = write_extract(folder, **{**(PEOPLE if people else {}), **tables})
    return load(store, FORCE, path, now=now, user="tester", strict=strict)


def rows(store: Store, table: str, *columns: str) -> list[tuple[Any, ...]]:
    """Columns of a recordings table, or of the refused rows, in order of arrival."""
    with store.read() as connection:
        return _rows(connection, metadata.tables[table], columns)


def everything(store: Store) -> dict[str, list[tuple[Any, ...]]]:
    """Every recording, without its number and batch, in order; and every refused row."""
    ours = {"recording_id", "batch_id", "last_batch_id", "refused_id"}
    tables = [*RECORDINGS.values(), metadata.tables["refused_rows"]]
    with store.read() as connection:
        return {
            table.name: _rows(connection, table, [c.name for c in table.c if c.name not in ours]) for table in tables
        }


def _rows(connection: Connection, table: Table, columns: Sequence[str]) -> list[tuple[Any, ...]]:
    order = table.c.recording_id if table.name in RECORDINGS else table.c.refused_id
    return [tuple(row) for row in connection.execute(select(*(table.c[name] for name in columns)).order_by(order))]


def news(report: LoadReport) -> dict[str, tuple[int, int, int]]:
    """New, unchanged and refused rows by table, where there were any."""
    return {each.table: (each.new, each.unchanged, each.refused) for each in report.counts if each.read}
