"""Two days compared as a viewer may have them, beside the trends of the same page.

The trends are settled first, whatever two days are chosen: were they to change with the days, two choices side by side
would tell what each keeps. The comparison keeps what would give back a small count, its own or the trends'.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

import numpy as np
import pandas as pd

from offendermgmt.domain.days import day_number
from offendermgmt.domain.periods import Periods
from offendermgmt.services import definitions, reports, trend_definitions
from offendermgmt.services.comparison import Compared, Comparison, compare
from offendermgmt.services.figures import Definition, Figure
from offendermgmt.services.kept_counts import kept_counts
from offendermgmt.services.question import Question
from offendermgmt.services.trends import CAUSES_IN, CAUSES_OUT, trend_tables
from offendermgmt.services.trends_small import (
    Cell,
    Sum,
    cells,
    cost,
    counted,
    on,
    sums_of_a_day,
    sums_of_flow,
    sums_over,
)

_DUE: Final = ("due", "met", "missed")
_OF_MANAGED: Final = trend_definitions.SHARE_OF_MANAGED
# What a figure of a day is made of: it is kept where one of them is.
_MADE_OF: Final[dict[Definition, tuple[str, ...]]] = {
    definitions.OVERDUE: ("overdue",),
    definitions.OVERDUE_SHARE: ("overdue", "running"),
    _OF_MANAGED: ("overdue", "managed"),
    definitions.HIGH_RISK_OVERDUE: ("high_risk", "overdue"),
    definitions.DAYS_OVERDUE: ("overdue",),
    definitions.MOST_OVERDUE: ("overdue",),
    trend_definitions.MANAGED: ("managed",),
    trend_definitions.RUNNING: ("running",),
    trend_definitions.STOCK: ("not_overdue", "running"),
}


def compared_as_shown(question: Question, earlier_on: date, later_on: date) -> Comparison:
    """The comparison of `compare` as the question's viewer may have it, who has the trends of the question beside it.

    Who opens no lists has no count from 1 to under `Question.smallest_count` nor one that would give it back.
    """
    compared = compare(question, earlier_on, later_on)
    if question.viewer.opens_lists:
        return compared
    kept = _kept(question, compared)
    flow, between = compared.flow, compared.between
    shown = {
        column: flow[column].astype("Int64").mask(np.array([cells(column, between)[0] in kept]))
        for column in _columns(flow)
    }
    return replace(
        compared,
        figures=tuple(_shown(pair, (earlier_on, later_on), kept) for pair in compared.figures),
        flow=flow.assign(**shown),
        kept=_without(compared.kept, any(cell in kept for cell in _due(question, between))),
    )


def _shown(pair: Compared, days: tuple[date, date], kept: set[Cell]) -> Compared:
    made_of = _MADE_OF[pair.later.definition]
    figures = (
        _without(figure, any(on(name, day_number(day)) in kept for name in made_of))
        for figure, day in zip((pair.earlier, pair.later), days, strict=True)
    )
    return Compared(*figures)


def _without(figure: Figure, is_kept: bool) -> Figure:
    return Figure(figure.definition, figure.setting, None, suppressed=True) if is_kept else figure


def _kept(question: Question, compared: Comparison) -> set[Cell]:
    """The numbers kept of the comparison and of the trends beside it."""
    trends = counted(question, trend_tables(question))
    counts, sums = dict(trends.counts), list(trends.sums)
    for more, add_up in (*_of_days(compared), _of_flow(question, compared), _of_due(question, compared)):
        counts |= more
        sums += add_up
    decided = {cell: cell in trends.kept for cell in trends.counts}
    shown = _names(question, compared)
    return kept_counts(
        counts,
        sums,
        question.smallest_count,
        decided=decided,
        cost=lambda cell: (cell in shown and cost(cell), counts[cell]),
    )


def _names(question: Question, compared: Comparison) -> set[Cell]:
    """The names of the numbers that the comparison shows."""
    days = [day_number(day) for day in (compared.earlier_on, compared.later_on)]
    of_days = {on(name, day) for made_of in _MADE_OF.values() for name in made_of for day in days}
    of_flow = {cell for column in _columns(compared.flow) for cell in cells(column, compared.between)}
    return of_days | of_flow | set(_due(question, compared.between))


def _columns(flow: pd.DataFrame) -> list[str]:
    return [str(column) for column in flow if not str(column).startswith("period")]


def _of_days(compared: Comparison) -> Iterator[tuple[dict[Cell, int], list[Sum]]]:
    by_definition = {pair.later.definition: pair for pair in compared.figures}
    for day, name in ((compared.earlier_on, "earlier"), (compared.later_on, "later")):
        figures = {definition: getattr(pair, name) for definition, pair in by_definition.items()}
        share = figures[definitions.HIGH_RISK_OVERDUE]
        late, high = share.denominator or 0, share.numerator or 0
        running, managed = (figures[one].denominator or 0 for one in (definitions.OVERDUE_SHARE, _OF_MANAGED))
        numbers = {
            "overdue": late,
            "running": running,
            "managed": managed,
            "high_risk": high,
            "not_overdue": running - late,
            "stopped": managed - running,
            "not_overdue_of_managed": managed - late,
            "not_high_risk": late - high,
        }
        at = day_number(day)
        by_risk = {on("high_risk", at): 1, on("not_high_risk", at): 1, on("overdue", at): -1}
        yield {on(of, at): number for of, number in numbers.items()}, [*sums_of_a_day(at), by_risk]


def _of_flow(question: Question, compared: Comparison) -> tuple[dict[Cell, int], list[Sum]]:
    """The flow cut wherever a period or the days between begin or end, and how its parts add up to both."""
    parts, between, periods = _parts(question, compared.between), compared.between, question.range
    rows = reports.backlog_flow(replace(question, periods=parts))
    counts: dict[Cell, int] = {}
    for frame, spans in ((rows, parts), (compared.flow, between)):
        for column in _columns(frame):
            counts |= zip(cells(column, spans), frame[column].tolist(), strict=True)
    sums = [*sums_of_flow(rows, parts), *sums_of_flow(compared.flow, between)]
    for cause in (cause for cause in (*CAUSES_IN, *CAUSES_OUT) if cause in rows):
        sums += [one for spans in (between, periods) for one in sums_over(cause, spans, parts)]
    return counts, sums


def _of_due(question: Question, compared: Comparison) -> tuple[dict[Cell, int], list[Sum]]:
    """The visits that fell due between the days; as of the trends' last day they add up with those of the periods."""
    between, share = compared.between, compared.kept
    due, met = share.denominator or 0, share.numerator or 0
    own = _due(question, between)
    counts = dict(zip(own, (due, met, due - met), strict=True))
    sums: list[Sum] = [dict(zip(own, (1, -1, -1), strict=True))]
    if compared.later_on < question.as_of:
        return counts, sums
    parts = _parts(question, between)
    rows = reports.compliance(replace(question, periods=parts))
    rows["missed"] = rows["due"] - rows["met"]
    for column in _DUE:
        counts |= zip(cells(column, parts), rows[column].tolist(), strict=True)
        sums += [one for spans in (between, question.range) for one in sums_over(column, spans, parts)]
    each = zip(*(cells(column, parts) for column in _DUE), strict=True)
    return counts, [*sums, *(dict(zip(row, (1, -1, -1), strict=True)) for row in each)]


def _due(question: Question, between: Periods) -> Sequence[Cell]:
    """The names of the visits due between the days: as of an earlier day than the trends' they are other visits."""
    then = "" if int(between.last[0]) == question.on else "_then"
    return [(f"{column}{then}", int(between.first[0]), int(between.last[0])) for column in _DUE]


def _parts(question: Question, between: Periods) -> Periods:
    periods = question.range
    first = np.unique([*periods.first, *between.first, *(between.last + 1), periods.last[-1] + 1])
    return Periods(first[:-1].astype(np.int32), (first[1:] - 1).astype(np.int32))
