"""A load that is killed at a moment, in a process of its own."""

import os
import signal
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from offendermgmt.intake import loading
from offendermgmt.intake.loading import Progress
from offendermgmt.store import Store, UnitOfWork
from tests.databases import FORCE
from tests.unit.intake.extracts import NOW


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def at_step(moment: str) -> Progress:
    """Dies at a step of a table, as `storing visits`."""
    return Progress(lambda step, table, _rows: die() if f"{step} {table}" == moment else None)


def die_after(owner: Any, name: str) -> None:
    """Makes a function die when it has done its work."""
    function = getattr(owner, name)

    def last_words(*given: Any, **named: Any) -> None:
        function(*given, **named)
        die()

    setattr(owner, name, last_words)


def killed_load(path: Path, address: str, moment: str) -> int | None:
    """What a load that dies at the moment came to: minus the signal's number, 0 if it did not die."""
    # Processes are forked from one that has read the program already, which takes longer than the load.
    context = get_context("forkserver")
    context.set_forkserver_preload([__name__])
    process = context.Process(target=_load, args=(path, address, moment))
    process.start()
    process.join()
    return process.exitcode


def _load(path: Path, address: str, moment: str) -> None:
    if moment == "refused rows kept":
        die_after(loading, "keep_refused")
    if moment == "before the commit":
        die_after(UnitOfWork, "finish")
    with Store(address) as store:
        loading.load(store, FORCE, path, now=NOW, user="tester", progress=at_step(moment))
