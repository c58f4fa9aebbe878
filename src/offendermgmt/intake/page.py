"""The data contract's reference page, written from the models."""

import sys
from typing import Final

from pydantic.fields import FieldInfo

from offendermgmt.intake.cells import Reference, cell_of
from offendermgmt.intake.contract import CHANGES, TABLES, VERSION
from offendermgmt.intake.row import Row

_INTRODUCTION: Final = """\
# Data contract, version {version}

<!-- Written from src/offendermgmt/intake/contract.py, polit_contract.py and page.py; change it there. -->

The form in which extracts come in. `offendermgmt load PATH` takes a folder of CSV files named after the tables, a zip
of them, a workbook with one sheet a table, or one such CSV file. Tables may come alone or together.

## Versions

{changes}

## How to write it

- CSV is UTF-8 (a byte order mark is fine), with a header row, separated by commas, quoted where needed. Columns may
  stand in any order. A column that is not of the table is ignored with a notice; a missing optional column is empty.
- Spaces around a value do not count. A cell with nothing else in it is empty.
- Dates are `YYYY-MM-DD`. Dates and times are ISO 8601; without an offset they are London time. In the hour that comes
  twice in October the first is meant; a time in the hour that the clocks skip in March is refused.
- Truths are `true` or `false`. Lists are `a;b`.
- In a workbook, cells that Excel keeps as dates, numbers or truths are taken as such. A reference kept as a number has
  lost its leading zeros, so format such columns as text; the load says where it finds them. A formula is not worked
  out: it is taken as the text that it is.
- `recorded_at` says when a fact was put on record. Empty, it is the time of loading.

## What a load does

- **Key** columns tell one fact from another. The same row again changes nothing; the same key with other values is a
  correction, and the newest recording stands. A row without `recorded_at` says what is so now: of several with one key
  the last line counts. Two rows with one key, the same `recorded_at` and other values are both kept, with a notice, and
  the later line stands.
- A row that breaks a rule is refused with its file, line, column, value and reason, and kept until it is fixed or
  dismissed; the good rows load. A row that refers to a refused one is refused too. It counts as fixed when a later
  load brings a good row with its key.
- A file that is no such table refuses the whole load: no header, a required column missing, a column twice, not UTF-8
  text, a line over 1 MiB, over the size limit. With `--strict` one refused row does.
- A load is one transaction: all there or not at all.
- Refused, beside what the tables below say: who is not known, in the store or in the same load; a visit, a review, a
  referral, an enforcement, an examination or its result, information or a viewing in the future; `recorded_at` in the
  future; a fact dated before the registration or the receipt that stands (orders may be older); `to_on` not after
  `from_on`; `result_on` before `submitted_on`; an attended visit that names no officer.
"""


def contract_page() -> str:
    """`docs/data-contract.md` as the models have it."""
    tables = "\n".join(_table(model) for model in TABLES.values())
    changes = "\n".join(f"- **{version}** brought {what}" for version, what in CHANGES.items())
    return f"{_INTRODUCTION.format(version=VERSION, changes=changes)}\n## Tables, in order of loading\n\n{tables}"


def _table(model: type[Row]) -> str:
    rows = "\n".join(_row(model, name, field) for name, field in model.model_fields.items())
    return f"### {model.table}\n\n{model.about}\n\n| column | needed | form | meaning |\n|---|---|---|---|\n{rows}\n"


def _row(model: type[Row], name: str, field: FieldInfo) -> str:
    shown = f"**{name}**" if name in model.key else name
    cell = cell_of(field)
    form = f"{cell.form}, in {cell.to}" if isinstance(cell, Reference) and cell.to else cell.form
    return f"| {shown} | {'yes' if field.is_required() else 'no'} | {form} | {field.description} |"


if __name__ == "__main__":
    sys.stdout.write(contract_page())
