"""A board's month put together for one viewer (M20 to M22): read from the store, or from what its closing froze.

What leaves the units is made for a reader outside them, whoever makes it: then `BoardView.is_suppressed` holds, and no
small count is in it nor what would give one back.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import pandas as pd

from offendermgmt.domain.vocabulary import Board, Variation
from offendermgmt.services.board_actions import BoardAction, board_actions
from offendermgmt.services.board_frozen import Beside, beside, board_measures, of_months, thawed
from offendermgmt.services.board_measures import counted, counted_text, figure_of
from offendermgmt.services.board_readers import read_as
from offendermgmt.services.board_tables import BoardTable
from offendermgmt.services.board_types import (
    MONTHS,
    ActionView,
    BoardView,
    Closed,
    MeasureView,
    QuestionView,
    Restated,
)
from offendermgmt.services.closing import month_end
from offendermgmt.services.commentary import Commentary, commentaries, commentary_for, readable, without_commentary
from offendermgmt.services.desk import Desk
from offendermgmt.services.figures import Definition, Setting
from offendermgmt.services.framework import KeyQuestion, Measure, histories
from offendermgmt.services.interventions import Intervention, interventions, rebases_of
from offendermgmt.services.measure_series import measure_rows
from offendermgmt.services.month_closing import ReportedMonth, closed_month
from offendermgmt.services.overdue import setting_of
from offendermgmt.services.question import Question
from offendermgmt.services.restatement import reported_rows, restated
from offendermgmt.services.signal_words import finding
from offendermgmt.services.trend_events import TrendEvent, trend_events
from offendermgmt.services.wording import month_text


class MonthUnknown(ValueError):
    """A month that cannot be shown; the message says why, and what to choose."""


@dataclass(frozen=True)
class _Month:
    """What a month's view is drawn from: read from the store, or from what its closing froze."""

    questions: Sequence[KeyQuestion]
    measures: Sequence[Measure]
    rows: pd.DataFrame
    commentary: Sequence[Commentary]
    actions: Sequence[BoardAction]
    events: Sequence[TrendEvent]
    interventions: Sequence[Intervention]
    beside: Beside
    setting: Setting
    closed: Closed | None = None


def board_view(
    desk: Desk, question: Question, board: Board, month_on: date, months: int = 13, *, with_restated: bool = True
) -> BoardView:
    """The month that begins on `month_on`, as the question's viewer may have it; a closed one as it was reported.

    Figures are the whole force's. A running month is read as far as the question's `today`, and its last figures are no
    signals. `with_restated` reckons a closed month anew, for what its figures are known to be now.
    NotPermitted for who does not read the board's paper, MonthUnknown for a month that has not begun, for what is no
    month and for another number of months than MONTHS has.
    """
    if month_on.day != 1 or months not in MONTHS:
        raise MonthUnknown(f"A month is named by its first day, and shown over {MONTHS[0]} or {MONTHS[1]} months.")
    if month_on > question.today:
        raise MonthUnknown(f"{month_text(month_on)} has not begun: choose an earlier month.")
    as_of = min(month_end(month_on), question.today)
    asked = of_months(replace(read_as(question, board), as_of=as_of, periods=None))
    reported = closed_month(desk, month_on, question.snapshot.known_at)
    month = _live(desk, asked, board) if reported is None else _reported(desk, asked, board, reported)
    known_now = _known_now(desk, asked, reported) if with_restated and reported is not None else None
    said = readable(month.commentary, question.viewer if board is Board.SLT else asked.viewer)
    return _view(asked, board, month_on, months, replace(month, commentary=said), known_now)


def _live(desk: Desk, asked: Question, board: Board) -> _Month:
    known_at = asked.snapshot.known_at
    measures = board_measures(desk, asked, board)
    return _Month(
        questions=histories(desk, known_at).on(asked.as_of).questions,
        measures=measures,
        rows=measure_rows(asked, measures, asked.range, desk),
        commentary=commentaries(desk, known_at),
        actions=[each for each in board_actions(desk, known_at) if each.board is board],
        events=trend_events(desk, known_at),
        interventions=interventions(desk, known_at),
        beside=beside(desk, asked, board),
        setting=setting_of(asked),
    )


def _reported(desk: Desk, asked: Question, board: Board, reported: ReportedMonth) -> _Month:
    """What the closing froze; tables that an earlier program did not write down are counted as known then."""
    closing, document = reported.closing, reported.document
    told = thawed(document.more, board)
    if told is None:
        then = replace(asked, snapshot=desk.snapshot(closing.known_at))
        told = beside(desk, then, board)
    setting = replace(
        setting_of(asked),
        known_at=closing.known_at,
        policy_version=closing.policy_version,
        smallest_count=max(told.smallest_count, asked.smallest_count),
    )
    if board is not Board.SLT and asked.smallest_count > told.smallest_count:
        told = replace(told, tables=tuple(_kept_since(table) for table in told.tables))
    return _Month(
        questions=document.questions,
        measures=[each for each in document.measures if board in each.boards],
        rows=reported_rows(asked, reported),
        commentary=document.commentary,
        actions=[each for each in document.actions if each.board is board],
        events=document.events,
        interventions=document.interventions,
        beside=told,
        setting=setting,
        closed=Closed(closing.closed_at, closing.closed_by, closing.known_at, closing.number),
    )


def _kept_since(table: BoardTable) -> BoardTable:
    """A table of a closed month without its rows, where the policy keeps larger counts today than it did then."""
    why = "Not shown: larger counts are kept from boards today than when the month was closed."
    return replace(table, finding=why, rows=())


def _known_now(desk: Desk, asked: Question, reported: ReportedMonth) -> Mapping[str, Any]:
    """The rows of the month's restatement by measure."""
    rows = restated(desk, asked, reported).rows
    return {str(row["measure_ref"]): row for row in rows.to_dict(orient="records")}


def _view(
    asked: Question, board: Board, month_on: date, months: int, month: _Month, known_now: Mapping[str, Any] | None
) -> BoardView:
    views = [_measure(asked, each, months, month, known_now) for each in month.measures]
    is_over = asked.as_of == month_end(month_on) and not bool(month.rows["is_so_far"].any())
    concerns = {each.measure.ref: each.measure.title for each in views if is_over and _is_concern(each, month_on)}
    effects = {each.measure.ref: (each.measure.title, each.finding) for each in views}
    actions = [action_view(each, asked.as_of, effects) for each in month.actions if each.decided_on <= asked.as_of]
    return BoardView(
        board=board,
        month_on=month_on,
        months=months,
        is_over=is_over,
        is_suppressed=not asked.viewer.opens_lists,
        closed=month.closed,
        setting=month.setting,
        freshness=month.beside.freshness,
        questions=_by_question(month.questions, views),
        tables=month.beside.tables,
        uncommented=tuple(concerns[ref] for ref in without_commentary(concerns, month.commentary, month_on)),
        decided=tuple(each for each in actions if _month_before(month_on) <= each.decided_on < month_on),
        actions=tuple(each for each in actions if each.is_open),
        interventions=month.beside.interventions,
    )


def _measure(
    asked: Question, measure: Measure, months: int, month: _Month, known_now: Mapping[str, Any] | None
) -> MeasureView:
    rows = month.rows[(month.rows["measure_ref"] == measure.ref).to_numpy()]
    definition, month_on = month.beside.definitions[measure.ref], rows["month_on"].iloc[-1].date()
    told = counted(
        measure,
        rows,
        definition=definition,
        setting=month.setting,
        trial_points=asked.policy.signals.trial_points,
        events=month.events,
        rebases=rebases_of(month.interventions, measure.ref),
        shown=months,
    )
    return MeasureView(
        measure=measure,
        definition=definition,
        series=told.series,
        finding=finding(told.series),
        newest=told.newest,
        counted=told.counted,
        commentary=commentary_for(month.commentary, measure.ref, month_on),
        last_commentary=commentary_for(month.commentary, measure.ref, _month_before(month_on)),
        restated=_restated(measure, known_now, definition, setting_of(asked)),
        note=told.note,
    )


def _restated(
    measure: Measure, known_now: Mapping[str, Any] | None, definition: Definition, setting: Setting
) -> Restated | None:
    row = None if known_now is None else known_now.get(measure.ref)
    if row is None:
        return None
    now = {
        "is_kept": row["is_kept_now"],
        **{name: row[f"{name}_now"] for name in ("numerator", "denominator", "value")},
    }
    return Restated(figure_of(measure, now, definition, setting), counted_text(measure, now), row["why"])


def action_view(action: BoardAction, on: date, effects: Mapping[str, tuple[str, str]]) -> ActionView:
    """An action as it stands at the end of a day, without a name; `effects` has the title and finding of measures."""
    title, effect = effects.get(action.measure_ref or "", ("", ""))
    return ActionView(
        decision_ref=action.action_ref,
        decided_on=action.decided_on,
        text=action.what,
        owner=action.owner_post or f"Officer {action.owner_ref}",
        due_on=action.due_on,
        is_open=action.is_open(on),
        outcome=action.outcome,
        measure_ref=action.measure_ref,
        measure_title=title,
        days_late=action.days_late(on),
        effect=effect,
    )


def _by_question(questions: Iterable[KeyQuestion], views: Sequence[MeasureView]) -> tuple[QuestionView, ...]:
    answered = (
        QuestionView(question, tuple(each for each in views if each.measure.question_ref == question.question_ref))
        for question in questions
    )
    return tuple(each for each in answered if each.measures)


def _is_concern(measure: MeasureView, month_on: date) -> bool:
    """Whether the month itself, not one before it, is a concern."""
    newest = measure.series.newest
    return newest is not None and newest.first == month_on and measure.series.result.variation is Variation.CONCERN


def _month_before(month_on: date) -> date:
    return (month_on - timedelta(days=1)).replace(day=1)
