"""What every test shares."""

import os
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from offendermgmt.store import Store
from tests.databases import EMPTY, FORCE, INITIALISED, Copied, postgresql_database, postgresql_server

# Made-up examples are the same on every run, and none fails for being slow on a busy machine.
settings.register_profile(
    "suite", max_examples=50, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck)
)
settings.load_profile("suite")
_PATIENCE = 60.0  # seconds


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """In CI a skipped test fails the run: a missing browser or database must not pass for a green one."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("CI") != "true" or reporter is None:
        return
    skipped = reporter.stats.get("skipped", [])
    if skipped and session.exitstatus == pytest.ExitCode.OK:
        reporter.write_line(f"\nSkipped tests: {len(skipped)}. In CI none may be.", red=True)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.fixture(scope="session")
def server() -> Iterator[Any]:
    """A PostgreSQL server of this test run's own."""
    with postgresql_server() as running:
        yield running


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An initialised SQLite store to copy."""
    path = tmp_path_factory.mktemp("template") / "store.db"
    with Store(f"sqlite:///{path}") as store:
        store.initialise(FORCE)
    return path


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_address(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database with nothing in it, on SQLite and on PostgreSQL."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'store.db'}"
        return
    name = f"empty_{uuid.uuid4().hex}"
    with postgresql_database(request.getfixturevalue("server"), name, EMPTY) as address:
        yield address


@pytest.fixture(params=["sqlite", "postgresql"])
def store_address(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a store that knows the force FEN and no facts, on SQLite and on PostgreSQL."""
    if request.param == "sqlite":
        template = request.getfixturevalue("sqlite_template")
        yield f"sqlite:///{shutil.copy(template, tmp_path / 'store.db')}"
        return
    name = f"store_{uuid.uuid4().hex}"
    with postgresql_database(request.getfixturevalue("server"), name) as address:
        yield address


@pytest.fixture
def store(store_address: str) -> Iterator[Store]:
    """A store that knows the force FEN and no facts, on SQLite and on PostgreSQL."""
    # A test that means a writer to give up says how soon: a slow machine must not decide which of two is refused.
    with Store(store_address, patience=_PATIENCE) as opened:
        yield opened


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def copied(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Copied:
    """A function that copies stores, all on SQLite or all on PostgreSQL.

    `with copied() as store` is one that knows the force FEN and no facts; `with copied(other) as store` is as the
    other is, which nobody may be reading or writing meanwhile. What many tests begin with is made once and copied.
    """
    if request.param == "sqlite":
        initialised, folder = request.getfixturevalue("sqlite_template"), tmp_path_factory.mktemp("copies")
        return lambda other=None: _sqlite_copy(_place(other, initialised), folder / f"{uuid.uuid4().hex}.db")
    server = request.getfixturevalue("server")
    return lambda other=None: _postgresql_copy(server, _place(other, INITIALISED))


def _place(other: Store | None, initialised: Path | str) -> str:
    """The file or the database to copy, once nobody is connected to it and all is in the file."""
    if other is None:
        return str(initialised)
    other.close()
    return str(other.url.database)


@contextmanager
def _sqlite_copy(template: str, path: Path) -> Iterator[Store]:
    shutil.copy(template, path)
    with Store(f"sqlite:///{path}", patience=_PATIENCE) as store:
        yield store
    path.unlink()


@contextmanager
def _postgresql_copy(server: Any, template: str) -> Iterator[Store]:
    name = f"copy_{uuid.uuid4().hex}"
    with postgresql_database(server, name, template) as address, Store(address, patience=_PATIENCE) as store:
        yield store
