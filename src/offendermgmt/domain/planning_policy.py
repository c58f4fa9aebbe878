"""How visits are planned: their length and times, how far ahead, and what a suggested plan counts (R30 to R39)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from itertools import pairwise
from typing import Any, Final, Self

from offendermgmt.domain.vocabulary import RiskLevel
from offendermgmt.domain.weights import require_risk_first

_WHOLE: Final = (
    *("visit_minutes", "most_minutes", "ahead_days", "due_days", "suggest_days", "mixing_days"),
    *("overdue", "overdue_most", "early", "early_most"),
)


@dataclass(frozen=True)
class PlanningPolicy:
    """Lengths in minutes and days; `slots` are the London times at which a suggested plan has visits begin.

    A suggested visit counts `risk` points, `overdue` more for each day overdue up to `overdue_most`, and `early` less
    for each day before the due date up to `early_most`. Crews on record over `mixing_days` say which pairs are settled.
    """

    visit_minutes: int
    most_minutes: int
    slots: tuple[time, ...]
    ahead_days: int
    due_days: int
    suggest_days: int
    mixing_days: int
    risk: Mapping[RiskLevel, int]
    overdue: int
    overdue_most: int
    early: int
    early_most: int

    def __post_init__(self) -> None:
        if not 0 < self.visit_minutes <= self.most_minutes:
            raise ValueError("planning: visit_minutes must be over 0 and no more than most_minutes")
        if not 0 < self.suggest_days <= self.ahead_days or min(self.due_days, self.mixing_days) < 0:
            raise ValueError("planning: suggest_days must be over 0 and within ahead_days; no days may be below 0")
        if not self.slots or any(_minutes(late) - _minutes(early) < self.visit_minutes for early, late in self._gaps):
            raise ValueError("planning.slots must be in order, and each visit_minutes or more after the one before")
        if min(self.overdue, self.overdue_most, self.early, self.early_most) < 0:
            raise ValueError("planning has points below 0")
        if self.early_most >= min(self.risk.values()):
            raise ValueError("planning.early_most must be less than the points of the lowest risk")
        require_risk_first(
            "planning",
            self.risk,
            beside_risk=self.overdue_most + self.early_most,
            by_days=self.overdue_most,
            days_are="days overdue alone (overdue_most)",
        )

    @property
    def _gaps(self) -> list[tuple[time, time]]:
        return list(pairwise(self.slots))

    @classmethod
    def from_document(cls, section: Mapping[str, Any]) -> Self:
        """The section `planning` of a policy document; KeyError or ValueError names what is missing or wrong."""
        return cls(
            slots=tuple(time.fromisoformat(str(slot)) for slot in section["slots"]),
            risk={level: int(section["risk"][level]) for level in RiskLevel},
            **{name: int(section[name]) for name in _WHOLE},
        )


def _minutes(at: time) -> int:
    return at.hour * 60 + at.minute
