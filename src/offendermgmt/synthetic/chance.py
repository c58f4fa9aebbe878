"""Chance that repeats: one named stream for each part, so that adding a part changes no other."""

from zlib import crc32

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


class Chance:
    """The source of every draw of one synthetic force."""

    def __init__(self, seed: int) -> None:
        self._seed = seed

    def stream(self, part: str) -> np.random.Generator:
        """A generator that depends on the seed and the part's name alone."""
        return np.random.default_rng([self._seed, crc32(part.encode())])


def choose(rng: np.random.Generator, weights: Floats) -> Ints:
    """The column drawn for each row of `weights`, in proportion to the row's values."""
    reach = weights.cumsum(axis=1)
    drawn = rng.random(len(weights)) * reach[:, -1]
    return np.asarray((reach > drawn[:, None]).argmax(axis=1), dtype=np.int64)


def happens(rng: np.random.Generator, probability: Floats | float, size: int) -> Flags:
    """Whether each of `size` things happens, each with its probability."""
    return np.asarray(rng.random(size) < probability, dtype=np.bool_)


def grouped_rank(groups: Ints) -> Ints:
    """The position, from 0, of each entry among the entries of its group, in order of appearance."""
    order = np.argsort(groups, kind="stable")
    ordered = groups[order]
    starts = np.flatnonzero(np.r_[True, ordered[1:] != ordered[:-1]]) if len(groups) else np.empty(0, np.int64)
    sizes = np.diff(np.r_[starts, len(groups)])
    rank = np.empty(len(groups), dtype=np.int64)
    rank[order] = np.arange(len(groups)) - np.repeat(starts, sizes)
    return rank
