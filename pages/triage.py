"""Triage: who needs a decision first, by a written rule, with the reasons for each place."""

import streamlit as st

from app.parts import figures, filters, telling, triage_files, triage_list
from app.parts.decisions import panel
from app.parts.listing import MOST_ROWS
from app.session import ask, current_view, desk
from offendermgmt.domain.vocabulary import RiskLevel
from offendermgmt.services.decision_lists import open_in_words
from offendermgmt.services.decisions import decisions
from offendermgmt.services.directory import (
    holder_names,
    offender_names,
    officer_choices,
    scope_text,
    team_choices,
    team_names,
)
from offendermgmt.services.flags import flags, in_force
from offendermgmt.services.overdue import WORST_FIRST
from offendermgmt.services.triage import Look, triage_board
from offendermgmt.services.wording import RISK

view = current_view()
whole = ask()
ignored: list[str] = []
team = officer = risk = asked = None
if view.viewer.opens_lists:
    with st.grid(4, min_column_width=150):
        team = filters.one_of("Team", "team", list(teams := team_choices(whole)), teams, ignored=ignored)
        officers = officer_choices(ask(team))
        officer = filters.one_of("Officer", "officer", list(officers), officers, ignored=ignored)
        risk = filters.one_of("Risk", "risk", [str(level) for level in WORST_FIRST], RISK, ignored=ignored)
        asked = filters.one_of("Look at", "look", list(triage_list.LOOKS), triage_list.LOOKS, ignored=ignored)
filters.say_ignored(ignored)

question = ask(team, officer)
recorded = flags(desk(), view.known_at)
look = Look(asked) if asked else None
board = triage_board(question, recorded, risk, look)
holders, units = holder_names(whole), team_names(whole)
named = {
    "Team": units.get(team or ""),
    "Officer": holders.get(officer or ""),
    "Risk": f"{RISK[RiskLevel(risk)].lower()} risk" if risk else None,
}
narrowed = {name: text for name, text in named.items() if text}
st.markdown(f"Scope: **{', '.join([scope_text(whole), *narrowed.values()])}**.")
telling.show()
triage_list.show_figures(board, look)
triage_list.show_rule(question.policy)

if board.cases is None:
    figures.say_counts_only(question, "cases")
else:
    notes = triage_list.notes_for(in_force(recorded, view.as_of), sees_names=view.viewer.sees_names)
    shown = list(board.cases["offender_ref"].head(MOST_ROWS))
    names = offender_names(desk(), question, shown)
    taken = decisions(desk(), view.known_at)
    decided = open_in_words(question, taken, "offender")
    panel("offender", triage_list.choices(board.cases, names), taken)
    triage_list.show_list(board.cases, names, holders, units, notes, decided, look=look)
    looked = {"Look at": triage_list.LOOKS[look]} if look else {}
    figure = board.looks[look] if look else board.size
    triage_files.offer(board.cases, figure, notes, desk(), question, {**narrowed, **looked})
