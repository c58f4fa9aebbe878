"""The smallest number of high-risk cases to move (C2)."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offendermgmt.domain.caseload import exceeds, to_move

FIFTH = Fraction(1, 5)


@given(
    high=st.integers(0, 60), others=st.integers(0, 60), threshold=st.sampled_from([FIFTH, Fraction(1, 3), Fraction(0)])
)
def test_moving_that_many_complies_and_one_fewer_does_not(high: int, others: int, threshold: Fraction) -> None:
    moved = to_move(high, high + others, threshold)
    assert 0 <= moved <= high
    assert not exceeds(high - moved, high + others - moved, threshold)
    assert moved == 0 or exceeds(high - moved + 1, high + others - moved + 1, threshold)


@pytest.mark.parametrize(("high", "cases", "above"), [(1, 5, False), (2, 9, True), (0, 1, False), (10, 50, False)])
def test_twenty_per_cent_itself_is_not_above(high: int, cases: int, above: bool) -> None:
    assert exceeds(high, cases, FIFTH) is above
