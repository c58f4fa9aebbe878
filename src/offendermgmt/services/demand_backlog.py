"""The POLIT backlog ahead: what a plan would do to it, in so many simulated runs (Q45 to Q48)."""

from dataclasses import dataclass
from datetime import date
from math import ceil
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.special import pdtr

from offendermgmt.domain.capacity import Pace, fte_by_day, pace
from offendermgmt.domain.days import Days, day_number, to_date
from offendermgmt.domain.demand_policy import DemandPolicy
from offendermgmt.domain.forecast import MONTH_DAYS, Counts, Floats, interval
from offendermgmt.domain.periods import Every, Periods
from offendermgmt.domain.polit import flow
from offendermgmt.domain.segments import Flags
from offendermgmt.domain.simulation import (
    MOST_POSTS,
    Luck,
    Queue,
    arrivals,
    backlog,
    fewest_posts,
    first_under,
    is_working,
    share_held,
    stream,
)
from offendermgmt.domain.vocabulary import Unit
from offendermgmt.services.demand import Foretold, demand_policy, received_days, window_ends
from offendermgmt.services.demand_plan import Plan
from offendermgmt.services.kept import Kept
from offendermgmt.services.labels import dates
from offendermgmt.services.question import Question
from offendermgmt.services.suppression import shown_to

_PACE: Final = 20
_YEAR: Final = 365
_WORKING_SHARE: Final = 5 / 7
_WEEK: Final = 7


@dataclass(frozen=True)
class Measured:
    """Where the unit stands on a day and how it has worked: what a simulation starts from (Q45, Q46).

    `backlog` on the day, `fte` on average of the last working days, `pace` over the last months, and `per_receipt`:
    how many cases come into the backlog for each one received, those that come back included.
    """

    on: date
    backlog: int
    fte: float
    pace: Pace
    per_receipt: float


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
_ARRIVALS: Final[Kept[tuple[Counts, Luck]]] = Kept(4)
_POSTS: Final[Kept[tuple[int | None, float | None]]] = Kept(24)


def history_of_backlog(question: Question) -> pd.DataFrame:
    """The flow of the whole unit's backlog on each of the last 365 days (P6), its columns and `day`."""
    periods = Periods.between(to_date(question.on - _YEAR + 1), question.as_of, Every.DAY)
    return flow(question.snapshot.cases.segments, periods).assign(day=periods.first)


def past_backlog(question: Question, daily: pd.DataFrame) -> pd.DataFrame:
    """The backlog at the end of each week of the last year, up to the question's day, as the viewer may have it.

    Columns on, backlog (missing where it is kept from the viewer).
    """
    weekly = daily.iloc[::-1].iloc[::_WEEK].iloc[::-1]
    rows = pd.DataFrame({"on": dates(weekly["day"].to_numpy()), "backlog": weekly["closing"].to_numpy()})
    return shown_to(question, rows, [("backlog",)])


def measured(question: Question, daily: pd.DataFrame) -> Measured:
    """Where the unit stands on the question's day, from its daily flow (`history_of_backlog`)."""
    policy, days = demand_policy(question), daily["day"].to_numpy()
    fte = investigators_fte(question, days)
    left = (daily["progressed"] + daily["closed_from_backlog"]).to_numpy()
    opening, recent = daily["opening"].to_numpy(), slice(-policy.pace_days, None)
    at_work = fte[-policy.staff_days :][is_working(days[-policy.staff_days :])]
    received = int((received_days(question) >= days[0]).sum())
    came = int(daily["received"].sum() + daily["returned"].sum())
    return Measured(
        on=question.as_of,
        backlog=int(daily["closing"].iloc[-1]),
        fte=round(float(at_work.mean()), 1) if len(at_work) else 0.0,
        pace=pace(left[recent], opening[recent], fte[recent]),
        per_receipt=came / received if received else 1.0,
    )


def investigators_fte(question: Question, days: Days) -> Floats:
    """FTE of investigators at work on each day, 0 on days nobody works: POLIT's officers who are no supervisors."""
    return np.where(is_working(days), fte_by_day(question.snapshot.facts, _investigators(question), days), 0.0)


def _investigators(question: Question) -> Flags:
    """Officers of POLIT's teams who are no supervisors, by code."""
    facts, snapshot = question.snapshot.facts, question.snapshot
    teams, officers = facts.tables["teams"], facts.tables["officers"]
    of_unit = teams[(teams["unit"] == Unit.POLIT).to_numpy()]["team_ref"].cat.codes.to_numpy()
    counted: Flags = np.isin(snapshot.team_of_officer, of_unit)
    supervisors = officers[officers["is_supervisor"].to_numpy()]["officer_ref"].cat.codes.to_numpy()
    counted[supervisors] = False
    return counted


def answer(told: Foretold, now: Measured, plan: Plan, policy: DemandPolicy) -> Answer:
    """What a plan does to the backlog; the same for the same history, measures, plan and policy (its seed with it).

    ValueError where the plan leaves the time per case to a pace that could not be measured.
    """
    if plan.days_per_case is None and now.pace.days_per_case is None:
        raise ValueError("No case left the backlog in the time the pace is measured over: give a time per case.")
    asked = (_known(told), now, plan, policy)
    return _ANSWERS.answer(asked, lambda: _answer(told, now, plan.checked(), policy))


def _known(told: Foretold) -> tuple[int, bytes]:
    return told.history.first, told.history.counts.tobytes()


def _answer(told: Foretold, now: Measured, plan: Plan, policy: DemandPolicy) -> Answer:
    days = _days(now, plan)
    at_end = _simulated(told, now, plan, policy, days)
    under = first_under(now.backlog, at_end, plan.under)
    reached = int((under <= len(days)).sum())
    likely = [_day_of(now, under, share, len(days)) for share in (0.1, 0.5, 0.9)]
    in_work, posts, posts_held = _in_work(told, now, plan, policy, days), None, None
    if _can_be_held(in_work, plan, policy):
        posts, posts_held = _posts(told, now, plan, policy, days, in_work)
    return Answer(
        plan=plan,
        on=now.on,
        opening=now.backlog,
        runs=policy.runs,
        reached=reached,
        early=likely[0],
        middle=likely[1],
        late=likely[2],
        larger=int((at_end[-1] > now.backlog).sum()),
        held=share_held(at_end, plan.under, policy.held_days),
        posts=posts,
        posts_held=posts_held,
        in_work=float(in_work.mean()),
        paths=_paths(now, at_end, policy),
        ends=_ends(now, at_end, policy),
    )


def _days(now: Measured, plan: Plan) -> Days:
    on = day_number(now.on)
    return np.arange(on + 1, int(window_ends(on, (plan.months,))[0]) + 1, dtype=np.int32)


def _simulated(told: Foretold, now: Measured, plan: Plan, policy: DemandPolicy, days: Days) -> Counts:
    come, luck = _arrivals(told, now, plan, policy, days)
    queue = Queue(now.backlog, come, _fte(plan, days), _days_per_case(now, plan, policy))
    return backlog(queue, luck)


def _arrivals(told: Foretold, now: Measured, plan: Plan, policy: DemandPolicy, days: Days) -> tuple[Counts, Luck]:
    asked = (_known(told), policy, now.on, now.per_receipt, plan.surge, plan.months)
    return _ARRIVALS.answer(asked, lambda: _drawn(told, now, plan, policy, days))


def _drawn(told: Foretold, now: Measured, plan: Plan, policy: DemandPolicy, days: Days) -> tuple[Counts, Luck]:
    scale = np.ones(len(days))
    if plan.surge is not None:
        scale[_between(days, plan.surge.from_on, plan.surge.last_on)] += plan.surge.percent / 100
    come = arrivals(_daily_rates(told, now, days), scale, policy.seed)
    return come, Luck.of(come, policy.seed)


def _daily_rates(told: Foretold, now: Measured, days: Days) -> Floats:
    month = days.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64) - told.history.next
    rates: Floats = told.rates.T[month] * (now.per_receipt / MONTH_DAYS)
    return rates


def _between(days: Days, first: date, last: date) -> npt.NDArray[np.bool_]:
    return (days >= day_number(first)) & (days <= day_number(last))


def _fte(plan: Plan, days: Days) -> Floats:
    there = np.full(len(days), float(plan.investigators))
    for one in plan.secondments:
        there += one.fte * _between(days, one.from_on, one.last_on)
    return np.where(is_working(days), there, 0.0)


def _days_per_case(now: Measured, plan: Plan, policy: DemandPolicy) -> Floats:
    if plan.days_per_case is not None:
        return np.full(policy.runs, plan.days_per_case)
    return now.pace.drawn(policy.runs, stream(policy.seed, _PACE))


def _day_of(now: Measured, under: "npt.NDArray[np.int64]", share: float, days: int) -> date | None:
    """The day by which this share of all runs was under the size, None where fewer ever were."""
    number = int(np.sort(under)[ceil(share * len(under)) - 1])
    return None if number > days else to_date(day_number(now.on) + number)


def _in_work(told: Foretold, now: Measured, plan: Plan, policy: DemandPolicy, days: Days) -> Floats:
    """Cases worked on at any time of the last days in each run, if nobody has to wait: arrivals times time per case."""
    last = days[-policy.held_days :]
    rate = _arrivals(told, now, plan, policy, days)[0][-len(last) :].mean(axis=0)
    load: Floats = rate / _WORKING_SHARE * _days_per_case(now, plan, policy)
    return load


def _can_be_held(in_work: Floats, plan: Plan, policy: DemandPolicy) -> bool:
    """Whether what is worked on alone can be under the size as likely as asked; if nobody waits it is Poisson."""
    return bool(pdtr(plan.under - 1, in_work).mean() >= float(policy.likelihood))


def _posts(
    told: Foretold, now: Measured, plan: Plan, policy: DemandPolicy, days: Days, in_work: Floats
) -> tuple[int | None, float | None]:
    """The fewest investigators who hold the size, secondments as planned, and the share of runs in which they do."""
    free = Plan(0, plan.under, plan.months, plan.days_per_case, plan.secondments, plan.surge)

    def found() -> tuple[int | None, float | None]:
        shares: dict[int, float] = {}

        def holds(posts: int) -> float:
            if posts not in shares:
                staffed = Plan(posts, plan.under, plan.months, plan.days_per_case, plan.secondments, plan.surge)
                at_end = _simulated(told, now, staffed, policy, days)
                shares[posts] = share_held(at_end, plan.under, policy.held_days)
            return shares[posts]

        surplus = max(now.backlog - plan.under, 0) / max(len(days) - policy.held_days, 1)
        # Runs with more work than time grow without end, so as many are needed as the work of the share to be held.
        guess = float(np.quantile(in_work, float(policy.likelihood)))
        guess += surplus / _WORKING_SHARE * float(np.mean(_days_per_case(now, plan, policy)))
        posts = fewest_posts(holds, float(policy.likelihood), min(max(ceil(guess), 1), MOST_POSTS - 1))
        return posts, None if posts is None else holds(posts)

    return _POSTS.answer((_known(told), now, free, policy), found)


def _paths(now: Measured, at_end: Counts, policy: DemandPolicy) -> pd.DataFrame:
    weeks = np.unique(np.append(np.arange(_WEEK - 1, len(at_end), _WEEK), len(at_end) - 1))
    low, middle, high = interval(at_end[weeks].T[None], float(policy.interval))[:, 0]
    start = pd.DataFrame({"on": dates(np.array([day_number(now.on)])), **dict.fromkeys(_ENDS, now.backlog)})
    ahead = pd.DataFrame({"on": dates(day_number(now.on) + 1 + weeks), "low": low, "middle": middle, "high": high})
    return pd.concat([start, ahead], ignore_index=True)


_ENDS: Final = ("low", "middle", "high")


def _ends(now: Measured, at_end: Counts, policy: DemandPolicy) -> pd.DataFrame:
    on = day_number(now.on)
    ends = window_ends(on, policy.horizons)
    inside = ends - on <= len(at_end)
    ends = ends[inside]
    low, middle, high = interval(at_end[ends - on - 1].T[None], float(policy.interval))[:, 0]
    months = np.array(policy.horizons)[inside]
    return pd.DataFrame({"months": months, "on": dates(ends), "low": low, "middle": middle, "high": high})
