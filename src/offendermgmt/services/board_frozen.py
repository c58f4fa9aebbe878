"""What of a board's month is not a measure: its tables, and what came of interventions; kept when a month is closed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from offendermgmt.domain.days import to_date
from offendermgmt.domain.vocabulary import Board
from offendermgmt.services.board_capacity import capacity_table
from offendermgmt.services.board_children import children_tables
from offendermgmt.services.board_effects import InterventionView, intervention_views
from offendermgmt.services.board_partners import partners_table
from offendermgmt.services.board_prevention import prevention_table
from offendermgmt.services.board_readers import read_as
from offendermgmt.services.board_story import flow_table, risk_table
from offendermgmt.services.board_tables import BoardTable
from offendermgmt.services.board_teams import teams_table
from offendermgmt.services.desk import Desk
from offendermgmt.services.figures import Definition
from offendermgmt.services.framework import Measure, histories
from offendermgmt.services.interventions import interventions
from offendermgmt.services.measure_figures import FIGURES
from offendermgmt.services.measure_series import MONTHS_READ, months_up_to
from offendermgmt.services.question import Question
from offendermgmt.store.freshness import Freshness, LastLoad

_KEY: Final = "boards"


@dataclass(frozen=True)
class Beside:
    """What stands beside a board's measures, with the definitions of these and what everything was made from."""

    tables: tuple[BoardTable, ...]
    interventions: tuple[InterventionView, ...]
    definitions: Mapping[str, Definition]
    freshness: Freshness
    smallest_count: int


def of_months(question: Question) -> Question:
    """The question over its month and those before it, whatever range is shown."""
    return Question(
        question.snapshot, question.viewer, question.as_of, question.today, months_up_to(question, MONTHS_READ)
    )


def beside(desk: Desk, question: Question, board: Board) -> Beside:
    """What stands beside the measures, of a question asked as the board reads (`read_as`, `of_months`)."""
    known_at = question.snapshot.known_at
    measures = board_measures(desk, question, board)
    return Beside(
        _tables(desk, question, board),
        intervention_views(desk, question, interventions(desk, known_at), {each.ref: each for each in measures}),
        {each.ref: FIGURES[each.figure].definition(question.policy) for each in measures},
        known_by(desk.freshness(), known_at),
        question.smallest_count,
    )


def board_measures(desk: Desk, question: Question, board: Board) -> tuple[Measure, ...]:
    """The measures that the board reads on the question's day, and after them those retired in the months before."""
    every, first = histories(desk, question.snapshot.known_at), to_date(int(question.range.first[0]))
    in_force = every.on(question.as_of).of_board(board).measures
    retired = [
        each
        for each in every.retired(question.as_of)
        if board in each.boards and each.to_on is not None and each.to_on >= first
    ]
    return (*in_force, *retired)


def _tables(desk: Desk, question: Question, board: Board) -> tuple[BoardTable, ...]:
    match board:
        case Board.SLT:
            return (
                flow_table(question, desk),
                risk_table(question),
                teams_table(question, desk),
                capacity_table(question),
            )
        case Board.FPB:
            return flow_table(question, desk), teams_table(question, desk), capacity_table(question)
    return (
        prevention_table(question, desk),
        *children_tables(question, desk),
        partners_table(question),
        capacity_table(question),
    )


def known_by(now: Freshness, known_at: datetime | None) -> Freshness:
    """The freshness, its loads those that had finished by the moment asked for."""
    if known_at is None:
        return now
    return Freshness(now.revision, tuple(load for load in now.loads if load.finished_at <= known_at), now.open_refused)


def frozen(desk: Desk, question: Question) -> dict[str, Any]:
    """What closing a month writes down of every board besides its figures, as plain values; `thawed` gives it back."""
    return {_KEY: {str(board): _document(beside(desk, of_months(read_as(question, board)), board)) for board in Board}}


def thawed(more: Mapping[str, Any], board: Board) -> Beside | None:
    """What was written down of a board; None where nothing was."""
    kept = more.get(_KEY, {}).get(str(board))
    if kept is None:
        return None
    loads = tuple(
        LastLoad(**{**load, "finished_at": datetime.fromisoformat(load["finished_at"])})
        for load in kept["freshness"]["loads"]
    )
    return Beside(
        tuple(BoardTable.read(table) for table in kept["tables"]),
        tuple(InterventionView.read(each) for each in kept["interventions"]),
        {ref: Definition(title, meaning, tuple(rules)) for ref, (title, meaning, rules) in kept["definitions"].items()},
        Freshness(kept["freshness"]["revision"], loads, kept["freshness"]["open_refused"]),
        kept["smallest_count"],
    )


def _document(told: Beside) -> dict[str, Any]:
    loads = [{**vars(load), "finished_at": load.finished_at.isoformat()} for load in told.freshness.loads]
    return {
        "tables": [table.document() for table in told.tables],
        "interventions": [each.document() for each in told.interventions],
        "definitions": {ref: [one.title, one.meaning, list(one.rules)] for ref, one in told.definitions.items()},
        "freshness": {
            "revision": told.freshness.revision,
            "loads": loads,
            "open_refused": told.freshness.open_refused,
        },
        "smallest_count": told.smallest_count,
    }
