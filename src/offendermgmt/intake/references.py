"""Rules that ask the store: whom a row names must be known, and nothing is dated before registration or receipt."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np

from offendermgmt.domain.facts import KEYS
from offendermgmt.intake.cells import LIST_SEPARATOR, Reference, References, cell_of
from offendermgmt.intake.checking import CheckedTable, ValueColumn
from offendermgmt.store import UnitOfWork
from offendermgmt.store.arrivals import first_days, known_references

_NOUNS: Final = {"teams": "team", "officers": "officer", "offenders": "offender", "polit_cases": "case"}
_BEGAN: Final = {"offenders": "registered", "polit_cases": "received"}


@dataclass
class Registers:
    """Who is known, to the store or by this load so far; tables are checked in order, each after what it refers to."""

    work: UnitOfWork
    refused: dict[str, dict[str, str]] = field(default_factory=dict)

    def check(self, table: CheckedTable) -> None:
        """Refuse the rows that name somebody unknown, or are dated before their offender or case was taken on."""
        for name, info in table.model.model_fields.items():
            cell = cell_of(info)
            if isinstance(cell, Reference) and cell.to is not None:
                self._check_known(table, name, cell, cell.to)
        self._check_dated(table)
        self._remember_refused(table)

    def _check_known(self, table: CheckedTable, name: str, cell: Reference, register: str) -> None:
        column = table.columns[name]
        named = {code: _named(value, cell) for code, value in enumerate(column.distinct) if value is not None}
        known = known_references(self.work, register, {ref for refs in named.values() for ref in refs})
        unknown = {code: [ref for ref in refs if ref not in known] for code, refs in named.items()}
        wrong = {code: self._why(register, refs) for code, refs in unknown.items() if refs}
        if wrong:
            table.refuse(column.where(wrong), name, lambda row: wrong[int(column.codes[row])])

    def _why(self, register: str, refs: Iterable[str]) -> str:
        return "; ".join(self._why_one(register, ref) for ref in refs)

    def _why_one(self, register: str, ref: str) -> str:
        if place := self.refused.get(register, {}).get(ref):
            return f"{ref} was refused in this load ({place}); mend that row and load both again"
        noun = _NOUNS[register]
        return (
            f"{ref} is no {noun} in the store or in this load; load the {noun} in {register}, or correct the reference"
        )

    def _check_dated(self, table: CheckedTable) -> None:
        if table.model.dated is None:
            return
        key = "offender_ref" if "offender_ref" in table.columns else "case_ref"
        register = "offenders" if key == "offender_ref" else "polit_cases"
        who, dated = table.columns[key], table.columns[table.model.dated]
        began = self._began(who, register)
        table.refuse(
            dated.london_days() < began[who.codes],
            table.model.dated,
            lambda row: (
                f"{dated.texts[dated.codes[row]]} is before {who.distinct[who.codes[row]]} was "
                f"{_BEGAN[register]} on {np.datetime_as_string(began[who.codes[row]], 'D')}; correct one of them"
            ),
        )

    def _began(self, who: ValueColumn, register: str) -> "np.ndarray[Any, np.dtype[np.datetime64]]":
        days = first_days(self.work, register, {ref for ref in who.distinct if ref is not None})
        return np.array([days.get(ref) for ref in who.distinct], dtype="datetime64[us]")

    def _remember_refused(self, table: CheckedTable) -> None:
        if table.raw.name not in _NOUNS:
            return
        refs = table.columns[KEYS[table.raw.name][0]]
        refused = self.refused.setdefault(table.raw.name, {})
        for row in table.faults:
            if (ref := refs.distinct[refs.codes[row]]) is not None:
                refused[ref] = f"{table.raw.file}, line {table.raw.lines[row]}"


def _named(value: str, cell: Reference) -> list[str]:
    return value.split(LIST_SEPARATOR) if isinstance(cell, References) else [value]
