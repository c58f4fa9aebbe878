"""How long a board's month takes: reckoning it after a write, its pack in each form, closing a month and reading it.

Run it with `python -m benchmarks.boards [1000] [70000]`. Seconds are of the processor, which other work on the machine
does not lengthen. The baseline is a snapshot taken anew in the same run, which is what any figure costs whoever keeps
nothing; the ratio to it is what to quote. Pages of boards are timed with the others (`benchmarks.pages`).
"""

import sys
from collections.abc import Callable, Sequence
from functools import partial
from tempfile import TemporaryDirectory
from time import process_time
from typing import Final, TypeVar

from benchmarks.made_up import recordings, with_one_more_visit
from benchmarks.pages import FORCE, TARGETS, DeskInMemory
from benchmarks.written import CLOSED, MONTH, NOW, SLT, close, write_everything
from offendermgmt.domain.vocabulary import Board
from offendermgmt.outputs.packs.offer import PackForm, PackOffer
from offendermgmt.services.access import SYSTEM
from offendermgmt.services.boards import board_view
from offendermgmt.services.closing import reopen_month
from offendermgmt.services.desk import Desk
from offendermgmt.store import Store

# Seconds that somebody waits who presses a button.
LONGEST: Final = 10.0
Answer = TypeVar("Answer")


def seconds(work: Callable[[], Answer]) -> tuple[float, Answer]:
    """How long it took of the processor, and what it gave."""
    start = process_time()
    answer = work()
    return process_time() - start, answer


def line(what: str, taken: float, anew: float) -> None:
    verdict = "met" if taken <= LONGEST else "MISSED"
    print(f"  {what:<40} {taken:8.3f} s   {taken / anew:6.2f} of a snapshot   {verdict}", flush=True)


def measure(offenders: int, years: int) -> None:
    """Print each at one size."""
    with TemporaryDirectory() as folder, Store(f"sqlite:///{folder}/empty.db") as store:
        store.initialise(FORCE)
        desk = DeskInMemory(recordings(offenders, years), store.dated(lambda: NOW))
        desk.forget()
        anew, _ = seconds(desk.snapshot)
        print(
            f"{offenders:,} offenders, {years} years; a snapshot taken anew {anew:.3f} s; target {LONGEST:.0f} s each"
        )
        write_everything(desk)
        for board in Board:
            desk.write(with_one_more_visit)
            measure_month(desk, board, anew)
        measure_closing(desk, anew)


def measure_month(desk: Desk, board: Board, anew: float) -> None:
    """A board's month first reckoned after a write, with its pack in each form; and a closed one."""
    for month_on, months, told in ((MONTH, 36, "36 months after a visit"), (CLOSED, 13, "a closed month")):
        question = desk.question(SYSTEM, NOW.date(), today=NOW.date())
        taken, view = seconds(partial(board_view, desk, question, board, month_on, months))
        line(f"{board}: {told}", taken, anew)
        offer = PackOffer(desk, SYSTEM, view, ("OFFICIAL",))
        for form in PackForm if month_on == MONTH else ():
            file, _ = seconds(partial(offer.file, form, NOW))
            line(f"{board}: pack of it as {form}", file, anew)


def measure_closing(desk: Desk, anew: float) -> None:
    """Closing a month, which reckons all measures from what is known at the moment."""
    taken, _ = seconds(partial(close, desk, MONTH, 0))
    line("a month closed", taken, anew)
    reopen_month(desk, SLT, MONTH, 1, "To close it again.")
    taken, _ = seconds(partial(close, desk, MONTH, 2))
    line("the same closed again", taken, anew)


def main(sizes: Sequence[int] = tuple(TARGETS)) -> None:
    """Measure a force, with five years of history, and the country, with ten."""
    for size in sizes:
        measure(size, 5 if size == 1_000 else 10)


if __name__ == "__main__":
    main([int(text) for text in sys.argv[1:]] or tuple(TARGETS))
