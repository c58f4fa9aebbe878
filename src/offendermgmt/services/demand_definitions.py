"""What the figures of demand ahead mean, in the words shown beside them."""

from typing import Final

from offendermgmt.services.figures import Definition

RECEIPTS: Final = Definition(
    "Referrals by month",
    "POLIT cases by the calendar month in which they were received, of the whole unit. Months without one are 0 and "
    "count. The first is the first whole month since the first referral on record; a month that is not over is shown "
    "apart, and nothing is forecast from it.",
    ("P6", "Q40"),
)
AHEAD: Final = Definition(
    "Referrals ahead",
    "How many cases may be received, forecast from the whole months so far. The range is meant to hold what comes nine "
    "times in ten; the middle is as likely to be too high as too low.",
    ("Q41", "Q42"),
)
NEWEST: Final = Definition(
    "Newest against its forecast",
    "What was received in the newest whole month, and in the running month so far, against the range that was forecast "
    "for those same days before the month began. Outside it, something has changed or chance has been unusual.",
    ("Q43",),
)
TESTED: Final = Definition(
    "How wrong the forecast would have been",
    "The forecast made again after each past month, from the months known then alone, and held against what came.",
    ("Q44",),
)
PACE: Final = Definition(
    "Working days per case",
    "Working days (Monday to Friday) of available investigators' time that it took, over the last months, to take one "
    "case out of the backlog: to a live stage, or closed. Time in which there were fewer cases than investigators "
    "counts only as far as there were cases. Supervisors are not counted.",
    ("C3", "P6", "Q45", "Q46"),
)
BACKLOG_AHEAD: Final = Definition(
    "The backlog ahead",
    "The backlog at the end of each day to come in a thousand simulated runs: cases come as forecast, and the "
    "investigators there are take them out at the time per case given.",
    ("P6", "Q47", "Q48"),
)
SAVED: Final = Definition(
    "Saved scenarios",
    "A plan put on record with its owner, its day, what was known then and the seed of its runs. Opened again, it "
    "gives the same answer; beside it stands what the same plan says on today's data.",
    ("D3", "Q49"),
)
