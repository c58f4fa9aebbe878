"""What may be downloaded of the page of POLIT's flow: each set of figures, and the list behind a number."""

from collections.abc import Callable, Sequence
from typing import Final

import pandas as pd

from app.parts import downloads
from app.parts.listing import Field
from app.parts.trend_files import TrendFile
from offendermgmt.outputs.listing import Kind, ListColumn
from offendermgmt.services import polit_flow_definitions as definitions
from offendermgmt.services.figures import Definition
from offendermgmt.services.overdue import setting_of
from offendermgmt.services.polit_flow_events import CLOCK_STATES, ENFORCED, IN, OUT, STOCK, Measure
from offendermgmt.services.question import Question
from offendermgmt.services.wording import RISK

PAGE: Final = "polit-flow"


def _file(title: str, *meaning: Definition) -> TrendFile:
    return TrendFile(title, meaning, page=PAGE)


FLOW: Final = _file("POLIT backlog by period", definitions.POLIT_BACKLOG_FLOW, definitions.POLIT_TRANSFERS)
REFERRALS: Final = _file("Referrals by period and source", definitions.REFERRALS)
SOURCES: Final = _file("Referrals by source over the range", definitions.REFERRALS)
STAYS: Final = _file("Time in stage by period", definitions.TIME_IN_STAGE)
STAGES: Final = _file("Time in stage over the range", definitions.TIME_IN_STAGE, definitions.STILL_RUNNING)
ACTED: Final = _file("Acted in time by period", definitions.ACTED_IN_TIME)
LEVELS: Final = _file("Acted in time over the range", definitions.ACTED_IN_TIME)
CLOCKS: Final = _file("Time from receipt by period of receipt", definitions.POLIT_CLOCKS)
CLOCKS_WHOLE: Final = _file("Time from receipt over the range", definitions.POLIT_CLOCKS)
OUTCOMES: Final = _file("Cases closed by period and outcome", definitions.OUTCOMES)
RESULTS: Final = _file("Cases closed by outcome over the range", definitions.OUTCOMES)
CHILDREN: Final = _file("Children identified and safeguarded by period", definitions.CHILDREN)
WORK: Final = _file("Enforcement by period", definitions.WORK_DONE)


def offer_cases(
    rows: Callable[[], pd.DataFrame],
    fields: Sequence[Field],
    measure: Measure,
    question: Question,
    *,
    title: str,
    count: int,
    days: str,
) -> None:
    """Offer the list behind a number: `rows` gives it whole, with the columns of `fields` in words."""
    downloads.offer(
        lambda: rows().assign(risk=lambda worded: worded["risk_level"].map(RISK)),
        [column for field in fields for column in _columns(field)],
        page=PAGE,
        title=title,
        count=count,
        setting=setting_of(question),
        definitions=(_definition(measure),),
        filters={"Days": days},
    )


def _columns(field: Field) -> list[ListColumn]:
    match field.column:
        case "risk_level":
            return [ListColumn("risk", field.heading)]
        case "holder":
            return [ListColumn("holder", field.heading), ListColumn("team", "Team")]
    kind: Kind = "day" if field.kind == "day" else "number" if field.kind == "number" else "text"
    return [ListColumn(field.column, field.heading, kind)]


def _definition(measure: Measure) -> Definition:
    if measure in STOCK | {*IN, *OUT}:
        return definitions.POLIT_BACKLOG_FLOW
    if measure in CLOCK_STATES:
        return definitions.POLIT_CLOCKS
    if measure in ENFORCED:
        return definitions.WORK_DONE
    return {
        Measure.REFERRALS: definitions.REFERRALS,
        Measure.SAME_DAY: definitions.REFERRALS,
        Measure.LEFT: definitions.TIME_IN_STAGE,
        Measure.RUNNING: definitions.STILL_RUNNING,
        Measure.CLOSED: definitions.OUTCOMES,
        Measure.IDENTIFIED: definitions.CHILDREN,
        Measure.SAFEGUARDED: definitions.CHILDREN,
    }.get(measure, definitions.ACTED_IN_TIME)
