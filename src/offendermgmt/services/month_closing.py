"""Closed months: figures as they were reported, as known now, and why they differ (M14 to M19).

Read here; closed and reopened by `closing`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import groupby
from operator import attrgetter
from typing import Any

import pandas as pd

from offendermgmt.domain.vocabulary import ClosingState
from offendermgmt.services.board_actions import BoardAction
from offendermgmt.services.closing_document import ClosingDocument, read_document
from offendermgmt.services.commentary import Commentary
from offendermgmt.services.desk import Desk
from offendermgmt.services.framework import KeyQuestion, Measure
from offendermgmt.store.month_closings import closing_document, closing_versions


@dataclass(frozen=True)
class ClosedMonth:
    """One closing of a month, without its figures: the one that stands, or stood.

    `version` counts closings and reopenings of the month, this closing being one; `newest` is the last of them, for
    whoever closes or reopens. `closed_by` closed it at `closed_at`, when all that had been recorded by `known_at` was
    known, under `policy_version`, with a `note`. A closing that was reopened says by whom, when, why. `history` has the
    earlier closings, oldest first, each without a history of its own.
    """

    month_on: date
    state: ClosingState
    version: int
    newest: int
    known_at: datetime
    closed_by: str
    closed_at: datetime
    policy_version: str
    note: str = ""
    reopened_by: str | None = None
    reopened_at: datetime | None = None
    reason: str = ""
    history: tuple["ClosedMonth", ...] = ()

    @property
    def is_closed(self) -> bool:
        """Whether the month's figures are frozen as this closing has them."""
        return self.state is ClosingState.CLOSED

    @property
    def number(self) -> int:
        """Which closing of the month it is: 1 for the first."""
        return len(self.history) + 1


@dataclass(frozen=True)
class ReportedMonth:
    """What a closing froze: figures, commentary and the framework as they were, whatever has been recorded since.

    `rows` are those of `measure_series.measure_rows` for the month and the 36 before it as a reader inside the units
    had them. They leave the units through `restatement.reported_rows` only, which keeps small counts.
    """

    closing: ClosedMonth
    document: ClosingDocument

    @property
    def questions(self) -> tuple[KeyQuestion, ...]:
        """The key performance questions in force in the month."""
        return self.document.questions

    @property
    def measures(self) -> tuple[Measure, ...]:
        """The measures in force in the month, with their targets, in the order of the questions they answer."""
        order = {question.question_ref: at for at, question in enumerate(self.questions)}
        return tuple(sorted(self.document.measures, key=lambda measure: order[measure.question_ref]))

    @property
    def commentary(self) -> tuple[Commentary, ...]:
        """What had been approved, of the month and of the one before it."""
        return self.document.commentary

    @property
    def actions(self) -> tuple[BoardAction, ...]:
        """The boards' actions that were open, or had been decided or closed since the month before began."""
        return self.document.actions

    @property
    def more(self) -> Mapping[str, Any]:
        """What stands beside the measures on the boards' papers (`board_frozen`)."""
        return self.document.more

    @property
    def rows(self) -> pd.DataFrame:
        """The figures, whole: for readers inside the units."""
        return self.document.figures.frame()


def closed_months(desk: Desk, known_at: datetime | None = None) -> tuple[ClosedMonth, ...]:
    """Every month that was ever closed, newest first, as its newest closing stands, or stood at `known_at` (D3)."""
    rows = [
        row for row in closing_versions(desk.store, desk.force_ref) if known_at is None or row.recorded_at <= known_at
    ]
    read = [_closing(versions) for _, versions in groupby(rows, key=attrgetter("month_on"))]
    return tuple(sorted(read, key=attrgetter("month_on"), reverse=True))


def closing_of(recorded: Iterable[ClosedMonth], month_on: date) -> ClosedMonth | None:
    """The newest closing of a month, though it was reopened since; None for a month never closed."""
    return next((each for each in recorded if each.month_on == month_on), None)


def closed_month(desk: Desk, month_on: date, known_at: datetime | None = None) -> ReportedMonth | None:
    """What is frozen of the month that begins on `month_on`; None where it is not closed, or reopened."""
    closing = closing_of(closed_months(desk, known_at), month_on)
    return None if closing is None or not closing.is_closed else reported(desk, closing)


def reported(desk: Desk, closing: ClosedMonth) -> ReportedMonth:
    """What one closing froze, whether it still stands or not; DocumentUnreadable for another program's."""
    text = closing_document(desk.store, desk.force_ref, closing.month_on, closing.version)
    return ReportedMonth(closing, read_document(text))


def _closing(versions: Iterable[Any]) -> ClosedMonth:
    """The newest closing of one month, with those before it."""
    closings: list[ClosedMonth] = []
    for row in versions:
        if ClosingState(row.state) is ClosingState.CLOSED:
            closings.append(_closed(row))
        else:
            closings[-1] = replace(
                closings[-1],
                state=ClosingState.REOPENED,
                newest=row.version,
                reopened_by=row.author,
                reopened_at=row.recorded_at,
                reason=row.reason,
            )
    return replace(closings[-1], history=tuple(closings[:-1]))


def _closed(row: Any) -> ClosedMonth:
    return ClosedMonth(
        month_on=row.month_on,
        state=ClosingState.CLOSED,
        version=row.version,
        newest=row.version,
        known_at=row.known_at,
        closed_by=row.author,
        closed_at=row.recorded_at,
        policy_version=row.policy_version,
        note=row.reason,
    )
