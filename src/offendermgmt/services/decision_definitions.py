"""What the figures of decisions mean, in the words shown beside them."""

from typing import Final

from offendermgmt.services.figures import Definition

OPEN: Final = Definition(
    "Open decisions",
    "Decisions on offenders and POLIT cases taken by the end of the day and neither done nor cancelled by then. A "
    "decision stays open, whoever looks, until somebody closes it with its outcome.",
    ("R10", "R14"),
)
LATE: Final = Definition(
    "Decisions past their day",
    "Of the open decisions, those whose due day is past. On the due day itself a decision is not late.",
    ("R12", "R14"),
)
DUE_TODAY: Final = Definition(
    "Decisions due on the day", "Of the open decisions, those due on the day itself.", ("R12",)
)
DUE: Final = Definition(
    "Decisions due or late", "Of the open decisions, those due on the day itself and those past their day.", ("R12",)
)
DEFERRED: Final = Definition(
    "Deferred",
    "Of the open decisions, those that put a case off until a day, with a reason. A deferred visit is overdue all the "
    "same, and counts in every figure of the backlog.",
    ("R13",),
)
MINE: Final = Definition(
    "For you to carry out",
    "Open decisions whose owner you are. An escalation is the chief inspector's.",
    ("R11",),
)
HISTORY: Final = Definition(
    "Decisions",
    "What was decided about this record by the day, open decisions first: what is to be done, by whom, by when, why, "
    "and what became of it. A withdrawn decision stays on record, and is told as withdrawn.",
    ("R10", "R14", "R16"),
)
