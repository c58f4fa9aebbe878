"""Double crewing: how many visits two officers made, where and by what authority one went alone, and who mixes."""

from functools import partial

import streamlit as st

from app.parts import (
    crew_chart,
    crew_files,
    crew_tables,
    crew_trend,
    figures,
    filters,
    lone_findings,
    named_range,
    telling,
)
from app.parts.crew_tables import BY, LISTED, group_name
from app.parts.figures import OpensHere, definition_text
from app.parts.trends.choices import one_option
from app.parts.words import plural
from app.session import ask, current_view, desk
from offendermgmt.domain.periods import Every
from offendermgmt.domain.vocabulary import LoneVisit
from offendermgmt.services import crewing_definitions as definitions
from offendermgmt.services.crew_groups import By, Group, breakdown
from offendermgmt.services.crew_lists import Listed, settled_pairs, visit_list, visits_at_once, with_reasons
from offendermgmt.services.crewing import crewing_board, over_range, trend
from offendermgmt.services.directory import (
    holder_names,
    offender_names,
    officer_choices,
    scope_text,
    team_choices,
    team_names,
)
from offendermgmt.services.lone_findings import findings, findings_board, with_findings
from offendermgmt.services.question import Question
from offendermgmt.services.ranges import newest_month
from offendermgmt.services.trend_events import trend_events
from offendermgmt.services.wording import day_text

view = current_view()
lists = view.viewer.opens_lists


def asked(team_ref: str | None = None, officer_ref: str | None = None) -> Question:
    return over_range(ask(team_ref, officer_ref), first, last)


def opens(listed: Listed) -> OpensHere | None:
    return OpensHere("visit", lambda: filters.choose(visits=str(listed), group=None)) if lists else None


ignored: list[str] = []
team = officer = None
with st.grid(4, min_column_width=150):
    # Ranges of one's own side by side would tell of single days: who sees counts only reads whole months.
    days = named_range.days("Visits made in", view.as_of, ignored=ignored) if lists else newest_month(view.as_of)
    first, last = days
    whole = asked()
    if lists:
        team = filters.one_of("Team", "team", list(teams := team_choices(whole)), teams, ignored=ignored)
        holders = officer_choices(asked(team))
        officer = filters.one_of("Held by", "officer", list(holders), holders, ignored=ignored)

question = asked(team, officer)
board = crewing_board(question)
officers, team_titles = holder_names(question), team_names(question)
narrowed = [name for name in (team_titles.get(team or ""), officers.get(officer or "")) if name]
within = f"from {day_text(first)} to {day_text(last)}"
st.markdown(f"Scope: **{', '.join([scope_text(whole), *narrowed])}**, visits {within}.")
if board.compliance.denominator == 0:
    st.info(
        f"No visit was attended {within} in this scope: there is nothing to count, so no share has a value. "
        "Choose a longer range or a wider scope.",
        icon=":material/info:",
    )

with st.grid(4, min_column_width=200):
    attended = f"{figures.value_text(board.attended)} attended · " if board.compliance.suppressed else ""
    if board.few_alone:
        attended = f"fewer than {question.smallest_count} of {figures.value_text(board.attended)} alone · "
    figures.show(board.compliance, note=f"{attended}promised: {board.target:.0%}", opens=opens(Listed.DOUBLE_CREWED))
    figures.show(board.lone, opens=opens(Listed.LONE))
    for kind in reversed(LoneVisit):
        figures.show(board.standings[kind], opens=opens(Listed(kind)))
    unsaid = "how many are" if board.not_recorded.suppressed else figures.value_text(board.not_recorded)
    unsaid = f"{unsaid} not recorded{': not shown' if board.not_recorded.suppressed else ''}"
    figures.show(board.unannounced, note=unsaid, opens=opens(Listed.UNANNOUNCED))
    figures.show(board.settled, note=f"with {board.judged_from} crewed visits or more")
    figures.show(board.at_once)

found = findings(desk(), view.as_of, view.known_at)
on_findings = findings_board(question, found)
if on_findings.found.suppressed or on_findings.found.denominator:
    st.header("Findings on visits made alone", help=definition_text(definitions.FOUND))
    lone_findings.show_figures(on_findings, opens)

st.header("Over time", help=definition_text(definitions.COMPLIANCE))
periods = {str(every): f"{every}".capitalize() for every in (Every.MONTH, Every.WEEK)}
every = Every(one_option("By", "every", periods, default=str(Every.MONTH))) if lists else Every.MONTH
if (by_period := trend(question, every)).empty:
    st.info("No visit has been attended yet in this scope.", icon=":material/info:")
else:
    on_record = trend_events(desk(), view.known_at)
    crew_trend.show(by_period, every, board.target, on_record, smallest_count=question.smallest_count)
    crew_files.offer_trend(by_period, every, question)

if not lists:
    figures.say_counts_only(question, "visits")
    st.stop()

st.header(definitions.BREAKDOWN.title, help=definition_text(definitions.BREAKDOWN))
by = By(one_option("Break down by", "by", BY, default=str(By.OFFICER)))
counts = breakdown(question, by)
named = partial(group_name, by, officers=officers, teams=team_titles)
names_of = {value: named(value) for value in counts.index}
group = st.query_params.get("group")
if group is not None and group not in names_of:
    ignored.append(f"{BY[by].lower()} {group[:40]!r}")
    group = None
where = st.container()

st.header("Visits")
listed = Listed(named_range.one_of_these("Visits listed", "visits", LISTED, ignored=ignored))
filters.say_ignored(ignored)
with where:
    if board.lone.numerator:
        with st.grid(2, min_column_width=460):
            with st.container():
                crew_chart.show(counts, by, named)
            crew_tables.show_breakdown(counts, by, names_of, (group, listed))
        crew_files.offer_breakdown(counts, by, names_of, question)
    else:
        st.markdown(f"No visit was made alone {within} in this scope.")

# In one container, so that the form stays open when something is said above it.
with st.container():
    telling.show()
visits = visit_list(question, listed, Group(by, group) if group is not None else None, found)
chosen = [LISTED[listed].lower(), *([names_of[group]] if group is not None else [])]
crew_tables.say_shown(len(visits), int(board.compliance.denominator or 0), chosen)
if len(visits):
    shown = with_findings(question, found, crew_tables.first_rows(visits))
    shown = with_reasons(desk(), question, shown)
    names = offender_names(desk(), question, shown["offender_ref"])
    lone_findings.panel(shown, officers)
    reading = crew_tables.for_reading(shown, names, officers)
    crew_tables.show_visits(
        reading, total=len(visits), title=LISTED[listed], names=names, alone=listed is not Listed.DOUBLE_CREWED
    )
    crew_files.offer_visits(visits, found, desk(), question, officers, {"Visits": ", ".join(chosen)})

st.header(definitions.SETTLED.title, help=definition_text(definitions.SETTLED))
settled = settled_pairs(question)
if settled.empty:
    judged = plural(board.settled.denominator or 0, "officer")
    st.markdown(f"Nobody of the {judged} with {board.judged_from} crewed visits or more in the range.")
else:
    crew_tables.show_settled(crew_tables.first_rows(settled), officers, total=len(settled))
    crew_files.offer_settled(settled, officers, question)

st.header(definitions.AT_ONCE.title, help=definition_text(definitions.AT_ONCE))
at_once = visits_at_once(question)
minutes = question.policy.crewing.overlap_minutes
if at_once.empty:
    st.markdown(f"No officer of a crew is on record at two visits that began less than {minutes} minutes apart.")
else:
    latest = crew_tables.first_rows(at_once)
    people = offender_names(desk(), question, {*latest["first_offender_ref"], *latest["second_offender_ref"]})
    crew_tables.show_at_once(latest, people, officers, total=len(at_once))
    crew_files.offer_at_once(at_once, desk(), officers, question)
