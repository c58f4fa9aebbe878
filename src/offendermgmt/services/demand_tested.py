"""How wrong forecasts of the backlog would have been, made after past months from the staff and pace of then (Q44)."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from offendermgmt.domain.capacity import Pace, pace
from offendermgmt.domain.days import Days, to_date
from offendermgmt.domain.demand_policy import DemandPolicy
from offendermgmt.domain.forecast import MONTH_DAYS, Backtest, Counts, Floats, intensities, interval, month_starts
from offendermgmt.domain.periods import Every, Periods
from offendermgmt.domain.polit import flow
from offendermgmt.domain.simulation import Luck, Queue, arrivals, backlog, is_working, stream
from offendermgmt.services.demand import Foretold, demand_policy, how_wrong, received_days
from offendermgmt.services.demand_measures import YEAR, investigators_fte
from offendermgmt.services.kept import Kept
from offendermgmt.services.question import Question

MONTHS: Final = (3, 6)
_LONGEST: Final = max(MONTHS)
_RATES, _PACE = 30, 31


@dataclass(frozen=True)
class _Past:
    """The unit from day `first` on: cases at a day's start and end, left, come and received; FTE at work."""

    first: int
    opening: Counts
    closing: Counts
    left: Counts
    came: Counts
    received: Counts
    fte: Floats


@dataclass(frozen=True)
class _Origin:
    """What was known at the end of a month: how many months of history, the day, and the unit's measures of then."""

    known: int
    day: int
    backlog: int
    fte: float
    pace: Pace
    per_receipt: float


_TESTS: Final[Kept[pd.DataFrame]] = Kept(8)


def backlog_tests(question: Question, told: Foretold) -> pd.DataFrame:
    """Forecasts of the backlog 3 and 6 months ahead, made after past months, against what came.

    A row a horizon, with the columns of `Demand.tests`. A forecast takes the staff and pace measured at the end of its
    month (Q45, Q46), by the facts known now. Months before which nothing left the backlog are not tested.
    """
    policy, past = demand_policy(question), _past(question, told)
    arrays = (past.opening, past.closing, past.left, past.came, past.received, past.fte)
    asked = (told.history.first, told.history.counts.tobytes(), policy, *(array.tobytes() for array in arrays))
    return _TESTS.answer(asked, lambda: _tests(told, past, policy))


def _past(question: Question, told: Foretold) -> _Past:
    policy, history = demand_policy(question), told.history
    first_origin = max(history.next - policy.backlog_months - MONTHS[0], history.first + policy.trial_months)
    first = int(month_starts(np.array([first_origin]))[0]) - YEAR
    periods = Periods.between(to_date(first), question.as_of, Every.DAY)
    daily = flow(question.snapshot.cases.segments, periods)
    days = periods.first
    return _Past(
        first,
        daily["opening"].to_numpy(),
        daily["closing"].to_numpy(),
        (daily["progressed"] + daily["closed_from_backlog"]).to_numpy(),
        (daily["received"] + daily["returned"]).to_numpy(),
        periods.counts(received_days(question)),
        investigators_fte(question, days),
    )


def _tests(told: Foretold, past: _Past, policy: DemandPolicy) -> pd.DataFrame:
    origins = _origins(told, past, policy)
    at_end = _simulated(told, origins, policy) if origins else np.zeros((0, 0), dtype=np.int64)
    return pd.DataFrame([how_wrong(_tested(told, past, origins, at_end, months, policy)) for months in MONTHS])


def _origins(told: Foretold, past: _Past, policy: DemandPolicy) -> list[_Origin]:
    history = told.history
    newest = len(history) - MONTHS[0]
    known = range(max(newest - policy.backlog_months + 1, policy.trial_months), newest + 1)
    ends = month_starts(np.array([history.first + number for number in known], dtype=np.int64)) - 1
    found = [_origin(past, number, int(end), policy) for number, end in zip(known, ends, strict=True)]
    return [origin for origin in found if origin.pace.days_per_case is not None]


def _origin(past: _Past, known: int, day: int, policy: DemandPolicy) -> _Origin:
    end = day - past.first + 1
    recent, year = slice(max(end - policy.pace_days, 0), end), slice(max(end - YEAR, 0), end)
    staffed = slice(max(end - policy.staff_days, 0), end)
    working = is_working(np.arange(past.first + staffed.start, past.first + end, dtype=np.int32))
    received = int(past.received[year].sum())
    return _Origin(
        known,
        day,
        int(past.closing[end - 1]),
        float(past.fte[staffed][working].mean()),
        pace(past.left[recent], past.opening[recent], past.fte[recent]),
        past.came[year].sum() / received if received else 1.0,
    )


def _simulated(told: Foretold, origins: list[_Origin], policy: DemandPolicy) -> Counts:
    """The backlog in the days after each origin: days, then origins by runs."""
    runs = policy.backlog_runs
    known = np.array([origin.known for origin in origins])
    rates = intensities(told.level, known, _LONGEST, runs, stream(policy.seed, _RATES))
    starts = np.array([origin.day + 1 for origin in origins], dtype=np.int32)
    days = starts + np.arange(int(_lengths(told, known, _LONGEST).max()), dtype=np.int32)[:, None]
    paces, drawing = [origin.pace for origin in origins], stream(policy.seed, _PACE)
    come = arrivals(_daily(told, rates, days, origins), np.ones(len(days)), policy.seed)
    queue = Queue(
        np.repeat([origin.backlog for origin in origins], runs),
        come,
        np.repeat(np.where(is_working(days), [origin.fte for origin in origins], 0.0), runs, axis=1),
        np.concatenate([one.drawn(runs, drawing) for one in paces]),
    )
    return backlog(queue, Luck.of(come, policy.seed))


def _daily(told: Foretold, rates: Floats, days: Days, origins: list[_Origin]) -> Floats:
    """Cases expected in the backlog on each day (row) of each run of each origin (column)."""
    month = days.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64) - told.history.first
    ahead = np.minimum(month - np.array([origin.known for origin in origins]), _LONGEST - 1)
    share = np.array([origin.per_receipt for origin in origins]) / MONTH_DAYS
    each = [rates[number][:, ahead[:, number]].T * share[number] for number in range(len(origins))]
    return np.concatenate(each, axis=1)


def _lengths(told: Foretold, known: Counts, months: int) -> Counts:
    """Days in so many months after each number of months known."""
    begins, ends = (month_starts(told.history.first + known + more) for more in (0, months))
    return (ends - begins).astype(np.int64)


def _tested(
    told: Foretold, past: _Past, origins: list[_Origin], at_end: Counts, months: int, policy: DemandPolicy
) -> Backtest:
    known = np.array([origin.known for origin in origins if origin.known + months <= len(told.history)], dtype=np.int64)
    if not len(known):
        return Backtest(months, known, known, known, known, known)
    length = _lengths(told, known, months)
    begins = np.array([origin.day for origin in origins[: len(known)]]) - past.first
    drawn = np.stack([at_end[length[number] - 1].reshape(len(origins), -1)[number] for number in range(len(known))])
    low, middle, high = interval(drawn, float(policy.interval))
    return Backtest(months, known, low, middle, high, past.closing[begins + length])
