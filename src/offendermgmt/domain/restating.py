"""How the facts up to a day differ between two moments: those that came later, were corrected, were withdrawn.

Facts are compared, not recordings: what was recorded and withdrawn in between, or recorded again with the same words,
changes no figure and counts for nothing. Nor does what is said of later days, such as the end of an allocation.
"""

from typing import Final, NamedTuple

import numpy as np
import pandas as pd

from offendermgmt.domain.facts import COLUMNS, KEYS, TIMELESS, Recordings, known_rows
from offendermgmt.domain.segments import Flags

CAME_BY: Final = ("late", "corrected", "withdrawn")


class Moment(NamedTuple):
    """What was known: recordings up to a number, recorded by a moment (UTC without offset).

    Both are needed: an extract may bring later what had been recorded before.
    """

    recording_id: int
    recorded_at: pd.Timestamp


def facts_restated(recordings: Recordings, then: Moment, now: pd.Timestamp | None, until: pd.Timestamp) -> pd.DataFrame:
    """How many facts dated by day `until` differ between `then` and `now` (None = all that is known).

    A row a table with any: table, late (not known then), corrected (known otherwise then), withdrawn (known then
    only), int64, in the order of the tables.
    """
    counted = {name: _restated(name, frame, then, now, until) for name, frame in recordings.tables.items()}
    rows = [[name, *counts] for name, counts in counted.items() if any(counts)]
    frame = pd.DataFrame(rows, columns=["table", *CAME_BY])
    return frame.astype({"table": "str", **dict.fromkeys(CAME_BY, np.int64)})


def _restated(
    table: str, frame: pd.DataFrame, then: Moment, now: pd.Timestamp | None, until: pd.Timestamp
) -> tuple[int, int, int]:
    came = ~_known_then(table, frame, then)
    if not came.any():
        return 0, 0, 0
    # Only what is about the same subjects can have been corrected: the rest of the table need not be read.
    subject = KEYS[table][0]
    about = frame[frame[subject].isin(frame.loc[came, subject]).to_numpy()]
    before = known_rows(table, about[_known_then(table, about, then)])
    after = known_rows(table, about, now)
    old = before[~before["recording_id"].isin(after["recording_id"]).to_numpy()]
    new = after[~after["recording_id"].isin(before["recording_id"]).to_numpy()]
    return _compared(table, old, new, until)


def _known_then(table: str, frame: pd.DataFrame, then: Moment) -> Flags:
    known = frame["recording_id"].to_numpy() <= then.recording_id
    if table not in TIMELESS:
        known &= (frame["recorded_at"] <= then.recorded_at).to_numpy()
    return known


def _compared(table: str, old: pd.DataFrame, new: pd.DataFrame, until: pd.Timestamp) -> tuple[int, int, int]:
    """Late, corrected, withdrawn of the facts that stand no more and those that stand instead."""
    keys = list(KEYS[table])
    before, after = (_up_to(table, rows, until) for rows in (old, new))
    both = before.merge(after, on=keys, how="outer", suffixes=("_old", "_new"), indicator=True)
    was, came = (both["_merge"].isin(["both", side]).to_numpy() for side in ("left_only", "right_only"))
    had, has = (was & both["_dated_old"].eq(True).to_numpy(), came & both["_dated_new"].eq(True).to_numpy())
    changed = np.zeros(len(both), dtype=bool)
    for column in COLUMNS[table]:
        if column not in keys:
            one, other = both[f"{column}_old"], both[f"{column}_new"]
            same = (one == other).to_numpy(dtype=bool, na_value=False) | (one.isna() & other.isna()).to_numpy()
            changed |= ~same
    corrected = was & came & (had | has) & changed
    return int((has & ~was).sum()), int(corrected.sum()), int((had & ~came).sum())


def _up_to(table: str, rows: pd.DataFrame, until: pd.Timestamp) -> pd.DataFrame:
    """What the rows say of days up to the last, with `_dated`, whether they are dated by it at all (D2)."""
    dated_by = dated_column(table)
    dated = pd.Series(True, rows.index) if dated_by is None else ~(rows[dated_by] > until)
    columns = {
        name: rows[name].where(rows[name] <= until) if kind == "day" and name not in KEYS[table] else rows[name]
        for name, kind in COLUMNS[table].items()
    }
    return pd.DataFrame(columns, index=rows.index).assign(_dated=dated)


def dated_column(table: str) -> str | None:
    """The column that dates a table's facts: the first of its days; None where they have none."""
    return next((name for name, kind in COLUMNS[table].items() if kind == "day"), None)
