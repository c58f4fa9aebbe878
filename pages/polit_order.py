"""Order of work: POLIT's backlog as the rule says to work it, with the reasons, and what people decided otherwise."""

import streamlit as st

from app.parts import figures, filters, priority_files, priority_list, priority_lowered, priority_place, telling
from app.parts.decisions import panel
from app.parts.words import plural
from app.session import ask, current_view, desk
from offendermgmt.domain.vocabulary import RiskLevel, Unit
from offendermgmt.services.decision_lists import open_in_words
from offendermgmt.services.decisions import decisions as recorded_decisions
from offendermgmt.services.directory import holder_names, officer_choices, scope_text, team_choices, team_names
from offendermgmt.services.overdue import WORST_FIRST
from offendermgmt.services.priorities import Look, priority_board
from offendermgmt.services.priority_overrides import decisions, in_force, overrides
from offendermgmt.services.wording import RISK

view = current_view()
whole = ask()
ignored: list[str] = []
team = officer = risk = look = None
if view.viewer.opens_lists:
    with st.grid(4, min_column_width=150):
        teams = team_choices(whole, Unit.POLIT)
        team = filters.one_of("Team", "team", list(teams), teams, ignored=ignored)
        officers = officer_choices(ask(team), Unit.POLIT)
        officer = filters.one_of("Holder", "officer", list(officers), officers, ignored=ignored)
        risk = filters.one_of("Risk", "risk", [str(level) for level in WORST_FIRST], RISK, ignored=ignored)
        look = filters.one_of("Look at", "look", list(priority_list.LOOKS), priority_list.LOOKS, ignored=ignored)
filters.say_ignored(ignored)

question = ask(team, officer)
versions = overrides(desk(), view.known_at)
placed = in_force(versions, view.as_of)
is_order = look != priority_list.LOWERED
chosen_look = Look(look) if look and is_order else None
board = priority_board(question, placed, risk, chosen_look)
holders, names = holder_names(whole), team_names(whole)
named = {
    "Team": names.get(team or ""),
    "Holder": holders.get(officer or ""),
    "Risk": f"{RISK[RiskLevel(risk)].lower()} risk" if risk else None,
}
narrowed = {name: text for name, text in named.items() if text}
st.markdown(
    f"Scope: **{', '.join([scope_text(whole), *narrowed.values()])}**. The order is of the backlog: live cases are "
    "with an investigator, and not in it."
)
telling.show()
priority_list.show_figures(board)
priority_list.show_rule(question.policy)

if board.cases is None or board.lowered_cases is None or board.tools is None:
    figures.say_counts_only(question, "cases")
else:
    st.header(priority_list.LOOKS[look] if look else "Cases in order")
    if is_order:
        figure = board.looks[chosen_look] if chosen_look else board.size
        taken = recorded_decisions(desk(), view.known_at)
        panel("case", priority_list.choices(board.cases), taken)
        priority_place.panel(board.cases, versions, placed, question.policy.polit_priority.override_days)
        caption = f"In the order of work: {plural(len(board.cases), 'case')}"
        decided = open_in_words(question, taken, "case")
        priority_list.show_order(board.cases, holders, names, decided, caption=caption)
        looked = {"Look at": priority_list.LOOKS[look]} if look else {}
        priority_files.offer_order(board.cases, figure, holders, names, {**narrowed, **looked})
    else:
        priority_lowered.show_lowered(board.lowered_cases, holders, names, question.policy.polit_priority)
        priority_files.offer_lowered(board.lowered_cases, board.lowered, holders, names, narrowed)
    priority_lowered.show_decisions(decisions(question, versions))
    priority_lowered.show_tools(board.tools)
