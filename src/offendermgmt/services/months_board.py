"""The months that can be closed, and how each stands: what the page of closed months lists."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from offendermgmt.services.desk import Desk
from offendermgmt.services.kept import Kept
from offendermgmt.services.month_closing import ClosedMonth, ReportedMonth, closing_of, reported
from offendermgmt.services.question import Question
from offendermgmt.services.restatement import Restatement, restated, restated_figures

MONTHS_LISTED: Final = 36
# Reckoned anew only when something was written: a few days asked for.
_COUNTED: Final[Kept[Mapping[date, tuple[int, int]]]] = Kept(8)
# A month read by a few readers, inside the units and outside.
_RESTATED: Final[Kept[Restatement]] = Kept(16)


@dataclass(frozen=True)
class MonthLine:
    """A month that is over: its newest closing, how many figures that has, and how many of them are restated since.

    `closing` is None for a month never closed; the two numbers are None where no closing stands.
    """

    month_on: date
    closing: ClosedMonth | None
    figures: int | None = None
    restated: int | None = None


def months_before(as_of: date) -> tuple[date, ...]:
    """The first days of three years' months before the one of a day, newest first."""
    newest = as_of.year * 12 + as_of.month - 2
    return tuple(date(number // 12, number % 12 + 1, 1) for number in range(newest, newest - MONTHS_LISTED, -1))


def month_lines(desk: Desk, question: Question, recorded: Sequence[ClosedMonth]) -> tuple[MonthLine, ...]:
    """How each of the months before the question's stands; `recorded` are all closings."""
    closings = [(each, closing_of(recorded, each)) for each in months_before(question.as_of)]
    counts = _counts(desk, question, [closing for _, closing in closings if closing is not None and closing.is_closed])
    return tuple(MonthLine(month_on, closing, *counts.get(month_on, (None, None))) for month_on, closing in closings)


def _counts(desk: Desk, question: Question, closed: Sequence[ClosedMonth]) -> Mapping[date, tuple[int, int]]:
    """Figures of each closed month, and how many of them are restated."""
    asked = (*_known(desk, question), *((each.month_on, each.version) for each in closed))

    def counted() -> Mapping[date, tuple[int, int]]:
        months = [reported(desk, each) for each in closed]
        found = zip(months, restated_figures(desk, question, months), strict=True)
        return {month.closing.month_on: (len(month.measures), count) for month, count in found}

    return _COUNTED.answer(asked, counted)


def restatement_of(desk: Desk, question: Question, month: ReportedMonth) -> Restatement:
    """The closed month's `restated`, kept until something is written; not to be written to."""
    viewer, closing = question.viewer, month.closing
    asked = (*_known(desk, question), viewer.opens_lists, viewer.units, closing.month_on, closing.version)
    return _RESTATED.answer(asked, lambda: restated(desk, question, month))


def _known(desk: Desk, question: Question) -> tuple[Hashable, ...]:
    """What a kept answer holds for: all that is on record, or was by a moment."""
    known = (desk.freshness().revision, question.snapshot.known_at, question.today)
    return (desk.store.place, desk.force_ref, *known)
