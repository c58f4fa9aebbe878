"""The field's words: every level, state, outcome and stage, in one place.

The order of members is the order in which a screen or report lists them.
"""

from enum import StrEnum
from typing import Final


class RiskLevel(StrEnum):
    """Assessed risk of serious harm, highest first; `unassessed` is a state of knowledge, not a level (S3)."""

    VERY_HIGH = "very_high"
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
    UNASSESSED = "unassessed"


ASSESSED_LEVELS = (RiskLevel.VERY_HIGH, RiskLevel.HIGH, RiskLevel.MEDIUM, RiskLevel.LOW)


class OffenderStatus(StrEnum):
    """Where a registered offender stands (S2)."""

    COMMUNITY = "community"
    NO_FIXED_ABODE = "no_fixed_abode"
    MISSING = "missing"
    CUSTODY = "custody"
    HOSPITAL = "hospital"
    ABROAD = "abroad"
    REACTIVE = "reactive"
    ENDED = "ended"


CLOCK_RUNS = frozenset({OffenderStatus.COMMUNITY, OffenderStatus.NO_FIXED_ABODE, OffenderStatus.MISSING})


class VisitOutcome(StrEnum):
    """What became of a visit (V, W1)."""

    COMPLETED = "completed"
    NO_REPLY = "no_reply"
    REFUSED = "refused"
    MOVED = "moved"
    CANCELLED = "cancelled"


ATTENDED = frozenset(set(VisitOutcome) - {VisitOutcome.CANCELLED})


class DueRule(StrEnum):
    """Why an obligation is due on its day: the rule that last set the date (V1 to V4)."""

    REGISTERED = "registered"
    CLOCK_RESTARTED = "clock_restarted"
    VISITED = "visited"
    INTERVAL_CHANGED = "interval_changed"
    RETURNED = "returned"


class LeftBacklog(StrEnum):
    """Why a spell of overdue days ended (B1)."""

    VISITED = "visited"
    INTERVAL_CHANGED = "interval_changed"
    SUSPENDED = "suspended"
    ENDED = "ended"


class LoneVisit(StrEnum):
    """Standing of a visit made by one officer (W2)."""

    AUTHORISED = "authorised"
    AUTHORISED_LATE = "authorised_late"
    UNAUTHORISED = "unauthorised"


class LoneShortfall(StrEnum):
    """What a lone visit lacks of W2; `authorised_after` alone makes it late, any other unauthorised."""

    NO_REASON = "no_reason"
    NOT_ASSESSED = "not_assessed"
    ASSESSED_AFTER = "assessed_after"
    NO_AUTHORISER = "no_authoriser"
    NOT_SUPERVISOR = "not_supervisor"
    ON_VISIT = "on_visit"
    NO_TIME = "no_time"
    AUTHORISED_AFTER = "authorised_after"


class Stage(StrEnum):
    """Stage of a POLIT case (P1)."""

    AWAITING_DEVELOPMENT = "awaiting_development"
    AWAITING_ALLOCATION = "awaiting_allocation"
    AWAITING_ENFORCEMENT = "awaiting_enforcement"
    UNDER_INVESTIGATION = "under_investigation"
    AWAITING_FORENSICS = "awaiting_forensics"
    WITH_CPS = "with_cps"
    CLOSED = "closed"


BACKLOG_STAGES = frozenset({Stage.AWAITING_DEVELOPMENT, Stage.AWAITING_ALLOCATION, Stage.AWAITING_ENFORCEMENT})
LIVE_STAGES = frozenset({Stage.UNDER_INVESTIGATION, Stage.AWAITING_FORENSICS, Stage.WITH_CPS})


class EnforcementKind(StrEnum):
    """What was done to a suspect."""

    ARREST = "arrest"
    VOLUNTARY_INTERVIEW = "voluntary_interview"
    WARRANT = "warrant"


class ChildAccess(StrEnum):
    """Whether a suspect has access to children; `not_known` is a state of knowledge."""

    YES = "yes"
    NO = "no"
    NOT_KNOWN = "not_known"


class CaseClock(StrEnum):
    """What is awaited from the day a case is received (Q10); what is about children stands first."""

    CHILD_REFERRED = "child_referred"
    ASSESSED = "assessed"
    ALLOCATED = "allocated"
    LIVE_STAGE = "live_stage"
    ENFORCED = "enforced"
    FORENSIC_RESULT = "forensic_result"


class ClockState(StrEnum):
    """How a clock of a case stands (Q12): it runs, what it awaits has happened, or the case closed without it."""

    RUNNING = "running"
    STOPPED = "stopped"
    CLOSED = "closed"


class Placement(StrEnum):
    """Where a person has put a case in the order of work, whatever the rule says."""

    FIRST = "first"
    LAST = "last"


class Unit(StrEnum):
    """The two kinds of team."""

    MOSOVO = "MOSOVO"
    POLIT = "POLIT"


class TrendEventKind(StrEnum):
    """What kind of dated event stands beside a trend."""

    INSPECTION = "inspection"
    POLICY = "policy"
    UPLIFT = "uplift"
    OTHER = "other"


class PlanState(StrEnum):
    """What became of a planned visit."""

    PLANNED = "planned"
    DONE = "done"
    CANCELLED = "cancelled"


class DecisionKind(StrEnum):
    """What is decided on a case, or by a board (`action`)."""

    PLAN_BY = "plan_by"
    REALLOCATE = "reallocate"
    AUTHORISE_LONE = "authorise_lone"
    REASSESS = "reassess"
    ESCALATE = "escalate"
    DEFER = "defer"
    OTHER = "other"
    ACTION = "action"


CASE_DECISIONS: Final = tuple(kind for kind in DecisionKind if kind is not DecisionKind.ACTION)


class DecisionState(StrEnum):
    """Whether a decision is still to be carried out."""

    OPEN = "open"
    DONE = "done"
    CANCELLED = "cancelled"


class FlagKind(StrEnum):
    """What somebody knows of an offender that figures do not show."""

    CONCERN = "concern"
    INTELLIGENCE = "intelligence"
    BREACH = "breach"
    CONTACT_WITH_CHILDREN = "contact_with_children"


class LoneFinding(StrEnum):
    """What a supervisor found of a visit made alone."""

    APPROPRIATE = "appropriate"
    NOT_APPROPRIATE = "not_appropriate"
    LEARNING = "learning"


class ReviewState(StrEnum):
    """How far a daily review has come."""

    OPEN = "open"
    SIGNED = "signed"
    COUNTERSIGNED = "countersigned"
    RETURNED = "returned"


class Board(StrEnum):
    """The meetings that read the figures monthly."""

    SLT = "slt"
    FPB = "fpb"
    PVM = "pvm"


class CommentaryState(StrEnum):
    """How far the commentary on a measure has come."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    APPROVED = "approved"


class ClosingState(StrEnum):
    """Whether a month's figures are frozen."""

    CLOSED = "closed"
    REOPENED = "reopened"


class Improvement(StrEnum):
    """Which way a measure gets better."""

    INCREASE = "increase"
    DECREASE = "decrease"
    NEUTRAL = "neutral"


class Signal(StrEnum):
    """What a point of a trend is (X2): as expected, or the first of the signals that applies to it."""

    COMMON = "common"
    ABOVE_LIMIT = "above_limit"
    BELOW_LIMIT = "below_limit"
    RISING = "rising"
    FALLING = "falling"
    NEAR_HIGH = "near_high"
    NEAR_LOW = "near_low"
    RUN_HIGH = "run_high"
    RUN_LOW = "run_low"


class Variation(StrEnum):
    """What a point says of its measure (X4): nothing unusual, better, worse, or high and low of a neutral measure."""

    COMMON = "common"
    IMPROVEMENT = "improvement"
    CONCERN = "concern"
    HIGH = "high"
    LOW = "low"


class Assurance(StrEnum):
    """Whether a target will be met as things stand (X4): always, never, or now and then by chance."""

    PASS = "pass"  # noqa: S105
    FAIL = "fail"
    HIT_OR_MISS = "hit_or_miss"


class LimitsState(StrEnum):
    """How limits stand (X5): full, trial ones for few points, or none, and why there are none."""

    FULL = "full"
    TRIAL = "trial"
    NO_VARIATION = "no_variation"
    MOSTLY_ZERO = "mostly_zero"
    TOO_FEW = "too_few"


class Effect(StrEnum):
    """What became of what an intervention was to do to a measure."""

    WORKED = "worked"
    DID_NOT = "did_not"
    TOO_EARLY = "too_early"
    CANNOT_TELL = "cannot_tell"
