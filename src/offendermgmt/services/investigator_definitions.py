"""What POLIT's page of investigators counts, in the words shown beside it; the rules are in polit-rules.md."""

from typing import Final

from offendermgmt.services.figures import Definition

HELD: Final = Definition(
    "Open cases held",
    "Open cases that an investigator holds on the day, in the backlog and live, of all open cases.",
    ("P1", "Q7"),
)
PER_FTE: Final = Definition(
    "Open cases per available FTE",
    "Open cases held by investigators who are there, divided by the FTE available to those in post in the unit, with "
    "cases or without. Cases of people who are away, and of nobody, are counted beside it, not in it.",
    ("C3", "Q7"),
)
BY_INVESTIGATOR: Final = Definition(
    "Open cases by investigator",
    "Open cases held on the day by stage and by risk, and per FTE available: the newest availability recorded, else "
    "the contracted FTE, and none for who has left. Without FTE there is no number of cases per FTE. Everyone in post "
    "in a POLIT team but supervisors has a row, with no case too, and so has everyone else who holds one.",
    ("C1", "C3", "C4", "Q7"),
)
EXPOSURE: Final = Definition(
    "Days of viewing images",
    "Days on which officers viewed indecent images, added up over all officers and over the newest days. It is about "
    "the whole unit, whoever asks and however the page is filtered, and is shown to nobody where too few officers "
    "viewed. No page, list or file says it of one officer.",
    ("Q9",),
)
