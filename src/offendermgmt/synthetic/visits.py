"""Visits, made day by day: who is due, how many the officers manage, who is seen and who is not."""

from dataclasses import dataclass

import numpy as np

from offendermgmt.synthetic.calendar import Calendar
from offendermgmt.synthetic.chance import Chance, Flags, Floats, Ints, choose, happens
from offendermgmt.synthetic.clock import Clock
from offendermgmt.synthetic.people import People
from offendermgmt.synthetic.risk import Assessments, OwnIntervals
from offendermgmt.synthetic.states import ABROAD, COMMUNITY, MISSING, REACTIVE, States
from offendermgmt.synthetic.story import Story

OUTCOMES = ("completed", "no_reply", "refused", "moved", "cancelled")
_OUTCOME_MIX = np.array([0.775, 0.145, 0.010, 0.020, 0.050])
_UNSEEN_MIX = np.array([0.0, 0.86, 0.05, 0.04, 0.05])
# Monday (day 4 is a Monday) to Sunday, one on average.
_WEEKDAY = np.array([1.16, 1.28, 1.30, 1.26, 1.20, 0.62, 0.18])
_ATTENTION = np.array([0.45, 0.30, 0.10, 0.0, 0.30])
_WEIGHT = np.array([4.0, 2.5, 1.4, 1.0, 2.0])
_NEGLECT = 0.012
_LONGEST_AGO = 860
_AHEAD, _PLANNED_OVER = 16, 3.6
_KEPT, _KEPT_URGENCY = 0.4, 2.5
_HARD, _HARD_DAYS = 0.10, 20.0


@dataclass(frozen=True)
class Held:
    """Offenders chosen some days before the end, by when their visit is due, who are not seen again: the long tail."""

    before_end: int
    due_from: int
    due_to: int
    levels: tuple[int, ...]
    number: int


_HELD = (
    Held(178, -170, -98, (1, 2, 3), 2),
    Held(92, -84, -34, (2, 3), 3),
    Held(92, -84, -34, (1,), 1),
    Held(33, -28, -9, (1, 2, 3), 4),
    Held(15, -9, -2, (0,), 2),
)


@dataclass(frozen=True)
class Visits:
    """Visits in order of day; `outcome` is a code over `OUTCOMES`."""

    offender: Ints
    day: Ints
    outcome: Ints


@dataclass(frozen=True)
class Visiting:
    """What the years of visiting produced: the visits, and the re-grades and moves to reactive they led to."""

    visits: Visits
    regrades: Assessments
    moves: States


class _Round:
    """The state of the simulation between two days."""

    def __init__(self, rng: np.random.Generator, story: Story, register: People) -> None:
        self.rng, self.story, self.register = rng, story, register
        size = len(register)
        self.clock = Clock(size)
        self.retry: Ints = np.zeros(size, dtype=np.int64)
        self.attention: Floats = rng.random(size)
        self.held: Flags = np.zeros(size, dtype=np.bool_)
        self.teams = int(register.team.max()) + 1
        self.demand: Floats = np.zeros(self.teams)
        self.pace: Floats = np.linspace(0.75, 1.25, self.teams) if self.teams > 1 else np.ones(1)
        self.visits: list[tuple[Ints, int, Ints]] = []
        self.regrades: list[tuple[Ints, int, Ints]] = []
        self.moves: list[tuple[Ints, int]] = []


def visiting(
    chance: Chance, story: Story, register: People, chain: States, risk: Assessments, plans: OwnIntervals
) -> Visiting:
    """The visits of every day of the story, by the visit rules, the story's curves and chance."""
    now = _Round(chance.stream("visits"), story, register)
    days = Calendar(register, chain, risk, plans)
    _seen_before(now, days)
    for day in range(story.start, story.end + 1):
        days.apply(now.clock, day)
        if day % 7 == 0:
            _count_demand(now)
            _review_overdue(now, day)
        _hold(now, day)
        _visit(now, day)
    return _produced(now)


def _seen_before(now: _Round, days: Calendar) -> None:
    """Everyone whose clock runs at the start was seen some time before it, some of them too long before."""
    clock, rng, start = now.clock, now.rng, now.story.start
    days.before(clock, start)
    away = clock.status == ABROAD
    who = np.flatnonzero(clock.runs | away)
    interval = clock.interval()[who]
    ago = 1 + (rng.random(len(who)) * interval * 1.04).astype(np.int64)
    ago += np.where(happens(rng, 0.09, len(who)), interval - ago + rng.exponential(75, len(who)).astype(np.int64), 0)
    seen = np.maximum(start - np.clip(ago, 1, _LONGEST_AGO), now.register.registered[who] + 10)
    now.attention[who] = np.where(ago > interval, 0.35, 0.75) * now.attention[who] + np.where(ago > interval, 0.0, 0.25)
    seen = np.where(away[who], np.minimum(seen, now.story.start - 520), seen)
    for day in np.unique(seen):
        on_day = who[seen == day]
        clock.visit(on_day, int(day))
        now.visits.append((on_day, int(day), np.zeros(len(on_day), dtype=np.int64)))


def _count_demand(now: _Round) -> None:
    clock = now.clock
    active = clock.runs & (clock.status != MISSING)
    daily = 1 / clock.interval()[active]
    now.demand = np.bincount(now.register.team[active], daily, minlength=now.teams).astype(np.float64)


def _review_overdue(now: _Round, day: int) -> None:
    """After the inspection some of the overdue are re-graded, and some settled ones turn reactive."""
    story, clock, rng = now.story, now.clock, now.rng
    if not story.order + 20 <= day <= story.recovered - 60:
        return
    overdue = np.flatnonzero(clock.runs & (clock.due < day) & ~clock.first & (clock.own == 0))
    low = now.register.steady[overdue] & (clock.status[overdue] == COMMUNITY)
    turning = overdue[low & happens(rng, 0.06, len(overdue))]
    lowered = np.isin(clock.level[overdue], (1, 2)) & happens(rng, 0.04, len(overdue))
    graded = overdue[lowered]
    if len(turning):
        clock.stand(turning, np.full(len(turning), REACTIVE), day)
        now.moves.append((turning, day))
    if len(graded):
        clock.assess(graded, clock.level[graded] + 1, day)
        now.regrades.append((graded, day, clock.level[graded]))


def _hold(now: _Round, day: int) -> None:
    end, clock = now.story.end, now.clock
    for held in _HELD:
        if day == end - held.before_end and day > now.story.start:
            due = (clock.due >= end + held.due_from) & (clock.due <= end + held.due_to)
            fit = clock.runs & (clock.status == COMMUNITY) & due & np.isin(clock.level, held.levels) & ~now.held
            candidates = np.flatnonzero(fit)
            number = min(len(candidates), max(1, round(held.number * len(now.register) / 1150)))
            now.held[now.rng.choice(candidates, size=number, replace=False)] = True


def _visit(now: _Round, day: int) -> None:
    clock, rng, story = now.clock, now.rng, now.story
    lead = np.minimum(clock.interval() // 7, 24)
    lead[clock.first] = 15
    open_ = clock.runs & (now.retry <= day) & (clock.due - lead <= day)
    out_of_sight = now.held | (clock.status == MISSING)
    tried = np.flatnonzero(open_ & ~out_of_sight)
    chosen = tried[_managed_today(now, tried, day)]
    unseen = np.flatnonzero(open_ & out_of_sight & (clock.due < day))
    unseen = unseen[happens(rng, 0.035 if day % 7 != 3 else 0.0, len(unseen))]
    outcome = choose(rng, np.tile(_OUTCOME_MIX, (len(chosen), 1)))
    seen = chosen[outcome == 0]
    clock.visit(seen, day)
    now.attention[seen] = rng.random(len(seen))
    now.retry[chosen] = day + rng.integers(2, 12, len(chosen))
    hard = seen[happens(rng, _HARD * story.focus(day) * now.pace[now.register.team[seen]], len(seen))]
    now.retry[hard] = clock.due[hard] + rng.exponential(_HARD_DAYS, len(hard)).astype(np.int64)
    now.retry[unseen] = day + rng.integers(7, 20, len(unseen))
    failed = choose(rng, np.tile(_UNSEEN_MIX, (len(unseen), 1)))
    now.visits.append((np.r_[chosen, unseen], day, np.r_[outcome, failed]))


def _managed_today(now: _Round, tried: Ints, day: int) -> Flags:
    """Which of those to be tried the officers of each team manage that day: the best placed, up to its capacity."""
    clock, story, team = now.clock, now.story, now.register.team
    overdue = np.bincount(team[clock.runs & (clock.due < day)], minlength=now.teams)
    running = np.bincount(team[clock.runs], minlength=now.teams)
    excess = overdue - story.overdue_share(day) * now.pace * running
    catching_up = np.maximum(now.demand * 1.06 + excess / 15, 0) / _OUTCOME_MIX[0]
    soon = np.bincount(team[tried[clock.due[tried] <= day + _AHEAD]], minlength=now.teams) / _PLANNED_OVER
    wanted = (1 - story.in_hand(day)) * catching_up + story.in_hand(day) * soon
    quota = now.rng.poisson(wanted * _WEEKDAY[(day - 4) % 7])
    urgency = _urgency(now, tried, day)
    order = np.lexsort((-urgency, team[tried]))
    first = np.searchsorted(team[tried][order], np.arange(now.teams))
    rank = np.arange(len(tried)) - first[team[tried][order]]
    managed = np.zeros(len(tried), dtype=np.bool_)
    managed[order] = rank < quota[team[tried][order]]
    return managed


def _urgency(now: _Round, tried: Ints, day: int) -> Floats:
    clock, focus = now.clock, now.story.focus(day)
    late = (day - clock.due[tried]).astype(np.float64)
    attention = now.attention[tried]
    habit = attention + _ATTENTION[clock.level[tried]] + np.clip(late, -20, 25) / 110 + 0.3 * clock.first[tried]
    habit[attention < _NEGLECT] = -9.0
    worst_first: Floats = np.clip(late + 10, 0.5, 120) / 30 * _WEIGHT[clock.level[tried]]
    worst_first = np.where(attention > _KEPT, np.maximum(worst_first, _KEPT_URGENCY), worst_first)
    blended: Floats = (1 - focus) * habit + focus * worst_first
    return blended


def _produced(now: _Round) -> Visiting:
    visits = Visits(*_stacked(now.visits))
    order = np.argsort(visits.day, kind="stable")
    who, day, level = _stacked(now.regrades)
    moved, moved_on, _ = _stacked([(who_, on, who_) for who_, on in now.moves])
    return Visiting(
        Visits(visits.offender[order], visits.day[order], visits.outcome[order]),
        Assessments(who, day, level, np.zeros_like(who)),
        States(moved, moved_on, np.full(len(moved), REACTIVE)),
    )


def _stacked(parts: list[tuple[Ints, int, Ints]]) -> tuple[Ints, Ints, Ints]:
    if not parts:
        return (np.empty(0, np.int64),) * 3
    days = np.repeat([day for _, day, _ in parts], [len(who) for who, _, _ in parts])
    return np.concatenate([who for who, _, _ in parts]), days, np.concatenate([value for _, _, value in parts])
