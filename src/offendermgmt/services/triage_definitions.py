"""What the figures of triage mean, in the words shown beside them; their weights are policy."""

from typing import Final

from offendermgmt.services.figures import Definition

TRIAGE: Final = Definition(
    "Offenders in triage",
    "Of the offenders managed at the end of the day, those whose visit is overdue, and those who need a decision "
    "though it is not: missing, never seen, with failed attempts in a row, or flagged by somebody. A place is among "
    "all the offenders the reader may see, whatever the filters.",
    ("S2", "R1", "R2"),
)
OVERDUE: Final = Definition(
    "In triage with an overdue visit",
    "Of the offenders in triage, those whose visit is overdue: the same people as on the page of overdue visits.",
    ("V6", "R5"),
)
NOT_OVERDUE: Final = Definition(
    "In triage without an overdue visit",
    "Of the offenders in triage, those who are there though no visit is overdue: missing, never seen, with failed "
    "attempts in a row, or flagged by somebody.",
    ("R1",),
)
NEVER_SEEN: Final = Definition(
    "In triage and never seen",
    "Of the offenders in triage, those whose clock runs and whom no visit that satisfied an obligation has seen.",
    ("A9", "R6"),
)
FAILED: Final = Definition(
    "In triage after failed attempts",
    "Of the offenders in triage, those with as many failed attempts in a row since last seen as policy asks.",
    ("A8", "R6"),
)
MISSING: Final = Definition(
    "In triage and missing", "Of the offenders in triage, those recorded as missing on the day.", ("A7", "R6")
)
RAISED: Final = Definition(
    "In triage with risk raised",
    "Of the offenders in triage, those whose assessed risk is higher than it was on a day of the last weeks; how many "
    "is policy. A first assessment raises nothing.",
    ("S3", "R7"),
)
ARMS: Final = Definition(
    "In triage with ARMS overdue",
    "Of the offenders in triage, those whose first ARMS assessment or whose review of it is past its day.",
    ("A1", "R6"),
)
FLAGGED: Final = Definition(
    "In triage with a flag",
    "Of the offenders in triage, those with a flag in force that an officer, a supervisor or an inspector recorded.",
    ("R8", "R9"),
)
FLAGS: Final = Definition(
    "Flags",
    "What somebody recorded of a person that figures do not show, from its first day until its last or until somebody "
    "ended it. A withdrawn flag holds on no day, and stays on record.",
    ("R8", "R9"),
)
