"""Which lists of a morning are on paper, and with which columns: those that ask for somebody to act.

The others are behind a figure that is on paper, and open on the page.
"""

from collections.abc import Mapping
from typing import Final

from offendermgmt.outputs.briefing.tables import PaperList
from offendermgmt.outputs.listing import ListColumn
from offendermgmt.services.morning import Part

_OFFENDER: Final = ListColumn("offender_ref", "Offender")
_CASE: Final = ListColumn("case_ref", "Case")
_RISK: Final = ListColumn("risk", "Risk")
_STAGE: Final = ListColumn("stage_text", "Stage")
_HELD_BY: Final = ListColumn("officer", "Held by")
_OFFICER: Final = ListColumn("officer", "Officer")
_CREW: Final = ListColumn("officers", "Crew")
_OVERDUE: Final = ListColumn("days_overdue", "Days overdue", "number")
_VISITED: Final = ListColumn("visited", "Visited", "day")
_AUTHORITY: Final = ListColumn("standing_text", "Authority")

LISTS: Final[Mapping[tuple[Part, str], PaperList]] = {
    (Part.CHANGES, "became_overdue"): PaperList(
        "Became overdue", (_OFFENDER, _RISK, ListColumn("due_on", "Due", "day"), _HELD_BY), "Morning", by_risk=True
    ),
    (Part.CHANGES, "received"): PaperList("Received", (_CASE, _RISK, _STAGE, _HELD_BY), "Morning", by_risk=True),
    (Part.TRIAGE, "size"): PaperList(
        "In triage, worst first",
        (ListColumn("place", "Place", "number"), _OFFENDER, _HELD_BY, ListColumn("why", "Why (points of each part)")),
        "Triage",
        weight=2,
        wide=True,
    ),
    (Part.LONE_VISITS, "waiting"): PaperList(
        "Finding overdue", (_OFFENDER, _RISK, _VISITED, _CREW, _AUTHORITY), "Double crewing"
    ),
    (Part.LONE_VISITS, "in_time"): PaperList(
        "Finding due", (_OFFENDER, _RISK, _VISITED, _CREW, _AUTHORITY), "Double crewing"
    ),
    (Part.PLAN, "planned"): PaperList(
        "Planned today",
        (
            ListColumn("clock", "Time"),
            _OFFENDER,
            _RISK,
            _CREW,
            ListColumn("notice", "Notice"),
        ),
        "Planned visits",
    ),
    (Part.PLAN, "alone"): PaperList(
        "Single crews today", (ListColumn("clock", "Time"), _OFFENDER, _RISK, _CREW), "Planned visits"
    ),
    (Part.PLAN, "no_outcome"): PaperList(
        "Past their time, no outcome",
        (ListColumn("planned_on", "Planned for", "day"), _OFFENDER, _RISK, _CREW),
        "Planned visits",
    ),
    (Part.PLAN, "unplanned"): PaperList(
        "Due or overdue, unplanned", (_OFFENDER, _RISK, ListColumn("due_on", "Due", "day"), _HELD_BY), "Planned visits"
    ),
    (Part.CONTACT, "unallocated"): PaperList("Unallocated", (_OFFENDER, _RISK, _OVERDUE), "Caseload"),
    (Part.CONTACT, "missing"): PaperList(
        "Missing", (_OFFENDER, _RISK, ListColumn("days", "Days missing", "number"), _HELD_BY), "Assessments and plans"
    ),
    (Part.CONTACT, "released"): PaperList(
        "Released",
        (
            _OFFENDER,
            _RISK,
            ListColumn("released_on", "Released", "day"),
            ListColumn("first_visit_text", "First visit"),
        ),
        "Assessments and plans",
    ),
    (Part.CASELOAD, "over_share"): PaperList(
        "Over the high-risk ceiling",
        (
            _OFFICER,
            ListColumn("high_risk", "High", "number"),
            ListColumn("cases", "Cases", "number"),
            ListColumn("share", "Share", "share"),
            ListColumn("to_move", "To move", "number"),
        ),
        "Caseload",
    ),
    (Part.CASELOAD, "over_cap"): PaperList(
        "Over the cases per FTE",
        (
            _OFFICER,
            ListColumn("cases", "Cases", "number"),
            ListColumn("fte", "FTE", "number"),
            ListColumn("cases_per_fte", "Per FTE", "number"),
        ),
        "Caseload",
    ),
    (Part.POLIT, "awaiting"): PaperList(
        "Children awaiting safeguarding",
        (
            ListColumn("child_ref", "Child"),
            _CASE,
            _RISK,
            ListColumn("days_since_identified", "Days since found", "number"),
            _HELD_BY,
        ),
        "POLIT now",
        weight=2,
        wide=True,
    ),
    (Part.POLIT, "past"): PaperList(
        "Past the act-by limit",
        (_CASE, _RISK, _STAGE, ListColumn("days_past_limit", "Days past", "number"), _HELD_BY),
        "POLIT now",
        weight=2,
        wide=True,
    ),
    (Part.POLIT, "stalled"): PaperList(
        "Stalled",
        (_CASE, _RISK, _STAGE, ListColumn("days_since_activity", "Days idle", "number"), _HELD_BY),
        "POLIT now",
        weight=2,
        wide=True,
    ),
    (Part.POLIT, "unallocated"): PaperList(
        "Unallocated", (_CASE, _RISK, _STAGE, ListColumn("age_days", "Age in days", "number")), "POLIT now", weight=2
    ),
    (Part.DECISIONS, "due"): PaperList(
        "Due today or late",
        (
            ListColumn("due_on", "Due", "day"),
            ListColumn("days_late", "Days late", "number"),
            ListColumn("decision", "Decision"),
            ListColumn("subject_ref", "About"),
            ListColumn("owner", "Owner"),
        ),
        "Decisions",
        weight=2,
        wide=True,
    ),
}
