"""Who looks: roles, what each may see, and the scope applied before anything is computed."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from offendermgmt.domain.facts import Facts
from offendermgmt.domain.segments import Flags
from offendermgmt.domain.vocabulary import Unit


class Role(StrEnum):
    """What a person is here for."""

    OFFICER = "officer"
    INVESTIGATOR = "investigator"
    SUPERVISOR = "supervisor"
    DI = "di"
    DCI = "dci"
    SLT = "slt"
    BOARD = "board"
    ANALYST = "analyst"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"


ROLE_TITLES: Final = {
    Role.OFFICER: "Offender manager",
    Role.INVESTIGATOR: "POLIT investigator",
    Role.SUPERVISOR: "Supervisor (DS)",
    Role.DI: "Detective inspector",
    Role.DCI: "Detective chief inspector",
    Role.SLT: "PVP senior leadership",
    Role.BOARD: "Force Performance Board",
    Role.ANALYST: "Performance analyst",
    Role.AUDITOR: "Auditor",
    Role.ADMINISTRATOR: "Administrator",
}
OWN_CASES_ONLY: Final = frozenset({Role.OFFICER, Role.INVESTIGATOR})
_SEE_NAMES = {*OWN_CASES_ONLY, Role.SUPERVISOR, Role.DI, Role.DCI, Role.AUDITOR}
_OPEN_LISTS = _SEE_NAMES | {Role.ANALYST, Role.SLT}


class NotPermitted(Exception):
    """Something the viewer's role or scope does not open; the message says what to do."""


@dataclass(frozen=True)
class Viewer:
    """A person who looks: officer and investigator see their own cases, a supervisor their teams', others units'.

    `officer_ref` is who they are among the force's officers, if one; `team_refs` None means every team of the units.
    """

    name: str
    role: Role
    officer_ref: str | None = None
    team_refs: tuple[str, ...] | None = None
    units: tuple[Unit, ...] = tuple(Unit)

    @property
    def sees_names(self) -> bool:
        """Whether names and dates of birth may be sent to this viewer."""
        return self.role in _SEE_NAMES

    @property
    def opens_lists(self) -> bool:
        """Whether this viewer may see a row a person, not counts only."""
        return self.role in _OPEN_LISTS

    def require_lists(self) -> None:
        """Refuse a viewer who sees counts only; raises NotPermitted."""
        if not self.opens_lists:
            raise NotPermitted(
                f"{ROLE_TITLES[self.role]} sees counts, not people. Ask the unit's detective inspector for the cases."
            )


SYSTEM = Viewer("command", Role.ANALYST)


@dataclass(frozen=True)
class Scope:
    """Holders whose cases count: officer codes, and whether unallocated cases do."""

    officers: Flags
    unallocated: bool

    @property
    def everything(self) -> bool:
        """Whether nobody is left out."""
        return self.unallocated and bool(self.officers.all())

    def holds(self, officer: npt.NDArray[np.integer[Any]]) -> Flags:
        """Whether each holder (code, -1 = unallocated) is in scope."""
        held: Flags = np.append(self.officers, self.unallocated)[officer]
        return held


def scope_of(
    viewer: Viewer, facts: Facts, unit: Unit, team_ref: str | None = None, officer_ref: str | None = None
) -> Scope:
    """The holders a viewer may see in a unit's figures, narrowed to a team or an officer where asked.

    ValueError for a team or officer that is not in the store.
    """
    register = facts.registers["officer"]
    scope = _own_scope(viewer, facts, unit)
    for name, ref, known in (("team", team_ref, facts.registers["team"]), ("officer", officer_ref, register)):
        if ref is not None and ref not in known:
            raise ValueError(f"There is no {name} {ref!r} in the store: {_choices(known)}")
    officers = scope.officers
    if team_ref is not None:
        officers = officers & _in_teams(facts, (team_ref,))
    if officer_ref is not None:
        officers = officers & np.asarray(register == officer_ref)
    return Scope(officers, scope.unallocated and team_ref is None and officer_ref is None)


def _own_scope(viewer: Viewer, facts: Facts, unit: Unit) -> Scope:
    everyone = np.ones(len(facts.registers["officer"]), dtype=bool)
    nobody = Scope(~everyone, unallocated=False)
    if viewer.role in OWN_CASES_ONLY:
        return Scope(np.asarray(facts.registers["officer"] == viewer.officer_ref), unallocated=False)
    if unit not in viewer.units:
        return nobody
    if viewer.team_refs is not None:
        return Scope(_in_teams(facts, viewer.team_refs), unallocated=True)
    return Scope(everyone, unallocated=True)


def _in_teams(facts: Facts, team_refs: tuple[str, ...]) -> Flags:
    officers = facts.tables["officers"]
    rows = officers["team_ref"].isin(team_refs).to_numpy()
    member = np.zeros(len(facts.registers["officer"]), dtype=bool)
    member[officers["officer_ref"].cat.codes.to_numpy()[rows]] = True
    return member


def _choices(known: npt.ArrayLike) -> str:
    refs = [str(ref) for ref in np.asarray(known)]
    shown = ", ".join(refs[:10])
    return f"it has {shown}{' and others' if len(refs) > 10 else ''}" if refs else "it has none yet"
