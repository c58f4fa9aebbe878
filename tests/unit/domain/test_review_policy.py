"""What the policy of the daily review must not say."""

from importlib.resources import files

import pytest

from offendermgmt.domain.vocabulary import DecisionKind
from offendermgmt.services.policies import read_policy, shipped_policy

SHIPPED = files("offendermgmt.services").joinpath("shipped_policy.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("shipped", "written", "message"),
    [
        ("\ndays = 3 ", "\ndays = 0 ", "lone_findings has 0 days"),
        ("plan_by = 7", "plan_by = -1", "decisions has a number of days below 0"),
        ("defer = 7", "defer = 29", "a deferral ends later by default"),
        ("reassess = 14", "reassess = 91", "a kind is due later by default"),
        ("same_visit_minutes = 30", "same_visit_minutes = 0", "recording has same_visit_minutes 0"),
        ("countersign_days = 2 ", "countersign_days = 0 ", "reviews has countersign_days 0"),
        ("kept_places = 10 ", "kept_places = -1 ", "kept_places -1"),
        ("usual_days = 28 ", "usual_days = 366 ", "board_actions has usual_days 366"),
    ],
)
def test_a_policy_that_contradicts_itself_is_refused(shipped: str, written: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        read_policy(SHIPPED.replace(shipped, written))


def test_a_deferral_may_reach_less_far_than_other_decisions() -> None:
    policy = shipped_policy().decisions
    assert (policy.most_days(DecisionKind.DEFER), policy.most_days(DecisionKind.OTHER)) == (28, 90)
