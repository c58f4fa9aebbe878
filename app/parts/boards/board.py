"""A board's page, drawn from the same view as its pack: thin scripts in `pages` name the board."""

from datetime import datetime

import streamlit as st

from app.parts import board_actions, commentary, telling
from app.parts.boards import beside, choices, questions, summary
from app.parts.marking import markings
from app.session import ask, current_view, desk, is_demo
from offendermgmt.domain.days import LONDON
from offendermgmt.domain.vocabulary import Board
from offendermgmt.outputs.packs.pack import Pack
from offendermgmt.services.board_page import kept_view
from offendermgmt.services.commentary import commentaries


def show(board: Board) -> None:
    """Draw the month of a board that the reader chooses: as the board reads it, whoever looks."""
    reader, question = current_view(), ask()
    month_on, months = choices.month_and_range(question)
    view = kept_view(desk(), question, board, month_on, months)
    pack = Pack(view, markings(synthetic=is_demo()), datetime.now(LONDON), reader.viewer.name)
    with st.container():
        telling.show(commentary.TOPIC)
        telling.show(board_actions.TOPIC)
    summary.show(pack)
    every = choices.draws_every_chart()
    said = commentaries(desk(), reader.known_at)
    questions.show(view, said, every=every)
    beside.show(pack)
