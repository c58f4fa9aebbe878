"""Planned visits: who goes where, when and with whom; who is due or overdue and unplanned; a plan for the week."""

from datetime import datetime

import streamlit as st

from app.parts import figures, filters, telling
from app.parts.figures import OpensHere
from app.parts.planning import choices, files, form, suggested, visits, waiting, week
from app.session import ask, current_view, desk
from offendermgmt.domain.days import LONDON
from offendermgmt.services import planning_definitions as definitions
from offendermgmt.services.directory import (
    holder_names,
    offender_names,
    officer_choices,
    scope_text,
    team_choices,
    team_names,
)
from offendermgmt.services.planned_visits import in_scope, officer_days, plans_on
from offendermgmt.services.planning_board import planning_board

view = current_view()
lists = view.viewer.opens_lists
whole = ask()
policy = whole.policy.planning
ignored: list[str] = []
team = officer = look = None
with st.grid(4, min_column_width=170):
    show = choices.shown() if lists else choices.WEEK
    first, last = choices.days(show, policy)
    if lists:
        team = filters.one_of("Team", "team", list(teams := team_choices(whole)), teams, ignored=ignored)
        officers = officer_choices(ask(team))
        officer = filters.one_of("Officer", "officer", list(officers), officers, ignored=ignored)
        if show != choices.SUGGESTED:
            look = filters.one_of("Look at", "look", list(choices.LOOKS), choices.LOOKS, ignored=ignored)
filters.say_ignored(ignored)

question = ask(team, officer)
rows = plans_on(desk(), question, first)
board = planning_board(question, rows, first, last, datetime.now(LONDON))
holders = holder_names(whole)
narrowed = [name for name in (team_names(whole).get(team or ""), holders.get(officer or "")) if name]
st.markdown(f"Scope: **{', '.join([scope_text(whole), *narrowed])}**.")
telling.show()
if board.waiting is not None and show != choices.SUGGESTED:
    form.opened(question, rows, board.waiting, holders)
choices.say_days(show, first, last, policy)


def opens(chosen: str) -> OpensHere | None:
    return OpensHere("visit", lambda: filters.choose(look=chosen, show=None)) if lists else None


with st.grid(4, min_column_width=180):
    figures.show(board.planned)
    figures.show(board.alone, of=("visit planned", "visits planned"), opens=opens(choices.ALONE))
    figures.show(board.unplanned, of="due or overdue")
    figures.show(board.without_outcome, opens=opens(choices.NO_OUTCOME))

if board.visits is None or board.waiting is None or board.no_outcome is None:
    figures.say_counts_only(question, "visits")
elif show == choices.SUGGESTED:
    own = [team] if team else list(teams)
    if len(own) == 1:
        refs = board.waiting["offender_ref"]
        suggested.panel(ask(own[0]), rows, offender_names(desk(), question, refs), holders, may_accept=form.may_write())
    else:
        st.info("A plan is suggested for one team: choose it above.", icon=":material/groups:")
else:
    listed = in_scope(question, board.no_outcome if look == choices.NO_OUTCOME else board.visits)
    listed = listed[(listed["crew"] == 1).to_numpy()] if look == choices.ALONE else listed
    names = offender_names(desk(), question, [*listed["offender_ref"], *board.waiting["offender_ref"]])
    when = choices.caption(first, last, look)
    st.header(choices.LOOKS[look] if look else definitions.PLANNED.title)
    if look is None:
        week.show(listed, officer_days(question, first, last), holders)
    if len(listed):
        sees_names = view.viewer.sees_names
        visits.show(listed, names, holders, caption=visits.caption(listed, when), sees_notes=sees_names)
        chosen = {"Days": when}
        files.offer_visits(listed, desk(), question, holders, chosen)
        files.offer_calendar(listed, desk(), question, chosen)
    else:
        st.info(f"No visit is planned: {when}.", icon=":material/info:")
    st.header(definitions.UNPLANNED.title, help=figures.definition_text(definitions.UNPLANNED))
    waiting.show(board.waiting, names, holders, due_days=policy.due_days, may_plan=form.may_write())
    files.offer_waiting(board.waiting, desk(), question, holders)
