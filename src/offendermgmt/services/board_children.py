"""What became of the children found, and of referrals to children's social care, as a board reads it (M47, M48)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

import numpy as np
import pandas as pd

from offendermgmt.domain.periods import Periods
from offendermgmt.domain.polit_flow import spread
from offendermgmt.domain.prevention import waits_until
from offendermgmt.services import board_definitions as definitions
from offendermgmt.services.board_kept import KEPT_WORDS, is_small
from offendermgmt.services.board_measures import kept_of_measures
from offendermgmt.services.board_tables import NOT_SHOWN, BoardTable, Cell, TableColumn
from offendermgmt.services.desk import Desk
from offendermgmt.services.measured import Asked
from offendermgmt.services.measured_polit import CHILDREN
from offendermgmt.services.question import Question
from offendermgmt.services.wording import month_text, plural

CODE: Final = "children"
SOCIAL_CARE: Final = "social-care"
_NO_CASES: Final = "No POLIT case has been received yet."
_FLOW: Final = {
    "opening": "Awaiting safeguarding at the start",
    "identified": "Identified",
    "safeguarded": "Safeguarded",
    "left": "Left, as their case was closed",
    "closing": "Awaiting safeguarding at the end",
}
_CARE: Final = {
    "referred": "Referred to children's social care",
    "known": "In open cases at the end",
    "unreferred": "Of these, not referred yet",
}
_DAYS: Final = ("median", "longest")
_WAITED: Final = {
    "safeguarded": ("Days to safeguarding, half within", "Days to safeguarding, longest"),
    "referred": ("Days to referral, half within", "Days to referral, longest"),
}


@dataclass(frozen=True)
class ChildrenOfMonth:
    """A month's children: `numbers` by name as counted (of stocks, flows and days), and the names of those kept."""

    name: str
    numbers: Mapping[str, int | None]
    kept: frozenset[str]

    def told(self, *names: str) -> bool:
        """Whether all of these are shown."""
        return not self.kept.intersection(names)

    def cell(self, name: str) -> Cell:
        """One number as the table has it."""
        return NOT_SHOWN if name in self.kept else self.numbers[name]


def children_tables(question: Question, desk: Desk) -> tuple[BoardTable, BoardTable]:
    """The children of the question's last month and of the one before it, as its viewer may have them.

    What became of them, which adds up; and their referral to children's social care. The question's periods are
    calendar months: what measures keep over the same months is kept here.
    """
    months = children_of_months(question, desk)
    if not months:
        empty = (TableColumn("Children"),)
        return (
            BoardTable(CODE, "What became of children", _NO_CASES, empty, (), (definitions.CHILDREN,)),
            BoardTable(SOCIAL_CARE, "Children's social care", _NO_CASES, empty, (), (definitions.SOCIAL_CARE,)),
        )
    return (
        _table(CODE, months, {**_FLOW, **_named("safeguarded")}, _flow_text(months[0]), definitions.CHILDREN),
        _table(SOCIAL_CARE, months, _care_lines(), _care_text(months[0]), definitions.SOCIAL_CARE),
    )


def children_of_months(question: Question, desk: Desk) -> Sequence[ChildrenOfMonth]:
    """The newest two of the question's months, the newest first; none of them before the first case."""
    asked = Asked(question, desk)
    counted, kept = CHILDREN.counted(asked), kept_of_measures(asked, CHILDREN)
    last = len(counted) - 1
    return [_month(question, counted, kept, at) for at in (last, last - 1) if at >= 0 and _has_value(counted, at)]


def _has_value(counted: pd.DataFrame, at: int) -> bool:
    return not np.isnan(counted["known"].iloc[at])


def _month(question: Question, counted: pd.DataFrame, kept: pd.DataFrame, at: int) -> ChildrenOfMonth:
    names = ("identified", "safeguarded", "referred", "known", "unreferred")
    numbers: dict[str, int | None] = {name: int(counted[name].iloc[at]) for name in names}
    begins = at == 0 or not _has_value(counted, at - 1)
    opening, closing = 0 if begins else int(counted["awaiting"].iloc[at - 1]), int(counted["awaiting"].iloc[at])
    left = opening + int(counted["identified"].iloc[at]) - int(counted["safeguarded"].iloc[at]) - closing
    flags = {name for name in names if kept[name].iloc[at]}
    flags |= {name for name, row in (("closing", at), ("opening", at - 1)) if row >= 0 and kept["awaiting"].iloc[row]}
    numbers |= {"opening": opening, "closing": closing, "left": left}
    if flags & set(_FLOW) or is_small(question, abs(left)):
        # Two that are not shown: neither follows from the others.
        flags |= {"left", "identified"} if not question.viewer.opens_lists else set()
    month = Periods(question.range.first[at : at + 1], question.range.last[at : at + 1])
    for done in ("safeguarded", "referred"):
        waited = _waited(question, done, month)
        numbers |= waited
        if done in flags or is_small(question, numbers[done] or 0):
            flags |= set(waited)
    return ChildrenOfMonth(month_text(pd.Timestamp(int(month.first[0]), unit="D").date()), numbers, frozenset(flags))


def _waited(question: Question, done: Literal["safeguarded", "referred"], month: Periods) -> dict[str, int | None]:
    """The days within which half was done of what was done in the month, and the longest; None where nothing was."""
    rows = waits_until(question.snapshot.facts, done)
    days = rows["days"].to_numpy()[month.of(rows["day"].to_numpy()) == 0]
    took = spread(np.zeros(len(days), dtype=np.intp), days, 1)
    median = took["median_days"].iloc[0]
    told = (None, None) if not len(days) else (int(median), int(days.max()))
    return dict(zip(_names(done), told, strict=True))


def _names(done: str) -> tuple[str, str]:
    return f"{done} {_DAYS[0]}", f"{done} {_DAYS[1]}"


def _named(done: str) -> dict[str, str]:
    return dict(zip(_names(done), _WAITED[done], strict=True))


def _care_lines() -> dict[str, str]:
    return {
        "referred": _CARE["referred"],
        **_named("referred"),
        "known": _CARE["known"],
        "unreferred": _CARE["unreferred"],
    }


def _table(code: str, months: Sequence[ChildrenOfMonth], lines: Mapping[str, str], finding: str, of: Any) -> BoardTable:
    columns = (TableColumn("Children"), *(TableColumn(month.name, "number") for month in months))
    rows = tuple((heading, *(month.cell(name) for month in months)) for name, heading in lines.items())
    # A table of nothing but what is not shown tells no more than its sentence.
    is_told = any(cell != NOT_SHOWN for _, *cells in rows for cell in cells)
    return BoardTable(code, of.title, finding, columns, rows if is_told else (), (of,))


def _flow_text(month: ChildrenOfMonth) -> str:
    """What became of the month's children in a sentence or two, as far as it is shown."""
    number, told = month.numbers, []
    if month.told("opening", "closing"):
        opening, closing = number["opening"] or 0, number["closing"] or 0
        way = "rose" if closing > opening else "fell" if closing < opening else "stayed"
        moved = f"from {opening:,} to {closing:,}" if closing != opening else f"at {closing:,}"
        told.append(f"Children awaiting safeguarding {way} {moved}.")
    elif month.told("closing"):
        told.append(f"{number['closing']:,} children await safeguarding at the month's end.")
    if month.told("safeguarded"):
        found = f"{number['identified']:,} were identified and " if month.told("identified") else ""
        within = number[_names("safeguarded")[0]]
        is_told = within is not None and month.told(*_names("safeguarded"))
        half = f", half of them {_within(within or 0)} of being identified" if is_told else ""
        told.append(f"{found}{number['safeguarded']:,} were safeguarded{half}.")
    if month.told("left") and (number["left"] or 0) > 0:
        told.append(f"{number['left']:,} no longer await because their case was closed, which makes nobody safe.")
    return " ".join([*told, *([KEPT_WORDS] if month.kept.intersection((*_FLOW, *_names("safeguarded"))) else [])])


def _within(days: int) -> str:
    return f"within {plural(days, 'day')}" if days else "on the day"


def _care_text(month: ChildrenOfMonth) -> str:
    """How many were referred how soon, and who is not yet, as far as it is shown."""
    number, told = month.numbers, []
    if month.told("known", "unreferred") and number["known"]:
        late, known = number["unreferred"] or 0, number["known"]
        told.append(f"{late:,} of {known:,} children in open cases ({late / known:.1%}) are not referred yet.")
    if month.told("referred"):
        within = number[_names("referred")[0]]
        is_told = within is not None and month.told(*_names("referred"))
        half = f", half of them {_within(within or 0)} of being identified" if is_told else ""
        told.append(f"{number['referred']:,} were referred in {month.name}{half}.")
    return " ".join([*told, *([KEPT_WORDS] if month.kept.intersection(_care_lines()) else [])])
