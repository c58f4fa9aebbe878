"""The data contract: one model a table, the only definition of it in code.

A cell is text as a file or a form has it; an empty one is absent. The tables of POLIT stand in `polit_contract.py`.
`docs/data-contract.md` is generated from both.
"""

from typing import Final

from pydantic import Field

from offendermgmt.intake.cells import (
    AvailableFte,
    Day,
    Flag,
    Fte,
    IntervalDays,
    Line,
    MappaCategory,
    MappaLevel,
    Moment,
    Note,
    OffenderRef,
    OfficerRef,
    OfficerRefs,
    Outcome,
    Ref,
    Risk,
    Status,
    TeamRef,
    UnitName,
)
from offendermgmt.intake.polit_contract import POLIT_TABLES
from offendermgmt.intake.row import IS_VOID, RECORDED_AT, Row

VERSION: Final = "1.2"
# What each version brought, newest first: the head of the contract's page.
CHANGES: Final = {
    "1.2": "an optional column `tool_version` of `polit_assessments`, and five optional tables: `polit_enforcements`, "
    "`polit_examinations`, `polit_access`, `polit_information` and `image_viewing`. "
    "Nothing else changed: an extract in the form of version 1 or 1.1 loads as before.",
    "1.1": "three optional tables: `supervisor_reviews`, `plan_reviews` and `orders`. "
    "Nothing else changed: an extract in the form of version 1 loads as before.",
    "1": "the first version.",
}


class Team(Row):
    """A team of a unit."""

    table = "teams"
    key = ("team_ref",)
    about = "The teams of the two units."

    team_ref: Ref = Field(description="The team's reference.")
    name: Line | None = Field(None, description="What the team is called.")
    unit: UnitName = Field(description="The unit the team belongs to.")


class Officer(Row):
    """An officer, supervisor or not, and the team they belong to."""

    table = "officers"
    key = ("officer_ref",)
    about = "Officers and supervisors, leavers included while they appear on a visit or hold a case."

    officer_ref: Ref = Field(description="Collar number, as text: leading zeros and letters are part of it.")
    name: Line | None = Field(None, description="The officer's name.")
    rank: Line | None = Field(None, description="Rank or grade.")
    is_supervisor: Flag = Field(description="Whether the officer may authorise a lone visit (W2).")
    team_ref: TeamRef | None = Field(None, description="The officer's team.")
    fte: Fte = Field(description="Contracted share of full time (C3).")
    from_on: Day | None = Field(None, description="First day in post.")
    to_on: Day | None = Field(None, description="First day no longer in post.")


class OfficerAvailability(Row):
    """A stretch of days on which an officer has another share of full time."""

    table = "officer_availability"
    key = ("officer_ref", "from_on")
    about = "Days on which an officer has more or less time than contracted: leave, courses, phased return (C3)."

    officer_ref: OfficerRef = Field(description="Whose availability it is.")
    from_on: Day = Field(description="First day it holds.")
    to_on: Day | None = Field(None, description="First day it no longer holds.")
    fte: AvailableFte = Field(description="Share of full time available; 0 is none.")
    reason: Note | None = Field(None, description="Why, in a word; no medical detail.")
    recorded_at: Moment | None = Field(None, description=RECORDED_AT)
    is_void: Flag | None = Field(None, description=IS_VOID)


class Offender(Row):
    """A registered offender."""

    table = "offenders"
    key = ("offender_ref",)
    about = "Registered sex offenders managed by the force (S1)."

    offender_ref: Ref = Field(description="ViSOR reference.")
    local_ref: Line | None = Field(None, description="The force's own reference.")
    surname: Line | None = Field(None, description="Surname.")
    forenames: Line | None = Field(None, description="Forenames.")
    date_of_birth: Day | None = Field(None, description="Date of birth.")
    registered_on: Day = Field(description="First day managed here (S1).")
    mappa_category: MappaCategory | None = Field(None, description="MAPPA category.")
    mappa_level: MappaLevel | None = Field(None, description="MAPPA level: how agencies co-operate, not risk.")
    recorded_at: Moment | None = Field(None, description=RECORDED_AT)


class OffenderStatus(Row):
    """Where an offender stands from a day on."""

    table = "offender_statuses"
    key = ("offender_ref", "from_on")
    about = "Where an offender stands from a day on (S1, S2)."
    dated = "from_on"

    offender_ref: OffenderRef = Field(description="Whose status it is.")
    from_on: Day = Field(description="First day of the status.")
    status: Status = Field(description="The status (S2).")
    note: Note | None = Field(None, description="Anything to add.")
    recorded_at: Moment | None = Field(None, description=RECORDED_AT)
    is_void: Flag | None = Field(None, description=IS_VOID)


class RiskAssessment(Row):
    """An assessment of an offender's risk."""

    table = "risk_assessments"
    key = ("offender_ref", "assessed_on", "tool")
    about = "Assessments of an offender's risk (S3)."
    dated = "assessed_on"

    offender_ref: OffenderRef = Field(description="Who was assessed.")
    assessed_on: Day = Field(description="Day of the assessment.")
    tool: Line = Field(description="The tool: `ARMS`, `RM2000`, `OSP` or another.")
    risk_level: Risk = Field(description="The level found.")
    assessor_ref: OfficerRef | None = Field(None, description="Who assessed.")
    recorded_at: Moment | None = Field(None, description=RECORDED_AT)
    is_void: Flag | None = Field(None, description=IS_VOID)


class Allocation(Row):
    """Who holds an offender from a day on."""

    table = "allocations"
    key = ("offender_ref", "from_on")
    about = "Who holds an offender from a day on (S5)."
    dated = "from_on"

    offender_ref: OffenderRef = Field(description="Who is held.")
    from_on: Day = Field(description="First day held.")
    officer_ref: OfficerRef = Field(description="The holder.")
    to_on: Day | None = Field(None, description="First day no longer held.")
    recorded_at: Moment | None = Field(None, description=RECORDED_AT)
    is_void: Flag | None = Field(None, description=IS_VOID)


class VisitInterval(Row):
    """An offender's own interval between visits."""

    table = "visit_intervals"
    key = ("offender_ref", "from_on")
    about = "An offender's own interval between visits, from the risk management plan (S4)."
    dated = "from_on"

    offender_ref: OffenderRef = Field(description="Whose interval it is.")
    from_on: Day = Field(description="First day in force.")
    to_on: Day | None = Field(None, description="First day no longer in force.")
    interval_days: IntervalDays = Field(description="Days from one visit to the next.")
    reason: Note | None = Field(None, description="Why this interval.")
    approved_by: OfficerRef | None = Field(None, description="Who approved it.")
    recorded_at: Moment | None = Field(None, description=RECORDED_AT)
    is_void: Flag | None = Field(None, description=IS_VOID)


class SupervisorReview(Row):
    """A supervisor's review of an offender's record."""

    table = "supervisor_reviews"
    key = ("offender_ref", "reviewed_on")
    about = "A supervisor's reviews of an offender's record (A3, A5). Since version 1.1."
    dated = "reviewed_on"
    happened = ("reviewed_on",)

    offender_ref: OffenderRef = Field(description="Whose record was reviewed.")
    reviewed_on: Day = Field(description="Day of the review.")
    reviewer_ref: OfficerRef | None = Field(None, description="The supervisor who reviewed it.")
    finding: Line | None = Field(None, description="What the supervisor found, in a few words.")
    note: Note | None = Field(None, description="Anything to add.")
    recorded_at: Moment | None = Field(None, description=RECORDED_AT)
    is_void: Flag | None = Field(None, description=IS_VOID)


class PlanReview(Row):
    """A review of an offender's risk management plan."""

    table = "plan_reviews"
    key = ("offender_ref", "reviewed_on")
    about = "Reviews of an offender's risk management plan (A2, A5). Since version 1.1."
    dated = "reviewed_on"
    happened = ("reviewed_on",)

    offender_ref: OffenderRef = Field(description="Whose plan was reviewed.")
    reviewed_on: Day = Field(description="Day of the review.")
    reviewer_ref: OfficerRef | None = Field(None, description="Who reviewed it.")
    note: Note | None = Field(None, description="Anything to add.")
    recorded_at: Moment | None = Field(None, description=RECORDED_AT)
    is_void: Flag | None = Field(None, description=IS_VOID)


class Order(Row):
    """An order on an offender."""

    table = "orders"
    key = ("offender_ref", "order_ref")
    about = "Orders on an offender; they may be older than the registration here (A5). Since version 1.1."

    offender_ref: OffenderRef = Field(description="Whom the order is on.")
    order_ref: Ref = Field(description="The order's reference among the offender's own.")
    kind: Line = Field(
        description="The kind of order: `SHPO`, `SRO`, `notification` or another. "
        "Policy says which kinds do not keep an offender from reactive management."
    )
    from_on: Day = Field(description="First day in force.")
    to_on: Day | None = Field(None, description="First day no longer in force.")
    recorded_at: Moment | None = Field(None, description=RECORDED_AT)
    is_void: Flag | None = Field(None, description=IS_VOID)


class Visit(Row):
    """A visit made, tried or cancelled."""

    table = "visits"
    key = ("visit_ref",)
    about = "Visits made, tried or cancelled, with their crew and, made alone, their authority (V, W)."
    dated = "visited_at"
    happened = ("visited_at",)

    visit_ref: Ref = Field(description="The visit's reference.")
    offender_ref: OffenderRef = Field(description="Who was visited.")
    visited_at: Moment = Field(description="When; its London date is the day of the visit (D1).")
    announced: Flag | None = Field(None, description="Whether the offender knew of it beforehand.")
    outcome: Outcome = Field(description="What became of it.")
    officer_refs: OfficerRefs | None = Field(
        None, description="The crew. Only a visit with outcome `cancelled` may have none."
    )
    lone_reason: Note | None = Field(None, description="Why it was made alone.")
    lone_risk_assessed_on: Day | None = Field(None, description="Day of the risk assessment for going alone.")
    lone_authorised_by: OfficerRef | None = Field(None, description="The supervisor who authorised it.")
    lone_authorised_at: Moment | None = Field(None, description="When it was authorised.")
    recorded_at: Moment | None = Field(None, description=RECORDED_AT)
    is_void: Flag | None = Field(None, description=IS_VOID)


# In order of loading: a row may refer only to tables before its own.
_MODELS: Final[tuple[type[Row], ...]] = (
    Team,
    Officer,
    OfficerAvailability,
    Offender,
    OffenderStatus,
    RiskAssessment,
    Allocation,
    VisitInterval,
    SupervisorReview,
    PlanReview,
    Order,
    Visit,
    *POLIT_TABLES,
)
TABLES: Final[dict[str, type[Row]]] = {model.table: model for model in _MODELS}
