"""The answers asked for last, kept for as long as what they were made from is kept."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

Answer = TypeVar("Answer")


class Kept(Generic[Answer]):
    """At most `most` answers by what was asked; the one unused for longest goes first. Safe among threads."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._answers: OrderedDict[Hashable, Answer] = OrderedDict()
        self._lock = Lock()

    def answer(self, asked: Hashable, make: Callable[[], Answer]) -> Answer:
        """The answer kept for what is asked, or the one that `make` gives now; what it raises is not kept."""
        with self._lock:
            if asked in self._answers:
                self._answers.move_to_end(asked)
                return self._answers[asked]
        # Made outside the lock: who asks something else need not wait.
        made = make()
        with self._lock:
            self._answers[asked] = made
            while len(self._answers) > self._most:
                self._answers.popitem(last=False)
        return made
