"""What is asked of a snapshot: by whom, as of which day or over which periods, for which team or officer."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from offendermgmt.domain.days import LONDON, day_number
from offendermgmt.domain.periods import Every, Periods
from offendermgmt.domain.policy import Policy
from offendermgmt.domain.segments import Flags
from offendermgmt.domain.visits import overdue_windows
from offendermgmt.domain.vocabulary import Unit
from offendermgmt.services.access import Scope, Viewer, scope_of
from offendermgmt.services.snapshot import Snapshot


@dataclass(frozen=True)
class Question:
    """A snapshot and what is asked of it.

    `as_of` is the day, or the last day of `periods` (D2); `today` the last day whose facts can be known.
    """

    snapshot: Snapshot
    viewer: Viewer
    as_of: date
    today: date
    periods: Periods | None = None
    team_ref: str | None = None
    officer_ref: str | None = None

    @property
    def on(self) -> int:
        """`as_of` as a day number."""
        return day_number(self.as_of)

    @property
    def last_known(self) -> int:
        """The last day whose visits can be known: the earliest of the day asked for, today and the moment asked for."""
        known_at = self.snapshot.known_at
        known_on = self.as_of if known_at is None else known_at.astimezone(LONDON).date()
        return day_number(min(self.as_of, self.today, known_on))

    @property
    def range(self) -> Periods:
        """The periods asked for; the day itself where none were."""
        return self.periods or Periods.between(self.as_of, self.as_of, Every.DAY)

    @property
    def policy(self) -> Policy:
        """The policy in force on the day."""
        return self.snapshot.policies.on(self.as_of)

    @property
    def smallest_count(self) -> int:
        """Under which number a count is kept from viewers outside the units, whatever day it is of.

        By the policy in force today, known at that moment or not: what matters is when a count leaves the units.
        """
        known_now = self.snapshot.publishing or self.snapshot.policies
        return known_now.on(self.today).publication.smallest_count

    @cached_property
    def offender_scope(self) -> Scope:
        """Holders whose offenders count."""
        return self._scope(Unit.MOSOVO)

    @cached_property
    def case_scope(self) -> Scope:
        """Holders whose POLIT cases count."""
        return self._scope(Unit.POLIT)

    @cached_property
    def overdue_windows(self) -> pd.DataFrame:
        """Runs of overdue days that count, as of the day (`visits.overdue_windows`)."""
        scope, on = self.offender_scope, self.on
        asked = (on, None if scope.everything else (scope.unallocated, scope.officers.tobytes()))
        segments = self.snapshot.timeline.segments
        return self.snapshot.windows.answer(asked, lambda: overdue_windows(segments, on, self.counted_segments()))

    def counted_segments(self) -> Flags | None:
        """Which timeline segments count, None for all of them."""
        return self._counted(self.offender_scope, self.snapshot.timeline.segments["officer"].to_numpy())

    def counted_case_segments(self) -> Flags | None:
        """Which segments of the case timeline count, None for all of them."""
        return self._counted(self.case_scope, self.snapshot.cases.segments["officer"].to_numpy())

    def _counted(self, scope: Scope, officer: npt.NDArray[np.integer[Any]]) -> Flags | None:
        return None if scope.everything else scope.holds(officer)

    def _scope(self, unit: Unit) -> Scope:
        return scope_of(self.viewer, self.snapshot.facts, unit, self.team_ref, self.officer_ref)
