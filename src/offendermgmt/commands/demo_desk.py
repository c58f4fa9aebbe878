"""A desk and a clock for telling the demonstration's past: what was known, and when it was recorded."""

from datetime import datetime

from offendermgmt.services.desk import Desk
from offendermgmt.services.snapshot import Snapshot
from offendermgmt.store import Store


class SetClock:
    """A clock that stands at the moment it is set to."""

    def __init__(self, moment: datetime) -> None:
        self.moment = moment

    def __call__(self) -> datetime:
        """The moment it is set to."""
        return self.moment


class DeskOfThen(Desk):
    """A desk that knows at each moment of the story no more than had been recorded by then."""

    def __init__(self, store: Store, force_ref: str, clock: SetClock) -> None:
        super().__init__(store.dated(clock), force_ref)
        self._clock = clock
        self._then: tuple[datetime, Snapshot] | None = None

    def snapshot(self, known_at: datetime | None = None) -> Snapshot:
        """What was known at the moment asked for, or at the one that the clock stands at."""
        moment = known_at or self._clock()
        # The story writes no facts, so that what was known at a moment stays the same while it is told.
        if self._then is None or self._then[0] != moment:
            self._then = (moment, super().snapshot(moment))
        return self._then[1]
