"""What became of referrals to POLIT by the end of the quarter they were received in (M49)."""

from datetime import date, timedelta
from enum import StrEnum

import numpy as np
import pandas as pd

from offendermgmt.domain.periods import Every, Periods
from offendermgmt.domain.polit import CLOSED, first_live
from offendermgmt.domain.visits import standing


class BecameOf(StrEnum):
    """What had become of a case by a day; every case has one of them."""

    IN_TIME = "in_time"
    LATE = "late"
    WAITING = "waiting"
    CLOSED = "closed"


def quarter_over(day: date) -> Periods:
    """The months of the newest quarter of the calendar that is over at the end of the day."""
    after = day + timedelta(days=1)
    ended = date(after.year, after.month - (after.month - 1) % 3, 1) - timedelta(days=1)
    return Periods.between(ended.replace(month=ended.month - 2, day=1), ended, Every.MONTH)


def became_of(segments: pd.DataFrame, on: int) -> pd.DataFrame:
    """What had become of each case by the end of day `on`: case (code), became (a `BecameOf`).

    In time or late if it had reached a live stage, on or before act by or later (P4), whatever came after; else closed;
    else waiting.
    """
    now = standing(segments, on)
    cases = now["case"].to_numpy()
    live = first_live(segments)
    live = live[(live["start"] <= on).to_numpy()]
    acted = np.isin(cases, live["case"].to_numpy())
    in_time = np.isin(cases, live["case"].to_numpy()[live["in_time"].to_numpy()])
    became = np.select(
        [in_time, acted, (now["stage"] == CLOSED).to_numpy()],
        [str(each) for each in (BecameOf.IN_TIME, BecameOf.LATE, BecameOf.CLOSED)],
        str(BecameOf.WAITING),
    )
    return pd.DataFrame({"case": cases, "became": became})
