"""The synthetic force has the data contract's form, repeats by seed, and loads with nothing refused."""

from datetime import UTC, date, datetime
from pathlib import Path

import pandas as pd
import pytest

from offendermgmt.intake.contract import TABLES
from offendermgmt.intake.loading import load
from offendermgmt.store import Store
from offendermgmt.synthetic import events, fenshire, write_extract
from tests.unit.synthetic.counting import ENDS_ON, force

SMALL = {"ends_on": date(2025, 3, 30), "years": 2, "offenders": 60}


@pytest.mark.parametrize("table", TABLES)
def test_each_table_has_the_columns_of_the_contract(table: str) -> None:
    assert list(force()[table].columns) == list(TABLES[table].model_fields)


def test_the_same_seed_gives_the_same_force() -> None:
    first, again = fenshire(seed=3, **SMALL), fenshire(seed=3, **SMALL)
    assert all(first[table].equals(again[table]) for table in TABLES)


def test_another_seed_gives_another_force() -> None:
    assert not fenshire(seed=3, **SMALL)["visits"].equals(fenshire(seed=4, **SMALL)["visits"])


def test_every_cell_is_text() -> None:
    assert {str(kind) for table in force().values() for kind in table.dtypes} == {"str"}
    assert not any(table.isna().any(axis=None) for table in force().values())


@pytest.mark.parametrize("ends_on", [date(2024, 2, 29), date(2025, 3, 30), date(2026, 10, 31)])
def test_no_row_is_refused(tmp_path: Path, ends_on: date) -> None:
    write_extract(fenshire(seed=8, ends_on=ends_on, offenders=120), tmp_path / "extract")
    with Store(f"sqlite:///{tmp_path / 'store.db'}") as store:
        store.initialise("FEN")
        midnight = datetime(ends_on.year, ends_on.month, ends_on.day, 23, 59, 59, tzinfo=UTC)
        done = load(store, "FEN", tmp_path / "extract", now=midnight, user="test")
    assert done.refusals == []
    assert done.notices == []


def test_nothing_is_recorded_after_the_time_given() -> None:
    morning = datetime(2025, 3, 30, 9, 15, tzinfo=UTC)
    made = fenshire(seed=3, recorded_until=morning, **SMALL)
    newest = max(table["recorded_at"].max() for table in made.values() if "recorded_at" in table)
    assert newest <= "2025-03-30T10:15:00"
    assert made["visits"]["visited_at"].max() <= newest


def test_a_recording_never_precedes_its_visit() -> None:
    made = force()["visits"]
    assert (pd.to_datetime(made["recorded_at"]) > pd.to_datetime(made["visited_at"])).all()


def test_no_time_falls_in_the_small_hours_when_clocks_change() -> None:
    hours = pd.concat([force()["visits"][name] for name in ("visited_at", "lone_authorised_at", "recorded_at")])
    assert hours[hours != ""].str[11:13].astype(int).between(6, 23).all()


def test_a_recording_time_on_another_day_is_an_error() -> None:
    with pytest.raises(ValueError, match="give a time on that day"):
        fenshire(seed=3, recorded_until=datetime(2025, 3, 29, 9, 0, tzinfo=UTC), **SMALL)


def test_a_force_too_small_for_its_teams_is_an_error() -> None:
    with pytest.raises(ValueError, match="20 offenders a team"):
        fenshire(seed=3, ends_on=ENDS_ON, offenders=30, teams=2)


def test_the_story_is_dated_within_the_years() -> None:
    told = [event.on for event in events(ENDS_ON)]
    assert told == sorted(told)
    assert date(2024, 11, 15) < told[0] < date(2024, 12, 15)
    assert told[-1] < ENDS_ON


def test_the_extract_is_one_file_a_table(tmp_path: Path) -> None:
    files = write_extract(fenshire(seed=3, **SMALL), tmp_path / "new")
    assert [file.name for file in files] == [f"{table}.csv" for table in TABLES]
    assert pd.read_csv(files[1], dtype=str)["officer_ref"].str.startswith("0").any()
