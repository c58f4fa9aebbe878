"""What POLIT's page of the day counts, in the words shown beside it; the rules are in docs/decisions/polit-rules.md."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from offendermgmt.services.figures import DAY, Definition


class ChildList(StrEnum):
    """Which children are counted and listed."""

    AWAITING = "awaiting"
    UNREFERRED = "unreferred"
    REFERRED = "referred"
    IDENTIFIED = "identified"
    CLOSED = "closed"


class CaseList(StrEnum):
    """Which cases are counted and listed."""

    OPEN = "open"
    BACKLOG = "backlog"
    LIVE = "live"
    PAST = "past"
    STALLED = "stalled"
    UNASSESSED = "unassessed"
    UNALLOCATED = "unallocated"
    AWAY = "away"


CHILDREN: Final[Mapping[ChildList, Definition]] = {
    ChildList.AWAITING: Definition(
        "Awaiting safeguarding",
        "Children identified on or before the day in cases not closed, of whom it is not recorded that they had been "
        "safeguarded by the day. A referral to children's social care alone safeguards nobody. "
        "Of all children identified in cases not closed.",
        ("P7", "Q1"),
    ),
    ChildList.UNREFERRED: Definition(
        "Awaiting referral",
        "Children identified in cases not closed of whom no referral to children's social care is dated on or before "
        "the day, safeguarded or not: referral is a clock of its own.",
        ("P7", "Q1"),
    ),
    ChildList.REFERRED: Definition(
        "Referred to social care",
        "Children identified in cases not closed who had been referred to children's social care by the day. "
        "With those awaiting referral they are all the children identified.",
        ("P7", "Q1"),
    ),
    ChildList.IDENTIFIED: Definition(
        "Children identified",
        "Children identified on or before the day in cases that are not closed, safeguarded or not. "
        "A child found in two cases counts in both: the data tell children apart within a case only.",
        ("P7", "Q1"),
    ),
    ChildList.CLOSED: Definition(
        "Waiting in closed cases",
        "Children of closed cases of whom it is not recorded that they had been safeguarded by the day: closing a case "
        "safeguards nobody. Of all children identified in closed cases. The polit report lists open cases only.",
        ("P7", "Q2"),
    ),
}
CASES: Final[Mapping[CaseList, Definition]] = {
    CaseList.OPEN: Definition(
        "Open cases",
        "Cases received on or before the day and not closed on it: the backlog and the live cases.",
        ("P1",),
    ),
    CaseList.BACKLOG: Definition(
        "Cases in the backlog",
        "Cases awaiting development, allocation or enforcement on the day, of all open cases.",
        ("P1",),
    ),
    CaseList.LIVE: Definition(
        "Live cases",
        "Cases under investigation, awaiting forensics or with the CPS on the day, of all open cases.",
        ("P1",),
    ),
    CaseList.PAST: Definition(
        "Past the act-by limit",
        "Cases in the backlog whose act-by day is before the day, of all cases in the backlog. "
        "The limit follows the risk; on the act-by day itself a case is not past it.",
        ("P2", "P3"),
    ),
    CaseList.STALLED: Definition(
        "Stalled cases",
        "Open cases, live ones too, of which nothing has been recorded for more days than the limit for their risk: "
        "no receipt, stage, assessment, allocation or activity. Of all open cases.",
        ("P5", "Q5"),
    ),
    CaseList.UNASSESSED: Definition(
        "Unassessed cases",
        "Open cases without an assessment of risk dated on or before the day, of all open cases.",
        ("P2",),
    ),
    CaseList.UNALLOCATED: Definition(
        "Unallocated cases",
        "Open cases that nobody holds on the day, of all open cases: never allocated, or the allocation has ended.",
        ("C4", "Q6"),
    ),
    CaseList.AWAY: Definition(
        "Held by people who are away",
        "Open cases held by somebody who has left by the day or has no FTE available on it, of all open cases.",
        ("C3", "Q8"),
    ),
}
LONGEST_WAIT: Final = Definition(
    "Longest wait for safeguarding",
    "Days since the child was identified, of the child awaiting safeguarding for the longest in a case not closed.",
    ("P7", "Q1"),
    DAY,
)
FURTHEST_PAST: Final = Definition(
    "Furthest past the limit",
    "Days from act by to the day, of the case in the backlog that is furthest past it.",
    ("P3",),
    DAY,
)
OLDEST: Final = Definition(
    "Oldest in the backlog",
    "Days from receipt to the day, of the case in the backlog that was received first.",
    ("P1",),
    DAY,
)
BACKLOG_MATRIX: Final = Definition(
    "Backlog by risk and stage",
    "Every case in the backlog, by stage and by risk on the day. Each number opens its cases.",
    ("P1", "P2"),
)
LIVE_MATRIX: Final = Definition(
    "Live cases by risk and stage",
    "Every live case, by stage and by risk on the day. Each number opens its cases.",
    ("P1", "P2"),
)
PAST_MATRIX: Final = Definition(
    "Past the limit by risk and days",
    "Every case in the backlog past its act-by day, by how many days and by risk on the day. Each number opens its "
    "cases.",
    ("P3", "Q4"),
)
