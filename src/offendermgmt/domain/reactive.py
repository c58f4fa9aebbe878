"""Who is managed reactively on a day, and what speaks against it (A5)."""

from typing import Final

import numpy as np
import pandas as pd

from offendermgmt.domain.assessments import after, newest_day
from offendermgmt.domain.days import NEVER, Days, day_numbers
from offendermgmt.domain.facts import Facts
from offendermgmt.domain.policy import AssessmentPolicy
from offendermgmt.domain.segments import Flags, carried
from offendermgmt.domain.vocabulary import OffenderStatus, RiskLevel

NOT_LOW, LOW_TOO_SHORT, ORDER_IN_FORCE, NOT_REVIEWED = (
    "is_not_low",
    "is_low_too_short",
    "has_order",
    "is_not_reviewed",
)
REASONS: Final = (NOT_LOW, LOW_TOO_SHORT, ORDER_IN_FORCE, NOT_REVIEWED)
_REVIEWS: Final = ("plan_reviews", "supervisor_reviews")
_REACTIVE = tuple(OffenderStatus).index(OffenderStatus.REACTIVE)
_LOW = tuple(RiskLevel).index(RiskLevel.LOW)


def reactive(
    standing: pd.DataFrame, segments: pd.DataFrame, facts: Facts, on: int, policy: AssessmentPolicy
) -> pd.DataFrame:
    """Those managed reactively on `on`, with what speaks against it (A5).

    Also reactive_since, low_since (`NEVER` = not low), order_kinds ("" = none in force), reviewed_on (newest plan or
    supervisor review, `NEVER` = none), the flags in `REASONS`, and reasons (how many of them hold).
    """
    rows = standing[(standing["status"] == _REACTIVE).to_numpy()]
    offender, at = rows["offender"].to_numpy(), rows.index.to_numpy()
    since = run_start(segments, "status")[at]
    is_low = (rows["risk"] == _LOW).to_numpy()
    low_since = np.where(is_low, run_start(segments, "risk")[at], NEVER).astype(np.int32)
    reviewed = _reviewed(facts, on)[offender]
    kinds = orders_in_force(facts, on, policy).reindex(offender, fill_value="").to_numpy()
    counted_from = np.where(reviewed < NEVER, reviewed, since).astype(np.int32)
    flags = {
        NOT_LOW: ~is_low,
        LOW_TOO_SHORT: is_low & (after(low_since, policy.reactive_low) > on),
        ORDER_IN_FORCE: kinds != "",
        NOT_REVIEWED: _reviews_are_kept(facts, on) & (after(counted_from, policy.reactive_review) < on),
    }
    return rows.assign(
        reactive_since=since,
        low_since=low_since,
        order_kinds=kinds,
        reviewed_on=reviewed,
        **flags,
        reasons=np.sum(list(flags.values()), axis=0).astype(np.int64),
    )


def orders_in_force(facts: Facts, on: int, policy: AssessmentPolicy) -> "pd.Series[str]":
    """Kinds of the orders in force on `on` that are a bar to reactive management, `a, b` by offender code (A5)."""
    orders = facts.tables["orders"]
    no_bar = {kind.casefold() for kind in policy.reactive_orders}
    in_force = (day_numbers(orders["from_on"]) <= on) & (day_numbers(orders["to_on"]) > on)
    barring = orders[in_force & ~orders["kind"].str.strip().str.casefold().isin(no_bar).to_numpy()]
    codes = barring["offender_ref"].cat.codes.to_numpy()
    by_offender: pd.Series[str] = barring["kind"].groupby(codes).agg(lambda kinds: ", ".join(sorted(set(kinds))))
    return by_offender


def run_start(segments: pd.DataFrame, column: str) -> Days:
    """First day of the unbroken run in which each segment's offender has had the segment's value of `column`."""
    offender, values = segments["offender"].to_numpy(), segments[column].to_numpy()
    begins: Flags = np.ones(len(segments), dtype=bool)
    begins[1:] = (offender[1:] != offender[:-1]) | (values[1:] != values[:-1])
    start: Days = carried(segments["start"].to_numpy(), begins)
    return start


def _reviewed(facts: Facts, on: int) -> Days:
    newest = [
        newest_day(facts.tables[name], facts, "reviewed_on", on) for name in ("plan_reviews", "supervisor_reviews")
    ]
    known = [np.where(days < NEVER, days, -NEVER) for days in newest]
    latest = np.maximum(*known)
    return np.where(latest > -NEVER, latest, NEVER).astype(np.int32)


def _reviews_are_kept(facts: Facts, on: int) -> bool:
    return bool((_reviewed(facts, on) < NEVER).any())
