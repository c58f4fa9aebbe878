"""The runs of a plan: the days, cases and people that a simulation of the backlog is made of (Q46, Q47)."""

from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Final, Self

import numpy as np
import numpy.typing as npt

from offendermgmt.domain.days import Days, day_number
from offendermgmt.domain.demand_policy import DemandPolicy
from offendermgmt.domain.forecast import MONTH_DAYS, Counts, Floats
from offendermgmt.domain.simulation import Luck, Queue, arrivals, backlog, is_working, stream
from offendermgmt.services.demand import Foretold, window_ends
from offendermgmt.services.demand_measures import Measured
from offendermgmt.services.demand_plan import Plan
from offendermgmt.services.kept import Kept

WORKING_SHARE: Final = 5 / 7
_PACE: Final = 20
_MET: Final[Kept[tuple[Counts, Luck]]] = Kept(2)


@dataclass(frozen=True)
class Runs:
    """A plan with what it begins from: history and measures, and the policy with its seed."""

    told: Foretold
    now: Measured
    plan: Plan
    policy: DemandPolicy

    @property
    def known_by(self) -> tuple[int, bytes, Measured, DemandPolicy]:
        """What tells these runs from others of the same plan, for keeping their answers."""
        history = self.told.history
        return history.first, history.counts.tobytes(), self.now, self.policy

    def with_investigators(self, posts: float) -> Self:
        """The runs of the same plan with other investigators; they meet the same arrivals."""
        return replace(self, plan=replace(self.plan, investigators=posts))

    @cached_property
    def days(self) -> Days:
        """The days of the plan, the first the one after the measures'."""
        on = day_number(self.now.on)
        return np.arange(on + 1, int(window_ends(on, (self.plan.months,))[0]) + 1, dtype=np.int32)

    @cached_property
    def days_per_case(self) -> Floats:
        """Working days per case in each run: as planned, or as uncertain as the unit's own pace is."""
        if self.plan.days_per_case is not None:
            return np.full(self.policy.runs, self.plan.days_per_case)
        return self.now.pace.drawn(self.policy.runs, stream(self.policy.seed, _PACE))

    @property
    def arrivals(self) -> Counts:
        """Cases that come into the backlog on each day (row) of each run (column)."""
        return self._met()[0]

    def at_end(self) -> Counts:
        """Cases in the backlog at the end of each day (row) of each run (column)."""
        come, luck = self._met()
        return backlog(Queue(self.now.backlog, come, self._fte(), self.days_per_case), luck)

    def _met(self) -> tuple[Counts, Luck]:
        asked = (*self.known_by, self.plan.surge, self.plan.months)
        return _MET.answer(asked, self._drawn)

    def _drawn(self) -> tuple[Counts, Luck]:
        scale, surge = np.ones(len(self.days)), self.plan.surge
        if surge is not None:
            scale[self._between(surge.from_on, surge.last_on)] += surge.percent / 100
        month = self.days.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64) - self.told.history.next
        rates = self.told.rates.T[month] * (self.now.per_receipt / MONTH_DAYS)
        come = arrivals(rates, scale, self.policy.seed)
        return come, Luck.of(come, self.policy.seed)

    def _fte(self) -> Floats:
        there = np.full(len(self.days), float(self.plan.investigators))
        for one in self.plan.secondments:
            there += one.fte * self._between(one.from_on, one.last_on)
        return np.where(is_working(self.days), there, 0.0)

    def _between(self, first: date, last: date) -> npt.NDArray[np.bool_]:
        return (self.days >= day_number(first)) & (self.days <= day_number(last))
