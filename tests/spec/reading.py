"""Examples written as text: facts given, a question asked, the answer expected.

A table of facts starts with its name and columns; the rows below it leave the name out. What a table leaves out is
filled in as `ASSUMED` says, so that an example shows only what matters to it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from offendermgmt.domain.policy import Interval, Policy
from offendermgmt.domain.vocabulary import RiskLevel
from offendermgmt.services.policies import shipped_policy
from tests.tables import Rows

ASSUMED: Final[Mapping[str, Mapping[str, str]]] = {
    "officers": {"is_supervisor": "false", "team_ref": "T1", "fte": "1"},
    "offenders": {"offender_ref": "V1"},
    "offender_statuses": {"offender_ref": "V1"},
    "risk_assessments": {"offender_ref": "V1", "tool": "ARMS"},
    "allocations": {"offender_ref": "V1"},
    "visit_intervals": {"offender_ref": "V1"},
    "visits": {"offender_ref": "V1", "outcome": "completed", "officer_refs": "O1;O2"},
    "polit_cases": {"case_ref": "C1"},
    "polit_stages": {"case_ref": "C1"},
    "polit_assessments": {"case_ref": "C1", "tool": "KIRAT"},
    "polit_allocations": {"case_ref": "C1"},
    "polit_activities": {"case_ref": "C1"},
    "polit_children": {"case_ref": "C1"},
}
_NUMBERED: Final = {"visits": "visit_ref", "polit_activities": "activity_ref", "polit_children": "child_ref"}


@dataclass(frozen=True)
class Example:
    """One plain sentence, the facts it is about, and questions (`overdue as of 2025-06-02`) with their answers."""

    title: str
    sentence: str
    given: str
    asks: tuple[tuple[str, str], ...]

    @property
    def facts(self) -> dict[str, Rows]:
        """The facts given, by table, with what was left out filled in."""
        return {name: _assumed(name, rows) for name, rows in tables(self.given).items() if name != "policy"}

    @property
    def policies(self) -> tuple[Policy, ...]:
        """The shipped policy and the versions given."""
        return (shipped_policy(), *(_version(row) for row in tables(self.given).get("policy", [])))


@dataclass(frozen=True)
class Rule:
    """A numbered rule: its name, what it says, and its worked examples."""

    number: str
    name: str
    says: str
    examples: tuple[Example, ...] = ()


@dataclass(frozen=True)
class Section:
    """Rules that belong together."""

    title: str
    rules: tuple[Rule, ...]


def tables(text: str) -> dict[str, Rows]:
    """The tables a text holds, by name."""
    found: dict[str, Rows] = {}
    name, columns = "", [""]
    for line in text.strip().splitlines():
        first, *cells = (cell.strip() for cell in line.split("|"))
        if first:
            name, columns = first, cells
            found[name] = []
        else:
            found[name].append(dict(zip(columns, cells, strict=True)))
    return found


def table(text: str) -> tuple[list[str], Rows]:
    """The columns and rows of one table without a name."""
    lines = [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()]
    return lines[0], [dict(zip(lines[0], cells, strict=True)) for cells in lines[1:]]


def query(ask: str) -> dict[str, str]:
    """The query a question makes: `REPORT as of D [known at T]` or `REPORT from D to D every P [known at T]`."""
    words = ask.replace("as of", "as_of").replace("known at", "known_at").split()
    return {"report": words[0], **dict(zip(words[1::2], words[2::2], strict=True))}


def _assumed(name: str, rows: Rows) -> Rows:
    numbered = _NUMBERED.get(name)
    filled = []
    for number, row in enumerate(rows, start=1):
        ref = {numbered: f"X{number}"} if numbered else {}
        filled.append({**ASSUMED.get(name, {}), **ref, **row})
    return filled


def _version(row: Mapping[str, str]) -> Policy:
    shipped = shipped_policy()
    intervals = {RiskLevel(name): Interval.parse(text) for name, text in row.items() if name in list(RiskLevel)}
    return replace(
        shipped,
        version=f"from {row['from_on']}",
        from_on=date.fromisoformat(row["from_on"]),
        visit_intervals={**shipped.visit_intervals, **intervals},
        initial_visit_days=int(row.get("initial_days", shipped.initial_visit_days)),
    )
