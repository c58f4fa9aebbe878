"""What a board that reckons can take from POLIT's measures and from the pages of POLIT that it opens.

A number has one name in whichever of them it stands: what it counts, and the month, or the first and the last.
"""

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any, cast

import pandas as pd

from offendermgmt.domain.periods import Every, Periods
from offendermgmt.domain.vocabulary import BACKLOG_STAGES, CaseClock, Improvement, RiskLevel, Stage, Unit
from offendermgmt.services.access import Role, Viewer
from offendermgmt.services.demand import demand
from offendermgmt.services.desk import Desk
from offendermgmt.services.figures import Figure
from offendermgmt.services.framework import Measure
from offendermgmt.services.investigators_board import investigators_board
from offendermgmt.services.measure_figures import FIGURES, MeasureFigure
from offendermgmt.services.measure_series import measure_rows
from offendermgmt.services.measured import Asked
from offendermgmt.services.measured_polit import CASES, CHILDREN, FLOW
from offendermgmt.services.polit_board import polit_board
from offendermgmt.services.polit_definitions import CaseList, ChildList
from offendermgmt.services.polit_flow import ALL_LEVELS, FlowBoard
from offendermgmt.services.polit_flow_events import CLOCK_STATES, IN, OUT
from offendermgmt.services.polit_flow_small import flow_as_shown
from offendermgmt.services.question import Question
from tests.unit.services.busy_polit import FIRST, LAST, busy_polit
from tests.unit.services.reckoning import Reader

BOARD = Viewer("board", Role.BOARD)
# What boards read of POLIT's flow, and the months of the year at its end.
SPAN = Periods.between(date(2023, 1, 1), LAST, Every.MONTH)
MONTHS = Periods.between(FIRST, LAST, Every.MONTH)
# What needs no ledger: a desk is asked for nothing else.
NO_DESK = cast("Desk", None)
READ = {code: figure for code, figure in FIGURES.items() if figure.source.unit is Unit.POLIT}
CLOCKS = tuple(map(str, CLOCK_STATES))
OF_EVERY_CASE = (CaseClock.ASSESSED, CaseClock.ALLOCATED, CaseClock.LIVE_STAGE, CaseClock.ENFORCED)
OPEN_STAGES = [stage for stage in Stage if stage is not Stage.CLOSED]
CASE_LISTS = {
    CaseList.OPEN: "open",
    CaseList.BACKLOG: "backlog",
    CaseList.LIVE: "live",
    CaseList.PAST: "past_limit",
    CaseList.STALLED: "stalled",
    CaseList.UNALLOCATED: "nobody",
    CaseList.AWAY: "away",
}
CHILD_LISTS = {
    ChildList.AWAITING: "awaiting",
    ChildList.UNREFERRED: "unreferred",
    ChildList.REFERRED: "referred_by",
    ChildList.IDENTIFIED: "known",
}
Month = tuple[date, date]


def months_of(first: int = 0, last: int = len(MONTHS)) -> Periods:
    """Consecutive months of the year by position."""
    return Periods(MONTHS.first[first:last], MONTHS.last[first:last])


def asked(seed: int, viewer: Viewer, months: Periods = MONTHS) -> Question:
    """The question over months, as of the last of them."""
    as_of = pd.Timestamp(int(months.last[-1]), unit="D").date()
    return replace(busy_polit(seed), viewer=viewer, as_of=as_of, periods=months)


@cache
def measures(seed: int, viewer: Viewer, last: int = len(MONTHS)) -> pd.DataFrame:
    """Every measure of POLIT's over the months up to a position."""
    since = date(2000, 1, 1)
    every = [Measure(code, "", code, code, Improvement.NEUTRAL, None, None, "", (), 1, since) for code in READ]
    return measure_rows(asked(seed, viewer), every, months_of(0, last), NO_DESK)


@cache
def flow(seed: int, viewer: Viewer, first: int | None = None, last: int = len(MONTHS)) -> FlowBoard:
    """POLIT's flow over months of the year by position; as boards read it where no first is named."""
    return flow_as_shown(asked(seed, viewer, SPAN if first is None else months_of(first, last)))


def columns(figure: MeasureFigure) -> dict[str, str]:
    """The columns of the source in which the figure's counts stand, by the rows' own."""
    named = {"numerator": figure.numerator, "denominator": figure.denominator}
    return {ours: column for ours, column in named.items() if column in figure.source.counts}


def read_measures(reader: Reader, rows: pd.DataFrame) -> None:
    """Read every measure in every month of the rows."""
    for row in rows.to_dict("records"):
        figure = READ[str(row["measure_ref"])]
        for ours, column in columns(figure).items():
            reader.see(name(column, row["month_on"].date()), row[ours])


def name(column: str, month_on: date) -> Hashable:
    """The name of a number of a month, or of its end."""
    return {"referrals": "received"}.get(column, column), month_on


def read_days(reader: Reader, seed: int, viewer: Viewer) -> None:
    """Read POLIT's page of the day and that of investigators at every month's end, and the one of demand."""
    for at in range(len(MONTHS)):
        question = replace(asked(seed, viewer, months_of(at, at + 1)), periods=None)
        month_on = question.as_of.replace(day=1)
        day, staff = polit_board(question, with_matrices=False), investigators_board(question)
        for case_list, column in CASE_LISTS.items():
            of = "backlog" if case_list is CaseList.PAST else "open"
            _share(reader, day.cases[case_list], name(column, month_on), name(of, month_on))
        for child_list, column in CHILD_LISTS.items():
            _share(reader, day.children[child_list], name(column, month_on), name("known", month_on))
        reader.see(name("there", month_on), staff.cases_there)
        for figure, column in ((staff.held, "held"), (staff.away, "away"), (staff.nobody, "nobody")):
            _share(reader, figure, name(column, month_on), name("open", month_on))
    for row in demand(asked(seed, viewer)).months.to_dict("records"):
        reader.see(name("referrals", row["period_start"].date()), row["received"])


def _share(reader: Reader, figure: Figure, numerator: Hashable, denominator: Hashable) -> None:
    reader.see(numerator, figure.numerator)
    reader.see(denominator, figure.denominator)


def read_flow(reader: Reader, board: FlowBoard) -> None:
    """Read the tables of POLIT's flow, of its months and of the range."""
    for _, month_on, row in _rows(board.flow.periods):
        reader.see(name("backlog", _before(month_on)), row["opening"])
        reader.see(name("backlog", month_on), row["closing"])
    for table in ("flow", "referrals", "outcomes", "work", "children", "acted"):
        for group, month_on, row in _rows(getattr(board, table).periods):
            for column in _counts(table, row) if group in {"", ALL_LEVELS} else ():
                reader.see(_own(table, column, month_on), row[column])
    for table in ("stays", "clocks"):
        for group, month_on, row in _rows(getattr(board, table).periods):
            for column in _counts(table, row):
                reader.see((group, column, month_on), row[column])
    _read_range(reader, board)


def _own(table: str, column: str, month_on: date) -> Hashable:
    # Received into the backlog is not received: the measures' `received` is the page's `referrals`.
    return ("into backlog", month_on) if column == "received" else name(column, month_on)


def _rows(frame: pd.DataFrame) -> Iterator[tuple[str, date, Mapping[Hashable, Any]]]:
    for row in frame.to_dict("records"):
        yield str(row.get("group", "")), row["period_start"].date(), row


def _counts(table: str, row: Mapping[Hashable, Any]) -> Iterator[str]:
    known = {
        "flow": (*map(str, IN), *map(str, OUT)),
        "referrals": ("referrals", "received", "same_day"),
        "outcomes": ("closed",),
        "work": ("referrals", "arrest", "voluntary_interview", "warrant"),
        "children": ("identified", "safeguarded"),
        "acted": ("acted", "in_time", "late"),
        "stays": ("left",),
        "clocks": CLOCKS,
    }
    return (column for column in known[table] if column in row)


def _read_range(reader: Reader, board: FlowBoard) -> None:
    """Read the figures of the whole range, and note how they are made of the months' and of their groups."""
    months = [month_on for _, month_on, _ in _rows(board.flow.periods)]
    span = (months[0], months[-1])
    for table in ("flow", "referrals", "outcomes", "work", "children", "stays", "clocks", "acted"):
        for group, _, row in _rows(getattr(board, table).whole):
            grouped = () if group in {"", ALL_LEVELS} else (group,)
            for column in _counts(table, row):
                whole = (*grouped, *([*_own(table, column, span[0])][:1]), span)
                reader.see(whole, row[column])
                parts = [(*grouped, *_own(table, column, month_on)) for month_on in months]
                if table != "acted" or not grouped:
                    reader.adds_up({whole: 1, **dict.fromkeys(parts, -1)})
    for row in board.stays.whole.to_dict("records"):
        reader.see((row["group"], "running", span[1]), row["running"])
    for of, stages in (
        ("backlog", BACKLOG_STAGES),
        ("live", [one for one in OPEN_STAGES if one not in BACKLOG_STAGES]),
    ):
        running = {(str(stage), "running", span[1]): -1 for stage in stages}
        reader.adds_up({name(of, span[1]): 1, **running})
    for table, column in (("sources", "referrals"), ("results", "closed")):
        of = (*name(column, span[0])[:1], span)
        groups = getattr(board, table).to_dict("records")
        for row in groups:
            reader.see((row["group"], column, span), row[column])
            reader.see(of, row["of"])
        if groups:
            reader.adds_up({of: 1, **{(row["group"], column, span): -1 for row in groups}})
    for column in ("acted", "in_time", "late"):
        reader.adds_up({(column, span): 1, **{(str(level), column, span): -1 for level in RiskLevel}})
    for level in RiskLevel:
        of_level = [(str(level), column, span) for column in ("acted", "in_time", "late")]
        reader.adds_up(dict(zip(of_level, (1, -1, -1), strict=True)))


def _before(month_on: date) -> date:
    return (pd.Timestamp(month_on) - pd.DateOffset(months=1)).date()


def note_sums(reader: Reader, seed: int, months: Sequence[date]) -> None:
    """Note how the numbers of each month add up, and what a reader would try."""
    for source in (CASES, CHILDREN, FLOW):
        for total, *parts in source.sums:
            for month_on in months:
                reader.adds_up({name(total, month_on): 1, **{name(part, month_on): -1 for part in parts}})
    for month_on in months:
        for signs in _of_flow(month_on):
            reader.adds_up(signs)
        for signs in _tried(seed, month_on):
            reader.adds_up(signs)


def _of_flow(month_on: date) -> Iterator[dict[Hashable, int]]:
    before = _before(month_on)
    causes = {_own("flow", str(cause), month_on): 1 for cause in IN[:2]}
    causes |= {_own("flow", str(cause), month_on): -1 for cause in OUT[:2]}
    yield {name("backlog", before): 1, **causes, name("backlog", month_on): -1}
    yield {name("referrals", month_on): 1, ("into backlog", month_on): -1, name("same_day", month_on): -1}
    yield {name("closed", month_on): 1, name("closed_from_backlog", month_on): -1, name("otherwise", month_on): -1}
    yield {name("open", month_on): 1, name("held", month_on): -1, name("nobody", month_on): -1}
    yield {name("held", month_on): 1, name("there", month_on): -1, name("away", month_on): -1}
    for clock in CaseClock:
        states = {(str(clock), state, month_on): -1 for state in CLOCKS[1:]}
        started = (str(clock), CLOCKS[0], month_on)
        yield {started: 1, **states}
        if clock in OF_EVERY_CASE:
            yield {started: 1, name("referrals", month_on): -1}


def _tried(seed: int, month_on: date) -> Iterator[dict[Hashable, int]]:
    """Sums that hold in most months, where they do."""
    truth, before = true_numbers(seed), _before(month_on)
    tried = [{name("progressed", month_on): 1, name("acted", month_on): -1}]
    if not truth[name("closed", month_on)]:
        waiting = {name("awaiting", before): 1, name("identified", month_on): 1}
        tried.append({**waiting, name("safeguarded", month_on): -1, name("awaiting", month_on): -1})
    for signs in tried:
        if all(one in truth for one in signs) and not sum(sign * truth[one] for one, sign in signs.items()):
            yield signs


@cache
def true_numbers(seed: int) -> dict[Hashable, int]:
    """Every number of every month, as counted."""
    reader, system = Reader(), busy_polit(seed).viewer
    counted = asked(seed, system)
    for source in (CASES, CHILDREN, FLOW):
        table = source.counted(Asked(counted, NO_DESK))
        for column in source.counts:
            for month_on, value in zip(month_starts(), table[column], strict=True):
                reader.see(name(column, month_on), value)
    read_flow(reader, flow(seed, system))
    return reader.seen


def month_starts(months: Periods = MONTHS) -> list[date]:
    """The first day of every month."""
    return [pd.Timestamp(int(first), unit="D").date() for first in months.first]
