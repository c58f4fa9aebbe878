"""Planned visits as a calendar file (RFC 5545): references only, and on record before it leaves."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

import pandas as pd
from icalendar import Calendar, Event

from offendermgmt.domain.vocabulary import PlanState
from offendermgmt.services.desk import Desk
from offendermgmt.services.disclosures import Disclosure, record_disclosure
from offendermgmt.services.overdue import setting_of
from offendermgmt.services.question import Question

TITLE: Final = "Calendar of planned visits"
_PRODUCT: Final = "-//Offendermgmt//Planned visits//EN"


def still_planned(visits: pd.DataFrame) -> pd.DataFrame:
    """The rows of `plans_on` that a calendar holds: neither made nor cancelled."""
    return visits[(visits["state"] == PlanState.PLANNED).to_numpy()]


def calendar_file(visits: pd.DataFrame, markings: Sequence[str], made_at: datetime) -> bytes:
    """The rows of `plans_on` that are still planned, an event each, in UTC.

    An event says `Visit` and the offender's reference; beneath it the marking, the officers' numbers and whether the
    visit is announced. No name, note, reason or place.
    """
    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", " ".join([*markings, "Planned visits"]))
    for row in still_planned(visits).to_dict(orient="records"):
        event = Event()
        event.add("uid", f"{row['plan_ref']}@offendermgmt")
        event.add("dtstamp", made_at)
        event.add("dtstart", row["planned_at"].to_pydatetime())
        event.add("dtend", row["until"].to_pydatetime())
        event.add("sequence", int(row["version"]) - 1)
        event.add("summary", f"Visit {row['offender_ref']}")
        notice = "Announced" if row["announced"] else "Unannounced"
        crew = str(row["officer_refs"]).replace(";", ", ")
        event.add("description", f"{' '.join(markings)}\n{notice}. Officers: {crew}.")
        event.add("class", "PRIVATE")
        calendar.add_component(event)
    made: bytes = calendar.to_ical()
    return made


def calendar_for(
    desk: Desk,
    question: Question,
    visits: pd.DataFrame,
    markings: Sequence[str],
    filters: Mapping[str, str],
    made_at: datetime,
) -> bytes:
    """The calendar file of rows of `in_scope`, once its download is on record; raises what `record_disclosure` does.

    `filters` is what the rows were narrowed to, in the reader's words. NotPermitted for a viewer who sees counts only.
    """
    question.viewer.require_lists()
    made = calendar_file(visits, markings, made_at)
    leaves = Disclosure("planned", TITLE, "ics", len(still_planned(visits)), has_names=False, filters=filters)
    record_disclosure(desk, question.viewer, setting_of(question), leaves)
    return made
