"""Loads that are killed at a moment, each in a process of its own."""

import json
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from subprocess import PIPE, Popen
from typing import Any

from offendermgmt.intake import loading
from offendermgmt.intake.loading import Progress
from offendermgmt.store import Store, UnitOfWork
from tests.databases import FORCE
from tests.unit.intake.extracts import NOW

ROOT = Path(__file__).parents[3]


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


@dataclass(frozen=True)
class Killer:
    """A process that has read the program, and forks one for each load: reading it takes longer than the load."""

    process: "Popen[str]"

    def load(self, path: Path, address: str, moment: str) -> int:
        """What a load that dies at the moment came to: minus the signal's number, 0 if it did not die."""
        if self.process.stdin is None or self.process.stdout is None:
            raise ValueError("The process has no way to be asked.")
        self.process.stdin.write(f"{json.dumps([str(path), address, moment])}\n")
        self.process.stdin.flush()
        return int(self.process.stdout.readline())


@contextmanager
def killer() -> Iterator[Killer]:
    """A killer of loads until the block ends."""
    with Popen([sys.executable, "-m", __name__], cwd=ROOT, stdin=PIPE, stdout=PIPE, text=True) as process:
        yield Killer(process)


def _load(path: str, address: str, moment: str) -> None:
    if moment == "refused rows kept":
        die_after(loading, "keep_refused")
    if moment == "before the commit":
        die_after(UnitOfWork, "finish")
    with Store(address) as store:
        loading.load(store, FORCE, Path(path), now=NOW, user="tester", progress=at_step(moment))


if __name__ == "__main__":
    for asked in sys.stdin:
        child = os.fork()
        if not child:
            _load(*json.loads(asked))
            os._exit(0)
        sys.stdout.write(f"{os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])}\n")
        sys.stdout.flush()
