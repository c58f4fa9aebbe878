"""What a board reads of a month: the one object that its page and its pack draw, so that they cannot disagree."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from offendermgmt.domain.vocabulary import Board
from offendermgmt.services.board_effects import InterventionView
from offendermgmt.services.board_tables import BoardTable
from offendermgmt.services.commentary import Commentary
from offendermgmt.services.figures import Definition, Figure, Setting
from offendermgmt.services.framework import KeyQuestion, Measure
from offendermgmt.services.signal_series import SignalSeries
from offendermgmt.services.wording import BOARD, month_text
from offendermgmt.store.freshness import Freshness


class Part(StrEnum):
    """The parts of a board's paper beside its measures and tables, in the order in which they are read."""

    UNCOMMENTED = "uncommented"
    DECIDED = "decided"
    ACTIONS = "actions"
    INTERVENTIONS = "interventions"


PARTS: Final[Mapping[Board, tuple[Part, ...]]] = {
    Board.SLT: tuple(Part),
    Board.FPB: (Part.ACTIONS, Part.INTERVENTIONS),
    Board.PVM: (Part.ACTIONS, Part.INTERVENTIONS),
}
MONTHS: Final = (13, 36)


@dataclass(frozen=True)
class Closed:
    """That the month's figures are frozen: when, by whom, with what was known when; `number` 1 is the first closing."""

    closed_at: datetime
    closed_by: str
    known_at: datetime
    number: int


@dataclass(frozen=True)
class Restated:
    """A closed month's figure as it is known now, and in a sentence why it differs; "" where it does not."""

    as_known_now: Figure
    counted: str
    why_different: str


@dataclass(frozen=True)
class MeasureView:
    """One measure of the month: its months with their signals, what they say, and what its owner says of them.

    `newest` is the month's own figure, `counted` what it is counted from (`115 of 171`; empty for a count). The series
    ends with the newest whole month. `note` says in words what it cannot: that the measure is new or was retired.
    `restated` is None while the month is open, and where it was not asked for.
    """

    measure: Measure
    definition: Definition
    series: SignalSeries
    finding: str
    newest: Figure
    counted: str
    commentary: Commentary | None
    last_commentary: Commentary | None
    restated: Restated | None
    note: str = ""


@dataclass(frozen=True)
class QuestionView:
    """A key performance question and the board's measures that answer it, in the framework's order."""

    question: KeyQuestion
    measures: tuple[MeasureView, ...]


@dataclass(frozen=True)
class ActionView:
    """What a board decided: what is to be done, by which post, by when; for which measure; what became of it.

    `effect` is the measure's finding of the month; empty where the action is to move none.
    """

    decision_ref: str
    decided_on: date
    text: str
    owner: str
    due_on: date
    is_open: bool
    outcome: str
    measure_ref: str | None
    measure_title: str
    days_late: int
    effect: str = ""


@dataclass(frozen=True)
class BoardView:
    """What a board reads of a calendar month, as one viewer may have it.

    `month_on` is the first of the month; `is_over` says whether it is whole or "so far". `closed` is None while the
    month is open. `months` is how many months the trends go back, this one included. `uncommented` are the titles of
    measures with a concern signal and no commentary, `decided` what the board decided last month, `actions` what is
    open.
    """

    board: Board
    month_on: date
    months: int
    is_over: bool
    is_suppressed: bool
    closed: Closed | None
    setting: Setting
    freshness: Freshness
    questions: tuple[QuestionView, ...]
    tables: tuple[BoardTable, ...]
    uncommented: tuple[str, ...]
    decided: tuple[ActionView, ...]
    actions: tuple[ActionView, ...]
    interventions: tuple[InterventionView, ...]

    @property
    def title(self) -> str:
        """The board's name and the month, as `Force Performance Board, March 2026`."""
        return f"{BOARD[self.board]}, {month_text(self.month_on)}"

    @property
    def measures(self) -> tuple[MeasureView, ...]:
        """Every measure, in the order of the questions."""
        return tuple(measure for question in self.questions for measure in question.measures)

    def table(self, code: str) -> BoardTable:
        """The table of that code; KeyError where the board has none."""
        return {table.code: table for table in self.tables}[code]
