"""The answers asked for last, kept for as long as what they were made from is kept."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, Generic, TypeVar

Answer = TypeVar("Answer")


class Kept(Generic[Answer]):
    """At most `most` answers by what was asked; the one unused for longest goes first. Safe among threads."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._answers: OrderedDict[Hashable, tuple[Any, Answer]] = OrderedDict()
        self._lock = Lock()

    def answer(self, asked: Hashable, make: Callable[[], Answer], rests_on: object = None) -> Answer:
        """The answer kept for what is asked, or the one that `make` gives now; what it raises is not kept.

        One made of something else than what it `rests_on` now is made anew, in place of the old one.
        """
        with self._lock:
            kept = self._answers.get(asked)
            if kept is not None and kept[0] == rests_on:
                self._answers.move_to_end(asked)
                return kept[1]
        # Made outside the lock: who asks something else need not wait.
        made = make()
        with self._lock:
            self._answers[asked] = rests_on, made
            self._answers.move_to_end(asked)
            while len(self._answers) > self._most:
                self._answers.popitem(last=False)
        return made
