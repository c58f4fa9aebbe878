"""Policy of the daily review, of actions and of evaluation: R12, R13, R22, R41, R52, R56, M31, M32, M42, M43."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from offendermgmt.domain.vocabulary import CASE_DECISIONS, DecisionKind


@dataclass(frozen=True)
class LoneFindingsPolicy:
    """How many working days after a visit made alone a supervisor has for a finding on it."""

    days: int

    @classmethod
    def from_document(cls, section: Mapping[str, Any]) -> Self:
        """The section `lone_findings` of a policy document; KeyError or ValueError names what is missing or wrong."""
        days = int(section["days"])
        if days < 1:
            raise ValueError(f"lone_findings has {days} days: a finding takes one working day or more")
        return cls(days=days)


@dataclass(frozen=True)
class MorningPolicy:
    """How many days a morning looks back for visits made alone that await a finding."""

    lone_days: int

    @classmethod
    def from_document(cls, section: Mapping[str, Any]) -> Self:
        """The section `morning` of a policy document; KeyError or ValueError names what is missing or wrong."""
        days = int(section["lone_days"])
        if days < 1:
            raise ValueError(f"morning has lone_days {days}: write how many days to look back, 1 or more")
        return cls(lone_days=days)


@dataclass(frozen=True)
class DecisionsPolicy:
    """In how many days each kind of decision is due unless said otherwise, and how far ahead one may be due at all.

    A deferral has no day due but its end, which is at most `longest_deferral` days ahead.
    """

    due_days: Mapping[DecisionKind, int]
    longest: int
    longest_deferral: int

    def __post_init__(self) -> None:
        if min(*self.due_days.values(), self.longest, self.longest_deferral) < 0:
            raise ValueError("decisions has a number of days below 0: write 0 for the same day, or more")
        if self.due_days[DecisionKind.DEFER] > self.longest_deferral:
            raise ValueError("decisions: a deferral ends later by default than longest_deferral_days allows")
        if max(self.due_days.values()) > self.longest:
            raise ValueError("decisions: a kind is due later by default than longest_days allows")

    @classmethod
    def from_document(cls, section: Mapping[str, Any]) -> Self:
        """The section `decisions` of a policy document; KeyError or ValueError names what is missing or wrong."""
        return cls(
            due_days={kind: int(section["due_days"][kind]) for kind in CASE_DECISIONS},
            longest=int(section["longest_days"]),
            longest_deferral=int(section["longest_deferral_days"]),
        )

    def most_days(self, kind: DecisionKind) -> int:
        """How many days ahead a decision of the kind may be due."""
        return self.longest_deferral if kind is DecisionKind.DEFER else self.longest


@dataclass(frozen=True)
class RecordingPolicy:
    """Within how many minutes of one another two visits to one offender are asked about before the second is saved."""

    same_visit_minutes: int

    @classmethod
    def from_document(cls, section: Mapping[str, Any]) -> Self:
        """The section `recording` of a policy document; KeyError or ValueError names what is missing or wrong."""
        minutes = int(section["same_visit_minutes"])
        if minutes < 1:
            raise ValueError(f"recording has same_visit_minutes {minutes}: write a whole number of minutes above 0")
        return cls(same_visit_minutes=minutes)


@dataclass(frozen=True)
class ReviewsPolicy:
    """How many working days after its day a signed review waits for its answer at most; how many of triage it keeps."""

    countersign_days: int
    kept_places: int

    @classmethod
    def from_document(cls, section: Mapping[str, Any]) -> Self:
        """The section `reviews` of a policy document; KeyError or ValueError names what is missing or wrong."""
        days, places = int(section["countersign_days"]), int(section["kept_places"])
        if days < 1 or places < 0:
            raise ValueError(f"reviews has countersign_days {days}, kept_places {places}: write at least 1 and 0")
        return cls(countersign_days=days, kept_places=places)


@dataclass(frozen=True)
class BoardActionsPolicy:
    """In how many days a board's action is due unless said otherwise, at most, and how far ahead the plan looks."""

    usual_days: int
    longest: int
    plan_days: int

    @classmethod
    def from_document(cls, section: Mapping[str, Any]) -> Self:
        """The section `board_actions` of a policy document; KeyError or ValueError names what is missing or wrong."""
        usual, longest, plan = (int(section[name]) for name in ("usual_days", "longest_days", "plan_days"))
        if not 0 < usual <= longest or plan < 1:
            raise ValueError(
                f"board_actions has usual_days {usual}, longest_days {longest}, plan_days {plan}: write days above 0, "
                "the longest no fewer than the usual"
            )
        return cls(usual_days=usual, longest=longest, plan_days=plan)


@dataclass(frozen=True)
class EvaluationPolicy:
    """How many months before and after an intervention are compared, at least and at most, and how surely."""

    least_before: int
    least_after: int
    most_months: int
    confidence: float

    @classmethod
    def from_document(cls, section: Mapping[str, Any]) -> Self:
        """The section `evaluation` of a policy document; KeyError or ValueError names what is missing or wrong."""
        before, after, most = (int(section[name]) for name in ("least_before", "least_after", "most_months"))
        confidence = float(section["confidence"])
        if not 3 <= before <= most or not 2 <= after <= most:
            raise ValueError(
                f"evaluation has least_before {before}, least_after {after}, most_months {most}: write at least 3 and "
                "2, and no more than the most"
            )
        if not 0 < confidence < 1:
            raise ValueError(f"evaluation has confidence {confidence}: write a fraction between 0 and 1")
        return cls(least_before=before, least_after=after, most_months=most, confidence=confidence)
