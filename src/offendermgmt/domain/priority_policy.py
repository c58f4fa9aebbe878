"""The weights of the order in which POLIT's backlog is worked, and what they must not do (Q20 to Q29)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from offendermgmt.domain.vocabulary import ChildAccess, RiskLevel
from offendermgmt.domain.weights import require_risk_first


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
        yes, unknown, no = (self.access[kind] for kind in (ChildAccess.YES, ChildAccess.NOT_KNOWN, ChildAccess.NO))
        if not yes >= unknown >= no:
            raise ValueError("polit_priority.access: not_known must count between no and yes")
        require_risk_first(
            "polit_priority",
            self.risk,
            beside_risk=self.most_beside_risk,
            by_days=self.limit_most + self.stalled_most,
            days_are="days alone (limit_most and stalled_most)",
        )

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

    @classmethod
    def from_document(cls, section: Mapping[str, Any]) -> Self:
        """The section `polit_priority` of a policy document; KeyError or ValueError names what is missing or wrong."""
        plain = [name for name in cls.__dataclass_fields__ if name not in {"risk", "access"}]
        return cls(
            risk={level: int(section["risk"][level]) for level in RiskLevel},
            access={kind: int(section["access"][kind]) for kind in ChildAccess},
            **{name: int(section[name]) for name in plain},
        )
