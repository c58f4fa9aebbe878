"""Saved scenarios of POLIT's demand, kept in versions."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row

from offendermgmt.store.store import Store
from offendermgmt.store.tables.ledger import DemandScenario
from offendermgmt.store.versions import Outdated, append_version, versions
from offendermgmt.store.work import UnitOfWork


class ScenarioChanged(Outdated):
    """Somebody else changed or removed the scenario meanwhile."""


def scenario_versions(store: Store, force_ref: str) -> Sequence[Row[Any]]:
    """Every version of every scenario, with the columns of `demand_scenarios`, in order of scenario and version."""
    return versions(store, DemandScenario, force_ref)


def append_scenario(
    work: UnitOfWork, scenario_ref: str, after: int, *, name: str, document: str, is_void: bool = False
) -> None:
    """Add the version that follows `after` (0 = a new scenario); ScenarioChanged if that is not the newest."""
    outdated = ScenarioChanged(
        f"Somebody else changed the scenario {name!r} meanwhile. Nothing of yours was saved: reload the page, "
        "look at what stands now, and change it again if need be."
    )
    append_version(work, DemandScenario, scenario_ref, after, outdated, is_void=is_void, name=name, document=document)
