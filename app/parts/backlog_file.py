"""What may be downloaded of the page on overdue visits: the list it shows, whole."""

from collections.abc import Mapping

import pandas as pd

from app.parts import downloads
from app.parts.backlog import UNALLOCATED
from offendermgmt.outputs.listing import ListColumn
from offendermgmt.services import definitions
from offendermgmt.services.desk import Desk
from offendermgmt.services.directory import holder_names, offender_names, team_names
from offendermgmt.services.overdue import OverdueBoard, reasons_in_short
from offendermgmt.services.question import Question
from offendermgmt.services.wording import RISK, STATUS


def offer(cases: pd.DataFrame, board: OverdueBoard, desk: Desk, question: Question, chosen: Mapping[str, str]) -> None:
    """Offer the cases of the board, narrowed as `chosen` says in words."""

    def whole() -> pd.DataFrame:
        refs = cases["offender_ref"]
        return cases.assign(
            name=refs.map(offender_names(desk, question, refs)),
            risk=cases["risk_level"].map(RISK),
            why=refs.map(reasons_in_short(question, list(refs))),
            state=cases["status"].map(STATUS),
            holder=cases["officer_ref"].map(holder_names(question)).fillna(UNALLOCATED),
            team=cases["team_ref"].map(team_names(question)),
        )

    downloads.offer(
        whole,
        [
            ListColumn("offender_ref", "Offender"),
            ListColumn("name", "Name", personal=True),
            ListColumn("risk", "Risk"),
            ListColumn("days_overdue", "Days overdue", "number"),
            ListColumn("band", "Band", meaning="Days overdue, in bands set by policy."),
            ListColumn("due_on", "Due on", "day"),
            ListColumn("why", "Why due then"),
            ListColumn("state", "State"),
            ListColumn("last_completed_on", "Last seen", "day", "The newest completed visit that met an obligation."),
            ListColumn("holder", "Held by"),
            ListColumn("team", "Team"),
        ],
        page="overdue",
        title="Offenders overdue for a visit",
        count=len(cases),
        setting=board.size.setting,
        definitions=(definitions.OVERDUE, definitions.DAYS_OVERDUE),
        filters=chosen,
    )
