"""The policy of demand: what a document must say."""

from dataclasses import asdict
from typing import Any

import pytest

from offendermgmt.domain.demand_policy import DemandPolicy
from offendermgmt.services.policies import shipped_policy

SHIPPED: dict[str, Any] = asdict(shipped_policy().polit_demand)


def test_a_section_is_read_as_it_is_written() -> None:
    assert DemandPolicy.from_document(SHIPPED) == shipped_policy().polit_demand


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("interval", "1.00", "interval is 1.00: write a share between 0 and 1"),
        ("likelihood", "0", "likelihood is 0"),
        ("runs", 0, "runs is 0: it must be 1 or more"),
        ("trial_months", 1, "trial_months is 1: it must be 2 or more"),
        ("horizons", [], "horizons is 0: it must be 1 or more"),
        ("horizons", [3, 36], "horizons has 36: nothing is forecast beyond 24 months"),
    ],
)
def test_a_number_that_makes_no_sense_is_named(name: str, value: object, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        DemandPolicy.from_document({**SHIPPED, name: value})


def test_what_is_missing_is_named() -> None:
    with pytest.raises(KeyError, match="pace_days"):
        DemandPolicy.from_document({name: value for name, value in SHIPPED.items() if name != "pace_days"})
