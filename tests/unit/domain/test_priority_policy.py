"""Weights of the order of work that break its promises are refused."""

from dataclasses import replace
from typing import Any

import pytest

from offendermgmt.domain.vocabulary import ChildAccess, RiskLevel
from offendermgmt.services.policies import shipped_policy

WEIGHTS = shipped_policy().polit_priority


def test_the_shipped_weights_leave_room_above_all_other_parts() -> None:
    two_levels = WEIGHTS.risk[RiskLevel.VERY_HIGH] - WEIGHTS.risk[RiskLevel.MEDIUM]
    assert (WEIGHTS.most_beside_risk, two_levels) == (189, 200)


@pytest.mark.parametrize(
    ("weights", "message"),
    [
        (
            {"reassess": 31},
            "all other parts together can come to 200 points, and very_high stands only 200 above medium",
        ),
        ({"children_most": 106}, "all other parts together"),
        (
            {"limit_most": 90, "children_most": 20},
            "days alone .* can come to 100 points, and very_high stands only 100 above high",
        ),
        ({"stalled": -1}, "a weight below 0"),
        (
            {"risk": {**WEIGHTS.risk, RiskLevel.LOW: 201}},
            "must not rise along very_high, high, unassessed, medium, low",
        ),
        ({"risk": {**WEIGHTS.risk, RiskLevel.UNASSESSED: 250}}, "unassessed stands only 150 above low"),
        ({"access": {**WEIGHTS.access, ChildAccess.NOT_KNOWN: 41}}, "not_known must count between no and yes"),
    ],
)
def test_weights_that_break_a_promise_are_refused(weights: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        replace(WEIGHTS, **weights)


def test_nothing_is_missing_without_being_named() -> None:
    section = {name: getattr(WEIGHTS, name) for name in WEIGHTS.__dataclass_fields__}
    assert type(WEIGHTS).from_document(section) == WEIGHTS
    with pytest.raises(KeyError, match="override_days"):
        type(WEIGHTS).from_document({name: value for name, value in section.items() if name != "override_days"})
