"""The lists behind the figures of assessments, plans and contact, in the words a reader sees."""

from collections.abc import Mapping
from typing import Any, Final

import pandas as pd

from offendermgmt.domain import assessments, contact, reactive
from offendermgmt.domain.vocabulary import OffenderStatus, VisitOutcome
from offendermgmt.services.assessment_definitions import Concern
from offendermgmt.services.wording import OUTCOME, STATUS, day_text, days_text

UNALLOCATED: Final = "Unallocated"
NOBODY: Final = "Nobody named"
FIRST_VISIT: Final = {
    contact.SEEN: "Made in time",
    contact.SEEN_LATE: "Made late",
    contact.TO_BE_SEEN: "To be made",
    contact.OVERDUE: "Overdue",
    contact.WITHDRAWN: "Withdrawn: the clock stopped again",
}
APPROVAL: Final = {
    assessments.APPROVED: "Supervisor",
    assessments.BY_NO_SUPERVISOR: "No supervisor",
    assessments.BY_NOBODY: "No supervisor's approval on record",
}


def in_words(concern: Concern, cases: pd.DataFrame, officers: Mapping[str, str]) -> pd.DataFrame:
    """The cases with `holder`, `state` and `why`: a short sentence that says what is the matter with each.

    `officers` are names by reference; a list of own intervals also has `approver`.
    """
    rows = cases.assign(
        state=cases["status"].map(STATUS),
        holder=[officers.get(ref, ref) or UNALLOCATED for ref in cases["officer_ref"]],
        why=[_why(concern, row) for row in cases.to_dict(orient="records")],
    )
    if "approver_ref" in cases:
        approvers = [officers.get(ref, ref) or NOBODY for ref in cases["approver_ref"]]
        rows = rows.assign(approver=approvers, approved=cases["approval"].map(APPROVAL))
    return rows


def _why(concern: Concern, row: Mapping[Any, Any]) -> str:
    match concern:
        case Concern.ARMS_NOT_DONE:
            seen = row["first_seen_on"]
            return f"First seen {day_text(seen)}." if not pd.isna(seen) else "Not seen yet; counted from the visit due."
        case Concern.ARMS_REVIEW | Concern.PLAN_REVIEW | Concern.SUPERVISOR_REVIEW:
            last = row["last_on"]
            return f"Last done {day_text(last)}." if not pd.isna(last) else "None on record since registration."
        case Concern.REACTIVE | Concern.INELIGIBLE:
            return _speaks_against(row)
        case Concern.RELEASED | Concern.RELEASED_LATE:
            return _first_visit(row)
        case Concern.OWN | Concern.OWN_LONGER | Concern.OWN_UNAPPROVED:
            return _difference(int(row["days_longer"]))
        case Concern.FAILED:
            return f"Last: {OUTCOME[VisitOutcome(row['outcome'])].lower()}."
    return ""


def _speaks_against(row: Mapping[Any, Any]) -> str:
    low_since, reviewed = row["low_since_on"], row["reviewed_on"]
    reasons = {
        reactive.NOT_LOW: "Not low risk",
        reactive.LOW_TOO_SHORT: f"Low risk only since {'' if pd.isna(low_since) else day_text(low_since)}",
        reactive.ORDER_IN_FORCE: f"Order in force: {row['order_kinds']}",
        reactive.NOT_REVIEWED: "Never reviewed" if pd.isna(reviewed) else f"Last reviewed {day_text(reviewed)}",
    }
    told = [text for name, text in reasons.items() if row[name]]
    return f"{'; '.join(told)}." if told else "Nothing in the data speaks against it."


def _first_visit(row: Mapping[Any, Any]) -> str:
    state, days, met = row["first_visit"], int(row["days"]), row["met_on"]
    released_from = STATUS[OffenderStatus(row["released_from"])].lower().removeprefix("in ")
    text = f"Released from {released_from}. {FIRST_VISIT[state]}"
    if state == contact.SEEN_LATE:
        return f"{text}: on {day_text(met)}, {days_text(days)} after it was due."
    if state == contact.SEEN:
        return f"{text}: on {day_text(met)}."
    if state == contact.OVERDUE:
        return f"{text} by {days_text(days)}."
    return f"{text}: {days_text(-days)} left." if state == contact.TO_BE_SEEN else f"{text}."


def _difference(days: int) -> str:
    if days == 0:
        return "As the default."
    return f"{days_text(abs(days))} {'longer' if days > 0 else 'shorter'} than the default."
