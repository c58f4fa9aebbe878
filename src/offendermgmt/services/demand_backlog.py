"""The POLIT backlog ahead: what a plan would do to it, in so many simulated runs (Q47, Q48)."""

from dataclasses import dataclass
from datetime import date
from math import ceil
from typing import Final

import numpy as np
import pandas as pd
from scipy.special import pdtr

from offendermgmt.domain.days import day_number, to_date
from offendermgmt.domain.demand_policy import DemandPolicy
from offendermgmt.domain.forecast import Counts, Floats, interval
from offendermgmt.domain.simulation import MOST_POSTS, fewest_posts, first_under, share_held
from offendermgmt.services.demand import Foretold, window_ends
from offendermgmt.services.demand_measures import Measured
from offendermgmt.services.demand_plan import Plan
from offendermgmt.services.demand_runs import WORKING_SHARE, Runs
from offendermgmt.services.kept import Kept
from offendermgmt.services.labels import dates

_WEEK: Final = 7
_ENDS: Final = ("low", "middle", "high")


@dataclass(frozen=True)
class Answer:
    """What became of the backlog in the runs of a plan, from its size at the end of the day `on` (Q48).

    `reached` of `runs` runs were under the size within the plan's months; `early`, `middle` and `late` are the days by
    which one, five and nine in ten of all runs were (None where fewer ever were). `larger` runs end above `opening`.
    `held` is the share of runs under the size on each of the last days. `posts` is the fewest investigators who hold it
    with the likelihood asked (None: none do), `posts_held` their share, and `in_work` the cases that are worked on at
    any time however many investigators there are.
    `paths`, a row a week: on, low, middle, high. `ends`, a row a horizon: months, on, low, middle, high.
    """

    plan: Plan
    on: date
    opening: int
    runs: int
    reached: int
    early: date | None
    middle: date | None
    late: date | None
    larger: int
    held: float
    posts: int | None
    posts_held: float | None
    in_work: float
    paths: pd.DataFrame
    ends: pd.DataFrame


_ANSWERS: Final[Kept[Answer]] = Kept(24)
_POSTS: Final[Kept[tuple[int | None, float | None]]] = Kept(24)


def answer(told: Foretold, now: Measured, plan: Plan, policy: DemandPolicy) -> Answer:
    """What a plan does to the backlog; the same for the same history, measures, plan and policy (its seed with it).

    PlanRefused for a plan that cannot be worked out; ValueError where it leaves the time per case to a pace that could
    not be measured.
    """
    if plan.days_per_case is None and now.pace.days_per_case is None:
        raise ValueError("No case left the backlog in the time the pace is measured over: give a time per case.")
    runs = Runs(told, now, plan.checked(), policy)
    return _ANSWERS.answer((*runs.known_by, plan), lambda: _answer(runs))


def _answer(runs: Runs) -> Answer:
    now, plan, at_end = runs.now, runs.plan, runs.at_end()
    under = first_under(now.backlog, at_end, plan.under)
    early, middle, late = (_day_of(now, under, share, len(at_end)) for share in (0.1, 0.5, 0.9))
    in_work = _in_work(runs)
    posts, posts_held = _posts(runs, in_work) if _can_be_held(runs, in_work) else (None, None)
    return Answer(
        plan=plan,
        on=now.on,
        opening=now.backlog,
        runs=runs.policy.runs,
        reached=int((under <= len(at_end)).sum()),
        early=early,
        middle=middle,
        late=late,
        larger=int((at_end[-1] > now.backlog).sum()),
        held=share_held(at_end, plan.under, runs.policy.held_days),
        posts=posts,
        posts_held=posts_held,
        in_work=float(in_work.mean()),
        paths=_paths(now, at_end, runs.policy),
        ends=_ends(now, at_end, runs.policy),
    )


def _day_of(now: Measured, under: "np.ndarray[tuple[int], np.dtype[np.int64]]", share: float, days: int) -> date | None:
    """The day by which this share of all runs was under the size, None where fewer ever were."""
    number = int(np.sort(under)[ceil(share * len(under)) - 1])
    return None if number > days else to_date(day_number(now.on) + number)


def _in_work(runs: Runs) -> Floats:
    """Cases worked on at any time of the last days in each run, if nobody has to wait: arrivals times time per case."""
    rate = runs.arrivals[-runs.policy.held_days :].mean(axis=0)
    load: Floats = rate / WORKING_SHARE * runs.days_per_case
    return load


def _can_be_held(runs: Runs, in_work: Floats) -> bool:
    """Whether what is worked on alone can be under the size as likely as asked; if nobody waits it is Poisson."""
    return bool(pdtr(runs.plan.under - 1, in_work).mean() >= float(runs.policy.likelihood))


def _posts(runs: Runs, in_work: Floats) -> tuple[int | None, float | None]:
    """The fewest investigators who hold the size, secondments as planned, and the share of runs in which they do."""
    asked = (*runs.known_by, runs.with_investigators(0).plan)
    return _POSTS.answer(asked, lambda: _sought(runs, in_work))


def _sought(runs: Runs, in_work: Floats) -> tuple[int | None, float | None]:
    likelihood = float(runs.policy.likelihood)
    shares: dict[int, float] = {}

    def holds(posts: int) -> float:
        if posts not in shares:
            at_end = runs.with_investigators(posts).at_end()
            shares[posts] = share_held(at_end, runs.plan.under, runs.policy.held_days)
        return shares[posts]

    # Runs with more work than time grow without end, so as many are needed as the work of the share to be held, and
    # those who take away what is too much today.
    too_many = max(runs.now.backlog - runs.plan.under, 0) / max(len(runs.days) - runs.policy.held_days, 1)
    guess = float(np.quantile(in_work, likelihood)) + too_many / WORKING_SHARE * float(runs.days_per_case.mean())
    posts = fewest_posts(holds, likelihood, min(max(ceil(guess), 1), MOST_POSTS - 1))
    return posts, None if posts is None else holds(posts)


def _paths(now: Measured, at_end: Counts, policy: DemandPolicy) -> pd.DataFrame:
    weeks = np.unique(np.append(np.arange(_WEEK - 1, len(at_end), _WEEK), len(at_end) - 1))
    low, middle, high = interval(at_end[weeks].T[None], float(policy.interval))[:, 0]
    start = pd.DataFrame({"on": dates(np.array([day_number(now.on)])), **dict.fromkeys(_ENDS, now.backlog)})
    ahead = pd.DataFrame({"on": dates(day_number(now.on) + 1 + weeks), "low": low, "middle": middle, "high": high})
    return pd.concat([start, ahead], ignore_index=True)


def _ends(now: Measured, at_end: Counts, policy: DemandPolicy) -> pd.DataFrame:
    on = day_number(now.on)
    ends = window_ends(on, policy.horizons)
    inside = ends - on <= len(at_end)
    ends = ends[inside]
    low, middle, high = interval(at_end[ends - on - 1].T[None], float(policy.interval))[:, 0]
    months = np.array(policy.horizons)[inside]
    return pd.DataFrame({"months": months, "on": dates(ends), "low": low, "middle": middle, "high": high})
