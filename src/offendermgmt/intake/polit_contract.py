"""The data contract's tables of POLIT: referrals, what was done on them, the children in them, viewing of images."""

from types import MappingProxyType
from typing import Final

from pydantic import Field

from offendermgmt.intake.cells import (
    Access,
    CaseRef,
    CaseStage,
    Day,
    Enforcement,
    Flag,
    Line,
    Moment,
    Note,
    OfficerRef,
    Ref,
    Risk,
)
from offendermgmt.intake.row import IS_VOID, RECORDED_AT, Row


class PolitCase(Row):
    """A POLIT referral."""

    table = "polit_cases"
    key = ("case_ref",)
    about = "Referrals to POLIT (P1, P2)."
    happened = ("received_on",)

    case_ref: Ref = Field(description="The case's reference.")
    received_on: Day = Field(description="Day the referral was received.")
    source: Line | None = Field(None, description="Where it came from.")
    recorded_at: Moment | None = Field(None, description=RECORDED_AT)


class PolitStage(Row):
    """The stage of a POLIT case from a day on."""

    table = "polit_stages"
    key = ("case_ref", "from_on")
    about = "The stage of a case from a day on (P1)."
    dated = "from_on"

    case_ref: CaseRef = Field(description="Which case.")
    from_on: Day = Field(description="First day at the stage.")
    stage: CaseStage = Field(description="The stage (P1).")
    outcome: Note | None = Field(None, description="How it ended, when closed.")
    recorded_at: Moment | None = Field(None, description=RECORDED_AT)
    is_void: Flag | None = Field(None, description=IS_VOID)


class PolitAssessment(Row):
    """An assessment of a POLIT case's risk."""

    table = "polit_assessments"
    key = ("case_ref", "assessed_on", "tool")
    about = "Assessments of a case's risk (P2)."
    dated = "assessed_on"

    case_ref: CaseRef = Field(description="Which case.")
    assessed_on: Day = Field(description="Day of the assessment.")
    tool: Line = Field(description="The tool: `KIRAT` or another.")
    tool_version: Line | None = Field(None, description="The tool's version, as text: `2`. Since version 1.2.")
    risk_level: Risk = Field(description="The level found.")
    assessor_ref: OfficerRef | None = Field(None, description="Who assessed.")
    recorded_at: Moment | None = Field(None, description=RECORDED_AT)
    is_void: Flag | None = Field(None, description=IS_VOID)


class PolitAllocation(Row):
    """Who holds a POLIT case from a day on."""

    table = "polit_allocations"
    key = ("case_ref", "from_on")
    about = "Who holds a case from a day on."
    dated = "from_on"

    case_ref: CaseRef = Field(description="Which case.")
    from_on: Day = Field(description="First day held.")
    officer_ref: OfficerRef = Field(description="The holder.")
    to_on: Day | None = Field(None, description="First day no longer held.")
    recorded_at: Moment | None = Field(None, description=RECORDED_AT)
    is_void: Flag | None = Field(None, description=IS_VOID)


class PolitActivity(Row):
    """Something done on a POLIT case."""

    table = "polit_activities"
    key = ("case_ref", "activity_ref")
    about = "What was done on a case (P5)."
    dated = "on"

    case_ref: CaseRef = Field(description="Which case.")
    activity_ref: Ref = Field(description="The activity's reference within the case.")
    on: Day = Field(description="Day it was done.")
    kind: Line | None = Field(None, description="What it was.")
    recorded_at: Moment | None = Field(None, description=RECORDED_AT)
    is_void: Flag | None = Field(None, description=IS_VOID)


class PolitChild(Row):
    """A child identified in a POLIT case, by reference and never by name."""

    table = "polit_children"
    key = ("case_ref", "child_ref")
    about = "Children identified in a case, by reference and never by name (P7)."
    dated = "identified_on"

    case_ref: CaseRef = Field(description="Which case.")
    child_ref: Ref = Field(description="The child's reference within the case; never a name.")
    identified_on: Day = Field(description="Day the child was identified.")
    referred_on: Day | None = Field(None, description="Day of referral to children's social care.")
    safeguarded_on: Day | None = Field(None, description="Day the child was safeguarded.")
    recorded_at: Moment | None = Field(None, description=RECORDED_AT)
    is_void: Flag | None = Field(None, description=IS_VOID)


class PolitEnforcement(Row):
    """An arrest, a voluntary interview or a warrant in a POLIT case."""

    table = "polit_enforcements"
    key = ("case_ref", "enforcement_ref")
    about = "Arrests, voluntary interviews and warrants executed in a case. Since version 1.2."
    dated = "on"
    happened = ("on",)

    case_ref: CaseRef = Field(description="Which case.")
    enforcement_ref: Ref = Field(description="The enforcement's reference within the case.")
    on: Day = Field(description="Day it was done.")
    kind: Enforcement = Field(description="What it was; an arrest under a warrant is two rows.")
    recorded_at: Moment | None = Field(None, description=RECORDED_AT)
    is_void: Flag | None = Field(None, description=IS_VOID)


class PolitExamination(Row):
    """A forensic examination of a POLIT case's devices."""

    table = "polit_examinations"
    key = ("case_ref", "examination_ref")
    about = "Devices sent for forensic examination, and when the result came. Since version 1.2."
    dated = "submitted_on"
    happened = ("submitted_on", "result_on")
    not_before = MappingProxyType({"result_on": "submitted_on"})

    case_ref: CaseRef = Field(description="Which case.")
    examination_ref: Ref = Field(description="The examination's reference within the case.")
    submitted_on: Day = Field(description="Day the devices were sent.")
    result_on: Day | None = Field(None, description="Day the result came; empty while it is awaited.")
    recorded_at: Moment | None = Field(None, description=RECORDED_AT)
    is_void: Flag | None = Field(None, description=IS_VOID)


class PolitAccess(Row):
    """Whether the suspect of a POLIT case has access to children, from a day on."""

    table = "polit_access"
    key = ("case_ref", "from_on")
    about = "Whether the suspect has access to children, from a day on. Since version 1.2."
    dated = "from_on"

    case_ref: CaseRef = Field(description="Which case.")
    from_on: Day = Field(description="First day it is known to be so; the day of receipt where it was so before.")
    access: Access = Field(description="Whether there is access; `not_known` is an answer too.")
    note: Note | None = Field(None, description="Anything to add; no child's name.")
    recorded_at: Moment | None = Field(None, description=RECORDED_AT)
    is_void: Flag | None = Field(None, description=IS_VOID)


class PolitInformation(Row):
    """New information received on a POLIT case."""

    table = "polit_information"
    key = ("case_ref", "information_ref")
    about = "New information received on a case. Since version 1.2."
    dated = "received_on"
    happened = ("received_on",)

    case_ref: CaseRef = Field(description="Which case.")
    information_ref: Ref = Field(description="The information's reference within the case.")
    received_on: Day = Field(description="Day it was received.")
    needs_assessment: Flag = Field(description="Whether it calls for a new assessment of the case's risk.")
    note: Note | None = Field(None, description="What it is about, in a few words; no name.")
    recorded_at: Moment | None = Field(None, description=RECORDED_AT)
    is_void: Flag | None = Field(None, description=IS_VOID)


class ImageViewing(Row):
    """A day on which an officer viewed indecent images."""

    table = "image_viewing"
    key = ("officer_ref", "viewed_on")
    about = "Days on which an officer viewed indecent images; shown only as an aggregate. Since version 1.2."
    happened = ("viewed_on",)

    officer_ref: OfficerRef = Field(description="Who viewed.")
    viewed_on: Day = Field(description="The day.")
    recorded_at: Moment | None = Field(None, description=RECORDED_AT)
    is_void: Flag | None = Field(None, description=IS_VOID)


POLIT_TABLES: Final[tuple[type[Row], ...]] = (
    PolitCase,
    PolitStage,
    PolitAssessment,
    PolitAllocation,
    PolitActivity,
    PolitChild,
    PolitEnforcement,
    PolitExamination,
    PolitAccess,
    PolitInformation,
    ImageViewing,
)
