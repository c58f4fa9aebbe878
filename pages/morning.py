"""Morning: what changed since the last review, what is worst, what needs a decision today, and the review itself."""

from datetime import datetime

import streamlit as st

from app.parts import briefing_files, filters
from app.parts.morning import changes, decided, people, polit, top, visits
from app.parts.morning.frame import Words, heading
from app.parts.review_sign import panel
from app.session import ask, current_view, desk
from offendermgmt.domain.days import LONDON
from offendermgmt.domain.vocabulary import Unit
from offendermgmt.services.decisions import decisions
from offendermgmt.services.directory import holder_names, scope_text, team_choices, team_names
from offendermgmt.services.morning import Part, morning
from offendermgmt.services.reviews import last_signed

view = current_view()
whole = ask()
ignored: list[str] = []
with st.grid(4, min_column_width=150):
    own = [str(each) for each in view.viewer.units] if len(view.viewer.units) > 1 else []
    unit = filters.one_of("Unit", "unit", own, ignored=ignored)
    units = (Unit(unit),) if unit else view.viewer.units
    teams = {each: team_choices(whole, each) for each in units}
    named = {ref: name for of_unit in teams.values() for ref, name in of_unit.items()}
    team = filters.one_of("Team", "team", list(named), named, ignored=ignored)

question, now = ask(team), datetime.now(LONDON)
mornings = [
    morning(desk(), question, each, last_signed(desk(), each, view.as_of, view.known_at), now)
    for each in units
    if team is None or team in teams[each]
]
words, taken = Words(holder_names(whole), team_names(whole)), decisions(desk(), view.known_at)
narrowed = [text for text in (unit, named.get(team or "")) if text]
in_vain = st.container()
st.markdown(f"Scope: **{', '.join([scope_text(whole), *narrowed])}**.")
top.headline(mornings)
top.jumps(mornings)

for part in Part:
    having = [each for each in mornings if part in each.sections]
    if not having:
        continue
    heading(part, [each.sections[part] for each in having])
    match part:
        case Part.CHANGES:
            changes.show(having, words, ignored)
        case Part.BACKLOG:
            visits.show_backlog(having[0], words)
        case Part.TRIAGE:
            visits.show_triage(having[0], words, taken)
        case Part.LONE_VISITS:
            visits.show_lone(having[0], words)
        case Part.PLAN:
            visits.show_plan(having[0], words)
        case Part.CONTACT:
            people.show_contact(having[0], words)
        case Part.CASELOAD:
            people.show_caseload(having[0], words)
        case Part.POLIT:
            polit.show(having[0], words)
        case Part.DECISIONS:
            decided.show(having, words)

st.header("Sign-off", anchor=top.SIGN_OFF)
for each in mornings:
    panel(each)
st.header("On paper", anchor=False)
for each in mornings:
    briefing_files.offer(each)
with in_vain:
    filters.say_ignored(ignored)
