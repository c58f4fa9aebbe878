"""Connections to the store's database, SQLite or PostgreSQL, made to behave alike."""

from pathlib import Path
from typing import Any, Final

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError

from offendermgmt.store.errors import StoreUnreachable

WRITES: Final = "offendermgmt_writes"
READS: Final = "offendermgmt_reads"
_POSTGRESQL_NAMES: Final = {"postgres", "postgresql", "postgresql+psycopg"}
_SQLITE_NAMES: Final = {"sqlite", "sqlite+pysqlite"}
_HOW: Final = "Set OFFENDERMGMT_DATABASE_URL to sqlite:///FILE or postgresql://USER@HOST/DATABASE."


def parsed(address: str) -> URL:
    """The database address with its driver named and a file's path made absolute.

    Raises StoreUnreachable for an address that names neither an SQLite file nor a PostgreSQL database.
    """
    try:
        url = make_url(address)
    except (ArgumentError, ValueError) as error:
        raise StoreUnreachable(f"The store's address cannot be read. {_HOW}") from error
    if url.drivername in _POSTGRESQL_NAMES:
        return url.set(drivername="postgresql+psycopg")
    if url.drivername not in _SQLITE_NAMES:
        raise StoreUnreachable(f"The store cannot be kept in {url.drivername}. {_HOW}")
    if not url.database or url.database == ":memory:":
        raise StoreUnreachable(f"The store must be a file to outlive the program. {_HOW}")
    if url.database.startswith("file:"):
        return url.set(drivername="sqlite")
    return url.set(drivername="sqlite", database=str(Path(url.database).expanduser().absolute()))


def place_of(url: URL) -> str:
    """How a sentence names the store: the file, or database and server; never user or password."""
    if url.drivername == "sqlite":
        return f"the store {url.database}"
    server = url.host or url.query.get("host") or "this machine"
    return f"the store {url.database} on {server}"


def connected(url: URL, patience: float) -> Engine:
    """An engine for `url` whose writers wait `patience` seconds for one another."""
    if url.drivername == "sqlite":
        return _sqlite(url, patience)
    return create_engine(
        url,
        pool_pre_ping=True,
        pool_size=5,
        max_overflow=10,
        pool_timeout=10,
        pool_recycle=1800,
        connect_args={"connect_timeout": 5, "options": "-c timezone=UTC", "application_name": "offendermgmt"},
    )


def _sqlite(url: URL, patience: float) -> Engine:
    engine = create_engine(url, connect_args={"timeout": patience})
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    # Transactions are begun below: the driver's own way begins none before DDL or SELECT.
    connection.isolation_level = None
    connection.execute("PRAGMA journal_mode = WAL")
    # FULL: a committed write survives the power failing; NORMAL could lose the last audit records.
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA cache_size = -65536")


def _begin_sqlite(connection: Connection) -> None:
    options = connection.get_execution_options()
    connection.exec_driver_sql(f"PRAGMA query_only = {'ON' if options.get(READS) else 'OFF'}")
    # A writer takes its lock at once: one that reads first could find at its first write that it must start again.
    connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get(WRITES) else "BEGIN")
