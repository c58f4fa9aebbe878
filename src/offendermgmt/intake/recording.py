"""Which accepted rows are new recordings and which are already on record (D4)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from offendermgmt.intake.checking import CheckedTable, Mask

Ints = npt.NDArray[np.int64]
_RECORDING: Final = ("recorded_at", "is_void")
_NAMED_AT_MOST: Final = 20


@dataclass(frozen=True)
class Arrivals:
    """Row numbers of new recordings in order of arrival, how many rows change nothing, and what to say."""

    new: npt.NDArray[np.intp]
    unchanged: int
    notices: list[str]


def fact_columns(table: CheckedTable) -> list[str]:
    """The columns that say what is recorded, not when."""
    return [name for name in table.columns if name not in _RECORDING]


def arrivals(table: CheckedTable, stored: Mapping[str, npt.NDArray[Any]]) -> Arrivals:
    """Of the accepted rows, those that are new beside `stored`: the recordings under the same keys, oldest first.

    A row with `recorded_at` is on record if the same recording is. Rows without it say what is so now: of several
    with one key the last line counts, and they change nothing if it is what stands on record.
    """
    rows = table.accepted()
    key, fact, moment, is_stored = _identities(table, rows, stored)
    is_given = ~is_stored & (moment != _unset())
    dated = is_stored | is_given
    seen = pd.Series(_combined([fact, moment])[dated]).duplicated().to_numpy()
    repeats = np.zeros(len(key), dtype=bool)
    repeats[np.flatnonzero(dated)[seen]] = True
    repeats |= _says_what_stands(key, fact, moment, dated)
    is_new = ~is_stored & ~repeats
    offset = int(is_stored.sum())
    fresh = is_new[offset:]
    notices = _clashes(table, rows[fresh], key[offset:][fresh], moment[offset:][fresh])
    return Arrivals(rows[fresh], int((~fresh).sum()), notices)


def _says_what_stands(key: Ints, fact: Ints, moment: Ints, dated: Mask) -> Mask:
    """Of the rows without `recorded_at`, those that repeat what stands for their key."""
    standing = np.full(key.max(initial=-1) + 1, -1, dtype=np.int64)
    old = np.flatnonzero(dated)
    old = old[np.argsort(moment[old], kind="stable")]
    standing[key[old]] = fact[old]
    last = np.full(len(standing), -2, dtype=np.int64)
    now = np.flatnonzero(~dated)
    last[key[now]] = fact[now]
    settled = (last == standing)[key[now]]
    in_order = now[np.argsort(key[now], kind="stable")]
    is_first = np.r_[True, key[in_order][1:] != key[in_order][:-1]][: len(in_order)]
    before = np.where(is_first, standing[key[in_order]], np.r_[np.int64(-1), fact[in_order][:-1]][: len(in_order)])
    repeats = np.zeros(len(key), dtype=bool)
    repeats[now[settled]] = True
    repeats[in_order[fact[in_order] == before]] = True
    return repeats


def _identities(
    table: CheckedTable, rows: npt.NDArray[np.intp], stored: Mapping[str, npt.NDArray[Any]]
) -> tuple[Ints, Ints, Ints, Mask]:
    """Of stored rows, then accepted ones: numbers equal for equal keys and equal facts, moments, which are stored."""
    count = len(next(iter(stored.values())))
    parts = {name: _column_identity(table, name, rows, stored[name]) for name in fact_columns(table)}
    key = _combined([parts[name] for name in table.model.key])
    void = _void(table, rows, stored, count)
    rest = [part for name, part in parts.items() if name not in table.model.key]
    fact = _combined([key, *rest, void])
    moment = np.full(count + len(rows), _unset(), dtype=np.int64)
    moment[:count] = stored["recorded_at"].astype("datetime64[us]").astype(np.int64)
    if (recorded := table.columns.get("recorded_at")) is not None:
        moment[count:] = recorded.moments()[rows].astype(np.int64)
    is_stored = np.arange(count + len(rows)) < count
    return key, fact, moment, is_stored


def _column_identity(table: CheckedTable, name: str, rows: npt.NDArray[np.intp], stored: npt.NDArray[Any]) -> Ints:
    column = table.columns[name]
    if stored.dtype.kind == "M":
        return np.concatenate([stored.astype(np.int64), column.moments()[rows].astype(np.int64)])
    numbers, _ = pd.factorize(np.concatenate([stored, column.distinct]))
    return np.concatenate([numbers[: len(stored)], numbers[len(stored) :][column.codes[rows]]]).astype(np.int64)


def _void(table: CheckedTable, rows: npt.NDArray[np.intp], stored: Mapping[str, Any], count: int) -> Ints:
    void = np.zeros(count + len(rows), dtype=np.int64)
    void[:count] = stored["is_void"].astype(bool)
    if (flags := table.columns.get("is_void")) is not None:
        void[count:] = flags.distinct.astype(bool)[flags.codes[rows]]
    return void


def _combined(parts: list[Ints]) -> Ints:
    """A number for each row, equal where all parts are equal."""
    combined = np.zeros(len(parts[0]), dtype=np.int64)
    for part in parts:
        codes, distinct = pd.factorize(part)
        if len(distinct) > 1:
            combined = pd.factorize(combined * len(distinct) + codes)[0].astype(np.int64)
    return combined


def _clashes(table: CheckedTable, rows: npt.NDArray[np.intp], key: Ints, moment: Ints) -> list[str]:
    """What to say of a key with different values and one moment of recording in one load."""
    together = pd.Series(_combined([key, moment]) if len(key) else key)
    twice = together.duplicated(keep=False)
    lines = pd.Series(table.raw.lines[rows])[twice]
    groups = [group.tolist() for _, group in lines.groupby(together[twice], sort=False)]
    notices = [
        f"{table.raw.file}, lines {', '.join(map(str, group))}: one key with different values and the same "
        "recorded_at; all are kept and the last line stands."
        for group in groups[:_NAMED_AT_MOST]
    ]
    if len(groups) > _NAMED_AT_MOST:
        notices.append(f"{table.raw.file}: {len(groups) - _NAMED_AT_MOST} more keys are repeated in the same way.")
    return notices


def _unset() -> int:
    return int(np.datetime64("NaT").astype(np.int64))
