"""What every test shares."""

import os
import shutil
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from offendermgmt.store import Store
from tests.databases import FORCE, postgresql_database, postgresql_server

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
    with postgresql_database(request.getfixturevalue("server"), name, initialised=False) as address:
        yield address


@pytest.fixture(params=["sqlite", "postgresql"])
def store_address(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a store that knows the force FEN and no facts, on SQLite and on PostgreSQL."""
    if request.param == "sqlite":
        template = request.getfixturevalue("sqlite_template")
        yield f"sqlite:///{shutil.copy(template, tmp_path / 'store.db')}"
        return
    name = f"store_{uuid.uuid4().hex}"
    with postgresql_database(request.getfixturevalue("server"), name, initialised=True) as address:
        yield address


@pytest.fixture
def store(store_address: str) -> Iterator[Store]:
    """A store that knows the force FEN and no facts, on SQLite and on PostgreSQL."""
    # A test that means a writer to give up says how soon: a slow machine must not decide which of two is refused.
    with Store(store_address, patience=_PATIENCE) as opened:
        yield opened
