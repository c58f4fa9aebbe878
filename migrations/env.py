"""Alembic's entry: over the connection it is handed, else over the store that OFFENDERMGMT_DATABASE_URL names."""

from alembic import context
from sqlalchemy import Connection

from offendermgmt.settings import Settings
from offendermgmt.store.engine import WRITES, connected, parsed
from offendermgmt.store.tables import metadata


def migrate(connection: Connection) -> None:
    context.configure(
        connection=connection, target_metadata=metadata, render_as_batch=connection.dialect.name == "sqlite"
    )
    with context.begin_transaction():
        context.run_migrations()


if context.is_offline_mode():
    raise SystemExit("Migrations need a connection to the store; offline SQL is not made.")
given: Connection | None = context.config.attributes.get("connection")
if given is not None:
    migrate(given)
else:
    engine = connected(parsed(Settings().database_url), patience=5)
    with engine.connect().execution_options(**{WRITES: True}) as connection, connection.begin():
        migrate(connection)
    engine.dispose()
