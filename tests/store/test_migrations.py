"""Migrations go up and down on both databases, and make what the models say."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, inspect, text

from offendermgmt.store import Store, StoreNotReady
from offendermgmt.store.decisions import decision_versions
from offendermgmt.store.engine import WRITES
from offendermgmt.store.migration import move
from offendermgmt.store.tables import metadata


@pytest.fixture
def empty(empty_address: str) -> Iterator[Store]:
    with Store(empty_address) as store:
        yield store


def tables(store: Store) -> set[str]:
    return set(inspect(store.engine).get_table_names()) - {"alembic_version"}


def structure(engine: Engine) -> dict[str, object]:
    """What the database says of each table, constraints' texts included, which compare_metadata leaves out."""
    seen = inspect(engine)
    return {
        table: (
            [{**column, "type": str(column["type"])} for column in seen.get_columns(table)],
            seen.get_pk_constraint(table),
            sorted(map(str, seen.get_foreign_keys(table))),
            sorted(map(str, seen.get_indexes(table))),
            sorted((check["name"], check["sqltext"]) for check in seen.get_check_constraints(table)),
            seen.get_table_options(table),
        )
        for table in seen.get_table_names()
        if table != "alembic_version"
    }


def test_upgrading_an_empty_database_makes_every_table(empty: Store) -> None:
    empty.upgrade()
    assert tables(empty) == set(metadata.tables)


def test_going_down_leaves_nothing_and_up_again_everything(empty: Store) -> None:
    empty.upgrade()
    empty.downgrade()
    assert tables(empty) == set()
    empty.upgrade()
    assert tables(empty) == set(metadata.tables)


def test_alembic_finds_no_difference_between_models_and_migrations(empty: Store) -> None:
    empty.upgrade()
    with empty.read() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


def test_migrations_and_models_make_the_same_keys_checks_and_indexes(empty: Store) -> None:
    empty.upgrade()
    migrated = structure(empty.engine)
    empty.downgrade()
    metadata.create_all(empty.engine)
    assert migrated == structure(empty.engine)


def test_initialising_again_changes_nothing(store: Store) -> None:
    with store.write("FEN", user="tester"):
        pass
    store.initialise("FEN")
    assert store.revision("FEN") == 1


def test_migrating_needs_no_working_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with Store("sqlite:///var/deep/store.db") as store:
        store.initialise("FEN")
    assert (tmp_path / "var" / "deep" / "store.db").exists()


def test_a_store_at_an_older_migration_says_so(store: Store) -> None:
    with store.engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM alembic_version")
    with pytest.raises(StoreNotReady, match="Run `offendermgmt init`"):
        store.revision("FEN")


def test_a_store_at_a_newer_migration_is_left_alone(store: Store) -> None:
    with store.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = 'from_the_future'")
    with pytest.raises(StoreNotReady, match="Install the newer version"):
        store.revision("FEN")
    with pytest.raises(StoreNotReady, match="Install the newer version"):
        store.upgrade()


def test_failed_migration_leaves_the_database_as_it_was(empty: Store) -> None:
    with empty.engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE visits (stands integer)")
    with pytest.raises(Exception, match="visits"):
        empty.upgrade()
    assert tables(empty) == {"visits"}


def test_decisions_survive_the_migration_that_lets_boards_decide(empty: Store) -> None:
    move(empty.engine, "0006")
    with empty.engine.connect().execution_options(**{WRITES: True}) as connection, connection.begin():
        for statement in (
            "INSERT INTO forces (force_ref, created_at) VALUES ('FEN', '2025-06-01T00:00:00.000000')",
            "INSERT INTO case_identities (force_ref, recording_id, case_ref) VALUES ('FEN', 1, 'C1')",
            "INSERT INTO decisions (force_ref, decision_ref, version, case_ref, kind, decided_on, decided_by, due_on,"
            " reason, state, author, recorded_at) VALUES ('FEN', 'D1', 1, 'C1', 'other', '2025-06-02', 'tester',"
            " '2025-06-09', 'To be seen', 'open', 'tester', '2025-06-02T00:00:00.000000')",
        ):
            connection.execute(text(statement))
    empty.upgrade()
    (row,) = decision_versions(empty, "FEN")
    assert (row.case_ref, row.due_on, row.reason, row.is_void) == ("C1", date(2025, 6, 9), "To be seen", False)
    assert (row.board, row.recorded_at) == (None, datetime(2025, 6, 2, tzinfo=UTC))
