"""A load that is killed at a moment: `python -m tests.store.intake.killed_load PATH ADDRESS MOMENT`."""

import os
import signal
import sys
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


if __name__ == "__main__":
    path, address, moment = sys.argv[1:]
    if moment == "refused rows kept":
        die_after(loading, "keep_refused")
    if moment == "before the commit":
        die_after(UnitOfWork, "finish")
    with Store(address) as store:
        loading.load(store, FORCE, Path(path), now=NOW, user="tester", progress=at_step(moment))
