"""Rows against the contract: each distinct text of a column is checked once, then rules that read whole rows."""

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cache, cached_property, partial
from typing import Annotated, Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd
from pydantic import TypeAdapter, ValidationError
from pydantic.fields import FieldInfo

from offendermgmt.domain.days import london_dates
from offendermgmt.intake.cells import cell_of
from offendermgmt.intake.contract import TABLES
from offendermgmt.intake.row import Row
from offendermgmt.intake.table import Codes, RawTable, Refusal, TextColumn

Mask = npt.NDArray[np.bool_]
Moments = npt.NDArray[np.datetime64]
_SHOWN: Final = 80


@dataclass(frozen=True)
class ValueColumn:
    """A column's values: row i holds `distinct[codes[i]]`, None where empty; `wrong` says why a text is no value."""

    codes: Codes
    texts: list[str]
    distinct: npt.NDArray[np.object_]
    wrong: Mapping[int, str]

    def of(self, rows: npt.NDArray[np.intp]) -> list[Any]:
        """The values of some rows."""
        return self.distinct[self.codes[rows]].tolist()  # type: ignore[no-any-return]

    def where(self, codes: Iterable[int]) -> Mask:
        """Rows whose text is one of those with these codes."""
        chosen = np.zeros(len(self.distinct), dtype=bool)
        chosen[list(codes)] = True
        return chosen[self.codes]

    def why_wrong(self, row: int) -> str:
        """Why the text of a row is no value."""
        return self.wrong[int(self.codes[row])]

    def is_empty(self) -> Mask:
        """Rows with no value."""
        return np.array([value is None for value in self.distinct], dtype=bool)[self.codes]

    def moments(self) -> Moments:
        """Each row's day or moment as datetime64[us] in UTC, NaT where there is none."""
        return self.distinct_moments[self.codes]

    @cached_property
    def distinct_moments(self) -> Moments:
        """The day or moment of each distinct text."""
        if not self._is_moment:
            return self.distinct.astype("datetime64[us]")
        # By way of a number each, which costs a fifth of handing numpy the objects.
        seconds = np.array([math.nan if moment is None else moment.timestamp() for moment in self.distinct])
        moments = np.full(len(seconds), "NaT", dtype="datetime64[us]")
        is_there = ~np.isnan(seconds)
        moments[is_there] = np.rint(seconds[is_there] * 1e6).astype(np.int64).astype("datetime64[us]")
        return moments

    @property
    def is_dated(self) -> bool:
        """Whether any value is a day or a moment."""
        return any(isinstance(value, date) for value in self.distinct)

    @cached_property
    def _is_moment(self) -> bool:
        return any(isinstance(value, datetime) for value in self.distinct)

    def london_days(self) -> Moments:
        """Each row's London date (D1), NaT where there is none."""
        return self._distinct_days[self.codes]

    @cached_property
    def _distinct_days(self) -> Moments:
        if not self._is_moment:
            return self.distinct_moments
        return london_dates(pd.Series(self.distinct_moments)).to_numpy().astype("datetime64[us]")


@dataclass
class CheckedTable:
    """A table's rows with their values, and what is wrong with those that break a rule, by row number."""

    raw: RawTable
    columns: Mapping[str, ValueColumn]
    faults: dict[int, list[tuple[str, str]]] = field(default_factory=dict)

    @property
    def model(self) -> type[Row]:
        """The table's contract."""
        return TABLES[self.raw.name]

    def accepted(self) -> npt.NDArray[np.intp]:
        """Row numbers of the rows without a fault, in order."""
        good = np.ones(len(self.raw), dtype=bool)
        good[list(self.faults)] = False
        return np.flatnonzero(good)

    def refuse(self, rows: Mask, column: str, why: str | Callable[[int], str]) -> None:
        """Note a fault of `column` in each of these rows."""
        for row in np.flatnonzero(rows).tolist():
            reason = why if isinstance(why, str) else why(row)
            self.faults.setdefault(row, []).append((column, reason))

    def refusals(self) -> list[Refusal]:
        """The rows with faults, ragged ones included, in order of line."""
        faulty = [self._refusal(row, faults) for row, faults in self.faults.items()]
        return sorted([*self.raw.ragged, *faulty], key=lambda refusal: refusal.line)

    def natural_key(self, row: int) -> str:
        """The row's key as text, the same for every way to write the same key."""
        parts = (self.columns[name] for name in self.model.key)
        return "|".join(_key_text(part.distinct[part.codes[row]], part.texts[part.codes[row]]) for part in parts)

    def _refusal(self, row: int, faults: list[tuple[str, str]]) -> Refusal:
        column = faults[0][0]
        reason = "; ".join(f"{name} {why}" if place else why for place, (name, why) in enumerate(faults))
        raw = self.raw
        text = raw.columns[column].text(row)
        return Refusal(
            raw.name, raw.file, int(raw.lines[row]), column, text, reason, raw.row(row), self.natural_key(row)
        )


def check(raw: RawTable, now: datetime) -> CheckedTable:
    """The table against all rules that need no store; nothing may have happened or been
    recorded after `now` (aware).

    A reason in `faults` is a clause that follows the column's name.
    """
    fields = TABLES[raw.name].model_fields
    table = CheckedTable(raw, {name: check_column(raw.name, name, raw.columns[name]) for name in fields})
    for name, column in table.columns.items():
        if column.wrong:
            table.refuse(column.where(column.wrong), name, column.why_wrong)
    _check_end(table)
    _check_order(table)
    _check_time(table, now)
    _check_crew(table)
    return table


def check_column(table: str, name: str, column: TextColumn) -> ValueColumn:
    """A column's values by its model's field, and what is wrong with the texts that are none."""
    field_info = TABLES[table].model_fields[name]
    filled = [code for code, text in enumerate(column.texts) if text.strip()]
    values = np.full(len(column.texts), None, dtype=object)
    wrong = {}
    if field_info.is_required():
        wrong = {code: "is empty; fill it in" for code, text in enumerate(column.texts) if not text.strip()}
    good, bad = _validated(table, name, [column.texts[code] for code in filled])
    cell = cell_of(field_info)
    for place in bad:
        text = column.texts[filled[place]]
        wrong[filled[place]] = f"{_shown(text)} {cell.why_not(text)}"
    places = [code for place, code in enumerate(filled) if place not in bad]
    boxed = np.empty(len(good), dtype=object)
    boxed[:] = good
    values[places] = boxed
    return ValueColumn(column.codes, list(column.texts), values, wrong)


def _validated(table: str, name: str, texts: list[str]) -> tuple[list[Any], set[int]]:
    """The values of the texts that are good, and the places of those that are not."""
    adapter = _adapter(table, name)
    try:
        return adapter.validate_python(texts), set()
    except ValidationError as error:
        bad = {int(each["loc"][0]) for each in error.errors(include_url=False, include_context=False)}
    return adapter.validate_python([text for place, text in enumerate(texts) if place not in bad]), bad


@cache
def _adapter(table: str, name: str) -> TypeAdapter[list[Any]]:
    info: FieldInfo = TABLES[table].model_fields[name]
    return TypeAdapter(list[Annotated[info.annotation, *info.metadata]] if info.metadata else list[info.annotation])  # type: ignore[name-defined]


def _check_end(table: CheckedTable) -> None:
    if "to_on" not in table.columns:
        return
    start, end = table.columns["from_on"], table.columns["to_on"]
    not_after = end.moments() <= start.moments()
    table.refuse(
        not_after,
        "to_on",
        lambda row: (
            f"{end.texts[end.codes[row]]} is not after from_on {start.texts[start.codes[row]]}; "
            "it is the first day the fact no longer holds"
        ),
    )


def _check_order(table: CheckedTable) -> None:
    for name, earlier in table.model.not_before.items():
        later, first = table.columns[name], table.columns[earlier]
        table.refuse(later.moments() < first.moments(), name, partial(_why_before, later, first, earlier))


def _why_before(later: ValueColumn, first: ValueColumn, earlier: str, row: int) -> str:
    text, other = later.texts[later.codes[row]], first.texts[first.codes[row]]
    return f"{text} is before {earlier} {other}; correct one of them"


def _check_time(table: CheckedTable, now: datetime) -> None:
    moment = np.datetime64(now.astimezone(UTC).replace(tzinfo=None), "us")
    today = london_dates(pd.Series([moment])).to_numpy()[0]
    for name in table.model.happened:
        latest = moment if name.endswith("_at") else today
        _refuse_after(table, name, latest, "correct it, or load it once it is past")
    if "recorded_at" in table.columns:
        _refuse_after(table, "recorded_at", moment, "correct it or leave it empty")


def _refuse_after(table: CheckedTable, name: str, latest: np.datetime64, what_to_do: str) -> None:
    column = table.columns[name]
    table.refuse(
        column.moments() > latest,
        name,
        lambda row: f"{column.texts[column.codes[row]]} is in the future; {what_to_do}",
    )


def _check_crew(table: CheckedTable) -> None:
    if table.raw.name != "visits":
        return
    outcomes = table.columns["outcome"]
    attended = [code for code, outcome in enumerate(outcomes.distinct) if outcome not in {None, "cancelled"}]
    alone = table.columns["officer_refs"].is_empty() & outcomes.where(attended)
    table.refuse(alone, "officer_refs", "is empty; name who made the visit (only a cancelled one has nobody)")


def _shown(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}..."


def _key_text(value: Any, text: str) -> str:
    return text.strip() if value is None else value.isoformat() if isinstance(value, date) else str(value)
