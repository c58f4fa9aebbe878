"""A small store for tests of the pages: the same people on every run."""

from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from offendermgmt.commands.demo import FORCE_REF, address, fill_with_fenshire
from offendermgmt.services.access import Role, Viewer
from offendermgmt.services.demonstration import demo_viewers
from offendermgmt.services.desk import Desk
from offendermgmt.store import Store

LOADED_AT: Final = datetime(2025, 6, 30, 17, 0, tzinfo=UTC)
AS_OF: Final = LOADED_AT.date()


def small_store(folder: Path) -> str:
    """The database address of a new store in `folder`: two teams, some 60 offenders, a year up to AS_OF."""
    store_address = empty_store(folder)
    with Store(store_address) as store:
        fill_with_fenshire(store, LOADED_AT, seed=7, years=1, offenders=60)
    return store_address


def one_overdue_store(folder: Path) -> str:
    """The database address of a new store in `folder` with one offender, overdue on AS_OF, and one who is not."""
    store_address = empty_store(folder)
    with Store(store_address) as store, store.write(FORCE_REF, user="tester", source="extract") as work:
        work.insert("teams", {"team_ref": ["T1"], "name": ["North"], "unit": ["MOSOVO"]})
        officer = {"officer_ref": ["0042"], "name": ["Ash"], "rank": ["DC"], "is_supervisor": [False]}
        work.insert("officers", {**officer, "team_ref": ["T1"], "fte": [1.0]})
        people = {"offender_ref": ["V1", "V2"], "surname": ["Fir <b>", "Elm"], "forenames": ["Hal", "Ida"]}
        registered = [date(2025, 6, 1), date(2025, 6, 25)]
        work.insert("offenders", {**people, "registered_on": registered, "recorded_at": [LOADED_AT] * 2})
        held = {"offender_ref": ["V1", "V2"], "from_on": registered, "officer_ref": ["0042", "0042"]}
        work.insert("allocations", {**held, "recorded_at": [LOADED_AT] * 2})
    return store_address


def empty_store(folder: Path) -> str:
    """The database address of a new store in `folder` that nothing has been loaded into."""
    path = folder / "empty.db"
    path.write_bytes(_initialised())
    return address(path)


def copied(store_address: str, folder: Path) -> str:
    """The database address of a copy in `folder` of a store that nobody has opened since it was made."""
    path = folder / "copied.db"
    path.write_bytes(Path(store_address.removeprefix("sqlite:///")).read_bytes())
    return address(path)


@cache
def kept_desk(store_address: str) -> Desk:
    """A desk over a store, kept as long as the process: it sees what is written, and reads what was not moved once."""
    return Desk(Store(store_address), FORCE_REF)


def demo_inspector(desk: Desk) -> Viewer:
    """The demonstration's detective inspector, as the pages have them: for what a test puts on record beforehand."""
    (inspector,) = (viewer for viewer in demo_viewers(desk.snapshot()) if viewer.role is Role.DI)
    return inspector


@cache
def _initialised() -> bytes:
    """A store's file as it is after `offendermgmt init`: migrated once, for every store to begin with."""
    with TemporaryDirectory() as scratch:
        path = Path(scratch) / "store.db"
        with Store(address(path)) as store:
            store.initialise(FORCE_REF)
        return path.read_bytes()
