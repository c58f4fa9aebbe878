"""Which crew goes to whom, and when: as many visits as fit, in order, by integer programmes (R35, R37).

First how many visits fit at all; then who works when, so that so many do; then, day by day, who goes with whom. HiGHS
solves each to the end, so that one question has one answer, whoever asks and however often.
"""

from dataclasses import dataclass
from itertools import combinations
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import block_array, csr_array, eye_array, kron

from offendermgmt.domain.segments import Codes, Flags

Numbers = npt.NDArray[np.int64]
# The order of the soft goals, not weights to tune: the holder goes before crews mix, and settled pairs part first.
_HOLDER: Final = 10.0
_SETTLED: Final = 5.0
_REPEATED: Final = 1.0
_REPEATS_COUNTED: Final = 4
_EARLIER: Final = 0.01
_HALF: Final = 0.5


@dataclass(frozen=True)
class CrewTime:
    """When officers can go: `free` has a row an officer, a column a slot; `most` is how many visits each may make.

    `day` is each slot's day, in order of time.
    """

    free: Flags
    day: Codes
    most: Codes


@dataclass(frozen=True)
class Mixing:
    """Crewed visits on record: `together` of each two officers, on the diagonal all of each one's.

    An officer with `visits` of them or more is settled with a partner in `share` of them or more.
    """

    together: Numbers
    share: float
    visits: int


def most_that_fit(time: CrewTime, wanted: int) -> int:
    """The most visits by two that can be made, `wanted` at most: nobody twice at once, nor more than they may make."""
    officers, slots = time.free.shape
    if not wanted or officers < 2 or not slots:
        return 0
    nobodys = np.zeros(officers)
    found = _working(time, (0, wanted), nobodys, goal=-np.ones(slots))
    return round(float(found.sum()) / 2)


def fit(time: CrewTime, holder: Codes, mixing: Mixing) -> pd.DataFrame:
    """As many visits as fit, from the first on: visit (its position), slot, first and second (officers), a row each.

    `holder` is the officer who holds each case, -1 where none of them does. Visits before others are on days no later;
    of each day's crews as many as can be have the holder in them, and pairs mix. In order of slot and visit; the
    first of each day's visits is in its first slot that is used, unless somebody is not free in it then.
    """
    fitted = most_that_fit(time, len(holder))
    rows: list[tuple[int, int, int, int]] = []
    if fitted:
        works, so_far = _staffed(time, holder[:fitted]), np.zeros_like(mixing.together)
        for day in np.unique(time.day):
            slots = np.flatnonzero(time.day == day)
            begun = len(rows)
            visits = np.arange(begun, begun + int(works[:, slots].sum()) // 2)
            made = _day(works[:, slots], time.free[:, slots], holder[visits], _costs(mixing, so_far))
            rows += [(int(visits[visit]), int(slots[slot]), first, second) for visit, slot, first, second in made]
            for _, _, first, second in made:
                so_far[[first, second, first, second], [second, first, first, second]] += 1
    rows.sort(key=lambda row: (row[1], row[0]))
    return pd.DataFrame(rows, columns=["visit", "slot", "first", "second"], dtype="int64")


def _staffed(time: CrewTime, holder: Codes) -> Flags:
    """Who works which slot, for as many visits as `holder` has: who holds cases first, and early."""
    held = np.bincount(holder[holder >= 0], minlength=len(time.free)).astype(np.float64)
    return _working(time, (len(holder), len(holder)), held, goal=_EARLIER * time.day.astype(np.float64))


def _working(
    time: CrewTime, visits: tuple[int, int], held: npt.NDArray[np.float64], *, goal: npt.NDArray[np.float64]
) -> Flags:
    """Who works which slot (row an officer): as many visits as `visits` (least, most) that make `goal` of them least.

    An officer's visits up to the number of cases `held` count 1 against the goal.
    """
    officers, slots = time.free.shape
    each_slot, each_officer = _ones(officers), eye_array(officers)
    limits = _Limits()
    limits.add([kron(each_slot, eye_array(slots)), -2 * eye_array(slots), None], slots, 0)
    limits.add([kron(each_officer, _ones(slots)), None, None], officers, -np.inf, time.most)
    limits.add([kron(each_officer, _ones(slots)), None, -each_officer], officers, 0, np.inf)
    limits.add([None, _ones(slots), None], 1, *visits)
    most = np.concatenate([time.free.ravel(), np.full(slots, officers // 2), held])
    costs = np.concatenate([np.zeros(officers * slots), goal, -np.ones(officers)])
    found = _solved(costs, limits, most, whole=officers * slots + slots)
    return np.asarray(found[: officers * slots].reshape(officers, slots) > _HALF)


def _costs(mixing: Mixing, so_far: Numbers) -> npt.NDArray[np.float64]:
    """What one more visit of each two officers costs: more for pairs who are settled, and for each visit so far."""
    together = mixing.together + so_far
    each = np.diag(together)[:, None]
    settled = (each >= mixing.visits) & (together >= mixing.share * each)
    repeats = np.minimum(so_far, _REPEATS_COUNTED)
    costs: npt.NDArray[np.float64] = _REPEATED * repeats + _SETTLED * (settled | settled.T)
    return costs


def _day(works: Flags, free: Flags, holder: Codes, costs: npt.NDArray[np.float64]) -> list[tuple[int, int, int, int]]:
    """The visits of one day, `holder` of each: visit, slot, first and second, each officer as often as `works` says."""
    if not len(holder):
        return []
    pairs = np.array(list(combinations(np.flatnonzero(works.any(axis=1)), 2)))
    holders, group = np.unique(holder, return_inverse=True)
    slots = works.shape[1]
    goes = (pairs[:, :, None] == np.arange(len(works))).any(axis=1).T.astype(np.float64)  # (officer, pair)
    any_slot, any_pair = kron(eye_array(len(pairs)), _ones(slots)), eye_array(len(pairs))
    limits = _Limits()
    limits.add([kron(goes, eye_array(slots)), None, None], free.size, -np.inf, free.ravel())
    limits.add([kron(goes, _ones(slots)), None, None], len(works), works.sum(axis=1))
    limits.add([kron(_ones(len(pairs)), eye_array(slots)), None, None], slots, works.sum(axis=0) // 2)
    limits.add([None, kron(eye_array(len(holders)), _ones(len(pairs))), None], len(holders), np.bincount(group))
    limits.add([-any_slot, kron(_ones(len(holders)), any_pair), None], len(pairs), 0)
    limits.add([any_slot, None, -any_pair], len(pairs), -np.inf, 1)
    has_holder = (pairs[None, :, :] == holders[:, None, None]).any(axis=2)
    first, second = pairs.T
    goal = np.concatenate(
        [
            np.repeat(costs[first, second], slots),
            -_HOLDER * has_holder.ravel().astype(np.float64),
            np.full(len(pairs), _REPEATED),
        ]
    )
    most = np.concatenate([np.ones(len(pairs) * slots), np.full(has_holder.size + len(pairs), float(len(holder)))])
    found = _solved(goal, limits, most, whole=len(pairs) * slots + has_holder.size)
    when = found[: len(pairs) * slots].reshape(len(pairs), slots) > _HALF
    whose = np.rint(found[len(pairs) * slots :][: has_holder.size]).astype(int).reshape(has_holder.shape)
    return _worst_earliest(_placed(pairs, when, whose, group), free)


def _placed(pairs: Numbers, when: Flags, whose: Numbers, group: Numbers) -> list[tuple[int, int, int, int]]:
    """Each pair's visits in its slots, in order: of each holder's (`group`) as many as `whose` says."""
    waiting = [list(np.flatnonzero(group == number)) for number in range(len(whose))]
    made = []
    for position, (first, second) in enumerate(pairs.tolist()):
        own = sorted(visit for left, many in zip(waiting, whose[:, position], strict=True) for visit in left[:many])
        waiting = [left[many:] for left, many in zip(waiting, whose[:, position], strict=True)]
        slots = np.flatnonzero(when[position])
        made += [(int(visit), int(slot), first, second) for visit, slot in zip(own, slots, strict=True)]
    return made


def _worst_earliest(made: list[tuple[int, int, int, int]], free: Flags) -> list[tuple[int, int, int, int]]:
    """The visits with whole slots of the day exchanged, so that the first of them is in the earliest, where all can."""
    slots = range(free.shape[1])
    content = [[row for row in made if row[1] == slot] for slot in slots]
    order = sorted(slots, key=lambda slot: min((row[0] for row in content[slot]), default=len(made)))
    moved = [(visit, new, first, second) for new, old in enumerate(order) for visit, _, first, second in content[old]]
    return moved if all(free[[first, second], slot].all() for _, slot, first, second in moved) else made


class _Limits:
    """What must hold of the unknowns: rows of blocks, a column of blocks for each kind of unknown."""

    def __init__(self) -> None:
        self.blocks: list[list[Any]] = []
        self.low: list[npt.NDArray[np.float64]] = []
        self.high: list[npt.NDArray[np.float64]] = []

    def add(self, blocks: list[Any], rows: int, low: Any, high: Any = None) -> None:
        """Add `rows` limits: what the blocks (None = nothing) make of the unknowns is `low` to `high`."""
        self.blocks.append(blocks)
        for side, bound in ((self.low, low), (self.high, low if high is None else high)):
            side.append(np.broadcast_to(np.asarray(bound, dtype=np.float64), (rows,)))

    def as_one(self) -> LinearConstraint:
        """All of them."""
        return LinearConstraint(
            csr_array(block_array(self.blocks)), np.concatenate(self.low), np.concatenate(self.high)
        )


def _ones(length: int) -> npt.NDArray[np.float64]:
    return np.ones((1, length))


def _solved(
    goal: npt.NDArray[np.float64], limits: _Limits, most: npt.NDArray[np.float64], *, whole: int
) -> npt.NDArray[np.float64]:
    """Unknowns from 0 to `most` that make `goal` least; the first `whole` of them are whole numbers."""
    integral = (np.arange(len(goal)) < whole).astype(np.int8)
    found = milp(
        goal,
        integrality=integral,
        bounds=Bounds(0, most.astype(np.float64)),
        constraints=limits.as_one(),
        options={"mip_rel_gap": 0.0},
    )
    if found.x is None:
        raise ArithmeticError(f"No plan was found: {found.message}")
    answer: npt.NDArray[np.float64] = found.x
    return answer
