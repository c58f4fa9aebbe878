"""Rows of the store as the domain's frames, and newer rows put after older ones."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd
from pandas.api.types import union_categoricals

from offendermgmt.domain.facts import COLUMNS, RECORDED, REGISTERS, Recordings, recoded

Kind = str | pd.CategoricalDtype
Registers = Mapping[str, "pd.Index[str]"]

_PLAIN: Final[Mapping[str, Callable[[Sequence[Any]], Any]]] = {
    "day": lambda values: np.array(values, dtype="datetime64[D]").astype("datetime64[s]"),
    "moment": lambda values: np.array(values, dtype="datetime64[us]"),
    "text": lambda values: pd.array(values, dtype="str"),
    "crew": lambda values: _in_order_of_appearance(values),
    "flag": lambda values: np.array(values, dtype=bool),
    "int": lambda values: np.array(values, dtype=np.int64),
    "float": lambda values: np.array(values, dtype=np.float64),
}


def kinds(table: str) -> Mapping[str, Kind]:
    """The columns of a table's frame in order, each with its kind."""
    return {**COLUMNS[table], **RECORDED}


def frame_of(table: str, columns: Sequence[Sequence[Any]], registers: Registers) -> pd.DataFrame:
    """The frame of rows given by column in the order of `kinds`: days and moments as ISO text, references as text."""
    named = zip(kinds(table).items(), columns, strict=True)
    return pd.DataFrame({name: _converted(kind, values, registers) for (name, kind), values in named})


def empty_frame(table: str, registers: Registers) -> pd.DataFrame:
    """The table's frame with no rows."""
    return frame_of(table, [[] for _ in kinds(table)], registers)


def joined(table: str, frames: Sequence[pd.DataFrame], registers: Registers) -> pd.DataFrame:
    """The rows of frames of one table, one after another, over registers that begin with those of each frame."""
    return pd.DataFrame(
        {name: _joined(kind, [frame[name] for frame in frames], registers) for name, kind in kinds(table).items()}
    )


def extend_recordings(old: Recordings, newer: Recordings) -> Recordings:
    """All rows of `old` followed by `newer`, as one reading of both would give; neither is changed.

    The registers of `newer` must begin with those of `old`, as `read_recordings` gives them.
    """
    for register in REGISTERS:
        known = len(old.registers[register])
        if not newer.registers[register][:known].equals(old.registers[register]):
            raise ValueError(f"The newer {register} register does not begin with the older one.")
    grown = {name for name in REGISTERS if len(newer.registers[name]) > len(old.registers[name])}
    # A write is of a table or two: putting all of them together anew would cost more than the rest of it.
    tables = {
        name: frame
        if newer.tables[name].empty and grown.isdisjoint(kinds(name).values())
        else _extended(name, newer, frame)
        for name, frame in old.tables.items()
    }
    return Recordings(newer.registers, tables)


def _extended(table: str, newer: Recordings, old: pd.DataFrame) -> pd.DataFrame:
    rows, registers = newer.tables[table], newer.registers
    if len(rows):
        return joined(table, [old, rows], registers)
    referring = {name: kind for name, kind in kinds(table).items() if kind in REGISTERS}
    return recoded(old, {name: pd.CategoricalDtype(registers[str(kind)]) for name, kind in referring.items()})


def _converted(kind: Kind, values: Sequence[Any], registers: Registers) -> Any:
    if isinstance(kind, pd.CategoricalDtype):
        return _over(kind.categories, values, kind)
    if kind in registers:
        return _over(registers[kind], values, pd.CategoricalDtype(registers[kind]))
    return _PLAIN[kind](values)


def _over(categories: "pd.Index[Any]", values: Sequence[Any], dtype: pd.CategoricalDtype) -> pd.Categorical:
    codes = categories.get_indexer(pd.Index(values, dtype=object))
    return pd.Categorical.from_codes(codes, dtype=dtype)


def _in_order_of_appearance(values: Sequence[Any]) -> pd.Categorical:
    codes, crews = pd.factorize(np.array(values, dtype=object))
    return pd.Categorical.from_codes(codes, categories=pd.Index(crews, dtype="str"))


def _joined(kind: Kind, parts: "Sequence[pd.Series[Any]]", registers: Registers) -> Any:
    if kind == "crew":
        return union_categoricals(list(parts))
    if isinstance(kind, pd.CategoricalDtype):
        return pd.Categorical.from_codes(_codes(parts), dtype=kind)
    if kind in registers:
        # Registers only grow at their end, so a code means the same in every part.
        return pd.Categorical.from_codes(_codes(parts), dtype=pd.CategoricalDtype(registers[kind]))
    return pd.concat(parts, ignore_index=True)


def _codes(parts: "Sequence[pd.Series[Any]]") -> npt.NDArray[np.int64]:
    return np.concatenate([part.cat.codes.to_numpy().astype(np.int64) for part in parts])
