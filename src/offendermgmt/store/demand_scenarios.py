"""Saved scenarios of POLIT's demand: versions are appended, never changed."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, func, insert, select

from offendermgmt.store.errors import StoreError
from offendermgmt.store.store import Store
from offendermgmt.store.tables.ledger import DemandScenario
from offendermgmt.store.work import UnitOfWork


class ScenarioChanged(StoreError):
    """Somebody else changed or removed the scenario meanwhile."""


def scenario_versions(store: Store, force_ref: str) -> Sequence[Row[Any]]:
    """Every version of every scenario, with the columns of `demand_scenarios`, in order of scenario and version."""
    table = DemandScenario.__table__
    query = select(table).where(table.c.force_ref == force_ref).order_by(table.c.scenario_ref, table.c.version)
    with store.read() as connection:
        return connection.execute(query).all()


def append_scenario(
    work: UnitOfWork, scenario_ref: str, after: int, *, name: str, document: str, is_void: bool = False
) -> None:
    """Add the version that follows `after` (0 = a new scenario); ScenarioChanged if that is not the newest."""
    mine = (DemandScenario.force_ref == work.force_ref, DemandScenario.scenario_ref == scenario_ref)
    newest = work.connection.execute(
        select(func.coalesce(func.max(DemandScenario.version), 0)).where(*mine)
    ).scalar_one()
    if newest != after:
        raise ScenarioChanged(
            f"Somebody else changed the scenario {name!r} meanwhile. Nothing of yours was saved: reload the page, "
            "look at what stands now, and change it again if need be."
        )
    work.connection.execute(
        insert(DemandScenario).values(
            force_ref=work.force_ref,
            scenario_ref=scenario_ref,
            version=after + 1,
            name=name,
            document=document,
            author=work.user,
            recorded_at=work.began_at,
            is_void=is_void,
        )
    )
