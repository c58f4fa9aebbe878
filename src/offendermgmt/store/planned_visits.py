"""Planned visits, kept in versions: one entry a plan, from its planning to what became of it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, or_, select

from offendermgmt.domain.vocabulary import PlanState
from offendermgmt.store.store import Store
from offendermgmt.store.tables.daily import PlannedVisit
from offendermgmt.store.versions import Outdated, append_version, newest_version, versions
from offendermgmt.store.work import UnitOfWork


class PlanChanged(Outdated):
    """Somebody else changed, cancelled or carried out the plan meanwhile."""


def plan_versions(store: Store, force_ref: str) -> Sequence[Row[Any]]:
    """Every version of every plan, with the columns of `planned_visits`, in order of plan and version."""
    return versions(store, PlannedVisit, force_ref)


def plans_from(store: Store, force_ref: str, since: datetime, known_at: datetime | None = None) -> Sequence[Row[Any]]:
    """The newest version of each plan for `since` or later, and of every plan of an offender with one still open.

    Newest of those recorded by `known_at`, or of all; in order of time and plan.
    """
    table = PlannedVisit.__table__
    mine = table.c.force_ref == force_ref
    known = mine if known_at is None else mine & (table.c.recorded_at <= known_at)
    newest = (
        select(table.c.plan_ref, func.max(table.c.version).label("version")).where(known).group_by(table.c.plan_ref)
    )
    latest = newest.subquery()
    stands = (table.c.plan_ref == latest.c.plan_ref) & (table.c.version == latest.c.version)
    standing = select(table).join(latest, stands).where(mine).subquery()
    is_open = standing.c.state == str(PlanState.PLANNED)
    waiting = select(standing.c.offender_ref).where(is_open)
    query = select(standing).where(or_(standing.c.planned_at >= since, standing.c.offender_ref.in_(waiting)))
    with store.read() as connection:
        return connection.execute(query.order_by(standing.c.planned_at, standing.c.plan_ref)).all()


def newest_plan(work: UnitOfWork, plan_ref: str) -> Row[Any] | None:
    """The newest version of a plan as the write finds it; None where there is no such plan."""
    return newest_version(work, PlannedVisit, plan_ref)


def append_plan(work: UnitOfWork, plan_ref: str, after: int, **values: Any) -> None:
    """Add the version that follows `after` (0 = a new plan), `values` being its columns.

    PlanChanged if `after` is not the newest.
    """
    outdated = PlanChanged(
        "Somebody else changed this plan meanwhile, or recorded what became of it. Nothing of yours was saved: look at "
        "what stands now, and change it again if need be."
    )
    append_version(work, PlannedVisit, plan_ref, after, outdated, is_void=False, **values)
