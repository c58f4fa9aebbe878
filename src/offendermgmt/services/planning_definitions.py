"""What each figure of the page of planned visits means; the rules are in docs/decisions/daily-review.md."""

from typing import Final

from offendermgmt.services.figures import Definition

PLANNED: Final = Definition(
    "Planned visits",
    "Visits planned for the days shown, made since or not, without those cancelled: to offenders in scope, or by "
    "officers in scope. A plan counts towards no other figure: who is planned is as overdue as before.",
    ("R30", "R33"),
)
ALONE: Final = Definition(
    "Single crews",
    "Of the visits planned, those by one officer: each has a reason, a risk assessment, and the authority of a "
    "supervisor who does not go, all given before it was planned.",
    ("R32", "W2"),
)
UNPLANNED: Final = Definition(
    "Due or overdue, and unplanned",
    "Of the offenders overdue for a visit, or due in the days ahead that policy looks at, those for whom no visit is "
    "planned for the day or later.",
    ("R34", "V6"),
)
NO_OUTCOME: Final = Definition(
    "Past their time, no outcome",
    "Planned visits whose time is over and of which nothing is on record: neither that they were cancelled, nor a "
    "visit of that day, nor an attended one after it and before the next planned, whoever recorded it.",
    ("R34", "R49"),
)
SUGGESTED: Final = Definition(
    "Suggested plan",
    "As many visits as fit into the time of the officers chosen, those who count most first: by risk, more for days "
    "overdue, less for days before the due date. Holders go to their own cases where they can, and pairs mix.",
    ("R35", "R36", "R37", "R38"),
)
