"""POLIT now: its children before everything else, then the backlog by stage and risk, and the cases, worst first."""

import streamlit as st

from app.navigation import POLIT_ORDER
from app.parts import figures
from app.parts.links import address
from app.parts.polit import backlog, cases, children, files
from app.parts.polit.choices import choices
from app.session import ask, current_view
from offendermgmt.services.directory import holder_names, scope_text
from offendermgmt.services.polit_board import polit_board
from offendermgmt.services.polit_definitions import CaseList, ChildList
from offendermgmt.services.wording import day_text

chosen = choices()
question = ask(chosen.team, chosen.officer)
child_list = chosen.children or ChildList.AWAITING
board = polit_board(question, child_list, chosen.cases, risk=chosen.risk, stage=chosen.stage, band=chosen.band)
holders, narrowed = holder_names(question), chosen.scope_words(question)
st.markdown(f"Scope: **{', '.join([scope_text(question), *narrowed.values()])}**.")

children.show(board, chosen.children, holders)
if board.listed_children is not None:
    files.offer_children(board.listed_children, board.children[child_list], holders, narrowed)

st.header("Backlog and live cases")
if board.cases[CaseList.OPEN].denominator == 0:
    cases.say_none_open(day_text(current_view().as_of), narrowed)
    st.stop()
backlog.show_figures(board)
if board.listed_cases is None:
    figures.say_counts_only(question, "cases")
    st.stop()
backlog.say_longest(board)
backlog.show_matrices(board, chosen)
cases.show_list(board.listed_cases, board.cases[chosen.cases], chosen, holders)
cases.say_order(address(POLIT_ORDER.url_path))
files.offer_cases(board.listed_cases, board.cases[chosen.cases], holders, {**narrowed, **chosen.list_words()})
