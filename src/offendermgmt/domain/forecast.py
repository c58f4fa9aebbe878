"""What months of receipts tell about the months ahead: a level that may move, and how far off it may be (Q40 to Q44).

The model is a local level on the square-root scale, where the scatter of a count hardly depends on its size. How far
the level moves in a month and how much more than Poisson the counts scatter is not known: every pair of the grid below
is filtered, and each counts by how well it foretold the months so far. Counts are drawn, so they are whole and never
below nought. docs/decisions/demand.md has the measurements that chose it.
"""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from statsmodels.tsa.statespace.kalman_filter import KalmanFilter

from offendermgmt.domain.days import Days

Floats = npt.NDArray[np.float64]
Counts = npt.NDArray[np.int64]

MONTH_DAYS: Final = 365.25 / 12
# Standard deviation of a month's move of the level on the scale 2 * sqrt(count), and variance over mean of a count.
_MOVES: Final = np.array([0.0, 0.07, 0.14, 0.22, 0.32, 0.45])
_MOVES_PRIOR: Final = np.array([1.0, 1.0, 1.0, 1.0, 0.7, 0.3])
_SCATTERS: Final = np.array([1.0, 1.3, 1.7, 2.2, 3.0, 4.0])
_SCATTERS_PRIOR: Final = np.array([3.0, 2.0, 1.0, 0.7, 0.4, 0.2])
_SCATTER, _MOVE = (axis.ravel() for axis in np.meshgrid(_SCATTERS, _MOVES, indexing="ij"))
_PRIOR: Final = np.log(np.outer(_SCATTERS_PRIOR, _MOVES_PRIOR).ravel())
_FEW: Final = 16.0
_RATES: Final = np.linspace(0.0, _FEW, 161)


@dataclass(frozen=True)
class History:
    """Receipts of consecutive whole months; `first` is the oldest's number, months since January 1970."""

    first: int
    counts: Counts

    def __len__(self) -> int:
        return len(self.counts)

    @property
    def next(self) -> int:
        """Number of the month after the newest."""
        return self.first + len(self)


@dataclass(frozen=True)
class Level:
    """What is known of the level after each month: rows are months, columns the pairs of the grid.

    `mean` and `variance` are of the level on the square-root scale, `weight` adds up to 1 in a row.
    """

    mean: Floats
    variance: Floats
    weight: Floats


def month_of(day: int) -> int:
    """Number of the calendar month of a day number, months since January 1970."""
    return int(np.datetime64(day, "D").astype("datetime64[M]").astype(np.int64))


def month_starts(months: "npt.NDArray[np.integer[Any]]") -> Days:
    """The first day of each month."""
    return np.asarray(months, dtype=np.int64).astype("datetime64[M]").astype("datetime64[D]").astype(np.int32)


def monthly(received: Days, on: int, most: int) -> History:
    """Receipts of each whole month up to day `on`, at most the newest `most` (Q40).

    The first is the first whole month since the first receipt: the month before may not be whole in the data. Months
    without receipts are 0.
    """
    known = received[received <= on]
    next_month = month_of(on + 1)
    if not len(known):
        return History(next_month, np.zeros(0, dtype=np.int64))
    first = max(month_of(int(known.min()) - 1) + 1, next_month - most)
    months = known.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
    inside = months[(months >= first) & (months < next_month)] - first
    return History(min(first, next_month), np.bincount(inside, minlength=max(next_month - first, 0)).astype(np.int64))


def fit(history: History) -> Level:
    """The level after each month of the history, by the months up to it alone; ValueError under two months."""
    if len(history) < 2:
        raise ValueError(f"A level cannot be fitted to {len(history)} months: two are the least")
    days = np.diff(month_starts(np.arange(history.first, history.next + 1)))
    scaled = 2 * np.sqrt(history.counts + 0.375) * np.sqrt(MONTH_DAYS / days)
    filtered = [_filtered(scaled, scatter, move**2) for scatter, move in zip(_SCATTER, _MOVE, strict=True)]
    mean, variance, likelihood = (np.column_stack(parts) for parts in zip(*filtered, strict=True))
    told = _PRIOR + np.cumsum(likelihood, axis=0)
    weight = np.exp(told - told.max(axis=1, keepdims=True))
    return Level(mean, variance, weight / weight.sum(axis=1, keepdims=True))


def _filtered(scaled: Floats, scatter: float, move: float) -> tuple[Floats, Floats, Floats]:
    """Level, its variance and the log likelihood of each month, under one pair of the grid."""
    model = KalmanFilter(k_endog=1, k_states=1, loglikelihood_burn=1)
    model.bind(scaled)
    for name in ("design", "transition", "selection"):
        model[name] = np.eye(1)
    model["obs_cov"], model["state_cov"] = np.full((1, 1), scatter), np.full((1, 1), move)
    model.initialize_approximate_diffuse()
    seen = model.filter()
    return seen.filtered_state[0], seen.filtered_state_cov[0, 0], seen.llf_obs


def intensities(
    level: Level, known: "npt.NDArray[np.integer[Any]]", ahead: int, runs: int, rng: np.random.Generator
) -> Floats:
    """Possible rates of receipt in each of the `ahead` months after the first `known` months of the history.

    Axes: each number of months known, runs, months ahead. A rate is receipts expected in a month of `MONTH_DAYS`, with
    all that is not known about it: a count of a part of that month is Poisson with that rate times the part.
    """
    after = np.asarray(known) - 1
    drawn = (np.arange(runs) + rng.random((len(after), 1))) / runs
    pair = (np.cumsum(level.weight[after], axis=1)[:, None, :-1] <= drawn[:, :, None]).sum(axis=2)
    at = (after[:, None], pair)
    start = level.mean[at] + np.sqrt(level.variance[at]) * rng.standard_normal(pair.shape)
    steps = rng.standard_normal((*pair.shape, ahead)) * _MOVE[pair][:, :, None]
    rate = _counts_at(start[:, :, None] + np.cumsum(steps, axis=2))
    return _scattered(rate, np.broadcast_to(_SCATTER[pair][:, :, None], rate.shape), rng)


def _scattered(rate: Floats, scatter: Floats, rng: np.random.Generator) -> Floats:
    """Each rate times gamma noise of its own, so that Poisson counts of it vary by `scatter` times their mean."""
    more = scatter > 1
    shaken = rate.copy()
    shaken[more] = rng.gamma(rate[more] / (scatter[more] - 1), scatter[more] - 1)
    return shaken


def _expected_root() -> Floats:
    """Mean of 2 * sqrt(count + 3/8) for Poisson counts of each of `_RATES`."""
    counts = np.arange(80)
    log_factorial = np.concatenate([[0.0], np.cumsum(np.log(counts[1:]))])
    with np.errstate(divide="ignore", invalid="ignore"):
        log_chance = np.where(counts == 0, 0.0, counts * np.log(_RATES[:, None])) - _RATES[:, None] - log_factorial
    mean: Floats = np.exp(log_chance) @ (2 * np.sqrt(counts + 0.375))
    return mean


_ROOTS: Final = _expected_root()


def _counts_at(level: Floats) -> Floats:
    """The mean count whose level on the square-root scale this is: by table where counts are few, else by formula."""
    few = np.interp(level, _ROOTS, _RATES)
    rate: Floats = np.where(level < _ROOTS[-1], few, level**2 / 4 - 0.125)
    return np.maximum(rate, 1e-9)


def interval(drawn: "npt.NDArray[np.integer[Any]]", share: float) -> "npt.NDArray[np.int64]":
    """Lower end, middle and upper end of the central `share` of draws along the second axis; both ends belong to it.

    Axes: low, middle and high, then the others of `drawn`.
    """
    tail = (1 - share) / 2
    ends = np.quantile(drawn, [tail, 0.5, 1 - tail], axis=1, method="inverted_cdf")
    return np.asarray(ends, dtype=np.int64)


def totals(rates: Floats, first_month: int, bounds: Days, rng: np.random.Generator) -> Counts:
    """Receipts drawn from one day to the next of `bounds` (the later not included), of rates from `first_month` on.

    Axes: runs, stretches between bounds. No stretch may lie in more than one month.
    """
    length = np.diff(bounds)
    month = bounds[:-1].astype("datetime64[D]").astype("datetime64[M]").astype(np.int64) - first_month
    return rng.poisson(rates[:, month] * (length / MONTH_DAYS)).astype(np.int64)


@dataclass(frozen=True)
class Backtest:
    """Forecasts of the receipts of so many `months` together, made after each month of the history, and what came.

    `known` is how many months of the history each knew; low, middle and high as the forecast had them.
    """

    months: int
    known: "npt.NDArray[np.int64]"
    low: Counts
    middle: Counts
    high: Counts
    came: Counts

    @property
    def inside(self) -> npt.NDArray[np.bool_]:
        """Whether each outcome lay in its interval."""
        return (self.low <= self.came) & (self.came <= self.high)


def backtest(
    history: History, level: Level, least: int, months: tuple[int, ...], share: float, runs: int, seed: int
) -> tuple[Backtest, ...]:
    """How forecasts of this history would have done, made after each month from the first `least` on (Q44)."""
    known = np.arange(least, len(history))
    if not len(known):
        nothing = np.zeros(0, dtype=np.int64)
        return tuple(Backtest(number, nothing, nothing, nothing, nothing, nothing) for number in months)
    rng = np.random.default_rng(seed)
    rates = intensities(level, known, max(months), runs, rng)
    days = np.diff(month_starts(history.first + np.arange(len(history) + max(months) + 1)))
    ahead = days[known[:, None] + np.arange(max(months))]
    drawn = np.cumsum(rng.poisson(rates * (ahead / MONTH_DAYS)[:, None, :]), axis=2)
    summed = np.concatenate([[0], np.cumsum(history.counts)])
    return tuple(_tested(number, known, drawn[:, :, number - 1], summed, share) for number in months)


def _tested(months: int, known: Counts, drawn: Counts, summed: Counts, share: float) -> Backtest:
    ended = known[known + months < len(summed)]
    low, middle, high = interval(drawn[: len(ended)], share)
    return Backtest(months, ended, low, middle, high, summed[ended + months] - summed[ended])
