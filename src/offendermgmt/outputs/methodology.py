"""What a file of a list says about itself: how it was made, from what, for whom, and how to handle it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from offendermgmt.outputs.listing import ListColumn
from offendermgmt.services.figures import Definition
from offendermgmt.services.wording import day_text, moment_text, plural
from offendermgmt.store.freshness import Freshness, LastLoad

Line = tuple[str, str]


@dataclass(frozen=True)
class Methodology:
    """How a list was made. `reason` is why it is downloaded and for whom, where that was asked."""

    markings: Sequence[str]
    page: str
    title: str
    rows: int
    as_of: date
    known_at: datetime | None
    filters: Mapping[str, str]
    policy_version: str
    freshness: Freshness
    definitions: Sequence[Definition]
    made_at: datetime
    made_by: str
    reason: str = ""
    columns: Sequence[ListColumn] = field(default=())

    def sections(self) -> list[tuple[str, list[Line]]]:
        """Headed lines, each of a name and a text, in reading order."""
        return [
            ("This file", self._made()),
            ("What it shows", shown(self.as_of, self.known_at, self.filters, self.policy_version)),
            ("What it was made from", _made_from(self.freshness)),
            ("Definitions", [(item.title, defined(item)) for item in self.definitions]),
            ("Columns", [(column.heading, column.meaning) for column in self.columns if column.meaning]),
            ("Handling", [("Text cells", NEUTRALISED), ("Disclosure", DISCLOSURE)]),
        ]

    def _made(self) -> list[Line]:
        asked = [("Why and to whom", self.reason)] if self.reason else []
        return [
            ("Marking", ", ".join(self.markings)),
            ("Page", self.page),
            ("List", self.title),
            ("Rows", f"{self.rows:,}"),
            ("Made at", moment_text(self.made_at)),
            ("Made by", self.made_by),
            *asked,
        ]


NEUTRALISED = "Text that a spreadsheet would run as a formula begins with an apostrophe."
DISCLOSURE = (
    "This download is on record: who, when, what and why (Data Protection Act 2018, section 62). "
    "Handle, share and destroy the file as it is marked."
)


def shown(as_of: date, known_at: datetime | None, filters: Mapping[str, str], policy_version: str) -> list[Line]:
    """For which day, as known when, filtered how and by which policy."""
    chosen = [(f"Filter: {name}", value) for name, value in filters.items()]
    return [
        ("As of", f"End of {day_text(as_of)}: facts dated later do not count"),
        ("As known at", moment_text(known_at) if known_at else "All that was known when the page was read"),
        *(chosen or [("Filters", "None")]),
        ("Policy version", policy_version),
    ]


def _made_from(freshness: Freshness) -> list[Line]:
    """The last load of each table, and how many refused rows wait."""
    loads = [(f"Last load: {load.table.replace('_', ' ')}", _loaded(load)) for load in freshness.loads]
    return [
        *(loads or [("Last load", "Nothing has been loaded yet")]),
        ("Refused rows waiting", f"{freshness.open_refused:,}"),
    ]


def defined(definition: Definition) -> str:
    """What a definition says, and its rules."""
    rules = f" (Rules {', '.join(definition.rules)}.)" if definition.rules else ""
    return f"{definition.meaning}{rules}"


def _loaded(load: LastLoad) -> str:
    return f"{moment_text(load.finished_at)}, {plural(load.loaded, 'row')} in, from {load.source}, by {load.loaded_by}"
