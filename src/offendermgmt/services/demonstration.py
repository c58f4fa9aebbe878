"""Who one can be in a demonstration: a viewer of each role over the synthetic force."""

import numpy as np
import pandas as pd

from offendermgmt.domain.polit import CLOSED
from offendermgmt.domain.segments import Flags
from offendermgmt.domain.vocabulary import Unit
from offendermgmt.services.access import ROLE_TITLES, Role, Viewer
from offendermgmt.services.snapshot import Snapshot


def demo_viewers(snapshot: Snapshot) -> list[Viewer]:
    """A viewer of each role; officer and investigator hold most of their unit's cases, the supervisor leads a team.

    Supervisor, DI and DCI are officers of the force with that rank, where it has one.
    """
    offenders, cases = snapshot.timeline.segments, snapshot.cases.segments
    officer_ref, team_ref = _busiest(snapshot, offenders, np.ones(len(offenders), dtype=bool))
    investigator_ref, _ = _busiest(snapshot, cases, cases["stage"].to_numpy() != CLOSED)

    def viewer(role: Role) -> Viewer:
        name = f"Demonstration: {ROLE_TITLES[role]}"
        match role:
            case Role.OFFICER:
                return Viewer(name, role, officer_ref=officer_ref, units=(Unit.MOSOVO,))
            case Role.INVESTIGATOR:
                return Viewer(name, role, officer_ref=investigator_ref, units=(Unit.POLIT,))
            case Role.SUPERVISOR:
                teams = (team_ref,) if team_ref else ()
                own = _of_rank(snapshot, "DS", team_ref)
                return Viewer(name, role, officer_ref=own, team_refs=teams, units=(Unit.MOSOVO,))
            case Role.DI | Role.DCI:
                return Viewer(name, role, officer_ref=_of_rank(snapshot, role.upper()))
            case _:
                return Viewer(name, role)

    return [viewer(role) for role in Role]


def _of_rank(snapshot: Snapshot, rank: str, team_ref: str | None = None) -> str | None:
    officers = snapshot.facts.tables["officers"]
    fitting = officers["is_supervisor"] & (officers["rank"] == rank) & officers["to_on"].isna()
    if team_ref is not None:
        fitting &= officers["team_ref"] == team_ref
    refs = officers.loc[fitting.to_numpy(), "officer_ref"]
    return None if refs.empty else min(map(str, refs))


def _busiest(snapshot: Snapshot, segments: pd.DataFrame, counted: Flags) -> tuple[str | None, str | None]:
    """Who holds most in the segments counted on the last day that anything in them changed, and their team."""
    officer, start = segments["officer"].to_numpy(), segments["start"].to_numpy()
    held = counted & (officer >= 0)
    if not held.any():
        return None, None
    last = start[held].max()
    now = held & (start <= last) & (segments["end"].to_numpy() > last)
    code = int(np.bincount(officer[now]).argmax())
    team = int(snapshot.team_of_officer[code])
    registers = snapshot.facts.registers
    return str(registers["officer"][code]), str(registers["team"][team]) if team >= 0 else None
