"""Closed months: figures as they were reported, as known now, and why they differ (M14 to M19).

Read here; closed and reopened by `closing`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import pandas as pd

from offendermgmt.domain.vocabulary import ClosingState
from offendermgmt.services.commentary import Commentary
from offendermgmt.services.desk import Desk
from offendermgmt.services.framework import KeyQuestion, Measure
from offendermgmt.services.question import Question


@dataclass(frozen=True)
class ClosedMonth:
    """One closing of a month, without its figures: the one that stands, or stood.

    `version` counts every closing and reopening of the month. `closed_by` closed it at `closed_at`, when all that had
    been recorded by `known_at` was known, under `policy_version`. A closing that was reopened says by whom, when, why.
    `history` has the earlier closings, oldest first, each without a history of its own.
    """

    month_on: date
    state: ClosingState
    version: int
    known_at: datetime
    closed_by: str
    closed_at: datetime
    policy_version: str
    reopened_by: str | None = None
    reopened_at: datetime | None = None
    reason: str = ""
    history: tuple["ClosedMonth", ...] = ()

    @property
    def is_closed(self) -> bool:
        """Whether the month's figures are frozen as this closing has them."""
        return self.state is ClosingState.CLOSED


@dataclass(frozen=True)
class ReportedMonth:
    """What a closing froze: figures, commentary and the framework as they were, whatever has been recorded since.

    `rows` are those of `measure_series.measure_rows` for the month and the 36 before it as a reader inside the units
    had them: measure_ref, month_on, numerator, denominator, value. Ask `rows_for` for what a viewer may have of them.
    """

    closing: ClosedMonth
    questions: tuple[KeyQuestion, ...]
    measures: tuple[Measure, ...]
    commentary: tuple[Commentary, ...]
    open_actions: tuple[Mapping[str, Any], ...]
    rows: pd.DataFrame = field(compare=False)

    def rows_for(self, question: Question) -> pd.DataFrame:
        """The rows as the question's viewer may have them, with `is_kept` and `is_so_far`, as `measure_rows` gives them."""
        raise NotImplementedError


@dataclass(frozen=True)
class Restatement:
    """A closed month's figures as reported and as known now, and what came between.

    `rows`: measure_ref, title, then numerator, denominator, value, each `_reported` and `_now` (NaN where there is
    none), `is_restated`, `is_kept` (kept from this viewer: all six are NaN), why (in words, "" where nothing changed).
    `records`: table, late, corrected, withdrawn: how many facts dated by the month's end were recorded, corrected or
    withdrawn since, only tables with some. `other_causes` are sentences: policy, framework, program.
    """

    closing: ClosedMonth
    rows: pd.DataFrame = field(compare=False)
    records: pd.DataFrame = field(compare=False)
    other_causes: tuple[str, ...] = ()


def closed_months(desk: Desk, known_at: datetime | None = None) -> tuple[ClosedMonth, ...]:
    """Every month that was ever closed, newest first, as its newest closing stands, or stood at `known_at` (D3)."""
    raise NotImplementedError


def closed_month(desk: Desk, month_on: date, known_at: datetime | None = None) -> ReportedMonth | None:
    """What is frozen of the month that begins on `month_on`; None where it is not closed, or reopened."""
    raise NotImplementedError


def earlier_closing(desk: Desk, closing: ClosedMonth) -> ReportedMonth:
    """What one closing froze, though it stands no more."""
    raise NotImplementedError


def restated(desk: Desk, question: Question, month: ReportedMonth) -> Restatement:
    """The month's figures as reported beside those known now, as the question's viewer may have them."""
    raise NotImplementedError


def months_closed(recorded: Sequence[ClosedMonth]) -> frozenset[date]:
    """The months whose figures are frozen."""
    return frozenset(each.month_on for each in recorded if each.is_closed)
