"""What the measures count that no other page shows, in the words shown beside them (M5 to M7)."""

from typing import Final

from offendermgmt.services.figures import Definition

FOUND_IN_TIME: Final = Definition(
    "Lone visits with a finding in time",
    "Visits made alone on which a supervisor's finding was due in the month, and of these the ones with a finding on "
    "record by that day. A finding by somebody who was on the visit or authorised it does not count.",
    ("R21", "R22", "M5"),
)
CASES_PER_FTE: Final = Definition(
    "Offenders per available FTE",
    "All managed offenders at the month's end, allocated or not, for each FTE available to officers in post in "
    "MOSOVO's teams who are no supervisors, whether they hold cases or not.",
    ("C1", "C3", "M6"),
)
FTE_AVAILABLE: Final = Definition(
    "FTE available in MOSOVO",
    "FTE available at the month's end to officers in post in MOSOVO's teams who are no supervisors: the dated "
    "availability in force, else the officer's contracted FTE.",
    ("C3", "M6"),
)
POLIT_FTE: Final = Definition(
    "FTE available in POLIT",
    "FTE available at the month's end to the investigators in post in POLIT's teams, and to anyone else who holds an "
    "open case and has not left.",
    ("C3", "Q7"),
)
REFERRED: Final = Definition(
    "Children referred to social care",
    "Children referred to children's social care, each in the month of the referral, for whoever held the case on that "
    "day. They may have been identified earlier.",
    ("P7", "M7"),
)
UNDER_ORDER: Final = Definition(
    "Offenders with a preventive order in force",
    "Managed offenders with an order in force at the month's end, of all managed offenders. Notification requirements, "
    "and whatever else policy says is no bar to reactive management, are left out.",
    ("S1", "A5", "M7"),
)
ORDERS_BEGUN: Final = Definition(
    "Preventive orders begun",
    "Orders that came into force in the month on offenders managed at its end. Notification requirements, and whatever "
    "else policy says is no bar to reactive management, are left out.",
    ("A5", "M7"),
)
RECORDED_IN_TIME: Final = Definition(
    "Visits recorded in time",
    "Attended visits of the month first put on record soon enough after their day, of those on record; within how many "
    "days is policy. A visit that is not on record yet is in neither number, so that the share of the newest month "
    "still falls as late ones come in.",
    ("D1", "D4", "M5"),
)
