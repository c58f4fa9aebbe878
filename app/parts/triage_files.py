"""What may be downloaded of triage: those in it, in their order, with every part of their points."""

from collections.abc import Mapping

import pandas as pd

from app.navigation import TRIAGE
from app.parts import downloads, triage_list
from offendermgmt.domain.triage import Part
from offendermgmt.outputs.listing import ListColumn
from offendermgmt.services import triage_definitions as definitions
from offendermgmt.services.desk import Desk
from offendermgmt.services.directory import holder_names, offender_names, team_names
from offendermgmt.services.figures import Figure
from offendermgmt.services.question import Question
from offendermgmt.services.triage_words import PART, parts_in_words
from offendermgmt.services.wording import RISK


def offer(
    cases: pd.DataFrame,
    figure: Figure,
    notes: Mapping[str, str],
    desk: Desk,
    question: Question,
    chosen: Mapping[str, str],
) -> None:
    """Offer the offenders behind `figure` in their order, narrowed as `chosen` says in words."""

    def whole() -> pd.DataFrame:
        words = parts_in_words(cases).add_suffix("_words")
        names = offender_names(desk, question, list(cases["offender_ref"]))
        return triage_list.told(cases, names, holder_names(question), team_names(question), notes).assign(
            risk_text=cases["risk_level"].map(RISK), **{str(name): texts for name, texts in words.items()}
        )

    parts: list[ListColumn] = []
    for part in Part:
        title = PART[part]
        parts += [ListColumn(f"{part}_words", title), ListColumn(str(part), f"{title}: points", "number")]
    downloads.offer(
        whole,
        [
            ListColumn("place", "Place", "number", "Among all offenders the reader may see"),
            ListColumn("offender_ref", "Offender"),
            ListColumn("name", "Name", personal=True),
            ListColumn("risk_text", "Risk level"),
            ListColumn("total", "Points", "number", "The sum of the parts"),
            *parts,
            ListColumn("notes", "Flags in force", personal=True),
            ListColumn("state", "State"),
            ListColumn("due_on", "Visit due on", "day"),
            ListColumn("days_overdue", "Days overdue", "number"),
            ListColumn("last_completed_on", "Last seen", "day"),
            ListColumn("holder", "Held by"),
            ListColumn("team", "Team"),
        ],
        page=TRIAGE.url_path,
        title="Triage",
        count=len(cases),
        setting=figure.setting,
        definitions=tuple(dict.fromkeys((definitions.TRIAGE, figure.definition))),
        filters=chosen,
    )
