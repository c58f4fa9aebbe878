"""An extract on disk, whatever its form: a folder, a zip, a workbook or one CSV file."""

import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from offendermgmt.intake.contract import TABLES
from offendermgmt.intake.csv_file import read_csv, too_large
from offendermgmt.intake.gathering import not_a_table, table_named
from offendermgmt.intake.table import LoadRefused, RawTable, ReadingLimits
from offendermgmt.intake.workbook import read_workbook

_HOW = "Give a folder of CSV files named after the tables, a zip of them, a workbook (.xlsx) or one such CSV file."
_DEFAULT = ReadingLimits()


@dataclass(frozen=True)
class Extract:
    """The tables of an extract in order of loading, and what to say of the rest."""

    tables: list[RawTable]
    notices: list[str]


def read_extract(
    path: Path, limits: ReadingLimits = _DEFAULT, on_table: Callable[[str], None] = lambda _: None
) -> Extract:
    """Everything in the extract at `path`; `on_table` hears of each table before it is read.

    Raises LoadRefused if there is no table in it, or a file is no such table or over the limits.
    """
    try:
        tables, notices = _read(path, limits, on_table)
    except OSError as error:
        raise LoadRefused(f"{error.filename or path} cannot be read: {error.strerror or error}.") from error
    if not tables:
        raise LoadRefused(f"{path} holds no table of the data contract. {_HOW} The tables are {', '.join(TABLES)}.")
    _must_be_once(tables)
    order = list(TABLES)
    tables.sort(key=lambda table: order.index(table.name))
    return Extract(tables, [*notices, *(notice for table in tables for notice in table.notices)])


def _read(path: Path, limits: ReadingLimits, on_table: Callable[[str], None]) -> tuple[list[RawTable], list[str]]:
    if path.is_dir():
        return _read_folder(path, limits, on_table)
    if not path.exists():
        raise LoadRefused(f"There is nothing at {path}. {_HOW}")
    ending = path.suffix.lower()
    if ending == ".zip":
        return _read_zip(path, limits, on_table)
    if ending in {".xlsx", ".xlsm"}:
        on_table(path.name)
        return read_workbook(path, limits)
    if ending == ".csv" and table_named(path.stem):
        return _read_files([path], limits, on_table)
    raise LoadRefused(f"{path} is not an extract. {_HOW} The tables are {', '.join(TABLES)}.")


def _read_folder(
    folder: Path, limits: ReadingLimits, on_table: Callable[[str], None]
) -> tuple[list[RawTable], list[str]]:
    shown = sorted(path for path in folder.iterdir() if not path.name.startswith("."))
    found = [path for path in shown if _is_table(path.name) and path.is_file()]
    notices = [not_a_table(path.name, path.stem) for path in shown if path not in found]
    return _read_files(found, limits, on_table)[0], notices


def _read_files(
    paths: list[Path], limits: ReadingLimits, on_table: Callable[[str], None]
) -> tuple[list[RawTable], list[str]]:
    return [_read_file(path, limits, on_table) for path in paths], []


def _read_file(path: Path, limits: ReadingLimits, on_table: Callable[[str], None]) -> RawTable:
    if path.stat().st_size > limits.file_bytes:
        raise too_large(path.name, limits)
    on_table(path.stem.lower())
    with path.open("rb") as stream:
        return read_csv(path.stem.lower(), path.name, stream, limits)


def _read_zip(path: Path, limits: ReadingLimits, on_table: Callable[[str], None]) -> tuple[list[RawTable], list[str]]:
    try:
        with zipfile.ZipFile(path) as archive:
            parts = list(_parts(path, archive, limits))
            found = [part for part in parts if _is_table(part.filename)]
            notices = [
                not_a_table(part.filename, PurePosixPath(part.filename).stem) for part in parts if part not in found
            ]
            return [_read_part(archive, part, limits, on_table) for part in found], notices
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError) as error:
        raise LoadRefused(f"{path.name} is not a zip that can be read ({error}). Make it again and load it.") from error


def _parts(path: Path, archive: zipfile.ZipFile, limits: ReadingLimits) -> Iterator[zipfile.ZipInfo]:
    total = 0
    for part in archive.infolist():
        if part.is_dir() or part.filename.startswith("__MACOSX/"):
            continue
        if "/" in part.filename or "\\" in part.filename:
            raise LoadRefused(f"{path.name} holds {part.filename} inside a folder. Put the tables at its top level.")
        if part.flag_bits & 0x1:
            raise LoadRefused(f"{path.name} is protected by a password. Unpack it and load the folder.")
        total += part.file_size
        # A whole extract is allowed a few tables of the largest size, not what a zip bomb unpacks to.
        if part.file_size > limits.file_bytes or total > 4 * limits.file_bytes:
            raise too_large(f"{path.name}, {part.filename}, unpacked,", limits)
        yield part


def _read_part(
    archive: zipfile.ZipFile, part: zipfile.ZipInfo, limits: ReadingLimits, on_table: Callable[[str], None]
) -> RawTable:
    name = PurePosixPath(part.filename).stem.lower()
    on_table(name)
    with archive.open(part) as stream:
        return read_csv(name, part.filename, stream, limits)  # type: ignore[arg-type]


def _is_table(file: str) -> bool:
    path = PurePosixPath(file)
    return path.suffix.lower() == ".csv" and table_named(path.stem) is not None


def _must_be_once(tables: list[RawTable]) -> None:
    names = [table.name for table in tables]
    for table in tables:
        if names.count(table.name) > 1:
            files = ", ".join(other.file for other in tables if other.name == table.name)
            raise LoadRefused(f"The table {table.name} comes more than once ({files}). Put its rows in one file.")
