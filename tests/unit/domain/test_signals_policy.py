"""What the policy of signals says and refuses."""

import pytest

from offendermgmt.domain.signals import TRIAL_POINTS
from offendermgmt.domain.signals_policy import SignalsPolicy
from offendermgmt.services.policies import shipped_policy


def test_as_shipped_limits_are_full_from_as_many_points_on_as_the_rules_say() -> None:
    assert shipped_policy().signals.trial_points == TRIAL_POINTS == 13


@pytest.mark.parametrize("points", [1, 0, -3])
def test_fewer_points_than_limits_need_are_refused(points: int) -> None:
    with pytest.raises(ValueError, match=f"trial_points is {points}"):
        SignalsPolicy.from_document({"trial_points": points})
