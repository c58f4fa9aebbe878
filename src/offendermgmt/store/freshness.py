"""How fresh the store is: when each table was last loaded, and what waits to be put right."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, func, select

from offendermgmt.store.store import Store, revision_of
from offendermgmt.store.tables.ledger import LoadBatch, RefusedRow

# How the source of a write begins that people made on a page: it says nothing of how fresh an extract is.
SAVED_ON_PAGE: Final = "page: "


@dataclass(frozen=True)
class LastLoad:
    """The newest load in which a table had rows: where from, when finished (UTC), by whom, and how many rows."""

    table: str
    source: str
    finished_at: datetime
    loaded_by: str
    loaded: int
    unchanged: int


@dataclass(frozen=True)
class Freshness:
    """The last load of each table, newest first, and the number of refused rows that are open."""

    revision: int
    loads: tuple[LastLoad, ...]
    open_refused: int

    @property
    def last_loaded_at(self) -> datetime | None:
        """When the newest load finished, None before the first."""
        return self.loads[0].finished_at if self.loads else None


def freshness(store: Store, force_ref: str) -> Freshness:
    """How fresh the force's facts are, in one state of the store."""
    with store.read() as connection:
        waiting = select(func.count()).where(RefusedRow.force_ref == force_ref, RefusedRow.state == "open")
        return Freshness(
            revision_of(connection, force_ref),
            tuple(_last_loads(connection, force_ref)),
            connection.execute(waiting).scalar_one(),
        )


def _last_loads(connection: Connection, force_ref: str) -> list[LastLoad]:
    query = (
        select(LoadBatch.source, LoadBatch.finished_at, LoadBatch.loaded_by, LoadBatch.row_counts)
        .where(LoadBatch.force_ref == force_ref, ~LoadBatch.source.startswith(SAVED_ON_PAGE))
        .order_by(LoadBatch.batch_id.desc())
    )
    newest: dict[str, LastLoad] = {}
    for batch in connection.execute(query):
        for table, counts in batch.row_counts.items():
            loaded, unchanged = counts.get("loaded", 0), counts.get("unchanged", 0)
            if table not in newest and loaded + unchanged:
                newest[table] = LastLoad(table, batch.source, batch.finished_at, batch.loaded_by, loaded, unchanged)
    return list(newest.values())
