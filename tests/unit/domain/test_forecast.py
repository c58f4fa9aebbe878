"""Receipts by month, the level behind them, and what is drawn from it."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from offendermgmt.domain.days import Days, day_number
from offendermgmt.domain.forecast import (
    Floats,
    History,
    backtest,
    fit,
    intensities,
    interval,
    month_starts,
    monthly,
    totals,
)

JANUARY_2025 = 660
ON = date(2025, 6, 15)


def days(*written: str) -> Days:
    return np.array([day_number(date.fromisoformat(day)) for day in written], dtype=np.int32)


def history(*counts: int) -> History:
    return History(JANUARY_2025, np.array(counts, dtype=np.int64))


def rates(known: History, runs: int = 4000) -> Floats:
    found: Floats = intensities(fit(known), np.array([len(known)]), 12, runs, np.random.default_rng(1))[0]
    return found


def test_months_without_receipts_are_nought_and_count() -> None:
    found = monthly(days("2025-01-31", "2025-02-03", "2025-02-20", "2025-05-31"), day_number(ON), 60)
    assert (found.first, list(found.counts)) == (JANUARY_2025 + 1, [2, 0, 0, 1])


def test_a_first_receipt_on_the_first_of_a_month_makes_that_month_whole() -> None:
    found = monthly(days("2025-03-01", "2025-05-02"), day_number(ON), 60)
    assert (found.first, list(found.counts)) == (JANUARY_2025 + 2, [1, 0, 1])


@pytest.mark.parametrize(("on", "months"), [("2025-05-30", 1), ("2025-05-31", 2)])
def test_a_month_counts_from_its_last_day_on(on: str, months: int) -> None:
    assert len(monthly(days("2025-03-02"), int(days(on)[0]), 60)) == months


def test_receipts_after_the_day_are_not_known() -> None:
    received = days("2025-03-02", "2025-05-02", "2025-05-20")
    assert list(monthly(received, int(days("2025-05-10")[0]), 60).counts) == [0]


def test_only_the_newest_months_are_kept() -> None:
    found = monthly(days("2020-01-01", "2025-04-05"), day_number(ON), 2)
    assert (found.first, list(found.counts)) == (JANUARY_2025 + 3, [1, 0])


def test_nothing_received_is_no_month() -> None:
    assert len(monthly(days(), day_number(ON), 60)) == 0


def test_a_first_receipt_this_month_is_no_whole_month() -> None:
    assert len(monthly(days("2025-06-02"), day_number(ON), 60)) == 0


def test_under_two_months_there_is_no_level() -> None:
    with pytest.raises(ValueError, match="cannot be fitted to 1 months: two are the least"):
        fit(history(7))


def test_weights_add_up_to_one_after_every_month() -> None:
    level = fit(history(20, 25, 30, 22, 28))
    assert level.weight.sum(axis=1) == pytest.approx(np.ones(5))


def test_what_was_known_after_a_month_does_not_change_with_later_months() -> None:
    before, after = fit(history(20, 25, 30)), fit(history(20, 25, 30, 90))
    assert after.mean[2] == pytest.approx(before.mean[2])
    assert after.weight[2] == pytest.approx(before.weight[2])


def test_steady_receipts_are_forecast_at_their_mean() -> None:
    counts = np.random.default_rng(3).poisson(25, 60)
    assert np.median(rates(history(*counts))) == pytest.approx(counts.mean(), rel=0.1)


def test_a_month_of_28_days_is_expected_to_bring_less_than_one_of_31() -> None:
    found = np.full((4000, 2), 30.0)
    starts = month_starts(np.arange(JANUARY_2025, JANUARY_2025 + 3))
    drawn = totals(found, JANUARY_2025, starts, np.random.default_rng(1)).mean(axis=0)
    assert drawn == pytest.approx([30 * 31 / 30.4375, 30 * 28 / 30.4375], rel=0.02)


def test_after_nothing_for_two_years_little_is_expected() -> None:
    assert np.median(rates(history(*[0] * 24))) < 0.1


def test_more_history_makes_a_narrower_range() -> None:
    counts = np.random.default_rng(4).poisson(25, 48)
    short, long = (np.diff(np.quantile(rates(history(*part)), [0.05, 0.95]))[0] for part in (counts[:4], counts))
    assert long < short / 1.5


def test_a_jump_moves_the_forecast_towards_it() -> None:
    assert np.median(rates(history(*[20] * 24, 40, 41, 39))) > 30


@given(st.lists(st.integers(0, 60), min_size=2, max_size=30))
def test_rates_are_never_below_nought_and_always_numbers(counts: list[int]) -> None:
    found = rates(history(*counts), runs=50)
    assert np.isfinite(found).all()
    assert (found >= 0).all()


def test_both_ends_of_an_interval_belong_to_it() -> None:
    low, middle, high = interval(np.arange(1, 101)[None], 0.9)[:, 0]
    assert (low, middle, high) == (5, 50, 95)


def test_a_back_test_counts_each_forecast_whose_outcome_is_known() -> None:
    known = history(*np.random.default_rng(5).poisson(20, 20))
    month, quarter = backtest(known, fit(known), 12, (1, 3), 0.9, 50, seed=1)
    assert (list(month.known), list(quarter.known)) == (list(range(12, 20)), list(range(12, 18)))
    assert list(quarter.came[:1]) == [known.counts[12:15].sum()]


def test_too_short_a_history_has_nothing_to_test() -> None:
    known = history(20, 25, 22)
    (test,) = backtest(known, fit(known), 12, (1,), 0.9, 50, seed=1)
    assert len(test.came) == len(test.inside) == 0


def test_the_same_seed_gives_the_same_back_test() -> None:
    known = history(*np.random.default_rng(5).poisson(20, 20))
    one, other = (backtest(known, fit(known), 12, (3,), 0.9, 50, seed=9)[0] for _ in range(2))
    assert np.array_equal(one.high, other.high)
