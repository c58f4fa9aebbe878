"""A load: an extract read, checked, and put on record in one transaction, or not at all."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from offendermgmt.intake.checking import CheckedTable, check
from offendermgmt.intake.reading import Extract, read_extract
from offendermgmt.intake.references import Registers
from offendermgmt.intake.refused import keep_refused
from offendermgmt.intake.storing import put_on_record
from offendermgmt.intake.table import LoadRefused, ReadingLimits, Refusal
from offendermgmt.store import Store, UnitOfWork

_DEFAULT_LIMITS = ReadingLimits()


@dataclass(frozen=True)
class TableCount:
    """Rows of one table in a load: `read` = `new` + `unchanged` + `refused`."""

    table: str
    read: int
    new: int
    unchanged: int
    refused: int


@dataclass(frozen=True)
class LoadReport:
    """What a load came to: rows by table, the refused rows, and what else to say."""

    counts: Sequence[TableCount]
    refusals: Sequence[Refusal]
    notices: Sequence[str]


class StrictLoadRefused(LoadRefused):
    """A strict load found a row that breaks a rule; nothing is stored."""

    def __init__(self, refusals: Sequence[Refusal]) -> None:
        rows = "1 row breaks a rule" if len(refusals) == 1 else f"{len(refusals)} rows break a rule"
        super().__init__(f"{rows}, and --strict refuses the whole load for one. Mend them, or load without --strict.")
        self.refusals = refusals


@dataclass
class Progress:
    """Who hears how far a load is: a step ("reading", "checking", "storing"), the table, and its rows so far known."""

    on_step: Callable[[str, str, int], None] = field(default=lambda _step, _table, _rows: None)


def load(
    store: Store,
    force_ref: str,
    path: Path,
    *,
    now: datetime,
    user: str,
    strict: bool = False,
    limits: ReadingLimits = _DEFAULT_LIMITS,
    progress: Progress | None = None,
) -> LoadReport:
    """Put the extract at `path` on record for the force, as of `now` (aware): all in one transaction.

    Refused rows are kept in the store; StrictLoadRefused instead, and nothing stored, if `strict`. Raises LoadRefused
    for what is no extract, and StoreError where the store cannot take it; then the store is as before.
    """
    steps = progress or Progress()
    moment = now.astimezone(UTC)
    extract = read_extract(path, limits, lambda table: steps.on_step("reading", table, 0))
    tables = _checked(extract, moment, steps)
    with store.write(force_ref, user=user, source=path.name) as work:
        work.is_strict = strict
        work.notices.extend(extract.notices)
        counts = _stored(work, tables, moment, steps)
        refusals = [refusal for table in tables for refusal in table.refusals()]
        if strict and refusals:
            raise StrictLoadRefused(refusals)
        keep_refused(work, tables, refusals, moment)
        return LoadReport(counts, refusals, list(work.notices))


def _checked(extract: Extract, now: datetime, steps: Progress) -> list[CheckedTable]:
    tables = []
    for raw in extract.tables:
        steps.on_step("checking", raw.name, len(raw))
        tables.append(check(raw, now))
    return tables


def _stored(work: UnitOfWork, tables: Sequence[CheckedTable], now: datetime, steps: Progress) -> list[TableCount]:
    registers = Registers(work)
    counts = []
    for table in tables:
        name = table.raw.name
        steps.on_step("storing", name, len(table.raw))
        found = put_on_record(work, registers, table, now)
        work.notices.extend(found.notices)
        refused = len(table.faults) + len(table.raw.ragged)
        work.count(name, unchanged=found.unchanged, refused=refused)
        read = len(table.raw) + len(table.raw.ragged)
        counts.append(TableCount(name, read, len(found.new), found.unchanged, refused))
    return counts
