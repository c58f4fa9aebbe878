"""Investigators: who holds how many open cases of what risk and stage per FTE, and whose holders are away."""

import streamlit as st

from app.navigation import INVESTIGATORS
from app.parts import figures, filters, investigator_chart, investigator_files, investigator_tables
from app.parts.polit import cases
from app.parts.polit.backlog import unallocated_note
from app.parts.trends.choices import one_option
from app.parts.words import plural
from app.session import ask, current_view
from offendermgmt.domain.vocabulary import Unit
from offendermgmt.services import investigator_definitions as definitions
from offendermgmt.services.directory import holder_names, scope_text, team_choices, team_names
from offendermgmt.services.investigators_board import investigators_board
from offendermgmt.services.wording import day_text

view = current_view()
ignored: list[str] = []
team = None
if view.viewer.opens_lists and (teams := team_choices(ask(), Unit.POLIT)):
    team = filters.one_of("Team", "team", list(teams), teams, ignored=ignored)
filters.say_ignored(ignored)
question = ask(team)
board, names, units = investigators_board(question), holder_names(question), team_names(question)
narrowed = {"Team": units[team]} if team else {}
st.markdown(f"Scope: **{', '.join([scope_text(question), *narrowed.values()])}**.")

with st.grid(3, min_column_width=220):
    figures.show(board.held, of=("open case", "open cases"))
    investigator_tables.show_per_fte(board.per_fte, board.cases_there, board.fte)
    figures.show(board.away, of=("open case", "open cases"))
    figures.show(board.nobody, of=("open case", "open cases"), note=unallocated_note(board.nobody))
    if board.exposure is not None:
        investigator_tables.show_exposure(board.exposure)

if board.investigators is None or board.away_cases is None:
    figures.say_counts_only(question, "investigators and their cases")
elif board.investigators.empty:
    st.info(
        f"Nobody is in post in a POLIT team here on {day_text(view.as_of)}, and no case is open.",
        icon=":material/info:",
    )
else:
    st.header(definitions.BY_INVESTIGATOR.title, help=figures.definition_text(definitions.BY_INVESTIGATOR))
    investigator_chart.draw(board.investigators, names)
    with st.container(horizontal=True, gap="large"):
        by = one_option("Open cases", "by", investigator_tables.BY, default="risk")
        shown_as = one_option("Shown as", "as", investigator_tables.AS, default="cases")
    investigator_tables.show(board.investigators, names, by=by, divided=shown_as == "per_fte")
    investigator_files.offer(board.investigators, question, names, units, narrowed)
    st.header(board.away.definition.title, help=figures.definition_text(board.away.definition))
    if board.away_cases.empty:
        st.success(
            f"No open case is held by somebody away: 0 of {plural(board.away.denominator or 0, 'open case')}.",
            icon=":material/check:",
        )
    else:
        cases.show_table(board.away_cases, names, back=INVESTIGATORS.url_path)
