"""Small extracts written by hand, a table a keyword."""

from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from textwrap import dedent

from offendermgmt.intake.checking import CheckedTable, check
from offendermgmt.intake.csv_file import read_csv
from offendermgmt.intake.table import RawTable, ReadingLimits

NOW = datetime(2025, 7, 1, 12, tzinfo=UTC)

PEOPLE = {
    "teams": "team_ref,name,unit\nT1,North,MOSOVO\n",
    "officers": "officer_ref,name,is_supervisor,team_ref,fte\n0042,Ash,false,T1,1\n0043,Birch,true,T1,0.5\n",
    "offenders": "offender_ref,surname,registered_on,recorded_at\n"
    "V1,Oak,2024-01-01,2024-01-02T09:00:00Z\nV2,Elm,2024-06-01,2024-06-02T09:00:00Z\n",
}
VISITS = "visit_ref,offender_ref,visited_at,outcome,officer_refs,recorded_at,is_void\n"


def write_extract(folder: Path, **tables: str) -> Path:
    """A folder of CSV files with these texts."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in tables.items():
        (folder / f"{name}.csv").write_bytes(dedent(text).encode())
    return folder


def read(table: str, text: str | bytes, **limits: int) -> RawTable:
    """The table read from the text of a CSV file."""
    stream = BytesIO(text.encode() if isinstance(text, str) else text)
    return read_csv(table, f"{table}.csv", stream, ReadingLimits(**limits))


def checked(table: str, text: str) -> CheckedTable:
    """The table read and checked as of NOW."""
    return check(read(table, text), NOW)


def reasons(table: str, text: str) -> list[str]:
    """Column and reason of each refused row."""
    return [f"{refusal.column}: {refusal.reason}" for refusal in checked(table, text).refusals()]
