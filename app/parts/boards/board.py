"""A board's page, drawn from the same view as its pack: thin scripts in `pages` name the board."""

from datetime import datetime

import streamlit as st

from app.navigation import ACTIONS, INTERVENTIONS
from app.parts import board_actions, commentary, telling
from app.parts.boards import choices, questions, summary, tables
from app.parts.interventions.listed import ASKED
from app.parts.links import address, sentence
from app.parts.listing import Link
from app.parts.marking import markings
from app.session import ask, current_view, desk, is_demo
from offendermgmt.domain.days import LONDON
from offendermgmt.domain.vocabulary import Board
from offendermgmt.outputs.packs.pack import Pack
from offendermgmt.services.board_page import kept_view
from offendermgmt.services.board_tables import BoardTable
from offendermgmt.services.board_types import BoardView
from offendermgmt.services.commentary import commentaries
from offendermgmt.services.wording import month_text


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
    for answered in view.questions:
        questions.show(view, answered, said, every=every)
    for table in pack.tables():
        tables.show(table, _caption(table, month_text(month_on)), _links(view, table))
        if table.code == "actions":
            titles = {each.measure.ref: each.measure.title for each in view.measures}
            board_actions.new_form(titles, board)
            sentence("", "Plan of all open actions, and what became of others", address(ACTIONS.url_path))
        if table.code == "interventions":
            sentence("", "The register, with charts", address(INTERVENTIONS.url_path))


def _caption(table: BoardTable, month: str) -> str:
    return f"{table.title}, {month}"


def _links(view: BoardView, table: BoardTable) -> list[Link]:
    """The first cells of a table's rows where they lead elsewhere: interventions, to the register."""
    if table.code != "interventions":
        return []
    page = INTERVENTIONS.url_path
    return [
        Link(each.title, address(page, **{ASKED: each.intervention_ref}), f"Open {each.title}")
        for each in view.interventions
    ]
