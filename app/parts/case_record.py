"""One case's record on a page: the children in it, where it stands, what is due and why, and what is recorded."""

from functools import partial
from html import escape

import streamlit as st

from app.navigation import POLIT_CASE
from app.parts import figures, histories
from app.parts.listing import Field
from app.parts.words import plural
from offendermgmt.services import polit_case_definitions as definitions
from offendermgmt.services import polit_case_tables as tables
from offendermgmt.services.consultations import Subject
from offendermgmt.services.directory import holder_names, team_names
from offendermgmt.services.polit_case import CaseRecord, CaseStanding
from offendermgmt.services.question import Question
from offendermgmt.services.wording import CHILD_ACCESS, RISK, STAGE, day_text, days_text

_FROM, _UNTIL = Field("from_on", "From", "day"), Field("to_on", "Until", "day_or_none")


def show_header(question: Question, record: CaseRecord) -> None:
    """Draw where the case stands, children first."""
    standing = record.standing
    age = "from receipt to closing" if standing.stage == "closed" else "since receipt"
    facts = [
        ("Children identified", *_children(standing)),
        ("Access to children", *_access(standing)),
        ("Stage", STAGE[standing.stage], f"Since {day_text(standing.stage_since)}"),
        ("Risk", RISK[standing.risk], tables.newest_assessment(record)),
        (
            "Held by",
            holder_names(question).get(standing.officer_ref, "Unallocated"),
            team_names(question).get(standing.team_ref, ""),
        ),
        ("Received", day_text(standing.received_on), f"{days_text(standing.age_days)} {age}"),
        ("Source", standing.source or "Not recorded", ""),
    ]
    items = "".join(
        f"<div><dt>{escape(title)}</dt><dd>{escape(value)}<small>{escape(beneath)}</small></dd></div>"
        for title, value, beneath in facts
    )
    st.html(f'<dl class="om-facts">{items}</dl>')


def show_children(question: Question, record: CaseRecord) -> None:
    """Draw the children with their own days; nothing where none is identified."""
    if not record.standing.children:
        return
    st.header(definitions.CHILDREN.title, help=figures.definition_text(definitions.CHILDREN))
    fields = [
        Field("child_ref", "Child"),
        Field("standing", "Standing"),
        Field("identified_on", "Identified", "day"),
        Field("referred_on", "Referred to social care", "day_or_none"),
        Field("days_to_referral", "Days to referral", "number"),
        Field("safeguarded_on", "Safeguarded", "day_or_none"),
        Field("days_to_safeguarding", "Days to safeguarding", "number"),
    ]
    histories.show(
        tables.children(record, question.as_of),
        fields,
        "child",
        many="children",
        order="the first identified first; days go on until it is done",
        question=question,
        subject=Subject("case", record.case_ref),
        page=POLIT_CASE.url_path,
        definition=definitions.CHILDREN,
    )


def show_due(record: CaseRecord) -> None:
    """Draw what is due and why, the most pressing first."""
    st.header(definitions.DUE.title, help=figures.definition_text(definitions.DUE))
    with st.container(border=True):
        # As HTML, because a reference is whatever a force writes in it.
        st.html(
            "".join(
                f"<p><strong>{escape(due.title)}</strong><br>{'<br>'.join(map(escape, due.sentences))}</p>"
                for due in record.due
            )
        )


def show_stages(question: Question, record: CaseRecord) -> None:
    """Draw the stages and the days in each."""
    st.header(definitions.STAGES.title, help=figures.definition_text(definitions.STAGES))
    fields = [Field("stage", "Stage", beneath="outcome"), _FROM, _UNTIL, Field("days", "Days", "number")]
    histories.show(
        tables.stages(record),
        fields,
        "stage",
        question=question,
        subject=Subject("case", record.case_ref),
        page=POLIT_CASE.url_path,
        definition=definitions.STAGES,
    )


def show_histories(question: Question, record: CaseRecord) -> None:
    """Draw what is recorded, a tab a kind, newest first."""
    st.header(definitions.CASE_HISTORY.title, help=figures.definition_text(definitions.CASE_HISTORY))
    draw = partial(
        histories.show,
        question=question,
        subject=Subject("case", record.case_ref),
        page=POLIT_CASE.url_path,
        definition=definitions.CASE_HISTORY,
    )
    on = question.as_of
    tabs = iter(
        st.tabs(
            [
                *("Access", "Assessments", "Holders", "Activities", "Enforcements", "Examinations", "Information"),
                "Recordings",
            ]
        )
    )
    with next(tabs):
        fields = [_FROM, Field("access", "Access to children"), Field("note", "Note")]
        none = "Whether the suspect has access to children is not recorded by this day."
        draw(tables.access(record), fields, "record of access", many="records of access", none=none)
    with next(tabs):
        fields = [
            Field("assessed_on", "Assessed on", "day"),
            Field("risk_level", "Risk", "risk"),
            Field("tool", "Tool"),
            Field("tool_version", "Version"),
            Field("assessor", "By"),
        ]
        draw(tables.assessments(question, record), fields, "assessment")
    with next(tabs):
        fields = [_FROM, _UNTIL, Field("holder", "Held by")]
        draw(tables.holders(question, record), fields, "holder")
    with next(tabs):
        fields = [Field("on", "Day", "day"), Field("kind", "Activity"), Field("activity_ref", "Reference")]
        draw(tables.activities(record), fields, "activity", many="activities")
    with next(tabs):
        fields = [Field("on", "Day", "day"), Field("kind", "Enforcement"), Field("enforcement_ref", "Reference")]
        draw(tables.enforcements(record), fields, "enforcement")
    with next(tabs):
        fields = [
            Field("submitted_on", "Submitted", "day"),
            Field("result_on", "Result", "day_or_none"),
            Field("days", "Days to the result, or waited", "number"),
            Field("examination_ref", "Reference"),
        ]
        draw(tables.examinations(record, on), fields, "examination")
    with next(tabs):
        fields = [
            Field("received_on", "Received", "day"),
            Field("calls", "Calls for an assessment"),
            Field("note", "Note"),
            Field("information_ref", "Reference"),
        ]
        draw(tables.information(record), fields, "piece of information", many="pieces of information")
    with next(tabs):
        _show_recordings(question, record)


def _show_recordings(question: Question, record: CaseRecord) -> None:
    st.markdown(
        "Nothing is overwritten: a correction is a later recording of the same fact, and a void one withdraws it. "
        "Days after: from the day the fact is dated to the day it was recorded."
    )
    fields = [
        Field("recorded_at", "Recorded", "moment"),
        Field("kind", "What", beneath="what"),
        Field("dated", "Dated", "day"),
        Field("delay_days", "Days after", "number"),
        Field("standing", "Standing"),
    ]
    histories.show(
        tables.recordings(record),
        fields,
        "recording",
        question=question,
        subject=Subject("case", record.case_ref),
        page=POLIT_CASE.url_path,
        definition=definitions.CASE_RECORDINGS,
    )


def _children(standing: CaseStanding) -> tuple[str, str]:
    if not standing.children:
        return "None", ""
    waits = {"awaiting safeguarding": standing.children_awaiting, "not referred": standing.children_unreferred}
    told = ", ".join(f"{number} {what}" for what, number in waits.items() if number)
    return plural(standing.children, "child", "children"), told or "All referred and safeguarded"


def _access(standing: CaseStanding) -> tuple[str, str]:
    if standing.access is None or standing.access_since is None:
        return "Not recorded", ""
    return CHILD_ACCESS[standing.access], f"Since {day_text(standing.access_since)}"
