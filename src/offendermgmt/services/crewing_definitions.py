"""What each figure of crews means, in the words shown beside it."""

from typing import Final

from offendermgmt.services.figures import Definition

ATTENDED: Final = Definition(
    "Attended visits",
    "Visits in the range with the outcome completed, no reply, refused or moved away; a cancelled visit is not one.",
    ("W1",),
)
COMPLIANCE: Final = Definition(
    "Double-crewed",
    "Attended visits with two or more officers, of all attended visits in the range. Attended is completed, no reply, "
    "refused or moved away; a cancelled visit is not. A visit counts for whoever held the person on its day.",
    ("W1",),
)
LONE: Final = Definition(
    "Visits made alone",
    "Attended visits with fewer than two officers on record, of all attended visits in the range.",
    ("W1",),
)
AUTHORISED: Final = Definition(
    "Alone, authorised",
    "Of the visits made alone, those with a reason, a risk assessment dated on or before the visit's day, and a "
    "supervisor not on the visit who authorised it at or before the time of the visit.",
    ("W2",),
)
AUTHORISED_LATE: Final = Definition(
    "Alone, authorised late",
    "Of the visits made alone, those with everything in order except that authority was given after the visit began.",
    ("W2",),
)
UNAUTHORISED: Final = Definition(
    "Alone, unauthorised",
    "Of the visits made alone, those that lack a reason, a risk assessment in time, or a supervisor's authority. "
    "The list says which.",
    ("W2",),
)
UNANNOUNCED: Final = Definition(
    "Unannounced",
    "Attended visits recorded as unannounced, of the attended visits for which it is recorded. "
    "Those that do not say are left out of both numbers and counted apart.",
    ("W1",),
)
NOT_RECORDED: Final = Definition(
    "Announced or not, not recorded",
    "Attended visits in the range that do not say whether the person knew of the visit beforehand.",
    ("W1",),
)
SETTLED: Final = Definition(
    "Crews seldom mixed",
    "Officers most of whose crewed visits in the range were with the same partner, of the officers with enough crewed "
    "visits to judge; from which share and how many visits on is policy. Officers who always go together stop "
    "checking each other.",
    ("W1",),
)
AT_ONCE: Final = Definition(
    "Recorded at two visits at once",
    "An officer of a crew on record at another attended visit that began within minutes of it; how many is policy. "
    "One of the two may have been made alone. Only visits counted on this page are compared, and two visits at one "
    "address can be in order.",
    ("W1",),
    "time",
)
BREAKDOWN: Final = Definition(
    "Visits made alone, by kind",
    "Attended visits made alone in the range, by their standing. By officer, a visit stands under whoever went; "
    "by team, under the team of whoever held the person on the day. Each number opens its visits.",
    ("W1", "W2"),
)
FOUND: Final = Definition(
    "With a finding",
    "Of the visits made alone in the range, whatever their authority, those with a supervisor's finding on whether "
    "going alone was appropriate, recorded by the end of the page's day. A finding by somebody who was on the visit or "
    "authorised it does not count.",
    ("R20", "R21", "R24"),
)
WAITING: Final = Definition(
    "Finding overdue",
    "Of the visits made alone in the range, those still without a finding when the working days for it were over; how "
    "many is policy. Counted from the day of the visit to the page's day, without weekends and England's bank "
    "holidays; on the last of those days a visit is not late.",
    ("R20", "R22"),
)
FOUND_APPROPRIATE: Final = Definition(
    "Found appropriate", "Of the lone visits with a finding, those a supervisor found it right to make alone.", ("R21",)
)
FOUND_LEARNING: Final = Definition(
    "Found, with learning",
    "Of the lone visits with a finding, those from which a supervisor found something is to be learned.",
    ("R21",),
)
FOUND_NOT_APPROPRIATE: Final = Definition(
    "Found not appropriate",
    "Of the lone visits with a finding, those a supervisor found should not have been made alone.",
    ("R21",),
)
