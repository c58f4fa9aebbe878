"""Dated events marked on trends, kept in versions."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Row

from offendermgmt.domain.vocabulary import TrendEventKind
from offendermgmt.store.store import Store
from offendermgmt.store.tables.ledger import TrendEvent
from offendermgmt.store.versions import Outdated, append_version, versions
from offendermgmt.store.work import UnitOfWork


class TrendEventChanged(Outdated):
    """Somebody else corrected or removed the event meanwhile."""


def trend_event_versions(store: Store, force_ref: str) -> Sequence[Row[Any]]:
    """Every version of every event, with the columns of `trend_events`, in order of event and version."""
    return versions(store, TrendEvent, force_ref)


def append_trend_event(
    work: UnitOfWork,
    event_ref: str,
    after: int,
    *,
    on: date,
    kind: TrendEventKind,
    title: str,
    note: str,
    is_void: bool = False,
) -> None:
    """Add the version that follows `after` (0 = a new event); TrendEventChanged if that is not the newest."""
    outdated = TrendEventChanged(
        f"Somebody else changed the event {title!r} meanwhile. Nothing of yours was saved: reload the page, "
        "look at what stands now, and change it again if need be."
    )
    said = {"on": on, "kind": str(kind), "title": title, "note": note}
    append_version(work, TrendEvent, event_ref, after, outdated, is_void=is_void, **said)
