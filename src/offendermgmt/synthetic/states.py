"""Where offenders stand: a chain of states for each, drawn in rounds, all offenders at once."""

from dataclasses import dataclass

import numpy as np

from offendermgmt.domain.vocabulary import OffenderStatus
from offendermgmt.synthetic.chance import Chance, Flags, Ints, choose
from offendermgmt.synthetic.people import People
from offendermgmt.synthetic.story import Story

STATES = tuple(OffenderStatus)
(COMMUNITY, NO_FIXED_ABODE, MISSING, CUSTODY, HOSPITAL, ABROAD, REACTIVE, ENDED) = range(len(STATES))
LONG_MISSING_DAYS = 395

# Moves a year from the state of the row to the state of the column; only settled low risk turns reactive.
_RATES = np.array(
    [
        # community  nfa    missing custody hospital abroad reactive ended
        [0.000, 0.012, 0.014, 0.145, 0.020, 0.150, 0.000, 0.045],
        [3.000, 0.000, 0.100, 0.300, 0.000, 0.000, 0.000, 0.020],
        [6.000, 0.500, 0.000, 4.000, 0.000, 0.300, 0.000, 0.020],
        [0.350, 0.050, 0.000, 0.000, 0.020, 0.000, 0.000, 0.040],
        [0.700, 0.000, 0.000, 0.200, 0.000, 0.000, 0.000, 0.080],
        [4.500, 0.000, 0.000, 0.250, 0.000, 0.000, 0.000, 0.100],
        [0.030, 0.000, 0.000, 0.008, 0.002, 0.000, 0.000, 0.045],
        [0.000] * 8,
    ]
)
_SETTLED_RATES = _RATES.copy()
_SETTLED_RATES[COMMUNITY, REACTIVE] = 0.30
_AT_START = np.array([0.711, 0.004, 0.003, 0.228, 0.028, 0.026, 0.0, 0.0])
_SETTLED_AT_START = np.array([0.223, 0.002, 0.001, 0.110, 0.020, 0.024, 0.62, 0.0])
_AT_REGISTRATION = np.array([0.780, 0.010, 0.0, 0.200, 0.010, 0.0, 0.0, 0.0])


@dataclass(frozen=True)
class States:
    """Status events in order of offender and day."""

    offender: Ints
    day: Ints
    status: Ints


def states(chance: Chance, story: Story, register: People) -> States:
    """The chain of every offender to the end of the story, and one who went missing long ago and was not found."""
    rng = chance.stream("states")
    who = np.arange(len(register))
    steady = register.steady
    first = np.where(steady[:, None], _SETTLED_AT_START, _AT_START)
    status = choose(rng, np.where(register.stock[:, None], first, _AT_REGISTRATION))
    day = np.where(register.stock, story.start - rng.integers(5, 500, len(who)), register.registered)
    rounds = [States(who[status != COMMUNITY], day[status != COMMUNITY], status[status != COMMUNITY])]
    day = np.maximum(day, story.start)
    while len(who):
        who, day, status = _moved(rng, who, day, status, steady)
        within = day < story.end
        who, day, status = who[within], day[within], status[within]
        rounds.append(States(who, day, status))
    chain = _joined(rounds)
    return _joined([chain, _long_missing(rng, story, register, chain)])


def _moved(rng: np.random.Generator, who: Ints, day: Ints, status: Ints, steady: Flags) -> tuple[Ints, Ints, Ints]:
    rates = np.where(steady[who][:, None], _SETTLED_RATES[status], _RATES[status])
    total = rates.sum(axis=1)
    moving = total > 0
    who, day, rates, total = who[moving], day[moving], rates[moving], total[moving]
    stay = np.ceil(rng.exponential(365.25 / total)).astype(np.int64)
    return who, day + 2 + stay, choose(rng, rates)


def _long_missing(rng: np.random.Generator, story: Story, register: People, chain: States) -> States:
    gone = story.end - LONG_MISSING_DAYS
    if gone <= story.start:
        return States(*(np.empty(0, np.int64) for _ in range(3)))
    quiet = register.stock & ~np.isin(np.arange(len(register)), chain.offender)
    risky = np.flatnonzero(quiet & (register.level == 1))
    candidates = risky if len(risky) else np.flatnonzero(quiet)
    number = max(1, len(register) // 2000)
    lost = np.sort(rng.choice(candidates, size=min(number, len(candidates)), replace=False))
    return States(lost, np.full(len(lost), gone), np.full(len(lost), MISSING))


def _joined(parts: list[States]) -> States:
    offender = np.concatenate([part.offender for part in parts])
    day = np.concatenate([part.day for part in parts])
    status = np.concatenate([part.status for part in parts])
    order = np.lexsort((day, offender))
    return States(offender[order], day[order], status[order])


def with_moves(chain: States, moves: States) -> States:
    """The chain with moves decided while visiting; where both fall on one day the chain stands."""
    joined = _joined([chain, moves])
    repeated = np.r_[False, (np.diff(joined.offender) == 0) & (np.diff(joined.day) == 0)]
    return States(joined.offender[~repeated], joined.day[~repeated], joined.status[~repeated])
