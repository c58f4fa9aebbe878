"""What the figures of a morning mean that stand on no other page; the rules are in docs/decisions/daily-review.md."""

from typing import Final

from offendermgmt.services.figures import Definition

SEEN: Final = Definition(
    "Overdue in the last review",
    "Offenders overdue at the end of the last review's day, as known at the moment the review was made of.",
    ("V6", "D3", "R60"),
)
BECAME_OVERDUE: Final = Definition(
    "Became overdue",
    "Offenders who became overdue since the last review: after its day, or on that day where the review could not have "
    "known. With those transferred in, and less those who left, the figures add up from the last review to today.",
    ("B1", "B2", "R60"),
)
TRANSFERRED_IN: Final = Definition(
    "Transferred in overdue", "Offenders who came to a holder counted here while overdue.", ("S5", "B2", "R60")
)
VISITED: Final = Definition(
    "Visited", "Offenders who left the backlog since the last review because they were visited.", ("B1", "B2", "R60")
)
INTERVAL_CHANGED: Final = Definition(
    "Re-graded or re-planned",
    "Offenders who left the backlog since the last review without a visit, because a new risk level, plan or policy "
    "gave them a later due date.",
    ("B1", "B2", "R60"),
)
SUSPENDED: Final = Definition(
    "Suspended",
    "Offenders who left the backlog since the last review without a visit, because their visit clock was stopped.",
    ("B1", "B2", "R60"),
)
ENDED: Final = Definition(
    "Management ended",
    "Offenders who left the backlog since the last review because their management ended.",
    ("B1", "B2", "R60"),
)
TRANSFERRED_OUT: Final = Definition(
    "Transferred out overdue", "Offenders who went to a holder not counted here while overdue.", ("S5", "B2", "R60")
)
CORRECTED_IN: Final = Definition(
    "Came by late records",
    "Offenders whom the last review did not show as overdue, and who were by what has been recorded since of days "
    "that it had looked at.",
    ("D3", "D4", "R61"),
)
CORRECTED_OUT: Final = Definition(
    "Left by late records",
    "Offenders whom the last review showed as overdue, and who were not by what has been recorded since of days that "
    "it had looked at.",
    ("D3", "D4", "R61"),
)
THAT_DAY_IN: Final = Definition(
    "Came later that day",
    "Of those who came since the last review, those who came on its own day after the review was made.",
    ("R60",),
)
THAT_DAY_OUT: Final = Definition(
    "Left later that day",
    "Of those who left since the last review, those who left on its own day after the review was made.",
    ("R60",),
)
OPENING: Final = Definition(
    "Overdue then, as known now",
    "Offenders overdue at the end of the last review's day, as known now.",
    ("V6", "R60"),
)
CLOSING: Final = Definition(
    "Overdue now", "Offenders overdue at the end of the day: the size of the backlog.", ("V6", "R60")
)
POLIT_SEEN: Final = Definition(
    "POLIT backlog in the last review",
    "Cases in the backlog at the end of the last review's day, as known at the moment the review was made of.",
    ("P1", "D3", "R60"),
)
RECEIVED: Final = Definition("Received", "Cases received into the backlog since the last review.", ("P6", "R60"))
RETURNED: Final = Definition(
    "Returned", "Cases that came back to the backlog from a live stage or reopened, since the last review.", ("P6",)
)
CASES_IN: Final = Definition(
    "Cases transferred in", "Cases that came to a holder counted here while in the backlog.", ("S5", "P6", "R60")
)
PROGRESSED: Final = Definition(
    "Progressed", "Cases that went from the backlog to a live stage since the last review.", ("P6", "R60")
)
CLOSED: Final = Definition(
    "Closed from the backlog", "Cases closed without a live stage since the last review.", ("P6", "R60")
)
CASES_OUT: Final = Definition(
    "Cases transferred out", "Cases that went to a holder not counted here while in the backlog.", ("S5", "P6", "R60")
)
CASES_CORRECTED_IN: Final = Definition(
    "Cases that came by late records",
    "Cases that the last review did not show in the backlog, and that were in it by what has been recorded since of "
    "days that it had looked at.",
    ("D3", "D4", "R61"),
)
CASES_CORRECTED_OUT: Final = Definition(
    "Cases that left by late records",
    "Cases that the last review showed in the backlog, and that were not in it by what has been recorded since of days "
    "that it had looked at.",
    ("D3", "D4", "R61"),
)
CASES_THAT_DAY_IN: Final = Definition(
    "Cases that came later that day",
    "Of the cases that came since the last review, those that came on its own day after the review was made.",
    ("R60",),
)
CASES_THAT_DAY_OUT: Final = Definition(
    "Cases that left later that day",
    "Of the cases that left since the last review, those that left on its own day after the review was made.",
    ("R60",),
)
POLIT_OPENING: Final = Definition(
    "POLIT backlog then, as known now",
    "Cases in the backlog at the end of the last review's day, as known now.",
    ("P1", "R60"),
)
POLIT_CLOSING: Final = Definition(
    "POLIT backlog now", "Cases in the backlog at the end of the day.", ("P1", "P6", "R60")
)
IDENTIFIED: Final = Definition("Children identified since", "Children identified since the last review.", ("P7", "R60"))
SAFEGUARDED: Final = Definition(
    "Children safeguarded since", "Children safeguarded since the last review.", ("P7", "R60")
)
LATE: Final = Definition(
    "Late records",
    "Facts recorded, corrected or withdrawn since the last review that are of days it had looked at. A fact of the "
    "review's own day is not late where the review was made before that day was over. Whoever held the person or case "
    "on the fact's day counts it. Every recording counts, so that each can be looked at: one recorded and withdrawn "
    "since is two. A closed month counts facts that differ instead, because it says why its figures did.",
    ("D3", "D4", "R61"),
)
REFUSED_SINCE: Final = Definition(
    "Refused since",
    "Of the rows refused by a load and still waiting, of this unit's tables and those of both, the ones first refused "
    "since the last review. Of the whole force.",
    ("R62",),
)
IN_TIME: Final = Definition(
    "Finding due",
    "Of the visits made alone in the days looked back on, those without a finding whose working days for it are not "
    "over. With those whose finding is overdue they are all that await one.",
    ("R20", "R22", "R63"),
)
TO_MOVE: Final = Definition(
    "High-risk cases to move",
    "The smallest number of high and very high risk cases that, moved away from their holders, would bring every "
    "officer to the ceiling or under it.",
    ("C2",),
)
