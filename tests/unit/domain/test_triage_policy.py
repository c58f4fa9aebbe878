"""Weights of triage that break its promises are refused."""

from dataclasses import replace
from typing import Any

import pytest

from offendermgmt.domain.vocabulary import FlagKind, RiskLevel
from offendermgmt.services.policies import policies, shipped_policy
from tests.unit.services.test_policies import version

WEIGHTS = shipped_policy().triage


def test_the_shipped_weights_leave_room_above_all_other_parts() -> None:
    two_levels = WEIGHTS.risk[RiskLevel.VERY_HIGH] - WEIGHTS.risk[RiskLevel.MEDIUM]
    assert (WEIGHTS.most_beside_risk, two_levels) == (188, 200)


@pytest.mark.parametrize(
    ("weights", "message"),
    [
        ({"overdue_most": 100}, "all other parts together can come to 228 points"),
        (
            {"overdue_most": 100, "flags_most": 0, "missing": 0},
            r"days overdue alone \(overdue_most\) can come to 100 points, and very_high stands only 100 above high",
        ),
        ({"flags_most": 52}, "all other parts together can come to 200 points"),
        ({"missing": -1}, "a number below 0"),
        ({"flags": {**WEIGHTS.flags, FlagKind.BREACH: -1}}, "a number below 0"),
        ({"risk": {**WEIGHTS.risk, RiskLevel.LOW: 201}}, "triage.risk must not rise along very_high, high, unassessed"),
        ({"risk": {**WEIGHTS.risk, RiskLevel.UNASSESSED: 250}}, "unassessed stands only 150 above low"),
    ],
)
def test_weights_that_break_a_promise_are_refused(weights: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        replace(WEIGHTS, **weights)


def test_a_document_whose_cap_would_break_the_promise_is_refused_on_reading() -> None:
    document = version("own", "2025-06-01")
    assert "overdue_most = 60 " in document
    with pytest.raises(ValueError, match="triage: days overdue alone"):
        policies(
            [
                document.replace("overdue_most = 60 ", "overdue_most = 100 ")
                .replace("flags_most = 40 ", "flags_most = 0 ")
                .replace("missing = 25 ", "missing = 0 ")
            ]
        )


def test_nothing_is_missing_without_being_named() -> None:
    section = {name: getattr(WEIGHTS, name) for name in WEIGHTS.__dataclass_fields__}
    assert type(WEIGHTS).from_document(section) == WEIGHTS
    with pytest.raises(KeyError, match="raised_days"):
        type(WEIGHTS).from_document({name: value for name, value in section.items() if name != "raised_days"})
