"""Policy documents and versions."""

import tomllib
from dataclasses import replace
from datetime import date
from importlib.resources import files
from typing import Any

import numpy as np
import pytest

from offendermgmt.domain.days import day_number
from offendermgmt.domain.policy import Interval, Policies, Policy
from offendermgmt.domain.vocabulary import RiskLevel
from offendermgmt.services.policies import shipped_policy

SHIPPED = shipped_policy()


def document() -> dict[str, Any]:
    return tomllib.loads(files("offendermgmt.services").joinpath("shipped_policy.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("text", ["1 month", "3 months", "1 day", "45 days"])
def test_an_interval_is_read_as_it_is_written(text: str) -> None:
    assert str(Interval.parse(text)) == text


@pytest.mark.parametrize(
    "text", ["", "3", "3 weeks", "0 days", "-1 days", "1.5 months", "² days", "3 monthss", "a month"]
)
def test_what_is_no_interval_is_named_with_what_to_write(text: str) -> None:
    with pytest.raises(ValueError, match=r"is no interval: write a whole number of months or days, such as '3 months'"):
        Interval.parse(text)


@pytest.mark.parametrize("name", ["version", "from_on", "visits", "caseload", "polit"])
def test_a_part_that_is_missing_is_named(name: str) -> None:
    lacking = {key: value for key, value in document().items() if key != name}
    with pytest.raises(KeyError, match=name):
        Policy.from_document(lacking)


def test_a_level_without_an_interval_is_named() -> None:
    lacking = document()
    del lacking["visits"]["interval"]["medium"]
    with pytest.raises(KeyError, match="medium"):
        Policy.from_document(lacking)


def test_a_smallest_count_that_would_keep_nothing_sensible_is_refused() -> None:
    wrong = document() | {"publication": {"smallest_count": 0}}
    with pytest.raises(ValueError, match="smallest_count is 0"):
        Policy.from_document(wrong)


def test_bands_are_named_by_their_first_and_last_day() -> None:
    assert SHIPPED.bands == ("1-7", "8-30", "31-90", "91-180", "181+")


def test_the_first_version_also_holds_before_its_day() -> None:
    assert Policies((SHIPPED,)).on(date(1990, 1, 1)) is SHIPPED


def test_a_version_holds_from_its_own_day() -> None:
    later = replace(SHIPPED, version="later", from_on=date(2025, 6, 1))
    versions = Policies((SHIPPED, later))
    assert [versions.on(day).version for day in (date(2025, 5, 31), date(2025, 6, 1))] == ["shipped-1", "later"]
    assert versions.change_days() == [day_number(date(2025, 6, 1))]


def test_there_is_always_a_policy() -> None:
    with pytest.raises(ValueError, match="at least one version"):
        Policies(())


def test_versions_out_of_order_are_refused() -> None:
    earlier = replace(SHIPPED, from_on=date(1990, 1, 1))
    with pytest.raises(ValueError, match="in order of the day"):
        Policies((SHIPPED, earlier))


def test_intervals_and_limits_are_rows_of_versions_and_columns_of_levels() -> None:
    later = replace(
        SHIPPED,
        from_on=date(2025, 6, 1),
        visit_intervals={**SHIPPED.visit_intervals, RiskLevel.LOW: Interval(days=100)},
    )
    months, days = Policies((SHIPPED, later)).visit_interval()
    assert months.tolist() == [[1, 3, 6, 12, 3], [1, 3, 6, 0, 3]]
    assert days.tolist() == [[0] * 5, [0, 0, 0, 100, 0]]
    assert np.array_equal(Policies((SHIPPED,)).act_days(), [[1, 7, 14, 30, 7]])
