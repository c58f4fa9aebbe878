"""The store: where facts are kept, read and written."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from copy import copy
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, Self

from sqlalchemy import Connection, Engine, select, text
from sqlalchemy.dialects import postgresql, sqlite

from offendermgmt.store import migration
from offendermgmt.store.engine import READS, WRITES, connected, parsed, place_of
from offendermgmt.store.errors import StoreNotReady, StoreReadOnly, explaining
from offendermgmt.store.tables.ledger import Force, StoreRevision
from offendermgmt.store.work import UnitOfWork, begin, record_audit

_READING: Final[Mapping[str, Mapping[str, Any]]] = {
    "sqlite": {READS: True},
    "postgresql": {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True},
}
# What tells the moment (aware) at which a write begins.
Clock = Callable[[], datetime]


def _machine_time() -> datetime:
    return datetime.now(UTC)


class Store:
    """One store by its address: an SQLite file or a PostgreSQL database.

    A writer waits `patience` seconds for another one to finish. Every method raises StoreUnavailable with a sentence
    for people where the database cannot do its part. Close it, or use it in a `with`, to let its connections go.
    """

    def __init__(self, address: str, *, patience: float = 5.0) -> None:
        self.url = parsed(address)
        self.place = place_of(self.url)
        self.patience = patience
        self.engine: Engine = connected(self.url, patience)
        self._newest = migration.newest_migration()
        self._was_ready = False
        self._clock: Clock = _machine_time

    def dated(self, clock: Clock) -> "Store":
        """The same store for writes that are recorded at another moment: of made-up forces, whose past is told at once.

        Audit records keep the machine's own time. It ends with the store it is of.
        """
        dated = copy(self)
        dated._clock = clock
        return dated

    def now(self) -> datetime:
        """The moment at which a write that begins now is recorded."""
        return self._clock()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of every connection."""
        self.engine.dispose()

    def initialise(self, force_ref: str) -> None:
        """Create the store or bring it to this program's migration, and make the force known; again changes nothing."""
        self.upgrade()
        with self._transaction() as connection:
            moment = datetime.now(UTC)
            self._insert_once(connection, Force.__table__, force_ref=force_ref, created_at=moment)
            self._insert_once(connection, StoreRevision.__table__, force_ref=force_ref, revision=0, last_recording_id=0)

    def upgrade(self) -> None:
        """Create the tables, or bring them to this program's migration."""
        self._make_folder()
        with explaining(self.place):
            migration.move(self.engine, "head")

    def downgrade(self) -> None:
        """Take every table away, with all that is in them: for tests of the migrations."""
        self._was_ready = False
        with explaining(self.place):
            migration.move(self.engine, "base")

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection that sees one unchanging state of the store for as long as it is held, and cannot write."""
        self._must_exist()
        with (
            explaining(self.place),
            self.engine.connect().execution_options(**_READING[self.engine.dialect.name]) as connection,
            connection.begin(),
        ):
            self._must_be_ready(connection)
            yield connection

    @contextmanager
    def write(self, force_ref: str, *, user: str, source: str = "") -> Iterator[UnitOfWork]:
        """One write by `user`: committed whole when the block ends, undone when it raises.

        Moves the force's revision by one. Raises StoreBusy if another writer does not finish within `patience`.
        """
        with self._transaction() as connection:
            self._lock(connection, force_ref)
            work = begin(connection, force_ref, user, source, self._clock())
            yield work
            work.finish()

    def audit(
        self,
        force_ref: str,
        *,
        user: str,
        action: str,
        subject_kind: str | None = None,
        subject_ref: str | None = None,
        details: Mapping[str, Any] | None = None,
    ) -> None:
        """Record a look or a disclosure: a write of its own that leaves the revision where it is."""
        with self._transaction() as connection:
            revision = revision_of(connection, force_ref)
            record_audit(connection, force_ref, user, revision, action, subject_kind, subject_ref, details)

    def revision(self, force_ref: str) -> int:
        """The force's revision: how many writes there have been; 0 for a force that the store does not know."""
        with self.read() as connection:
            return revision_of(connection, force_ref)

    @property
    def _is_postgresql(self) -> bool:
        return self.engine.dialect.name == "postgresql"

    @contextmanager
    def _transaction(self) -> Iterator[Connection]:
        self._must_exist()
        with (
            explaining(self.place),
            self.engine.connect().execution_options(**{WRITES: True}) as connection,
            connection.begin(),
        ):
            self._must_be_ready(connection)
            yield connection

    def _lock(self, connection: Connection, force_ref: str) -> None:
        # SQLite's BEGIN IMMEDIATE is the lock there, one for all forces.
        if not self._is_postgresql:
            return
        connection.execute(text(f"SET LOCAL lock_timeout = '{int(self.patience * 1000)}ms'"))
        connection.execute(
            text("SELECT pg_advisory_xact_lock(hashtextextended(:name, 0))"), {"name": f"offendermgmt {force_ref}"}
        )
        connection.execute(text("SET LOCAL lock_timeout = DEFAULT"))

    def _insert_once(self, connection: Connection, table: Any, **values: Any) -> None:
        insert = postgresql.insert if self._is_postgresql else sqlite.insert
        connection.execute(insert(table).values(values).on_conflict_do_nothing())

    def _make_folder(self) -> None:
        if self._file is None:
            return
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreReadOnly(f"The folder {self._file.parent} cannot be made: {error.strerror}.") from error

    @property
    def _file(self) -> Path | None:
        if self._is_postgresql or self.url.database is None or self.url.database.startswith("file:"):
            return None
        return Path(self.url.database)

    def _must_exist(self) -> None:
        # Connecting would make an empty file, and the mistake in the address would show elsewhere.
        if self._file is not None and not self._file.exists():
            raise StoreNotReady(f"There is no store at {self._file}. Run `offendermgmt init`.")

    def _must_be_ready(self, connection: Connection) -> None:
        # A store that was ready once has the table of migrations, and need not be asked for it.
        if self._was_ready and migration.recorded_migration(connection) == self._newest:
            return
        current = migration.current_migration(connection)
        self._was_ready = current == self._newest
        if self._was_ready:
            return
        if current is None:
            raise StoreNotReady(f"T{self.place[1:]} has not been initialised. Run `offendermgmt init`.")
        if not migration.is_known(current):
            raise StoreNotReady(migration.newer(current))
        behind = f"T{self.place[1:]} is at migration {current} and this version needs {self._newest}."
        raise StoreNotReady(f"{behind} Run `offendermgmt init`.")


def revision_of(connection: Connection, force_ref: str) -> int:
    """The force's revision in the state that the connection sees; 0 for a force that the store does not know."""
    row = connection.execute(select(StoreRevision.revision).where(StoreRevision.force_ref == force_ref))
    return row.scalar_one_or_none() or 0
