"""The trends as a viewer may have them: outside the units no small count, nor what would give one back.

A number has one name wherever it stands: what it counts, and its first and last day. So the closing of one period is
the opening of the next and the backlog at that day, in every table of the page, and is kept in all of them or in none.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, Final

import numpy as np
import pandas as pd

from offendermgmt.domain.periods import Periods
from offendermgmt.domain.vocabulary import ATTENDED
from offendermgmt.services.kept_counts import kept_counts
from offendermgmt.services.question import Question
from offendermgmt.services.trends import CAUSES_IN, CAUSES_OUT, TrendTables, months_of, trend_tables

# What is counted, on the first day and up to the last.
Cell = tuple[str, int, int]
Sum = dict[Cell, int]

_ON_A_DAY: Final = frozenset({"overdue", "not_overdue", "running", "stopped", "managed", "not_overdue_of_managed"})
_FLOW: Final = ("opening", *CAUSES_IN, *CAUSES_OUT, "closing")
_COUNTS: Final = {
    "backlog": ("overdue", "not_overdue", "running", "stopped", "managed"),
    "flow": _FLOW,
    "over_range": _FLOW,
    "compliance": ("overdue", "not_overdue", "running", "due", "met", "missed"),
    "attempts": ("attended", *map(str, ATTENDED), "cancelled"),
    "recording": ("visits",),
}
# What is made of a count is kept with it.
DERIVED: Final[Mapping[str, tuple[str, ...]]] = {
    "days_overdue_total": ("overdue",),
    "longest_days_overdue": ("overdue",),
    "share": ("overdue", "running"),
    "share_of_managed": ("overdue", "managed"),
    "stock": ("not_overdue", "running"),
    "rate": ("met", "due"),
    "per_completed": ("attended", "completed"),
    "median_days": ("visits",),
    "nine_in_ten_days": ("visits",),
}
# Rather what no table shows; and the backlog itself, which half of the page is about, only where nothing else would do.
_LAST: Final = {"overdue": 3, "running": 2}
_UNSHOWN: Final = frozenset({"stopped", "not_overdue_of_managed", "not_high_risk"})


@dataclass(frozen=True)
class Counted:
    """The numbers of a page by name, how they add up, and those kept from the viewer."""

    counts: Mapping[Cell, int]
    sums: Sequence[Sum]
    kept: frozenset[Cell]


def trends_as_shown(question: Question) -> TrendTables:
    """The figures of `trend_tables` as the question's viewer may have them.

    Who opens no lists has no count from 1 to under `Question.smallest_count` nor one that would give it back: they are
    missing, and so is what is derived from them.
    """
    tables = trend_tables(question)
    if question.viewer.opens_lists:
        return tables
    kept, spans = counted(question, tables).kept, _spans(question)
    return replace(tables, **{name: _masked(name, frame, spans[name], kept) for name, frame in _frames(tables)})


def counted(question: Question, tables: TrendTables) -> Counted:
    """The numbers of the trends, their sums, and which of them are kept from who may see no small ones."""
    counts: dict[Cell, int] = {}
    spans = _spans(question)
    for name, frame in _frames(tables):
        for column in _columns(name, frame):
            counts |= zip(cells(column, spans[name]), frame[column].tolist(), strict=True)
    between, sums = _visits_between(tables, question.range, spans["recording"])
    unshown = between.keys() - counts.keys()
    counts |= between
    for day in question.range.last.tolist():
        counts[on("not_overdue_of_managed", day)] = counts[on("managed", day)] - counts[on("overdue", day)]
    sums += _sums(tables, spans)
    kept = kept_counts(
        counts, sums, question.smallest_count, cost=lambda cell: (cell not in unshown and cost(cell), counts[cell])
    )
    return Counted(counts, sums, frozenset(kept))


def cost(cell: Cell) -> int:
    """How loath one is to keep a number only because it would give back another."""
    return 0 if cell[0] in _UNSHOWN else _LAST.get(cell[0], 1)


def on(name: str, day: int) -> Cell:
    """The name of a number of one day."""
    return name, day, day


def cells(column: str, spans: Periods) -> list[Cell]:
    """The names of the numbers in a column of a table, whose rows are these periods."""
    first, last = spans.first.tolist(), spans.last.tolist()
    match column:
        case "opening":
            return [on("overdue", day - 1) for day in first]
        case "closing":
            return [on("overdue", day) for day in last]
        case "visits":
            return [("attended", *days) for days in zip(first, last, strict=True)]
    return [(column, *days) for days in zip(last if column in _ON_A_DAY else first, last, strict=True)]


def sums_of_a_day(day: int) -> list[Sum]:
    """How those who are managed on a day add up."""
    overdue, running, managed = (on(name, day) for name in ("overdue", "running", "managed"))
    return [
        {overdue: 1, on("not_overdue", day): 1, running: -1},
        {running: 1, on("stopped", day): 1, managed: -1},
        {overdue: 1, on("not_overdue_of_managed", day): 1, managed: -1},
    ]


def sums_of_flow(rows: pd.DataFrame, spans: Periods) -> Iterator[Sum]:
    """Opening and who came, less who went, is closing, in every row of a flow (B2)."""
    signs = {"opening": 1, **dict.fromkeys(CAUSES_IN, 1), **dict.fromkeys(CAUSES_OUT, -1), "closing": -1}
    of_columns = {column: cells(column, spans) for column in signs if column in rows}
    for each in zip(*of_columns.values(), strict=True):
        yield {cell: signs[column] for column, cell in zip(of_columns, each, strict=True)}


def sum_over(column: str, whole: Periods, parts: Periods) -> Sum:
    """The parts of a number of one span of days; nothing where it is itself the only one."""
    every = cells(column, parts)
    return {cells(column, whole)[0]: 1, **dict.fromkeys(every, -1)} if len(every) > 1 else {}


def _frames(tables: TrendTables) -> list[tuple[str, pd.DataFrame]]:
    return [(field.name, getattr(tables, field.name)) for field in fields(tables)]


def _spans(question: Question) -> dict[str, Periods]:
    periods = question.range
    whole = Periods(periods.first[:1], periods.last[-1:])
    return {**dict.fromkeys(_COUNTS, periods), "over_range": whole, "recording": months_of(question)}


def _columns(name: str, frame: pd.DataFrame) -> list[str]:
    return [column for column in _COUNTS[name] if column in frame]


def _sums(tables: TrendTables, spans: Mapping[str, Periods]) -> list[Sum]:
    periods, whole = spans["flow"], spans["over_range"]
    sums = [one for day in periods.last.tolist() for one in sums_of_a_day(day)]
    sums += [*sums_of_flow(tables.flow, periods), *sums_of_flow(tables.over_range, whole)]
    causes = [cause for cause in (*CAUSES_IN, *CAUSES_OUT) if cause in tables.flow]
    sums += [one for cause in causes if (one := sum_over(cause, whole, periods))]
    for total, *parts in (("due", "met", "missed"), ("attended", *map(str, ATTENDED))):
        rows = zip(*(cells(column, periods) for column in (total, *parts)), strict=True)
        sums += [dict(zip(row, (1, *([-1] * len(parts))), strict=True)) for row in rows]
    return sums


def _visits_between(tables: TrendTables, periods: Periods, months: Periods) -> tuple[dict[Cell, int], list[Sum]]:
    """The visits of periods and of months cut where either ends, and how these add up to both."""
    ends = np.union1d(periods.last, months.last)
    parts = Periods(np.append(periods.first[:1], ends[:-1] + 1), ends)
    before = {
        int(end): int(number)
        for spans, visits in ((periods, tables.attempts["attended"]), (months, tables.recording["visits"]))
        for end, number in zip(spans.last, visits.cumsum(), strict=True)
    }
    numbers = np.diff([0, *(before[int(end)] for end in ends)]).tolist()
    return dict(zip(cells("attended", parts), numbers, strict=True)), [
        one for spans in (periods, months) for one in sums_over("attended", spans, parts)
    ]


def sums_over(column: str, spans: Periods, parts: Periods) -> Iterator[Sum]:
    """The parts of the number of each span, of which every one ends where a part does."""
    for first, last in zip(spans.first, spans.last, strict=True):
        inside = (parts.first >= first) & (parts.last <= last)
        whole = Periods(np.array([first]), np.array([last]))
        if one := sum_over(column, whole, Periods(parts.first[inside], parts.last[inside])):
            yield one


def _masked(name: str, frame: pd.DataFrame, spans: Periods, kept: frozenset[Cell]) -> pd.DataFrame:
    hidden = {
        column: np.array([cell in kept for cell in cells(column, spans)], dtype=bool)
        for column in _columns(name, frame)
    }
    shown: dict[str, Any] = {column: frame[column].astype("Int64").mask(lost) for column, lost in hidden.items()}
    for column, sources in DERIVED.items():
        if column in frame:
            shown[column] = frame[column].mask(np.logical_or.reduce([hidden[source] for source in sources]))
    return frame.assign(**shown)
