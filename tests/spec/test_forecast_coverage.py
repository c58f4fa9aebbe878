"""Where the truth is known, a 90% interval covers about nine in ten of what came."""

from functools import cache

import numpy as np
import pytest

from offendermgmt.domain.forecast import Backtest, History, backtest, fit
from tests.spec.receipts import TRUTHS, series

HORIZONS = (1, 3, 6, 12)
SERIES_A_TRUTH = 12
JANUARY_2020 = 600


@cache
def back_tests(truth: str) -> tuple[tuple[Backtest, ...], ...]:
    """Back-tests of series of one truth, each over the horizons."""
    histories = [History(JANUARY_2020, series(truth, seed)) for seed in range(SERIES_A_TRUTH)]
    return tuple(backtest(one, fit(one), 12, HORIZONS, 0.9, 200, seed=1) for one in histories)


def covered(truth: str, horizon: int) -> list[bool]:
    place = HORIZONS.index(horizon)
    return [bool(inside) for tests in back_tests(truth) for inside in tests[place].inside]


@pytest.mark.parametrize("horizon", HORIZONS)
def test_an_interval_of_nine_in_ten_covers_nine_in_ten_over_all_truths(horizon: int) -> None:
    share = np.mean([np.mean(covered(truth, horizon)) for truth in TRUTHS])
    assert 0.85 <= share <= 0.95


@pytest.mark.parametrize("truth", TRUTHS)
@pytest.mark.parametrize("horizon", HORIZONS)
def test_no_truth_is_missed_far_more_often_than_one_time_in_ten(truth: str, horizon: int) -> None:
    assert np.mean(covered(truth, horizon)) >= 0.8
