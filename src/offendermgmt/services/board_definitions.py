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
