"""Every recording of a force, read as the domain's frames in one unchanging state of the store."""

from collections.abc import Iterator, Sequence
from contextlib import closing
from typing import Any, Final

import pandas as pd
from sqlalchemy import ColumnElement, Connection, Select, String, case, cast, func, literal, select, type_coerce

from offendermgmt.domain.facts import COLUMNS, REGISTERS, Recordings
from offendermgmt.store.frames import Registers, empty_frame, extend_recordings, frame_of, joined, kinds
from offendermgmt.store.store import Store, revision_of
from offendermgmt.store.tables import IDENTITIES, RECORDINGS

_ROWS_AT_ONCE: Final = 4_000


def read_recordings(store: Store, force_ref: str, newer_than: Recordings | None = None) -> tuple[Recordings, int]:
    """All recordings of the force, or those that came after `newer_than`, and the revision that they are of.

    The registers list the references in order of first appearance, beginning with those of `newer_than`.
    """
    after = 0 if newer_than is None else newest_recording(newer_than)
    with store.read() as connection:
        registers = {name: _register(connection, force_ref, name, after, newer_than) for name in REGISTERS}
        tables = {name: _frame(connection, force_ref, name, after, registers) for name in COLUMNS}
        return Recordings(registers, tables), revision_of(connection, force_ref)


def renew_recordings(store: Store, force_ref: str, old: Recordings | None) -> tuple[Recordings, int]:
    """All recordings of the force and their revision, reading only what came after `old`."""
    newer, revision = read_recordings(store, force_ref, old)
    return (newer if old is None else extend_recordings(old, newer)), revision


def newest_recording(recordings: Recordings) -> int:
    """The highest recording_id, 0 if there is none."""
    return max((int(frame["recording_id"].iloc[-1]) for frame in recordings.tables.values() if len(frame)), default=0)


def _register(
    connection: Connection, force_ref: str, register: str, after: int, newer_than: Recordings | None
) -> "pd.Index[str]":
    table = IDENTITIES[register]
    query = (
        select(table.c[f"{register}_ref"])
        .where(table.c.force_ref == force_ref, table.c.recording_id > after)
        .order_by(table.c.recording_id)
    )
    refs = pd.Index(list(connection.execute(query).scalars()), dtype="str", name=None)
    return refs if newer_than is None else newer_than.registers[register].append(refs)


def _frame(connection: Connection, force_ref: str, table: str, after: int, registers: Registers) -> pd.DataFrame:
    query = _query(connection, force_ref, table, after)
    parts = [frame_of(table, columns, registers) for columns in _in_parts(connection, query)]
    return joined(table, parts, registers) if parts else empty_frame(table, registers)


def _in_parts(connection: Connection, query: Select[Any]) -> Iterator[Sequence[Sequence[Any]]]:
    """The rows by column, some at a time: all at once would hold every value as an object of its own.

    By the driver's own cursor: the values need no conversion, and SQLAlchemy's rows would take as long again.
    """
    compiled = query.compile(connection)
    raw: Any = connection.connection.driver_connection
    if connection.dialect.name == "sqlite":
        cursor, parameters = raw.cursor(), [compiled.params[name] for name in compiled.positiontup or ()]
    else:
        cursor, parameters = raw.cursor(name="recordings"), compiled.params
    with closing(cursor):
        cursor.execute(str(compiled), parameters)
        while rows := cursor.fetchmany(_ROWS_AT_ONCE):
            yield list(zip(*rows, strict=True))


def _query(connection: Connection, force_ref: str, name: str, after: int) -> Select[Any]:
    table = RECORDINGS[name]
    on_sqlite = connection.dialect.name == "sqlite"
    columns = [_selected(name, column, kind, on_sqlite) for column, kind in kinds(name).items()]
    return (
        select(*columns)
        .where(table.c.force_ref == force_ref, table.c.recording_id > after)
        .order_by(table.c.recording_id)
    )


def _selected(table: str, column: str, kind: object, on_sqlite: bool) -> ColumnElement[Any]:
    """The column as the frame wants it: days and moments as ISO text, which numpy reads faster than objects."""
    if column == "has_announced":
        return case((RECORDINGS[table].c.announced.is_not(None), literal(1)), else_=literal(0))
    if column == "has_lone_reason":
        return case((RECORDINGS[table].c.lone_reason != "", literal(1)), else_=literal(0))
    source = RECORDINGS[table].c[column]
    if kind not in {"day", "moment"}:
        return source
    if on_sqlite:
        return type_coerce(source, String)
    return cast(func.timezone("UTC", source) if kind == "moment" else source, String)
