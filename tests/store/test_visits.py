"""The free text of visits, read for the rows that are shown."""

from offendermgmt.store import Store
from offendermgmt.store.visits import lone_reasons
from tests.databases import FORCE
from tests.store.facts import FACTS, PEOPLE, write


def test_reasons_are_read_for_the_recordings_asked_for(store: Store) -> None:
    write(store, PEOPLE, FACTS)
    every = range(1, 100)
    assert list(lone_reasons(store, FORCE, every).values()) == ["no one free"]
    (recording_id,) = lone_reasons(store, FORCE, every)
    assert lone_reasons(store, FORCE, [recording_id - 1]) == {}


def test_no_recordings_have_no_reasons(store: Store) -> None:
    assert lone_reasons(store, FORCE, []) == {}


def test_more_recordings_than_fit_one_statement_are_read_in_parts(store: Store) -> None:
    write(store, PEOPLE, FACTS)
    assert list(lone_reasons(store, FORCE, range(-100_000, 100)).values()) == ["no one free"]


def test_another_forces_reasons_are_not_read(store: Store) -> None:
    store.initialise("WOL")
    write(store, PEOPLE, FACTS)
    assert lone_reasons(store, "WOL", range(100)) == {}
