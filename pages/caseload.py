"""Caseload: every officer against both limits; then the cases behind it, what came and went, and what if they moved."""

import pandas as pd
import streamlit as st

from app.navigation import CASELOAD
from app.parts import availability, caseload_chart, caseload_files, caseloads, figures, filters, links, telling, what_if
from app.parts.figures import OpensHere
from app.parts.words import plural
from app.session import ask, current_view, desk
from offendermgmt.services import caseload_definitions as definitions
from offendermgmt.services.caseload import UNALLOCATED, WITHOUT_TIME, Concern, caseload_board, cases, concerning
from offendermgmt.services.directory import (
    holder_names,
    offender_names,
    officer_choices,
    scope_text,
    team_choices,
    team_names,
)
from offendermgmt.services.what_if import may_ask_what_if

CONCERNS = {
    Concern.OVER_SHARE: "Over the high-risk ceiling",
    Concern.OVER_CAP: "Over the cases per FTE",
    Concern.AWAY: "Left or no time available",
    Concern.SMALL: "Small caseloads",
}
WHAT_IF = "What if they moved"
view = current_view()


def open_holder(holder: str) -> OpensHere:
    return OpensHere("case", lambda: filters.choose(holder=holder, concern=None))


def open_concern(concern: Concern) -> OpensHere:
    return OpensHere("officer", lambda: filters.choose(holder=None, concern=concern))


def caption_of(concern: str | None, rows: pd.DataFrame) -> str:
    officers = int((rows["officer_ref"] != "").sum())
    looked_at = CONCERNS[Concern(concern)] if concern else "Caseloads, worst first"
    return f"{looked_at}: {plural(officers, 'officer')}{' and the unallocated' if officers < len(rows) else ''}"


whole = ask()
ignored: list[str] = []
team = holder = concern = None
if view.viewer.opens_lists:
    with st.grid(3, min_column_width=150):
        team = filters.one_of("Team", "team", list(teams := team_choices(whole)), teams, ignored=ignored)
        nobody = {UNALLOCATED: caseloads.NOBODY} if whole.offender_scope.unallocated and team is None else {}
        choices = {**nobody, WITHOUT_TIME: "All holders who are away", **officer_choices(ask(team))}
        holder = filters.one_of("Cases of", "holder", list(choices), choices, ignored=ignored)
        concern = filters.one_of("Look at", "concern", list(CONCERNS), CONCERNS, ignored=ignored)
    filters.say_ignored(ignored)
what_if_asked = what_if.is_open(holder)
question = ask(team)
board, holders, units = caseload_board(question), holder_names(question), team_names(question)
narrowed = f", {units[team]}" if team else ""
st.markdown(f"Showing **{scope_text(whole)}{narrowed}**.")
telling.show()

with st.grid(4, min_column_width=180):
    lists = view.viewer.opens_lists
    to_move = f"{board.to_move:,} high-risk to move to comply" if board.to_move is not None else None
    figures.show(board.over_share, note=to_move, opens=open_concern(Concern.OVER_SHARE) if lists else None)
    figures.show(board.over_cap, opens=open_concern(Concern.OVER_CAP) if lists else None)
    figures.show(board.without_time, opens=open_holder(WITHOUT_TIME) if lists else None)
    figures.show(board.unallocated, opens=open_holder(UNALLOCATED) if lists else None)

if board.officers is None or board.movement is None:
    figures.say_counts_only(question, "caseloads")
elif board.officers.empty:
    st.info("Nobody is managed here on this day, so no officer holds a case.", icon=":material/info:")
elif holder is not None:
    held, holder_ref = cases(question, holder), "" if holder == UNALLOCATED else holder
    moved = board.movement.of_holders(set(held["officer_ref"]) if holder == WITHOUT_TIME else {holder_ref})
    names = offender_names(desk(), question, [*held["offender_ref"], *moved["offender_ref"]])
    st.header(choices[holder])
    links.sentence("", "Back to all officers", links.address(CASELOAD.url_path, holder=None, **caseloads.NO_MOVES))
    own = board.officers[board.officers["officer_ref"] == holder_ref]
    for row in own.to_dict(orient="records"):
        caseloads.say_caseload(row, question.policy)
    tabs = ["Cases", *([WHAT_IF] if may_ask_what_if(view.viewer) else []), "Came and went"]
    opened = WHAT_IF if what_if_asked and WHAT_IF in tabs else None
    cases_tab, *what_if_tab, moved_tab = st.tabs(tabs, default=opened)
    with cases_tab:
        if held.empty:
            st.info(f"{choices[holder]}: no case on this day.", icon=":material/info:")
        else:
            caseloads.show_cases(held, names, holders, caption=f"{choices[holder]}: {plural(len(held), 'case')}")
            caseload_files.offer_cases(held, desk(), question, holders)
    for tab in what_if_tab:
        with tab:
            st.caption(figures.definition_text(definitions.WHAT_IF))
            what_if.panel(question, held, names, units, holder)
    with moved_tab:
        caseloads.show_movement(moved, board.movement, holders, names)
        caseload_files.offer_movement(moved, desk(), question, holders)
else:
    shown = concerning(board.officers, Concern(concern)) if concern else board.officers
    st.header(definitions.CASELOADS.title, help=figures.definition_text(definitions.CASELOADS))
    if shown.empty:
        st.success(f"{CONCERNS[Concern(concern)]}: no officer." if concern else "No officer.", icon=":material/check:")
    else:
        caseload_chart.show(shown, question.policy, holders)
        caseloads.show_officers(shown, question.policy, holders, units, caption=caption_of(concern, shown))
        looked_at = {"Look at": CONCERNS[Concern(concern)]} if concern else {}
        caseload_files.offer_officers(shown, question, holders, looked_at)
    came_tab, availability_tab = st.tabs(["Came and went", "Availability"])
    with came_tab:
        recent = board.movement.rows
        names = offender_names(desk(), question, recent["offender_ref"])
        caseloads.show_movement(recent, board.movement, holders, names)
        caseload_files.offer_movement(recent, desk(), question, holders)
    with availability_tab:
        availability.panel(question, holders)
