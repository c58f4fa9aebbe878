"""What a suggested plan holds to, whatever time there is: nobody twice at once, as many as fit, and one answer."""

from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from offendermgmt.domain.plan_fitting import CrewTime, Mixing, fit, most_that_fit

SLOTS_A_DAY = 2


@st.composite
def times(draw: st.DrawFn, officers: int = 5, days: int = 2) -> CrewTime:
    slots = days * SLOTS_A_DAY
    number = draw(st.integers(0, officers))
    free = draw(st.lists(st.lists(st.booleans(), min_size=slots, max_size=slots), min_size=number, max_size=number))
    most = draw(st.lists(st.integers(0, slots), min_size=number, max_size=number))
    day = np.repeat(np.arange(days), SLOTS_A_DAY).astype(np.int32)
    return CrewTime(np.array(free, dtype=bool).reshape(number, slots), day, np.array(most, dtype=np.int32))


def unmixed(officers: int) -> Mixing:
    return Mixing(np.zeros((officers, officers), dtype=np.int64), 0.8, 10)


def fitted(time: CrewTime, holder: list[int]) -> pd.DataFrame:
    held = np.array([each if each < len(time.free) else -1 for each in holder], dtype=np.int32)
    return fit(time, held, unmixed(len(time.free)))


def going(made: pd.DataFrame) -> list[tuple[int, int]]:
    """Officer and slot of everyone who goes."""
    return [(who, row.slot) for row in made.itertuples() for who in (row.first, row.second)]


def all_at_once(time: CrewTime) -> int:
    """The most visits, by trying for each slot in turn every set of officers that could work it."""
    reached = {tuple(time.most.tolist()): 0}
    for slot in range(time.free.shape[1]):
        able = np.flatnonzero(time.free[:, slot]).tolist()
        following: dict[tuple[int, ...], int] = {}
        for left, made in reached.items():
            ready = [who for who in able if left[who] > 0]
            for size in range(0, len(ready) + 1, 2):
                for chosen in combinations(ready, size):
                    after = tuple(number - (who in chosen) for who, number in enumerate(left))
                    following[after] = max(following.get(after, 0), made + size // 2)
        reached = following
    return max(reached.values())


holders = st.lists(st.integers(-1, 4), max_size=12)


@given(times(), holders)
@settings(max_examples=60, deadline=None)
def test_nobody_is_twice_at_once_nor_goes_when_away_nor_oftener_than_they_may(
    time: CrewTime, holder: list[int]
) -> None:
    gone = going(fitted(time, holder))
    assert len(set(gone)) == len(gone)
    assert all(time.free[who, slot] for who, slot in gone)
    often = np.bincount([who for who, _ in gone], minlength=len(time.free))
    assert (often <= time.most).all()


@given(times(), holders)
@settings(max_examples=60, deadline=None)
def test_as_many_fit_as_trying_everything_finds_and_those_are_the_first(time: CrewTime, holder: list[int]) -> None:
    made = fitted(time, holder)
    assert len(made) == min(len(holder), all_at_once(time)) == most_that_fit(time, len(holder))
    assert sorted(made["visit"]) == list(range(len(made)))


@given(times(), holders)
@settings(max_examples=60, deadline=None)
def test_visits_before_others_are_on_days_no_later(time: CrewTime, holder: list[int]) -> None:
    made = fitted(time, holder).sort_values("visit")
    assert (np.diff(time.day[made["slot"].to_numpy()]) >= 0).all()


@given(times(), st.lists(st.booleans(), min_size=4, max_size=4), st.integers(0, 4), st.integers(0, 12))
@settings(max_examples=60, deadline=None)
def test_an_officer_more_never_fits_fewer(time: CrewTime, free: list[bool], most: int, wanted: int) -> None:
    more = CrewTime(np.vstack([time.free, [free]]), time.day, np.append(time.most, np.int32(most)))
    assert most_that_fit(more, wanted) >= most_that_fit(time, wanted)


@given(times(), holders)
@settings(max_examples=25, deadline=None)
def test_one_question_has_one_answer(time: CrewTime, holder: list[int]) -> None:
    pd.testing.assert_frame_equal(fitted(time, holder), fitted(time, holder))


def everybody(officers: int, days: int, slots: int) -> CrewTime:
    free = np.ones((officers, days * slots), dtype=bool)
    return CrewTime(free, np.repeat(np.arange(days), slots).astype(np.int32), np.full(officers, days * slots, np.int32))


def test_holders_go_to_their_own_cases_where_they_can() -> None:
    holder = np.array([0, 1, 2, 3], dtype=np.int32)
    made = fit(everybody(4, 1, 2), holder, unmixed(4))
    assert all(holder[row.visit] in (row.first, row.second) for row in made.itertuples())


def test_pairs_mix() -> None:
    made = fit(everybody(4, 3, 2), np.full(12, -1, dtype=np.int32), unmixed(4))
    assert made.groupby(["first", "second"]).size().to_dict() == dict.fromkeys(combinations(range(4), 2), 2)


def test_a_settled_pair_parts() -> None:
    together = np.array([[10, 9, 1, 0], [9, 10, 0, 1], [1, 0, 10, 9], [0, 1, 9, 10]])
    made = fit(everybody(4, 1, 1), np.full(2, -1, dtype=np.int32), Mixing(together, 0.8, 10))
    assert not {(0, 1), (2, 3)} & set(zip(made["first"], made["second"], strict=True))


def test_a_settled_pair_still_goes_where_there_is_no_other() -> None:
    made = fit(everybody(2, 1, 1), np.zeros(1, dtype=np.int32), Mixing(np.full((2, 2), 20), 0.8, 10))
    assert len(made) == 1


def test_the_first_visit_of_a_day_goes_first() -> None:
    made = fit(everybody(8, 2, 3), np.resize(np.arange(8), 24).astype(np.int32), unmixed(8))
    assert made.loc[made["visit"] == 0, "slot"].tolist() == [0]


@pytest.mark.parametrize("officers", [0, 1])
def test_without_two_officers_nothing_fits(officers: int) -> None:
    assert fit(everybody(officers, 1, 2), np.full(3, -1, dtype=np.int32), unmixed(officers)).empty
