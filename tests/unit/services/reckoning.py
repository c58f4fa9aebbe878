"""A reader who reckons: what follows from the numbers that tables show, by the sums they know to hold."""

from collections.abc import Hashable, Mapping
from typing import Any

import numpy as np
import pandas as pd


class Reader:
    """Numbers by name, those seen with their value, and the sums that are known of them."""

    def __init__(self) -> None:
        self.seen: dict[Hashable, int] = {}
        self._sums: list[Mapping[Hashable, int]] = []

    def see(self, name: Hashable, value: Any) -> None:
        """Read one number of a table, if it is shown; one that stands twice is the same in both places."""
        if not pd.isna(value):
            assert self.seen.setdefault(name, int(value)) == value, name

    def adds_up(self, signs: Mapping[Hashable, int]) -> None:
        """Note that these numbers with their signs add up to nought."""
        self._sums.append(signs)

    def who_saw_only(self, seen: Mapping[Hashable, int]) -> "Reader":
        """A reader who knows the same sums, and has seen only these numbers."""
        other = Reader()
        other.seen, other._sums = dict(seen), self._sums
        return other

    def reckons(self) -> dict[Hashable, int]:
        """The numbers not seen which the sums leave one value for."""
        found: dict[Hashable, int] = {}
        for sums in self._apart():
            found |= self._solved(sums)
        return found

    def rests(self) -> dict[Hashable, int]:
        """What several numbers not seen come to together, where a sum tells that: all that is not shown of a total."""
        found: dict[Hashable, int] = {}
        for one in self._sums:
            unseen = {name: sign for name, sign in one.items() if name not in self.seen and sign}
            if len(unseen) > 1 and len(set(unseen.values())) == 1:
                seen = sum(sign * self.seen[name] for name, sign in one.items() if name in self.seen)
                found[tuple(unseen)] = abs(seen)
        return found

    def _apart(self) -> list[list[Mapping[Hashable, int]]]:
        """The sums in groups that share nothing unseen."""
        leads: dict[Hashable, Hashable] = {}

        def lead(name: Hashable) -> Hashable:
            while leads.setdefault(name, name) != name:
                leads[name] = leads[leads[name]]
                name = leads[name]
            return name

        unseen = [[name for name in one if name not in self.seen] for one in self._sums]
        for names in unseen:
            for name in names:
                leads[lead(name)] = lead(names[0])
        groups: dict[Hashable, list[Mapping[Hashable, int]]] = {}
        for one, names in zip(self._sums, unseen, strict=True):
            groups.setdefault(lead(names[0]) if names else None, []).append(one)
        return list(groups.values())

    def _solved(self, sums: list[Mapping[Hashable, int]]) -> dict[Hashable, int]:
        names = list(dict.fromkeys(name for one in sums for name in one if name not in self.seen))
        at = {name: number for number, name in enumerate(names)}
        matrix, known = np.zeros((len(sums), len(names))), np.zeros(len(sums))
        for row, one in enumerate(sums):
            for name, sign in one.items():
                if name in at:
                    matrix[row, at[name]] += sign
                else:
                    known[row] -= sign * self.seen[name]
        assert names or not known.any(), sums
        if not names:
            return {}
        _, sizes, free = np.linalg.svd(matrix)
        change = np.abs(free[int((sizes > 1e-9).sum()) :]).max(axis=0, initial=0)
        values = np.linalg.lstsq(matrix, known, rcond=None)[0]
        assert np.abs(matrix @ values - known).max() < 1e-6
        return {name: round(values[number]) for name, number in at.items() if change[number] < 1e-9}
