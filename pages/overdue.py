"""Overdue visits: the backlog's size, the risk in it and its age; then whose, worst first."""

import streamlit as st

from app.parts import backlog, backlog_file, figures, filters, matrix
from app.parts.links import address
from app.session import ask, current_view, desk
from offendermgmt.domain.vocabulary import RiskLevel
from offendermgmt.services import definitions
from offendermgmt.services.directory import (
    holder_names,
    offender_names,
    officer_choices,
    scope_text,
    team_choices,
    team_names,
)
from offendermgmt.services.overdue import TOTAL, WORST_FIRST, overdue_board, reasons_in_short
from offendermgmt.services.wording import RISK

view = current_view()


def cell_address(risk_level: str, days: str) -> str:
    return address("overdue", risk=None if risk_level == TOTAL else risk_level, band=None if days == TOTAL else days)


whole = ask()
bands = whole.policy.bands
ignored: list[str] = []
team = officer = risk = band = None
if view.viewer.opens_lists:
    with st.grid(4, min_column_width=150):
        team = filters.one_of("Team", "team", list(teams := team_choices(whole)), teams, ignored=ignored)
        officers = officer_choices(ask(team))
        officer = filters.one_of("Officer", "officer", list(officers), officers, ignored=ignored)
        risk = filters.one_of("Risk", "risk", [str(level) for level in WORST_FIRST], RISK, ignored=ignored)
        band = filters.one_of("Days overdue", "band", bands, ignored=ignored)
    filters.say_ignored(ignored)

question = ask(team, officer)
board = overdue_board(question, risk, band)
narrowed = [name for name in (team_names(whole).get(team or ""), holder_names(whole).get(officer or "")) if name]
st.markdown(f"Scope: **{', '.join([scope_text(whole), *narrowed])}**.")

with st.grid(5, min_column_width=170):
    figures.show(board.size)
    figures.show(board.share)
    figures.show(board.high_risk)
    figures.show(board.longest)
    figures.show(board.days_total)

if board.cases is None or board.matrix is None:
    figures.say_counts_only(question, "cases")
elif not board.size.value:
    backlog.say_nobody(board, narrowed)
else:
    backlog.say_most_overdue(board, offender_names(desk(), question, [str(board.most_overdue_ref)]))
    st.header(definitions.MATRIX.title, help=figures.definition_text(definitions.MATRIX))
    matrix.show(
        board.matrix,
        caption="Offenders overdue, by risk and days overdue. Each number opens its list.",
        corner="Risk",
        row_names={**{str(level): name for level, name in RISK.items()}, TOTAL: "All"},
        column_names={**{name: f"{name} days" for name in bands}, TOTAL: "All"},
        noun="offender",
        opens=cell_address,
        chosen=(risk or TOTAL, band or TOTAL) if risk or band else None,
    )
    shown = backlog.first_rows(board.cases)
    refs = list(shown["offender_ref"])
    backlog.show_list(
        shown,
        total=len(board.cases),
        of_all=int(board.size.value),
        chosen=[text for text in (RISK[RiskLevel(risk)] if risk else "", f"{band} days" if band else "") if text],
        names=offender_names(desk(), question, refs),
        reasons=reasons_in_short(question, refs),
        holders=holder_names(question),
        teams=team_names(question),
    )
    named = {"Risk": RISK[RiskLevel(risk)] if risk else "", "Days overdue": band or ""}
    backlog_file.offer(board.cases, board, desk(), question, {name: text for name, text in named.items() if text})
