"""A list as it leaves the product: its columns in the reader's words, its values by kind, and the name of its file."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

import numpy as np
import pandas as pd

from offendermgmt.domain.days import LONDON

Kind = Literal["text", "day", "moment", "number", "share", "flag"]
# What a cell holds once its kind is known; a moment is London's clock.
Value = str | float | bool | date | datetime | None


@dataclass(frozen=True)
class ListColumn:
    """One column: the frame's column, its heading, what it holds, and what that means where the heading is not enough.

    A moment is a timestamp with an offset. `personal` is a name or a date of birth, kept from those who see none.
    """

    field: str
    heading: str
    kind: Kind = "text"
    meaning: str = ""
    personal: bool = False


@dataclass(frozen=True)
class Listing:
    """A list: what it is called, its columns in order, and its rows."""

    title: str
    columns: Sequence[ListColumn]
    rows: pd.DataFrame

    @property
    def has_names(self) -> bool:
        """Whether people are named in it."""
        return any(column.personal for column in self.columns)

    def headings(self) -> list[str]:
        """The headings, with the clock named over moments."""
        clock = " (London time)"
        return [f"{column.heading}{clock if column.kind == 'moment' else ''}" for column in self.columns]

    def values(self) -> list[list[Value]]:
        """The rows as plain values, None where there is none; KeyError for a column that the rows do not have."""
        columns = [[_value(column.kind, value) for value in self.rows[column.field]] for column in self.columns]
        return [list(row) for row in zip(*columns, strict=True)]


def file_name(markings: Sequence[str], page: str, title: str, as_of: date, suffix: str) -> str:
    """The file's name: marking, page, list and day; `title` is the list's own, never a person's."""
    parts = [*(marking.replace(" ", "-") for marking in markings), page, slug(title), as_of.isoformat()]
    return f"{'_'.join(parts)}.{suffix}"


def slug(title: str) -> str:
    """A title as `lower-case-words`."""
    return re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")


def _value(kind: Kind, value: Any) -> Value:
    if value is None or pd.isna(value):
        return None
    match kind:
        case "day":
            return pd.Timestamp(value).date()
        case "moment":
            return pd.Timestamp(value).tz_convert(LONDON).to_pydatetime()
        case "number" | "share":
            return float(value) if isinstance(value, (float, np.floating)) else int(value)
        case "flag":
            return bool(value)
    return str(value)
