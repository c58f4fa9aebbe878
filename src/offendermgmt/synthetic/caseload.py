"""Who holds whom: allocations at registration, on leaving and joining, on secondment, and cases nobody holds."""

from dataclasses import dataclass

import numpy as np

from offendermgmt.synthetic.chance import Chance, Ints, happens
from offendermgmt.synthetic.officers import LEAVER_GONE_DAYS, Officers
from offendermgmt.synthetic.people import People
from offendermgmt.synthetic.story import Story
from offendermgmt.synthetic.written import NONE

_LEFT_BEHIND = 0.12
_LEAVING_DAYS = LEAVER_GONE_DAYS + 1
_UNALLOCATED = 0.0085


@dataclass(frozen=True)
class Allocations:
    """Allocations in order of offender and day; `to_day` is `NONE` until someone else takes over."""

    offender: Ints
    day: Ints
    officer: Ints
    to_day: Ints


def allocations(chance: Chance, story: Story, register: People, staff: Officers) -> Allocations:
    """The holders of every offender over the story; 8 to 12 in 1,000 are left without one at its end."""
    rng = chance.stream("allocations")
    parts: list[Allocations] = []
    for team in range(int(register.team.max()) + 1):
        members = np.flatnonzero(register.team == team)
        parts += _of_team(rng, story, register, staff, team, members)
    offender, day, officer = (np.concatenate([getattr(p, n) for p in parts]) for n in ("offender", "day", "officer"))
    order = np.lexsort((day, offender))
    offender, day, officer = offender[order], day[order], officer[order]
    kept = (day < story.end) & ~np.r_[(np.diff(offender) == 0) & (np.diff(day) == 0), False]
    return _unheld(rng, story, Allocations(offender[kept], day[kept], officer[kept], np.full(kept.sum(), NONE)))


def _of_team(
    rng: np.random.Generator, story: Story, register: People, staff: Officers, team: int, members: Ints
) -> list[Allocations]:
    managers, leavers = staff.of(team, "manager"), staff.of(team, "leaver")
    seconded, joiners = staff.of(team, "seconded"), staff.of(team, "joiner")
    day = np.where(
        register.stock[members],
        np.maximum(register.registered[members], story.start - rng.integers(20, 700, len(members))),
        register.registered[members] + rng.integers(0, 6, len(members)),
    )
    holders = np.r_[managers, leavers]
    holder = _drawn(rng, register, members, holders)
    after = day >= story.end - _LEAVING_DAYS
    holder[after] = _drawn(rng, register, members[after], managers)
    made = [_plain(members, day, holder)]

    leaving = members[np.isin(holder, leavers) & ~happens(rng, _LEFT_BEHIND, len(members))]
    made.append(_plain(leaving, _each(leaving, story.end - _LEAVING_DAYS), _drawn(rng, register, leaving, managers)))
    early = members[register.registered[members] < story.inspection]
    joining = early[happens(rng, 0.6 / max(1, len(holders)), len(early))]
    made.append(_plain(joining, _each(joining, story.inspection + 95), rng.choice(joiners, len(joining))))
    lent = early[happens(rng, 0.5 * len(seconded) / (len(holders) + 1), len(early)) & ~np.isin(early, joining)]
    made.append(_plain(lent, _each(lent, story.seconded_from + 4), rng.choice(seconded, len(lent))))
    made.append(_plain(lent, _each(lent, story.seconded_to), _drawn(rng, register, lent, managers)))
    return [*made, _transfers(rng, story, register, members, managers)]


def _transfers(rng: np.random.Generator, story: Story, register: People, members: Ints, managers: Ints) -> Allocations:
    """Now and then a case changes hands for no reason of the story, about one in twelve a year."""
    chosen = members[happens(rng, (story.end - story.start) / 365.25 / 12, len(members))]
    first = np.maximum(story.start, register.registered[chosen] + 10)
    day = first + (rng.random(len(chosen)) * np.maximum(story.end - 80 - first, 0)).astype(np.int64)
    return _plain(chosen, day, _drawn(rng, register, chosen, managers))


def _drawn(rng: np.random.Generator, register: People, members: Ints, holders: Ints) -> Ints:
    """A holder for each: two of the team carry more than their share of high risk."""
    even = rng.integers(len(holders), size=len(members))
    heavy = rng.integers(min(2, len(holders)), size=len(members))
    risky = (register.level[members] <= 1) & happens(rng, 0.22, len(members))
    return np.asarray(holders[np.where(risky, heavy, even)], dtype=np.int64)


def _plain(offender: Ints, day: Ints, officer: Ints) -> Allocations:
    return Allocations(offender, day, officer, np.full(len(offender), NONE))


def _each(members: Ints, day: int) -> Ints:
    return np.full(len(members), day)


def _unheld(rng: np.random.Generator, story: Story, held: Allocations) -> Allocations:
    last = np.r_[np.diff(held.offender) != 0, True]
    candidates = np.flatnonzero(last & (held.day < story.end - 90))
    number = max(2, round(_UNALLOCATED * last.sum()))
    chosen = rng.choice(candidates, size=min(number, len(candidates)), replace=False)
    to_day = held.to_day.copy()
    to_day[chosen] = story.end - rng.integers(3, 60, len(chosen))
    return Allocations(held.offender, held.day, held.officer, to_day)


def holders(held: Allocations, offender: Ints, day: Ints) -> Ints:
    """The officer who held each offender on each day, -1 for none."""
    scale = 10**6
    place = np.searchsorted(held.offender * scale + held.day, offender * scale + day, side="right") - 1
    place = np.maximum(place, 0)
    found = (held.offender[place] == offender) & (held.day[place] <= day)
    open_ = (held.to_day[place] == NONE) | (day < held.to_day[place])
    return np.where(found & open_, held.officer[place], -1)
