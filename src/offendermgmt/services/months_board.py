"""The months that can be closed, and how each stands: what the page of closed months lists."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from offendermgmt.services.desk import Desk
from offendermgmt.services.kept import Kept
from offendermgmt.services.month_closing import ClosedMonth, closing_of, reported
from offendermgmt.services.question import Question
from offendermgmt.services.restatement import restated_figures

MONTHS_LISTED: Final = 36
# A closed month is reckoned anew only when something was written: three years of them, for a few days asked for.
_RESTATED: Final[Kept[tuple[int, int]]] = Kept(4 * MONTHS_LISTED)


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
    return tuple(_line(desk, question, each, closing_of(recorded, each)) for each in months_before(question.as_of))


def _line(desk: Desk, question: Question, month_on: date, closing: ClosedMonth | None) -> MonthLine:
    if closing is None or not closing.is_closed:
        return MonthLine(month_on, closing)
    asked = (desk.store.place, desk.force_ref, desk.freshness().revision, question.snapshot.known_at, question.today)

    def counted() -> tuple[int, int]:
        month = reported(desk, closing)
        return len(month.measures), restated_figures(desk, question, month)

    return MonthLine(month_on, closing, *_RESTATED.answer((*asked, month_on, closing.version), counted))
