"""CSV as untrusted bytes: every read is bounded, and what is not UTF-8 text is named by line and byte."""

import csv
from collections.abc import Iterator
from io import StringIO
from typing import BinaryIO, Final

from offendermgmt.intake.gathering import NumberedRow, gather
from offendermgmt.intake.table import LoadRefused, RawTable, ReadingLimits

_BOM: Final = b"\xef\xbb\xbf"
_UTF_16: Final = (b"\xff\xfe", b"\xfe\xff")
_ZIP: Final = b"PK\x03\x04"
_SAVE_AS: Final = "Save it as CSV UTF-8 and load again."


def read_csv(table: str, file: str, stream: BinaryIO, limits: ReadingLimits) -> RawTable:
    """The table in a CSV stream; LoadRefused if it is no such table or over the limits."""
    return gather(table, file, _rows(file, _lines(file, stream, limits)))


def _rows(file: str, lines: Iterator[str]) -> Iterator[NumberedRow]:
    reader = csv.reader(lines, strict=True)
    line = 1
    try:
        for cells in reader:
            if cells:
                yield line, cells
            line = reader.line_num + 1
    except csv.Error as error:
        raise LoadRefused(
            f"{file}, line {line}: a cell is not closed or is badly quoted ({error}). "
            'Double each quote mark inside a quoted cell ("") and load again.'
        ) from error


def _lines(file: str, stream: BinaryIO, limits: ReadingLimits) -> Iterator[str]:
    number = 1
    for block in _blocks(file, stream, limits):
        yield from StringIO(_text(file, number, block), newline="\n")
        number += block.count(b"\n")


def _blocks(file: str, stream: BinaryIO, limits: ReadingLimits) -> Iterator[bytes]:
    """The file in blocks of whole lines; a line that goes on past the limit is never held."""
    size, number, rest = 0, 1, b""
    while read := stream.read(limits.line_bytes):
        block = rest + read if size else _without_mark(file, read)
        size += len(read)
        if size > limits.file_bytes:
            raise too_large(file, limits)
        end = block.rfind(b"\n") + 1
        rest = block[end:]
        number += block.count(b"\n")
        if len(rest) > limits.line_bytes:
            raise LoadRefused(
                f"{file}, line {number} is longer than {_size(limits.line_bytes)}: this is not a table. "
                "Export it again with a line end after every row."
            )
        yield block[:end]
    yield rest


def _without_mark(file: str, raw: bytes) -> bytes:
    if raw.startswith(_UTF_16):
        raise LoadRefused(f"{file} is saved as UTF-16 (Unicode text), not UTF-8. {_SAVE_AS}")
    if raw.startswith(_ZIP):
        raise LoadRefused(
            f"{file} is not text: it looks like a workbook or zip. Give it its own ending (.xlsx or .zip), "
            "or save it as CSV UTF-8."
        )
    return raw.removeprefix(_BOM)


def _text(file: str, number: int, block: bytes) -> str:
    if (zero := block.find(b"\0")) >= 0:
        raise LoadRefused(f"{file}, {_place(block, zero, number)} is zero: this is not text. {_SAVE_AS}")
    try:
        return block.decode("utf-8")
    except UnicodeDecodeError as error:
        where = _place(block, error.start, number)
        raise LoadRefused(f"{file}, {where} (0x{block[error.start]:02x}) is not UTF-8 text. {_SAVE_AS}") from error


def _place(block: bytes, offset: int, number: int) -> str:
    """Line and byte in it of an offset in a block that begins on line `number`."""
    start = block.rfind(b"\n", 0, offset) + 1
    line = number + block.count(b"\n", 0, offset)
    return f"line {line}, byte {offset - start + 1}"


def too_large(file: str, limits: ReadingLimits) -> LoadRefused:
    """The refusal of a file over the limit."""
    return LoadRefused(f"{file} is over the limit of {_size(limits.file_bytes)}. Load it in parts, or raise the limit.")


def _size(count: int) -> str:
    return f"{count / 2**20:g} MiB" if count >= 2**20 else f"{count} bytes"
