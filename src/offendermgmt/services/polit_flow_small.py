"""POLIT's flow as a viewer may have it: outside the units no small count, nor what would give one back."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import pandas as pd

from offendermgmt.domain.vocabulary import BACKLOG_STAGES, CaseClock
from offendermgmt.services.kept_counts import kept_counts
from offendermgmt.services.polit_flow import ALL_LEVELS, FlowBoard, Part, flow_board
from offendermgmt.services.polit_flow_events import CHILDREN, CLOCK_STATES, ENFORCED, IN, OUT, Measure
from offendermgmt.services.question import Question

# A table, the position of one of its rows, and a column.
Cell = tuple[str, int, str]


@dataclass(frozen=True)
class _Table:
    """How the counts of a table add up, in a row and from periods to the whole, and what is derived from them."""

    counts: tuple[str, ...]
    summed: tuple[str, ...]
    families: tuple[tuple[str, ...], ...] = ()
    derived: Mapping[str, tuple[str, ...]] | None = None


_CAUSES: Final = tuple(str(cause) for cause in (*IN, *OUT))
_CLOCKS: Final = tuple(str(measure) for measure in CLOCK_STATES)
_WORK: Final = (*(str(measure) for measure in ENFORCED), "referrals")
_CHILDREN: Final = tuple(str(measure) for measure in CHILDREN)
_STAYED: Final = dict.fromkeys(("median_days", "nine_in_ten_days"), ("left",))
_RUNNING: Final = dict.fromkeys(("running_median_days", "running_nine_in_ten_days", "longest_days"), ("running",))
_TIMED: Final = dict.fromkeys(("median_days", "nine_in_ten_days"), _CLOCKS)
_ACTED: Final = ("acted", "in_time", "late")
_TABLES: Final = {
    "children": _Table(_CHILDREN, _CHILDREN),
    "flow": _Table(("opening", *_CAUSES, "closing"), _CAUSES, (("opening", *_CAUSES, "closing"),)),
    "referrals": _Table(
        ("referrals", "received", "same_day"),
        ("referrals", "received", "same_day"),
        (("referrals", "received", "same_day"),),
    ),
    "stays": _Table(("left", "running"), ("left",), derived={**_STAYED, **_RUNNING}),
    "acted": _Table(_ACTED, _ACTED, (_ACTED,), {"rate": _ACTED}),
    "clocks": _Table(_CLOCKS, _CLOCKS, (_CLOCKS,), _TIMED),
    "outcomes": _Table(("closed", "otherwise"), ("closed", "otherwise"), (("closed", "otherwise"),)),
    "work": _Table(_WORK, _WORK, derived={"arrests_per_100": ("arrest", "referrals")}),
}
_GROUPED: Final = {"sources": ("referrals", "referrals"), "results": ("outcomes", "closed")}
_OF_EVERY_CASE: Final = (CaseClock.ASSESSED, CaseClock.ALLOCATED, CaseClock.LIVE_STAGE, CaseClock.ENFORCED)


def flow_as_shown(question: Question) -> FlowBoard:
    """The figures of `flow_board` as the question's viewer may have them.

    Who opens no lists has no columns by source and outcome, no period by risk, and no count from 1 to under
    `Question.smallest_count` nor one that would give it back: they are missing, and so is what is derived from them.
    """
    board = flow_board(question)
    return board if question.viewer.opens_lists else _without_small(_whole_only(board), question.smallest_count)


def _whole_only(board: FlowBoard) -> FlowBoard:
    acted = board.acted.periods
    return replace(
        board,
        referrals=_without(board.referrals, board.source_columns),
        outcomes=_without(board.outcomes, board.outcome_columns),
        acted=replace(board.acted, periods=acted[acted["group"] == ALL_LEVELS].reset_index(drop=True)),
    )


def _without(part: Part, columns: Sequence[str]) -> Part:
    return Part(part.periods.drop(columns=list(columns)), part.whole.drop(columns=list(columns)))


def _without_small(board: FlowBoard, smallest: int) -> FlowBoard:
    frames = dict(_frames(board))
    counts = {
        (name, at, column): int(count)
        for name, frame in frames.items()
        for column in _columns(name, frame)
        for at, count in enumerate(frame[column])
    }
    kept = kept_counts(counts, _sums(frames), smallest)
    shown = {name: _masked(name, frame, kept) for name, frame in frames.items()}
    parts = {name: Part(shown[f"{name} periods"], shown[f"{name} whole"]) for name in _TABLES}
    return replace(board, **parts, sources=shown["sources"], results=shown["results"])


def _frames(board: FlowBoard) -> Iterator[tuple[str, pd.DataFrame]]:
    """Every table by name; closings also as those not out of the backlog, which the flow beside them would tell."""
    for name in _TABLES:
        part: Part = getattr(board, name)
        for span in ("periods", "whole"):
            frame: pd.DataFrame = getattr(part, span)
            if name == "outcomes":
                from_backlog = getattr(board.flow, span)["closed_from_backlog"]
                frame = frame.assign(otherwise=(frame["closed"] - from_backlog).clip(lower=0))
            yield f"{name} {span}", frame
    yield "sources", board.sources
    yield "results", board.results


def _columns(name: str, frame: pd.DataFrame) -> list[str]:
    if name in _GROUPED:
        return [_GROUPED[name][1], "of"]
    return [column for column in _TABLES[name.split()[0]].counts if column in frame]


def _sums(frames: Mapping[str, pd.DataFrame]) -> Iterator[Sequence[Cell]]:
    for name, table in _TABLES.items():
        for span in ("periods", "whole"):
            yield from _in_rows(f"{name} {span}", frames[f"{name} {span}"], table)
        yield from _over_periods(name, frames[f"{name} periods"], frames[f"{name} whole"], table)
    for name, (of, column) in _GROUPED.items():
        yield [(f"{of} whole", 0, column), *((name, at, column) for at in range(len(frames[name])))]
        yield from ([(f"{of} whole", 0, column), (name, at, "of")] for at in range(len(frames[name])))
    yield from _through_the_flow(frames)
    yield from _across(frames)


def _in_rows(name: str, frame: pd.DataFrame, table: _Table) -> Iterator[Sequence[Cell]]:
    for family in table.families:
        columns = [column for column in family if column in frame]
        # Closings beside the flow's: the third of the sum stands in another table.
        more = ["closed_from_backlog"] if "otherwise" in columns else []
        for at in range(len(frame)):
            yield [
                *((name, at, column) for column in columns),
                *((name.replace("outcomes", "flow"), at, one) for one in more),
            ]


def _over_periods(name: str, periods: pd.DataFrame, whole: pd.DataFrame, table: _Table) -> Iterator[Sequence[Cell]]:
    groups = periods["group"] if "group" in periods else pd.Series("", index=periods.index)
    of_whole = list(whole["group"]) if "group" in whole else [""]
    for at, group in enumerate(of_whole):
        rows = [int(row) for row in (groups == group).to_numpy().nonzero()[0]]
        for column in (column for column in table.summed if rows and column in periods):
            yield [(f"{name} whole", at, column), *((f"{name} periods", row, column) for row in rows)]


def _through_the_flow(frames: Mapping[str, pd.DataFrame]) -> Iterator[Sequence[Cell]]:
    last = len(frames["flow periods"]) - 1
    yield [("flow whole", 0, "opening"), ("flow periods", 0, "opening")]
    yield [("flow whole", 0, "closing"), ("flow periods", last, "closing")]
    for at in range(last):
        yield [("flow periods", at, "closing"), ("flow periods", at + 1, "opening")]
    stages = list(frames["stays whole"]["group"])
    backlog = [("stays whole", stages.index(stage), "running") for stage in BACKLOG_STAGES]
    yield [("flow whole", 0, "closing"), *backlog]


def _across(frames: Mapping[str, pd.DataFrame]) -> Iterator[Sequence[Cell]]:
    """The same number in two tables, and the levels that add up to all of them."""
    levels = list(frames["acted whole"]["group"])
    for column in _ACTED:
        yield [("acted whole", at, column) for at in range(len(levels))]
    for span in ("periods", "whole"):
        referrals, clocks = frames[f"referrals {span}"], frames[f"clocks {span}"]
        for at in range(len(referrals)):
            yield [(f"referrals {span}", at, "received"), (f"flow {span}", at, "received")]
            yield [(f"referrals {span}", at, "referrals"), (f"work {span}", at, "referrals")]
        for clock in _OF_EVERY_CASE:
            for at, row in enumerate((clocks["group"] == clock).to_numpy().nonzero()[0]):
                yield [(f"referrals {span}", at, "referrals"), (f"clocks {span}", int(row), Measure.CLOCK_STARTED)]


def _masked(name: str, frame: pd.DataFrame, kept: "set[Cell]") -> pd.DataFrame:
    columns = _columns(name, frame)
    hidden = {column: [(name, at, column) in kept for at in range(len(frame))] for column in columns}
    shown = frame.drop(columns=[column for column in ("otherwise",) if column in frame])
    for column in (column for column in columns if column in shown):
        shown[column] = shown[column].astype("Int64").mask(pd.Series(hidden[column], index=frame.index))
    for column, sources in _derived(name).items():
        if column in shown:
            lost = pd.DataFrame({source: hidden[source] for source in sources}, index=frame.index).any(axis=1)
            shown[column] = shown[column].mask(lost)
    return shown


def _derived(name: str) -> Mapping[str, Iterable[str]]:
    if name in _GROUPED:
        return {"share": (_GROUPED[name][1], "of")}
    return _TABLES[name.split()[0]].derived or {}
