"""What each officer holds, against the share of high risk and the cases an FTE may hold (C1 to C4)."""

import math
from collections.abc import Sequence
from fractions import Fraction

import numpy as np
import numpy.typing as npt
import pandas as pd

from offendermgmt.domain.days import day_numbers
from offendermgmt.domain.facts import Facts
from offendermgmt.domain.policy import Policy
from offendermgmt.domain.segments import Codes, Flags
from offendermgmt.domain.timeline import ENDED
from offendermgmt.domain.vocabulary import RiskLevel

_HIGH = (tuple(RiskLevel).index(RiskLevel.VERY_HIGH), tuple(RiskLevel).index(RiskLevel.HIGH))
_ALWAYS = pd.Timestamp(1900, 1, 1)


def caseload(standing: pd.DataFrame, fte: npt.NDArray[np.float64], policy: Policy) -> pd.DataFrame:
    """Caseload of each officer with cases, and of nobody, from the segments standing on a day.

    `fte` is FTE available by officer code. Columns officer (code, -1 = unallocated, first), cases, active_cases,
    high_risk, exceeds_threshold, to_move, fte, cases_per_fte, exceeds_cap; the last three are missing for the
    unallocated, and cases_per_fte for an officer with no FTE (C1 to C4).
    """
    held = standing[(standing["status"] != ENDED).to_numpy()]
    held = held.assign(high_risk=held["risk"].isin(_HIGH))
    rows = held.groupby("officer", as_index=False).agg(
        cases=("offender", "size"), active_cases=("runs", "sum"), high_risk=("high_risk", "sum")
    )
    # C2 in whole numbers: an officer at a time it takes longer than all the rest.
    limit = policy.high_risk_share
    beyond = rows["high_risk"].to_numpy() * limit.denominator - rows["cases"].to_numpy() * limit.numerator
    to_move = -(-beyond // max(limit.denominator - limit.numerator, 1))
    allocated = (rows["officer"] >= 0).to_numpy()
    available = np.where(allocated, np.append(fte, np.nan)[rows["officer"].to_numpy()], np.nan)
    per_fte = np.divide(rows["cases"], available, where=available > 0, out=np.full(len(rows), np.nan))
    exceeds_cap = pd.array((available == 0) | (per_fte > policy.cases_per_fte), dtype="boolean")
    exceeds_cap[~allocated] = pd.NA
    return rows.assign(
        exceeds_threshold=beyond > 0,
        to_move=np.maximum(to_move, 0),
        fte=available,
        cases_per_fte=per_fte,
        exceeds_cap=exceeds_cap,
    )


def over_limits(
    day: Codes, standing: pd.DataFrame, fte: npt.NDArray[np.float64], policies: Sequence[Policy]
) -> pd.DataFrame:
    """What `caseload` says of several days, counted: a row for each of `policies`, those in force on the days.

    `standing` are segments standing on the days, `day` the position of each one's day, and `fte` what is available by
    officer code (rows) and day (columns). Columns officers (with cases), over_share, over_cap, allocated, unallocated
    (cases).
    """
    held = (standing["status"] != ENDED).to_numpy()
    number = len(fte) + 1
    cell = day[held].astype(np.int64) * number + standing["officer"].to_numpy()[held] + 1
    is_high = standing["risk"].isin(_HIGH).to_numpy()[held]

    def by_holder(cells: "npt.NDArray[np.int64]") -> "npt.NDArray[np.int64]":
        return np.bincount(cells, minlength=len(policies) * number).reshape(-1, number)

    every, high = by_holder(cell), by_holder(cell[is_high])[:, 1:]
    cases, available = every[:, 1:], fte.T
    share = np.array([[policy.high_risk_share.numerator, policy.high_risk_share.denominator] for policy in policies])
    cap = np.array([policy.cases_per_fte for policy in policies])[:, None]
    per_fte = np.divide(cases, available, where=available > 0, out=np.full(cases.shape, np.nan))
    return pd.DataFrame(
        {
            "officers": (cases > 0).sum(axis=1),
            "over_share": (high * share[:, 1:] > cases * share[:, :1]).sum(axis=1),
            "over_cap": ((cases > 0) & ((available == 0) | (per_fte > cap))).sum(axis=1),
            "allocated": cases.sum(axis=1),
            "unallocated": every[:, 0],
        }
    )


def exceeds(high_risk: int, cases: int, threshold: Fraction) -> bool:
    """Whether the share of high-risk cases is above the threshold; at it is not above (C2)."""
    return int(high_risk) > threshold * int(cases)


def to_move(high_risk: int, cases: int, threshold: Fraction) -> int:
    """The smallest number of high-risk cases that, moved away, would leave the share at or under the threshold (C2)."""
    if not exceeds(high_risk, cases, threshold):
        return 0
    return math.ceil((int(high_risk) - threshold * int(cases)) / (1 - threshold))


def reassigned(standing: pd.DataFrame, offender: Codes, officer: Codes) -> pd.DataFrame:
    """The segments standing on a day, as if each of `offender` were held by the officer beside it."""
    moved = pd.Series(officer, index=offender)
    holder = standing["offender"].map(moved).fillna(standing["officer"])
    return standing.assign(officer=holder.astype(np.int32))


def in_post(facts: Facts, on: int) -> Flags:
    """Whether each officer code has begun and not left by day `on`; `to_on` is the first day no longer in post."""
    officers = facts.tables["officers"]
    begun = day_numbers(officers["from_on"].fillna(_ALWAYS)) <= on
    there = np.zeros(len(facts.registers["officer"]), dtype=bool)
    there[officers["officer_ref"].cat.codes.to_numpy()] = begun & (day_numbers(officers["to_on"]) > on)
    return there


def fte_available(facts: Facts, on: int) -> npt.NDArray[np.float64]:
    """FTE available of each officer code on day `on`: newest availability in force, else the officer's own (C3)."""
    fte = np.full(len(facts.registers["officer"]), np.nan)
    officers = facts.tables["officers"]
    fte[officers["officer_ref"].cat.codes.to_numpy()] = officers["fte"]
    dated = facts.tables["officer_availability"]
    begun = dated[(day_numbers(dated["from_on"]) <= on)].sort_values("from_on", kind="stable")
    newest = begun.drop_duplicates("officer_ref", keep="last")
    newest = newest[day_numbers(newest["to_on"]) > on]
    fte[newest["officer_ref"].cat.codes.to_numpy()] = newest["fte"]
    return fte
