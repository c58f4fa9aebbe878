from collections.abc import Iterable
from typing import Any, cast

import pytest

from offendermgmt.services.access import NotPermitted, Role, Viewer
from offendermgmt.services.desk import Desk
from offendermgmt.services.finding import MOST, Found, find_cases, find_offenders
from tests.unit.services.force import ask, offender
from tests.unit.services.polit_force import POLIT, case

INSPECTOR = Viewer("DI", Role.DI)
PEOPLE = [offender("V1", "2025-01-01", "low", "O1"), offender("V12", "2025-01-01", "low", "O2")]


class Names:
    """Stands for a desk that knows names."""

    def names(self, refs: Iterable[str]) -> dict[str, str]:
        return {ref: {"V1": "FIR, Hal", "V12": "ELM, Ida"}.get(ref, "") for ref in refs}


def find(text: str, viewer: Viewer = INSPECTOR, people: Any = PEOPLE) -> Found:
    return find_offenders(cast("Desk", Names()), ask(people, "2025-02-01", viewer), text)


def test_the_reference_itself_comes_before_those_that_hold_it() -> None:
    assert list(find("v1").names) == ["V1", "V12"]
    assert list(find("v12").names) == ["V12"]


def test_a_part_of_a_name_finds_its_person() -> None:
    assert find("elm").names == {"V12": "ELM, Ida"}


def test_who_sees_no_names_finds_by_reference_only_and_is_given_none() -> None:
    analyst = Viewer("analyst", Role.ANALYST)
    assert find("elm", analyst) == Found({}, 0)
    assert find("V12", analyst).names == {"V12": ""}


def test_an_officer_finds_their_own_cases_only() -> None:
    assert list(find("v", Viewer("officer", Role.OFFICER, officer_ref="O2")).names) == ["V12"]


def test_nothing_typed_finds_nobody() -> None:
    assert find("  ") == Found({}, 0)


def test_many_that_fit_are_counted_and_cut_short() -> None:
    found = find("w", people=[offender(f"W{number:03}", "2025-01-01") for number in range(MOST + 5)])
    assert (len(found.names), found.total) == (MOST, MOST + 5)


def test_who_sees_counts_only_finds_nobody() -> None:
    with pytest.raises(NotPermitted):
        find("V1", Viewer("board", Role.BOARD))


CASES = [POLIT, case("C1", "2025-01-01", officer="I1", stages={"2025-01-20": "closed"}), case("C12", "2025-01-05")]


def test_a_case_is_found_by_its_reference_with_its_stage() -> None:
    assert find_cases(ask(CASES, "2025-02-01", INSPECTOR), " c1 ").names == {
        "C1": "Closed",
        "C12": "Awaiting development",
    }


def test_a_case_not_received_yet_is_not_found() -> None:
    assert find_cases(ask(CASES, "2025-01-04", INSPECTOR), "c12").names == {}


def test_an_investigator_finds_their_own_cases_only() -> None:
    investigator = Viewer("DC Elm", Role.INVESTIGATOR, officer_ref="I1")
    assert list(find_cases(ask(CASES, "2025-02-01", investigator), "c1").names) == ["C1"]


def test_who_sees_counts_finds_no_case() -> None:
    with pytest.raises(NotPermitted):
        find_cases(ask(CASES, "2025-02-01", Viewer("Board", Role.BOARD)), "c1")
