"""Tables of demand: a row a month or a horizon, every number in words where it has none."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import pandas as pd
import streamlit as st

from app.parts import listing
from app.parts.demand import files
from app.parts.listing import Field
from app.parts.period_table import NOT_SHOWN
from app.parts.words import count, plural
from offendermgmt.outputs.listing import ListColumn
from offendermgmt.services.demand import Against
from offendermgmt.services.figures import Definition
from offendermgmt.services.question import Question

AGAINST: Final = {
    str(Against.ABOVE): "Above",
    str(Against.WITHIN): "Inside",
    str(Against.BELOW): "Below",
    "": "No forecast tested",
}
_SMALL: Final = "Not shown"


def month(value: "pd.Timestamp") -> str:
    """A calendar month as `March 2026`."""
    return f"{value:%B %Y}"


def number(value: Any, missing: str) -> str:
    """A count, or why there is none."""
    return missing if pd.isna(value) else count(value)


def between(row: Mapping[Any, Any]) -> str:
    """A range as `17 to 39`; nothing where there is none."""
    return "" if pd.isna(row["low"]) else f"{row['low']:,} to {row['high']:,}"


def months(rows: pd.DataFrame) -> pd.DataFrame:
    """Months received in words, newest first: month, received, forecast, middle, against."""
    newest = rows[::-1].to_dict("records")
    return pd.DataFrame(
        {
            "month": [month(row["period_start"]) for row in newest],
            "received": [number(row["received"], NOT_SHOWN) for row in newest],
            "forecast": [between(row) for row in newest],
            "middle": [number(row["middle"], "") for row in newest],
            "against": [AGAINST[row["against"]] if not pd.isna(row["received"]) else NOT_SHOWN for row in newest],
        }
    )


MONTHS: Final = (
    Field("month", "Month"),
    Field("received", "Received", "figure"),
    Field("forecast", "Forecast a month before", "figure"),
    Field("middle", "Middle", "figure"),
    Field("against", "What came"),
)


def ranges(rows: pd.DataFrame, share: str, what: str) -> None:
    """Draw forecasts, a row a horizon, of rows with `label`, `until`, low, middle and high."""
    shown = rows.assign(range=[between(row) for row in rows.to_dict("records")])
    fields = [
        Field("label", "Ahead"),
        Field("until", "Until the end of", "day"),
        Field("range", f"{share} range", "figure"),
        Field("middle", "Middle", "number"),
    ]
    listing.show(shown, fields, caption=what)


def folded(
    rows: pd.DataFrame,
    fields: Sequence[Field],
    *,
    caption: str,
    key: str,
    whole: pd.DataFrame,
    columns: Sequence[ListColumn],
    question: Question,
    title: str,
    definitions: Sequence[Definition],
    filters: Mapping[str, str] | None = None,
) -> None:
    """Draw a table and its file once opened; the address keeps it open. `whole` is what the file holds."""
    opened = st.expander(
        "Show as a table", icon=":material/table:", key=f"{key}_table", on_change="rerun", bind="query-params"
    )
    if opened.open:
        with opened:
            listing.show(rows, fields, caption=caption)
            files.offer(whole, columns, question, title=title, definitions=definitions, filters=filters)


def horizons(rows: pd.DataFrame) -> "pd.Series[Any]":
    """`3 months` for each row."""
    return pd.Series([plural(value, "month") for value in rows["months"]], index=rows.index)


def tests(rows: pd.DataFrame, share: str, caption: str) -> None:
    """Draw the back-tests, a row a horizon."""
    shown = pd.DataFrame(
        {
            "label": horizons(rows),
            "inside": [f"{row['inside']} of {row['tested']}" for row in rows.to_dict("records")],
            "share": [f"{value:.0%}" for value in rows["share"]],
            "error": [count(value) for value in rows["median_error"]],
        }
    )
    fields = [
        Field("label", "Ahead"),
        Field("inside", f"Inside the {share} range", "figure", beneath="share"),
        Field("error", "Median error, cases", "figure"),
    ]
    listing.show(shown, fields, caption=caption)
