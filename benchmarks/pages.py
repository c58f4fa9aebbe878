"""How fast every page of the menu answers a click, at the size of a force and of the country.

Run it with `python -m benchmarks.pages`. The whole app runs as in a browser's session (Streamlit's own test runner),
over made-up recordings in memory, beside a store of what people wrote (a review signed yesterday, commentary, an
intervention, a month closed): what is timed is a rerun, from the click to everything sent. The floor is the same
runner over a script that draws nothing: no page goes under it. The baseline is the same rerun without a snapshot kept,
which is what a page that asked the engine anew would cost; the ratio is what to quote.

Beside the seconds of the clock stand those of the processor, which other work on the machine does not lengthen: whether
a target is met is judged by them. A write is one more visit, or one more case received last month; what is timed after
it is taking it in and the first figures.
"""

import os
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, process_time
from typing import Any, Final
from unittest.mock import patch

import numpy as np
import pandas as pd
from streamlit.testing.v1 import AppTest

from app.navigation import BOARDS, OFFENDER, OVERDUE, PLACES, POLIT_CASE, Place
from benchmarks.engine import LAST_DAY
from benchmarks.made_up import recordings, with_one_more_case, with_one_more_visit
from benchmarks.written import CLOSED, NOW, write_everything
from offendermgmt.domain.days import to_date
from offendermgmt.domain.facts import Recordings
from offendermgmt.domain.vocabulary import Board
from offendermgmt.services.desk import Desk
from offendermgmt.services.snapshot import renew
from offendermgmt.store import Store
from offendermgmt.store.histories import CASE_TABLES, OFFENDER_TABLES, History
from offendermgmt.store.tables import RECORDINGS

TARGETS = {1_000: (0.15, 0.3), 70_000: (0.5, 1.5)}
# What is known about the data, and about the product, does not grow with the number of offenders.
NOT_TIMED = {"data-quality", "about"}
FORCE = "FEN"
MAIN = Path(__file__).parents[1] / "app" / "main.py"
WRITES: Final = (with_one_more_visit, with_one_more_case)
_TIMED: Final = f"{'p95':>6} {'cpu':>6} {'target':<12}"
HEADINGS: Final = (
    f"  {'':<16} {'a rerun':<33} {'after a visit':<26} {'after a case':<26} {'no snapshot':>13}\n"
    f"  {'page':<16} {'p50':>6} {_TIMED} {_TIMED} {_TIMED} {'cpu':>7} ratio"
)


class DeskInMemory(Desk):
    """A desk over recordings that its store, an empty one, does not hold."""

    def __init__(self, made: Recordings, store: Store) -> None:
        super().__init__(store, FORCE)
        self._kept = self._made = made
        self._first = self.snapshot()
        self._revision = count(store.revision(FORCE))

    def names(self, offender_refs: Iterable[str]) -> dict[str, str]:
        return dict.fromkeys(offender_refs, "MADE UP, Person")

    def write(self, with_one_more: Callable[[Recordings], Recordings]) -> None:
        """Take in one recording more, as the desk does when the store's revision has moved."""
        before, now = self._kept, self.snapshot()
        self._kept = with_one_more(before)
        self._now = renew(now, before, self._kept)
        self._move()

    def start_over(self) -> None:
        """Be as before all writes, with the snapshot kept."""
        self._kept, self._now = self._made, self._first
        self._move()

    def forget(self) -> None:
        """Drop the snapshot that was kept."""
        self._now = None

    def longest(self, table: str, column: str) -> str:
        """The reference that the most rows of the table are about."""
        return str(self._made.tables[table][column].value_counts().index[0])

    def history(self, _store: Store, _force_ref: str, offender_ref: str) -> History:
        """The recordings about one offender, in place of those a store would read."""
        return {name: _rows(name, self._made.tables[name], "offender_ref", offender_ref) for name in OFFENDER_TABLES}

    def case_history(self, _store: Store, _force_ref: str, case_ref: str) -> History:
        """The recordings about one case, likewise."""
        return {name: _rows(name, self._made.tables[name], "case_ref", case_ref) for name in CASE_TABLES}

    def _move(self) -> None:
        """Another revision: what is kept by it is of another store."""
        self._freshness = replace(self._freshness, revision=next(self._revision))

    def _catch_up(self) -> Recordings:
        return self._kept


def _rows(name: str, frame: pd.DataFrame, column: str, ref: str) -> list[dict[str, object]]:
    own = frame[(frame[column] == ref).to_numpy()]
    unset = dict.fromkeys(RECORDINGS[name].c.keys())
    return [
        {**unset, **{str(column): _stored(str(column), value) for column, value in row.items()}}
        for row in own.to_dict("records")
    ]


def _stored(column: str, value: Any) -> object:
    if pd.isna(value):
        return None
    if isinstance(value, pd.Timestamp):
        is_day = column.endswith("_on") or column == "on"
        return value.date() if is_day else value.tz_localize("UTC").to_pydatetime()
    return value


@dataclass(frozen=True)
class Times:
    """Seconds of each run of something, by the clock and of the processor."""

    clock: np.ndarray
    processor: np.ndarray

    def most(self) -> float:
        """Processor seconds that 95 in 100 runs stay under."""
        return float(np.percentile(self.processor, 95))

    def against(self, target: float) -> str:
        """The runs in words: p95 by the clock and of the processor, and whether that is within the target."""
        verdict = "met" if self.most() <= target else "MISSED"
        return f"{np.percentile(self.clock, 95):6.3f} {self.most():6.3f} {target:5.2f} {verdict:<6}"


def times(work: Callable[[], object], runs: int, before: Callable[[], object] = lambda: None) -> Times:
    """How long each run took; `before` is not timed."""
    taken = []
    for _ in range(runs):
        before()
        clock, processor = perf_counter(), process_time()
        work()
        taken.append((perf_counter() - clock, process_time() - processor))
    return Times(*np.array(taken).T)


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


def first_figures(desk: DeskInMemory, app: AppTest, with_one_more: Callable[[Recordings], Recordings]) -> Times:
    """Time writes one after another, each with the page's first figures after it."""

    def write() -> None:
        desk.write(with_one_more)
        app.run()

    taken = times(write, 5)
    desk.start_over()
    return taken


def measure(desk: DeskInMemory, place: Place, targets: tuple[float, float], **query: str) -> None:
    """Time one page and print its line."""
    app = opened(place, **query)
    warm = times(app.run, 20)
    written = [first_figures(desk, app, with_one_more) for with_one_more in WRITES]
    anew = times(app.run, 2, before=desk.forget)
    desk.start_over()
    middle = float(np.median(warm.processor))
    print(
        f"  {place.url_path + _chosen(query):<16} {np.median(warm.clock):6.3f} {warm.against(targets[0])} "
        f"{written[0].against(targets[1])} {written[1].against(targets[1])} "
        f"{np.median(anew.processor):7.3f} {middle / np.median(anew.processor):5.2f}",
        flush=True,
    )


def _chosen(query: dict[str, str]) -> str:
    return "".join(f", {name}" for name in query if name not in {"ref", "case"})


def _query(desk: DeskInMemory, place: Place) -> dict[str, str]:
    """What the page needs in its address: whose record it is."""
    if place == OFFENDER:
        return {"ref": desk.longest("visits", "offender_ref")}
    return {"case": desk.longest("polit_activities", "case_ref")} if place == POLIT_CASE else {}


def measure_pages(offenders: int, years: int, places: Sequence[Place]) -> None:
    """Print a table of the pages at one size, in seconds."""
    empty = AppTest.from_string("import streamlit").run()
    lowest = times(empty.run, 20)
    with TemporaryDirectory() as folder, Store(f"sqlite:///{folder}/empty.db") as store:
        store.initialise(FORCE)
        desk = DeskInMemory(recordings(offenders, years), store.dated(lambda: NOW))
        write_everything(desk)
        with (
            patch("app.session._desk_at", lambda *_: desk),
            patch("offendermgmt.services.offender.offender_history", desk.history),
            patch("offendermgmt.services.polit_case.case_history", desk.case_history),
        ):
            floor = f"{np.median(lowest.clock):.3f} s, {np.median(lowest.processor):.3f} s of the processor"
            print(f"{offenders:,} offenders, {years} years; floor {floor}")
            print(HEADINGS)
            for place in places:
                measure(desk, place, TARGETS[offenders], **_query(desk, place))
            if OVERDUE in places:
                measure(desk, OVERDUE, TARGETS[offenders], risk="high")
            if BOARDS[Board.SLT] in places:
                measure(desk, BOARDS[Board.SLT], TARGETS[offenders], month=f"{CLOSED:%Y-%m}")


def main(sizes: Sequence[int] = tuple(TARGETS), names: Sequence[str] = ()) -> None:
    """Time the pages named, or all, at each size: a force has five years of history, the country ten."""
    os.environ["OFFENDERMGMT_DEMO"] = "1"
    places = [place for place in PLACES if place.url_path not in NOT_TIMED and (not names or place.url_path in names)]
    for size in sizes:
        measure_pages(size, 5 if size == 1_000 else 10, places)


if __name__ == "__main__":
    numbers = [int(text) for text in sys.argv[1:] if text.isdigit()]
    main(numbers or tuple(TARGETS), [text for text in sys.argv[1:] if not text.isdigit()])
