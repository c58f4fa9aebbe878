"""A report as CSV, JSON or a table on the terminal, in the data contract's form."""

import csv
import io
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pandas as pd
from rich.console import Console
from rich.table import Table

from offendermgmt.outputs.cells import Value, records, safe_cell
from offendermgmt.outputs.marking import MARKING
from offendermgmt.services.wording import plural


@dataclass(frozen=True)
class Issue:
    """A report as issued: its rows, what was asked, and what it was worked out from."""

    name: str
    parameters: Mapping[str, str]
    policy: str
    generated_at: datetime
    data_known_at: datetime | None
    rows: pd.DataFrame


def as_json(issue: Issue) -> str:
    """`{"report", "parameters", "policy", "generated_at", "data_known_at", "rows"}`, unknown figures null."""
    known_at = None if issue.data_known_at is None else issue.data_known_at.isoformat()
    document: dict[str, Any] = {
        "report": issue.name,
        "parameters": dict(issue.parameters),
        "policy": issue.policy,
        "generated_at": issue.generated_at.isoformat(),
        "data_known_at": known_at,
        "rows": records(issue.rows),
    }
    return json.dumps(document, indent=1, ensure_ascii=False) + "\n"


def as_csv(issue: Issue) -> str:
    """A header row and a row a thing, unknown figures empty, formulas neutralised."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(issue.rows.columns)
    writer.writerows([_csv_text(safe_cell(value)) for value in row.values()] for row in records(issue.rows))
    return text.getvalue()


def as_table(issue: Issue, width: int | None = None) -> str:
    """The report for reading on a terminal, with what it was asked above and its length below."""
    asked = ", ".join(f"{name} {value}" for name, value in issue.parameters.items())
    table = Table(title=f"{issue.name}: {asked}", title_justify="left", caption_justify="left", expand=False)
    table.caption = f"{plural(len(issue.rows), 'row')}; policy {issue.policy}; {MARKING}"
    for name in issue.rows.columns:
        number = issue.rows[name].dtype.kind in "if"
        table.add_column(str(name), justify="right" if number else "left", overflow="fold")
    for row in records(issue.rows):
        table.add_row(*(_csv_text(value) for value in row.values()))
    console = Console(file=io.StringIO(), width=width or _needed_width(issue.rows), color_system=None)
    with console.capture() as captured:
        console.print(table)
    return captured.get()


def _csv_text(value: Value) -> str:
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _needed_width(rows: pd.DataFrame) -> int:
    widest = (max(len(str(name)), *(len(str(value)) for value in rows[name].head(200)), 10) for name in rows.columns)
    return 4 + sum(width + 3 for width in widest)
