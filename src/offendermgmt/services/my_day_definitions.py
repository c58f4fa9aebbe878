"""What the figures of My day count, in the words shown beside them; the rules are in docs/decisions/daily-review.md."""

from typing import Final

from offendermgmt.services.figures import Definition

DUE_SOON: Final = Definition(
    "Due soon",
    "Managed offenders whose visit clock runs and whose visit is due on the day or in the days after it that policy "
    "asks for. Who is overdue is not among them.",
    ("V2", "R34"),
)
PLANNED: Final = Definition(
    "Visits planned",
    "Visits planned for the day or the days after it that policy asks for, whose time is not over: of cases held on "
    "the day, and those that the officer goes on with a colleague. A plan changes no due date: a completed visit does.",
    ("R33", "R34"),
)
NO_OUTCOME: Final = Definition(
    "Without an outcome",
    "Planned visits whose time is over and of which nothing is on record: neither that they were cancelled, nor a "
    "visit of that day, nor an attended one after it and before the next planned, whoever recorded it.",
    ("R33", "R44", "R49"),
)
