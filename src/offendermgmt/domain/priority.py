"""The order in which POLIT's backlog is worked: what it rests on, its points, and each case's place (Q20 to Q28)."""

from enum import StrEnum

import numpy as np
import numpy.typing as npt
import pandas as pd

from offendermgmt.domain.days import NEVER, Days, day_numbers
from offendermgmt.domain.facts import Facts
from offendermgmt.domain.policy import Policy
from offendermgmt.domain.polit import IN_BACKLOG
from offendermgmt.domain.polit_clocks import needing_assessment
from offendermgmt.domain.priority_policy import PriorityPolicy
from offendermgmt.domain.segments import Codes
from offendermgmt.domain.visits import standing
from offendermgmt.domain.vocabulary import ChildAccess, Placement, RiskLevel
from offendermgmt.domain.weights import Points, by_points, ranks

NO_ACCESS_RECORDED = len(ChildAccess)


class Part(StrEnum):
    """What adds points to a case, in the order in which they are told."""

    RISK = "risk"
    CHILDREN = "children"
    ACCESS = "access"
    LIMIT = "limit"
    ACTIVITY = "activity"
    REASSESS = "reassess"


def evidence(segments: pd.DataFrame, facts: Facts, on: int, policy: Policy) -> pd.DataFrame:
    """What the priority of each case in the backlog on day `on` rests on (Q20 to Q27).

    `segments` are those of the case timeline that `facts` give. Added to the columns of the segment each case stands in
    are: days_used (since receipt) of limit_days (receipt to act-by), awaiting and unreferred (children), access
    (position in `ChildAccess`, `NO_ACCESS_RECORDED` without any), days_idle of stalled_days, and informed (the day of
    the newest information that calls for an assessment not made since, NEVER without any).
    """
    backlog = standing(segments, on)
    backlog = backlog[IN_BACKLOG[backlog["stage"].to_numpy()]]
    case, received = backlog["case"].to_numpy(), backlog["received"].to_numpy()
    awaiting, unreferred = _children(facts, on)
    stalled = np.array([policy.polit_stalled_days[level] for level in RiskLevel], dtype=np.int32)
    rested: pd.DataFrame = backlog.assign(
        days_used=on - received,
        limit_days=np.maximum(backlog["act_by"].to_numpy() - received, 1),
        awaiting=awaiting[case],
        unreferred=unreferred[case],
        access=_access(facts, on)[case],
        days_idle=on - backlog["last_activity"].to_numpy(),
        stalled_days=np.maximum(stalled[backlog["risk"].to_numpy()], 1),
        informed=_informed(facts, on)[case],
    )
    return rested


def points(cases: pd.DataFrame, policy: PriorityPolicy) -> pd.DataFrame:
    """The points of each row of `evidence`: a column a `Part`, whole numbers rounded down, and their sum `total`."""
    risk = np.array([policy.risk[level] for level in RiskLevel], dtype=np.int64)
    access = [policy.access[kind] for kind in (*ChildAccess, ChildAccess.NOT_KNOWN)]
    awaiting, unreferred, used, idle = (
        cases[name].to_numpy().astype(np.int64) for name in ("awaiting", "unreferred", "days_used", "days_idle")
    )
    children = policy.child_awaiting * awaiting + policy.child_not_referred * unreferred
    parts = {
        Part.RISK: risk[cases["risk"].to_numpy()],
        Part.CHILDREN: np.minimum(children, policy.children_most),
        Part.ACCESS: np.array(access, dtype=np.int64)[cases["access"].to_numpy()],
        Part.LIMIT: np.minimum(policy.limit_used * used // cases["limit_days"].to_numpy(), policy.limit_most),
        Part.ACTIVITY: np.minimum(policy.stalled * idle // cases["stalled_days"].to_numpy(), policy.stalled_most),
        Part.REASSESS: np.where(cases["informed"].to_numpy() < NEVER, policy.reassess, 0).astype(np.int64),
    }
    frame = pd.DataFrame({str(part): values for part, values in parts.items()}, index=cases.index)
    return frame.assign(total=np.sum(list(parts.values()), axis=0))


def places(
    total: Points, received: Days, case_refs: npt.NDArray[np.object_], placement: npt.NDArray[np.object_]
) -> tuple[Points, Points]:
    """Each case's place by the rule, and its place with the cases put first or last by hand; the first is 1 (Q20, Q28).

    `placement` is a `Placement` or empty text. Ties go to the older receipt, then by reference; cases put first are
    among themselves in the rule's order, and so are those put last.
    """
    by_rule = by_points(total, received, case_refs)
    shift = np.select([placement == Placement.FIRST, placement == Placement.LAST], [-1, 1], 0)
    by_hand = by_rule[np.argsort(shift[by_rule], kind="stable")]
    return ranks(by_rule), ranks(by_hand)


def _children(facts: Facts, on: int) -> tuple[Points, Points]:
    """By case code: children awaiting safeguarding (P7), and those of them not referred by then."""
    rows = facts.tables["polit_children"]
    waits = (day_numbers(rows["identified_on"]) <= on) & (day_numbers(rows["safeguarded_on"]) > on)
    case, size = rows["case_ref"].cat.codes.to_numpy(), len(facts.registers["case"])
    unreferred = waits & (day_numbers(rows["referred_on"]) > on)
    return np.bincount(case[waits], minlength=size), np.bincount(case[unreferred], minlength=size)


def _access(facts: Facts, on: int) -> Codes:
    """By case code: the newest answer dated on or before the day whether there is access to children."""
    rows = facts.tables["polit_access"]
    from_on = day_numbers(rows["from_on"])
    begun = np.flatnonzero(from_on <= on)
    begun = begun[np.argsort(from_on[begun], kind="stable")]
    access = np.full(len(facts.registers["case"]), NO_ACCESS_RECORDED, dtype=np.int32)
    access[rows["case_ref"].cat.codes.to_numpy()[begun]] = rows["access"].cat.codes.to_numpy()[begun]
    return access


def _informed(facts: Facts, on: int) -> Days:
    waits = needing_assessment(facts, on)
    newest = np.full(len(facts.registers["case"]), NEVER, dtype=np.int32)
    newest[waits["case"].to_numpy()] = waits["received"].to_numpy()
    return newest
