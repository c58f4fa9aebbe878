"""Decisions: what is to be done on whom, by whom and by when, what is late, and what became of it."""

import streamlit as st

from app.parts import decision_list, figures, filters, named_range, telling
from app.parts import decisions as forms
from app.parts.decision_words import LISTED
from app.session import ask, current_view, desk
from offendermgmt.domain.vocabulary import Unit
from offendermgmt.services.decision_closing import may_close
from offendermgmt.services.decision_lists import Which, decision_board
from offendermgmt.services.decisions import decisions
from offendermgmt.services.directory import (
    holder_names,
    offender_names,
    officer_choices,
    scope_text,
    team_choices,
    team_names,
)

view = current_view()
whole = ask()
ignored: list[str] = []
unit = team = officer = None
which = Which.OPEN
if view.viewer.opens_lists:
    with st.grid(4, min_column_width=150):
        which = Which(named_range.one_of_these("Decisions listed", "listed", LISTED, ignored=ignored))
        units = [str(each) for each in view.viewer.units] if len(view.viewer.units) > 1 else []
        unit = filters.one_of("Unit", "unit", units, ignored=ignored)
        asked = [Unit(unit)] if unit else view.viewer.units
        teams = {ref: name for each in asked for ref, name in team_choices(whole, each).items()}
        team = filters.one_of("Team", "team", list(teams), teams, ignored=ignored)
        held = {ref: name for each in asked for ref, name in officer_choices(ask(team), each).items()}
        officer = filters.one_of("Held by", "officer", list(held), held, ignored=ignored)
filters.say_ignored(ignored)

question = ask(team, officer)
recorded = decisions(desk(), view.known_at)
board = decision_board(question, recorded, which, Unit(unit) if unit else None)
holders, team_titles = holder_names(whole), team_names(whole)
named = {"Unit": unit, "Team": team_titles.get(team or ""), "Held by": holders.get(officer or "")}
narrowed = {name: text for name, text in named.items() if text}
st.markdown(f"Scope: **{', '.join([scope_text(whole), *narrowed.values()])}**.")
# In one container, so that the form stays open when something is said above it.
with st.container():
    telling.show(forms.TOPIC)
decision_list.show_figures(board)

if board.rows is None:
    figures.say_counts_only(question, "decisions")
else:
    st.header(f"Decisions: {LISTED[which].lower()}")
    listed = set(board.rows["decision_ref"])
    open_here = [each for each in recorded if each.decision_ref in listed and each.is_open(view.as_of)]
    closable = [each for each in open_here if may_close(view.viewer, each)]
    if closable:
        with st.expander("Close a decision", icon=":material/task_alt:"):
            if forms.is_now():
                forms.close_form(closable)
    refs = list(board.rows["subject_ref"])
    decision_list.show_list(board.rows, offender_names(desk(), question, refs), holders, which)
    figure = board.figures.get(which, board.figures[Which.OPEN])
    decision_list.offer(
        board.rows,
        figure,
        lambda: offender_names(desk(), question, refs),
        holders,
        team_titles,
        {**narrowed, "Decisions listed": LISTED[which]},
    )
