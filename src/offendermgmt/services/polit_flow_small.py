"""POLIT's flow as a viewer may have it: outside the units no small count, nor what would give one back.

Each period is settled alone (`polit_flow_kept`); the range has only what its periods have.
"""

from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any, Final

import numpy as np
import pandas as pd

from offendermgmt.domain.vocabulary import BACKLOG_STAGES
from offendermgmt.services.kept_counts import kept_counts
from offendermgmt.services.polit_flow import ALL_LEVELS, LEVELS, STAGES, FlowBoard, Part, flow_board
from offendermgmt.services.polit_flow_events import CHILDREN, ENFORCED, IN, OUT
from offendermgmt.services.polit_flow_kept import CLOCKS, Counts, Sum, kept_of_period, kept_of_stock, name_of, stocks
from offendermgmt.services.question import Question
from offendermgmt.services.ranges import MONTHS_FOR_BOARDS, newest_month_end

_ACTED: Final = ("acted", "in_time", "late")
# The counts of each table.
_COUNTS: Final = {
    "children": tuple(map(str, CHILDREN)),
    "flow": ("opening", *map(str, IN), *map(str, OUT), "closing"),
    "referrals": ("referrals", "received", "same_day"),
    "stays": ("left", "running"),
    "acted": _ACTED,
    "clocks": CLOCKS,
    "outcomes": ("closed",),
    "work": (*map(str, ENFORCED), "referrals"),
    "sources": ("referrals", "of"),
    "results": ("closed", "of"),
}
_STAYED: Final = dict.fromkeys(("median_days", "nine_in_ten_days"), ("left",))
_RUNNING: Final = dict.fromkeys(("running_median_days", "running_nine_in_ten_days", "longest_days"), ("running",))
# What is made of a count is kept with it.
_DERIVED: Final[Mapping[str, Mapping[str, tuple[str, ...]]]] = {
    "stays": {**_STAYED, **_RUNNING},
    "acted": {"rate": _ACTED},
    "clocks": dict.fromkeys(("median_days", "nine_in_ten_days"), CLOCKS),
    "work": {"arrests_per_100": ("arrest", "referrals")},
    "sources": {"share": ("referrals", "of")},
    "results": {"share": ("closed", "of")},
}
# What the groups of the range are groups of.
_GROUPED: Final = {"sources": "referrals", "results": "closed"}
_PARTS: Final = tuple(name for name in _COUNTS if name not in _GROUPED)


def flow_as_shown(question: Question) -> FlowBoard:
    """The figures of `flow_board` as the question's viewer may have them.

    Who opens no lists has no sources (which their papers have by quarter), no periods by outcome or risk, and no count
    from 1 to under `Question.smallest_count` nor one that would give it back: they are missing, and so is what is
    derived from them.
    A count of the range is missing where that of one of its periods is. What would tell another story as of the next
    month, or over another range, they have as of the newest month that is over alone, over MONTHS_FOR_BOARDS: clocks,
    stays that run, and the groups that only the range has.
    """
    board = flow_board(question)
    return board if question.viewer.opens_lists else _without_small(question, _whole_only(board))


def _whole_only(board: FlowBoard) -> FlowBoard:
    acted = board.acted.periods
    return replace(
        board,
        referrals=_without(board.referrals, board.source_columns),
        sources=board.sources.iloc[:0],
        outcomes=_without(board.outcomes, board.outcome_columns),
        acted=replace(board.acted, periods=acted[acted["group"] == ALL_LEVELS].reset_index(drop=True)),
    )


def _without(part: Part, columns: Iterable[str]) -> Part:
    return Part(part.periods.drop(columns=list(columns)), part.whole.drop(columns=list(columns)))


def _without_small(question: Question, board: FlowBoard) -> FlowBoard:
    ends, counts = stocks(question), _of_periods(board, len(question.range))
    smallest, is_whole, is_fixed = question.smallest_count, question.case_scope.everything, _is_fixed(question)
    kept = [
        kept_of_period(numbers, *stock, smallest, is_whole=is_whole, with_clocks=is_fixed)
        for numbers, stock in zip(counts, pairwise(ends), strict=True)
    ]
    of_range = [_kept_of_range(board, ends[-1], counts[0].keys(), kept, smallest, with_groups=is_fixed)]
    shown: dict[str, Any] = {name: _masked(name, getattr(board, name), of_range) for name in _GROUPED}
    for name in _PARTS:
        part: Part = getattr(board, name)
        shown[name] = Part(_masked(name, part.periods, kept), _masked(name, part.whole, of_range))
    return replace(board, **shown)


def _of_periods(board: FlowBoard, number: int) -> list[Counts]:
    """The counts of each period by name."""
    counts: list[Counts] = [{} for _ in range(number)]
    for name in _PARTS:
        frame = getattr(board, name).periods
        for column in _columns(name, frame):
            for row, (cell, count) in enumerate(zip(_names(name, frame, column), frame[column], strict=True)):
                counts[row * number // len(frame)][cell] = int(count)
    return counts


def _columns(name: str, frame: pd.DataFrame) -> list[str]:
    return [column for column in _COUNTS[name] if column in frame]


def _names(name: str, frame: pd.DataFrame, column: str) -> list[Hashable]:
    """The name of the count in each row of a column, whatever period the row is of."""
    if column == "of" or "group" not in frame:
        return [_GROUPED.get(name, column)] * len(frame)
    groups = map(str, frame["group"])
    return [column if group == ALL_LEVELS and name == "acted" else name_of(name, group, column) for group in groups]


def _is_fixed(question: Question) -> bool:
    """Whether the range is the one that boards read today."""
    return question.as_of == newest_month_end(question.today) and len(question.range) == MONTHS_FOR_BOARDS


def _kept_of_range(
    board: FlowBoard,
    last: Counts,
    of_periods: Iterable[Hashable],
    kept: Sequence[Collection[Hashable]],
    smallest: int,
    *,
    with_groups: bool,
) -> set[Hashable]:
    """The names of the counts kept of the whole range: where a period's is, and of its groups by how they add up."""
    frames = {name: getattr(board, name) for name in _GROUPED} | {name: getattr(board, name).whole for name in _PARTS}
    counts: Counts = {"live": last["live"]}
    for name, frame in frames.items():
        for column in _columns(name, frame):
            counts |= zip(_names(name, frame, column), map(int, frame[column]), strict=True)
    decided = {} if with_groups else dict.fromkeys(counts, True)
    decided |= {cell: any(cell in one for one in kept) for cell in of_periods}
    decided["live"] = kept_of_stock(last, smallest)["live"]
    # What stands has no sum over periods.
    decided["opening"], decided["closing"] = "opening" in kept[0], "closing" in kept[-1]
    return kept_counts(counts, list(_sums_of_groups(frames)), smallest, decided=decided)


def _sums_of_groups(frames: Mapping[str, pd.DataFrame]) -> Iterator[Sum]:
    """How the groups add up that only the range has."""
    for name, column in _GROUPED.items():
        if groups := _names(name, frames[name], column):
            yield {column: 1, **dict.fromkeys(groups, -1)}
    for column in _ACTED:
        yield {column: 1, **{("acted", level, column): -1 for level in LEVELS}}
    for level in LEVELS:
        yield {("acted", level, column): 1 if column == "acted" else -1 for column in _ACTED}
    in_backlog = [str(stage) for stage in BACKLOG_STAGES]
    live = [stage for stage in STAGES if stage not in in_backlog]
    for total, stages in (("closing", in_backlog), ("live", live)):
        yield {total: 1, **{("stays", stage, "running"): -1 for stage in stages}}


def _masked(name: str, frame: pd.DataFrame, kept: Sequence[Collection[Hashable]]) -> pd.DataFrame:
    """The rows without what is kept, of each period in turn."""
    of_row = [kept[row * len(kept) // len(frame)] for row in range(len(frame))]
    hidden = {}
    for column in _columns(name, frame):
        cells = zip(_names(name, frame, column), of_row, strict=True)
        hidden[column] = np.array([cell in lost for cell, lost in cells], dtype=bool)
    shown: dict[str, Any] = {column: frame[column].astype("Int64").mask(lost) for column, lost in hidden.items()}
    for column, sources in _DERIVED.get(name, {}).items():
        if column in frame:
            shown[column] = frame[column].mask(np.logical_or.reduce([hidden[source] for source in sources]))
    return frame.assign(**shown)
