import pytest

from offendermgmt.services.access import Role, Viewer
from offendermgmt.services.directory import holder_names, officer_choices, scope_text
from tests.unit.services.force import ask, offender

HELD = [offender("V1", "2025-01-01", "low", "O1"), offender("V2", "2025-01-01", "low", "O2")]


@pytest.mark.parametrize(
    ("viewer", "text"),
    [
        (Viewer("x", Role.OFFICER, officer_ref="O1"), "Your cases"),
        (Viewer("x", Role.SUPERVISOR, team_refs=("T1",)), "North and unallocated"),
        (Viewer("x", Role.DI), "Whole force"),
    ],
)
def test_the_scope_in_words(viewer: Viewer, text: str) -> None:
    assert scope_text(ask(HELD, "2025-02-01", viewer)) == text


def test_officers_are_told_apart_by_their_number() -> None:
    assert holder_names(ask(HELD, "2025-02-01"))["O1"] == "DC Ash (O1)"


def test_an_officer_has_no_other_officers_to_choose() -> None:
    assert officer_choices(ask(HELD, "2025-02-01", Viewer("x", Role.OFFICER, officer_ref="O1"))) == {}


def test_a_supervisor_chooses_among_the_teams_own() -> None:
    viewer = Viewer("x", Role.SUPERVISOR, team_refs=("T2",))
    assert officer_choices(ask(HELD, "2025-02-01", viewer)) == {"O2": "DC Birch (O2)"}
