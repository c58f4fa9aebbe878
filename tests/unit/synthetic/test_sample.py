"""The committed sample is what the code makes, and small."""

from pathlib import Path

import pytest

from offendermgmt.intake.contract import TABLES
from offendermgmt.synthetic import write_extract
from offendermgmt.synthetic.sample import sample

FOLDER = Path(__file__).parents[3] / "sample_data"


@pytest.fixture(scope="module")
def made_anew(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sample")
    write_extract(sample(), folder)
    return folder


@pytest.mark.parametrize("table", TABLES)
def test_each_committed_table_is_what_the_code_makes(made_anew: Path, table: str) -> None:
    committed = (FOLDER / f"{table}.csv").read_text(encoding="utf-8")
    assert committed == (made_anew / f"{table}.csv").read_text(encoding="utf-8")


def test_the_sample_is_small() -> None:
    sizes = [file.stat().st_size for file in FOLDER.glob("*.csv")]
    assert max(sizes) < 400_000
    assert sum(sizes) < 1_000_000
