"""What the figures of the boards' actions mean, in the words shown beside them."""

from typing import Final

from offendermgmt.services.figures import Definition

OPEN: Final = Definition(
    "Open actions",
    "Actions that a board gave somebody by the end of the day and that are neither done nor cancelled by then.",
    ("M41", "M43"),
)
LATE: Final = Definition(
    "Actions past their day",
    "Of the open actions, those whose due day is past. On the due day itself an action is not late.",
    ("M43",),
)
IN_PLAN: Final = Definition(
    "Due in the fortnight",
    "Of the open actions, those due on the day or in the days after it that the plan looks ahead.",
    ("M43",),
)
LATER: Final = Definition("Due later", "Of the open actions, those due after the days of the plan.", ("M43",))
