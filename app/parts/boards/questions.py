"""The key questions of a board: measures at a glance, and in full those that are signalled or were opened."""

from collections.abc import Collection, Sequence

import streamlit as st

from app.navigation import BOARDS
from app.parts import signal_chart
from app.parts.boards import choices, measure, tables
from app.parts.links import address
from app.parts.listing import Link
from app.parts.words import escaped, plural
from offendermgmt.domain.vocabulary import Board
from offendermgmt.outputs.packs.pack import glance
from offendermgmt.services.board_page import ASKS, standing_of
from offendermgmt.services.board_types import BoardView, MeasureView, QuestionView
from offendermgmt.services.commentary import Commentary
from offendermgmt.services.framework import KeyQuestion
from offendermgmt.services.wording import month_text


def show(view: BoardView, said: Sequence[Commentary], *, every: bool) -> None:
    """Draw each question: every measure a row, then in full those to look into, or `every` one.

    `said` is all commentary on record. What the numbers on the charts stand for is said once, before them.
    """
    opened = st.query_params.get(choices.OPENED)
    drawn = {each.measure.ref for each in view.measures if every or each.measure.ref == opened or _asks(view, each)}
    marked = signal_chart.say_marked(each.series for each in view.measures if each.measure.ref in drawn)
    for number, told in enumerate(view.questions, start=1):
        _draw_glance(view, number, told, drawn)
        for each in told.measures:
            if each.measure.ref in drawn:
                measure.show(view, each, said, marked)


def _draw_glance(view: BoardView, number: int, told: QuestionView, drawn: Collection[str]) -> None:
    """Draw the question of that number with its measures; one that is `drawn` beneath needs no link that opens it."""
    table, opened = glance(view, told), st.query_params.get(choices.OPENED)
    st.header(escaped(table.title), anchor=anchor(told.question))
    titles = [
        _title(view.board, each, is_drawn=each.measure.ref in drawn, is_opened=each.measure.ref == opened)
        for each in told.measures
    ]
    place = f"Question {number} of {len(view.questions)}"
    tables.draw(table, f"{place}: {plural(len(titles), 'measure')}, {month_text(view.month_on)}", titles)


def anchor(question: KeyQuestion) -> str:
    """Where a question stands on the page; tables have names of their own."""
    return f"question-{question.question_ref}"


def _asks(view: BoardView, told: MeasureView) -> bool:
    """Whether a measure is to be looked into: it is of concern, unusual, or somebody has said something of it."""
    return standing_of(view, told) in ASKS or told.commentary is not None


def _title(board: Board, told: MeasureView, *, is_drawn: bool, is_opened: bool) -> str | Link:
    """The measure's title: a link that opens it, or closes it again; plain where it is drawn without being opened."""
    title = told.measure.title
    if is_drawn and not is_opened:
        return title
    asked = None if is_opened else told.measure.ref
    label = f"Close {title}" if is_opened else f"Open the chart of {title}"
    return Link(title, address(BOARDS[board].url_path, **{choices.OPENED: asked}), label)
