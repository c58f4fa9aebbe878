"""What is to be planned, what a visit of it counts, and the time there is for it (R34 to R36)."""

import numpy as np
import numpy.typing as npt
import pandas as pd

from offendermgmt.domain.planning_policy import PlanningPolicy
from offendermgmt.domain.segments import Codes, Flags
from offendermgmt.domain.vocabulary import RiskLevel
from offendermgmt.domain.weights import Points

Moments = npt.NDArray[np.int64]
# A sum of shares of days, such as 5 x 0.6, must not lose a visit to the last binary digit.
_ROUNDING = 1e-6


def to_plan(at: pd.DataFrame, on: int, within: int) -> pd.DataFrame:
    """Of the segments standing on `on`, those overdue or due in `within` days or fewer (V6, R34).

    With `days_overdue`, 0 for one that is not overdue yet, and `days_until`, 0 for one that is.
    """
    due = at["due"].to_numpy().astype(np.int64)
    rows = at[at["runs"].to_numpy() & (due <= on + within)]
    late = (on - rows["due"].to_numpy()).astype(np.int32)
    return rows.assign(days_overdue=np.maximum(late, 0), days_until=np.maximum(-late, 0))


def points(rows: pd.DataFrame, policy: PlanningPolicy) -> Points:
    """What a visit to each row of `to_plan` counts in a suggested plan, never under 1 (R36)."""
    risk = np.array([policy.risk[level] for level in RiskLevel], dtype=np.int64)[rows["risk"].to_numpy()]
    overdue = np.minimum(policy.overdue * rows["days_overdue"].to_numpy().astype(np.int64), policy.overdue_most)
    early = np.minimum(policy.early * rows["days_until"].to_numpy().astype(np.int64), policy.early_most)
    counted: Points = risk + overdue - early
    return counted


def visits_each(fte: npt.NDArray[np.float64], slots: int, planned: Codes) -> Codes:
    """How many more visits each officer may make: their share of the slots of all days, less those planned (R35).

    `fte` has a row an officer, a column a day; `planned` is how many visits of those days each is already on.
    """
    share = np.floor(fte.sum(axis=1) * slots + _ROUNDING).astype(np.int32)
    left: Codes = np.maximum(share - planned, 0).astype(np.int32)
    return left


def overlap(start: Moments, end: Moments, other_start: Moments, other_end: Moments) -> Flags:
    """Whether the spans [start, end) and [other_start, other_end) have a moment in common."""
    common: Flags = (start < other_end) & (other_start < end)
    return common
