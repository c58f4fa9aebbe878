"""What the figures of daily reviews mean, in the words shown beside them."""

from typing import Final

from offendermgmt.services.figures import Definition

REVIEWED: Final = Definition(
    "Days reviewed",
    "Working days of the range whose review has been signed, of all its working days that are over and on or after "
    "the unit's first review. Working days are Monday to Friday without England's bank holidays.",
    ("R50", "R55"),
)
COUNTERSIGNED: Final = Definition(
    "Days countersigned",
    "Of the same working days, those whose review a chief inspector has countersigned.",
    ("R55", "R56"),
)
MISSING: Final = Definition(
    "Days not reviewed",
    "Of the same working days, those whose review nobody has signed. A note that was kept is no signature. The day "
    "itself is not over, and does not count.",
    ("R50", "R55"),
)
WAITING: Final = Definition(
    "Waiting for the DCI",
    "Reviews of days of the range that are signed and neither countersigned nor returned.",
    ("R56",),
)
RETURNED: Final = Definition(
    "Returned to the DI",
    "Reviews of days of the range that a chief inspector returned and that have not been signed again.",
    ("R57",),
)
LATE: Final = Definition(
    "Signed late",
    "Reviews of days of the range whose signature that stands is of a later day, of all that are signed. One that was "
    "returned and signed again on a later day is among them.",
    ("R55", "R57"),
)
BESIDE: Final = Definition(
    "As signed and as known now",
    "Each figure as it stood when the review was signed, beside the same figure of the same day by all that is known "
    "now. A difference comes of what was recorded since: work of the day itself, late records, corrections and "
    "withdrawals.",
    ("D2", "D3", "R58"),
)
