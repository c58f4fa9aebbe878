"""What a board reads of a month: the one object that its page and its pack draw, so that they cannot disagree.

`board_view` puts it together for one viewer. What leaves the units is made for the board, whoever makes it: then
`BoardView.is_suppressed` holds, and no small count is in it nor what would give one back.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from offendermgmt.domain.vocabulary import Board, DecisionState
from offendermgmt.services.board_tables import BoardTable
from offendermgmt.services.commentary import Commentary
from offendermgmt.services.figures import Definition, Figure, Setting
from offendermgmt.services.framework import KeyQuestion, Measure
from offendermgmt.services.signal_series import SignalSeries
from offendermgmt.store.freshness import Freshness


class Part(StrEnum):
    """The parts of a board's paper, in the order in which they are read."""

    MEASURES = "measures"
    RISK_STORY = "risk_story"
    TEAMS = "teams"
    CAPACITY = "capacity"
    CHILDREN = "children"
    PREVENTION = "prevention"
    UNCOMMENTED = "uncommented"
    DECIDED = "decided"
    ACTIONS = "actions"
    INTERVENTIONS = "interventions"


PARTS: Final[dict[Board, tuple[Part, ...]]] = {
    Board.SLT: tuple(Part),
    Board.FPB: (Part.MEASURES, Part.RISK_STORY, Part.TEAMS, Part.CAPACITY, Part.ACTIONS, Part.INTERVENTIONS),
    Board.PVM: (Part.MEASURES, Part.CHILDREN, Part.PREVENTION, Part.ACTIONS, Part.INTERVENTIONS),
}
BOARD_TITLES: Final = {
    Board.SLT: "PVP senior leadership",
    Board.FPB: "Force Performance Board",
    Board.PVM: "Prevention and Vulnerability Meeting",
}
MONTHS: Final = (13, 36)


@dataclass(frozen=True)
class Closed:
    """That the month's figures are frozen: when, by whom, as known when, by which policy."""

    closed_at: datetime
    closed_by: str
    known_at: datetime
    policy_version: str
    reason: str


@dataclass(frozen=True)
class Restated:
    """A closed month's figure as it was reported and as it is known now, and in a sentence why they differ."""

    as_reported: Figure
    as_known_now: Figure
    why_different: str


@dataclass(frozen=True)
class MeasureView:
    """One measure of the month: its months with their signals, what they say, and what its owner says of them.

    `newest` is the month's own figure. `note` says in words what the series cannot: that the measure is new or was
    retired. `restated` is None while the month is open.
    """

    measure: Measure
    definition: Definition
    series: SignalSeries
    finding: str
    newest: Figure
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

    `effect` says in a sentence what the measure has done since; empty where there is nothing to say.
    """

    decision_ref: str
    decided_on: date
    text: str
    owner: str
    due_on: date
    state: DecisionState
    outcome: str
    measure_ref: str | None
    measure_title: str
    days_late: int
    effect: str = ""


@dataclass(frozen=True)
class InterventionView:
    """Something done to move measures, and in a sentence whether it did."""

    intervention_ref: str
    title: str
    from_on: date
    to_on: date | None
    why: str
    expected: str
    finding: str


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
        return f"{BOARD_TITLES[self.board]}, {self.month_on:%B %Y}"

    @property
    def measures(self) -> tuple[MeasureView, ...]:
        """Every measure, in the order of the questions."""
        return tuple(measure for question in self.questions for measure in question.measures)

    def table(self, code: str) -> BoardTable:
        """The table of that code; KeyError where the board has none."""
        return {table.code: table for table in self.tables}[code]
