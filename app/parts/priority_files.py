"""What may be downloaded of the order of work: the cases with every part of their points, and risk lowered."""

from collections.abc import Mapping

import pandas as pd

from app.navigation import POLIT_ORDER
from app.parts import downloads, priority_list, priority_lowered
from offendermgmt.domain.priority import Part
from offendermgmt.outputs.listing import ListColumn
from offendermgmt.services import priority_definitions as definitions
from offendermgmt.services.figures import Figure
from offendermgmt.services.priority_words import PART, PLACEMENT, parts_in_words
from offendermgmt.services.wording import RISK


def offer_order(
    cases: pd.DataFrame, figure: Figure, holders: Mapping[str, str], teams: Mapping[str, str], chosen: Mapping[str, str]
) -> None:
    """Offer the cases behind `figure` in their order, narrowed as `chosen` says in words."""

    def whole() -> pd.DataFrame:
        words = parts_in_words(cases).add_suffix("_words")
        return priority_list.told(cases, holders, teams).assign(
            risk_text=cases["risk_level"].map(RISK),
            where=cases["placement"].map(PLACEMENT),
            **{str(name): texts for name, texts in words.items()},
        )

    parts = [
        column
        for part in Part
        for column in (
            ListColumn(f"{part}_words", PART[part]),
            ListColumn(str(part), f"{PART[part]}: points", "number"),
        )
    ]
    downloads.offer(
        whole,
        [
            ListColumn("place", "Place", "number", "Among all cases the reader may see"),
            ListColumn("rule_place", "Place by the rule", "number", "Without what was placed by hand"),
            ListColumn("case_ref", "Case"),
            ListColumn("stage_text", "Stage"),
            ListColumn("risk_text", "Risk level"),
            ListColumn("total", "Points", "number", "The sum of the parts"),
            *parts,
            ListColumn("where", "Placed by hand"),
            ListColumn("last_on", "Placed until the end of", "day"),
            ListColumn("author", "Placed by"),
            ListColumn("reason", "Why placed"),
            ListColumn("received_on", "Received on", "day"),
            ListColumn("act_by", "Act by", "day"),
            ListColumn("days_past_limit", "Days past its limit", "number"),
            ListColumn("holder", "Held by"),
            ListColumn("team", "Team"),
        ],
        page=POLIT_ORDER.url_path,
        title="Order of work",
        count=len(cases),
        setting=figure.setting,
        definitions=tuple(dict.fromkeys((definitions.ORDER, figure.definition))),
        filters=chosen,
    )


def offer_lowered(
    rows: pd.DataFrame, figure: Figure, holders: Mapping[str, str], teams: Mapping[str, str], chosen: Mapping[str, str]
) -> None:
    """Offer the re-assessments that lowered risk, narrowed as `chosen` says in words."""

    def whole() -> pd.DataFrame:
        levels = {f"{name}_text": rows[name].map(RISK) for name in ("risk_before", "risk_after")}
        return priority_lowered.told(rows, holders, teams).assign(**levels)

    downloads.offer(
        whole,
        [
            ListColumn("case_ref", "Case"),
            ListColumn("stage_text", "Stage the day before"),
            ListColumn("assessed_on", "Assessed on", "day"),
            ListColumn("risk_before_text", "Risk before"),
            ListColumn("with_before", "Tool before"),
            ListColumn("risk_after_text", "Risk after"),
            ListColumn("with_after", "Tool after"),
            ListColumn("assessor", "Assessor"),
            ListColumn("days", "Days since receipt", "number"),
            ListColumn("days_past", "Days past its limit the day before", "number"),
            ListColumn("act_by_before", "Act by before", "day"),
            ListColumn("act_by_after", "Act by after", "day"),
            ListColumn("act_by_moved", "Act by moved, days", "number"),
            ListColumn("holder", "Held by that day"),
            ListColumn("team", "Team"),
        ],
        page=POLIT_ORDER.url_path,
        title=figure.definition.title,
        count=len(rows),
        setting=figure.setting,
        definitions=(figure.definition,),
        filters=chosen,
    )
