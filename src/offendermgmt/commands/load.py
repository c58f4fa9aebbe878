"""`offendermgmt load`: an extract into the store, with progress, a summary and the refused rows."""

import getpass
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from rich.console import Console
from rich.progress import Progress as Bar
from rich.progress import SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Column, Table

from offendermgmt.intake.loading import LoadReport, Progress, StrictLoadRefused
from offendermgmt.intake.loading import load as load_extract
from offendermgmt.intake.table import LoadRefused, ReadingLimits, Refusal
from offendermgmt.services.wording import plural
from offendermgmt.settings import Settings
from offendermgmt.store import Store, StoreError

ALL_IN: Final = 0
NOTHING_LOADED: Final = 2
IN_BUT_FOR_REFUSED: Final = 3
_LISTED: Final = 20


def load(path: Path, *, strict: bool = False, out: Console | None = None, err: Console | None = None) -> int:
    """Load the extract at `path` into the configured store and say what came of it; return the exit code.

    0: all in; 3: in, with refused rows listed on `err`; 2: nothing loaded, and why on `err`.
    """
    out, err = out or Console(), err or Console(stderr=True)
    settings = Settings()
    try:
        with Store(settings.database_url) as store, _shown(err) as progress:
            report = load_extract(
                store,
                settings.force_ref,
                path,
                now=datetime.now(UTC),
                user=_user(),
                strict=strict,
                limits=ReadingLimits(file_bytes=settings.largest_file * 2**20),
                progress=progress,
            )
    except StrictLoadRefused as refused:
        _list(err, refused.refusals, "none is kept")
        return _nothing(err, refused)
    except (LoadRefused, StoreError) as error:
        return _nothing(err, error)
    return _said(out, err, report)


def summary(report: LoadReport) -> Table:
    """Rows read, new, unchanged and refused, by table and in all."""
    numbers_of = [Column(name, justify="right") for name in ("read", "new", "unchanged", "refused")]
    table = Table("table", *numbers_of, title="Loaded")
    rows = [(each.table, each.read, each.new, each.unchanged, each.refused) for each in report.counts]
    for name, *numbers in rows:
        table.add_row(name, *(f"{number:,}" for number in numbers))
    table.add_section()
    table.add_row("all", *(f"{sum(numbers):,}" for numbers in list(zip(*rows, strict=True))[1:]))
    return table


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        # A container may run as a number that has no name.
        return f"user {os.getuid()}" if hasattr(os, "getuid") else "unnamed user"


def _said(out: Console, err: Console, report: LoadReport) -> int:
    for notice in report.notices:
        _line(err, notice)
    out.print(summary(report))
    if not report.refusals:
        return ALL_IN
    _list(err, report.refusals, "all are kept in the store")
    return IN_BUT_FOR_REFUSED


def _list(err: Console, refusals: Sequence[Refusal], kept: str) -> None:
    _line(err, f"Refused rows: {len(refusals):,}")
    for refusal in refusals[:_LISTED]:
        _line(err, f"  {refusal.sentence()}")
    if len(refusals) > _LISTED:
        _line(err, f"  and {len(refusals) - _LISTED:,} more; {kept}")


def _nothing(err: Console, error: Exception) -> int:
    _line(err, f"Nothing was loaded. {error}")
    return NOTHING_LOADED


def _line(console: Console, text: str) -> None:
    # What came from a file is text, never markup, and keeps its line for whoever greps it.
    console.print(text, markup=False, highlight=False, soft_wrap=True, emoji=False)


@contextmanager
def _shown(console: Console) -> Iterator[Progress]:
    """Progress by step, table and rows, on a terminal; silence elsewhere."""
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Bar(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("reading")

        def on_step(step: str, table: str, rows: int) -> None:
            bar.update(task, description=f"{step} {table}" + (f", {plural(rows, 'row')}" if rows else ""))

        yield Progress(on_step)
