"""What has come about a day and earlier ones since: its own work, late records, corrections, withdrawals."""

from collections.abc import Iterable
from typing import Final

import numpy as np
import pandas as pd

from offendermgmt.domain.days import NEVER, day_numbers
from offendermgmt.domain.facts import COLUMNS, KEYS, Recordings

COUNTED: Final = ("of_day", "late", "corrected", "withdrawn")


def recorded_since(recordings: Recordings, after: int, tables: Iterable[str], on: int) -> pd.DataFrame:
    """Counts of recordings that arrived after the one numbered `after` and are about day `on` or an earlier one.

    A row a table with any: table, of_day (new facts dated on the day), late (new facts of earlier days), corrected (a
    key recorded again, if the fact is or was dated by the day), withdrawn (by a void recording), all int64.
    """
    counted = {name: _counts(recordings.tables[name], name, after, on) for name in tables}
    came = {name: counts for name, counts in counted.items() if any(counts)}
    rows = pd.DataFrame([[name, *counts] for name, counts in came.items()], columns=["table", *COUNTED])
    return rows.astype({"table": "str", **dict.fromkeys(COUNTED, np.int64)})


def _counts(frame: pd.DataFrame, table: str, after: int, on: int) -> list[int]:
    keys, dated = list(KEYS[table]), _day_column(table)
    at = int(np.searchsorted(frame["recording_id"].to_numpy(), after, side="right"))
    came = frame.iloc[at:].drop_duplicates(keys, keep="last")
    if came.empty:
        return [0] * len(COUNTED)
    before = frame.iloc[:at].loc[lambda old: old[keys[0]].isin(came[keys[0]]), [*keys, dated, "is_void"]]
    before = before.drop_duplicates(keys, keep="last")
    both = came[[*keys, dated, "is_void"]].merge(before, on=keys, how="left", suffixes=("", "_was"), indicator=True)
    # A key may hold the day itself: then it is one column, the same before and after.
    now = day_numbers(both[dated])
    was = day_numbers(both[f"{dated}_was"]) if f"{dated}_was" in both else now
    stood = (both["_merge"] == "both").to_numpy() & ~both["is_void_was"].eq(True).to_numpy()
    was = np.where(stood, was, NEVER)
    is_void, is_about = both["is_void"].to_numpy(), np.minimum(now, was) <= on
    is_new = is_about & ~stood & ~is_void
    parts = (is_new & (now == on), is_new & (now < on), is_about & stood & ~is_void, is_about & stood & is_void)
    return [int(part.sum()) for part in parts]


def _day_column(table: str) -> str:
    """The column that dates a table's facts: its first of days."""
    return next(name for name, kind in COLUMNS[table].items() if kind == "day")
