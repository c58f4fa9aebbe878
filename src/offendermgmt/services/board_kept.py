"""Cells of a board's table as its reader may have them: numbers by row and column, some of them kept."""

from collections.abc import Collection, Iterable, Mapping
from typing import Final

from offendermgmt.services.board_tables import NOT_SHOWN, Cell
from offendermgmt.services.kept_counts import kept_counts
from offendermgmt.services.question import Question

# A row and a column of a table.
Place = tuple[str, str]
KEPT_WORDS: Final = "Counts that could point at a person are not shown, nor what would give them back."


def kept_places(
    question: Question,
    counts: Mapping[Place, int],
    sums: Iterable[Mapping[Place, int]],
    decided: Mapping[Place, bool],
    likely: Iterable[Mapping[Place, int]] = (),
) -> set[Place]:
    """Which counts of a table the question's viewer may not have (`kept_counts`); none inside the units.

    `likely` sums need not hold: those that do, a reader would try and be right.
    """
    if question.viewer.opens_lists:
        return set()
    true = [one for one in likely if not sum(sign * counts[place] for place, sign in one.items())]
    return kept_counts(counts, [*sums, *true], question.smallest_count, decided=decided)


def cell(counts: Mapping[Place, int], kept: Collection[Place], place: Place) -> Cell:
    """One count, or that it is not shown."""
    return NOT_SHOWN if place in kept else counts[place]


def share_cell(counts: Mapping[Place, int], kept: Collection[Place], part: Place, whole: Place) -> Cell:
    """The share one count is of another: not shown where one of them is not, no value where there is nothing."""
    if part in kept or whole in kept:
        return NOT_SHOWN
    return counts[part] / counts[whole] if counts[whole] else None


def is_small(question: Question, count: int) -> bool:
    """Whether a count is kept from the question's viewer on its own."""
    return not question.viewer.opens_lists and 0 < count < question.smallest_count
