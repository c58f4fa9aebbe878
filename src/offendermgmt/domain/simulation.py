"""The backlog of POLIT cases day by day, as a queue before so many investigators, in many runs at once (Q47, Q48).

Cases come at random at a rate of the day. Each FTE at work deals with one case at a time, for a random time whose mean
is the time per case, and nobody takes up what is not there: at constant rates this is the queue M/M/c of the textbooks,
with as many servers as FTE, which need not be whole. Everything random comes from a seed, and nothing random but the
arrivals depends on the plan, so that two plans differ by what they change and not by luck.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Self

import numpy as np
import numpy.typing as npt
from scipy.special import pdtrik

from offendermgmt.domain.days import Days
from offendermgmt.domain.forecast import Counts, Floats

_ARRIVALS, _MORE, _SERVICE, _MARKS, _ORDER = range(5)
MOST_POSTS: Final = 1_000
# A share of runs that is told from another.
_HELPS: Final = 0.005
# Beyond this rate the chance of none is nothing to a computer, and chances cannot be summed up from it.
_SUMMED: Final = 600.0


@dataclass(frozen=True)
class Queue:
    """What a simulation runs on: cases at the start, arrivals, FTE at work, working days an FTE needs for a case.

    `arrivals` has a row a day and a column a run; `fte` a value a day, or one a day and run (0 when nobody works);
    `days_per_case` a value a run; `opening` one for all runs, or a value each.
    """

    opening: int | Counts
    arrivals: Counts
    fte: Floats
    days_per_case: Floats


def stream(seed: int, number: int) -> np.random.Generator:
    """A generator of its own for each number of one seed."""
    return np.random.default_rng([seed, number])


def arrivals(rates: Floats, scale: Floats, seed: int) -> Counts:
    """Cases that come on each day (row) of each run (column), Poisson with these rates times the day's `scale`.

    A scale above 1 adds cases to those that come without it, one below 1 takes some of them away.
    """
    usual = stream(seed, _ARRIVALS).poisson(rates).astype(np.int64)
    more, less = scale > 1, scale < 1
    changing = stream(seed, _MORE)
    usual[more] += changing.poisson(rates[more] * (scale[more] - 1)[:, None])
    usual[less] = changing.binomial(usual[less], scale[less][:, None])
    return usual


@dataclass(frozen=True)
class Luck:
    """What chance decides in a simulation but the arrivals: the same for every plan that meets the same arrivals.

    `before` is how many of a day's cases come before its work: half of them, an odd one before or after by chance.
    `service` is a uniform number for each day and run.
    """

    before: Counts
    service: Floats
    marks_seed: int

    @classmethod
    def of(cls, come: Counts, seed: int) -> Self:
        """The luck of a seed for these arrivals."""
        odd = stream(seed, _ORDER).integers(0, 2, come.shape, dtype=np.int8)
        return cls((come + odd) // 2, stream(seed, _SERVICE).random(come.shape), seed)


def backlog(queue: Queue, luck: Luck) -> Counts:
    """Cases in the backlog at the end of each day (row) of each run (column)."""
    marks = stream(luck.marks_seed, _MARKS)
    if queue.fte.ndim == 1:
        offered = _offered(queue, luck.service)
    else:
        # Runs of different staff are not compared with each other: drawn plainly, which is quicker.
        offered = marks.poisson(queue.fte / queue.days_per_case).astype(np.int64)
    after = queue.arrivals - luck.before
    here = np.empty(queue.arrivals.shape[1], dtype=np.int64)
    here[:] = queue.opening
    at_end = np.empty(queue.arrivals.shape, dtype=np.int64)
    for day, fte in enumerate(queue.fte):
        here += luck.before[day]
        if np.any(fte > 0):
            here = _left(here, offered[day], fte, marks)
        here += after[day]
        at_end[day] = here
    return at_end


def _offered(queue: Queue, drawn: Floats) -> Counts:
    """Cases each day's FTE would deal with if no one of them ever lacked a case: Poisson by the inverse of its law.

    So more FTE deal with more cases on every single day of every run.
    """
    kinds, kind = np.unique(queue.fte, return_inverse=True)
    rate = kinds[:, None] / queue.days_per_case
    offered: Counts = np.zeros(queue.arrivals.shape, dtype=np.int64)
    if rate.max() > _SUMMED:
        staffed = queue.fte > 0
        offered[staffed] = np.ceil(pdtrik(drawn[staffed], rate[kind[staffed]]))
        return offered
    chance = np.exp(-rate)
    reached = chance
    for number in range(1, int(rate.max() + 10 * np.sqrt(rate.max())) + 20):
        over = drawn > reached[kind]
        if not over.any():
            break
        offered += over
        chance = chance * rate / number
        reached = reached + chance
    return offered


def _left(here: Counts, offered: Counts, fte: float | Floats, marks: np.random.Generator) -> Counts:
    """Cases left after a day's work: without those offered, each only if the one who would do it had a case."""
    left: Counts = here - offered
    short = np.flatnonzero((left < fte) & (offered > 0))
    if len(short):
        at_work = fte[short] if isinstance(fte, np.ndarray) else fte
        left[short] = _left_by_few(here[short].astype(np.float64), offered[short], at_work, marks)
    return left


def _left_by_few(had: Floats, offered: Counts, fte: float | Floats, marks: np.random.Generator) -> Floats:
    """Cases left in runs with fewer than people at work: each offer finds a case as likely as its server has one."""
    had -= marks.random(len(had)) * fte < had
    for turn in range(1, int(offered.max())):
        more = np.flatnonzero(offered > turn)
        asked, at_work = had[more], fte[more] if isinstance(fte, np.ndarray) else fte
        had[more] = asked - (marks.random(len(more)) * at_work < asked)
    return had


def first_under(opening: int, at_end: Counts, size: int) -> "npt.NDArray[np.int64]":
    """In each run the first day (0 = before the first) with fewer than `size` cases; days + 1 where there is none."""
    under = at_end < size
    first = np.where(under.any(axis=0), under.argmax(axis=0) + 1, len(at_end) + 1)
    return np.zeros_like(first) if opening < size else first


def share_held(at_end: Counts, size: int, days: int) -> float:
    """The share of runs with fewer than `size` cases at the end of each of the last `days` days."""
    return float((at_end[-days:] < size).all(axis=0).mean())


def fewest_posts(holds: Callable[[int], float], likelihood: float, guess: int) -> int | None:
    """The fewest posts that hold with at least this likelihood; `guess`, 1 or more, is where to begin.

    `holds` must not fall as posts grow; it is asked as seldom as the guess is good. None where `MOST_POSTS` do not
    hold, or where from twice the guess on more posts no longer help: then nobody waits, and work itself takes the time.
    """
    if holds(guess) >= likelihood:
        low, high = _below(holds, likelihood, guess)
    else:
        low, high = guess, guess + 1
        while holds(high) < likelihood:
            helps = holds(high) - holds(low) > _HELPS
            if high >= MOST_POSTS or (high >= 2 * guess and not helps):
                return None
            low, high = high, min(high + 2 * (high - guess), MOST_POSTS)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if holds(middle) >= likelihood else (middle, high)
    return high


def _below(holds: Callable[[int], float], likelihood: float, high: int) -> tuple[int, int]:
    """A number of posts that does not hold (-1 where none at all does) and a greater one that does."""
    step = 1
    while high > 0:
        low = max(high - step, 0)
        if holds(low) < likelihood:
            return low, high
        high, step = low, 2 * step
    return -1, 0


def is_working(days: Days) -> npt.NDArray[np.bool_]:
    """Whether each day is a Monday to Friday; 1970-01-01 was a Thursday."""
    return (days + 3) % 7 < 5
