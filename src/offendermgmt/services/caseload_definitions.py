"""What each figure of the caseload page means, in the words shown beside it; the rules are in docs/rules.md."""

from typing import Final

from offendermgmt.services.figures import Definition

OVER_SHARE: Final = Definition(
    "Officers over the high-risk ceiling",
    "Officers whose high and very high risk cases are more than the ceiling share of all their cases, of all officers "
    "who hold a case. At the ceiling itself they are not over it. Unassessed cases do not count as high risk here.",
    ("C1", "C2"),
)
OVER_CAP: Final = Definition(
    "Officers over the cases per FTE",
    "Officers who hold more cases per available FTE than policy allows, or any case with no FTE available, of all "
    "officers who hold a case. Available FTE is the dated availability in force, else the officer's contracted FTE.",
    ("C1", "C3"),
)
CASES_UNALLOCATED: Final = Definition(
    "Cases held by nobody",
    "Managed offenders who have no holder on the day: never allocated, or their allocation has ended.",
    ("C4", "S5"),
)
CASES_WITHOUT_TIME: Final = Definition(
    "Cases with a holder who is away",
    "Cases held by an officer who has left by the day or has no FTE available on it: nobody is there to visit.",
    ("C1", "C3"),
)
CASELOADS: Final = Definition(
    "Caseload by officer",
    "Cases are managed offenders held on the day in every state but ended; active are those whose visit clock runs. "
    "To move is the smallest number of high-risk cases that, moved away, would bring the share to the ceiling or under "
    "it. With few cases a share jumps with every case: such caseloads are marked small, and still counted by the rule.",
    ("C1", "C2", "C3", "C4"),
)
MOVEMENT: Final = Definition(
    "Cases that came and went",
    "Each time a case came to or left a holder in the days up to and including the day: by allocation, registration, "
    "or the end of management. For every officer the cases before, plus those that came, less those that left, "
    "are the cases on the day.",
    ("C1", "S1", "S5"),
)
WHAT_IF: Final = Definition(
    "What if cases moved",
    "The same figures with the chosen cases held by another officer. Nothing is saved by looking. A team's FTE is "
    "that available to its officers in post on the day, whether they hold cases or not.",
    ("C1", "C2", "C3"),
)
