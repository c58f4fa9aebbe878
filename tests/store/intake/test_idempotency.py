"""Loading twice is loading once, whatever was loaded (D4)."""

import shutil
import zipfile
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from offendermgmt.intake.loading import load
from offendermgmt.store import Store
from tests.databases import FORCE
from tests.store.intake.asking import everything, loaded, rows
from tests.unit.intake.extracts import NOW, PEOPLE, VISITS, write_extract

LINES = st.lists(
    st.tuples(
        st.sampled_from("AB"),
        st.sampled_from(["completed", "moved", "wrong"]),
        st.sampled_from(["", "2025-06-02T09:00Z", "2025-06-03T09:00Z", "2025-06-03T10:00+01:00"]),
        st.sampled_from(["", "true"]),
    ),
    max_size=8,
)


def visits(lines: list[tuple[str, str, str, str]]) -> str:
    rows_ = (f"{ref},V1,2025-06-01T10:00Z,{word},0042,{at},{void}\n" for ref, word, at, void in lines)
    return VISITS + "".join(rows_)


@pytest.fixture(scope="module")
def with_people(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store that knows the usual people: what each example begins with."""
    folder = tmp_path_factory.mktemp("people")
    with Store(f"sqlite:///{shutil.copy(sqlite_template, folder / 'store.db')}") as store:
        loaded(store, folder / "people")
    return folder / "store.db"


@settings(max_examples=60)
@given(first=LINES, second=LINES)
def test_loading_twice_is_loading_once(
    with_people: Path, first: list[tuple[str, str, str, str]], second: list[tuple[str, str, str, str]]
) -> None:
    with TemporaryDirectory() as folder:
        file = shutil.copy(with_people, Path(folder) / "store.db")
        with Store(f"sqlite:///{file}") as store:
            loaded(store, Path(folder) / "first", people=False, visits=visits(first))
            loaded(store, Path(folder) / "second", people=False, visits=visits(second), now=NOW + timedelta(hours=1))
            before = everything(store)
            loaded(store, Path(folder) / "second", people=False, visits=visits(second), now=NOW + timedelta(hours=2))
            assert everything(store) == before


@settings(max_examples=40)
@given(lines=LINES)
def test_the_last_line_of_a_key_without_recorded_at_stands(
    with_people: Path, lines: list[tuple[str, str, str, str]]
) -> None:
    undated = [line for line in lines if line[1] != "wrong" and not line[2]]
    with TemporaryDirectory() as folder:
        file = shutil.copy(with_people, Path(folder) / "store.db")
        with Store(f"sqlite:///{file}") as store:
            loaded(store, Path(folder) / "extract", people=False, visits=visits(undated))
            stands = {ref: (word, void) for ref, word, void in rows(store, "visits", "visit_ref", "outcome", "is_void")}
    assert stands == {ref: (word, void == "true") for ref, word, _, void in undated}


@pytest.mark.parametrize("backwards", [False, True])
def test_the_order_of_files_does_not_matter(store: Store, tmp_path: Path, backwards: bool) -> None:
    tables = {**PEOPLE, "visits": visits([("A", "moved", "", "")])}
    path = tmp_path / "extract.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name in sorted(tables, reverse=backwards):
            archive.writestr(f"{name}.csv", tables[name])
    assert load(store, FORCE, path, now=NOW, user="tester").refusals == []


def test_tables_loaded_one_by_one_give_what_they_give_together(sqlite_template: Path, tmp_path: Path) -> None:
    kept = []
    tables = {**PEOPLE, "visits": visits([("A", "moved", "", ""), ("B", "completed", "", "")])}
    for name, parts in {"together": [tables], "apart": [{table: text} for table, text in tables.items()]}.items():
        with Store(f"sqlite:///{shutil.copy(sqlite_template, tmp_path / f'{name}.db')}") as store:
            for number, part in enumerate(parts):
                load(store, FORCE, write_extract(tmp_path / f"{name}{number}", **part), now=NOW, user="tester")
            kept.append(everything(store))
    assert kept[0] == kept[1]
