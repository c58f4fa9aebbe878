"""What may be downloaded of POLIT's page: its lists of children and of cases, whole."""

from collections.abc import Mapping

import pandas as pd

from app.navigation import POLIT
from app.parts import downloads
from app.parts.polit import cases as case_words
from app.parts.polit import children as child_words
from offendermgmt.outputs.listing import ListColumn
from offendermgmt.services.figures import Figure
from offendermgmt.services.wording import RISK


def offer_children(rows: pd.DataFrame, figure: Figure, holders: Mapping[str, str], filters: Mapping[str, str]) -> None:
    """Offer the rows of `polit_children.children` that the figure counts."""
    downloads.offer(
        lambda: child_words.told(rows, holders).assign(risk=rows["risk_level"].map(RISK)),
        [
            ListColumn("case_ref", "Case"),
            ListColumn("child_ref", "Child", meaning="The child's reference within the case"),
            ListColumn("risk", "Risk of the case"),
            ListColumn("stage_text", "Stage of the case"),
            ListColumn("identified_on", "Identified", "day"),
            ListColumn("days_since_identified", "Days since identified", "number"),
            ListColumn("referred_on", "Referred to children's social care", "day", "Empty: not referred"),
            ListColumn("days_to_referral", "Days to referral", "number", "From the day identified"),
            ListColumn("days_since_referral", "Days since referral", "number"),
            ListColumn("safeguarded_on", "Safeguarded", "day", "Empty: awaiting safeguarding"),
            ListColumn("holder", "Case held by"),
        ],
        page=POLIT.url_path,
        title=figure.definition.title,
        count=len(rows),
        setting=figure.setting,
        definitions=(figure.definition,),
        filters=filters,
    )


def offer_cases(rows: pd.DataFrame, figure: Figure, holders: Mapping[str, str], filters: Mapping[str, str]) -> None:
    """Offer the rows of `polit_cases.open_cases` that are listed."""
    downloads.offer(
        lambda: case_words.told(rows, holders).assign(risk=rows["risk_level"].map(RISK)),
        [
            ListColumn("case_ref", "Case"),
            ListColumn("risk", "Risk"),
            ListColumn("stage_text", "Stage"),
            ListColumn("in_backlog", "In the backlog", "flag"),
            ListColumn("received_on", "Received", "day"),
            ListColumn("age_days", "Days since receipt", "number"),
            ListColumn("children_identified", "Children identified", "number"),
            ListColumn("children_awaiting", "Children awaiting safeguarding", "number"),
            ListColumn("act_by", "Act by", "day", "Empty: not in the backlog"),
            ListColumn("days_past_limit", "Days past the limit", "number"),
            ListColumn("last_activity_on", "Last activity", "day"),
            ListColumn("days_since_activity", "Days without activity", "number"),
            ListColumn("stalled_limit", "Stalled beyond, days", "number"),
            ListColumn("days_stalled", "Days stalled", "number", "Beyond the limit for the risk"),
            ListColumn("holder", "Held by"),
            ListColumn("holder_cases", "Holder's open cases", "number"),
            ListColumn("holder_fte", "Holder's FTE available", "number", "0 for who has left"),
            ListColumn("holder_per_fte", "Holder's open cases per FTE", "number", "Empty without FTE"),
        ],
        page=POLIT.url_path,
        title=figure.definition.title,
        count=len(rows),
        setting=figure.setting,
        definitions=(figure.definition,),
        filters=filters,
    )
