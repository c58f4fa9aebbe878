"""A board's month as its page asks for it: the months, the view kept while it is true, measures by their signal."""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Final

from offendermgmt.domain.vocabulary import Board, Variation
from offendermgmt.services.board_readers import read_as
from offendermgmt.services.board_types import BoardView, MeasureView
from offendermgmt.services.boards import board_view
from offendermgmt.services.desk import Desk
from offendermgmt.services.evaluating import last_month_over
from offendermgmt.services.figures import Definition
from offendermgmt.services.kept import Kept
from offendermgmt.services.months_board import months_before
from offendermgmt.services.question import Question

STANDINGS: Final = Definition(
    "Measures by their signal",
    "What the month's figure of each measure says against the months before it: a concern or an improvement where the "
    "measure has a good direction, unusual where it has none, else nothing unusual. Not judged: the month is not over, "
    "has no value or none that may be shown, or the months before it give no usual range.",
    ("X2", "X4", "X5", "M3"),
)
_VIEWS: Final[Kept[BoardView]] = Kept(24)


class Standing(StrEnum):
    """What a month's figure says of its measure, worst first."""

    CONCERN = "concern"
    UNUSUAL = "unusual"
    IMPROVEMENT = "improvement"
    USUAL = "usual"
    NOT_JUDGED = "not_judged"


_OF_VARIATION: Final[Mapping[Variation | None, Standing]] = {
    Variation.CONCERN: Standing.CONCERN,
    Variation.HIGH: Standing.UNUSUAL,
    Variation.LOW: Standing.UNUSUAL,
    Variation.IMPROVEMENT: Standing.IMPROVEMENT,
    Variation.COMMON: Standing.USUAL,
    None: Standing.NOT_JUDGED,
}
# What a reader looks into first.
ASKS: Final = frozenset({Standing.CONCERN, Standing.UNUSUAL})


def kept_view(desk: Desk, question: Question, board: Board, month_on: date, months: int) -> BoardView:
    """What `board_view` gives, kept until something is written; it raises the same."""
    asked = read_as(question, board)
    known = (desk.store.place, desk.force_ref, desk.freshness().revision, question.snapshot.known_at, question.today)
    # What is said of a measure before it is approved depends on who reads.
    readers = (asked.viewer.role, question.viewer.role)
    return _VIEWS.answer(
        (*known, *readers, board, month_on, months), lambda: board_view(desk, question, board, month_on, months)
    )


def month_choices(desk: Desk, question: Question) -> tuple[tuple[date, ...], date]:
    """The months to choose from, newest first, the running one among them; and the newest that is over."""
    running = question.as_of.replace(day=1)
    return (running, *months_before(question.as_of)), last_month_over(desk, question).replace(day=1)


def standing_of(view: BoardView, measure: MeasureView) -> Standing:
    """What the month that is read, not one before it, says of a measure."""
    series = measure.series
    at = len(series.months) - 1
    is_of_month = at >= 0 and series.months[at].first == view.month_on
    if not view.is_over or not is_of_month or not series.is_judged(at):
        return Standing.NOT_JUDGED
    return _OF_VARIATION[series.variation(at)]


def standings(view: BoardView) -> dict[Standing, int]:
    """How many of the board's measures stand how; they add up to all of them."""
    counted = Counter(standing_of(view, measure) for measure in view.measures)
    return {standing: counted[standing] for standing in Standing}
