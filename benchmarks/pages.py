"""How fast every page of the menu answers a click, at the size of a force and of the country.

Run it with `python -m benchmarks.pages`. The whole app runs as in a browser's session (Streamlit's own test runner),
over made-up recordings in memory: what is timed is a rerun, from the click to everything sent. The floor is the same
runner over a script that draws nothing: no page goes under it. The baseline is the same rerun without a snapshot kept,
which is what a page that asked the engine anew would cost; the ratio is what to quote.
"""

import os
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from unittest.mock import patch

import numpy as np
import pandas as pd
from streamlit.testing.v1 import AppTest

from app.navigation import OVERDUE, PLACES, Place
from benchmarks.engine import LAST_DAY, with_one_more
from benchmarks.made_up import recordings
from offendermgmt.domain.days import to_date
from offendermgmt.domain.facts import Recordings
from offendermgmt.services.desk import Desk
from offendermgmt.services.snapshot import renew
from offendermgmt.store import Store
from offendermgmt.store.histories import OFFENDER_TABLES, History
from offendermgmt.store.tables import RECORDINGS

TARGETS = {1_000: (0.15, 0.3), 70_000: (0.5, 1.5)}
# What is known about the data, and about the product, does not grow with the number of offenders.
NOT_TIMED = {"data-quality", "about"}
FORCE = "FEN"
MAIN = Path(__file__).parents[1] / "app" / "main.py"
HEADINGS = ("p50", "p95", "less floor", "target", "after a write", "target", "no snapshot", "ratio")


class DeskInMemory(Desk):
    """A desk over recordings that its store, an empty one, does not hold."""

    def __init__(self, made: Recordings, store: Store) -> None:
        super().__init__(store, FORCE)
        self._recordings = self._made = made
        self._first = self.snapshot()

    def names(self, offender_refs: Iterable[str]) -> dict[str, str]:
        return dict.fromkeys(offender_refs, "MADE UP, Person")

    def write_one(self) -> None:
        """Take in one more visit, as the desk does when the store's revision has moved."""
        after = with_one_more(self._made)
        self._now = renew(self._first, self._made, after)
        self._recordings = after

    def start_over(self) -> None:
        """Be as before the write, with the snapshot kept."""
        self._recordings, self._now = self._made, self._first

    def forget(self) -> None:
        """Drop the snapshot that was kept."""
        self._now = None

    def most_visited(self) -> str:
        """The reference of the offender with the longest record."""
        return str(self._made.tables["visits"]["offender_ref"].value_counts().index[0])

    def history(self, _store: Store, _force_ref: str, offender_ref: str) -> History:
        """The recordings about one offender, in place of those a store would read."""
        return {name: _rows(name, self._made.tables[name], offender_ref) for name in OFFENDER_TABLES}

    def _catch_up(self) -> Recordings:
        assert self._recordings is not None
        return self._recordings


def _rows(name: str, frame: pd.DataFrame, offender_ref: str) -> list[dict[str, object]]:
    own = frame[(frame["offender_ref"] == offender_ref).to_numpy()]
    unset = dict.fromkeys(RECORDINGS[name].c.keys())
    return [
        {**unset, **{column: _stored(column, value) for column, value in row.items()}} for row in own.to_dict("records")
    ]


def _stored(column: object, value: object) -> object:
    if pd.isna(value):
        return None
    if isinstance(value, pd.Timestamp):
        return value.date() if str(column).endswith("_on") else value.tz_localize("UTC").to_pydatetime()
    return value


def times(work: Callable[[], object], runs: int, before: Callable[[], object] = lambda: None) -> np.ndarray:
    """Seconds of each run; `before` is not timed."""
    seconds = []
    for _ in range(runs):
        before()
        start = perf_counter()
        work()
        seconds.append(perf_counter() - start)
    return np.array(seconds)


def floor() -> float:
    """Seconds that the test runner takes over a script that draws nothing."""
    empty = AppTest.from_string("import streamlit").run()
    return float(np.median(times(empty.run, 20)))


def opened(place: Place, **query: str) -> AppTest:
    """The app on one page of the menu, as the unit's detective inspector; an error on it is raised."""
    app = AppTest.from_file(MAIN, default_timeout=120)
    for name, value in {"role": "di", "as_of": to_date(LAST_DAY).isoformat(), **query}.items():
        app.query_params[name] = value
    app.run()
    app.switch_page(place.script).run()
    assert not app.exception, app.exception
    assert not app.error, app.error
    return app


def measure(desk: DeskInMemory, place: Place, targets: tuple[float, float], lowest: float, **query: str) -> None:
    """Time one page and print its line."""
    app = opened(place, **query)
    warm = times(app.run, 20)
    written = times(lambda: (desk.write_one(), app.run()), 5, before=desk.start_over)
    anew = float(np.median(times(app.run, 2, before=desk.forget)))
    desk.start_over()
    middle, most = np.percentile(warm, [50, 95])
    after = float(np.percentile(written, 95))
    timed = f"{middle:9.3f} {most:9.3f} {most - lowest:11.3f} {_met(most, targets[0])}"
    print(
        f"  {place.url_path + _chosen(query):<24}{timed} {after:13.3f} {_met(after, targets[1])} "
        f"{anew:11.3f} {middle / anew:6.2f}",
        flush=True,
    )


def _met(seconds: float, target: float) -> str:
    return f"{target:.2f} {'met' if seconds <= target else 'MISSED':<6}"


def _chosen(query: dict[str, str]) -> str:
    return "".join(f", {name}" for name in query if name != "ref")


def measure_pages(offenders: int, years: int, places: Sequence[Place]) -> None:
    """Print a table of the pages at one size, in seconds."""
    lowest, targets = floor(), TARGETS[offenders]
    with TemporaryDirectory() as folder, Store(f"sqlite:///{folder}/empty.db") as store:
        store.initialise(FORCE)
        desk = DeskInMemory(recordings(offenders, years), store)
        with (
            patch("app.session._desk_at", lambda *_: desk),
            patch("offendermgmt.services.offender.offender_history", desk.history),
        ):
            print(f"{offenders:,} offenders, {years} years; floor {lowest:.3f} s")
            print(
                f"  {'rerun of a page, s':<24}{HEADINGS[0]:>9} {HEADINGS[1]:>9} {HEADINGS[2]:>11} {HEADINGS[3]:<11} "
                f"{HEADINGS[4]:>13} {HEADINGS[5]:<11} {HEADINGS[6]:>11} {HEADINGS[7]:>6}"
            )
            for place in places:
                query = {"ref": desk.most_visited()} if place.url_path == "offender" else {}
                measure(desk, place, targets, lowest, **query)
            if OVERDUE in places:
                measure(desk, OVERDUE, targets, lowest, risk="high")


def main(sizes: Sequence[int] = tuple(TARGETS), names: Sequence[str] = ()) -> None:
    """Time the pages named, or all, at each size: a force has five years of history, the country ten."""
    os.environ["OFFENDERMGMT_DEMO"] = "1"
    places = [place for place in PLACES if place.url_path not in NOT_TIMED and (not names or place.url_path in names)]
    for size in sizes:
        measure_pages(size, 5 if size == 1_000 else 10, places)


if __name__ == "__main__":
    numbers = [int(text) for text in sys.argv[1:] if text.isdigit()]
    main(numbers or tuple(TARGETS), [text for text in sys.argv[1:] if not text.isdigit()])
