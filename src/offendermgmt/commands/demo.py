"""`offendermgmt demo`: a store of made-up people up to today, and the pages over it."""

import os
from collections.abc import Callable
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from offendermgmt.commands import serve
from offendermgmt.commands.demo_boards import tell_boards
from offendermgmt.commands.demo_story import tell_daily_work
from offendermgmt.domain.days import LONDON
from offendermgmt.domain.vocabulary import TrendEventKind
from offendermgmt.intake.loading import load
from offendermgmt.services.access import Role, Viewer
from offendermgmt.services.desk import Desk
from offendermgmt.services.trend_events import EventText, add_event
from offendermgmt.store import Store
from offendermgmt.synthetic import fenshire, write_extract
from offendermgmt.synthetic.story import events

SEED: Final = 2024
FORCE_REF: Final = "FEN"
# The boards read three years and more: before its first year the force has no visits but each person's last.
YEARS: Final = 4
USER: Final = "demonstration"
_KINDS: Final = {
    "inspection": TrendEventKind.INSPECTION,
    "order": TrendEventKind.POLICY,
    "staffing": TrendEventKind.UPLIFT,
}

# Fills an initialised store with the force as it stands at a moment.
Fill = Callable[[Store, datetime], None]


def demo(*, host: str = serve.THIS_MACHINE, port: int | None = None, folder: Path = Path("var")) -> None:
    """Make the demonstration's store in `folder` if it is absent or stale, then serve the pages over it.

    Only `demo.db` in `folder` is ever written: whatever store is configured is left alone.
    """
    store = demo_store(folder, datetime.now(LONDON))
    os.environ["OFFENDERMGMT_DATABASE_URL"] = address(store)
    os.environ["OFFENDERMGMT_FORCE_REF"] = FORCE_REF
    os.environ["OFFENDERMGMT_DEMO"] = "1"
    serve.serve(host=host, port=port)


def demo_store(folder: Path, now: datetime, fill: Fill | None = None) -> Path:
    """The demonstration's store, made anew unless the one in `folder` was made on the day of `now` by this very code.

    `now` is a London time.
    """
    store, stamp = folder / "demo.db", folder / "demo.stamp"
    made_of = f"{now:%Y-%m-%d} {code_fingerprint()}"
    if store.is_file() and stamp.is_file() and stamp.read_text(encoding="utf-8") == made_of:
        return store
    folder.mkdir(parents=True, exist_ok=True)
    stamp.unlink(missing_ok=True)
    print(f"Making the synthetic force up to {now:%d %B %Y}; this takes a moment.", flush=True)  # noqa: T201
    _make(store, now, fill or _fenshire_at_work)
    stamp.write_text(made_of, encoding="utf-8")
    return store


def _fenshire_at_work(store: Store, now: datetime) -> None:
    fill_with_fenshire(store, now, years=YEARS)
    tell_boards(store, FORCE_REF, now)
    tell_daily_work(store, FORCE_REF, now)


def fill_with_fenshire(store: Store, now: datetime, *, seed: int = SEED, **sizes: int) -> None:
    """Load the synthetic force as it stands at `now` through the intake, like any extract, and mark its events.

    `sizes` are those of `fenshire`: years, offenders, teams.
    """
    tables = fenshire(seed=seed, ends_on=now.date(), recorded_until=now, **sizes)
    with TemporaryDirectory() as scratch:
        extract = Path(scratch) / "fenshire"
        write_extract(tables, extract)
        load(store, FORCE_REF, extract, now=now, user=USER)
    _tell_story(store, now.date(), sizes.get("years", 3))


def _tell_story(store: Store, ends_on: date, years: int) -> None:
    """Mark the events of the force's story on its trends."""
    desk, teller = Desk(store, FORCE_REF), Viewer(USER, Role.ANALYST)
    for told in events(ends_on, years):
        kind = _KINDS.get(told.kind, TrendEventKind.OTHER)
        add_event(desk, teller, EventText(told.on, kind, told.text))


def code_fingerprint() -> str:
    """A digest of the package's files: another version of the rules or of the force makes another store."""
    package = Path(__file__).parents[1]
    digest = sha256()
    for path in sorted(path for path in package.rglob("*") if path.suffix in {".py", ".toml"}):
        digest.update(path.relative_to(package).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def address(store: Path) -> str:
    """The database address of a store file."""
    return f"sqlite:///{store.absolute().as_posix()}"


def _make(store: Path, now: datetime, fill: Fill) -> None:
    for leftover in _files_of(store):
        leftover.unlink(missing_ok=True)
    with Store(address(store)) as made:
        made.initialise(FORCE_REF)
        fill(made, now)


def _files_of(store: Path) -> list[Path]:
    return [store, store.with_name(f"{store.name}-wal"), store.with_name(f"{store.name}-shm")]
