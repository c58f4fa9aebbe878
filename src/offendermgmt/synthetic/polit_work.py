"""What is done on POLIT's cases: enforcements, examinations, access to children, new information, assessing again."""

from dataclasses import dataclass

import numpy as np

from offendermgmt.domain.vocabulary import ChildAccess, EnforcementKind
from offendermgmt.synthetic.chance import Chance, Flags, Ints, choose, grouped_rank, happens
from offendermgmt.synthetic.polit import FORENSICS, INVESTIGATION, CaseEvents, Cases
from offendermgmt.synthetic.story import Story
from offendermgmt.synthetic.written import NONE

ENFORCEMENTS = tuple(str(kind) for kind in EnforcementKind)
(ARREST, INTERVIEW, WARRANT) = range(len(ENFORCEMENTS))
ACCESS = tuple(str(access) for access in ChildAccess)
(YES, NO, NOT_KNOWN) = range(len(ACCESS))
_ARRESTED = 0.86
_ARRESTED_AGAIN = 0.10
_WITH_WARRANT, _INTERVIEW_WITH_WARRANT = 0.75, 0.15
# Of a case of each level, and more where a child has been found.
_HAS_ACCESS = np.array([0.52, 0.35, 0.23, 0.13])
_CHILD_FOUND = 0.18
_ACCESS_RECORDED, _ACCESS_NOT_KNOWN = 0.92, 0.20
_INFORMED, _INFORMED_STALLED = 0.10, 0.60
# Assessed again for information at once, late, or not at all; a case that stalled never is.
_ASSESSED_AGAIN = np.array([0.66, 0.14, 0.20])
_OLD_DAYS = 45
_LOWERED, _LOWERED_STALLED = 0.08, 0.30
_LOWEST = 3
_BEYOND = 10**6


@dataclass(frozen=True)
class Examinations:
    """Examinations of devices; `result` is `NONE` while it is awaited."""

    case: Ints
    submitted: Ints
    result: Ints


@dataclass(frozen=True)
class Information:
    """New information on cases; `calls` = for a new assessment."""

    case: Ints
    day: Ints
    calls: Flags


def enforcements(chance: Chance, story: Story, events: CaseEvents) -> CaseEvents:
    """Enforcements (value: code over `ENFORCEMENTS`) of cases that came under investigation, a kind once a day."""
    rng = chance.stream("polit enforcements")
    case, day = _first_at(events, INVESTIGATION)
    arrested = happens(rng, _ARRESTED, len(case))
    searched = happens(rng, np.where(arrested, _WITH_WARRANT, _INTERVIEW_WITH_WARRANT), len(case))
    again = arrested & happens(rng, _ARRESTED_AGAIN, len(case))
    later = day + rng.integers(15, 120, len(case))
    return _joined(
        (case[searched], day[searched], WARRANT),
        (case[arrested], day[arrested], ARREST),
        (case[~arrested], day[~arrested], INTERVIEW),
        (case[again], later[again], ARREST),
        last=story.end - 1,
    )


def examinations(chance: Chance, story: Story, events: CaseEvents) -> Examinations:
    """Devices sent urgently soon after enforcement, and the rest when the case begins to wait for forensics.

    The result of the rest comes shortly before the case moves on.
    """
    rng = chance.stream("polit examinations")
    live, began = _first_at(events, INVESTIGATION)
    urgent = happens(rng, 0.4, len(live))
    sent = began + rng.integers(0, 5, len(live))
    back = sent + 3 + rng.gamma(2, 8, len(live)).astype(np.int64)
    waiting, since = _first_at(events, FORENSICS)
    ready = np.maximum(_next_day(events, waiting, since) - rng.integers(1, 15, len(waiting)), since + 1)
    case, submitted = np.r_[live[urgent], waiting], np.r_[sent[urgent], since]
    result = np.r_[back[urgent], ready]
    order = np.lexsort((submitted, case))
    order = order[submitted[order] < story.end]
    result = np.where(result < story.end, result, NONE)
    return Examinations(case[order], submitted[order], result[order])


def access(chance: Chance, story: Story, made: Cases, with_child: Ints) -> CaseEvents:
    """Whether suspects have access to children (value: code over `ACCESS`); half of what is not known is found out."""
    rng = chance.stream("polit access")
    size = len(made.received)
    found = np.isin(np.arange(size), with_child)
    yes = happens(rng, _HAS_ACCESS[made.level] + _CHILD_FOUND * found, size)
    asked = np.flatnonzero(happens(rng, _ACCESS_RECORDED, size))
    first = made.received[asked] + rng.exponential(2.0, len(asked)).astype(np.int64)
    unknown = happens(rng, _ACCESS_NOT_KNOWN, len(asked))
    answer = np.where(yes[asked], YES, NO)
    later = unknown & happens(rng, 0.5, len(asked))
    answered = first + rng.integers(5, 60, len(asked))
    begun = ~unknown & ~yes[asked] & happens(rng, 0.03, len(asked))
    return CaseEvents(
        np.r_[asked, asked[later], asked[begun]],
        np.r_[first, answered[later], answered[begun]],
        np.r_[np.where(unknown, NOT_KNOWN, answer), answer[later], np.full(begun.sum(), YES)],
    ).until(story.end - 1)


def information(chance: Chance, story: Story, made: Cases) -> Information:
    """New information on a tenth of the cases, more often on those that stalled; half of it calls for assessment."""
    rng = chance.stream("polit information")
    size = len(made.received)
    case = np.flatnonzero(happens(rng, np.where(made.stalled, _INFORMED_STALLED, _INFORMED), size))
    case = np.repeat(case, 1 + happens(rng, 0.2, len(case)))
    open_days = np.minimum(made.left[case], story.end - 1) - made.received[case]
    day = made.received[case] + 3 + (rng.random(len(case)) * (open_days + 15)).astype(np.int64)
    calls = happens(rng, 0.5, len(case))
    kept = day < story.end
    return Information(case[kept], day[kept], calls[kept])


def assessed_again(
    chance: Chance, story: Story, made: Cases, assessed: CaseEvents, informed: Information
) -> CaseEvents:
    """Assessments (value: code of the level) that follow information, and a few that lower an old case.

    None falls before the first of `assessed`, or on the day of one.
    """
    rng = chance.stream("polit assessed again")
    parts = (_for_information(rng, made, informed), _lowering(rng, story, made))
    who, day, step = (np.concatenate(column) for column in zip(*parts, strict=True))
    before = _standing(assessed, who, day)
    level = np.clip(before + step, 0, _LOWEST)
    kept = (before >= 0) & ((step <= 0) | (level > before))
    again = CaseEvents(who[kept], day[kept], level[kept]).until(story.end - 1)
    apart = ~np.isin(_place(again.case, again.day), _place(assessed.case, assessed.day))
    return CaseEvents(again.case[apart], again.day[apart], again.value[apart])


def _for_information(rng: np.random.Generator, made: Cases, informed: Information) -> tuple[Ints, Ints, Ints]:
    """Case, day and step in level of assessments that information called for."""
    case, told = informed.case[informed.calls], informed.day[informed.calls]
    course = choose(rng, np.tile(_ASSESSED_AGAIN, (len(case), 1)))
    delay = np.where(course == 0, rng.integers(0, 6, len(case)), rng.integers(9, 40, len(case)))
    step = rng.choice([-1, 0, 1], len(case), p=[0.35, 0.55, 0.10])
    done = (course < 2) & ~made.stalled[case]
    return case[done], (told + delay)[done], step[done]


def _lowering(rng: np.random.Generator, story: Story, made: Cases) -> tuple[Ints, Ints, Ints]:
    """Case, day and step in level of assessments that lower a case long in the backlog."""
    wait = np.minimum(made.left, story.end - 1) - made.received
    share = np.where(made.stalled, _LOWERED_STALLED, _LOWERED)
    case = np.flatnonzero((wait > _OLD_DAYS) & happens(rng, share, len(wait)))
    day = made.received[case] + (wait[case] * rng.uniform(0.75, 1.0, len(case))).astype(np.int64)
    return case, day, np.ones(len(case), dtype=np.int64)


def _joined(*parts: tuple[Ints, Ints, int], last: int) -> CaseEvents:
    case, day = (np.concatenate([part[column] for part in parts]) for column in (0, 1))
    kind = np.concatenate([np.full(len(part[0]), part[2]) for part in parts])
    order = np.lexsort((np.arange(len(case)), day, case))
    order = order[day[order] <= last]
    return CaseEvents(case[order], day[order], kind[order])


def _first_at(events: CaseEvents, stage: int) -> tuple[Ints, Ints]:
    """The cases that came to the stage, and the day that each first did."""
    there = events.value == stage
    case, day = events.case[there], events.day[there]
    first = grouped_rank(case) == 0
    return case[first], day[first]


def _next_day(events: CaseEvents, case: Ints, day: Ints) -> Ints:
    """The day of each case's next event after the day; beyond every day where there is none."""
    place = np.searchsorted(_place(events.case, events.day), _place(case, day), side="right")
    known = np.append(events.case, -1)[place] == case
    return np.where(known, np.append(events.day, 0)[place], _BEYOND)


def _standing(events: CaseEvents, case: Ints, day: Ints) -> Ints:
    """The value of each case's newest event before the day, -1 where there is none."""
    place = np.searchsorted(_place(events.case, events.day), _place(case, day), side="left") - 1
    known = np.append(events.case, -1)[place] == case
    return np.where(known, np.append(events.value, -1)[place], -1)


def _place(case: Ints, day: Ints) -> Ints:
    return case * _BEYOND + day
