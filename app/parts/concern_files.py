"""What may be downloaded of the page on assessments and plans: the chosen list, whole."""

from collections.abc import Mapping

import pandas as pd

from app.navigation import ASSESSMENTS
from app.parts import downloads
from app.parts.concerns import own_fields
from app.parts.listing import Field
from offendermgmt.outputs.listing import Kind, ListColumn
from offendermgmt.services.assessment_definitions import Concern
from offendermgmt.services.assessment_lists import in_words
from offendermgmt.services.desk import Desk
from offendermgmt.services.directory import holder_names, offender_names, team_names
from offendermgmt.services.figures import Figure
from offendermgmt.services.question import Question
from offendermgmt.services.wording import RISK


def offer(
    concern: Concern, figure: Figure, cases: pd.DataFrame, desk: Desk, question: Question, chosen: Mapping[str, str]
) -> None:
    """Offer the cases behind the figure, narrowed as `chosen` says in words."""

    def whole() -> pd.DataFrame:
        refs = cases["offender_ref"]
        return in_words(concern, cases, holder_names(question)).assign(
            name=refs.map(offender_names(desk, question, refs)),
            risk=cases["risk_level"].map(RISK),
            team=cases["team_ref"].map(team_names(question)),
        )

    downloads.offer(
        whole,
        [
            ListColumn("offender_ref", "Offender"),
            ListColumn("name", "Name", personal=True),
            ListColumn("risk", "Risk"),
            *(column for field in own_fields(concern) for column in _columns(field)),
            ListColumn("last_completed_on", "Last seen", "day"),
            ListColumn("holder", "Held by"),
            ListColumn("team", "Team"),
        ],
        page=ASSESSMENTS.url_path,
        title=figure.definition.title,
        count=len(cases),
        setting=figure.setting,
        definitions=(figure.definition,),
        filters=chosen,
    )


def _columns(field: Field) -> list[ListColumn]:
    kinds: Mapping[str, Kind] = {"number": "number", "day": "day"}
    columns = [ListColumn(field.column, field.heading, kinds.get(field.kind, "text"))]
    if field.beneath:
        columns.append(ListColumn(field.beneath, f"{field.heading}: note"))
    return columns
