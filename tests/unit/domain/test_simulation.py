"""The simulated backlog, and the questions asked of its runs."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from offendermgmt.domain.days import Days
from offendermgmt.domain.forecast import Counts
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
)

DAYS, RUNS = 60, 200


def queue(opening: int = 20, rate: float = 1.0, fte: float = 8.0, days_per_case: float = 8.0) -> Queue:
    come = arrivals(np.full((DAYS, RUNS), rate), np.ones(DAYS), seed=3)
    return Queue(opening, come, np.full(DAYS, fte), np.full(RUNS, days_per_case))


def ran(asked: Queue, seed: int) -> Counts:
    return backlog(asked, Luck.of(asked.arrivals, seed))


def runs(*paths: list[int]) -> Counts:
    return np.array(paths, dtype=np.int64).T


def test_the_same_seed_gives_the_same_runs() -> None:
    assert np.array_equal(ran(queue(), 5), ran(queue(), 5))


def test_another_seed_gives_others() -> None:
    assert not np.array_equal(ran(queue(), 5), ran(queue(), 6))


def test_without_anybody_everything_that_comes_stays() -> None:
    idle = queue(fte=0.0)
    assert np.array_equal(ran(idle, 5)[-1], 20 + idle.arrivals.sum(axis=0))


def test_a_unit_too_fast_to_sum_up_chances_keeps_its_pace() -> None:
    fast = Queue(100_000, np.zeros((20, 50), dtype=np.int64), np.array([800.0, 0.0] * 10), np.ones(50))
    left = ran(fast, 5)
    assert 100_000 - left[-1].mean() == pytest.approx(10 * 800, rel=0.01)
    assert np.array_equal(left[0], left[1])


def test_without_arrivals_a_backlog_clears_and_stays_clear() -> None:
    at_end = ran(queue(opening=5, rate=0.0, fte=8.0, days_per_case=2.0), 5)
    assert (at_end[-1] == 0).all()
    assert (np.diff(at_end, axis=0) <= 0).all()


@given(st.integers(0, 40), st.floats(0, 3), st.floats(0, 20), st.floats(0.5, 20))
def test_there_is_never_less_than_nothing(opening: int, rate: float, fte: float, days_per_case: float) -> None:
    come = arrivals(np.full((20, 10), rate), np.ones(20), seed=3)
    at_end = ran(Queue(opening, come, np.full(20, fte), np.full(10, days_per_case)), 5)
    assert (at_end >= 0).all()
    assert (at_end[-1] <= opening + come.sum(axis=0)).all()


def test_nobody_takes_a_case_out_on_a_day_without_work() -> None:
    resting = Queue(30, np.zeros((DAYS, RUNS), dtype=np.int64), np.tile([8.0, 0.0], DAYS // 2), np.full(RUNS, 4.0))
    at_end = ran(resting, 5)
    assert np.array_equal(at_end[0::2], at_end[1::2])


def test_a_surge_adds_to_the_cases_that_come_without_it() -> None:
    rates, scale = np.full((DAYS, RUNS), 2.0), np.where(np.arange(DAYS) < 30, 1.0, 1.4)
    usual, surged = (arrivals(rates, one, seed=3) for one in (np.ones(DAYS), scale))
    assert np.array_equal(usual[:30], surged[:30])
    assert (surged[30:] >= usual[30:]).all()
    assert surged[30:].mean() == pytest.approx(2.8, rel=0.03)


def test_a_fall_takes_some_of_them_away() -> None:
    rates = np.full((DAYS, RUNS), 2.0)
    usual, fallen = (arrivals(rates, np.full(DAYS, scale), seed=3) for scale in (1.0, 0.5))
    assert (fallen <= usual).all()
    assert fallen.mean() == pytest.approx(1.0, rel=0.05)


def test_the_first_day_under_a_size_is_counted_from_today() -> None:
    assert list(first_under(9, runs([9, 7, 4], [9, 9, 9], [3, 9, 9]), 5)) == [3, 4, 1]


def test_what_is_under_today_is_under_from_the_start() -> None:
    assert list(first_under(4, runs([9, 9], [3, 3]), 5)) == [0, 0]


def test_held_is_under_the_size_on_each_of_the_last_days() -> None:
    assert share_held(runs([9, 4, 4], [4, 9, 4], [4, 4, 4], [9, 9, 9]), 5, 2) == 0.5


@pytest.mark.parametrize("guess", [1, 6, 7, 8, 40])
def test_the_fewest_posts_are_found_from_any_guess(guess: int) -> None:
    assert fewest_posts(lambda posts: min(posts / 7, 1.0) * 0.9, 0.9, guess) == 7


def test_no_post_at_all_may_do() -> None:
    assert fewest_posts(lambda _: 1.0, 0.9, 5) == 0


def test_where_more_posts_help_no_longer_there_is_no_answer() -> None:
    asked: list[int] = []

    def holds(posts: int) -> float:
        asked.append(posts)
        return 0.4

    assert fewest_posts(holds, 0.9, 10) is None
    assert max(asked) < MOST_POSTS


def test_weeks_have_five_working_days() -> None:
    monday_5_january_1970: Days = np.arange(4, 11, dtype=np.int32)
    assert list(is_working(monday_5_january_1970)) == [True] * 5 + [False] * 2
