"""Who needs a decision first: who is in triage, what their points rest on, the points, and the order (R1 to R8)."""

from enum import StrEnum
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from offendermgmt.domain import assessments, contact
from offendermgmt.domain.days import NEVER
from offendermgmt.domain.facts import Facts
from offendermgmt.domain.policy import Policy
from offendermgmt.domain.segments import Codes, Flags
from offendermgmt.domain.timeline import UNASSESSED, Timeline
from offendermgmt.domain.triage_policy import TriagePolicy
from offendermgmt.domain.vocabulary import FlagKind, RiskLevel
from offendermgmt.domain.weights import Places, Points, by_points

# Whether a flag of each kind (column, in the order of `FlagKind`) is in force for each offender (row, by code).
Flagged = npt.NDArray[np.bool_]
NOT_RAISED: Final = -1
_FLAGS: Final = [str(kind) for kind in FlagKind]
_DAYS_A_YEAR: Final = 365
_MONTHS_A_YEAR: Final = 12


class Part(StrEnum):
    """What adds points to an offender, in the order in which they are told."""

    RISK = "risk"
    OVERDUE = "overdue"
    NEVER_SEEN = "never_seen"
    FAILED = "failed"
    MISSING = "missing"
    RAISED = "raised"
    ARMS = "arms"
    FLAGS = "flags"


def evidence(
    managed: pd.DataFrame, timeline: Timeline, facts: Facts, on: int, policy: Policy, flagged: Flagged
) -> pd.DataFrame:
    """Those in triage among the segments of managed offenders standing on `on`, and what their points rest on (R1).

    Added to a segment's columns: days_overdue (0 = not overdue), is_never_seen, attempts (failed, in a row, 0 where
    fewer than policy asks), days_missing (-1 = not missing), raised_from (the lowest risk lately, code, `NOT_RAISED`
    where not below the one now), arms_due (when ARMS fell due, `NEVER` = not past), and a flag for each `FlagKind`.
    """
    rested = managed.assign(
        days_overdue=np.maximum(on - managed["due"].to_numpy().astype(np.int64), 0),
        is_never_seen=_among(managed, contact.never_seen(managed)),
        attempts=_told(managed, contact.failed_attempts(managed, facts, on, policy.assessments), "attempts", 0),
        days_missing=_told(managed, contact.missing(managed, timeline.segments, on), "days_missing", -1),
        **dict(zip(_FLAGS, flagged[managed["offender"].to_numpy()].T, strict=True)),
    )
    needs = (rested["days_overdue"] > 0) | rested["is_never_seen"] | (rested["attempts"] > 0)
    needs |= (rested["days_missing"] >= 0) | rested[_FLAGS].any(axis=1)
    rested = rested[needs.to_numpy()]
    return rested.assign(
        raised_from=_raised_from(rested, timeline.segments, on, policy.triage.raised_days),
        arms_due=_arms_due(rested, timeline, facts, on, policy),
    )


def points(rested: pd.DataFrame, policy: TriagePolicy) -> pd.DataFrame:
    """The points of each row of `evidence`: a column a `Part`, whole numbers rounded down, and their sum `total`."""
    risk = np.array([policy.risk[level] for level in RiskLevel], dtype=np.int64)
    flags = np.array([policy.flags[kind] for kind in FlagKind], dtype=np.int64)
    recorded = rested[_FLAGS].to_numpy(dtype=np.int64).reshape(len(rested), len(_FLAGS))

    def where(holds: Flags, weight: int) -> Points:
        return np.where(holds, weight, 0).astype(np.int64)

    parts = {
        Part.RISK: risk[rested["risk"].to_numpy()],
        Part.OVERDUE: np.minimum(_intervals_overdue(rested, policy.overdue), policy.overdue_most),
        Part.NEVER_SEEN: where(rested["is_never_seen"].to_numpy(dtype=bool), policy.never_seen),
        Part.FAILED: np.minimum(policy.failed * rested["attempts"].to_numpy().astype(np.int64), policy.failed_most),
        Part.MISSING: where(rested["days_missing"].to_numpy() >= 0, policy.missing),
        Part.RAISED: where(rested["raised_from"].to_numpy() != NOT_RAISED, policy.raised),
        Part.ARMS: where(rested["arms_due"].to_numpy() < NEVER, policy.arms),
        Part.FLAGS: np.minimum(recorded @ flags, policy.flags_most),
    }
    frame = pd.DataFrame({str(part): values for part, values in parts.items()}, index=rested.index)
    return frame.assign(total=np.sum(list(parts.values()), axis=0))


def order(rested: pd.DataFrame, total: Points, offender_refs: npt.NDArray[np.object_]) -> Places:
    """Positions of the rows in order: the most points first, then the older due date, then the reference (R2)."""
    return by_points(total, rested["due"].to_numpy(), offender_refs)


def _intervals_overdue(rested: pd.DataFrame, weight: int) -> Points:
    """`weight` for each interval in force overdue, in proportion.

    A month is a twelfth of 365 days wherever it falls: with the calendar's own, one more day overdue could come with a
    longer interval, and count for less.
    """
    months, days, late = (
        rested[name].to_numpy().astype(np.int64) for name in ("interval_months", "interval_days", "days_overdue")
    )
    length = np.maximum(_DAYS_A_YEAR * months + _MONTHS_A_YEAR * days, 1)
    counted: Points = weight * late * _MONTHS_A_YEAR // length
    return counted


def _raised_from(rested: pd.DataFrame, segments: pd.DataFrame, on: int, days: int) -> Codes:
    """The lowest assessed risk of each on a day of the last `days` before `on`, where the one now is higher (R7)."""
    start, end, risk = (segments[name].to_numpy() for name in ("start", "end", "risk"))
    lately = (start <= on) & (end > on - days) & (risk != UNASSESSED)
    offender, now = rested["offender"].to_numpy(), rested["risk"].to_numpy()
    whose = segments["offender"].to_numpy()
    lowest = np.full(int(whose.max(initial=-1)) + 1, NOT_RAISED)
    np.maximum.at(lowest, whose[lately], risk[lately])
    # Levels stand highest first, so that a lower level has the greater code.
    is_raised = (now != UNASSESSED) & (lowest[offender] > now)
    return np.where(is_raised, lowest[offender], NOT_RAISED).astype(np.int32)


def _arms_due(rested: pd.DataFrame, timeline: Timeline, facts: Facts, on: int, policy: Policy) -> Codes:
    undone = assessments.arms_not_done(rested, facts, timeline, on, policy.assessments)
    unreviewed = assessments.arms_past_review(rested, facts, on, policy.assessments)
    due = pd.Series(NEVER, index=rested.index, dtype=np.int32)
    for late in (undone, unreviewed):
        due.loc[late.index] = late["due_on"].to_numpy(dtype=np.int32)
    return due.to_numpy()


def _among(rows: pd.DataFrame, found: pd.DataFrame) -> Flags:
    flags: Flags = rows.index.isin(found.index)
    return flags


def _told(rows: pd.DataFrame, found: pd.DataFrame, column: str, otherwise: int) -> Codes:
    return found[column].reindex(rows.index, fill_value=otherwise).to_numpy(dtype=np.int32)
