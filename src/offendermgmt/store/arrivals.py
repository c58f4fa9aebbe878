"""What a load asks of the store in its transaction: what is recorded under these keys, and who is known."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from sqlalchemy import (
    BindParameter,
    Column,
    ColumnElement,
    CursorResult,
    Date,
    String,
    Table,
    bindparam,
    cast,
    func,
    select,
    type_coerce,
)

from offendermgmt.domain.facts import KEYS
from offendermgmt.store.tables import IDENTITIES, RECORDINGS
from offendermgmt.store.tables.base import UtcDateTime
from offendermgmt.store.work import UnitOfWork

_REFS_AT_ONCE: Final = 5_000
_ROWS_AT_ONCE: Final = 50_000
# A row found by its key costs some ten times one read in passing.
_WORTH_A_SEARCH: Final = 10
_FIRST_DAYS: Final = {"offenders": "registered_on", "polit_cases": "received_on"}

Values = npt.NDArray[Any]


def recorded_under(work: UnitOfWork, table: str, columns: Sequence[str], refs: Collection[str]) -> dict[str, Values]:
    """Recordings of the table whose first key column is one of `refs`, perhaps with others, in order of arrival.

    Days and moments are datetime64[us], the rest objects as recorded.
    """
    source = RECORDINGS[table]
    ours = source.c.force_ref == work.force_ref
    query = select(*(_as_text(work, source.c[name]) for name in columns)).where(ours)
    query = query.order_by(source.c.recording_id)
    count = work.connection.execute(select(func.count()).select_from(source).where(ours)).scalar_one()
    if count <= _WORTH_A_SEARCH * len(refs):
        results = [work.connection.execute(query)] if count else []
    else:
        among = query.where(source.c[KEYS[table][0]].in_(_expanding()))
        results = [work.connection.execute(among, {"refs": some}) for some in _some_at_once(refs)]
    parts = [part for result in results for part in _by_column(source, columns, result)]
    empty = {name: _values(source.c[name], []) for name in columns}
    return {name: np.concatenate([empty[name], *(part[name] for part in parts)]) for name in columns}


def known_references(work: UnitOfWork, table: str, refs: Iterable[str]) -> set[str]:
    """Those of `refs` that teams, officers, offenders or polit_cases has made known."""
    identities = next(each for each in IDENTITIES.values() if KEYS[table][0] in each.c)
    column = identities.c[KEYS[table][0]]
    query = select(column).where(identities.c.force_ref == work.force_ref, column.in_(_expanding()))
    return {ref for some in _some_at_once(refs) for ref in work.connection.execute(query, {"refs": some}).scalars()}


def first_days(work: UnitOfWork, table: str, refs: Iterable[str]) -> dict[str, date]:
    """The day of registration or receipt that stands for each of `refs`, in `offenders` or `polit_cases`."""
    source = RECORDINGS[table]
    ref = source.c[KEYS[table][0]]
    query = (
        select(ref, source.c[_FIRST_DAYS[table]])
        .where(source.c.force_ref == work.force_ref, ref.in_(_expanding()))
        .order_by(source.c.recorded_at, source.c.recording_id)
    )
    return {
        row[0]: row[1] for some in _some_at_once(refs) for row in work.connection.execute(query, {"refs": some}).all()
    }


def _by_column(source: Table, columns: Sequence[str], result: CursorResult[Any]) -> Iterator[dict[str, Values]]:
    while rows := result.fetchmany(_ROWS_AT_ONCE):
        by_column = zip(*rows, strict=True)
        yield {name: _values(source.c[name], cells) for name, cells in zip(columns, by_column, strict=True)}


def _expanding() -> BindParameter[Any]:
    return bindparam("refs", expanding=True)


def _some_at_once(refs: Iterable[Any]) -> Iterator[list[Any]]:
    every = list(refs)
    for start in range(0, len(every), _REFS_AT_ONCE):
        yield every[start : start + _REFS_AT_ONCE]


def _as_text(work: UnitOfWork, column: Column[Any]) -> ColumnElement[Any]:
    """Days and moments as ISO text, which numpy reads faster than objects."""
    if not isinstance(column.type, Date | UtcDateTime):
        return column
    if work.connection.dialect.name == "sqlite":
        return type_coerce(column, String)
    return cast(func.timezone("UTC", column) if isinstance(column.type, UtcDateTime) else column, String)


def _values(column: Column[Any], cells: Sequence[Any]) -> Values:
    if isinstance(column.type, Date | UtcDateTime):
        return np.array(cells, dtype="datetime64[us]")
    values = np.empty(len(cells), dtype=object)
    values[:] = cells
    return values
