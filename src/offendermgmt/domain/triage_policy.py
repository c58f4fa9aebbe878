"""The weights of triage, and what they must not do (R3 to R8)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from offendermgmt.domain.vocabulary import FlagKind, RiskLevel
from offendermgmt.domain.weights import require_risk_first


@dataclass(frozen=True)
class TriagePolicy:
    """Points of each part of an offender's place in triage, in whole numbers.

    `overdue` is for each whole interval in force overdue, in proportion, up to `overdue_most`; `failed` for each failed
    attempt of a row of them, up to `failed_most`; `flags` for each kind somebody recorded, up to `flags_most`.
    `raised_days` is how far back a rise in risk counts.
    """

    risk: Mapping[RiskLevel, int]
    overdue: int
    overdue_most: int
    never_seen: int
    failed: int
    failed_most: int
    missing: int
    raised: int
    raised_days: int
    arms: int
    flags: Mapping[FlagKind, int]
    flags_most: int

    def __post_init__(self) -> None:
        if min(*self.risk.values(), *self.flags.values(), *(getattr(self, name) for name in _plain())) < 0:
            raise ValueError("triage has a number below 0: a part may add points or none, never take any away")
        require_risk_first(
            "triage",
            self.risk,
            beside_risk=self.most_beside_risk,
            by_days=self.overdue_most,
            days_are="days overdue alone (overdue_most)",
        )

    @property
    def most_beside_risk(self) -> int:
        """The most points that all parts but risk can come to."""
        once = self.never_seen + self.missing + self.raised + self.arms
        return self.overdue_most + self.failed_most + self.flags_most + once

    @classmethod
    def from_document(cls, section: Mapping[str, Any]) -> Self:
        """The section `triage` of a policy document; KeyError or ValueError names what is missing or wrong."""
        return cls(
            risk={level: int(section["risk"][level]) for level in RiskLevel},
            flags={kind: int(section["flags"][kind]) for kind in FlagKind},
            **{name: int(section[name]) for name in _plain()},
        )


def _plain() -> list[str]:
    return [name for name in TriagePolicy.__dataclass_fields__ if name not in {"risk", "flags"}]
