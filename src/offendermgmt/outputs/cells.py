"""How a report's values leave the product: dates, shares and the unknown, and cells no spreadsheet will run."""

import math
from datetime import date, datetime
from typing import Any, Final

import numpy as np
import pandas as pd

Value = str | int | float | bool | None

# A spreadsheet takes a cell that starts so for a formula, also behind white space.
_RUNS: Final = ("=", "+", "-", "@", "\t", "\r", "\n")
_DECIMALS: Final = {"cases_per_fte": 2}
_SHARE_DECIMALS: Final = 4


def records(frame: pd.DataFrame) -> list[dict[str, Value]]:
    """The rows with plain values: ISO dates, numbers rounded as the contract says, None for the unknown."""
    columns = {name: [_plain(name, value) for value in frame[name]] for name in frame.columns}
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def safe_cell(value: Value) -> Value:
    """The value, its text neutralised by an apostrophe where a spreadsheet would run it as a formula."""
    if isinstance(value, str) and value.lstrip(" ").startswith(_RUNS):
        return f"'{value}"
    return value


def _plain(column: str, value: Any) -> Value:
    if value is None or value is pd.NA or value is pd.NaT:
        return None
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, float):
        return None if math.isnan(value) else round(value, _DECIMALS.get(column, _SHARE_DECIMALS))
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == datetime.min.time() else value.isoformat()
    return value.isoformat() if isinstance(value, date) else value
