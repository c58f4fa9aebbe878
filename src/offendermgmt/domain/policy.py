"""Policy: the numbers of the rules, dated and versioned, never constants in code.

A document is what a policy file or record says, parsed. `Policies` is every version in force over time, as the
engine wants it: arrays with a row a version, so that a change on a date is one more event of the timeline (V3).
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any, Self

import numpy as np
import numpy.typing as npt

from offendermgmt.domain.bands import band_names
from offendermgmt.domain.days import Days, day_number
from offendermgmt.domain.demand_policy import DemandPolicy
from offendermgmt.domain.framework_policy import FrameworkPolicy
from offendermgmt.domain.planning_policy import PlanningPolicy
from offendermgmt.domain.polit_board_policy import PolitBoardPolicy
from offendermgmt.domain.prevention_policy import PreventionPolicy
from offendermgmt.domain.priority_policy import PriorityPolicy
from offendermgmt.domain.review_policy import (
    BoardActionsPolicy,
    DecisionsPolicy,
    EvaluationPolicy,
    LoneFindingsPolicy,
    MorningPolicy,
    RecordingPolicy,
    ReviewsPolicy,
)
from offendermgmt.domain.signals_policy import SignalsPolicy
from offendermgmt.domain.triage_policy import TriagePolicy
from offendermgmt.domain.vocabulary import RiskLevel


@dataclass(frozen=True)
class Interval:
    """A length of time in calendar months and days (S4)."""

    months: int = 0
    days: int = 0

    @classmethod
    def parse(cls, text: str) -> Self:
        """The interval written as `3 months` or `45 days`; ValueError for anything else."""
        written = re.fullmatch(r"([1-9][0-9]{0,3}) (month|day)s?", text)
        if written is None:
            raise ValueError(f"{text!r} is no interval: write a whole number of months or days, such as '3 months'")
        number, unit = written.groups()
        return cls(months=int(number)) if unit == "month" else cls(days=int(number))

    def __str__(self) -> str:
        number, unit = (self.months, "month") if self.months else (self.days, "day")
        return f"{number} {unit}{'' if number == 1 else 's'}"


@dataclass(frozen=True)
class CrewingPolicy:
    """What is expected of crews, and from where on a pattern of them is worth a look."""

    target_share: Fraction
    settled_pair_visits: int
    settled_pair_share: Fraction
    overlap_minutes: int

    @classmethod
    def from_document(cls, section: Mapping[str, Any]) -> Self:
        """The section `crewing` of a policy document; KeyError names what is missing."""
        return cls(
            target_share=Fraction(str(section["target_share"])),
            settled_pair_visits=int(section["settled_pair_visits"]),
            settled_pair_share=Fraction(str(section["settled_pair_share"])),
            overlap_minutes=int(section["overlap_minutes"]),
        )


@dataclass(frozen=True)
class WorkloadPolicy:
    """How a caseload is read: from how many cases on a share is steady, and over how many days movement is shown."""

    small_caseload: int
    movement_days: int

    @classmethod
    def from_document(cls, section: Mapping[str, Any]) -> Self:
        """The section `workload` of a policy document; KeyError names what is missing."""
        return cls(small_caseload=int(section["small_caseload"]), movement_days=int(section["movement_days"]))


@dataclass(frozen=True)
class AssessmentPolicy:
    """When assessments, plans and records are to be looked at again, and what of contact is worth a look (A1 to A9)."""

    arms_tools: tuple[str, ...]
    arms_first_days: int
    arms_review: Interval
    plan_review: Interval
    supervisor_review: Mapping[RiskLevel, Interval]
    reactive_low: Interval
    reactive_review: Interval
    reactive_orders: tuple[str, ...]
    release_days: int
    failed_in_a_row: int
    unseen: Mapping[RiskLevel, Interval]

    @classmethod
    def from_document(cls, section: Mapping[str, Any]) -> Self:
        """The section `assessments` of a policy document; KeyError or ValueError names what is missing or wrong."""
        return cls(
            arms_tools=tuple(str(tool) for tool in section["arms_tools"]),
            arms_first_days=int(section["arms_first_days"]),
            arms_review=Interval.parse(section["arms_review"]),
            plan_review=Interval.parse(section["plan_review"]),
            supervisor_review={level: Interval.parse(section["supervisor_review"][level]) for level in RiskLevel},
            reactive_low=Interval.parse(section["reactive_low"]),
            reactive_review=Interval.parse(section["reactive_review"]),
            reactive_orders=tuple(str(kind) for kind in section["reactive_orders"]),
            release_days=int(section["release_days"]),
            failed_in_a_row=int(section["failed_in_a_row"]),
            unseen={level: Interval.parse(section["unseen"][level]) for level in RiskLevel},
        )


@dataclass(frozen=True)
class PublicationPolicy:
    """What may leave the units: counts under `smallest_count`, nought apart, are kept from viewers outside them."""

    smallest_count: int

    @classmethod
    def from_document(cls, section: Mapping[str, Any]) -> Self:
        """The section `publication` of a policy document; KeyError or ValueError names what is missing or wrong."""
        smallest = int(section["smallest_count"])
        if smallest < 1:
            raise ValueError(f"smallest_count is {smallest}: write 1 to show every count, or a larger number")
        return cls(smallest_count=smallest)


@dataclass(frozen=True)
class Policy:
    """One version of policy, in force from a day on."""

    version: str
    from_on: date
    visit_intervals: Mapping[RiskLevel, Interval]
    initial_visit_days: int
    band_ends: tuple[int, ...]
    high_risk_share: Fraction
    cases_per_fte: int
    polit_act_days: Mapping[RiskLevel, int]
    polit_stalled_days: Mapping[RiskLevel, int]
    crewing: CrewingPolicy
    workload: WorkloadPolicy
    assessments: AssessmentPolicy
    triage: TriagePolicy
    decisions: DecisionsPolicy
    lone_findings: LoneFindingsPolicy
    morning: MorningPolicy
    planning: PlanningPolicy
    recording: RecordingPolicy
    reviews: ReviewsPolicy
    board_actions: BoardActionsPolicy
    evaluation: EvaluationPolicy
    polit_board: PolitBoardPolicy
    polit_demand: DemandPolicy
    polit_priority: PriorityPolicy
    publication: PublicationPolicy
    signals: SignalsPolicy
    framework: FrameworkPolicy
    prevention: PreventionPolicy

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> Self:
        """The policy a parsed document describes; KeyError or ValueError names what is missing or wrong."""
        visits, caseload, polit = document["visits"], document["caseload"], document["polit"]
        return cls(
            version=str(document["version"]),
            from_on=document["from_on"],
            visit_intervals={level: Interval.parse(visits["interval"][level]) for level in RiskLevel},
            initial_visit_days=int(visits["initial_days"]),
            band_ends=tuple(int(end) for end in visits["band_ends"]),
            high_risk_share=Fraction(str(caseload["high_risk_share"])),
            cases_per_fte=int(caseload["cases_per_fte"]),
            polit_act_days={level: int(polit["act_days"][level]) for level in RiskLevel},
            polit_stalled_days={level: int(polit["stalled_days"][level]) for level in RiskLevel},
            crewing=CrewingPolicy.from_document(document["crewing"]),
            workload=WorkloadPolicy.from_document(document["workload"]),
            assessments=AssessmentPolicy.from_document(document["assessments"]),
            triage=TriagePolicy.from_document(document["triage"]),
            decisions=DecisionsPolicy.from_document(document["decisions"]),
            lone_findings=LoneFindingsPolicy.from_document(document["lone_findings"]),
            morning=MorningPolicy.from_document(document["morning"]),
            planning=PlanningPolicy.from_document(document["planning"]),
            recording=RecordingPolicy.from_document(document["recording"]),
            reviews=ReviewsPolicy.from_document(document["reviews"]),
            board_actions=BoardActionsPolicy.from_document(document["board_actions"]),
            evaluation=EvaluationPolicy.from_document(document["evaluation"]),
            polit_board=PolitBoardPolicy.from_document(document["polit_board"]),
            polit_demand=DemandPolicy.from_document(document["polit_demand"]),
            polit_priority=PriorityPolicy.from_document(document["polit_priority"]),
            publication=PublicationPolicy.from_document(document["publication"]),
            signals=SignalsPolicy.from_document(document["signals"]),
            framework=FrameworkPolicy.from_document(document["framework"]),
            prevention=PreventionPolicy.from_document(document["prevention"]),
        )

    @property
    def bands(self) -> tuple[str, ...]:
        """Names of the bands of days overdue, shortest first (V7)."""
        return band_names(self.band_ends)


@dataclass(frozen=True)
class Policies:
    """Every version of policy in order of the day it came into force; the first also holds before its day."""

    versions: tuple[Policy, ...]

    def __post_init__(self) -> None:
        if not self.versions:
            raise ValueError("there is no policy: at least one version is needed")
        if list(self.versions) != sorted(self.versions, key=lambda policy: policy.from_on):
            raise ValueError("policy versions must be in order of the day they come into force")

    def on(self, day: date) -> Policy:
        """The version in force on `day`."""
        # Asked some hundred times a page, so not by `index`.
        return next((version for version in reversed(self.versions) if version.from_on <= day), self.versions[0])

    def index(self, days: Days) -> npt.NDArray[np.intp]:
        """Position of the version in force on each day."""
        starts = [day_number(policy.from_on) for policy in self.versions]
        return np.maximum(np.searchsorted(starts, days, side="right") - 1, 0)

    def change_days(self) -> list[int]:
        """Days on which a later version came into force."""
        return [day_number(policy.from_on) for policy in self.versions[1:]]

    def visit_interval(self) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int32]]:
        """Months and days of the default interval: rows are versions, columns risk levels (S4)."""
        intervals = [[policy.visit_intervals[level] for level in RiskLevel] for policy in self.versions]
        return (
            np.array([[interval.months for interval in row] for row in intervals], dtype=np.int32),
            np.array([[interval.days for interval in row] for row in intervals], dtype=np.int32),
        )

    def initial_days(self) -> npt.NDArray[np.int32]:
        """Days to the first visit, by version (V1)."""
        return np.array([policy.initial_visit_days for policy in self.versions], dtype=np.int32)

    def act_days(self) -> npt.NDArray[np.int32]:
        """Days to act on a POLIT case: rows are versions, columns risk levels (P2)."""
        return _by_level([policy.polit_act_days for policy in self.versions])


def _by_level(limits: Sequence[Mapping[RiskLevel, int]]) -> npt.NDArray[np.int32]:
    return np.array([[row[level] for level in RiskLevel] for row in limits], dtype=np.int32)
