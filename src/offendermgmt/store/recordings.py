"""Every recording of a force, read as the domain's frames in one unchanging state of the store."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import closing
from typing import Any, Final

import pandas as pd
from sqlalchemy import (
    ColumnElement,
    Connection,
    Dialect,
    Executable,
    String,
    Table,
    and_,
    bindparam,
    case,
    cast,
    exists,
    func,
    literal,
    literal_column,
    select,
    type_coerce,
    union_all,
)

from offendermgmt.domain.facts import COLUMNS, REGISTERS, Recordings
from offendermgmt.store.frames import Registers, empty_frame, extend_recordings, frame_of, joined, kinds
from offendermgmt.store.store import Store, revision_of
from offendermgmt.store.tables import IDENTITIES, RECORDINGS

_ROWS_AT_ONCE: Final = 4_000
_COMPILED: Final[dict[tuple[str, str], Any]] = {}
# Of which force, and after which recording.
Asked = Mapping[str, Any]


def read_recordings(store: Store, force_ref: str, newer_than: Recordings | None = None) -> tuple[Recordings, int]:
    """All recordings of the force, or those that came after `newer_than`, and the revision that they are of.

    The registers list the references in order of first appearance, beginning with those of `newer_than`.
    """
    after = 0 if newer_than is None else newest_recording(newer_than)
    with store.read() as connection:
        asked = {"force_ref": force_ref, "after": after}
        grown = _grown(connection, asked)
        registers = {name: _register(connection, asked, name, grown, newer_than) for name in REGISTERS}
        tables = {
            name: _frame(connection, asked, name, registers) if name in grown else _no_rows(name, registers, newer_than)
            for name in COLUMNS
        }
        return Recordings(registers, tables), revision_of(connection, force_ref)


def renew_recordings(store: Store, force_ref: str, old: Recordings | None) -> tuple[Recordings, int]:
    """All recordings of the force and their revision, reading only what came after `old`."""
    newer, revision = read_recordings(store, force_ref, old)
    return (newer if old is None else extend_recordings(old, newer)), revision


def newest_recording(recordings: Recordings) -> int:
    """The highest recording_id, 0 if there is none."""
    return max((int(frame["recording_id"].iloc[-1]) for frame in recordings.tables.values() if len(frame)), default=0)


def _grown(connection: Connection, asked: Asked) -> set[str]:
    """The tables and registers with anything newer, asked of all at once: a write is of a table or two."""
    return set(connection.execute(_GROWN, asked).scalars())


def _register(
    connection: Connection, asked: Asked, register: str, grown: Collection[str], newer_than: Recordings | None
) -> "pd.Index[str]":
    known = pd.Index([], dtype="str") if newer_than is None else newer_than.registers[register]
    if register not in grown:
        return known
    table = IDENTITIES[register]
    query = select(table.c[f"{register}_ref"]).where(_is_newer(table)).order_by(table.c.recording_id)
    return known.append(pd.Index(list(connection.execute(query, asked).scalars()), dtype="str"))


def _frame(connection: Connection, asked: Asked, table: str, registers: Registers) -> pd.DataFrame:
    parts = [frame_of(table, columns, registers) for columns in _in_parts(connection, asked, table)]
    return joined(table, parts, registers) if len(parts) > 1 else parts[0]


def _no_rows(table: str, registers: Registers, newer_than: Recordings | None) -> pd.DataFrame:
    # A frame cut to nothing costs a tenth of one that is made.
    return empty_frame(table, registers) if newer_than is None else newer_than.tables[table].iloc[:0]


def _in_parts(connection: Connection, asked: Asked, table: str) -> Iterator[Sequence[Sequence[Any]]]:
    """The rows by column, some at a time: all at once would hold every value as an object of its own.

    By the driver's own cursor: the values need no conversion, and SQLAlchemy's rows would take as long again.
    """
    compiled = _compiled(connection.dialect, table)
    named = compiled.construct_params(dict(asked))
    raw: Any = connection.connection.driver_connection
    if connection.dialect.name == "sqlite":
        cursor, parameters = raw.cursor(), [named[name] for name in compiled.positiontup or ()]
    else:
        cursor, parameters = raw.cursor(name="recordings"), named
    with closing(cursor):
        cursor.execute(str(compiled), parameters)
        while rows := cursor.fetchmany(_ROWS_AT_ONCE):
            yield list(zip(*rows, strict=True))


def _compiled(dialect: Dialect, name: str) -> Any:
    """The query of a table in a database's own words, put together once: it takes longer than reading a few rows."""
    named = (dialect.name, name)
    if named not in _COMPILED:
        table, on_sqlite = RECORDINGS[name], dialect.name == "sqlite"
        columns = [_selected(name, column, kind, on_sqlite) for column, kind in kinds(name).items()]
        query = select(*columns).where(_is_newer(table)).order_by(table.c.recording_id)
        _COMPILED[named] = query.compile(dialect=dialect)
    return _COMPILED[named]


def _is_newer(table: Table) -> ColumnElement[bool]:
    return and_(table.c.force_ref == bindparam("force_ref"), table.c.recording_id > bindparam("after"))


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


_GROWN: Final[Executable] = union_all(
    *(
        select(literal_column(f"'{name}'")).where(exists().where(_is_newer(table)))
        for name, table in {**RECORDINGS, **IDENTITIES}.items()
    )
)
