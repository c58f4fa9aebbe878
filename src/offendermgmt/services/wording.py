"""How values read to people: levels, states, intervals and days in plain words."""

from datetime import date, datetime
from typing import Final

import pandas as pd

from offendermgmt.domain.days import LONDON, to_date
from offendermgmt.domain.policy import Interval
from offendermgmt.domain.vocabulary import (
    Assurance,
    Board,
    CaseClock,
    ChildAccess,
    CommentaryState,
    DecisionKind,
    DecisionState,
    DueRule,
    EnforcementKind,
    FlagKind,
    LoneFinding,
    LoneShortfall,
    LoneVisit,
    OffenderStatus,
    PlanState,
    ReviewState,
    RiskLevel,
    Signal,
    Stage,
    TrendEventKind,
    Variation,
    VisitOutcome,
)

RISK: Final = {
    RiskLevel.VERY_HIGH: "Very high",
    RiskLevel.HIGH: "High",
    RiskLevel.MEDIUM: "Medium",
    RiskLevel.LOW: "Low",
    RiskLevel.UNASSESSED: "Unassessed",
}
STATUS: Final = {
    OffenderStatus.COMMUNITY: "In the community",
    OffenderStatus.NO_FIXED_ABODE: "No fixed abode",
    OffenderStatus.MISSING: "Missing",
    OffenderStatus.CUSTODY: "In custody",
    OffenderStatus.HOSPITAL: "In hospital",
    OffenderStatus.ABROAD: "Abroad",
    OffenderStatus.REACTIVE: "Reactive management",
    OffenderStatus.ENDED: "Management ended",
}
DUE: Final = {
    DueRule.REGISTERED: "First visit after registration",
    DueRule.CLOCK_RESTARTED: "First visit after the clock restarted",
    DueRule.VISITED: "Interval since the last visit",
    DueRule.INTERVAL_CHANGED: "Interval changed",
    DueRule.RETURNED: "Back from abroad",
}
OUTCOME: Final = {
    VisitOutcome.COMPLETED: "Completed",
    VisitOutcome.NO_REPLY: "No reply",
    VisitOutcome.REFUSED: "Refused",
    VisitOutcome.MOVED: "Moved away",
    VisitOutcome.CANCELLED: "Cancelled",
}
LONE: Final = {
    LoneVisit.AUTHORISED: "Alone, authorised",
    LoneVisit.AUTHORISED_LATE: "Alone, authorised late",
    LoneVisit.UNAUTHORISED: "Alone, unauthorised",
}
PLAN: Final = {
    PlanState.PLANNED: "Planned",
    PlanState.DONE: "Made",
    PlanState.CANCELLED: "Cancelled",
}
LONE_FINDING: Final = {
    LoneFinding.APPROPRIATE: "Appropriate",
    LoneFinding.LEARNING: "Learning",
    LoneFinding.NOT_APPROPRIATE: "Not appropriate",
}
LACKING: Final = {
    LoneShortfall.NO_REASON: "no reason",
    LoneShortfall.NOT_ASSESSED: "no risk assessment",
    LoneShortfall.ASSESSED_AFTER: "risk assessed after the visit's day",
    LoneShortfall.NO_AUTHORISER: "no authoriser",
    LoneShortfall.NOT_SUPERVISOR: "authoriser is not a supervisor",
    LoneShortfall.ON_VISIT: "authoriser was on the visit",
    LoneShortfall.NO_TIME: "no time of authority",
    LoneShortfall.AUTHORISED_AFTER: "authorised after the visit began",
}
STAGE: Final = {
    Stage.AWAITING_DEVELOPMENT: "Awaiting development",
    Stage.AWAITING_ALLOCATION: "Awaiting allocation",
    Stage.AWAITING_ENFORCEMENT: "Awaiting enforcement",
    Stage.UNDER_INVESTIGATION: "Under investigation",
    Stage.AWAITING_FORENSICS: "Awaiting forensics",
    Stage.WITH_CPS: "With the CPS",
    Stage.CLOSED: "Closed",
}

ENFORCEMENT: Final = {
    EnforcementKind.ARREST: "Arrest",
    EnforcementKind.VOLUNTARY_INTERVIEW: "Voluntary interview",
    EnforcementKind.WARRANT: "Warrant",
}
CHILD_ACCESS: Final = {
    ChildAccess.YES: "Has access",
    ChildAccess.NO: "No access",
    ChildAccess.NOT_KNOWN: "Not known",
}
FLAG: Final = {
    FlagKind.CONCERN: "Concern",
    FlagKind.INTELLIGENCE: "Intelligence",
    FlagKind.BREACH: "Breach",
    FlagKind.CONTACT_WITH_CHILDREN: "Contact with children",
}
DECISION: Final = {
    DecisionKind.PLAN_BY: "Plan by a date",
    DecisionKind.REALLOCATE: "Reallocate",
    DecisionKind.AUTHORISE_LONE: "Authorise a lone visit",
    DecisionKind.REASSESS: "Ask for re-assessment",
    DecisionKind.ESCALATE: "Escalate to the DCI",
    DecisionKind.DEFER: "Defer",
    DecisionKind.OTHER: "Other",
    DecisionKind.ACTION: "Action of a board",
}
DECISION_STATE: Final = {
    DecisionState.OPEN: "Open",
    DecisionState.DONE: "Done",
    DecisionState.CANCELLED: "Cancelled",
}
COMMENTARY: Final = {
    CommentaryState.DRAFT: "Draft",
    CommentaryState.SUBMITTED: "Submitted",
    CommentaryState.APPROVED: "Approved",
}
REVIEW: Final = {
    ReviewState.OPEN: "Note kept",
    ReviewState.SIGNED: "Signed",
    ReviewState.COUNTERSIGNED: "Countersigned",
    ReviewState.RETURNED: "Returned",
}
BOARD: Final = {
    Board.SLT: "PVP senior leadership",
    Board.FPB: "Force Performance Board",
    Board.PVM: "Prevention and Vulnerability Meeting",
}
CASE_CLOCK: Final = {
    CaseClock.CHILD_REFERRED: "First child referred",
    CaseClock.ASSESSED: "First assessment",
    CaseClock.ALLOCATED: "First allocation",
    CaseClock.LIVE_STAGE: "First live stage",
    CaseClock.ENFORCED: "First enforcement",
    CaseClock.FORENSIC_RESULT: "First forensic result",
}

TREND: Final = {
    "managed": "Managed offenders",
    "running": "Visit clocks running",
    "overdue": "Overdue",
    "not_overdue": "Not overdue",
    "days_overdue_total": "Days overdue in total",
    "longest_days_overdue": "Longest, days",
    "share": "Share of those to be visited",
    "share_of_managed": "Share of all managed",
    "high_risk_overdue": "High and very high risk overdue",
    "opening": "Opening",
    "became_overdue": "Became overdue",
    "transferred_in": "Transferred in",
    "visited": "Visited",
    "interval_changed": "Re-graded or re-planned",
    "suspended": "Suspended",
    "ended": "Management ended",
    "transferred_out": "Transferred out",
    "closing": "Closing",
    "due": "Fell due",
    "met": "Visited in time",
    "missed": "Not in time",
    "attended": "Attended",
    "recorded": "Visits attended, and when recorded",
    **{str(outcome): text for outcome, text in OUTCOME.items()},
}
TREND_EVENT: Final = {
    TrendEventKind.INSPECTION: "Inspection",
    TrendEventKind.POLICY: "Policy or order",
    TrendEventKind.UPLIFT: "Staffing",
    TrendEventKind.OTHER: "Other",
}
VARIATION: Final = {
    Variation.COMMON: "As usual",
    Variation.IMPROVEMENT: "Improvement",
    Variation.CONCERN: "Concern",
    Variation.HIGH: "High or rising",
    Variation.LOW: "Low or falling",
}
SIGNAL: Final = {
    Signal.COMMON: "As usual",
    Signal.ABOVE_LIMIT: "Above the usual range",
    Signal.BELOW_LIMIT: "Below the usual range",
    Signal.RISING: "In a rise of 7 months or more",
    Signal.FALLING: "In a fall of 7 months or more",
    Signal.NEAR_HIGH: "One of 2 in 3 months close to the top of the range",
    Signal.NEAR_LOW: "One of 2 in 3 months close to the bottom of the range",
    Signal.RUN_HIGH: "One of 7 months or more above the average",
    Signal.RUN_LOW: "One of 7 months or more below the average",
}
ASSURANCE: Final = {
    Assurance.PASS: "Met in any usual month",
    Assurance.FAIL: "Missed in any usual month",
    Assurance.HIT_OR_MISS: "Met or missed by chance",
}


def day_text(day: "date | pd.Timestamp | int") -> str:
    """A day as `1 Mar 2025`; a number is a day number."""
    value = to_date(day) if isinstance(day, int) else day
    return f"{value.day} {value:%b %Y}"


def month_text(month_on: date) -> str:
    """A month by any of its days, as `March 2025`."""
    return f"{month_on:%B %Y}"


def moment_text(at: datetime) -> str:
    """A moment with its offset, as London's clocks had it: 5 Jan 2026 06:10."""
    local = at.astimezone(LONDON)
    return f"{day_text(local.date())} {local:%H:%M}"


def interval_text(interval: Interval, *, own: bool, risk: RiskLevel) -> str:
    """An interval in force and where it comes from, as `3 months, for high risk`."""
    if own:
        return f"{interval}, the person's own interval in the risk management plan"
    if risk is RiskLevel.UNASSESSED:
        return f"{interval}, as for high risk because there is no assessment"
    return f"{interval}, for {RISK[risk].lower()} risk"


def plural(number: float, one: str, many: str | None = None) -> str:
    """`1 visit`, `2 visits`, `1,200 visits`."""
    return f"{number:,.0f} {one if number == 1 else many or one + 's'}"


def of_text(number: float, counted: "str | tuple[str, str]") -> str:
    """`of 34 overdue`, `of 1 open case`: what is counted, as one and as many where the two are different words."""
    return f"of {number:,.0f} {counted}" if isinstance(counted, str) else f"of {plural(number, *counted)}"


def days_text(number: int) -> str:
    """A number of days as `1 day` or `12 days`."""
    return plural(number, "day")


def months_text(number: int) -> str:
    """A number of months as `1 month` or `12 months`."""
    return plural(number, "month")
