"""A plan for POLIT: who would be there, what would come, how long a case takes, and the size to hold (Q46 to Q48)."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Self

from offendermgmt.domain.simulation import MOST_POSTS
from offendermgmt.services.changes import ChangeRefused

MONTHS: Final = (6, 12, 24)
MOST_SECONDMENTS: Final = 6
MOST_PERCENT: Final = 300
LEAST_PERCENT: Final = -90
SHORTEST_DAYS: Final = 0.5
LONGEST_DAYS: Final = 200.0
LARGEST_BACKLOG: Final = 10_000


class PlanRefused(ChangeRefused, ValueError):
    """A plan that cannot be worked out; the message says what to change."""


@dataclass(frozen=True)
class Secondment:
    """So many FTE more from a first to a last day, both included."""

    fte: float
    from_on: date
    last_on: date


@dataclass(frozen=True)
class Surge:
    """Receipts so many per cent above the forecast (below where negative) from a first to a last day, both included."""

    percent: int
    from_on: date
    last_on: date


@dataclass(frozen=True)
class Plan:
    """What is assumed; `days_per_case` None = the unit's own pace, as uncertain as its few departures leave it.

    `under` is the size that the backlog is to be under, `months` how far ahead the plan looks.
    """

    investigators: float
    under: int
    months: int = 12
    days_per_case: float | None = None
    secondments: tuple[Secondment, ...] = ()
    surge: Surge | None = None

    def checked(self) -> Self:
        """The plan itself; PlanRefused says what cannot be worked out."""
        if not 0 <= self.investigators <= MOST_POSTS:
            raise PlanRefused(f"Give the investigators as 0 to {MOST_POSTS:,} FTE, not {self.investigators:g}.")
        if not 1 <= self.under <= LARGEST_BACKLOG:
            raise PlanRefused(f"Give the size to be under as 1 (cleared) to {LARGEST_BACKLOG:,} cases.")
        if self.months not in MONTHS:
            raise PlanRefused(f"A plan looks {', '.join(map(str, MONTHS[:-1]))} or {MONTHS[-1]} months ahead.")
        if self.days_per_case is not None and not SHORTEST_DAYS <= self.days_per_case <= LONGEST_DAYS:
            raise PlanRefused(f"Give the time per case as {SHORTEST_DAYS:g} to {LONGEST_DAYS:g} working days.")
        self._check_secondments()
        if self.surge is not None:
            _check_dates("surge", self.surge.from_on, self.surge.last_on)
            if not LEAST_PERCENT <= self.surge.percent <= MOST_PERCENT:
                raise PlanRefused(f"Give the surge as {LEAST_PERCENT} to {MOST_PERCENT} per cent.")
        return self

    def _check_secondments(self) -> None:
        if len(self.secondments) > MOST_SECONDMENTS:
            raise PlanRefused(
                f"A plan has at most {MOST_SECONDMENTS} secondments: put together what begins and ends alike."
            )
        for secondment in self.secondments:
            _check_dates("secondment", secondment.from_on, secondment.last_on)
            if not 0 < secondment.fte <= MOST_POSTS:
                raise PlanRefused(f"A secondment has more than 0 and at most {MOST_POSTS:,} FTE.")

    def document(self) -> dict[str, Any]:
        """The plan as plain values for JSON; `read` gives it back."""
        return {
            "investigators": self.investigators,
            "under": self.under,
            "months": self.months,
            "days_per_case": self.days_per_case,
            "secondments": [[one.fte, one.from_on.isoformat(), one.last_on.isoformat()] for one in self.secondments],
            "surge": self.surge
            and [self.surge.percent, self.surge.from_on.isoformat(), self.surge.last_on.isoformat()],
        }

    @classmethod
    def read(cls, document: dict[str, Any]) -> Self:
        """The plan of a document; KeyError or ValueError for what is none."""
        surge = document["surge"]
        return cls(
            float(document["investigators"]),
            int(document["under"]),
            int(document["months"]),
            None if document["days_per_case"] is None else float(document["days_per_case"]),
            tuple(
                Secondment(float(fte), date.fromisoformat(first), date.fromisoformat(last))
                for fte, first, last in document["secondments"]
            ),
            surge and Surge(int(surge[0]), date.fromisoformat(surge[1]), date.fromisoformat(surge[2])),
        ).checked()


def _check_dates(what: str, first: date, last: date) -> None:
    if last < first:
        raise PlanRefused(
            f"The {what} ends on {last:%d/%m/%Y}, before it begins on {first:%d/%m/%Y}: swap the two days."
        )
