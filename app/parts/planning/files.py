"""What may be downloaded of the planned visits: the lists, and the calendar file."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Final

import pandas as pd

from app.navigation import PLANNED
from app.parts import downloads
from app.parts.marking import markings
from app.parts.planning import visits as visit_list
from app.parts.planning import waiting as waiting_list
from app.session import is_demo
from offendermgmt.outputs.listing import ListColumn, file_name
from offendermgmt.services import planning_definitions as definitions
from offendermgmt.services.calendar_file import TITLE, calendar_for, still_planned
from offendermgmt.services.desk import Desk
from offendermgmt.services.directory import offender_names
from offendermgmt.services.overdue import setting_of
from offendermgmt.services.question import Question
from offendermgmt.services.wording import RISK

_MIME: Final = "text/calendar"


def offer_visits(
    visits: pd.DataFrame, desk: Desk, question: Question, officers: Mapping[str, str], filters: Mapping[str, str]
) -> None:
    """Offer the whole of a list of planned visits, with notes and names for who sees them."""
    sees = question.viewer.sees_names

    def whole() -> pd.DataFrame:
        names = offender_names(desk, question, visits["offender_ref"])
        rows = visit_list.for_reading(visits, names, officers, sees_notes=sees)
        return rows.assign(risk=rows["risk_level"].map(RISK))

    downloads.offer(
        whole,
        [
            ListColumn("planned_at", "Planned for", "moment"),
            ListColumn("minutes", "Minutes", "number"),
            ListColumn("offender_ref", "Offender"),
            ListColumn("name", "Name", personal=True),
            ListColumn("risk", "Risk"),
            ListColumn("due_on", "Due on", "day"),
            ListColumn("days_overdue", "Days overdue", "number"),
            ListColumn("crew_names", "Who goes"),
            ListColumn("alone", "Made alone"),
            ListColumn("notice", "Notice"),
            ListColumn("said", "Note", personal=True),
            ListColumn("state_name", "State"),
        ],
        page=PLANNED.url_path,
        title="Planned visits",
        count=len(visits),
        setting=setting_of(question),
        definitions=(definitions.PLANNED, definitions.ALONE),
        filters=filters,
    )


def offer_waiting(waiting: pd.DataFrame, desk: Desk, question: Question, holders: Mapping[str, str]) -> None:
    """Offer the whole of the list of those due or overdue and unplanned."""

    def whole() -> pd.DataFrame:
        names = offender_names(desk, question, waiting["offender_ref"])
        rows = waiting_list.for_reading(waiting, names, holders)
        return rows.assign(risk=rows["risk_level"].map(RISK))

    downloads.offer(
        whole,
        [
            ListColumn("offender_ref", "Offender"),
            ListColumn("name", "Name", personal=True),
            ListColumn("risk", "Risk"),
            ListColumn("due_on", "Due on", "day"),
            ListColumn("days_overdue", "Days overdue", "number"),
            ListColumn("state", "State"),
            ListColumn("last_completed_on", "Last seen", "day"),
            ListColumn("holder", "Held by"),
        ],
        page=PLANNED.url_path,
        title="Due or overdue and unplanned",
        count=len(waiting),
        setting=setting_of(question),
        definitions=(definitions.UNPLANNED,),
    )


def offer_calendar(visits: pd.DataFrame, desk: Desk, question: Question, filters: Mapping[str, str]) -> None:
    """Offer the visits still to be made as a calendar file; none where there are none."""
    if still_planned(visits).empty:
        return
    marked = markings(synthetic=is_demo())
    downloads.offer_file(
        f"{TITLE} (.ics)",
        lambda: calendar_for(desk, question, visits, marked, filters, datetime.now(UTC)),
        file_name=file_name(marked, PLANNED.url_path, TITLE, question.as_of, "ics"),
        mime=_MIME,
        icon=":material/calendar_add_on:",
        key="download planned calendar",
        help="Each visit with the offender's reference and the officers' numbers only. The download is put on record.",
    )
