"""Which numbers that are not shown can be worked out from sums, all of them together."""

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Mapping
from typing import Final, TypeVar

import numpy as np

Cell = TypeVar("Cell", bound=Hashable)
Row = dict[Cell, int]
# Arithmetic on remainders of a prime is exact, and a chance nought in it one in two thousand million.
_PRIME: Final = 2**31 - 1
_SEED: Final = 7


def given_back(kept: Collection[Cell], sums: Iterable[Mapping[Cell, int]]) -> list[Cell]:
    """Those of the cells for which the sums leave one value only, every other cell being known.

    Each of `sums` adds up to nought: cell and sign. What can be added to the cells without a sum noticing is nought
    exactly where a cell can be worked out; one such change, made up at random, is looked at.
    """
    rows = [{cell: sign for cell, sign in one.items() if cell in kept} for one in sums]
    rows = [row for row in rows if row]
    solved = _solved(rows)
    pivots = {pivot for pivot, _ in solved}
    free = list(dict.fromkeys(cell for _, row in solved for cell in row if cell not in pivots))
    made_up = np.random.default_rng(_SEED).integers(1, _PRIME, len(free)).tolist()
    change = dict(zip(free, made_up, strict=True))
    for pivot, row in reversed(solved):
        rest = sum(factor * change[cell] for cell, factor in row.items() if cell != pivot)
        change[pivot] = -rest * pow(row[pivot], -1, _PRIME) % _PRIME
    return [cell for cell, changed in change.items() if not changed]


def _solved(rows: list[Row[Cell]]) -> list[tuple[Cell, Row[Cell]]]:
    """The rows each with a cell that no later row has, shortest first so that the long ones stay few."""
    having: dict[Cell, set[int]] = defaultdict(set)
    for at, row in enumerate(rows):
        for cell in row:
            having[cell].add(at)
    solved = []
    for at in sorted(range(len(rows)), key=lambda at: len(rows[at])):
        row = rows[at]
        for cell in row:
            having[cell].discard(at)
        if row:
            pivot = min(row, key=lambda cell: len(having[cell]))
            for other in list(having[pivot]):
                _take_from(rows[other], row, pivot, having, other)
            solved.append((pivot, row))
    return solved


def _take_from(row: Row[Cell], other: Row[Cell], pivot: Cell, having: Mapping[Cell, set[int]], at: int) -> None:
    """Take as much of the other row from the row at `at` as leaves nothing of the pivot in it."""
    factor = row[pivot] * pow(other[pivot], -1, _PRIME)
    for cell, value in other.items():
        left = (row.get(cell, 0) - factor * value) % _PRIME
        if left:
            row[cell] = left
            having[cell].add(at)
        else:
            row.pop(cell, None)
            having[cell].discard(at)
