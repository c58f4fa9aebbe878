"""One case's record as tables: the words a reader sees, in the order a reader wants them."""

from datetime import date
from typing import Any, Final

import pandas as pd

from offendermgmt.domain.vocabulary import CaseClock, ChildAccess, ClockState, EnforcementKind, Stage
from offendermgmt.services.directory import holder_names
from offendermgmt.services.polit_case import CaseRecord
from offendermgmt.services.question import Question
from offendermgmt.services.record_tables import recordings_in_words
from offendermgmt.services.wording import CASE_CLOCK, CHILD_ACCESS, ENFORCEMENT, STAGE, day_text

TABLES: Final = {
    "polit_cases": "The referral",
    "polit_stages": "Stage",
    "polit_assessments": "Assessment",
    "polit_allocations": "Holder",
    "polit_activities": "Activity",
    "polit_children": "Child",
    "polit_enforcements": "Enforcement",
    "polit_examinations": "Examination",
    "polit_access": "Access to children",
    "polit_information": "New information",
}
_NOT_BEGUN: Final = {
    CaseClock.CHILD_REFERRED: "No child identified",
    CaseClock.FORENSIC_RESULT: "No device submitted",
}


def children(record: CaseRecord, on: date) -> pd.DataFrame:
    """Children, those identified first first: child_ref, identified_on, referred_on, days_to_referral, safeguarded_on,
    days_to_safeguarding (both go on until it has happened), standing.
    """
    rows = record.facts["polit_children"].iloc[::-1]
    identified, referred, safe = (_column(rows, name) for name in ("identified_on", "referred_on", "safeguarded_on"))
    return pd.DataFrame(
        {
            "child_ref": _column(rows, "child_ref"),
            "identified_on": identified,
            "referred_on": referred,
            "days_to_referral": [_days(first, then, on) for first, then in zip(identified, referred, strict=True)],
            "safeguarded_on": safe,
            "days_to_safeguarding": [_days(first, then, on) for first, then in zip(identified, safe, strict=True)],
            "standing": [_child(*days) for days in zip(referred, safe, strict=True)],
        }
    )


def clocks(record: CaseRecord) -> pd.DataFrame:
    """The clocks in words, a row a `CaseClock`: clock, days (missing where not begun), state, name, standing."""
    rows = record.clocks
    return pd.DataFrame(
        {
            "clock": rows["clock"],
            "name": rows["clock"].map(CASE_CLOCK),
            "days": rows["days"],
            "state": rows["state"],
            "standing": [_clock(row) for row in rows.to_dict(orient="records")],
        }
    )


def stages(record: CaseRecord) -> pd.DataFrame:
    """Stages, newest first: stage, from_on, to_on (missing for the last), days, outcome ("" = none recorded)."""
    said = record.facts["polit_stages"]
    outcomes = dict(zip(_column(said, "from_on"), _column(said, "outcome"), strict=True))
    rows = record.stages.iloc[::-1]
    return rows.assign(
        stage=[STAGE[Stage(stage)] for stage in rows["stage"]],
        outcome=[_text(outcomes.get(day.date())) for day in rows["from_on"]],
    )


def assessments(question: Question, record: CaseRecord) -> pd.DataFrame:
    """Assessments, newest first: assessed_on, tool, tool_version ("" = not recorded), risk_level, assessor."""
    rows, names = record.facts["polit_assessments"], holder_names(question)
    return pd.DataFrame(
        {
            "assessed_on": _column(rows, "assessed_on"),
            "tool": _column(rows, "tool"),
            "tool_version": [_text(version) for version in _column(rows, "tool_version")],
            "risk_level": _column(rows, "risk_level"),
            "assessor": [names.get(_text(ref), _text(ref)) for ref in _column(rows, "assessor_ref")],
        }
    )


def newest_assessment(record: CaseRecord) -> str:
    """When the newest assessment was made, with which tool and version; "" where there is none."""
    rows = record.facts["polit_assessments"]
    if rows.empty:
        return ""
    newest = rows.iloc[0]
    tool = " ".join(part for part in (_text(newest["tool"]), _text(newest["tool_version"])) if part)
    return f"Assessed on {day_text(newest['assessed_on'])}, {tool}"


def holders(question: Question, record: CaseRecord) -> pd.DataFrame:
    """Allocations, newest first: from_on, to_on (missing while it lasts), holder."""
    rows, names = record.facts["polit_allocations"], holder_names(question)
    return pd.DataFrame(
        {
            "from_on": _column(rows, "from_on"),
            "to_on": _column(rows, "to_on"),
            "holder": [names.get(ref, ref) for ref in _column(rows, "officer_ref")],
        }
    )


def activities(record: CaseRecord) -> pd.DataFrame:
    """Activities, newest first: on, kind, activity_ref."""
    rows = record.facts["polit_activities"]
    kinds = [_text(kind) or "Not said" for kind in _column(rows, "kind")]
    return pd.DataFrame({"on": _column(rows, "on"), "kind": kinds, "activity_ref": _column(rows, "activity_ref")})


def enforcements(record: CaseRecord) -> pd.DataFrame:
    """Enforcements, newest first: on, kind, enforcement_ref."""
    rows = record.facts["polit_enforcements"]
    kinds = [ENFORCEMENT[EnforcementKind(kind)] for kind in _column(rows, "kind")]
    return pd.DataFrame({"on": _column(rows, "on"), "kind": kinds, "enforcement_ref": _column(rows, "enforcement_ref")})


def examinations(record: CaseRecord, on: date) -> pd.DataFrame:
    """Examinations, newest first: examination_ref, submitted_on, result_on, days (to the result, or waited so far)."""
    rows = record.facts["polit_examinations"]
    sent, result = _column(rows, "submitted_on"), _column(rows, "result_on")
    return pd.DataFrame(
        {
            "examination_ref": _column(rows, "examination_ref"),
            "submitted_on": sent,
            "result_on": result,
            "days": [_days(first, then, on) for first, then in zip(sent, result, strict=True)],
        }
    )


def access(record: CaseRecord) -> pd.DataFrame:
    """What is recorded of the suspect's access to children, newest first: from_on, access, note."""
    rows = record.facts["polit_access"]
    return pd.DataFrame(
        {
            "from_on": _column(rows, "from_on"),
            "access": [CHILD_ACCESS[ChildAccess(each)] for each in _column(rows, "access")],
            "note": [_text(note) for note in _column(rows, "note")],
        }
    )


def information(record: CaseRecord) -> pd.DataFrame:
    """New information, newest first: received_on, information_ref, calls (for an assessment), note."""
    rows = record.facts["polit_information"]
    return pd.DataFrame(
        {
            "received_on": _column(rows, "received_on"),
            "information_ref": _column(rows, "information_ref"),
            "calls": ["Yes" if needs else "No" for needs in _column(rows, "needs_assessment")],
            "note": [_text(note) for note in _column(rows, "note")],
        }
    )


def recordings(record: CaseRecord) -> pd.DataFrame:
    """Every recording, newest first (`record_tables.recordings_in_words`)."""
    return recordings_in_words(record.recordings, TABLES)


def _clock(row: dict[Any, Any]) -> str:
    match row["state"]:
        case ClockState.STOPPED:
            return f"Done on {day_text(row['stopped'])}"
        case ClockState.CLOSED:
            return f"Closed without it on {day_text(row['closed'])}"
        case ClockState.RUNNING:
            return "Running"
    return _NOT_BEGUN[row["clock"]]


def _child(referred: date | None, safeguarded: date | None) -> str:
    if referred and safeguarded:
        return "Referred and safeguarded"
    waits = "Awaits safeguarding" if not safeguarded else "Safeguarded"
    return waits if referred else f"{waits}, not referred"


def _days(first: date, then: date | None, on: date) -> int:
    return ((then or on) - first).days


def _column(rows: pd.DataFrame, name: str) -> list[Any]:
    """A column's values, none where the table has no rows (and so no columns)."""
    return list(rows[name]) if name in rows else []


def _text(value: Any) -> str:
    return "" if value is None or pd.isna(value) else str(value)
