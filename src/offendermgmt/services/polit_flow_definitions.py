"""What the figures of POLIT's flow and timeliness mean, in the words shown beside them."""

from typing import Final

from offendermgmt.services.figures import Definition

CHILDREN: Final = Definition(
    "Children identified and safeguarded",
    "Each child on the day identified, and on the day safeguarded. A child counts for whoever holds the case on that "
    "day. The two are different children: those safeguarded in a period may have been identified long before.",
    ("P7", "Q37"),
)
POLIT_BACKLOG_FLOW: Final = Definition(
    "In and out of the POLIT backlog",
    "Cases that await development, allocation or enforcement, counted at days' ends. Opening is the backlog the day "
    "before the period began. Opening, plus received, plus returned from a live stage or reopened, less progressed to "
    "a live stage, less closed without one, is closing. A case received and moved on the same day is in none of them.",
    ("P1", "P6"),
)
POLIT_TRANSFERS: Final = Definition(
    "Transferred while in the POLIT backlog",
    "A case counts for whoever holds it on the day. One that changes hands while it waits leaves one team's backlog "
    "and enters another's: a cause of its own, which the whole force does not have.",
    ("S5", "P6"),
)
REFERRALS: Final = Definition(
    "Referrals by source",
    "Every case received in the period, by where it came from as recorded. The flow of the backlog counts only those "
    "that were in the backlog at the end of that day: the difference, moved on the same day, was put under "
    "investigation or closed at once.",
    ("P6", "Q30", "Q31"),
)
TIME_IN_STAGE: Final = Definition(
    "Time in stage",
    "Days from the day a case came to a stage to the day it left it, of the stays that ended in the period: half, and "
    "nine in ten, ended within so many days. A case that comes back begins another stay. A stay that has not ended is "
    "not among them: see the stays still running.",
    ("P1", "Q32", "Q33"),
)
STILL_RUNNING: Final = Definition(
    "Stays still running",
    "Cases at the stage at the end of the last day, and their days there so far. A stage that lets nobody go has few "
    "stays that ended, perhaps quick ones, and many long ones still running: read the two together.",
    ("P1", "Q32", "Q33"),
)
ACTED_IN_TIME: Final = Definition(
    "Acted in time",
    "Of the cases that first reached a live stage in the period, those that did so on or before the day to act by, by "
    "their risk on that day. A case not acted on yet, however late, is not among them: it is in the backlog past its "
    "limit.",
    ("P2", "P4"),
)
POLIT_CLOCKS: Final = Definition(
    "Time from receipt",
    "Of the cases received in the period, how many have had it done, still wait, or were closed without it. Half, and "
    "nine in ten, of those not closed without it had it within so many days of receipt. A case that waits counts as "
    "not done, so that a period has no value until enough of it is done: waiting never makes a period look fast.",
    ("Q10", "Q11", "Q12", "Q34"),
)
OUTCOMES: Final = Definition(
    "Cases closed and their outcomes",
    "Each time a case was closed, from the backlog or a live stage, by the outcome recorded with that closing. One "
    "closed without an outcome is not recorded, and shown as such. A case reopened and closed again counts twice.",
    ("P1", "Q35"),
)
WORK_DONE: Final = Definition(
    "Arrests, voluntary interviews and warrants",
    "Each one counts on its day, so that an arrest under a warrant is two and a case can have several. Arrests for "
    "each 100 referrals received in the same period: most are of earlier referrals, so it compares work done with work "
    "that came in, and says nothing of how those referrals end.",
    ("Q36",),
)
