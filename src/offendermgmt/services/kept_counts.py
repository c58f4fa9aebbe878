"""Which counts of several tables are kept from who may see no small ones, so that no sum gives one of them back."""

from collections import defaultdict, deque
from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import TypeVar

Cell = TypeVar("Cell", bound=Hashable)


def kept_counts(counts: Mapping[Cell, int], sums: Iterable[Sequence[Cell]], smallest: int) -> set[Cell]:
    """The cells not shown: counts from 1 to under `smallest`, and others without which a sum would tell one of them.

    The cells of each of `sums` add up to nought with some signs (a total and its parts, a number shown twice): where
    one alone of them would be kept, the smallest other count but nought is kept too, and so on through every sum.
    """
    kept = {cell for cell, count in counts.items() if 0 < count < smallest}
    every = [tuple(one) for one in sums]
    of_cell: dict[Cell, list[tuple[Cell, ...]]] = defaultdict(list)
    for one in every:
        for cell in one:
            of_cell[cell].append(one)
    waiting = deque(every)
    while waiting:
        one = waiting.popleft()
        if sum(cell in kept for cell in one) != 1:
            continue
        others = [cell for cell in one if cell not in kept and counts[cell] > 0]
        if others:
            chosen = min(others, key=lambda cell: counts[cell])
            kept.add(chosen)
            waiting.extend(of_cell[chosen])
    return kept
