"""What the tables beside a board's measures mean, in the words shown beside them."""

from typing import Final

from offendermgmt.services.figures import Definition

RISK_STORY: Final = Definition(
    "Overdue by risk",
    "Offenders overdue for a visit at the end of the month before and of this month, by risk level on the day, and how "
    "many at that level had a visit clock running. People whose level was changed count where they stand on the day.",
    ("S3", "V6", "B3"),
)
TEAMS: Final = Definition(
    "Teams compared",
    "Each team's share overdue at the end of the month, share of visits that fell due in the month and were made in "
    "time, and share of attended visits that were double-crewed, each with what it is counted from. People and visits "
    "count for the team of whoever held them on the day. A share of few differs by chance alone: no team is ranked.",
    ("S5", "V6", "B4", "W1"),
)
PREVENTION: Final = Definition(
    "Preventive orders",
    "Managed offenders at the month's end by the kind of preventive order in force, each counted once: under several, "
    "by the one that holds longest. Notification requirements, and whatever else policy says is no bar to reactive "
    "management, are left out. An order that ends soon is one that no other order in force outlasts. Began and ended: "
    "orders, not people, of offenders managed at the month's end.",
    ("S1", "S3", "M7", "M46", "M50"),
)
CHILDREN: Final = Definition(
    "What became of children",
    "Children of open cases who were identified and not safeguarded, at the month's start and end; children identified "
    "and safeguarded in the month, in whatever case; and those who no longer await as their case was closed, less "
    "those of cases opened again and those safeguarded in a closed case. Start + identified - safeguarded - left = "
    "end. Days are from the day identified, of those safeguarded in the month; half within is the least number of days "
    "for half of them.",
    ("P7", "Q1", "Q2", "Q33", "Q37", "M47", "M50"),
)
SOCIAL_CARE: Final = Definition(
    "Children's social care",
    "Children referred to children's social care in the month, and the days from the day identified to the day "
    "referred, 0 for those referred before it. At the month's end: children identified in open cases, and of these "
    "those not referred yet, safeguarded or not.",
    ("P7", "Q1", "Q33", "M7", "M48", "M50"),
)
PARTNERS: Final = Definition(
    "Who sends referrals",
    "Referrals received by POLIT in the newest quarter that is over, by source as recorded, beside the four quarters "
    "before it on average, rounded. By the quarter's last day each was acted on in time or late (a live stage reached "
    "on or before act by, or after), waited, or was closed without being acted on. A quarter is as of its own last "
    "day. An average stands where each of its quarters is shown.",
    ("P2", "P4", "Q30", "M49", "M50"),
)
