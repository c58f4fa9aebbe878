"""Names of teams, officers and offenders, as far as a viewer may have them."""

from collections.abc import Iterable, Mapping

import numpy as np

from offendermgmt.domain.polit import CLOSED
from offendermgmt.domain.vocabulary import Unit
from offendermgmt.services.access import OWN_CASES_ONLY
from offendermgmt.services.desk import Desk
from offendermgmt.services.question import Question


def team_names(question: Question) -> dict[str, str]:
    """Name of each team by reference."""
    teams = question.snapshot.facts.tables["teams"]
    return dict(zip(teams["team_ref"].astype("str"), teams["name"], strict=True))


def unit_of(question: Question, team_ref: str) -> Unit | None:
    """The unit of a team, None for a team that is not in the store."""
    teams = question.snapshot.facts.tables["teams"]
    found = teams.loc[(teams["team_ref"].astype("str") == team_ref).to_numpy(), "unit"]
    return Unit(found.iloc[0]) if len(found) else None


def officer_names(question: Question) -> dict[str, str]:
    """Rank and name of each officer by reference."""
    return dict(question.snapshot.officer_names)


def holder_names(question: Question) -> dict[str, str]:
    """Rank, name and collar number of each officer by reference, as `DC Ash (0042)`: no two read the same."""
    return {ref: f"{name} ({ref})" if name else ref for ref, name in officer_names(question).items()}


def scope_text(question: Question) -> str:
    """Whose cases the viewer sees, as `Your cases` or `North and unallocated`; filters apart."""
    viewer = question.viewer
    if viewer.role in OWN_CASES_ONLY:
        return "Your cases"
    if viewer.team_refs is None:
        return "Whole force"
    names = team_names(question)
    return " and ".join([*(names.get(ref, ref) for ref in viewer.team_refs), "unallocated"])


def team_choices(question: Question, unit: Unit = Unit.MOSOVO) -> dict[str, str]:
    """Teams of a unit that the viewer may narrow to, name by reference."""
    if question.viewer.role in OWN_CASES_ONLY:
        return {}
    teams = question.snapshot.facts.tables["teams"]
    allowed = question.viewer.team_refs
    of_unit = teams[(teams["unit"] == unit).to_numpy()]
    names = dict(zip(of_unit["team_ref"].astype("str"), of_unit["name"], strict=True))
    return {ref: name for ref, name in names.items() if allowed is None or ref in allowed}


def officer_choices(question: Question, unit: Unit = Unit.MOSOVO) -> dict[str, str]:
    """Officers in the question's scope who hold a unit's cases on the day: `DC Ash (0042)` by reference, in that order.

    Closed POLIT cases are held by nobody. None for an officer, who sees no cases but their own.
    """
    if question.viewer.role in OWN_CASES_ONLY:
        return {}
    scope = question.offender_scope if unit is Unit.MOSOVO else question.case_scope
    mine = [code for code in _holders(question, unit) if code >= 0 and scope.officers[code]]
    register, names = question.snapshot.facts.registers["officer"], holder_names(question)
    chosen = {ref: names.get(ref, ref) for ref in register.take(mine)}
    return dict(sorted(chosen.items(), key=lambda item: item[1]))


def _holders(question: Question, unit: Unit) -> "np.ndarray[tuple[int], np.dtype[np.int32]]":
    if unit is Unit.MOSOVO:
        held = question.snapshot.standing_on(question.on)
    else:
        held = question.snapshot.cases_on(question.on)
        held = held[(held["stage"] != CLOSED).to_numpy()]
    return np.unique(held["officer"].to_numpy())


def offender_names(desk: Desk, question: Question, offender_refs: Iterable[str]) -> Mapping[str, str]:
    """`SURNAME, forenames` of these offenders by reference; nobody's for a viewer who sees no names."""
    if not question.viewer.sees_names:
        return {}
    return desk.names(offender_refs)
