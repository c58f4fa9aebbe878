"""What a morning says in sentences: how the last review compares with what is known now, and what was recorded late."""

from collections.abc import Mapping
from typing import Final

import pandas as pd

from offendermgmt.domain.days import LONDON
from offendermgmt.domain.vocabulary import Unit
from offendermgmt.services.morning_parts import Part, Section, Since
from offendermgmt.services.wording import day_text

TITLE: Final[Mapping[Part, str]] = {
    Part.CHANGES: "Since the last review",
    Part.BACKLOG: "Backlog of visits",
    Part.TRIAGE: "Triage: who needs a decision first",
    Part.LONE_VISITS: "Visits made alone",
    Part.PLAN: "Today's plan",
    Part.CONTACT: "Unallocated, missing, released",
    Part.CASELOAD: "Caseloads",
    Part.POLIT: "POLIT",
    Part.DECISIONS: "Decisions due or late",
}
NO_REVIEW: Final = "No earlier review is signed, so nothing is said to have changed."
# How a change counts in the sum from the backlog of the review to the backlog now.
CAME: Final = ("became_overdue", "received", "returned", "transferred_in", "corrected_in")
LEFT: Final = (
    *("visited", "interval_changed", "suspended", "ended", "progressed", "closed_from_backlog"),
    *("transferred_out", "corrected_out"),
)
_STATES: Final[Mapping[Unit, str]] = {Unit.MOSOVO: "overdue", Unit.POLIT: "in the backlog"}
_TABLES: Final[Mapping[str, tuple[str, str]]] = {
    "offenders": ("registration", "registrations"),
    "offender_statuses": ("state", "states"),
    "risk_assessments": ("assessment", "assessments"),
    "allocations": ("allocation", "allocations"),
    "visit_intervals": ("own interval", "own intervals"),
    "supervisor_reviews": ("supervisor's review", "supervisor's reviews"),
    "plan_reviews": ("plan review", "plan reviews"),
    "orders": ("order", "orders"),
    "visits": ("visit", "visits"),
    "polit_cases": ("referral", "referrals"),
    "polit_stages": ("stage", "stages"),
    "polit_assessments": ("assessment", "assessments"),
    "polit_allocations": ("allocation", "allocations"),
    "polit_activities": ("activity", "activities"),
    "polit_children": ("child", "children"),
    "polit_enforcements": ("enforcement", "enforcements"),
    "polit_examinations": ("examination", "examinations"),
    "polit_access": ("access to children", "accesses to children"),
    "polit_information": ("new information", "new information"),
    "officer_availability": ("availability", "availabilities"),
}


def restated_in_words(changes: Section, since: Since, unit: Unit) -> str:
    """What the review showed at the end of its day, what is known of it now, and why the two differ."""
    number = {code: int(figure.value or 0) for code, figure in changes.figures.items()}
    made_at = since.known_at.astimezone(LONDON)
    seen = f"showed {number['seen']:,} {_STATES[unit]} at the end of that day"
    known = f"as known on {day_text(made_at.date())} at {made_at:%H:%M}"
    said = f"The review of {day_text(since.review_on)} ({known}) {seen}"
    why = []
    if number["that_day_in"] or number["that_day_out"]:
        why.append(f"{_came_and_left(number, 'that_day_in', 'that_day_out')} later that day")
    if number["corrected_in"] or number["corrected_out"]:
        why.append(f"{_came_and_left(number, 'corrected_in', 'corrected_out')} by late records or corrections")
    if not why:
        return f"{said}, and as known now that stands."
    return f"{said}. As known now it was {number['opening']:,}: {', and '.join(why)}."


def late_in_words(rows: pd.DataFrame) -> str:
    """How many late records there are of each kind, the most first: `12 visits, 3 assessments`."""
    counts = rows["table"].value_counts()
    ordered = sorted(counts.items(), key=lambda item: (-int(item[1]), str(item[0])))
    return ", ".join(f"{number:,} {_TABLES[str(table)][number != 1]}" for table, number in ordered)


def table_in_words(table: str) -> str:
    """One fact of a table, as `Visit`."""
    return _TABLES[table][0].capitalize()


def _came_and_left(number: Mapping[str, int], came: str, left: str) -> str:
    told = [f"{number[code]:,} {verb}" for code, verb in ((came, "came"), (left, "left")) if number[code]]
    return " and ".join(told)
