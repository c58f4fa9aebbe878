"""Signals on trends at their edges: few months, gaps, no variation, and arguments that make no sense."""

from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd
import pytest

from offendermgmt.domain.signals import variation_of, xmr
from offendermgmt.domain.vocabulary import Assurance, Improvement, LimitsState, Signal, Variation

STEADY = [10, 12, 11, 13, 10, 12, 11, 13, 10, 12, 11, 13, 12]


def test_a_series_without_a_month_says_nothing() -> None:
    found = xmr([])
    assert (found.mean, found.signals, found.segments, found.newest) == ((), (), (), None)
    assert (found.variation, found.assurance, found.state) == (None, None, LimitsState.TOO_FEW)


def test_months_without_a_value_say_nothing() -> None:
    found = xmr([None, float("nan"), pd.NA], target=3, improvement="increase")
    assert (found.mean, found.signals, found.variation) == ((None,) * 3, (None,) * 3, None)
    assert found.current is None


def test_one_month_has_a_mean_and_no_limits() -> None:
    found = xmr([5], target=3, improvement="increase")
    assert (found.mean, found.lower, found.signals) == ((5.0,), (None,), (Signal.COMMON,))
    assert (found.state, found.assurance) == (LimitsState.TOO_FEW, None)


def test_two_months_have_trial_limits() -> None:
    found = xmr([4, 6])
    assert (found.mean[0], found.state) == (5.0, LimitsState.TRIAL)
    assert found.upper[0] == pytest.approx(5 + 2.66 * 2)


@pytest.mark.parametrize(("months", "state"), [(12, LimitsState.TRIAL), (13, LimitsState.FULL)])
def test_limits_on_fewer_than_thirteen_points_are_trial_ones(months: int, state: LimitsState) -> None:
    assert xmr(STEADY[:months]).state is state


def test_another_policy_moves_where_trial_limits_end() -> None:
    assert xmr(STEADY, trial_points=14).state is LimitsState.TRIAL


def test_limits_on_a_short_baseline_are_trial_ones_however_long_the_series() -> None:
    [segment] = xmr([*STEADY, *STEADY], baseline=12).segments
    assert (segment.points, segment.state) == (12, LimitsState.TRIAL)


def test_after_a_rebase_limits_are_trial_ones_again() -> None:
    found = xmr([*STEADY, 3, 4, 3], rebase=[13])
    assert [one.state for one in found.segments] == [LimitsState.FULL, LimitsState.TRIAL]
    assert found.state is LimitsState.TRIAL


def test_without_any_variation_there_are_no_limits_and_no_signal() -> None:
    found = xmr([7] * 20, target=6, improvement="increase")
    assert (found.state, found.lower[0], found.mean[0]) == (LimitsState.NO_VARIATION, None, 7.0)
    assert (set(found.signals), found.variation, found.assurance) == ({Signal.COMMON}, Variation.COMMON, None)


def test_where_screening_leaves_no_variation_there_are_no_limits() -> None:
    values = [5, 5, 5, 5, 5, 9, 5, 5]
    assert xmr(values).state is LimitsState.NO_VARIATION
    assert xmr(values, screen=False).signals[5] is Signal.ABOVE_LIMIT


def test_variation_that_is_rounding_alone_is_none() -> None:
    assert xmr([0.1 + 0.2, 0.3] * 8).state is LimitsState.NO_VARIATION


@pytest.mark.parametrize(("zeros", "state"), [(7, LimitsState.FULL), (8, LimitsState.MOSTLY_ZERO)])
def test_counts_of_which_more_than_half_are_nought_have_no_limits(zeros: int, state: LimitsState) -> None:
    values = [0, 1, 0, 2] * 7
    found = xmr([0] * (zeros - 7) + values[:14])
    assert (found.state, found.lower[0] is None) == (state, state is LimitsState.MOSTLY_ZERO)


def test_without_limits_a_trend_is_still_a_signal_and_a_run_is_not() -> None:
    found = xmr([0] * 12 + [1, 2, 3, 4, 5, 6])
    assert found.state is LimitsState.MOSTLY_ZERO
    assert found.signals == (Signal.COMMON,) * 11 + (Signal.RISING,) * 7


def test_a_point_on_the_mean_breaks_a_run_though_its_decimals_do_not_add_up() -> None:
    low, high = [0.2, 0.25, 0.2, 0.25, 0.2, 0.25, 0.2], [0.4, 0.35, 0.4, 0.35, 0.4, 0.35]
    found = xmr([*low, *high, 0.1 + 0.2, 0.4])
    assert found.mean[0] == pytest.approx(0.3)
    assert Signal.RUN_HIGH not in found.signals


def test_a_point_on_a_limit_is_not_outside_it() -> None:
    # A mean of 1.05 and moving ranges of 0.1: the upper limit is 1.316, but for rounding.
    found = xmr([1.0, 1.1] * 10 + [1.316, 1.317], baseline=20)
    assert found.signals[-2:] == (Signal.COMMON, Signal.ABOVE_LIMIT)


def test_a_month_without_a_value_ends_a_run_and_has_no_range() -> None:
    whole = xmr([*STEADY, 20, 19, 20, 19, 20, 19, 20], baseline=13)
    broken = xmr([*STEADY, 20, 19, 20, None, 20, 19, 20], baseline=13)
    assert whole.signals[-1] is not Signal.COMMON
    assert broken.signals[16] is None
    assert xmr([1, None, 100, 101]).upper[0] == pytest.approx(202 / 3 + 2.66)


def test_a_newest_month_without_a_value_leaves_the_one_before_it_the_newest() -> None:
    found = xmr([*STEADY, 40, None], improvement=Improvement.DECREASE)
    assert (found.newest, found.variation) == (13, Variation.CONCERN)


def test_a_last_segment_without_a_value_leaves_the_limits_before_it() -> None:
    found = xmr([*STEADY, None], rebase=[13], target=90, improvement="increase")
    assert (found.assurance, found.mean[13]) == (Assurance.FAIL, None)


def test_a_rise_after_a_rise_is_a_rise_to_its_last_point() -> None:
    signals = xmr([1, 2, 3, 4, 5, 6, 7, 1, 2, 3, 4, 5, 6, 7, 60], screen=False).signals
    assert signals[:14] == (Signal.RISING,) * 14


def test_where_a_rise_turns_the_point_is_of_the_fall() -> None:
    values = [*range(1, 9), *range(7, 0, -1), 60]
    assert xmr(values, screen=False).signals[7] is Signal.FALLING


@pytest.mark.parametrize("rebase", [[0], [13], [0, 13], (), None, np.array([13]), [13, 13]])
def test_a_rebase_at_either_end_changes_nothing(rebase: Any) -> None:
    assert xmr(STEADY, rebase=rebase) == xmr(STEADY)


def test_rebases_may_be_given_in_any_order() -> None:
    assert xmr(STEADY, rebase=[9, 4]) == xmr(STEADY, rebase=[4, 9])


@pytest.mark.parametrize(
    "values",
    [
        np.array(STEADY),
        np.array(STEADY, dtype=np.float32),
        pd.Series(STEADY, index=range(5, 18)),
        pd.Series(STEADY, dtype="Int64"),
        tuple(STEADY),
        [Decimal(value) for value in STEADY],
        (value for value in STEADY),
    ],
)
def test_values_come_in_any_kind_of_sequence(values: Any) -> None:
    assert xmr(values) == xmr(STEADY)


@pytest.mark.parametrize(
    ("target", "improvement", "assurance"),
    [
        (90, "increase", Assurance.FAIL),
        (90, "decrease", Assurance.PASS),
        (1, Improvement.INCREASE, Assurance.PASS),
        (12, "decrease", Assurance.HIT_OR_MISS),
        (90, "neutral", None),
        (None, "increase", None),
        (float("nan"), "increase", None),
    ],
)
def test_a_target_is_held_against_the_limits(
    target: float | None, improvement: str, assurance: Assurance | None
) -> None:
    assert xmr(STEADY, target=target, improvement=improvement).assurance == assurance


def test_a_target_on_a_limit_is_hit_or_miss() -> None:
    upper = xmr(STEADY).upper[0]
    assert xmr(STEADY, target=upper, improvement="increase").assurance == "hit_or_miss"


@pytest.mark.parametrize(
    ("signal", "improvement", "variation"),
    [
        (Signal.RISING, Improvement.INCREASE, Variation.IMPROVEMENT),
        (Signal.RISING, Improvement.DECREASE, Variation.CONCERN),
        (Signal.BELOW_LIMIT, Improvement.DECREASE, Variation.IMPROVEMENT),
        (Signal.NEAR_LOW, Improvement.INCREASE, Variation.CONCERN),
        (Signal.RUN_HIGH, Improvement.NEUTRAL, Variation.HIGH),
        (Signal.FALLING, Improvement.NEUTRAL, Variation.LOW),
        (Signal.COMMON, Improvement.INCREASE, Variation.COMMON),
    ],
)
def test_a_signal_is_good_or_bad_by_the_measures_own_direction(
    signal: Signal, improvement: Improvement, variation: Variation
) -> None:
    assert variation_of(signal, improvement) is variation


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"values": "123"}, "values is '123': give a list"),
        ({"values": 5}, "values is 5: give a list"),
        ({"values": [1, "many"]}, "The value at position 1 is 'many'"),
        ({"values": [[1, 2], [3, 4]]}, r"The value at position 0 is \[1, 2\]"),
        ({"values": [1, float("inf")]}, "The value at position 1 is infinite"),
        ({"rebase": 2}, "rebase is 2: give a list"),
        ({"rebase": [-1]}, "rebase has -1: write a whole number from 0 on"),
        ({"rebase": [1.5]}, "rebase has 1.5"),
        ({"rebase": [14]}, "rebase has position 14, and the series ends before position 13"),
        ({"baseline": 0}, "baseline has 0: write a whole number from 1 on"),
        ({"baseline": True}, "baseline has True"),
        ({"baseline": 2.0}, "baseline has 2.0"),
        ({"improvement": "up"}, "improvement is 'up': write one of increase, decrease, neutral"),
        ({"target": "low"}, "The target is 'low'"),
        ({"trial_points": 0}, "trial_points has 0"),
    ],
)
def test_what_makes_no_sense_is_refused_in_words(arguments: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        xmr(**({"values": STEADY} | arguments))
