"""What each figure means, in the words shown beside it; the numbered rules are in docs/rules.md."""

from typing import Final

from offendermgmt.services.figures import DAY, Definition

OVERDUE: Final = Definition(
    "Visits overdue",
    "Managed offenders whose visit clock runs and whose visit was due before the day. "
    "A visit due on the day itself is not overdue, and there are no grace days. "
    "Only a completed visit that saw the person counts.",
    ("V2", "V6"),
)
OVERDUE_SHARE: Final = Definition(
    "Share overdue",
    "Offenders overdue for a visit, of all managed offenders whose visit clock runs that day "
    "(in the community, of no fixed abode or missing).",
    ("S2", "V6"),
)
HIGH_RISK_OVERDUE: Final = Definition(
    "High and very high risk",
    "Offenders overdue whose newest assessment on the day is high or very high. "
    "Unassessed offenders are visited as often as high risk ones, and are counted apart.",
    ("S3", "V6"),
)
DAYS_OVERDUE: Final = Definition(
    "Days overdue in total",
    "Days since the due date, added up over everyone overdue.",
    ("V6", "B3"),
    DAY,
)
MOST_OVERDUE: Final = Definition(
    "Most overdue",
    "The longest time that anyone now overdue has been so, in days since the due date.",
    ("V6", "B3"),
    DAY,
)
MATRIX: Final = Definition(
    "Overdue by risk and days",
    "Everyone overdue, by risk level on the day and by days since the visit fell due. "
    "Each number opens its cases; the rows and columns add up to the total.",
    ("S3", "V6", "V7"),
)
