"""What the figures of the order of work mean, in the words shown beside them; their weights are policy."""

from typing import Final

from offendermgmt.services.figures import Definition

ORDER: Final = Definition(
    "Cases in the order of work",
    "Cases in the backlog (awaiting development, allocation or enforcement) at the end of the day, in the order in "
    "which the rule says they should be worked. Live cases are with an investigator and closed ones are done: neither "
    "is in the order. A place is among all the cases the reader may see, whatever the filters.",
    ("P1", "Q20"),
)
CHILDREN: Final = Definition(
    "Cases with children waiting",
    "Of the cases in the order, those with a child identified and not safeguarded by the end of the day.",
    ("P7", "Q23"),
)
PAST_LIMIT: Final = Definition(
    "Cases past their limit",
    "Of the cases in the order, those past their act-by day.",
    ("P2", "P3", "Q25"),
)
REASSESS: Final = Definition(
    "Cases due a re-grade",
    "Of the cases in the order, those on which information came that calls for a new assessment, none made on that day "
    "or later.",
    ("Q27",),
)
BY_HAND: Final = Definition(
    "Cases placed by hand",
    "Of the cases in the order, those that a supervisor or inspector has put first or last, with a reason and until a "
    "day. The rule's own place is shown beside it.",
    ("Q28",),
)
LOWERED: Final = Definition(
    "Risk lowered on old cases",
    "Re-assessments of the last days that lowered the risk of a case that was old, or past its limit the day before: "
    "lowering the risk moves the act-by day, and nobody need have acted. Counted for whoever held the case that day, "
    "whatever its stage, unless it was closed. A filter on risk is of the level after.",
    ("P2", "Q29"),
)
TOOLS: Final = Definition(
    "Assessment tools in use",
    "Every tool and version that the reader's cases, closed ones included, were assessed with up to the day: how many "
    "cases, how many in the backlog stand on it now, and from when to when it was used.",
    ("S3", "Q29"),
)
