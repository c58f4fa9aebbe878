"""My day: what of mine is overdue, due, planned or without an outcome, and where I record what I did."""

from datetime import datetime

import streamlit as st

from app.parts import board_actions, filters, my_day_cases, my_day_lists
from app.parts.recording import panel, visit_form
from app.session import ask, current_view, desk
from offendermgmt.domain.days import LONDON
from offendermgmt.domain.vocabulary import Unit
from offendermgmt.services.access import OWN_CASES_ONLY
from offendermgmt.services.board_actions import board_actions as every_action
from offendermgmt.services.board_actions import mine
from offendermgmt.services.directory import holder_names, offender_names, scope_text
from offendermgmt.services.my_day import cases_day, officers_to_choose, subjects, units_of_day, visits_day
from offendermgmt.services.recording_choices import visit_choices

view = current_view()
whole = ask()
ignored: list[str] = []
officers = officers_to_choose(whole)
officer = filters.one_of("Officer", "officer", list(officers), officers, ignored=ignored)
listed = my_day_cases.chosen_list(ignored)
filters.say_ignored(ignored)

question = ask(officer_ref=officer)
units = units_of_day(whole, officer)
is_one = officer is not None or view.viewer.role in OWN_CASES_ONLY
my_day_lists.say_whose(scope_text(whole), officers.get(officer or ""), view.as_of)

if Unit.MOSOVO in units:
    day = visits_day(desk(), question, datetime.now(LONDON))
    my_day_lists.show_figures(day)
    if is_one and panel.may_write("offender"):
        st.header("Record what became of a visit")
        visit_form.show(question, visit_choices(desk(), question, day.plans))
if Unit.POLIT in units:
    my_day_cases.show_figures(board := cases_day(question, listed), listed)
panel.show_chosen(question, subjects(desk(), question, units) if is_one else {})
my_day_lists.show_decisions(question)
board_actions.show_mine(mine(view.viewer, every_action(desk(), view.known_at), view.as_of))
if Unit.MOSOVO in units:
    rows = (day.overdue_rows, day.due_rows, day.planned_rows, day.no_outcome_rows)
    names = offender_names(desk(), question, {ref for each in rows for ref in each["offender_ref"]})
    my_day_lists.show_lists(day, names, holder_names(question), one_holder=is_one)
if Unit.POLIT in units:
    my_day_cases.show_lists(board, listed, holder_names(question), one_holder=is_one)
