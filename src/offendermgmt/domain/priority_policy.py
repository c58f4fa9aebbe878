"""The weights of the order in which POLIT's backlog is worked, and what they must not do (Q20 to Q29)."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Self

from offendermgmt.domain.vocabulary import ChildAccess, RiskLevel

# Neighbours, and levels two apart: an unassessed case is never ranked as if it were known to be low or medium (P2).
_NEXT = (
    (RiskLevel.VERY_HIGH, RiskLevel.HIGH),
    (RiskLevel.HIGH, RiskLevel.MEDIUM),
    (RiskLevel.MEDIUM, RiskLevel.LOW),
    (RiskLevel.UNASSESSED, RiskLevel.MEDIUM),
)
_TWO_APART = (
    (RiskLevel.VERY_HIGH, RiskLevel.MEDIUM),
    (RiskLevel.HIGH, RiskLevel.LOW),
    (RiskLevel.UNASSESSED, RiskLevel.LOW),
)
_FALLING = (RiskLevel.VERY_HIGH, RiskLevel.HIGH, RiskLevel.UNASSESSED, RiskLevel.MEDIUM, RiskLevel.LOW)


@dataclass(frozen=True)
class PriorityPolicy:
    """Points of each part of a case's priority, in whole numbers, and the days that overrides and lists go by.

    `limit_used` is for each whole act-by limit used, `stalled` for each whole stalled limit without activity; both
    count in proportion, up to their `most`.
    """

    risk: Mapping[RiskLevel, int]
    child_awaiting: int
    child_not_referred: int
    children_most: int
    access: Mapping[ChildAccess, int]
    limit_used: int
    limit_most: int
    stalled: int
    stalled_most: int
    reassess: int
    override_days: int
    lowered_days: int
    old_days: int

    def __post_init__(self) -> None:
        if min(*self.risk.values(), *self.access.values(), *self._plain_points()) < 0:
            raise ValueError("polit_priority has a weight below 0: a part may add points or none, never take any away")
        if any(self.risk[worse] < self.risk[better] for worse, better in pairwise(_FALLING)):
            raise ValueError(f"polit_priority.risk must not rise along {', '.join(_FALLING)}")
        yes, unknown, no = (self.access[kind] for kind in (ChildAccess.YES, ChildAccess.NOT_KNOWN, ChildAccess.NO))
        if not yes >= unknown >= no:
            raise ValueError("polit_priority.access: not_known must count between no and yes")
        self._require(_TWO_APART, self.most_beside_risk, "all other parts together")
        self._require(_NEXT, self.limit_most + self.stalled_most, "days alone (limit_most and stalled_most)")

    @property
    def most_beside_risk(self) -> int:
        """The most points that all parts but risk can come to."""
        access = max(self.access.values())
        return self.children_most + access + self.limit_most + self.stalled_most + self.reassess

    def _plain_points(self) -> tuple[int, ...]:
        return (
            *(self.child_awaiting, self.child_not_referred, self.children_most, self.limit_used, self.limit_most),
            *(self.stalled, self.stalled_most, self.reassess),
        )

    def _require(self, pairs: tuple[tuple[RiskLevel, RiskLevel], ...], most: int, what: str) -> None:
        for higher, lower in pairs:
            gap = self.risk[higher] - self.risk[lower]
            if most >= gap:
                raise ValueError(
                    f"polit_priority: {what} can come to {most} points, and {higher} stands only {gap} above {lower}: "
                    "a case must not overtake another by them"
                )

    @classmethod
    def from_document(cls, section: Mapping[str, Any]) -> Self:
        """The section `polit_priority` of a policy document; KeyError or ValueError names what is missing or wrong."""
        plain = [name for name in cls.__dataclass_fields__ if name not in {"risk", "access"}]
        return cls(
            risk={level: int(section["risk"][level]) for level in RiskLevel},
            access={kind: int(section["access"][kind]) for kind in ChildAccess},
            **{name: int(section[name]) for name in plain},
        )
