"""Assessments and plans: whose assessment, plan, review or release needs a decision, and who is out of contact."""

import streamlit as st

from app.navigation import ASSESSMENTS
from app.parts import concern_files, concerns, figures, filters
from app.parts.listing import MOST_ROWS
from app.session import ask, current_view, desk
from offendermgmt.domain.vocabulary import RiskLevel
from offendermgmt.services.assessment_lists import in_words
from offendermgmt.services.assessments import assessments_board
from offendermgmt.services.directory import (
    holder_names,
    offender_names,
    officer_choices,
    scope_text,
    team_choices,
    team_names,
)
from offendermgmt.services.overdue import WORST_FIRST
from offendermgmt.services.wording import RISK

view = current_view()
whole = ask()
ignored: list[str] = []
team = officer = risk = None
if view.viewer.opens_lists:
    with st.grid(4, min_column_width=150):
        team = filters.one_of("Team", "team", list(teams := team_choices(whole)), teams, ignored=ignored)
        officers = officer_choices(ask(team))
        officer = filters.one_of("Officer", "officer", list(officers), officers, ignored=ignored)
        risk = filters.one_of("Risk", "risk", [str(level) for level in WORST_FIRST], RISK, ignored=ignored)
concern = concerns.chosen(ignored)
filters.say_ignored(ignored)

question = ask(team, officer)
board = assessments_board(question, concern, risk)
named = {
    "Team": team_names(whole).get(team or ""),
    "Officer": holder_names(whole).get(officer or ""),
    "Risk": f"{RISK[RiskLevel(risk)].lower()} risk" if risk else None,
}
narrowed = {name: text for name, text in named.items() if text}
st.markdown(f"Scope: **{', '.join([scope_text(whole), *narrowed.values()])}**.")
concerns.show_groups(board.figures, page=ASSESSMENTS.url_path, chosen=board.chosen, opens=view.viewer.opens_lists)
if board.cases is None or board.by_risk is None:
    figures.say_counts_only(question, "cases")
else:
    shown = in_words(board.chosen, board.cases.head(MOST_ROWS), holder_names(question))
    concerns.show_list(
        board.chosen,
        board.figures[board.chosen],
        shown,
        total=len(board.cases),
        names=offender_names(desk(), question, list(shown["offender_ref"])),
        teams=team_names(question),
    )
    concern_files.offer(board.chosen, board.figures[board.chosen], board.cases, desk(), question, narrowed)
    with st.expander("Days since last seen, by risk", icon=":material/table:"):
        concerns.show_by_risk(board.by_risk)
