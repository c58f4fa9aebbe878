"""The lists of My day: who is overdue, due and planned, what has no outcome, and the cases of an investigator."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any, Final

import pandas as pd
import streamlit as st

from app.navigation import MY_DAY, OFFENDER
from app.parts import decision_list, figures, links, listing
from app.parts.figures import definition_text
from app.parts.listing import MOST_ROWS, Field
from app.parts.words import count, moment, plural
from app.session import desk
from offendermgmt.services import definitions, my_day_definitions
from offendermgmt.services.access import OWN_CASES_ONLY
from offendermgmt.services.decision_lists import Which, decision_board
from offendermgmt.services.decisions import decisions
from offendermgmt.services.directory import holder_names, offender_names
from offendermgmt.services.figures import Definition
from offendermgmt.services.my_day import VisitsDay
from offendermgmt.services.question import Question
from offendermgmt.services.wording import STATUS, day_text, days_text

_OFFENDER: Final = Field("offender_ref", "Offender", "opens", beneath="name")
_RISK: Final = Field("risk_level", "Risk", "risk")


def show_figures(day: VisitsDay) -> None:
    """Draw the four numbers of the day."""
    with st.grid(4, min_column_width=150):
        figures.show(day.overdue)
        figures.show(day.no_outcome)
        figures.show(day.planned, note=f"in {days_text(day.days)}, today included")
        figures.show(day.due, note=f"within {days_text(day.days)}")


def show_lists(day: VisitsDay, names: Mapping[str, str], holders: Mapping[str, str], *, one_holder: bool) -> None:
    """Draw who is overdue, what has no outcome, what is planned and who is due; whose only where they are several's."""
    held = [] if one_holder else [Field("holder", "Held by")]
    due, planned = (partial(words, names=names, holders=holders) for words in (_due_words, _planned_words))
    _section(
        definitions.OVERDUE,
        day.overdue_rows,
        due,
        [
            *(
                _OFFENDER,
                replace(_RISK, beneath="state"),
                Field("days_overdue", "Days overdue", "number", beneath="due"),
            ),
            *(Field("last_completed_on", "Last seen", "day"), *held),
        ],
        "offender overdue",
        "offenders overdue",
        "by risk, then by days overdue",
    )
    _section(
        my_day_definitions.NO_OUTCOME,
        day.no_outcome_rows,
        planned,
        [_OFFENDER, Field("at", "Was planned for"), Field("crew_names", "Crew"), _RISK],
        "visit past its time with no outcome",
        "visits past their time with no outcome",
        "the oldest first",
    )
    _section(
        my_day_definitions.PLANNED,
        day.planned_rows,
        planned,
        [_OFFENDER, Field("at", "Planned for", beneath="told"), Field("crew_names", "Crew"), _RISK],
        "planned visit",
        "planned visits",
        "the next first",
    )
    _section(
        my_day_definitions.DUE_SOON,
        day.due_rows,
        due,
        [
            *(_OFFENDER, _RISK, Field("due_on", "Due on", "day", beneath="left")),
            *(Field("plan", "Planned for", beneath="seen"), *held),
        ],
        "offender due",
        "offenders due",
        "the first due first",
    )


def show_decisions(question: Question) -> None:
    """Draw the open decisions that the reader is to carry out; of somebody else's day, those on their cases."""
    which = Which.MINE if question.viewer.role in OWN_CASES_ONLY else Which.OPEN
    board = decision_board(question, decisions(desk(), question.snapshot.known_at), which)
    definition = board.figures[which].definition
    st.header(definition.title, help=definition_text(definition))
    if board.rows is None or board.rows.empty:
        st.markdown("No decision.")
        return
    names = offender_names(desk(), question, list(board.rows["subject_ref"]))
    decision_list.show_list(board.rows, names, holder_names(question), which)


def _section(
    definition: Definition,
    rows: pd.DataFrame,
    told: Callable[[pd.DataFrame], pd.DataFrame],
    fields: list[Field],
    one: str,
    many: str,
    order: str,
) -> None:
    st.header(definition.title, help=definition_text(definition))
    if rows.empty:
        st.markdown(f"No {one}.")
        return
    shown = rows.head(MOST_ROWS)
    if len(shown) < len(rows):
        st.info(f"The list shows {count(len(shown))} of {count(len(rows))}; the figure counts all of them.")
    caption = f"{plural(len(rows), one, many)}{f', {order}' if len(rows) > 1 else ''}"
    opens = links.addresses(OFFENDER.url_path, "ref", shown["offender_ref"], back=MY_DAY.url_path)
    listing.show(told(shown), fields, caption=caption, opens=opens)


def _due_words(rows: pd.DataFrame, names: Mapping[str, str], holders: Mapping[str, str]) -> pd.DataFrame:
    told = rows.assign(
        name=[names.get(ref, "") for ref in rows["offender_ref"]],
        due=[f"due {day_text(day)}" for day in rows["due_on"]],
        state=rows["status"].map(STATUS),
        seen=["never seen" if pd.isna(day) else f"seen {day_text(day)}" for day in rows["last_completed_on"]],
        holder=[holders.get(ref, "Unallocated") for ref in rows["officer_ref"]],
    )
    if "planned_at" not in rows:
        return told
    return told.assign(
        left=[f"in {days_text(days)}" if days else "today" for days in rows["days_until"]],
        plan=["Not planned" if pd.isna(at) else moment(at) for at in rows["planned_at"]],
    )


def _planned_words(rows: pd.DataFrame, names: Mapping[str, str], holders: Mapping[str, str]) -> pd.DataFrame:
    return rows.assign(
        name=[names.get(ref, "") for ref in rows["offender_ref"]],
        at=[moment(at) for at in rows["planned_at"]],
        told=["Announced" if announced else "Unannounced" for announced in rows["announced"]],
        crew_names=[_crew(crew, holders) for crew in rows["officer_refs"]],
    )


def _crew(officer_refs: Any, holders: Mapping[str, str]) -> str:
    named = [holders.get(ref, ref) for ref in str(officer_refs).split(";") if ref]
    return ", ".join(named) if len(named) > 1 else f"{', '.join(named)}, alone"


def say_whose(scope: str, chosen: str | None, on: Any) -> None:
    """Say whose day this is."""
    st.markdown(f"Scope: **{chosen or scope}**, {day_text(on)}.")
