"""A list of the morning as a table on paper: its worst rows in words, and where the rest stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

import numpy as np
import pandas as pd

from offendermgmt.outputs.briefing.row_words import in_words
from offendermgmt.outputs.listing import ListColumn, Listing, Value
from offendermgmt.services.overdue import TOTAL, WORST_FIRST
from offendermgmt.services.wording import RISK, day_text, moment_text

_RANK: Final = {str(level): place for place, level in enumerate(WORST_FIRST)}


@dataclass(frozen=True)
class PaperList:
    """How one list is put on paper: what it is of, its columns, and the page that has the whole of it.

    `weight` is how many times the rows of another list it gets. One `by_risk` comes in order of day, and is put worst
    first here. A `wide` one takes the whole width.
    """

    caption: str
    columns: Sequence[ListColumn]
    page: str
    weight: int = 1
    by_risk: bool = False
    wide: bool = False


@dataclass(frozen=True)
class Table:
    """A table in words; `more` says how many rows were left out and where they are, empty where none were.

    It takes half the width where it is not `wide`.
    """

    caption: str
    headings: tuple[str, ...]
    is_number: tuple[bool, ...]
    rows: tuple[tuple[str, ...], ...]
    more: str
    wide: bool


def table(listed: PaperList, rows: pd.DataFrame, most: int) -> Table:
    """The worst rows of a list, `most` times its weight of them at most."""
    rank = rows["risk_level"].map(_RANK) if listed.by_risk else None
    ordered = rows if rank is None else rows.iloc[np.argsort(rank.to_numpy(), kind="stable")]
    shown = ordered.head(most * listed.weight)
    left_out = len(rows) - len(shown)
    listing = Listing(listed.caption, listed.columns, in_words(shown))
    return Table(
        caption=f"{listed.caption} ({len(rows):,})",
        headings=tuple(column.heading for column in listed.columns),
        is_number=tuple(column.kind in {"number", "share"} for column in listed.columns),
        rows=tuple(
            tuple(_text(column, value) for column, value in zip(listed.columns, row, strict=True))
            for row in listing.values()
        ),
        more=f"and {left_out:,} more: see {listed.page}" if left_out else "",
        wide=listed.wide,
    )


def matrix(counts: pd.DataFrame) -> Table:
    """The counts of `overdue.by_risk_and_band`, a row a risk level and the total."""
    risk = {**{str(level): text for level, text in RISK.items()}, TOTAL: TOTAL}
    return Table(
        caption="Overdue by risk and days overdue",
        headings=("Risk", *map(str, counts.columns)),
        is_number=(False, *(True for _ in counts.columns)),
        rows=tuple((risk[str(level)], *(f"{number:,}" for number in row)) for level, *row in counts.itertuples()),
        more="",
        wide=False,
    )


def _text(column: ListColumn, value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, datetime):
        return moment_text(value)
    if isinstance(value, date):
        return day_text(value)
    if isinstance(value, str):
        return value
    return f"{value:.1%}" if column.kind == "share" else f"{round(value, 1):,.10g}"
