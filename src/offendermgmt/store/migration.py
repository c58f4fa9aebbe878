"""Bringing a store to the program's migration, and telling whether it is there."""

from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any, Final

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, text

from offendermgmt.store.engine import WRITES
from offendermgmt.store.errors import StoreNotReady

_RECORDED: Final = text("SELECT version_num FROM alembic_version")


def script_location() -> Path:
    """The folder of migrations: packed into an installed package, at the top of a source checkout.

    A wheel carries them as `offendermgmt/_migrations`; a checkout or an editable install has none there.
    """
    packed = Path(str(resources.files("offendermgmt"))) / "_migrations"
    return packed if packed.is_dir() else Path(__file__).parents[3] / "migrations"


def configuration(connection: Connection | None = None) -> Config:
    """Alembic's configuration, independent of the working directory, over `connection` if one is given."""
    config = Config()
    config.set_main_option("script_location", str(script_location()).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


@cache
def newest_migration() -> str:
    """The migration that this program's tables are at, read from its files once."""
    head = ScriptDirectory.from_config(configuration()).get_current_head()
    if head is None:
        raise StoreNotReady(f"No migration was found in {script_location()}; the program is not installed whole.")
    return head


def current_migration(connection: Connection) -> str | None:
    """The migration that the store is at, None before the first."""
    return MigrationContext.configure(connection).get_current_revision()


def recorded_migration(connection: Connection) -> str | None:
    """What `current_migration` says of a store that has been migrated, for a fifth of the time: every reading asks."""
    recorded: str | None = connection.execute(_RECORDED).scalar()
    return recorded


def is_known(migration: str) -> bool:
    """Whether this program has the migration."""
    return migration in {script.revision for script in ScriptDirectory.from_config(configuration()).walk_revisions()}


def move(engine: Engine, target: str) -> None:
    """Migrate up to `target`, or down to it, in one transaction: all of it or nothing."""
    with engine.connect().execution_options(**{WRITES: True}) as connection:
        if engine.dialect.name == "sqlite":
            _without_foreign_keys(connection, target)
        else:
            with connection.begin():
                # Two that start at once would both make the tables; SQLite's writers wait for one another anyway.
                connection.execute(text("SELECT pg_advisory_xact_lock(hashtextextended('offendermgmt migration', 0))"))
                _run(connection, target)


def _run(connection: Connection, target: str) -> None:
    current = current_migration(connection)
    if current is not None and not is_known(current):
        raise StoreNotReady(newer(current))
    if target == "base":
        command.downgrade(configuration(connection), target)
    else:
        command.upgrade(configuration(connection), target)


def _without_foreign_keys(connection: Connection, target: str) -> None:
    """SQLite changes a table by copying and dropping it, and with the keys on, dropping empties what refers to it."""
    raw: Any = connection.connection.driver_connection
    raw.execute("PRAGMA foreign_keys = OFF")
    try:
        with connection.begin():
            _run(connection, target)
            broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
            if broken:
                raise StoreNotReady(f"The migration would leave {len(broken)} rows without what they refer to.")
    finally:
        raw.execute("PRAGMA foreign_keys = ON")


def newer(current: str) -> str:
    """The sentence about a store that a later version of the program has migrated."""
    return f"The store is at migration {current}, which this version does not know. Install the newer version."
