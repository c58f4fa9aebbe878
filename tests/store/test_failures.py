"""What is wrong with the store is said in a sentence, and never with a password."""

import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import event

from offendermgmt.store import (
    Store,
    StoreBusy,
    StoreDamaged,
    StoreFull,
    StoreNotReady,
    StoreReadOnly,
    StoreUnavailable,
    StoreUnreachable,
)
from tests.store.facts import FACTS, PEOPLE, write


@pytest.fixture
def file(sqlite_template: Path, tmp_path: Path) -> Path:
    path = tmp_path / "store.db"
    path.write_bytes(sqlite_template.read_bytes())
    return path


def test_a_missing_file_asks_for_init_and_is_not_made(tmp_path: Path) -> None:
    with Store(f"sqlite:///{tmp_path / 'none.db'}") as store, pytest.raises(StoreNotReady, match="offendermgmt init"):
        store.revision("FEN")
    assert not (tmp_path / "none.db").exists()


def test_a_file_that_is_no_database_is_told(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("not a database, but long enough to look like one" * 100)
    with Store(f"sqlite:///{path}") as store, pytest.raises(StoreDamaged, match=r"notes\.txt is no database"):
        store.revision("FEN")


def test_a_file_opened_read_only_can_be_read_and_not_written(file: Path) -> None:
    with Store(f"sqlite:///file:{file}?mode=ro&uri=true") as store:
        assert store.revision("FEN") == 0
        with pytest.raises(StoreReadOnly, match="cannot be written to"), store.write("FEN", user="tester"):
            pass


def test_a_full_disk_leaves_the_store_as_it_was(file: Path) -> None:
    with Store(f"sqlite:///{file}") as store:
        write(store, PEOPLE)

        @event.listens_for(store.engine, "connect")
        def leave_no_room(connection: sqlite3.Connection, _: object) -> None:
            connection.execute("PRAGMA max_page_count = 1")

        store.engine.dispose()
        with pytest.raises(StoreFull, match="no room left"):
            write(store, *[FACTS] * 300)
        assert store.revision("FEN") == 1


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with (
        Store(f"sqlite:///{tmp_path / 'file' / 'store.db'}") as store,
        pytest.raises(StoreReadOnly, match="cannot be made"),
    ):
        store.initialise("FEN")


def test_a_folder_in_the_files_place_is_told(tmp_path: Path) -> None:
    with Store(f"sqlite:///{tmp_path}") as store, pytest.raises(StoreUnreachable, match="cannot be opened"):
        store.revision("FEN")


def test_another_programs_lock_is_told(file: Path) -> None:
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with (
        Store(f"sqlite:///{file}", patience=0.1) as store,
        pytest.raises(StoreBusy, match="Somebody else is writing"),
        store.write("FEN", user="tester"),
    ):
        pass
    other.close()


def test_a_server_that_does_not_answer_is_told_without_the_password() -> None:
    with (
        Store("postgresql://me:hunter2@127.0.0.1:1/risk") as store,
        pytest.raises(StoreUnreachable, match=r"store risk on 127\.0\.0\.1 cannot be reached") as told,
    ):
        store.revision("FEN")
    assert "hunter2" not in str(told.value)


@pytest.mark.parametrize(
    "address", ["mysql://me:hunter2@host/risk", "sqlite://", "hunter2", "postgres://me:hunter2@h:x/"]
)
def test_an_address_that_names_no_store_is_told_without_the_password(address: str) -> None:
    with pytest.raises(StoreUnavailable, match="Set OFFENDERMGMT_DATABASE_URL") as told:
        Store(address)
    assert "hunter2" not in str(told.value)


def test_a_database_with_no_tables_asks_for_init(empty_address: str, tmp_path: Path) -> None:
    (tmp_path / "store.db").touch()
    with Store(empty_address) as store, pytest.raises(StoreNotReady, match="not been initialised"):
        store.revision("FEN")


def test_a_reader_cannot_write(store: Store) -> None:
    with pytest.raises(StoreReadOnly, match="cannot be written to"), store.read() as connection:
        connection.exec_driver_sql("DELETE FROM forces")
