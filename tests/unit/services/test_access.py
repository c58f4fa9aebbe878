"""Who may see whose figures."""

from datetime import date

import pytest

from offendermgmt.domain.facts import Facts, known
from offendermgmt.domain.policy import Policies
from offendermgmt.domain.vocabulary import Unit
from offendermgmt.services import reports
from offendermgmt.services.access import NotPermitted, Role, Scope, Viewer, scope_of
from offendermgmt.services.policies import shipped_policy
from offendermgmt.services.question import Question
from offendermgmt.services.snapshot import take_snapshot
from tests.tables import Rows, recordings

OFFICERS = {"O1": "T1", "O2": "T1", "O3": "T2", "P1": "TP"}
TABLES: dict[str, Rows] = {
    "teams": [
        {"team_ref": "T1", "unit": "MOSOVO"},
        {"team_ref": "T2", "unit": "MOSOVO"},
        {"team_ref": "TP", "unit": "POLIT"},
    ],
    "officers": [{"officer_ref": ref, "team_ref": team, "fte": "1"} for ref, team in OFFICERS.items()],
    "offenders": [{"offender_ref": f"V{ref}", "registered_on": "2025-01-01"} for ref in [*OFFICERS, "nobody"]],
    "allocations": [{"offender_ref": f"V{ref}", "from_on": "2025-01-01", "officer_ref": ref} for ref in OFFICERS],
}
FORCE_WIDE = (Role.DI, Role.DCI, Role.SLT, Role.BOARD, Role.ANALYST, Role.AUDITOR, Role.ADMINISTRATOR)


def facts() -> Facts:
    return known(recordings(TABLES))


def seen(scope: Scope) -> set[str]:
    officers = set(facts().registers["officer"][scope.officers])
    return officers | ({"nobody"} if scope.unallocated else set())


@pytest.mark.parametrize("role", FORCE_WIDE)
def test_others_see_everybodys_cases_and_the_unallocated(role: Role) -> None:
    scope = scope_of(Viewer("x", role), facts(), Unit.MOSOVO)
    assert scope.everything
    assert seen(scope) == {*OFFICERS, "nobody"}


def test_an_officer_sees_their_own_cases_only() -> None:
    viewer = Viewer("x", Role.OFFICER, officer_ref="O1")
    assert seen(scope_of(viewer, facts(), Unit.MOSOVO)) == {"O1"}


def test_an_officer_without_a_reference_sees_nothing() -> None:
    assert seen(scope_of(Viewer("x", Role.OFFICER), facts(), Unit.MOSOVO)) == set()


def test_a_supervisor_sees_their_teams_and_the_unallocated() -> None:
    viewer = Viewer("x", Role.SUPERVISOR, team_refs=("T1",))
    assert seen(scope_of(viewer, facts(), Unit.MOSOVO)) == {"O1", "O2", "nobody"}


def test_a_unit_that_is_not_the_viewers_shows_nothing() -> None:
    viewer = Viewer("x", Role.DI, units=(Unit.MOSOVO,))
    assert seen(scope_of(viewer, facts(), Unit.POLIT)) == set()


def test_a_team_asked_for_leaves_out_the_unallocated() -> None:
    assert seen(scope_of(Viewer("x", Role.DI), facts(), Unit.MOSOVO, team_ref="T1")) == {"O1", "O2"}


def test_asking_for_another_team_does_not_widen_a_supervisors_scope() -> None:
    viewer = Viewer("x", Role.SUPERVISOR, team_refs=("T1",))
    assert seen(scope_of(viewer, facts(), Unit.MOSOVO, team_ref="T2")) == set()


def test_asking_for_another_officer_does_not_widen_an_officers_scope() -> None:
    viewer = Viewer("x", Role.OFFICER, officer_ref="O1")
    assert seen(scope_of(viewer, facts(), Unit.MOSOVO, officer_ref="O2")) == set()


def test_an_unknown_team_is_named_with_those_there_are() -> None:
    with pytest.raises(ValueError, match="There is no team 'T9' in the store: it has T1, T2, TP"):
        scope_of(Viewer("x", Role.DI), facts(), Unit.MOSOVO, team_ref="T9")


def test_an_unknown_officer_is_named_with_those_there_are() -> None:
    with pytest.raises(ValueError, match="There is no officer 'O9' in the store: it has O1, O2, O3, P1"):
        scope_of(Viewer("x", Role.DI), facts(), Unit.MOSOVO, officer_ref="O9")


def test_an_unknown_team_in_an_empty_store_says_there_is_none_yet() -> None:
    with pytest.raises(ValueError, match="it has none yet"):
        scope_of(Viewer("x", Role.DI), known(recordings({})), Unit.MOSOVO, team_ref="T1")


def test_scope_is_applied_before_anything_is_counted() -> None:
    snapshot = take_snapshot(recordings(TABLES), Policies((shipped_policy(),)))
    viewer = Viewer("x", Role.SUPERVISOR, team_refs=("T2",))
    question = Question(snapshot, viewer, date(2025, 2, 1), date(2025, 2, 1))
    assert reports.overdue(question)["offender_ref"].tolist() == ["VO3", "Vnobody"]
    assert reports.backlog(question)["overdue"].sum() == 2
    assert reports.caseload(question)["cases"].sum() == 2


@pytest.mark.parametrize("role", [Role.BOARD, Role.ADMINISTRATOR])
def test_who_sees_counts_only_is_told_whom_to_ask(role: Role) -> None:
    with pytest.raises(NotPermitted, match=r"sees counts, not people\. Ask the unit's detective inspector"):
        Viewer("x", role).require_lists()


def test_who_may_open_lists_and_see_names() -> None:
    assert {role for role in Role if Viewer("x", role).opens_lists} == set(Role) - {Role.BOARD, Role.ADMINISTRATOR}
    assert {role for role in Role if Viewer("x", role).sees_names} == {
        *(Role.OFFICER, Role.INVESTIGATOR, Role.SUPERVISOR, Role.DI, Role.DCI, Role.AUDITOR)
    }
