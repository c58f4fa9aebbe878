"""Which counts of several tables are kept from who may see no small ones, so that no sum gives one of them back.

One mechanism for every table that leaves the units: a page says which numbers it shows and how they add up.
"""

from collections import defaultdict, deque
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Generic, TypeVar

from offendermgmt.services.given_back import given_back

Cell = TypeVar("Cell", bound=Hashable)


def kept_counts(
    counts: Mapping[Cell, int],
    sums: Iterable[Sequence[Cell] | Mapping[Cell, int]],
    smallest: int,
    *,
    decided: Mapping[Cell, bool] | None = None,
    cost: Callable[[Cell], Any] | None = None,
) -> set[Cell]:
    """The cells not shown: counts from 1 to under `smallest`, and others without which a sum would tell one of them.

    The cells of each of `sums` add up to nought with some signs (a total and its parts, a number shown twice): where
    one alone of them would be kept, another is kept too, and so on through every sum. It is the one of least `cost`,
    or the smallest; a nought only where nothing else is left. Sums given with their signs tell no small count together
    either, nor that all that is kept of a total is few. Whether a cell of `decided` is kept stands already.
    """
    every = list(sums)
    keeping = _Keeping(counts, every, smallest, decided or {}, cost or counts.__getitem__)
    for cell, count in counts.items():
        if keeping.decided.get(cell, 0 < count < smallest):
            keeping.kept[cell] = None
    keeping.beside(every)
    keeping.together([one for one in every if isinstance(one, Mapping)])
    return set(keeping.kept)


class _Keeping(Generic[Cell]):
    """The cells kept so far, and the sums they are in."""

    def __init__(
        self,
        counts: Mapping[Cell, int],
        sums: Iterable[Iterable[Cell]],
        smallest: int,
        decided: Mapping[Cell, bool],
        cost: Callable[[Cell], Any],
    ) -> None:
        # In their order: one and the same page must keep the same cells whenever it is read.
        self.kept: dict[Cell, None] = {}
        self.decided = decided
        self._counts, self._smallest, self._cost = counts, smallest, cost
        self._of_cell: dict[Cell, list[Iterable[Cell]]] = defaultdict(list)
        for one in sums:
            for cell in one:
                self._of_cell[cell].append(one)

    def beside(self, sums: Iterable[Iterable[Cell]]) -> None:
        """Keep another cell of each sum of which one alone is kept, or too few in all, and so on."""
        waiting = deque(sums)
        while waiting:
            one = waiting.popleft()
            for chosen in self._least(one) if self._is_told(one) else ():
                self.kept[chosen] = None
                waiting.extend(self._of_cell[chosen])

    def _is_told(self, one: Iterable[Cell]) -> bool:
        """Whether what is shown of a sum tells the one number kept of it, or that several are few in all."""
        kept = [cell for cell in one if cell in self.kept]
        if len(kept) < 2 or not isinstance(one, Mapping):
            return len(kept) == 1
        are_added = len({one[cell] for cell in kept}) == 1
        return are_added and 0 < sum(self._counts[cell] for cell in kept) < self._smallest

    def together(self, sums: Sequence[Mapping[Cell, int]]) -> None:
        """Keep more cells while the sums together tell a small count, unless what is decided tells it already."""
        lost: set[Cell] | None = None
        while told := [cell for cell in given_back(self.kept, sums) if self._is_small(cell)]:
            if lost is None:
                lost = set(given_back([cell for cell in self._counts if self.decided.get(cell, True)], sums))
            told = [cell for cell in told if cell not in lost]
            # What tells them may be sums further on, of which these have only the end.
            chosen = self._least(self._beside_of(told)) or self._least(self._beside_of(self.kept if told else ()))
            if not chosen:
                break
            self.kept[chosen[0]] = None
            self.beside(self._of_cell[chosen[0]])

    def _is_small(self, cell: Cell) -> bool:
        return 0 < self._counts[cell] < self._smallest

    def _beside_of(self, cells: Iterable[Cell]) -> Iterator[Cell]:
        return (other for cell in cells for one in self._of_cell[cell] for other in one)

    def _least(self, cells: Iterable[Cell]) -> list[Cell]:
        """The one of least cost that may still be kept, a nought last; empty where there is none."""
        free = [cell for cell in cells if not (cell in self.kept or cell in self.decided)]
        return [min(free, key=lambda cell: (self._counts[cell] == 0, self._cost(cell)))] if free else []
