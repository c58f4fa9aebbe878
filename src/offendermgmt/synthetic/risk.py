"""Assessments of risk and the plan's own intervals: yearly reviews that move some offenders up or down."""

from dataclasses import dataclass

import numpy as np

from offendermgmt.synthetic.chance import Chance, Ints, choose, happens
from offendermgmt.synthetic.people import LEVELS, People
from offendermgmt.synthetic.states import REACTIVE, States
from offendermgmt.synthetic.story import Story
from offendermgmt.synthetic.written import NONE

TOOLS = ("ARMS", "RM2000", "OSP")
_REVIEW = np.array(
    [
        # very high  high  medium low
        [0.66, 0.34, 0.00, 0.00],
        [0.035, 0.845, 0.12, 0.00],
        [0.00, 0.07, 0.85, 0.08],
        [0.00, 0.01, 0.07, 0.92],
    ]
)


@dataclass(frozen=True)
class Assessments:
    """Assessments in order of offender and day; `tool` and `level` are codes over `TOOLS` and `LEVELS`."""

    offender: Ints
    day: Ints
    level: Ints
    tool: Ints


@dataclass(frozen=True)
class OwnIntervals:
    """Plans' own intervals in order of offender: days, and the first day no longer in force (`NONE`: still is)."""

    offender: Ints
    day: Ints
    to_day: Ints
    interval: Ints


def assessments(chance: Chance, story: Story, register: People) -> Assessments:
    """First assessments some weeks after registration, then reviews about yearly to the end of the story."""
    rng = chance.stream("risk")
    who = np.arange(len(register))
    early = who[happens(rng, np.where(register.stock, 0.6, 0.25), len(who))]
    tools = rng.integers(1, 3, len(early))
    parts = [Assessments(early, register.registered[early], register.level[early], tools)]
    first = register.registered + 14 + np.ceil(rng.gamma(2.2, 16, len(who))).astype(np.int64)
    parts.append(Assessments(who, first, register.level, np.zeros_like(who)))
    day = np.where(register.stock, story.start - rng.integers(0, 500, len(who)), first)
    level = register.level.copy()
    reviewed = register.stock.copy()
    while len(who):
        parts.append(Assessments(who[reviewed], day[reviewed], level[reviewed], np.zeros(reviewed.sum(), np.int64)))
        day = day + np.clip(rng.normal(370, 45, len(who)), 200, 600).astype(np.int64)
        level = np.where(register.steady[who], level, choose(rng, _REVIEW[level]))
        within = day < story.end
        who, day, level = who[within], day[within], level[within]
        reviewed = np.ones(len(who), dtype=np.bool_)
    return _within(story, joined(parts))


def joined(parts: list[Assessments]) -> Assessments:
    """All the assessments in order of offender, day and tool, without a second one of the same key."""
    offender, day, level, tool = (
        np.concatenate([getattr(part, name) for part in parts]) for name in ("offender", "day", "level", "tool")
    )
    order = np.lexsort((tool, day, offender))
    offender, day, level, tool = offender[order], day[order], level[order], tool[order]
    same = np.r_[False, (np.diff(offender) == 0) & (np.diff(day) == 0) & (np.diff(tool) == 0)]
    return Assessments(offender[~same], day[~same], level[~same], tool[~same])


def _within(story: Story, made: Assessments) -> Assessments:
    kept = made.day < story.end
    return Assessments(made.offender[kept], made.day[kept], made.level[kept], made.tool[kept])


def raised_while_reactive(chance: Chance, story: Story, chain: States, size: int) -> Assessments:
    """Recent assessments that make some of those managed reactively no longer eligible, though nobody has acted."""
    rng = chance.stream("raised while reactive")
    newest = np.r_[np.diff(chain.offender) != 0, True]
    settled = chain.offender[newest & (chain.status == REACTIVE) & (chain.day < story.end - 120)]
    chosen = rng.choice(settled, size=min(len(settled), max(1, size // 300)), replace=False)
    day = story.end - rng.integers(5, 60, len(chosen))
    return Assessments(chosen, day, np.full(len(chosen), LEVELS.index("medium")), np.zeros(len(chosen), np.int64))


def own_intervals(chance: Chance, story: Story, register: People) -> OwnIntervals:
    """Intervals set by the plan for a few: often 30 to 45 days, sometimes longer than the level asks."""
    rng = chance.stream("intervals")
    chosen = happens(rng, np.array([0.15, 0.12, 0.05, 0.01])[register.level], len(register)) & ~register.steady
    who = np.flatnonzero(chosen)
    first = np.maximum(register.registered[who] + 40, story.start - 100)
    day = first + (rng.random(len(who)) * np.maximum(story.end - 5 - first, 0)).astype(np.int64)
    short = happens(rng, 0.75, len(who))
    interval = np.where(short, rng.integers(30, 46, len(who)), rng.choice([120, 150, 200, 240, 400, 500], len(who)))
    to_day = day + rng.integers(90, 400, len(who))
    to_day = np.where(happens(rng, 0.6, len(who)) & (to_day <= story.end), to_day, NONE)
    kept = day < story.end
    return OwnIntervals(who[kept], day[kept], to_day[kept], interval[kept])
