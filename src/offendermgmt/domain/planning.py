"""What is to be planned, what a visit of it counts, the time there is for it, what became of it (R34 to R36, R49)."""

import numpy as np
import numpy.typing as npt
import pandas as pd

from offendermgmt.domain.planning_policy import PlanningPolicy
from offendermgmt.domain.segments import Codes, Flags
from offendermgmt.domain.vocabulary import ATTENDED, PlanState, RiskLevel
from offendermgmt.domain.weights import Points

Moments = npt.NDArray[np.int64]
# A sum of shares of days, such as 5 x 0.6, must not lose a visit to the last binary digit.
_ROUNDING = 1e-6
_OF_A_PLAN = ["plan_ref", "offender_ref", "planned_at", "planned_on", "recorded_at"]


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


def carried_out(plans: pd.DataFrame, visits: pd.DataFrame) -> pd.DataFrame:
    """Which visit on record each open plan was fulfilled by, though nobody said so (R49): plan_ref, visit_ref.

    `plans` are all plans of the offenders with plan_ref, offender_ref, planned_at, planned_on, recorded_at, state and
    visit_ref; `visits` have visit_ref, offender_ref, visited_at (UTC, without offset), visited_on and outcome. A row a
    plan that has one, in order of the visits.
    """
    known = plans[(plans["state"] != PlanState.CANCELLED).to_numpy()]
    days = known[["offender_ref", "planned_on"]].drop_duplicates().sort_values(["offender_ref", "planned_on"])
    days = days.assign(next_on=days.groupby("offender_ref", sort=False)["planned_on"].shift(-1))
    waiting = known.loc[(known["state"] == PlanState.PLANNED).to_numpy(), _OF_A_PLAN]
    free = visits[~visits["visit_ref"].isin(plans["visit_ref"].dropna()).to_numpy()]
    both = waiting.merge(days, on=["offender_ref", "planned_on"]).merge(free, on="offender_ref")
    is_its_day = (both["visited_on"] == both["planned_on"]).to_numpy()
    is_later = (both["visited_on"] > both["planned_on"]).to_numpy() & both["outcome"].isin(ATTENDED).to_numpy()
    is_next = (both["visited_on"] >= both["next_on"]).to_numpy()
    # What had begun before the plan was written is not what was planned.
    is_after = (both["visited_at"].dt.tz_localize("UTC") >= both["recorded_at"]).to_numpy()
    both = both[(is_its_day | is_later) & ~is_next & is_after]
    by_visit = both.sort_values(["planned_at", "plan_ref"]).drop_duplicates("visit_ref", keep="last")
    by_plan: pd.DataFrame = by_visit.sort_values(["visited_at", "visit_ref"]).drop_duplicates("plan_ref")
    return by_plan.reset_index(drop=True)[["plan_ref", "visit_ref"]]
