"""What may be downloaded of the page of investigators."""

from collections.abc import Mapping

import pandas as pd

from app.navigation import INVESTIGATORS
from app.parts import downloads
from app.parts.investigator_tables import told
from offendermgmt.outputs.listing import ListColumn
from offendermgmt.services import investigator_definitions as definitions
from offendermgmt.services.investigators import LEVELS, OPEN_STAGES
from offendermgmt.services.overdue import setting_of
from offendermgmt.services.question import Question
from offendermgmt.services.wording import RISK, STAGE


def offer(
    rows: pd.DataFrame,
    question: Question,
    names: Mapping[str, str],
    teams: Mapping[str, str],
    filters: Mapping[str, str],
) -> None:
    """Offer the rows of `InvestigatorsBoard.investigators`."""
    words = told(rows, names).assign(team=rows["team_ref"].map(teams).fillna(""))
    risks = {str(level): name for level, name in RISK.items()}
    stages = {str(stage): name for stage, name in STAGE.items()}
    downloads.offer(
        lambda: words,
        [
            ListColumn("officer_ref", "Officer reference"),
            ListColumn("holder", "Held by"),
            ListColumn("team", "Team"),
            ListColumn("where", "Away", meaning="Empty for who is there"),
            ListColumn("fte", "FTE available", "number", "0 for who has left"),
            ListColumn("open_cases", "Open cases", "number"),
            ListColumn("backlog_cases", "In the backlog", "number"),
            ListColumn("cases_per_fte", "Open cases per FTE", "number", "Empty without FTE"),
            *(ListColumn(code, stages[code], "number") for code in OPEN_STAGES),
            *(ListColumn(code, risks[code], "number") for code in LEVELS),
        ],
        page=INVESTIGATORS.url_path,
        title="Open cases by investigator",
        count=len(rows),
        setting=setting_of(question),
        definitions=(definitions.BY_INVESTIGATOR,),
        filters=filters,
    )
