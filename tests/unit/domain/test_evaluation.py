"""Whether an intervention worked, from the months before and after it."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from offendermgmt.domain.evaluation import Because, Evaluation, Expected, evaluate
from offendermgmt.domain.vocabulary import Effect, Improvement, Signal
from offendermgmt.services.policies import shipped_policy

POLICY = shipped_policy().evaluation
FALL, RISE = Expected(Improvement.DECREASE), Expected(Improvement.INCREASE)
BEFORE = [52.0, 48, 50, 53, 47, 51, 49, 50, 52, 48, 51, 49]
months = st.lists(st.floats(0, 100), min_size=6, max_size=12)


def found(before: list[float], after: list[float], expected: Expected = FALL) -> Evaluation:
    return evaluate(before, after, expected, POLICY)


def test_a_clear_fall_where_a_fall_was_expected_worked() -> None:
    told = found(BEFORE, [30, 28, 31, 29])
    assert (told.effect, told.because, told.before, told.after) == (Effect.WORKED, None, 12, 4)
    assert told.change == pytest.approx(-20.5)
    assert (told.mean_before, told.mean_after) == (50, 29.5)
    assert told.signal is Signal.BELOW_LIMIT


def test_the_same_fall_where_a_rise_was_expected_did_not_work() -> None:
    assert found(BEFORE, [30, 28, 31, 29], RISE).effect is Effect.DID_NOT


def test_a_fall_of_less_than_was_expected_did_not_work() -> None:
    assert found(BEFORE, [40, 38, 41, 39], replace(FALL, amount=30)).effect is Effect.DID_NOT
    assert found(BEFORE, [40, 38, 41, 39], replace(FALL, amount=10)).effect is Effect.WORKED


def test_less_than_expected_that_could_still_be_as_much_cannot_be_told() -> None:
    told = found(BEFORE, [40, 43, 37, 42], replace(FALL, amount=11))
    assert (told.effect, told.because) == (Effect.CANNOT_TELL, Because.LESS_SO_FAR)
    assert (told.low or 0) < -11 < (told.change or 0) < (told.high or 0) < 0


def test_what_could_be_chance_cannot_be_told() -> None:
    told = found(BEFORE, [49, 53, 46, 47])
    assert (told.effect, told.because) == (Effect.CANNOT_TELL, Because.NOT_TOLD_APART)


@pytest.mark.parametrize(
    ("before", "after", "effect", "because"),
    [
        (BEFORE, [], Effect.TOO_EARLY, Because.NO_MONTHS_AFTER),
        (BEFORE, [30, 28], Effect.TOO_EARLY, Because.FEW_AFTER),
        (BEFORE[:5], [30, 28, 31], Effect.CANNOT_TELL, Because.FEW_BEFORE),
        ([], [30, 28, 31], Effect.CANNOT_TELL, Because.FEW_BEFORE),
        ([], [], Effect.TOO_EARLY, Because.NO_MONTHS_AFTER),
    ],
)
def test_too_few_months_are_said(before: list[float], after: list[float], effect: Effect, because: Because) -> None:
    told = found(before, after)
    assert (told.effect, told.because, told.change, told.low) == (effect, because, None, None)


def test_a_measure_that_was_falling_already_is_not_put_down_to_the_intervention() -> None:
    falling = [60.0, 58, 57, 55, 54, 52, 50, 49, 47, 46, 44, 43]
    told = found(falling, [20, 19, 21, 20])
    assert (told.effect, told.because) == (Effect.CANNOT_TELL, Because.MOVING_BEFORE)


def test_a_measure_that_went_the_other_way_before_is() -> None:
    rising = [43.0, 44, 46, 47, 49, 50, 50, 51, 52, 52, 53, 53]
    assert found(rising, [20, 19, 21, 20]).effect is Effect.WORKED


def test_nothing_that_moves_at_all_did_not_work() -> None:
    assert found([10.0] * 12, [10.0] * 6).effect is Effect.DID_NOT


def test_months_without_a_value_count_for_nothing() -> None:
    gaps = [None, *BEFORE[:6], None, *BEFORE[6:10]]
    told = evaluate(gaps, [30, None, 28, 31], FALL, POLICY)
    assert (told.before, told.after, told.effect) == (10, 3, Effect.WORKED)


def test_no_more_months_are_compared_than_policy_says() -> None:
    told = found([1000.0] * 5 + BEFORE, [30.0] * 12 + [1000.0])
    assert (told.before, told.after, told.mean_before, told.mean_after) == (12, 12, 50, 30)


def test_a_direction_is_asked_for() -> None:
    with pytest.raises(ValueError, match="goes up or down"):
        found(BEFORE, BEFORE, Expected(Improvement.NEUTRAL))


@given(months, months)
def test_a_change_seen_in_a_mirror_is_told_the_same(before: list[float], after: list[float]) -> None:
    told, mirrored = found(before, after), found([-x for x in before], [-x for x in after], RISE)
    assert (told.effect, told.because) == (mirrored.effect, mirrored.because)
    assert told.change == pytest.approx(-(mirrored.change or 0))


@given(months, months, st.floats(-1000, 1000))
def test_the_interval_holds_the_change_and_does_not_move_with_the_level(
    before: list[float], after: list[float], level: float
) -> None:
    told, moved = found(before, after), found([x + level for x in before], [x + level for x in after])
    assert told.low is not None
    assert told.high is not None
    assert told.low <= (told.change or 0) <= told.high
    assert (moved.low, moved.high) == (pytest.approx(told.low, abs=1e-6), pytest.approx(told.high, abs=1e-6))


@pytest.mark.parametrize("alike", [0.0, 0.3, 0.6, 0.8])
@pytest.mark.parametrize("after", [3, 6, 12])
def test_the_interval_holds_the_truth_about_as_often_as_it_says(alike: float, after: int) -> None:
    """As measured when the method was chosen; of months that are much alike a little less often."""
    chance = np.random.default_rng(20)
    held = []
    for _ in range(200):
        noise = chance.normal(size=42 + after)
        series = [noise[0]]
        for each in noise[1:]:
            series.append(alike * series[-1] + each)
        told = found(series[30:42], series[42:])
        held.append((told.low or 0) <= 0 <= (told.high or 0))
    assert 0.84 <= np.mean(held) <= 1
