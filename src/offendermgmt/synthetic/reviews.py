"""Reviews of records and of plans, which slip in the first year and come back after the inspection, and orders."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from offendermgmt.synthetic import written
from offendermgmt.synthetic.caseload import Allocations, holders
from offendermgmt.synthetic.chance import Chance, Floats, Ints, happens
from offendermgmt.synthetic.officers import Officers
from offendermgmt.synthetic.people import People
from offendermgmt.synthetic.recording import day_facts_recorded, register_recorded
from offendermgmt.synthetic.states import ENDED, REACTIVE, States
from offendermgmt.synthetic.story import Story
from offendermgmt.synthetic.written import NONE

FINDINGS = ("SYNTHETIC: in order", "SYNTHETIC: actions set", "SYNTHETIC: plan out of date")
KINDS = ("SHPO", "SRO", "notification")
_FINDING_MIX = np.array([0.78, 0.15, 0.07])
# Days in which a record (by level) and a plan are to be reviewed.
_RECORD = np.array([91, 182, 365, 365])
_PLAN = 365
_SLIPPING, _KEPT = 1.7, 0.88
_KEPT_REACTIVE = 0.3


@dataclass(frozen=True)
class Reviews:
    """Reviews in no order: whose, on which day."""

    offender: Ints
    day: Ints


def tables(
    chance: Chance, story: Story, register: People, staff: Officers, held: Allocations, chain: States, until: int
) -> dict[str, pd.DataFrame]:
    """The contract's `supervisor_reviews`, `plan_reviews` and `orders`."""
    records = _reviews(chance.stream("record reviews"), story, register, chain, _RECORD[register.level])
    plans = _reviews(chance.stream("plan reviews"), story, register, chain, np.full(len(register), _PLAN))
    return {
        "supervisor_reviews": _supervised(chance, register, staff, records, until),
        "plan_reviews": _planned(chance, register, staff, held, plans, until),
        "orders": _orders(chance, story, register, chain, until),
    }


def _reviews(rng: np.random.Generator, story: Story, register: People, chain: States, allowed: Ints) -> Reviews:
    who = np.arange(len(register))
    ago = (rng.random(len(who)) * allowed * 1.3).astype(np.int64)
    day = np.where(register.stock, story.start - ago, register.registered + rng.integers(35, 90, len(who)))
    habit = np.exp(rng.normal(0, 0.07, len(who)))
    parts: list[Reviews] = []
    while len(who):
        within = day < story.end
        who, day = who[within], day[within]
        parts.append(Reviews(who, day))
        gap = allowed[who] * habit[who] * _pace(story, day) * np.exp(rng.normal(0, 0.06, len(who)))
        day = day + np.maximum(gap, 20).astype(np.int64)
    made = Reviews(np.concatenate([part.offender for part in parts]), np.concatenate([part.day for part in parts]))
    managed = _status(chain, made) != ENDED
    return Reviews(made.offender[managed], made.day[managed])


def _pace(story: Story, days: Ints) -> Floats:
    """Time to the next review as a multiple of what is allowed; a review that follows the inspection is kept."""
    return np.interp(days, [story.inspection - 150, story.order + 60], [_SLIPPING, _KEPT])


def _status(chain: States, made: Reviews) -> Ints:
    scale = 10**6
    place = np.searchsorted(chain.offender * scale + chain.day, made.offender * scale + made.day, side="right") - 1
    known = (place >= 0) & (chain.offender[place] == made.offender)
    return np.where(known, chain.status[place], -1)


def _supervised(chance: Chance, register: People, staff: Officers, made: Reviews, until: int) -> pd.DataFrame:
    rng = chance.stream("record review records")
    when, known = day_facts_recorded(rng, made.day, 0.8, until)
    leaders = np.array([staff.of(team, "DS")[:2] for team in range(int(register.team.max()) + 1)])
    reviewer = leaders[register.team[made.offender], rng.integers(0, 2, len(made.day))]
    return pd.DataFrame(
        {
            "offender_ref": written.labels(made.offender, register.refs),
            "reviewed_on": written.dates(made.day),
            "reviewer_ref": written.labels(reviewer, staff.refs),
            "finding": written.labels(rng.choice(len(FINDINGS), len(made.day), p=_FINDING_MIX), FINDINGS),
            "note": "",
            "recorded_at": written.moments(when),
            "is_void": "",
        },
        dtype="str",
    )[known]


def _planned(
    chance: Chance, register: People, staff: Officers, held: Allocations, made: Reviews, until: int
) -> pd.DataFrame:
    when, known = day_facts_recorded(chance.stream("plan review records"), made.day, 1.0, until)
    return pd.DataFrame(
        {
            "offender_ref": written.labels(made.offender, register.refs),
            "reviewed_on": written.dates(made.day),
            "reviewer_ref": written.labels(holders(held, made.offender, made.day), staff.refs),
            "note": "",
            "recorded_at": written.moments(when),
            "is_void": "",
        },
        dtype="str",
    )[known]


def _orders(chance: Chance, story: Story, register: People, chain: States, until: int) -> pd.DataFrame:
    """Orders made at or before registration; of those managed reactively few have one that is still in force."""
    rng = chance.stream("orders")
    parts = [_of_kind(rng, register, kind, rate) for kind, rate in enumerate((0.55, 0.05, 0.10))]
    offender, kind, day, to_day = (np.concatenate(column) for column in zip(*parts, strict=True))
    in_force = (to_day == NONE) | (to_day > story.end)
    reactive = _status(chain, Reviews(offender, np.full(len(offender), story.end))) == REACTIVE
    kept = ~(in_force & reactive & (kind < 2)) | happens(rng, _KEPT_REACTIVE, len(offender))
    offender, kind, day, to_day = offender[kept], kind[kept], day[kept], to_day[kept]
    when = register_recorded(rng, register.registered[offender], until)
    return pd.DataFrame(
        {
            "offender_ref": written.labels(offender, register.refs),
            "order_ref": pd.Series(written.labels(kind, KINDS) + "-1", dtype="str"),
            "kind": written.labels(kind, KINDS),
            "from_on": written.dates(day),
            "to_on": written.dates(to_day),
            "recorded_at": written.moments(when),
            "is_void": "",
        },
        dtype="str",
    )


def _of_kind(rng: np.random.Generator, register: People, kind: int, rate: float) -> tuple[Ints, Ints, Ints, Ints]:
    who = np.flatnonzero(happens(rng, np.where(register.steady, rate / 3, rate), len(register)))
    day = register.registered[who] - rng.integers(0, 400, len(who))
    years = rng.choice([5, 7, 10], len(who))
    to_day = np.where(happens(rng, 0.3, len(who)), NONE, day + np.round(years * 365.25).astype(np.int64))
    return who, np.full(len(who), kind), day, to_day
