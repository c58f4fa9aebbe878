"""What each figure about assessments, plans and contact means, with the limits of the policy in force (A1 to A9)."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from offendermgmt.domain.policy import AssessmentPolicy, Interval
from offendermgmt.domain.vocabulary import RiskLevel
from offendermgmt.services.figures import Definition
from offendermgmt.services.wording import RISK, days_text


class Concern(StrEnum):
    """A list of offenders that needs somebody's decision; the value is its code in an address."""

    ARMS_NOT_DONE = "arms-not-done"
    ARMS_REVIEW = "arms-review"
    PLAN_REVIEW = "plan-review"
    SUPERVISOR_REVIEW = "supervisor-review"
    MISSING = "missing"
    NEVER_SEEN = "never-seen"
    UNSEEN = "unseen"
    FAILED = "failed-attempts"
    REACTIVE = "reactive"
    INELIGIBLE = "reactive-ineligible"
    OWN = "own-interval"
    OWN_LONGER = "own-longer"
    OWN_UNAPPROVED = "own-unapproved"
    RELEASED = "released"
    RELEASED_LATE = "released-late"


GROUPS: Final[Mapping[str, tuple[Concern, ...]]] = {
    "Out of contact": (Concern.MISSING, Concern.NEVER_SEEN, Concern.UNSEEN, Concern.FAILED),
    "Assessments and reviews": (
        Concern.ARMS_NOT_DONE,
        Concern.ARMS_REVIEW,
        Concern.PLAN_REVIEW,
        Concern.SUPERVISOR_REVIEW,
    ),
    "Released from custody or hospital": (Concern.RELEASED_LATE, Concern.RELEASED),
    "Reactive management": (Concern.INELIGIBLE, Concern.REACTIVE),
    "Own visit intervals": (Concern.OWN_LONGER, Concern.OWN_UNAPPROVED, Concern.OWN),
}

GROUPED: Final = tuple(concern for group in GROUPS.values() for concern in group)


def definitions(policy: AssessmentPolicy) -> dict[Concern, Definition]:
    """The definition of each concern, with the policy's own numbers in it."""
    return _reviews(policy) | _contact(policy) | _reactive(policy) | _intervals() | _releases(policy)


def _reviews(policy: AssessmentPolicy) -> dict[Concern, Definition]:
    return {
        Concern.ARMS_NOT_DONE: Definition(
            "ARMS not done",
            f"The clock runs and there is no ARMS assessment, more than {days_text(policy.arms_first_days)} after the "
            "day first seen (never seen: after the day the first visit was due).",
            ("A1",),
        ),
        Concern.ARMS_REVIEW: Definition(
            "ARMS past its review",
            f"The clock runs and the newest ARMS assessment is more than {policy.arms_review} old.",
            ("A1",),
        ),
        Concern.PLAN_REVIEW: Definition(
            "Plan review past due",
            f"The clock runs and the risk management plan was last reviewed more than {policy.plan_review} ago; "
            "never reviewed, counted from registration.",
            ("A2",),
        ),
        Concern.SUPERVISOR_REVIEW: Definition(
            "Supervisor review past due",
            "The clock runs and a supervisor last reviewed the record longer ago than policy allows for the risk "
            f"({_by_risk(policy.supervisor_review)}); never reviewed, counted from registration.",
            ("A3",),
        ),
    }


def _contact(policy: AssessmentPolicy) -> dict[Concern, Definition]:
    return {
        Concern.MISSING: Definition(
            "Missing", "Recorded as missing on the day. They stay in the overdue figures too.", ("A7", "S2")
        ),
        Concern.NEVER_SEEN: Definition(
            "Never seen",
            "The clock runs and no completed visit has seen the person since registration, "
            "the newly registered included.",
            ("A9",),
        ),
        Concern.UNSEEN: Definition(
            "Long unseen",
            f"The clock runs and the person was last seen longer ago than policy allows for the risk "
            f"({_by_risk(policy.unseen)}), whatever their own interval.",
            ("A9",),
        ),
        Concern.FAILED: Definition(
            "Failed attempts in a row",
            f"The clock runs and {policy.failed_in_a_row} or more visits since the person was last seen were made "
            "and saw nobody: no reply, refused or moved. Cancelled ones do not count.",
            ("A8", "W1"),
        ),
    }


def _reactive(policy: AssessmentPolicy) -> dict[Concern, Definition]:
    return {
        Concern.REACTIVE: Definition(
            "Managed reactively", "No visits are made; the case is looked at again once a year.", ("S2", "A5")
        ),
        Concern.INELIGIBLE: Definition(
            "No longer eligible",
            f"Managed reactively, but not low risk, or low for less than {policy.reactive_low}, or with an order in "
            f"force, or not reviewed for more than {policy.reactive_review}. Intelligence and new offences are not in "
            "the data: look for them too.",
            ("A5",),
        ),
    }


def _intervals() -> dict[Concern, Definition]:
    return {
        Concern.OWN: Definition(
            "Own interval in force",
            "The clock runs and the risk management plan sets the interval instead of the risk level.",
            ("S4", "A4"),
        ),
        Concern.OWN_LONGER: Definition(
            "Longer than the default",
            "Own intervals that put the next visit later than the interval for the risk level would.",
            ("S4", "A4"),
        ),
        Concern.OWN_UNAPPROVED: Definition(
            "Not approved by a supervisor",
            "Own intervals that name no approver, or one who is no supervisor.",
            ("A4",),
        ),
    }


def _releases(policy: AssessmentPolicy) -> dict[Concern, Definition]:
    return {
        Concern.RELEASED: Definition(
            "Releases",
            f"Releases from custody or hospital in the last {days_text(policy.release_days)}, and older ones whose "
            "first visit is still to be made. The clock starts anew on release.",
            ("A6", "V1"),
        ),
        Concern.RELEASED_LATE: Definition(
            "First visit late or overdue",
            "Those releases whose first visit was made after its due date, or is past it and not made.",
            ("A6", "V1"),
        ),
    }


def _by_risk(intervals: Mapping[RiskLevel, Interval]) -> str:
    return ", ".join(f"{RISK[level].lower()} {intervals[level]}" for level in RiskLevel)
