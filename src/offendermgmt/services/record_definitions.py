"""What the histories of one offender's record hold, in the words that go with them."""

from typing import Final

from offendermgmt.services.figures import Definition

HISTORY: Final = Definition(
    "What is recorded",
    "The facts about one person dated on or before the day that stand at the moment asked for: the newest recording of "
    "each, without those that a later one replaced or withdrew.",
    ("D2", "D3", "D4"),
)
RECORDINGS: Final = Definition(
    "Recordings",
    "Every recording of every fact about one person, the replaced and withdrawn ones too. Days after is from the day "
    "the fact is dated to the day it was recorded.",
    ("D1", "D4"),
)
