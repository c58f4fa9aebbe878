"""What the figures of closed months mean, in the words shown beside them."""

from typing import Final

from offendermgmt.services.figures import Definition

RESTATED: Final = Definition(
    "Figures restated since",
    "Of the figures reported for the month, those whose numerator, denominator or value differs by what is known now. "
    "Both are the whole force's, as of the month's last day, by the definitions the figures were reported by.",
    ("M17", "M18"),
)
RECORDS: Final = Definition(
    "What came since the month was closed",
    "Facts dated up to the month's last day that were not known when it was closed (late), are known otherwise now "
    "(corrected), or stand no more (withdrawn). A fact counts once, however often it was recorded, and not at all if "
    "it says what it said: only what differs moves a figure. Late records of a morning are recordings, each to be "
    "looked at, and may be more. What is said of days after the month is left out.",
    ("D3", "D4", "M19"),
)
