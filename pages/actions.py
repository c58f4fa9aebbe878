"""Actions of the boards: the fortnightly plan of what is to be done, by whom and by when, and what became of it."""

import streamlit as st

from app.parts import board_actions, decision_list, filters, telling
from app.session import ask, current_view, desk
from offendermgmt.domain.vocabulary import Board
from offendermgmt.services.board_actions import action_plan
from offendermgmt.services.board_actions import board_actions as every_action
from offendermgmt.services.decision_lists import Which, open_by
from offendermgmt.services.decisions import decisions
from offendermgmt.services.directory import holder_names, offender_names
from offendermgmt.services.framework import framework_on
from offendermgmt.services.wording import BOARD, day_text

view = current_view()
ignored: list[str] = []
with st.grid(4, min_column_width=200):
    asked = filters.one_of("Board", "board", [str(board) for board in Board], BOARD, ignored=ignored)
filters.say_ignored(ignored)
board = Board(asked) if asked else None

question = ask()
recorded = every_action(desk(), view.known_at)
plan = action_plan(question, recorded, board)
framework = framework_on(desk(), view.as_of, view.known_at)
measures = {each.measure_ref: each.title for each in framework.measures}
with st.container():
    telling.show(board_actions.TOPIC)
board_actions.show_figures(plan)
board_actions.new_form(measures, board)
board_actions.close_form(recorded)
board_actions.show_lists(plan, holder_names(question), measures)
if board is None and (on_cases := open_by(question, decisions(desk(), view.known_at), plan.last_on)) is not None:
    st.header(f"Decisions on cases, due by {day_text(plan.last_on)}")
    names = offender_names(desk(), question, list(on_cases["subject_ref"]))
    decision_list.show_list(on_cases, names, holder_names(question), Which.OPEN)
board_actions.mistake_form([each for each in recorded if board in {None, each.board}])
