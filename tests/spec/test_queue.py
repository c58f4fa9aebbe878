"""At constant rates the simulated backlog is the queue M/M/c, as theory has it."""

import numpy as np
import pytest

from offendermgmt.domain.forecast import Counts
from offendermgmt.domain.simulation import Luck, Queue, arrivals, backlog
from tests.spec.queueing import chance_of_waiting, mean_in_system, mean_waiting

RUNS = 300
WARM_UP = 400
DAYS = 2000
# Arrivals a day, working days a case, servers: from half used to nearly overwhelmed.
QUEUES = [(1.0, 4.0, 5), (1.0, 10.0, 13), (0.5, 1.6, 1), (0.9, 8.0, 9), (0.5, 10.0, 10)]


def at_constant_rates(rate: float, days_per_case: float, servers: float, days: int, opening: int) -> Counts:
    come = arrivals(np.full((days, RUNS), rate), np.ones(days), seed=11)
    queue = Queue(opening, come, np.full(days, float(servers)), np.full(RUNS, days_per_case))
    return backlog(queue, Luck.of(come, seed=11))


def error_of_mean(run_means: "np.ndarray[tuple[int], np.dtype[np.float64]]") -> float:
    return float(run_means.std(ddof=1) / np.sqrt(len(run_means)))


@pytest.mark.parametrize(("rate", "days_per_case", "servers"), QUEUES)
def test_the_mean_backlog_is_that_of_theory(rate: float, days_per_case: float, servers: int) -> None:
    expected = mean_in_system(servers, rate * days_per_case)
    at_end = at_constant_rates(rate, days_per_case, servers, WARM_UP + DAYS, round(expected))
    means = at_end[WARM_UP:].mean(axis=0)
    assert means.mean() == pytest.approx(expected, abs=3 * error_of_mean(means))


@pytest.mark.parametrize(("rate", "days_per_case", "servers"), QUEUES)
def test_the_mean_number_waiting_is_that_of_theory(rate: float, days_per_case: float, servers: int) -> None:
    expected = mean_waiting(servers, rate * days_per_case)
    at_end = at_constant_rates(rate, days_per_case, servers, WARM_UP + DAYS, round(expected + servers))
    means = np.maximum(at_end[WARM_UP:] - servers, 0).mean(axis=0)
    assert means.mean() == pytest.approx(expected, abs=3 * error_of_mean(means))


def test_more_work_than_time_grows_the_backlog_by_the_difference_every_day() -> None:
    rate, days_per_case, servers, days = 1.5, 8.0, 9, 400
    at_end = at_constant_rates(rate, days_per_case, servers, days, opening=60)
    grown = (at_end[-1] - 60).astype(np.float64)
    assert grown.mean() == pytest.approx((rate - servers / days_per_case) * days, abs=3 * error_of_mean(grown))


def test_less_work_than_time_lets_a_great_backlog_fall_by_the_difference_every_day() -> None:
    rate, days_per_case, servers, days = 0.5, 8.0, 9, 300
    at_end = at_constant_rates(rate, days_per_case, servers, days, opening=1000)
    fallen = (1000 - at_end[-1]).astype(np.float64)
    assert fallen.mean() == pytest.approx((servers / days_per_case - rate) * days, abs=3 * error_of_mean(fallen))


def test_erlangs_formula_is_that_of_the_tables() -> None:
    # One server waits with the chance of its load; the pair of two servers at load 1 is 1/3 in any table.
    assert chance_of_waiting(1, 0.8) == pytest.approx(0.8)
    assert chance_of_waiting(2, 1.0) == pytest.approx(1 / 3)
