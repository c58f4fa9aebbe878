"""Who sends POLIT its referrals, and what becomes of them, as a board reads it (M49)."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Final

import pandas as pd

from offendermgmt.domain.days import to_date
from offendermgmt.domain.periods import Periods
from offendermgmt.domain.receipt_outcomes import BecameOf, became_of, quarter_over
from offendermgmt.services import board_definitions as definitions
from offendermgmt.services.board_kept import KEPT_WORDS, Place, cell, is_small, kept_places, share_cell
from offendermgmt.services.board_tables import NOT_SHOWN, BoardTable, Cell, TableColumn
from offendermgmt.services.polit_flow import ALL_LEVELS, MOST_GROUPS, flow_board
from offendermgmt.services.polit_flow_events import Measure, events
from offendermgmt.services.polit_flow_small import flow_as_shown
from offendermgmt.services.question import Question
from offendermgmt.services.wording import day_text, month_text

CODE: Final = "partners"
_TITLE: Final = "Who sends referrals"
_ALL, _OTHERS, _UNKNOWN = "All sources", "Other sources", "Not recorded"
_BEFORE: Final = 4
# What POLIT's page of the flow counts of the same days, of whatever referrals.
_FLOW: Final = "flow"
_ACTED: Final = ("acted", "in_time", "late")
# What the table says of what became of referrals.
_BECAME_OF: Final = ("acted", "in_time", "waiting")
_BECAME: Final = tuple(map(str, BecameOf))


@dataclass(frozen=True)
class Quarter:
    """A quarter's referrals by source, as a reader may have them: those shown by name, and all, None where kept."""

    months: Periods
    shown: Mapping[str, int]
    received: int | None

    @property
    def ends_on(self) -> date:
        """The quarter's last day."""
        return to_date(int(self.months.last[-1]))


def partners_table(question: Question) -> BoardTable:
    """Referrals of the newest quarter over on the question's last day, by source, as its viewer may have them.

    A quarter is settled alone, as of its own last day: the papers of its three months, and of the next, say the same.
    """
    received = events(question, Measure.REFERRALS)
    if received.empty:
        return _without_rows("No POLIT case has been received yet.")
    quarters = _quarters(question, 1 + _BEFORE)
    newest = quarters[0]
    name = _name(newest.months)
    if int(received["day"].min()) > int(newest.months.last[-1]):
        return _without_rows("No quarter is over since the first referral was received.")
    if newest.received is None:
        return _without_rows(f"Of {name}: {KEPT_WORDS[0].lower()}{KEPT_WORDS[1:]}")
    if not newest.received:
        return _without_rows(f"No referral was received in {name}.")
    counts = outcome_counts(_asked(question, newest.months), newest.shown)
    kept = _kept(question, newest, counts)
    rows = [row for row in dict.fromkeys(row for row, _ in counts) if (row, "received") in counts]
    columns, names = _columns(newest, kept, rows)
    table = tuple(_row(row, names, counts, kept, quarters[1:]) for row in rows)
    return BoardTable(CODE, _TITLE, _finding(newest, counts, kept), columns, table, (definitions.PARTNERS,))


def outcome_counts(question: Question, shown: Collection[str]) -> dict[Place, int]:
    """The question's referrals by source and what became of them by its last day, whole (P4).

    A row for each of the sources `shown`, the most first, one for all others together where there are any, and all;
    columns received, acted (in time or late) and the values of `BecameOf`.
    """
    rows = events(question, Measure.REFERRALS)
    rows = rows[(question.range.of(rows["day"].to_numpy()) >= 0)]
    source = _sources(rows)
    became = became_of(question.snapshot.cases.segments, question.on).set_index("case")["became"]
    of_row = source.where(source.isin(list(shown)), _OTHERS)
    found = pd.crosstab(of_row, became.reindex(rows["case"].to_numpy()).to_numpy())
    found = found.reindex(columns=list(_BECAME), fill_value=0)
    found = found.reindex([row for row in (*shown, _OTHERS) if row in found.index])
    found.loc[_ALL] = found.sum()
    found["acted"] = found[str(BecameOf.IN_TIME)] + found[str(BecameOf.LATE)]
    found["received"] = found[[*_BECAME]].sum(axis=1)
    return {(str(row), str(name)): int(count) for name in found for row, count in found[name].items()}


def _quarters(question: Question, number: int) -> list[Quarter]:
    """So many quarters, the newest that is over first, each as the viewer may have it."""
    found: list[Quarter] = []
    day = question.as_of
    while len(found) < number:
        months = quarter_over(day)
        found.append(_quarter(question, months))
        day = to_date(int(months.first[0])) - timedelta(days=1)
    return found


def _quarter(question: Question, months: Periods) -> Quarter:
    """The quarter settled alone: sources of few referrals are pooled, and with them as many as make those no few."""
    rows = events(question, Measure.REFERRALS)
    counts = _sources(rows[(months.of(rows["day"].to_numpy()) >= 0)]).value_counts()
    # The most first, and of equal ones by name, so that one and the same quarter has the same rows in every paper.
    ordered = sorted(counts.items(), key=lambda each: (-int(each[1]), str(each[0])))
    shown = {str(source): int(count) for source, count in ordered[:MOST_GROUPS] if not is_small(question, int(count))}
    while is_small(question, int(counts.sum()) - sum(shown.values())) and shown:
        shown.popitem()
    received = flow_as_shown(_asked(question, months)).referrals.whole["referrals"].iloc[0]
    return Quarter(months, shown, None) if pd.isna(received) else Quarter(months, shown, int(received))


def _sources(rows: pd.DataFrame) -> "pd.Series[str]":
    """The source of each of the referrals, as recorded."""
    return pd.Series(rows["group"].astype("str").to_numpy(), dtype="str").replace("", _UNKNOWN)


def _asked(question: Question, months: Periods) -> Question:
    """The question over the quarter, as of its last day."""
    return replace(question, as_of=to_date(int(months.last[-1])), periods=months)


def _kept(question: Question, quarter: Quarter, counts: Mapping[Place, int]) -> set[Place]:
    """Which of the counts are kept; what is acted on in a quarter was all received in it where the work is new."""
    asked = _asked(question, quarter.months)
    told, of_flow = (_all_levels(board.acted.whole) for board in (flow_as_shown(asked), flow_board(asked)))
    every, decided = dict(counts), {place: False for place in counts if place[1] == "received"}
    likely: list[dict[Place, int]] = []
    for name in _ACTED:
        every[_FLOW, name], decided[_FLOW, name] = int(of_flow[name]), bool(pd.isna(told[name]))
        likely.append({(_ALL, name): 1, (_FLOW, name): -1})
    return kept_places(question, every, _sums(counts), decided, likely)


def _all_levels(rows: pd.DataFrame) -> "pd.Series[Any]":
    return rows[(rows["group"] == ALL_LEVELS).to_numpy()].iloc[0]


def _sums(counts: Mapping[Place, int]) -> Iterator[dict[Place, int]]:
    """How the counts add up: in a row, and from the sources to all."""
    rows, columns = (list(dict.fromkeys(place[at] for place in counts)) for at in (0, 1))
    for row in rows:
        yield {(row, "received"): 1, (row, "acted"): -1, (row, "waiting"): -1, (row, "closed"): -1}
        yield {(row, "acted"): 1, (row, "in_time"): -1, (row, "late"): -1}
    for column in columns:
        yield {(row, column): 1 if row == _ALL else -1 for row in rows}


def _columns(
    quarter: Quarter, kept: Collection[Place], rows: Sequence[str]
) -> tuple[tuple[TableColumn, ...], list[str]]:
    """The columns, and what stands in them; of what became of referrals only where it is shown of some source."""
    by = f"by {day_text(quarter.ends_on)}"
    headings = {
        "received": TableColumn(f"Received in {_name(quarter.months)}", "number"),
        "share": TableColumn("Share of all", "share"),
        "usual": TableColumn("Four quarters before, on average", "number"),
        "acted": TableColumn(f"Acted on {by}", "number"),
        "in_time": TableColumn("In time", "number"),
        "waiting": TableColumn(f"Waiting {by.replace('by', 'on')}", "number"),
    }
    is_any = any(_is_whole(row, kept) for row in rows if row != _ALL)
    names = [name for name in headings if is_any or name not in _BECAME_OF]
    return (TableColumn("Source"), *(headings[name] for name in names)), names


def _row(
    row: str, names: Sequence[str], counts: Mapping[Place, int], kept: Collection[Place], before: Sequence[Quarter]
) -> tuple[Cell, ...]:
    def told(name: str) -> Cell:
        if name == "share":
            return share_cell(counts, kept, (row, "received"), (_ALL, "received"))
        if name in _BECAME_OF and row != _ALL and not _is_whole(row, kept):
            return NOT_SHOWN
        return _usual(row, before) if name == "usual" else cell(counts, kept, (row, name))

    return row, *(told(name) for name in names)


def _is_whole(row: str, kept: Collection[Place]) -> bool:
    """Whether all that became of a source's referrals is shown: a part of it would say little."""
    return not any((row, name) in kept for name in _BECAME_OF)


def _usual(row: str, before: Sequence[Quarter]) -> Cell:
    """A source's referrals in a quarter on average, of quarters in which each paper has shown them."""
    if row == _OTHERS:
        return None
    numbers = [each.received if row == _ALL else each.shown.get(row) for each in before]
    told = [number for number in numbers if number is not None]
    return NOT_SHOWN if len(told) < len(numbers) else round(sum(told) / len(told))


def _finding(quarter: Quarter, counts: Mapping[Place, int], kept: Collection[Place]) -> str:
    received = counts[_ALL, "received"]
    told = [f"{received:,} referrals were received in {_name(quarter.months)}."]
    if quarter.shown:
        first, number = next(iter(quarter.shown.items()))
        told.append(f"{first} sent the most, {number:,} ({number / received:.1%}).")
    by = day_text(quarter.ends_on)
    if not {(_ALL, "acted"), (_ALL, "in_time")} & set(kept) and counts[_ALL, "acted"]:
        acted, in_time = counts[_ALL, "acted"], counts[_ALL, "in_time"]
        told.append(f"By {by} {acted:,} of them were acted on, {in_time:,} ({in_time / acted:.1%}) in time.")
    if (_ALL, "waiting") not in kept:
        told.append(f"{counts[_ALL, 'waiting']:,} waited then.")
    if kept:
        told.append(KEPT_WORDS)
    return " ".join(told)


def _name(months: Periods) -> str:
    """A quarter as `July to September 2026`."""
    first, last = (to_date(int(months.first[at])) for at in (0, -1))
    return f"{first:%B} to {month_text(last)}"


def _without_rows(why: str) -> BoardTable:
    return BoardTable(CODE, _TITLE, why, (TableColumn("Source"),), (), (definitions.PARTNERS,))
