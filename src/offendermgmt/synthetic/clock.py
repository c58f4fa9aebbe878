"""The visit clock of every offender, moved a day's events at a time (rules V1 to V5)."""

import numpy as np

from offendermgmt.domain.days import add_interval
from offendermgmt.synthetic.chance import Flags, Ints
from offendermgmt.synthetic.states import ABROAD, COMMUNITY, ENDED, MISSING

UNASSESSED = 4
_MONTHS = np.array([1, 3, 6, 12, 3])
INTERVAL_DAYS = np.array([30, 91, 183, 365, 91])
FIRST_VISIT_DAYS = 15


class Clock:
    """Arrays over the offenders, as they stand at the end of the last day given."""

    def __init__(self, size: int) -> None:
        self.managed: Flags = np.zeros(size, dtype=np.bool_)
        self.runs: Flags = np.zeros(size, dtype=np.bool_)
        self.status: Ints = np.full(size, COMMUNITY, dtype=np.int64)
        self.level: Ints = np.full(size, UNASSESSED, dtype=np.int64)
        self.own: Ints = np.zeros(size, dtype=np.int64)
        self.last: Ints = np.zeros(size, dtype=np.int64)
        self.due: Ints = np.zeros(size, dtype=np.int64)
        self.first: Flags = np.ones(size, dtype=np.bool_)
        self._stopped: Ints = np.zeros(size, dtype=np.int64)
        self._only_abroad: Flags = np.zeros(size, dtype=np.bool_)

    def interval(self) -> Ints:
        """Days from one visit to the next, as nearly as a month allows."""
        return np.where(self.own > 0, self.own, INTERVAL_DAYS[self.level])

    def register(self, who: Ints, day: int) -> None:
        """Management starts: the first visit falls due in 15 days (V1)."""
        self.managed[who] = True
        self.runs[who] = True
        self._restart(who, day)

    def stand(self, who: Ints, status: Ints, day: int) -> None:
        """The offenders' states change: the clock stops, pauses or starts (V1, V4, V5)."""
        self.status[who] = status
        running = status <= MISSING
        stopping = who[~running & self.runs[who]]
        self._stopped[stopping] = day
        self._only_abroad[stopping] = True
        self._only_abroad[who[~running & (status != ABROAD)]] = False
        resuming = who[running & ~self.runs[who]]
        self.runs[who] = running
        self.managed[who] = status != ENDED
        self._restart(resuming[~self._only_abroad[resuming]], day)
        self._move(resuming[self._only_abroad[resuming]], day, self._stopped)

    def assess(self, who: Ints, level: Ints, day: int) -> None:
        """The level changes, and with it the interval in force (V3)."""
        moved = who[(self.level[who] != level) & (self.own[who] == 0)]
        self.level[who] = level
        self._move(moved[self.runs[moved]], day)

    def plan(self, who: Ints, own: Ints, day: int) -> None:
        """The plan sets its own interval, or (0) no longer does (V3)."""
        self.own[who] = own
        self._move(who[self.runs[who]], day)

    def visit(self, who: Ints, day: int) -> None:
        """Completed visits: the next falls due after the interval in force (V2)."""
        self.last[who] = day
        self.first[who] = False
        self.due[who] = self._after_last(who)

    def _restart(self, who: Ints, day: int) -> None:
        self.first[who] = True
        self.due[who] = day + FIRST_VISIT_DAYS

    def _move(self, who: Ints, day: int, since: Ints | None = None) -> None:
        who = who[~self.first[who]]
        if len(who):
            before = day if since is None else since[who]
            held = np.where(self.due[who] < before, self.due[who], day)
            self.due[who] = np.maximum(self._after_last(who), held)

    def _after_last(self, who: Ints) -> Ints:
        own = self.own[who]
        months = np.where(own > 0, 0, _MONTHS[self.level[who]])
        return add_interval(self.last[who].astype(np.int32), months, own).astype(np.int64)
