"""What a file of a list says about itself: how it was made, from what, for whom, and how to handle it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from offendermgmt.domain.days import LONDON
from offendermgmt.outputs.listing import ListColumn
from offendermgmt.services.figures import Definition
from offendermgmt.services.wording import day_text
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
            ("What it shows", self._shown()),
            ("What it was made from", self._made_from()),
            ("Definitions", [(item.title, _defined(item)) for item in self.definitions]),
            ("Columns", [(column.heading, column.meaning) for column in self.columns if column.meaning]),
            ("Handling", [("Text cells", _NEUTRALISED), ("Disclosure", _DISCLOSURE)]),
        ]

    def _made(self) -> list[Line]:
        asked = [("Why and to whom", self.reason)] if self.reason else []
        return [
            ("Marking", ", ".join(self.markings)),
            ("Page", self.page),
            ("List", self.title),
            ("Rows", f"{self.rows:,}"),
            ("Made at", _moment(self.made_at)),
            ("Made by", self.made_by),
            *asked,
        ]

    def _shown(self) -> list[Line]:
        chosen = [(f"Filter: {name}", value) for name, value in self.filters.items()]
        return [
            ("As of", f"End of {day_text(self.as_of)}: facts dated later do not count"),
            ("As known at", _moment(self.known_at) if self.known_at else "All that was known when the page was read"),
            *(chosen or [("Filters", "None")]),
            ("Policy version", self.policy_version),
        ]

    def _made_from(self) -> list[Line]:
        loads = [(f"Last load: {load.table.replace('_', ' ')}", _loaded(load)) for load in self.freshness.loads]
        return [
            *(loads or [("Last load", "Nothing has been loaded yet")]),
            ("Refused rows waiting", f"{self.freshness.open_refused:,}"),
        ]


_NEUTRALISED = "Text that a spreadsheet would run as a formula begins with an apostrophe."
_DISCLOSURE = (
    "This download is on record: who, when, what and why (Data Protection Act 2018, section 62). "
    "Handle, share and destroy the file as it is marked."
)


def _defined(definition: Definition) -> str:
    rules = f" (Rules {', '.join(definition.rules)}.)" if definition.rules else ""
    return f"{definition.meaning}{rules}"


def _loaded(load: LastLoad) -> str:
    return f"{_moment(load.finished_at)}, {load.loaded:,} rows in, from {load.source}, by {load.loaded_by}"


def _moment(at: datetime) -> str:
    local = at.astimezone(LONDON)
    return f"{day_text(local.date())} {local:%H:%M}"
