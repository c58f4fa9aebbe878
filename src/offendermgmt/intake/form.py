"""Rows written on a page, held to the same contract as those of an extract: all are put on record, or none."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from offendermgmt.intake.checking import check
from offendermgmt.intake.contract import TABLES
from offendermgmt.intake.gathering import gather
from offendermgmt.intake.references import Registers
from offendermgmt.intake.storing import put_on_record
from offendermgmt.intake.table import Refusal
from offendermgmt.store import UnitOfWork

_FORM: Final = "the form"


class FormRefused(Exception):
    """A row written on a page breaks a rule of the contract; the text says which value, why and what to do."""

    def __init__(self, refusals: Sequence[Refusal]) -> None:
        super().__init__(f"Nothing was recorded. {' '.join(_sentence(refusal) for refusal in refusals)}")
        self.refusals = refusals


def save_rows(work: UnitOfWork, table: str, rows: Sequence[Mapping[str, str]], now: datetime) -> int:
    """Put rows of the contract's `table` on record at `now` (aware), cells as text; how many were not there already.

    FormRefused if any of them breaks a rule; raised inside the write, it undoes the write.
    """
    names = list(TABLES[table].model_fields)
    cells = [names, *([row.get(name, "") for name in names] for row in rows)]
    checked = check(gather(table, _FORM, iter(list(enumerate(cells)))), now)
    found = put_on_record(work, Registers(work), checked, now)
    if refusals := checked.refusals():
        raise FormRefused(refusals)
    return len(found.new)


def _sentence(refusal: Refusal) -> str:
    about = next(iter(refusal.row.values()), "The row")
    column = f"{refusal.column} " if refusal.column else ""
    return f"{about}: {column}{refusal.reason}."
