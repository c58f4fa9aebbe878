"""Flow and timeliness of POLIT: referrals, the backlog, time in stage and to act, outcomes, work done, by period."""

import streamlit as st

from app.parts import figures, filters
from app.parts.polit_flow import backlog, lists, results, timeliness
from app.parts.polit_flow.drawing import Flowing
from app.parts.trends import choices, events
from app.session import ask, current_view, desk
from offendermgmt.domain.days import to_date
from offendermgmt.domain.vocabulary import Unit
from offendermgmt.services.directory import scope_text, team_choices, team_names
from offendermgmt.services.polit_flow import cases_known, is_cut
from offendermgmt.services.polit_flow_small import flow_as_shown
from offendermgmt.services.ranges import newest_month_end
from offendermgmt.services.trend_events import trend_events
from offendermgmt.services.wording import day_text

view = current_view()
whole = ask()
ignored: list[str] = []
team = None
with st.container(horizontal=True, gap="medium", vertical_alignment="bottom"):
    if view.viewer.opens_lists and (teams := team_choices(whole, Unit.POLIT)):
        team = filters.one_of("Team", "team", list(teams), teams, ignored=ignored)
    question, every = choices.over_periods(ask(team))
filters.say_ignored(ignored)

first, last = to_date(int(question.range.first[0])), question.as_of
scope = ", ".join(name for name in (scope_text(whole), team_names(whole).get(team or "")) if name)
st.markdown(f"Showing **{scope}**, {day_text(first)} to {day_text(last)}.")
if not view.viewer.opens_lists:
    figures.say_counts_only(question)
    if last < newest_month_end(question.today):
        st.caption("Clocks, outcomes, risk levels and what is still in a stage are shown as of the newest month alone.")
if not question.case_scope.unallocated:
    st.caption(
        "A case counts for whoever holds it on the day concerned. Referrals are mostly held by nobody on the day they "
        "are received, so that one team or officer has few."
    )
if not cases_known(question):
    st.info(f"No POLIT case was on record here up to {day_text(last)}.", icon=":material/inbox:")
    st.stop()

marked = [event for event in trend_events(desk(), view.known_at) if first <= event.text.on <= last]
events.key(marked)
if is_cut(last, every):
    st.caption(f"The newest {every} is not over: its figures go up to {day_text(last)} and will change.")
flowing = Flowing(question, every, flow_as_shown(question), marked, lists.asked())
results.children(flowing)
backlog.flow(flowing)
backlog.referrals(flowing)
timeliness.stages(flowing)
timeliness.acted(flowing)
timeliness.clocks(flowing)
results.outcomes(flowing)
results.work(flowing)
