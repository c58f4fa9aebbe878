"""How the performance framework reads: targets, directions, days in force, and what was changed and why."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Final

import pandas as pd

from offendermgmt.domain.vocabulary import Improvement
from offendermgmt.services.desk import Desk
from offendermgmt.services.framework import Histories, KeyQuestion, Measure, Version, shipped_framework
from offendermgmt.services.measure_figures import FIGURES, MeasureFigure, MeasureUnit
from offendermgmt.services.wording import day_text, days_text
from offendermgmt.store.framework import MEASURE, QUESTION, reasons_given

IMPROVEMENT: Final = {
    Improvement.INCREASE: "Higher",
    Improvement.DECREASE: "Lower",
    Improvement.NEUTRAL: "Neither",
}
_AIM: Final = {
    Improvement.INCREASE: "Higher is better",
    Improvement.DECREASE: "Lower is better",
    Improvement.NEUTRAL: "For context",
}
_UNIT: Final = {
    MeasureUnit.SHARE: "A share",
    MeasureUnit.COUNT: "A number",
    MeasureUnit.DAYS: "Days",
    MeasureUnit.RATE: "A rate",
}
# What of a version changed, as a reader knows it.
_CHANGED: Final = {
    "text": "wording",
    "title": "title",
    "question_ref": "question",
    "improvement": "direction",
    "target": "target",
    "target_source": "source of the target",
    "owner": "owner",
    "boards": "boards",
    "position": "place",
    "from_on": "first day",
    "to_on": "last day",
}
_DONE: Final = {"add": "Added", "change": "Changed", "retire": "Retired"}
COLUMNS: Final = ["recorded_at", "author", "what", "done", "from_on", "changed", "reason", "source_note"]


def value_text(figure: MeasureFigure, value: float) -> str:
    """A value, or a target, in the figure's unit: `97.5%`, `12 days`, `1,204` or `66.2`."""
    match figure.unit:
        case MeasureUnit.SHARE:
            return f"{value:.1%}".replace(".0%", "%")
        case MeasureUnit.DAYS:
            return days_text(round(value))
        case MeasureUnit.COUNT:
            return f"{value:,.0f}"
    return f"{value:,.1f}"


def target_text(measure: Measure) -> str:
    """A measure's target, empty where it has none."""
    return "" if measure.target is None else value_text(FIGURES[measure.figure], measure.target)


def aim_text(measure: Measure) -> str:
    """Which way a measure gets better, and its target if it has one."""
    way = _AIM[measure.improvement]
    return way if measure.target is None else f"{way}; target {target_text(measure)}"


def reading_text(figure: MeasureFigure) -> str:
    """What a month's value is, and whether it stands at the month's end or is of the whole month."""
    when = "at the month's end" if figure.is_level else "over the month"
    unit = "FTE" if figure.value == "fte" else _UNIT[figure.unit]
    return f"{unit}, {when}"


def in_force_text(version: Version[KeyQuestion] | Version[Measure]) -> str:
    """From which day a version holds; empty for one that holds from the shipped framework's first day."""
    shipped_on = min(question.from_on for question in shipped_framework().questions)
    return "" if version.entry.from_on <= shipped_on else f"As from {day_text(version.entry.from_on)}"


def changes(desk: Desk, known: Histories, known_at: datetime | None = None) -> pd.DataFrame:
    """Every change of the framework on record, or by `known_at`, newest first, with `COLUMNS`.

    `what` is the measure or question, `done` whether it was added, changed or retired, `changed` what of it.
    """
    given = reasons_given(desk.store, desk.force_ref)
    rows = [
        *_rows(QUESTION, known.questions.items(), given),
        *_rows(MEASURE, known.measures.items(), given),
    ]
    said = [row for row in rows if known_at is None or row["recorded_at"] <= known_at]
    said.sort(key=lambda row: (row["recorded_at"], row["what"]), reverse=True)
    return pd.DataFrame(said, columns=COLUMNS)


def _rows(
    kind: str, histories: Iterable[tuple[str, Any]], given: Mapping[tuple[str, str, int], Mapping[str, Any]]
) -> Iterable[dict[str, Any]]:
    for ref, versions in histories:
        for before, version in zip([None, *versions], versions, strict=False):
            if version.version == 0:
                continue
            details = given.get((kind, ref, version.version), {})
            named = version.entry.title if kind == MEASURE else version.entry.text
            yield {
                "recorded_at": version.recorded_at,
                "author": version.author,
                "what": f"{'Measure' if kind == MEASURE else 'Question'}: {named}",
                "done": _DONE[_action(before, version)],
                "from_on": version.entry.to_on or version.entry.from_on,
                "changed": ", ".join(_CHANGED[name] for name in details.get("changed", ()) if name in _CHANGED),
                "reason": details.get("reason", ""),
                "source_note": details.get("source_note", ""),
            }


def _action(before: Any, version: Any) -> str:
    if before is None:
        return "add"
    return "retire" if before.entry.to_on is None and version.entry.to_on is not None else "change"
