"""What was written is read as the domain's frames, at once or in pieces."""

import pandas as pd
import pytest

from offendermgmt.domain.facts import COLUMNS, RECORDED, REGISTERS, Recordings
from offendermgmt.store import Store
from offendermgmt.store.frames import extend_recordings
from offendermgmt.store.recordings import read_recordings, renew_recordings
from tests.store.facts import FACTS, MORE, PEOPLE, write


def assert_same(left: Recordings, right: Recordings) -> None:
    for register in REGISTERS:
        pd.testing.assert_index_equal(left.registers[register], right.registers[register], exact=True)
    for table in COLUMNS:
        pd.testing.assert_frame_equal(left.tables[table], right.tables[table])


def test_every_frame_has_the_domains_columns_in_order(store: Store) -> None:
    write(store, PEOPLE, FACTS)
    recordings, revision = read_recordings(store, "FEN")
    assert {name: list(frame) for name, frame in recordings.tables.items()} == {
        name: [*columns, *RECORDED] for name, columns in COLUMNS.items()
    }
    assert revision == 1


def test_frames_without_rows_have_the_dtypes_of_frames_with_rows(store: Store) -> None:
    none, _ = read_recordings(store, "FEN")
    write(store, PEOPLE, FACTS)
    some, _ = read_recordings(store, "FEN")
    for table in COLUMNS:
        kinds = [[dtype.kind for dtype in recordings.tables[table].dtypes] for recordings in (none, some)]
        assert kinds[0] == kinds[1]


def test_registers_list_references_in_order_of_first_appearance(store: Store) -> None:
    write(store, PEOPLE)
    write(store, MORE, {"offenders": PEOPLE["offenders"]})
    recordings, _ = read_recordings(store, "FEN")
    assert list(recordings.registers["offender"]) == ["V2", "V1", "V0"]
    assert list(recordings.tables["offenders"]["offender_ref"].cat.codes) == [0, 1, 2, 0, 1]


def test_a_visit_comes_back_as_it_was_recorded(store: Store) -> None:
    write(store, PEOPLE, FACTS)
    visits = read_recordings(store, "FEN")[0].tables["visits"]
    first, second = visits.to_dict("records")
    assert first["visited_at"] == pd.Timestamp("2025-06-01 23:30:00.000007")
    assert first["visited_on"] == pd.Timestamp("2025-06-02")
    assert (first["officer_refs"], first["has_lone_reason"], first["announced"]) == ("7A;0042", False, False)
    assert (second["lone_authorised_by"], second["has_lone_reason"], second["outcome"]) == ("7A", True, "no_reply")


def test_days_moments_and_flags_have_the_domains_dtypes(store: Store) -> None:
    write(store, PEOPLE, FACTS)
    tables = read_recordings(store, "FEN")[0].tables
    assert [str(tables["officers"][name].dtype) for name in ("from_on", "to_on", "recorded_at", "is_void", "fte")] == [
        "datetime64[s]",
        "datetime64[s]",
        "datetime64[us]",
        "bool",
        "float64",
    ]
    assert list(tables["risk_assessments"]["is_void"]) == [False, True]
    assert list(tables["officers"]["team_ref"].isna()) == [False, True]


def test_newer_recordings_put_after_older_ones_equal_reading_all_again(store: Store) -> None:
    write(store, PEOPLE, FACTS)
    old, _ = read_recordings(store, "FEN")
    write(store, MORE)
    newer, revision = read_recordings(store, "FEN", newer_than=old)
    everything, _ = read_recordings(store, "FEN")
    assert_same(extend_recordings(old, newer), everything)
    assert (len(newer.tables["visits"]), revision) == (2, 2)


def test_recordings_can_grow_from_an_empty_store(store: Store) -> None:
    old, _ = renew_recordings(store, "FEN", None)
    write(store, PEOPLE, FACTS, MORE)
    renewed, _ = renew_recordings(store, "FEN", old)
    assert_same(renewed, read_recordings(store, "FEN")[0])


def test_extending_leaves_the_older_recordings_as_they_were(store: Store) -> None:
    write(store, PEOPLE, FACTS)
    old, _ = read_recordings(store, "FEN")
    write(store, MORE)
    renew_recordings(store, "FEN", old)
    assert (len(old.tables["visits"]), len(old.registers["offender"])) == (2, 2)


def test_recordings_of_different_stores_cannot_be_put_together(store: Store) -> None:
    none, _ = read_recordings(store, "FEN")
    write(store, PEOPLE)
    some, _ = read_recordings(store, "FEN")
    with pytest.raises(ValueError, match="does not begin with the older one"):
        extend_recordings(some, none)


def test_forces_in_one_store_do_not_see_one_another(store: Store) -> None:
    store.initialise("WOL")
    write(store, PEOPLE, FACTS)
    other, revision = read_recordings(store, "WOL")
    assert revision == 0
    assert all(frame.empty for frame in other.tables.values())
    assert len(other.registers["offender"]) == 0


def test_a_visit_said_to_be_unannounced_is_told_from_one_that_says_nothing(store: Store) -> None:
    write(store, PEOPLE, {"visits": {**FACTS["visits"], "announced": [False, None]}})
    visits = read_recordings(store, "FEN")[0].tables["visits"]
    assert list(visits["announced"]) == [False, False]
    assert list(visits["has_announced"]) == [True, False]
