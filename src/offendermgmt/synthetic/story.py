"""What happened in Fenshire, as dates and as curves over days that every other part follows."""

from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from offendermgmt.domain.days import day_number, to_date
from offendermgmt.synthetic.chance import Floats

AnyDays = npt.NDArray[np.int64]
_RECOVERY_YEARS = 23 / 12
_MONTH = 30.44


@dataclass(frozen=True)
class StoryEvent:
    """One dated event of the story, for a mark on a chart."""

    on: date
    kind: str
    text: str


@dataclass(frozen=True)
class Story:
    """Day numbers on which the force's fortunes turn."""

    start: int
    end: int
    inspection: int
    order: int
    seconded_from: int
    seconded_to: int
    recovered: int

    @classmethod
    def until(cls, ends_on: date, years: int) -> "Story":
        """The story of `years` years up to `ends_on`: the recovery takes the last 23 months where there are as many."""
        end = day_number(ends_on)
        start = end - round(365.25 * years)
        inspection = end - round(365.25 * min(_RECOVERY_YEARS, years * _RECOVERY_YEARS / 3))
        pace = (end - inspection) / (365.25 * _RECOVERY_YEARS)
        month = pace * _MONTH
        return cls(
            start=start,
            end=end,
            inspection=inspection,
            order=inspection + round(0.6 * month),
            seconded_from=inspection + round(1.5 * month),
            seconded_to=inspection + round(10.5 * month),
            recovered=inspection + round(11 * month),
        )

    def overdue_share(self, day: int) -> float:
        """The share of running clocks that the force lets stand overdue on a day."""
        knots = [self.inspection + 40, self.recovered, self.end - 85, self.end - 65, self.end - 40, self.end - 25]
        return float(np.interp(day, knots, [0.165, 0.022, 0.022, 0.05, 0.045, 0.024]))

    def focus(self, day: int) -> float:
        """How far the worst overdue go first: 0 before the inspection, 1 when the backlog is managed."""
        return float(np.interp(day, [self.inspection, self.inspection + 90], [0.0, 1.0]))

    def in_hand(self, day: int) -> float:
        """How far visits are planned before they fall due: 0 while the backlog rules the day, 1 once cleared."""
        knots = [self.recovered - 70, self.recovered + 40, self.end - 90, self.end - 75, self.end - 50, self.end - 25]
        return float(np.interp(day, knots, [0.0, 1.0, 1.0, 0.15, 0.15, 1.0]))

    def lone_share(self, days: AnyDays) -> Floats:
        """The probability that a visit of the day is made alone."""
        fall = self.order + 105
        return np.interp(days, [self.order, self.order + 45, fall, fall + 60], [0.60, 0.28, 0.05, 0.025])

    def authorised_share(self, days: AnyDays) -> Floats:
        """The probability that a lone visit of the day was authorised beforehand."""
        return np.interp(days, [self.inspection, self.order + 90], [0.14, 0.72])

    def recording_delay(self, days: AnyDays) -> tuple[Floats, Floats]:
        """Median days from visit to recording, and the spread (log normal sigma), for each day."""
        knots = [self.inspection + 30, self.inspection + 210]
        return np.exp(np.interp(days, knots, np.log([6.0, 1.0]))), np.interp(days, knots, [1.113, 1.082])

    def surge(self, days: AnyDays) -> Floats:
        """Referrals to POLIT on a day as a multiple of the quiet rate: 40% more for a year."""
        first = self.inspection - 150
        return np.interp(days, [first, first + 30, first + 335, first + 365], [1.0, 1.4, 1.4, 1.15])

    def tool_changed(self) -> int:
        """The day from which POLIT assesses by the third version of its tool."""
        return self.recovered + (self.end - self.recovered) // 5

    def polit_clearing(self) -> int:
        """The day from which POLIT's backlog is worked down."""
        return self.inspection + (self.recovered - self.inspection) * 5 // 8


def events(ends_on: date, years: int = 3) -> tuple[StoryEvent, ...]:
    """The dated events of the story that ends on `ends_on`, oldest first."""
    story = Story.until(ends_on, years)
    told = [
        (story.inspection, "inspection", "Inspection finds officers visiting alone and a backlog of visits"),
        (story.order, "order", "Double crewing ordered for every visit"),
        (story.seconded_from, "staffing", "Extra supervisors and seconded officers join both teams"),
        (story.polit_clearing(), "polit", "Fenshire online investigation starts to clear its backlog"),
        (story.seconded_to, "staffing", "Seconded officers return to their own units"),
        (story.recovered, "recovery", "Backlog of visits back to a few in a hundred"),
        (story.end - 65, "sickness", "Sickness in Fenshire South: a short rise in overdue visits"),
    ]
    return tuple(StoryEvent(to_date(day), kind, text) for day, kind, text in told if story.start <= day)
