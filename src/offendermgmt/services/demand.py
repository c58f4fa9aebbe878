"""Referrals to POLIT ahead: what came month by month, what may come, and how wrong that would have been (Q40 to Q44).

Figures are of the whole unit, whoever of it asks: counts only, no case.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from offendermgmt.domain.days import Days, add_interval, day_numbers, to_date
from offendermgmt.domain.demand_policy import MOST_MONTHS_AHEAD, DemandPolicy
from offendermgmt.domain.forecast import (
    MONTH_DAYS,
    Backtest,
    Floats,
    History,
    Level,
    backtest,
    fit,
    intensities,
    interval,
    month_of,
    month_starts,
    monthly,
    totals,
)
from offendermgmt.domain.simulation import stream
from offendermgmt.domain.vocabulary import Unit
from offendermgmt.services.access import OWN_CASES_ONLY, NotPermitted, Viewer
from offendermgmt.services.kept import Kept
from offendermgmt.services.labels import dates
from offendermgmt.services.question import Question
from offendermgmt.services.suppression import shown_to

FEWEST_MONTHS: Final = 2
_RATES, _TOTALS, _RUNNING = range(10, 13)


class Against(StrEnum):
    """Where receipts lie against the interval forecast for them before they came."""

    ABOVE = "above"
    WITHIN = "within"
    BELOW = "below"


@dataclass(frozen=True)
class Foretold:
    """A history, its level, its possible rates of receipt ahead (runs, months from the first not known), its tests.

    `tests` are of one month and of each horizon; `newest` is what the month before the newest knew of it.
    """

    history: History
    level: Level
    rates: Floats
    tests: tuple[Backtest, ...]
    newest: Backtest


@dataclass(frozen=True)
class Newest:
    """The newest receipts against what was forecast for them before the month began (Q43).

    `received` is None where it is kept from the viewer. `days` of `length` days of the month are counted.
    """

    from_on: date
    days: int
    length: int
    received: int | None
    low: int
    middle: int
    high: int
    against: Against


@dataclass(frozen=True)
class Demand:
    """Receipts and their forecast as one viewer may have them.

    `months`, a row a whole month, oldest first: period_start, period_end, received, and low, middle, high forecast for
    it at the end of the month before (missing where no tested forecast was made), against (`Against` or empty).
    `ahead`, a row a month from the running one on: period_start, period_end, low, middle, high.
    `windows`, a row a horizon: months, period_start, period_end, low, middle, high, from the day after D.
    `tests`, a row a horizon: months, tested, inside, share, median_error (cases; both missing where none was tested).
    `ahead` and what follows are empty where there is no forecast.
    """

    months: pd.DataFrame
    ahead: pd.DataFrame
    windows: pd.DataFrame
    tests: pd.DataFrame
    newest: tuple[Newest, ...]
    is_trial: bool


_FORETOLD: Final[Kept[Foretold]] = Kept(16)


def require_unit(viewer: Viewer) -> None:
    """Refuse whoever does not answer for POLIT's work as a whole; raises NotPermitted."""
    if Unit.POLIT not in viewer.units or viewer.role in OWN_CASES_ONLY:
        raise NotPermitted("Demand ahead is for those who lead POLIT or answer for it. Ask the detective inspector.")


def received_days(question: Question) -> Days:
    """The days on which the cases known were received, of the whole unit, up to the question's day."""
    require_unit(question.viewer)
    days = day_numbers(question.snapshot.facts.tables["polit_cases"]["received_on"])
    return days[days <= question.on]


def demand_policy(question: Question) -> DemandPolicy:
    """The policy of demand in force on the question's day."""
    return question.policy.polit_demand


def history_of(question: Question) -> History:
    """Receipts of whole months up to the question's day (Q40)."""
    return monthly(received_days(question), question.on, demand_policy(question).history_months)


def foretold(history: History, policy: DemandPolicy) -> Foretold | None:
    """What a history foretells by a policy, None under two months; kept, so that another write refits nothing."""
    if len(history) < FEWEST_MONTHS:
        return None
    asked = (history.first, history.counts.tobytes(), policy)
    return _FORETOLD.answer(asked, lambda: _foretell(history, policy))


def _foretell(history: History, policy: DemandPolicy) -> Foretold:
    level, share, known = fit(history), float(policy.interval), len(history)
    rng = stream(policy.seed, _RATES)
    rates = intensities(level, np.array([known]), MOST_MONTHS_AHEAD + 1, policy.runs, rng)[0]
    least = max(policy.trial_months, known - policy.backtest_months)
    months = (1, *policy.horizons)
    tests = backtest(history, level, least, months, share, policy.backtest_runs, policy.seed)
    (newest,) = backtest(history, level, max(known - 1, FEWEST_MONTHS), (1,), share, policy.runs, policy.seed)
    return Foretold(history, level, rates, tests, newest)


def demand(question: Question) -> Demand:
    """Receipts of the whole unit up to the question's day, their forecast and its back-test (Q40 to Q44)."""
    history, policy = history_of(question), demand_policy(question)
    told = foretold(history, policy)
    months = shown_to(question, _months(history, told), ["received"])
    nothing = pd.DataFrame()
    if told is None:
        return Demand(months, nothing, nothing, nothing, (), True)
    return Demand(
        months,
        _ahead(told, policy),
        _windows(question, told, policy),
        _tests(told),
        _newest(question, told, policy),
        len(history) < policy.trial_months,
    )


def _bounds(first: int, number: int) -> pd.DataFrame:
    starts = month_starts(np.arange(first, first + number + 1))
    return pd.DataFrame({"period_start": dates(starts[:-1]), "period_end": dates(starts[1:] - 1)})


def _months(history: History, told: Foretold | None) -> pd.DataFrame:
    rows = _bounds(history.first, len(history)).assign(received=history.counts)
    for name in ("low", "middle", "high"):
        rows[name] = pd.array([pd.NA] * len(rows), dtype="Int64")
    rows["against"] = ""
    for test in (told.tests[0], told.newest) if told else ():
        for name, values in (("low", test.low), ("middle", test.middle), ("high", test.high)):
            rows.loc[test.known, name] = values
        rows.loc[test.known, "against"] = against(test.came, test.low, test.high)
    return rows


def against(came: npt.ArrayLike, low: npt.ArrayLike, high: npt.ArrayLike) -> npt.NDArray[np.object_]:
    """Where each number lies against its interval, both ends of which belong to it (`Against` as text)."""
    number = np.asarray(came)
    outside = np.where(number > np.asarray(high), str(Against.ABOVE), str(Against.BELOW)).astype(object)
    inside = (np.asarray(low) <= number) & (number <= np.asarray(high))
    return np.where(inside, str(Against.WITHIN), outside).astype(object)


def _ahead(told: Foretold, policy: DemandPolicy) -> pd.DataFrame:
    number = max(policy.horizons) + 1
    starts = month_starts(np.arange(told.history.next, told.history.next + number + 1))
    drawn = totals(told.rates, told.history.next, starts, stream(policy.seed, _TOTALS))
    low, middle, high = interval(drawn[None], float(policy.interval))[:, 0]
    return _bounds(told.history.next, number).assign(low=low, middle=middle, high=high)


def _windows(question: Question, told: Foretold, policy: DemandPolicy) -> pd.DataFrame:
    ends = window_ends(question.on, policy.horizons)
    edges = np.concatenate([[question.on + 1], ends + 1])
    months = month_starts(np.arange(told.history.next, month_of(int(edges[-1])) + 1))
    bounds = np.unique(np.concatenate([edges, months[(months > edges[0]) & (months < edges[-1])]])).astype(np.int32)
    drawn = totals(told.rates, told.history.next, bounds, stream(policy.seed, _TOTALS))
    summed = np.cumsum(drawn, axis=1)[:, np.searchsorted(bounds, edges[1:]) - 1]
    low, middle, high = interval(summed[None], float(policy.interval))[:, 0]
    return pd.DataFrame(
        {
            "months": list(policy.horizons),
            "period_start": dates(np.full(len(ends), edges[0])),
            "period_end": dates(ends),
            "low": low,
            "middle": middle,
            "high": high,
        }
    )


def window_ends(on: int, months: tuple[int, ...]) -> Days:
    """The last day of the time of so many months that begins the day after `on`."""
    number = np.array(months, dtype=np.int64)
    return add_interval(np.full(len(number), on, dtype=np.int32), number, np.zeros_like(number))


def _tests(told: Foretold) -> pd.DataFrame:
    return pd.DataFrame([how_wrong(test) for test in told.tests])


def how_wrong(test: Backtest) -> dict[str, Any]:
    """A back-test as a row: months, tested, inside, share, median_error (missing where none was tested)."""
    tested, inside = len(test.came), int(test.inside.sum())
    return {
        "months": test.months,
        "tested": tested,
        "inside": inside,
        "share": inside / tested if tested else np.nan,
        "median_error": float(np.median(np.abs(test.came - test.middle))) if tested else np.nan,
    }


def _newest(question: Question, told: Foretold, policy: DemandPolicy) -> tuple[Newest, ...]:
    """The newest whole month, where a forecast was made before it, and the running month so far."""
    found, history = [], told.history
    start, end = (int(day) for day in month_starts(np.array([history.next - 1, history.next])))
    if len(told.newest.came):
        low, middle, high = (int(end[-1]) for end in (told.newest.low, told.newest.middle, told.newest.high))
        found.append(_against(question, start, end - start, end - start, int(told.newest.came[-1]), low, middle, high))
    days = question.on + 1 - end
    # Who sees counts only has it as of today alone: one day's beside the next day's would tell how many came between.
    if days and (question.viewer.opens_lists or question.as_of == question.today):
        length = int(month_starts(np.array([history.next + 1]))[0]) - end
        drawn = stream(policy.seed, _RUNNING).poisson(told.rates[:, :1] * (days / MONTH_DAYS))
        low, middle, high = (int(number) for number in interval(drawn[None], float(policy.interval))[:, 0, 0])
        so_far = int((received_days(question) >= end).sum())
        found.append(_against(question, end, days, length, so_far, low, middle, high))
    return tuple(found)


def _against(
    question: Question, start: int, days: int, length: int, received: int, low: int, middle: int, high: int
) -> Newest:
    kept = not question.viewer.opens_lists and 0 < received < question.smallest_count
    where = Against(against([received], [low], [high])[0])
    return Newest(to_date(start), days, length, None if kept else received, low, middle, high, where)
