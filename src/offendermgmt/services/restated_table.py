"""A restatement as a table: how each figure reads as reported and as known now, and by how much they differ."""

from typing import Any, Final

import pandas as pd

from offendermgmt.services.board_tables import NOT_SHOWN
from offendermgmt.services.measure_figures import FIGURES, MeasureUnit
from offendermgmt.services.restated_words import FACTS
from offendermgmt.services.restatement import Restatement

TITLES: Final = {
    "title": "Measure",
    "reported": "As reported",
    "reported_of": "As reported, counted from",
    "now": "As known now",
    "now_of": "As known now, counted from",
    "difference": "Difference",
    "why": "Why they differ",
}
NO_VALUE: Final = "No value"
_FEW: Final = "Few"


def in_words(restatement: Restatement) -> pd.DataFrame:
    """The columns of `TITLES`, a row a figure, restated ones first; `_of` is what a share was counted from."""
    ordered = restatement.rows.sort_values("is_restated", ascending=False, kind="stable")
    rows = [_row(row) for row in ordered.to_dict(orient="records")]
    return pd.DataFrame(rows, columns=list(TITLES))


def records_in_words(records: pd.DataFrame) -> pd.DataFrame:
    """What came since, by table: what, late, corrected, withdrawn; a count kept from the reader reads `Few`."""
    counts = records.drop(columns="table").map(lambda count: _FEW if pd.isna(count) else f"{count:,}")
    named = [FACTS[table][1] for table in records["table"]]
    return counts.assign(what=[name[0].upper() + name[1:] for name in named])


def _row(row: dict[Any, Any]) -> dict[str, str]:
    unit = FIGURES[row["figure"]].unit if row["figure"] in FIGURES else MeasureUnit.RATE
    return {
        "title": row["title"],
        "reported": _value(row, "reported", unit),
        "reported_of": _counted(row, "reported", unit),
        "now": _value(row, "now", unit),
        "now_of": _counted(row, "now", unit),
        "difference": _difference(row, unit),
        "why": row["why"],
    }


def _value(row: dict[Any, Any], name: str, unit: MeasureUnit) -> str:
    if row[f"is_kept_{name}"]:
        return NOT_SHOWN
    value = row[f"value_{name}"]
    return NO_VALUE if pd.isna(value) else _written(unit, value)


def _counted(row: dict[Any, Any], name: str, unit: MeasureUnit) -> str:
    numerator, denominator = row[f"numerator_{name}"], row[f"denominator_{name}"]
    if row[f"is_kept_{name}"] or pd.isna(numerator) or pd.isna(denominator):
        return ""
    if unit is MeasureUnit.RATE:
        return f"{numerator:,.0f} for {denominator:,.1f}"
    return f"{numerator:,.0f} of {denominator:,.0f}"


def _difference(row: dict[Any, Any], unit: MeasureUnit) -> str:
    if not row["is_restated"]:
        return "None"
    was, now = row["value_reported"], row["value_now"]
    if row["is_kept_reported"] or row["is_kept_now"]:
        return NOT_SHOWN
    if pd.isna(was) or pd.isna(now):
        return ""
    change, after = ((now - was) * 100, " points") if unit is MeasureUnit.SHARE else (now - was, "")
    decimals = 1 if unit is MeasureUnit.SHARE else _decimals(unit)
    # Counted from other numbers, to the same value as it reads.
    return f"{change:+,.{decimals}f}{after}" if round(change, decimals) else f"Under {0.1**decimals:g}{after}"


def _written(unit: MeasureUnit, value: float) -> str:
    return f"{value:.1%}" if unit is MeasureUnit.SHARE else f"{value:,.{_decimals(unit)}f}"


def _decimals(unit: MeasureUnit) -> int:
    return 1 if unit is MeasureUnit.RATE else 0
