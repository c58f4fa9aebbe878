"""What the figures of the trends mean, in the words shown beside them."""

from typing import Final

from offendermgmt.services.figures import Definition

BACKLOG: Final = Definition(
    "Backlog of visits",
    "Offenders overdue for a visit at the end of the last day of each period, the days they had been so in total, and "
    "the longest. The share of those to be visited is of the managed offenders whose visit clock ran that day; the "
    "share of all managed is of everybody managed, those whose clock was stopped too. Bands are those of the policy on "
    "the as-of day, and their shares are of everybody's clocks and everybody managed.",
    ("S1", "S2", "V6", "V7", "B3"),
)
SHARE_OF_MANAGED: Final = Definition(
    "Share overdue of all managed",
    "Offenders overdue for a visit, of all managed offenders that day, also those who are not to be visited: in "
    "custody, in hospital, abroad or managed reactively. It falls when more visits are suspended, with nobody visited: "
    "read it beside the share of those to be visited.",
    ("S1", "S2", "V6"),
)
FLOW: Final = Definition(
    "In and out of the backlog",
    "Opening is who was overdue the day before the period began. Opening, plus who became overdue, less who left by "
    "each cause, is closing. Only the cause Visited is work done: re-graded or re-planned people, and those whose "
    "visits were suspended or whose management ended, left the backlog unvisited.",
    ("B1", "B2"),
)
TRANSFERS: Final = Definition(
    "Transferred while overdue",
    "People count for whoever held them on the day. One who changes hands while overdue leaves one backlog and enters "
    "another without a visit: shown as a cause of its own, which the whole force does not have.",
    ("S5", "B2"),
)
STOCK: Final = Definition(
    "Compliance as stock",
    "Of the visit clocks that run at the end of the period, the share not overdue: where the force stands that day.",
    ("S2", "V6"),
)
COMPLIANCE_FLOW: Final = Definition(
    "Compliance as flow",
    "Of the visits that fell due in the period and still stood on that day, the share completed on or before it: "
    "whether the work was done in time. A visit made late never counts here, while in the stock it does.",
    ("B4",),
)
ATTEMPTS: Final = Definition(
    "Attempts per completed visit",
    "Visits attended (completed, no reply, refused, moved away) for each one completed. Cancelled visits are not "
    "attended, and are counted apart.",
    ("W1",),
)
RECORDING: Final = Definition(
    "Days from visit to record",
    "Whole days from the day of an attended visit to the day it was first put on record, by the month of the visit: "
    "half of the visits, and nine in ten, were recorded within so many days. Later corrections do not count. Where an "
    "extract gives no time of recording, the time of loading stands in for it.",
    ("D1", "D4", "W1"),
)
RUNNING: Final = Definition(
    "Visit clocks running",
    "Managed offenders in the community, of no fixed abode or missing on the day.",
    ("S1", "S2"),
)
MANAGED: Final = Definition(
    "Managed offenders",
    "Everybody registered whose management has not ended on the day, whether their visit clock runs or not: also those "
    "in custody, in hospital, abroad or managed reactively.",
    ("S1", "S2"),
)
EVENTS: Final = Definition(
    "Events marked on the charts",
    "Inspections, policies, staffing and other dated events that explain a trend, as inspectors, analysts and "
    "administrators have put them on record; the newest version of each stands. Of the range shown.",
    ("D3", "D4"),
)
