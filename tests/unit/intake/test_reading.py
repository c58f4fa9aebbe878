import os
import struct
import zipfile
from collections.abc import Iterator
from io import RawIOBase
from pathlib import Path

import pytest

from offendermgmt.intake.csv_file import read_csv
from offendermgmt.intake.reading import read_extract
from offendermgmt.intake.table import LoadRefused, ReadingLimits
from tests.unit.intake.extracts import PEOPLE, read, write_extract

TEAMS = "team_ref,name,unit\n"


def test_a_byte_order_mark_any_order_and_windows_line_ends_are_fine() -> None:
    table = read("teams", b"\xef\xbb\xbfunit,team_ref\r\nMOSOVO,T1\r\n")
    assert table.row(0) == {"team_ref": "T1", "unit": "MOSOVO"}


def test_a_missing_optional_column_is_empty() -> None:
    assert read("teams", "team_ref,unit\nT1,MOSOVO\n").columns["name"].text(0) == ""


def test_an_unknown_column_is_ignored_with_a_notice() -> None:
    table = read("teams", "team_ref,unit,colour\nT1,MOSOVO,red\n")
    assert "colour" not in table.columns
    assert table.notices == ["teams.csv: column 'colour' is not one of teams and was ignored."]


def test_lines_are_counted_as_an_editor_does() -> None:
    table = read("teams", f'{TEAMS}T1,"North\nand east",MOSOVO\n\nT2,South,MOSOVO\n')
    assert table.lines.tolist() == [2, 5]


def test_a_row_that_does_not_fit_the_header_is_refused_alone() -> None:
    table = read("teams", f"{TEAMS}T1,North,MOSOVO\nT2,South,and west,MOSOVO\nT3,East\n")
    assert len(table) == 1
    assert [refusal.line for refusal in table.ragged] == [3, 4]
    assert "4 cells, more than the 3 of the header" in table.ragged[0].reason


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (b"T1,North,MOSOVO\n", "has no header of the table teams"),
        (b"team_ref,name\nT1,North\n", "lacks the required column unit"),
        (b"team_ref,unit,unit\nT1,POLIT,POLIT\n", "has the column unit more than once"),
        (
            b"team_ref,name,unit\nT1,Caf\xe9,MOSOVO\n",
            r"line 2, byte 7 \(0xe9\) is not UTF-8 text. Save it as CSV UTF-8",
        ),
        (b"team_ref,name,unit\nT1,\x00,MOSOVO\n", "line 2, byte 4 is zero: this is not text"),
        ("team_ref,name,unit\n".encode("utf-16"), "is saved as UTF-16"),
        (b"PK\x03\x04\x14\x00", "looks like a workbook or zip"),
        (b'team_ref,name,unit\nT1,"North,MOSOVO\nT2,South,MOSOVO\n', "line 2: a cell is not closed"),
    ],
)
def test_what_is_no_such_table_refuses_the_whole_load(content: bytes, said: str) -> None:
    with pytest.raises(LoadRefused, match=said):
        read("teams", content)


class Endless(RawIOBase):
    """A file of one line of 2 GB; it counts what was asked of it."""

    def __init__(self) -> None:
        self.left, self.given = 2 * 2**30, 0

    def read(self, size: int = -1) -> bytes:
        assert 0 < size <= 2**20, "the whole line was asked for"
        size = min(size, self.left)
        self.left -= size
        self.given += size
        return b"x" * size


def test_a_line_of_2_gb_is_never_read_into_memory() -> None:
    stream = Endless()
    with pytest.raises(LoadRefused, match="line 1 is longer than 1 MiB"):
        read_csv("teams", "teams.csv", stream, ReadingLimits(file_bytes=2**40))  # type: ignore[arg-type]
    assert stream.given <= 4 * 2**20


def test_a_file_over_the_limit_is_refused(tmp_path: Path) -> None:
    write_extract(tmp_path, teams=PEOPLE["teams"] * 100)
    with pytest.raises(LoadRefused, match=r"teams.csv is over the limit of 1000 bytes"):
        read_extract(tmp_path, ReadingLimits(file_bytes=1000))


def test_a_file_that_grows_past_the_limit_while_read_is_refused() -> None:
    with pytest.raises(LoadRefused, match="over the limit"):
        read("teams", PEOPLE["teams"] * 100, file_bytes=1000, line_bytes=500)


def test_a_folder_gives_its_tables_in_order_of_loading_and_names_the_rest(tmp_path: Path) -> None:
    write_extract(tmp_path, **PEOPLE, visist="a,b\n")
    (tmp_path / "notes.txt").write_text("hello", encoding="utf-8")
    extract = read_extract(tmp_path)
    assert [table.name for table in extract.tables] == ["teams", "officers", "offenders"]
    assert extract.notices == [
        "notes.txt is not named after a table and was ignored.",
        "visist.csv is not named after a table and was ignored. Was visits meant?",
    ]


def test_one_csv_file_will_do(tmp_path: Path) -> None:
    write_extract(tmp_path, **PEOPLE)
    assert [len(table) for table in read_extract(tmp_path / "officers.csv").tables] == [2]


@pytest.mark.parametrize("name", ["nothing", "empty", "letter.docx", "other.csv"])
def test_a_path_that_is_no_extract_is_told_what_one_is(tmp_path: Path, name: str) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "letter.docx").write_bytes(b"hello")
    (tmp_path / "other.csv").write_bytes(b"a,b\n")
    with pytest.raises(LoadRefused, match="Give a folder of CSV files"):
        read_extract(tmp_path / name)


def test_a_file_that_may_not_be_read_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_extract(tmp_path, teams=PEOPLE["teams"])

    def denied(path: Path, *_: object) -> Iterator[bytes]:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "open", denied)
    with pytest.raises(LoadRefused, match=r"teams.csv cannot be read: Permission denied"):
        read_extract(tmp_path)


def zipped(path: Path, **files: str) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(f"{name}.csv", text)
    return path


def test_a_zip_holds_the_same_tables(tmp_path: Path) -> None:
    extract = read_extract(zipped(tmp_path / "extract.zip", **PEOPLE))
    assert [len(table) for table in extract.tables] == [1, 2, 2]


@pytest.mark.parametrize("name", ["inner/teams", "../teams"])
def test_a_zip_with_folders_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(LoadRefused, match="Put the tables at its top level"):
        read_extract(zipped(tmp_path / "extract.zip", **{name: PEOPLE["teams"]}))


def test_a_zip_bomb_is_refused_by_what_it_unpacks_to(tmp_path: Path) -> None:
    path = zipped(tmp_path / "extract.zip", teams=TEAMS + "T1,North,MOSOVO\n" * 100_000)
    with pytest.raises(LoadRefused, match=r"teams.csv, unpacked, is over the limit"):
        read_extract(path, ReadingLimits(file_bytes=2**20))


def test_a_zip_that_lies_about_its_size_is_refused(tmp_path: Path) -> None:
    path = zipped(tmp_path / "extract.zip", teams=TEAMS + "T1,North,MOSOVO\n" * 100_000)
    content = bytearray(path.read_bytes())
    place = content.rindex(b"PK\x01\x02")
    struct.pack_into("<I", content, place + 24, 1000)
    path.write_bytes(content)
    with pytest.raises(LoadRefused, match="not a zip that can be read"):
        read_extract(path)


def test_a_broken_zip_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "extract.zip"
    path.write_bytes(os.urandom(500))
    with pytest.raises(LoadRefused, match="not a zip that can be read"):
        read_extract(path)


def test_a_table_may_come_only_once(tmp_path: Path) -> None:
    path = zipped(tmp_path / "extract.zip", teams=PEOPLE["teams"], Teams=PEOPLE["teams"])
    with pytest.raises(LoadRefused, match="teams comes more than once"):
        read_extract(path)
