"""What measures are counted from: tables with a row a month, asked of one question."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np
import pandas as pd

from offendermgmt.domain.days import LONDON, day_number, to_date
from offendermgmt.domain.periods import Periods
from offendermgmt.domain.vocabulary import Unit
from offendermgmt.services.access import Scope
from offendermgmt.services.desk import Desk
from offendermgmt.services.question import Question


@dataclass(frozen=True)
class Asked:
    """A question whose periods are calendar months, as of the last day of the last, and the desk it was asked of."""

    question: Question
    desk: Desk

    @property
    def months(self) -> Periods:
        """The months, the last as far as it has come."""
        return self.question.range

    @cached_property
    def month_ends(self) -> Sequence[Question]:
        """The question of each month alone, as of its last day (M3)."""
        bounds = zip(self.months.first.tolist(), self.months.last.tolist(), strict=True)
        return [
            replace(self.question, as_of=to_date(last), periods=Periods.whole(to_date(first), to_date(last)))
            for first, last in bounds
        ]

    @property
    def known_on(self) -> int:
        """The last day whose facts can be known, whatever day is asked for."""
        known_at, today = self.question.snapshot.known_at, self.question.today
        return day_number(today if known_at is None else min(today, known_at.astimezone(LONDON).date()))

    def scope(self, unit: Unit) -> Scope:
        """Holders whose cases count in a unit's measures."""
        return self.question.offender_scope if unit is Unit.MOSOVO else self.question.case_scope

    def of_team(self, team_ref: str | None) -> "Asked":
        """The same of one team, or of all of them."""
        return Asked(replace(self.question, team_ref=team_ref), self.desk)


@dataclass(frozen=True)
class Source:
    """A table that measures are counted from.

    `count` gives a row a month, float64, NaN where there is no value. Each of `sums` names a column and the columns it
    is the sum of; `alone` names counts of people that are in no sum. No page shows a sum over months but of months that
    it shows. `kept_elsewhere` says which of the numbers another page keeps from a viewer outside the units (columns of
    flags; what it does not keep it shows), `same_as` of which columns another source has the same numbers, and `steady`
    which another page shows of any day unless they are small. One that `reads_ledgers` is counted anew after every
    write, the others after those about their unit.
    """

    name: str
    unit: Unit | None
    count: Callable[[Asked], pd.DataFrame]
    sums: tuple[tuple[str, ...], ...] = ()
    alone: tuple[str, ...] = ()
    kept_elsewhere: Callable[[Asked], pd.DataFrame] | None = None
    same_as: Mapping[str, "tuple[Source, str]"] = field(default_factory=dict)
    steady: tuple[str, ...] = ()
    reads_ledgers: bool = False

    @property
    def counts(self) -> list[str]:
        """The columns that count people, or what could tell of one."""
        counted = (*self.alone, *(column for one in self.sums for column in one))
        return list(dict.fromkeys(counted))

    def counted(self, asked: Asked) -> pd.DataFrame:
        """The table as counted, kept with the snapshot; not to be written to."""
        snapshot = asked.question.snapshot
        kept = snapshot.measures if self.unit is None or self.reads_ledgers else snapshot.unit_measures[self.unit]
        return kept.answer(self.key(asked), lambda: self._counted(asked))

    def key(self, asked: Asked) -> tuple[Hashable, ...]:
        """What the table depends on beside the snapshot."""
        question, months = asked.question, asked.months
        scopes = [(scope.unallocated, scope.officers.tobytes()) for scope in map(asked.scope, Unit)]
        days = (asked.known_on, months.first.tobytes(), months.last.tobytes())
        return (self.name, question.viewer.units, *scopes, *days)

    def _counted(self, asked: Asked) -> pd.DataFrame:
        rows = self.count(asked).astype(np.float64)
        begins = _begins(asked, self.unit)
        return rows.mask(np.broadcast_to((asked.months.last < begins)[:, None], rows.shape))


def _begins(asked: Asked, unit: Unit | None) -> int:
    """The first day on which a unit's holders who count had anything to do; after every day where they never had.

    A team that was not there yet, or a unit the viewer is not of, has no value: nought would say that all was well.
    """
    if unit is None:
        return -(2**30)
    question = asked.question
    snapshot = question.snapshot
    segments = snapshot.timeline.segments if unit is Unit.MOSOVO else snapshot.cases.segments
    scope = asked.scope(unit)
    start = segments["start"].to_numpy()
    if not scope.everything:
        start = start[scope.holds(segments["officer"].to_numpy())]
    if unit not in question.viewer.units:
        start = start[:0]
    return int(start.min(initial=2**30))
