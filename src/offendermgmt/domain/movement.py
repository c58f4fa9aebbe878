"""Cases coming to and leaving their holders."""

from typing import Final

import numpy as np
import pandas as pd

from offendermgmt.domain.segments import Codes
from offendermgmt.domain.timeline import ENDED

NOT_MANAGED: Final = -2


def movements(segments: pd.DataFrame, first: int, last: int) -> pd.DataFrame:
    """Each change of whose case an offender is, from day `first` to day `last`, both included.

    Columns offender, day, left and came: the holder's code before and after, -1 = unallocated, `NOT_MANAGED` = before
    registration or after the end of management. In order of offender and day. Of every holder the cases at the end
    of the day before `first`, plus those that came, less those that left, are the cases at the end of `last` (C1).
    """
    holder = np.where(segments["status"] == ENDED, NOT_MANAGED, segments["officer"]).astype(np.int32)
    before = _before(segments["offender"].to_numpy(), holder)
    start = segments["start"].to_numpy()
    rows = np.flatnonzero((holder != before) & (start >= first) & (start <= last))
    return pd.DataFrame(
        {
            "offender": segments["offender"].to_numpy()[rows],
            "day": start[rows],
            "left": before[rows],
            "came": holder[rows],
        }
    )


def held_since(segments: pd.DataFrame, on: int) -> "pd.Series[int]":
    """Day from which each managed offender's case has been with the holder it is with on day `on`, by offender code."""
    moved = movements(segments, np.iinfo(np.int32).min, on)
    return moved.groupby("offender")["day"].last()


def _before(offender: Codes, holder: Codes) -> Codes:
    """The holder in each offender's segment before, `NOT_MANAGED` in the first."""
    before = np.full(len(holder), NOT_MANAGED, dtype=np.int32)
    before[1:] = np.where(offender[1:] == offender[:-1], holder[:-1], NOT_MANAGED)
    return before
