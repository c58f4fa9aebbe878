"""What one POLIT case's page shows, in the words that go with it."""

from typing import Final

from offendermgmt.services.figures import Definition

CHILDREN: Final = Definition(
    "Children identified in the case",
    "Each child identified by the day, by reference: the days to referral to children's social care and to "
    "safeguarding, from the day identified; until then they go on being counted, a closed case's too.",
    ("P7", "Q15"),
)
DUE: Final = Definition(
    "What is due next, and why",
    "What waits on the case at the end of the day, children first: how long it has waited, and the rule that says so.",
    ("P2", "P3", "P5", "P7", "Q14", "Q16"),
)
CLOCKS: Final = Definition(
    "Clocks from receipt",
    "Days from the receipt of the case to the first of each: done, still running, or ended by closing the case without "
    "it. The clock of referral begins with the first child identified, that of forensics with the first device "
    "submitted, and both count from receipt.",
    ("P4", "Q10", "Q11", "Q12", "Q13"),
)
STAGES: Final = Definition(
    "Stages of the case",
    "The stage on each day since receipt, and the days in it; the last stage's up to the day. Together they are the "
    "days since receipt.",
    ("P1",),
)
CASE_HISTORY: Final = Definition(
    "What is recorded about the case",
    "The facts about one case dated on or before the day that stand at the moment asked for: the newest recording of "
    "each, without those that a later one replaced or withdrew.",
    ("D2", "D3", "D4"),
)
CASE_RECORDINGS: Final = Definition(
    "Recordings about the case",
    "Every recording of every fact about one case, the replaced and withdrawn ones too. Days after is from the day the "
    "fact is dated to the day it was recorded.",
    ("D1", "D4"),
)
