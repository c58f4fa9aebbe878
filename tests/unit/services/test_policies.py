"""The policy in force: the shipped version and a force's own after it."""

from datetime import date
from importlib.resources import files

import pytest

from offendermgmt.services.policies import ADDED_SECTIONS, policies, shipped_policy

SHIPPED = files("offendermgmt.services").joinpath("shipped_policy.toml").read_text(encoding="utf-8")


def version(name: str, from_on: str) -> str:
    own = SHIPPED.replace('version = "shipped-1"', f'version = "{name}"')
    return own.replace("from_on = 2000-01-01", f"from_on = {from_on}")


def test_without_documents_the_shipped_policy_holds() -> None:
    assert policies().versions == (shipped_policy(),)


def test_versions_come_into_force_on_their_own_day_in_whatever_order_they_are_given() -> None:
    held = policies([version("second", "2025-06-01"), version("first", "2025-01-01")])
    assert [policy.version for policy in held.versions] == ["shipped-1", "first", "second"]
    assert held.on(date(2025, 5, 31)).version == "first"


def test_a_later_document_for_the_same_day_replaces_the_earlier() -> None:
    held = policies([version("typed wrongly", "2025-06-01"), version("put right", "2025-06-01")])
    assert [policy.version for policy in held.versions] == ["shipped-1", "put right"]


def test_a_document_with_an_interval_nobody_can_read_is_refused() -> None:
    with pytest.raises(ValueError, match="'3 fortnights' is no interval"):
        policies([version("x", "2025-06-01").replace('"6 months"', '"3 fortnights"')])


@pytest.mark.parametrize("section", ADDED_SECTIONS)
def test_a_document_from_before_a_section_was_added_has_the_shipped_values_for_it(section: str) -> None:
    before, heading, after = version("old", "2025-06-01").partition(f"[{section}]")
    rest = after[after.index("\n[") :] if "\n[" in after else ""
    held = policies([before + rest]).on(date(2025, 6, 1))
    assert heading
    assert (held.version, getattr(held, section)) == ("old", getattr(shipped_policy(), section))
