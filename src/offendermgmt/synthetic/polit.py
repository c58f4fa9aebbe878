"""POLIT's cases: referrals, the wait in the backlog that grows and is cleared, and what follows."""

from dataclasses import dataclass

import numpy as np

from offendermgmt.domain.vocabulary import Stage
from offendermgmt.synthetic.chance import Chance, Flags, Floats, Ints, choose, happens
from offendermgmt.synthetic.story import Story
from offendermgmt.synthetic.written import NONE

STAGES = tuple(str(stage) for stage in Stage)
(DEVELOPMENT, ALLOCATION, ENFORCEMENT, INVESTIGATION, FORENSICS, CPS, CLOSED) = range(len(STAGES))
OUTCOMES = ("no further action", "suspect not identified", "passed to another force", "charged", "caution")
SOURCES = ("NCA", "public", "school", "children's social care", "intelligence")
KINDS = ("intelligence check", "enquiry with provider", "contact with social care", "research", "supervisor review")
_REFERRALS_A_DAY = 21.5 / 30.44 / 1000
_WARM_UP = 400
_PACE = np.array([0.10, 0.42, 1.10, 1.42])
_LEVEL_MIX = np.array([0.07, 0.27, 0.36, 0.30])
_PROGRESSED = 0.47


@dataclass(frozen=True)
class Cases:
    """Cases in order of receipt; `left` is the day each left the backlog (after the end: still in it)."""

    received: Ints
    level: Ints
    left: Ints
    progressed: Flags
    stalled: Flags


@dataclass(frozen=True)
class CaseEvents:
    """Dated events of cases, with a value whose meaning the function that makes them states."""

    case: Ints
    day: Ints
    value: Ints

    def until(self, day: int) -> "CaseEvents":
        """The events dated on or before the day, in order of case and day, the last of each day standing."""
        order = np.lexsort((np.arange(len(self.day)), self.day, self.case))
        order = order[self.day[order] <= day]
        case, on = self.case[order], self.day[order]
        last = np.r_[(np.diff(case) != 0) | (np.diff(on) != 0), True][: len(case)]
        return CaseEvents(case[last], on[last], self.value[order][last])


@dataclass(frozen=True)
class Children:
    """Children identified; `referred` and `safeguarded` are `NONE` where that has not happened."""

    case: Ints
    identified: Ints
    referred: Ints
    safeguarded: Ints


def struggling(story: Story, days: Ints) -> Floats:
    """How overloaded POLIT is: 0 at ease, 1 at the worst of its backlog."""
    clear = story.polit_clearing()
    return np.interp(days, [story.start, clear - 60, clear, clear + 45], [0.08, 1.0, 1.0, 0.0])


def cases(chance: Chance, story: Story, offenders: int) -> Cases:
    """Referrals at the pace of a force of that size, and when each left the backlog."""
    rng = chance.stream("polit cases")
    days = np.arange(story.start - _WARM_UP, story.end)
    daily = rng.poisson(_REFERRALS_A_DAY * offenders * story.surge(days))
    received = np.repeat(days, daily)
    size = len(received)
    level = choose(rng, np.tile(_LEVEL_MIX, (size, 1)))
    typical = 20 + 108 * struggling(story, received)
    wait = np.ceil(rng.gamma(1.8, 1 / 1.8, size) * typical * _PACE[level]).astype(np.int64)
    left = received + wait
    clear = story.polit_clearing()
    caught = (received < clear) & (left > clear)
    left = np.where(caught, np.minimum(left, clear + rng.integers(5, 170, size)), left)
    stalled = happens(rng, 0.05, size) & (received > story.end - 150) & (received < story.end - 45)
    left = np.where(stalled, story.end + 30, left)
    return Cases(received, level, left, happens(rng, _PROGRESSED, size), stalled)


def stages(chance: Chance, story: Story, made: Cases) -> tuple[CaseEvents, Ints]:
    """Stage events (value: code over `STAGES`), and for each the outcome when closed (code over `OUTCOMES`, or -1)."""
    rng = chance.stream("polit stages")
    who = np.arange(len(made.received))
    wait = made.left - made.received
    developed = made.received + (wait * rng.uniform(0.2, 0.4, len(who))).astype(np.int64)
    allotted = made.received + (wait * rng.uniform(0.5, 0.8, len(who))).astype(np.int64)
    enforcing = made.progressed | happens(rng, 0.4, len(who))
    parts = [(who, developed, ALLOCATION), (who[enforcing], allotted[enforcing], ENFORCEMENT)]
    dropped = who[~made.progressed]
    parts.append((dropped, made.left[dropped], CLOSED))
    live = who[made.progressed]
    parts += _live(rng, live, made.left[live])
    events = CaseEvents(
        np.concatenate([case for case, _, _ in parts]),
        np.concatenate([day for _, day, _ in parts]),
        np.concatenate([np.full(len(case), stage) for case, _, stage in parts]),
    ).until(story.end - 1)
    charged = made.progressed[events.case]
    outcome = np.where(
        charged, choose(rng, _mix(len(charged), (2, 0, 1, 6, 1))), choose(rng, _mix(len(charged), (5, 3, 2, 0, 0)))
    )
    return events, np.where(events.value == CLOSED, outcome, -1)


def _mix(size: int, weights: tuple[int, ...]) -> Floats:
    return np.tile(np.array(weights, dtype=np.float64), (size, 1))


def _live(rng: np.random.Generator, live: Ints, arrested: Ints) -> list[tuple[Ints, Ints, int]]:
    size = len(live)
    back = happens(rng, 0.05, size)
    returned = arrested + rng.integers(4, 40, size)
    again = returned + rng.integers(6, 45, size)
    forensics = np.where(back, again, arrested) + 5 + rng.gamma(2, 15, size).astype(np.int64)
    cps = forensics + 20 + rng.gamma(2, 60, size).astype(np.int64)
    closed = cps + 15 + rng.gamma(2, 45, size).astype(np.int64)
    to_cps = happens(rng, 0.65, size)
    return [
        (live, arrested, INVESTIGATION),
        (live[back], returned[back], ENFORCEMENT),
        (live[back], again[back], INVESTIGATION),
        (live, forensics, FORENSICS),
        (live[to_cps], cps[to_cps], CPS),
        (live, closed, CLOSED),
    ]


def assessments(chance: Chance, story: Story, made: Cases) -> CaseEvents:
    """KIRAT assessments (value: code of the level), a tenth of them re-graded later."""
    rng = chance.stream("polit assessments")
    who = np.arange(len(made.received))
    first = made.received + rng.exponential(0.6 + 6 * struggling(story, made.received)).astype(np.int64)
    graded = who[happens(rng, 0.10, len(who))]
    level = np.clip(made.level[graded] + rng.choice([-1, 1], len(graded)), 0, 3)
    again = first[graded] + 2 + rng.integers(0, 40, len(graded))
    return CaseEvents(np.r_[who, graded], np.r_[first, again], np.r_[made.level, level]).until(story.end - 1)


def activities(chance: Chance, story: Story, made: Cases, closed: Ints) -> CaseEvents:
    """What was done on each case until it closed (value: code over `KINDS`); little on those that stalled."""
    rng = chance.stream("polit activities")
    busy_until = np.where(made.stalled, np.minimum(closed, made.received + 12), np.minimum(closed, story.end - 1))
    length = np.maximum(busy_until - made.received, 0)
    gap = 7 + 12 * struggling(story, made.received) + np.where(made.left < story.end, 2, 0)
    number = rng.poisson(length / gap)
    case = np.repeat(np.arange(len(length)), number)
    day = made.received[case] + (rng.random(len(case)) * (length[case] + 1)).astype(np.int64)
    return CaseEvents(case, day, rng.integers(len(KINDS), size=len(case))).until(story.end)


def children(chance: Chance, story: Story, made: Cases) -> Children:
    """Children of a third of the cases: identified, referred to social care, safeguarded."""
    rng = chance.stream("polit children")
    number = np.where(happens(rng, 0.33, len(made.received)), 1 + rng.poisson(0.6, len(made.received)), 0)
    case = np.repeat(np.arange(len(number)), number)
    wait = np.minimum(made.left, story.end)[case] - made.received[case]
    identified = made.received[case] + (rng.random(len(case)) ** 2 * (wait + 1)).astype(np.int64)
    load = struggling(story, identified)
    referred = identified + rng.exponential(0.7 + 9 * load).astype(np.int64)
    safeguarded = identified + 1 + rng.exponential(9 + 60 * load).astype(np.int64)
    clear = story.polit_clearing()
    waiting = (identified < clear) & (safeguarded > clear)
    safeguarded = np.where(waiting, np.minimum(safeguarded, clear + rng.integers(3, 110, len(case))), safeguarded)
    referred = np.where(happens(rng, 0.03, len(case)), NONE, referred)
    kept = identified < story.end
    late = story.end - 1
    return Children(
        case[kept],
        identified[kept],
        np.where(referred > late, NONE, referred)[kept],
        np.where(safeguarded > late, NONE, safeguarded)[kept],
    )
