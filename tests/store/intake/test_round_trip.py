"""What an extract says is what the domain reads back from the store, loaded whole or in two parts."""

from datetime import UTC, date, datetime
from pathlib import Path

import pandas as pd
import pytest

from offendermgmt.domain.facts import COLUMNS, Facts, known
from offendermgmt.intake.loading import load
from offendermgmt.services.policies import policies
from offendermgmt.services.snapshot import renew, take_snapshot
from offendermgmt.store import Store
from offendermgmt.store.recordings import read_recordings, renew_recordings
from offendermgmt.synthetic import fenshire, write_extract
from tests.databases import FORCE
from tests.tables import recordings

ENDS_ON = date(2025, 3, 30)
NOW = datetime(2025, 3, 31, 9, tzinfo=UTC)


@pytest.fixture(scope="module")
def extract() -> dict[str, pd.DataFrame]:
    return fenshire(seed=5, ends_on=ENDS_ON, years=1, offenders=40)


def first_part(extract: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """What had been recorded by half a year before the end, and everybody in the registers."""
    dated = {name: frame for name, frame in extract.items() if "recorded_at" in frame}
    return {**extract, **{name: frame[frame["recorded_at"] < "2024-10-01"] for name, frame in dated.items()}}


def put(store: Store, folder: Path, tables: dict[str, pd.DataFrame]) -> None:
    write_extract(tables, folder)
    assert load(store, FORCE, folder, now=NOW, user="tester").refusals == []


def texts(facts: Facts) -> dict[str, list[list[str]]]:
    """Each table's facts as text, in one order whatever that of their arrival."""
    return {
        name: sorted(facts.tables[name][list(of)].astype("str").to_numpy().tolist()) for name, of in COLUMNS.items()
    }


def test_the_store_gives_back_what_the_extract_says(
    store: Store, tmp_path: Path, extract: dict[str, pd.DataFrame]
) -> None:
    put(store, tmp_path, extract)
    said = known(recordings({name: frame.to_dict("records") for name, frame in extract.items()}))
    given = texts(known(read_recordings(store, FORCE)[0]))
    assert given == texts(said)
    assert all(given.values())


def test_a_snapshot_renewed_after_a_load_is_the_one_taken_anew(
    store: Store, tmp_path: Path, extract: dict[str, pd.DataFrame]
) -> None:
    put(store, tmp_path / "first", first_part(extract))
    before, _ = read_recordings(store, FORCE)
    put(store, tmp_path / "all", extract)
    after, _ = renew_recordings(store, FORCE, before)
    renewed = renew(take_snapshot(before, policies()), before, after)
    anew = take_snapshot(read_recordings(store, FORCE)[0], policies())
    assert texts(renewed.facts) == texts(anew.facts)
    pd.testing.assert_frame_equal(renewed.cases.segments, anew.cases.segments)
