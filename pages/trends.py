"""Trends: the backlog and its flow, compliance, attempts and recording over time, and two days compared."""

import streamlit as st

from app.parts import figures, filters
from app.parts.trends import backlog, choices, comparison, events, lists, work
from app.parts.trends.drawing import Trended
from app.session import ask, current_view, desk
from offendermgmt.domain.days import to_date
from offendermgmt.services.directory import scope_text, team_choices, team_names
from offendermgmt.services.trend_events import trend_events
from offendermgmt.services.trends_small import trends_as_shown
from offendermgmt.services.wording import day_text

view = current_view()
whole = ask()
ignored: list[str] = []
team = None
with st.container(horizontal=True, gap="medium", vertical_alignment="bottom"):
    if view.viewer.opens_lists and (teams := team_choices(whole)):
        team = filters.one_of("Team", "team", list(teams), teams, ignored=ignored)
    question, every = choices.over_periods(ask(team))
filters.say_ignored(ignored)

first, last = to_date(int(question.range.first[0])), question.as_of
scope = ", ".join(name for name in (scope_text(whole), team_names(whole).get(team or "")) if name)
st.markdown(f"Showing **{scope}**, {day_text(first)} to {day_text(last)}.")
if not view.viewer.opens_lists:
    figures.say_counts_only(question)

on_record = trend_events(desk(), view.known_at)
marked = [event for event in on_record if first <= event.text.on <= last]
events.key(marked)
trended = Trended(question, every, trends_as_shown(question), marked, lists.asked())
backlog.backlog(trended)
backlog.flow(trended)
work.compliance(trended)
work.attempts(trended)
work.recording(trended)
comparison.show(question)
events.show(on_record, marked, question)
