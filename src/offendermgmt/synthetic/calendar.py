"""Every event that moves the visit clocks, by day."""

import numpy as np

from offendermgmt.synthetic.chance import Ints
from offendermgmt.synthetic.clock import Clock
from offendermgmt.synthetic.people import People
from offendermgmt.synthetic.risk import Assessments, OwnIntervals
from offendermgmt.synthetic.states import MISSING, States
from offendermgmt.synthetic.written import NONE


class Calendar:
    """Every event that moves the clock, looked up by day."""

    def __init__(self, register: People, chain: States, risk: Assessments, plans: OwnIntervals) -> None:
        ending = plans.to_day != NONE
        self._arrivals = _by_day(register.registered, np.arange(len(register)), np.arange(len(register)))
        self._states = _by_day(chain.day, chain.offender, chain.status)
        self._risk = _by_day(risk.day, risk.offender, risk.level)
        self._plans = _by_day(
            np.r_[plans.day, plans.to_day[ending]],
            np.r_[plans.offender, plans.offender[ending]],
            np.r_[plans.interval, np.zeros(ending.sum(), dtype=np.int64)],
        )

    def before(self, clock: Clock, day: int) -> None:
        """Everything dated before the day, as it stands then."""
        arrived, _ = _until(self._arrivals, day)
        clock.register(arrived, day)
        clock.assess(*_until(self._risk, day), day)
        clock.plan(*_until(self._plans, day), day)
        clock.stand(*_until(self._states, day), day)

    def apply(self, clock: Clock, day: int) -> None:
        """The events of the day."""
        for events, change in ((self._states, clock.stand), (self._risk, clock.assess), (self._plans, clock.plan)):
            who, value = _on(events, day)
            if len(who):
                change(who, value, day)
        arrived, _ = _on(self._arrivals, day)
        if len(arrived):
            runs = clock.status[arrived] <= MISSING
            clock.managed[arrived] = True
            clock.register(arrived[runs], day)


_Dated = tuple[Ints, Ints, Ints]


def _by_day(day: Ints, who: Ints, value: Ints) -> _Dated:
    order = np.argsort(day, kind="stable")
    return day[order], who[order], value[order]


def _on(events: _Dated, day: int) -> tuple[Ints, Ints]:
    first, last = np.searchsorted(events[0], [day, day + 1])
    return events[1][first:last], events[2][first:last]


def _until(events: _Dated, day: int) -> tuple[Ints, Ints]:
    last = int(np.searchsorted(events[0], day))
    who, value = events[1][:last], events[2][:last]
    newest, place = np.unique(who[::-1], return_index=True)
    return newest, value[::-1][place]
