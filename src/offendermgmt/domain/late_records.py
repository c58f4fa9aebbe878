"""Facts put on record late: recorded after a moment, of days before a day (R61)."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from offendermgmt.domain.days import NEVER, Days, day_numbers
from offendermgmt.domain.facts import KEYS
from offendermgmt.domain.segments import Flags

RECORDED, CORRECTED, WITHDRAWN = range(3)


def recorded_after(frame: pd.DataFrame, after: pd.Timestamp, until: pd.Timestamp | None) -> pd.DataFrame:
    """The rows of a recordings table recorded after one moment and by another (UTC without offset; None = ever)."""
    recorded = frame["recorded_at"]
    added = recorded > after
    return frame[(added if until is None else added & (recorded <= until)).to_numpy()]


def late_records(
    table: str, frame: pd.DataFrame, added: pd.DataFrame, dated_by: Sequence[str], before: int, last: int
) -> pd.DataFrame:
    """Of the rows `added` to a recordings table those of a day before `before`.

    A row is of the latest of its days `dated_by` that had come by day `last`: a record that a child has been
    safeguarded is of that day, not of the one the child was identified on. Columns of the table, `day` (number) and
    `kind`: `RECORDED`, `CORRECTED` (its key had been recorded before) or `WITHDRAWN`.
    """
    day = _day(added, dated_by, last)
    rows = added.assign(day=day)[day < before]
    kind = np.where(rows["is_void"], WITHDRAWN, np.where(_is_repeated(table, frame, rows), CORRECTED, RECORDED))
    return rows.assign(kind=kind)


def _day(rows: pd.DataFrame, dated_by: Sequence[str], last: int) -> Days:
    days = np.array([day_numbers(rows[column]) for column in dated_by]).reshape(len(dated_by), len(rows))
    come = np.where(days <= last, days, np.iinfo(np.int32).min).max(axis=0)
    # One of whose days none has come is not of the past at all.
    return np.where(come == np.iinfo(np.int32).min, NEVER, come).astype(np.int32)


def _is_repeated(table: str, frame: pd.DataFrame, rows: pd.DataFrame) -> Flags:
    """Whether the key of each row is on an earlier one of the table."""
    keys = list(KEYS[table])
    subject = keys[0]
    of_them = frame[frame[subject].isin(rows[subject].unique()).to_numpy()]
    again = of_them.loc[of_them.duplicated(keys).to_numpy(), "recording_id"]
    found: Flags = rows["recording_id"].isin(again).to_numpy()
    return found
