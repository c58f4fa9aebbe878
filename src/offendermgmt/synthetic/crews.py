"""Who went on each visit, at what time, and by what authority when alone (rules W1, W2)."""

from dataclasses import dataclass

import numpy as np

from offendermgmt.synthetic.caseload import Allocations, holders
from offendermgmt.synthetic.chance import Chance, Flags, Ints, grouped_rank, happens
from offendermgmt.synthetic.officers import Officers
from offendermgmt.synthetic.people import People
from offendermgmt.synthetic.story import Story
from offendermgmt.synthetic.visits import Visits
from offendermgmt.synthetic.written import MINUTES, NONE

REASONS = (
    "SYNTHETIC: colleague called away",
    "SYNTHETIC: no second officer on duty",
    "SYNTHETIC: joint visit with probation",
    "SYNTHETIC: short notice, nearby",
)
# Nobody authorises before 06:00, nor in an hour that a change of clocks leaves out.
_SMALL_HOURS, _WAKING = 6 * 60, 8 * 60
_PATROLS = ("manager", "leaver", "joiner", "seconded")


@dataclass(frozen=True)
class Crews:
    """For each visit: the officers (second -1 when alone), the minute, and the authority for going alone."""

    first: Ints
    second: Ints
    at: Ints
    announced: Flags
    reason: Ints
    assessed: Ints
    authoriser: Ints
    authorised_at: Ints


def crews(chance: Chance, story: Story, register: People, staff: Officers, held: Allocations, made: Visits) -> Crews:
    """The crew of every visit: its holder, or a colleague where that is not possible, and the partner of the day."""
    rng = chance.stream("crews")
    holder = holders(held, made.offender, made.day)
    first, partner = np.full(len(holder), -1), np.full(len(holder), -1)
    team = register.team[made.offender]
    for number in range(int(register.team.max()) + 1):
        of_team = np.flatnonzero(team == number)
        pair = _pairs(staff, number, holder[of_team], made.day[of_team], made.offender[of_team])
        first[of_team], partner[of_team] = pair
    slower = np.linspace(0.93, 1.07, int(register.team.max()) + 1)[team]
    alone = happens(rng, story.lone_share(made.day) * slower, len(first))
    at = _times(rng, story, made.day, np.minimum(first, partner))
    cancelled = made.outcome == 4
    announced = happens(rng, 0.14, len(first))
    second = np.where(alone, -1, partner)
    return Crews(first, second, at, announced, *_authority(rng, story, staff, team, made.day, at, alone & ~cancelled))


def _pairs(staff: Officers, team: int, holder: Ints, day: Ints, offender: Ints) -> tuple[Ints, Ints]:
    """Pairs by a round robin, so that on a day each officer has one partner and is that partner's partner."""
    roster = staff.of(team, *_PATROLS)
    senior = staff.of(team, "DS")[0]
    days, column = np.unique(day, return_inverse=True)
    present = staff.at_work(days)[roster]
    count = present.sum(axis=0)
    place = np.cumsum(present, axis=0) - 1
    lists = np.argsort(~present, axis=0, kind="stable")
    row = np.full(len(staff.refs), -1)
    row[roster] = np.arange(len(roster))
    known = (holder >= 0) & (row[holder] >= 0)
    at_work = known & present[np.where(known, row[holder], 0), column]
    size = count[column]
    index = np.where(at_work, place[np.where(at_work, row[holder], 0), column], (offender + day) % size)
    other = (day - index) % size
    first = roster[lists[index, column]]
    second = np.where(other == index, senior, roster[lists[other, column]])
    return first, second


def _times(rng: np.random.Generator, story: Story, day: Ints, lead: Ints) -> Ints:
    """Visits of a pair on a day follow each other from a start that varies: mornings, afternoons, evenings."""
    _, group = np.unique(day * 10_000 + lead, return_inverse=True)
    groups = int(group.max()) + 1
    start = rng.choice([390, 450, 510, 570, 660, 780, 870, 960, 1050], size=groups)
    start = start + rng.integers(0, 50, groups)
    last_day = np.zeros(groups, dtype=np.bool_)
    last_day[group[day == story.end]] = True
    start = np.where(last_day, 400 + start % 60, start)
    return day * MINUTES + np.minimum(start[group] + 70 * grouped_rank(group), 21 * 60 + 29)


def _authority(
    rng: np.random.Generator, story: Story, staff: Officers, team: Ints, day: Ints, at: Ints, alone: Flags
) -> tuple[Ints, Ints, Ints, Ints]:
    """Reason, assessment, authoriser and time; what is missing makes a lone visit unauthorised."""
    size = len(day)
    authorised = alone & happens(rng, story.authorised_share(day), size)
    late = alone & ~authorised & happens(rng, 0.22, size)
    whole = authorised | late
    partly = alone & ~whole & happens(rng, 0.5, size)
    reason = np.where(whole | partly, rng.integers(len(REASONS), size=size), -1)
    assessed = np.where(whole | (partly & happens(rng, 0.3, size)), day - rng.integers(0, 4, size), NONE)
    leaders = np.array([staff.of(number, "DS")[:2] for number in range(int(team.max()) + 1)])
    authoriser = np.where(whole, leaders[team, rng.integers(0, 2, size)], -1)
    before, after = at - rng.integers(20, 1500, size), at + rng.integers(60, 4000, size)
    before = np.where(before % MINUTES < _SMALL_HOURS, before - _WAKING, before)
    after = np.where(after % MINUTES < _SMALL_HOURS, after + _WAKING, after)
    authorised_at = np.where(authorised, before, np.where(late, after, NONE))
    return reason, assessed, authoriser, authorised_at
