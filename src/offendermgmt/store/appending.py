"""Appending many recordings at once, by each database's fastest way."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from itertools import repeat
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd
from psycopg import sql
from sqlalchemy import Connection, Date, Table

from offendermgmt.domain.days import london_dates
from offendermgmt.store.tables import IDENTITIES, RECORDINGS
from offendermgmt.store.tables.base import UtcDateTime

# The tables that make a reference known, with its register.
DEFINES: Final = {"teams": "team", "officers": "officer", "offenders": "offender", "polit_cases": "case"}


def append(connection: Connection, table_name: str, columns: Mapping[str, Iterable[Any]]) -> None:
    """Append rows given by column; every column of the table that must hold a value is there."""
    table = RECORDINGS[table_name]
    texts = {name: _texts(table, name, values) for name, values in columns.items()}
    if connection.dialect.name == "sqlite":
        _append_to_sqlite(connection, table, texts)
    else:
        _append_to_postgresql(connection, table, texts)


def name_identities(connection: Connection, force_ref: str, table_name: str, refs: Sequence[str], first: int) -> None:
    """Make the references of a defining table known; `first` is the recording of the first of them."""
    register = DEFINES[table_name]
    seen: dict[str, int] = {}
    for recording_id, ref in enumerate(refs, start=first):
        seen.setdefault(ref, recording_id)
    table = IDENTITIES[register]
    raw: Any = connection.connection.driver_connection
    if connection.dialect.name == "sqlite":
        statement = f"INSERT INTO {table.name} (force_ref, {register}_ref, recording_id) VALUES (?, ?, ?)"  # noqa: S608
        raw.executemany(
            f"{statement} ON CONFLICT DO NOTHING", zip(repeat(force_ref, len(seen)), seen, seen.values(), strict=True)
        )
        return
    query = sql.SQL(
        "INSERT INTO {} (force_ref, {}, recording_id) SELECT %s, * FROM unnest(%s::text[], %s::bigint[])"
        " ON CONFLICT DO NOTHING"
    ).format(sql.Identifier(table.name), sql.Identifier(f"{register}_ref"))
    raw.execute(query, (force_ref, list(seen), list(seen.values())))


def visited_on(visited_at: Sequence[datetime]) -> list[date]:
    """The London date of each visit (D1)."""
    return list(london_dates(pd.Series(_moments(visited_at))).dt.date)


def _append_to_sqlite(connection: Connection, table: Table, columns: Mapping[str, Iterable[Any]]) -> None:
    names = ", ".join(f'"{name}"' for name in columns)
    marks = ", ".join("?" for _ in columns)
    statement = f"INSERT INTO {table.name} ({names}) VALUES ({marks})"  # noqa: S608 - names come from the model
    raw: Any = connection.connection.driver_connection
    raw.executemany(statement, zip(*columns.values(), strict=True))


def _append_to_postgresql(connection: Connection, table: Table, columns: Mapping[str, Iterable[Any]]) -> None:
    names = sql.SQL(", ").join(sql.Identifier(name) for name in columns)
    query = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table.name), names)
    raw: Any = connection.connection.driver_connection
    with raw.cursor() as cursor:
        # The texts of moments carry no offset.
        cursor.execute("SET LOCAL TimeZone = 'UTC'")
        with cursor.copy(query) as copy:
            for row in zip(*columns.values(), strict=True):
                copy.write_row(row)


def _texts(table: Table, name: str, values: Iterable[Any]) -> Iterable[Any]:
    """A column of days or moments as ISO text, made by numpy at once, several times faster than one by one."""
    if isinstance(values, np.ndarray) and values.dtype.kind == "M":
        return _array_texts(
            values.astype("datetime64[D]" if isinstance(table.c[name].type, Date) else "datetime64[us]")
        )
    if isinstance(table.c[name].type, Date):
        return _where_present(list(values), lambda days: np.array(days, dtype="datetime64[D]"))
    if isinstance(table.c[name].type, UtcDateTime):
        return _where_present(list(values), _moments)
    return values


def _array_texts(values: npt.NDArray[np.datetime64]) -> list[str | None]:
    texts: list[str | None] = values.astype(str).tolist()
    for place in np.flatnonzero(np.isnat(values)).tolist():
        texts[place] = None
    return texts


def _where_present(values: list[Any], numbers: Callable[[list[Any]], npt.NDArray[np.datetime64]]) -> list[str | None]:
    present = [value for value in values if value is not None]
    texts: list[str] = numbers(present).astype(str).tolist()
    if len(present) == len(values):
        return list(texts)
    following = iter(texts)
    return [None if value is None else next(following) for value in values]


def _moments(values: Sequence[datetime]) -> npt.NDArray[np.datetime64]:
    """Aware datetimes as datetime64[us] in UTC; a ValueError for one without an offset."""
    if any(value.tzinfo is None for value in values):
        raise ValueError("A moment without an offset from UTC cannot be stored.")
    return np.asarray(pd.to_datetime(pd.Series(values, dtype=object), utc=True).dt.tz_localize(None), "datetime64[us]")
