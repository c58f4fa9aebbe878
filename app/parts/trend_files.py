"""What may be downloaded of the page of trends: each trend's table, the list behind a number, two days compared."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import pandas as pd

from app.parts import downloads
from app.parts.listing import Field
from app.parts.period_table import Column
from app.parts.period_table import Kind as Shown
from offendermgmt.domain.days import to_date
from offendermgmt.domain.periods import Every
from offendermgmt.outputs.listing import Kind, ListColumn
from offendermgmt.services import trend_definitions as definitions
from offendermgmt.services.comparison import Comparison
from offendermgmt.services.definitions import DAYS_OVERDUE, HIGH_RISK_OVERDUE, MOST_OVERDUE, OVERDUE, OVERDUE_SHARE
from offendermgmt.services.directory import team_names
from offendermgmt.services.figures import Definition
from offendermgmt.services.overdue import setting_of
from offendermgmt.services.question import Question
from offendermgmt.services.trend_cases import ENTERED, LEFT, OBLIGATIONS, VISITS, Measure
from offendermgmt.services.trend_events import TrendEvent
from offendermgmt.services.trends import NO_TEAM, UNALLOCATED, Split
from offendermgmt.services.wording import RISK, TREND, TREND_EVENT, day_text

PAGE: Final = "trends"
_KINDS: Final[Mapping[Shown, Kind]] = {"day": "day", "text": "text", "share": "share", "flag": "flag"}
_PERIODS: Final = {
    Every.DAY: "Days",
    Every.WEEK: "Weeks from Monday, cut at the ends of the range",
    Every.MONTH: "Calendar months, cut at the ends of the range",
}
_EMPTY: Final = "Empty: nothing to count from, or withheld because a small count could point at a person"


@dataclass(frozen=True)
class TrendFile:
    """The file of one trend's table: title, what its figures mean, its own periods if any, its page's `url_path`."""

    title: str
    definitions: tuple[Definition, ...]
    every: Every | None = None
    page: str = PAGE


BACKLOG: Final = TrendFile(
    "Backlog by period", (definitions.BACKLOG, definitions.SHARE_OF_MANAGED, definitions.MANAGED)
)
FLOW: Final = TrendFile("In and out of the backlog by period", (definitions.FLOW, definitions.TRANSFERS))
COMPLIANCE: Final = TrendFile("Compliance by period", (definitions.STOCK, definitions.COMPLIANCE_FLOW))
ATTEMPTS: Final = TrendFile("Visits by outcome and period", (definitions.ATTEMPTS,))
RECORDING: Final = TrendFile("Days from visit to record by month", (definitions.RECORDING,), Every.MONTH)


def offer_table(
    file: TrendFile, rows: pd.DataFrame, columns: Sequence[Column], question: Question, every: Every
) -> None:
    """Offer a trend's table, oldest period first; `every` is how long the question's periods are."""
    meaning = "" if question.viewer.opens_lists else _EMPTY
    downloads.offer(
        lambda: rows,
        [
            ListColumn(
                column.field,
                "Incomplete" if column.kind == "flag" else column.heading,
                kind := _KINDS.get(column.kind, "number"),
                meaning if kind in {"number", "share"} else "",
            )
            for column in columns
        ],
        page=file.page,
        title=file.title,
        count=len(rows),
        setting=setting_of(question),
        definitions=file.definitions,
        filters={"Range": _range(question), "Periods": _PERIODS[file.every or every]},
    )


def offer_cases(
    rows: Callable[[], pd.DataFrame],
    fields: Sequence[Field],
    measure: Measure,
    question: Question,
    *,
    count: int,
    days: str,
    group: tuple[Split, str] | None,
) -> None:
    """Offer the list behind a number: `rows` gives it whole, with the columns of `fields` in words."""
    noun = "visits" if measure in VISITS | OBLIGATIONS else "offenders"
    downloads.offer(
        lambda: _with_risk(rows()),
        [column for field in fields for column in _columns(field)],
        page=PAGE,
        title=f"{TREND[measure]}: {noun}",
        count=count,
        setting=setting_of(question),
        definitions=(_definition(measure),),
        filters={"Days": days, **(_in_words(question, *group) if group else {})},
    )


def offer_events(marked: Sequence[TrendEvent], question: Question) -> None:
    """Offer the events marked on the charts, numbered as there."""
    rows = pd.DataFrame(
        [
            {
                "number": number,
                "on": event.text.on,
                "kind": TREND_EVENT[event.text.kind],
                "title": event.text.title,
                "note": event.text.note,
                "author": event.author,
                "recorded_at": event.recorded_at,
            }
            for number, event in enumerate(marked, start=1)
        ]
    )
    downloads.offer(
        lambda: rows,
        [
            ListColumn("number", "Mark", "number", "The number on the charts"),
            ListColumn("on", "Day", "day"),
            ListColumn("kind", "Kind"),
            ListColumn("title", "Event"),
            ListColumn("note", "Note"),
            ListColumn("author", "Recorded by"),
            ListColumn("recorded_at", "Recorded at", "moment", "Of the version that stands"),
        ],
        page=PAGE,
        title=definitions.EVENTS.title,
        count=len(rows),
        # An event is everybody's: no team or officer narrows the list.
        setting=replace(setting_of(question), filters={}),
        definitions=(definitions.EVENTS,),
        filters={"Range": _range(question)},
    )


def offer_comparison(question: Question, compared: Comparison) -> None:
    """Offer two days compared: each figure on both, groups for who sees them, and what moved the backlog between."""
    days = {"earlier": compared.earlier_on, "later": compared.later_on}
    listed = [*_figures(compared), *_groups(question, compared), *_between(compared)]
    # As objects, so that a count beside a share stays a whole number.
    rows = pd.DataFrame(listed, dtype=object)
    downloads.offer(
        lambda: rows,
        [
            ListColumn("part", "Part"),
            ListColumn("figure", "Figure"),
            *(
                ListColumn(name, day_text(day), "number", f"A share is a fraction of 1. {_EMPTY}")
                for name, day in days.items()
            ),
            ListColumn("difference", "Difference", "number", "The later day less the earlier"),
            ListColumn("between", "Between the days", "number", "From the day after the earlier up to the later"),
        ],
        page=PAGE,
        title="Two days compared",
        count=len(rows),
        setting=setting_of(question),
        definitions=(
            *(OVERDUE, OVERDUE_SHARE, definitions.SHARE_OF_MANAGED, HIGH_RISK_OVERDUE, DAYS_OVERDUE, MOST_OVERDUE),
            *(
                definitions.MANAGED,
                definitions.RUNNING,
                definitions.STOCK,
                definitions.FLOW,
                definitions.COMPLIANCE_FLOW,
            ),
        ),
        filters={"Days": " and ".join(map(day_text, days.values()))},
    )


def _range(question: Question) -> str:
    return f"{day_text(to_date(int(question.range.first[0])))} to {day_text(question.as_of)}"


def _columns(field: Field) -> list[ListColumn]:
    match field.column:
        case "offender_ref":
            return [ListColumn("offender_ref", field.heading), ListColumn("name", "Name", personal=True)]
        case "risk_level":
            return [ListColumn("risk", field.heading)]
        case "holder":
            return [ListColumn("holder", field.heading), ListColumn("team", "Team")]
    kinds: Mapping[str, Kind] = {"day": "day", "day_or_none": "day", "number": "number"}
    return [ListColumn(field.column, field.heading, kinds.get(field.kind, "text"))]


def _with_risk(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.assign(risk=rows["risk_level"].map(RISK))


def _definition(measure: Measure) -> Definition:
    if measure is Measure.RECORDED:
        return definitions.RECORDING
    if measure in VISITS:
        return definitions.ATTEMPTS
    if measure in OBLIGATIONS:
        return definitions.COMPLIANCE_FLOW
    if measure in {Measure.OPENING, Measure.CLOSING, *ENTERED, *LEFT}:
        return definitions.FLOW
    if measure is Measure.MANAGED:
        return definitions.MANAGED
    return definitions.STOCK if measure in {Measure.RUNNING, Measure.NOT_OVERDUE} else definitions.BACKLOG


def _in_words(question: Question, split: Split, group: str) -> dict[str, str]:
    match split:
        case Split.RISK:
            return {"Risk": {str(level): name for level, name in RISK.items()}.get(group, group)}
        case Split.BAND:
            return {"Days overdue": group}
        case Split.TEAM:
            names = {**team_names(question), UNALLOCATED: "Unallocated", NO_TEAM: "Officers without a team"}
            return {"Team of the holder": names.get(group, group)}
    return {}


def _figures(compared: Comparison) -> list[dict[str, Any]]:
    return [
        {
            "part": "On each day",
            "figure": pair.title,
            "earlier": pair.earlier.value,
            "later": pair.later.value,
            "difference": pair.difference,
            "between": None,
        }
        for pair in compared.figures
    ]


def _groups(question: Question, compared: Comparison) -> list[dict[str, Any]]:
    if compared.groups is None:
        return []
    return [
        {
            "part": f"Overdue by {name.lower()}",
            "figure": group,
            "earlier": row["earlier"],
            "later": row["later"],
            "difference": row["difference"],
        }
        for row in compared.groups.to_dict("records")
        for name, group in _in_words(question, Split(row["split"]), row["group"]).items()
    ]


def _between(compared: Comparison) -> list[dict[str, Any]]:
    flow = compared.flow.drop(columns=["period_start", "period_end"]).iloc[0].to_dict()
    part = "Between the days"
    return [
        *({"part": part, "figure": TREND[str(name)], "between": number} for name, number in flow.items()),
        {"part": part, "figure": definitions.COMPLIANCE_FLOW.title, "between": compared.kept.value},
    ]
