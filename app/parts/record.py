"""One offender's record on a page: who, where they stand, why the visit is due then, and what is recorded."""

from collections.abc import Sequence
from functools import partial
from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from app.navigation import OFFENDER
from app.parts import charts, figures, histories, links, listing, timeline_chart
from app.parts.listing import Field
from offendermgmt.services import record_definitions as definitions
from offendermgmt.services import record_reviews, record_tables
from offendermgmt.services.consultations import Subject
from offendermgmt.services.directory import holder_names, team_names
from offendermgmt.services.figures import Definition
from offendermgmt.services.offender import OffenderRecord, Standing
from offendermgmt.services.question import Question
from offendermgmt.services.wording import RISK, STATUS, day_text, days_text

_DRAWN_YEARS = 3


def name_of(record: OffenderRecord) -> str:
    """The reference, with `SURNAME, forenames` where the viewer may have it."""
    person = record.person
    name = ", ".join(text for text in (str(person.get("surname") or "").upper(), person.get("forenames") or "") if text)
    return f"{record.offender_ref} · {name}" if name else record.offender_ref


def show_header(question: Question, record: OffenderRecord) -> None:
    """Draw who this is and where they stand."""
    standing, person = record.standing, record.person
    facts: list[tuple[str, str, str]] = [
        ("Risk", RISK[standing.risk], f"Visits every {standing.interval}"),
        ("State", STATUS[standing.status], f"Since {day_text(standing.status_since)}"),
        (
            "Held by",
            holder_names(question).get(standing.officer_ref, "Unallocated"),
            team_names(question).get(standing.team_ref, ""),
        ),
        ("Last seen", day_text(standing.last_completed_on) if standing.last_completed_on else "Never", ""),
        ("MAPPA", _mappa(person), "How agencies work together, not how high the risk is"),
        ("Registered", day_text(person["registered_on"]), _reference(person)),
    ]
    if person.get("date_of_birth"):
        facts.append(("Date of birth", day_text(person["date_of_birth"]), ""))
    items = "".join(
        f"<div><dt>{escape(title)}</dt><dd>{escape(value)}<small>{escape(beneath)}</small></dd></div>"
        for title, value, beneath in facts
    )
    st.html(f'<dl class="om-facts">{items}</dl>')


def show_next_visit(record: OffenderRecord, on: Any) -> None:
    """Draw when the next visit is due, how late or how far off that is, and why."""
    st.header("Next visit")
    standing = record.standing
    with st.container(border=True):
        st.markdown(f"**{_due_words(standing, on)}**")
        for reason in record.reasons:
            st.markdown(reason)


def show_picture(record: OffenderRecord) -> None:
    """Draw the timeline, the last years of it or all, over the table it was drawn from."""
    st.header("Timeline")
    stretches, visits = record.stretches, record.facts["visits"]
    since = stretches["end"].iloc[-1] - pd.DateOffset(years=_DRAWN_YEARS)
    if stretches["start"].iloc[0] < since and not st.toggle(
        "Show all since registration", key="all_time", bind="query-params"
    ):
        stretches = stretches[stretches["end"] > since].assign(start=stretches["start"].clip(lower=since))
        stretches = stretches.assign(overdue_from=stretches["overdue_from"].clip(lower=since))
    drawn = visits if visits.empty else visits[pd.to_datetime(visits["visited_on"]) >= stretches["start"].iloc[0]]
    if drawn.empty:
        drawn = pd.DataFrame({"visited_on": [], "outcome": []})
    charts.draw(
        timeline_chart.draw(stretches, drawn), alt=timeline_chart.in_words(stretches, drawn), key="offender_timeline"
    )
    with st.expander("Show as a table", icon=":material/table:"):
        fields = [
            Field("start", "From", "day"),
            Field("last", "To", "day"),
            Field("state", "State"),
            Field("risk_level", "Risk", "risk"),
            Field("due_on", "Visit due on", "day_or_none"),
            Field("overdue_from", "Overdue from", "day_or_none"),
        ]
        listing.show(timeline_chart.as_table(stretches), fields, caption="Stretches in which nothing changed")


def show_histories(question: Question, record: OffenderRecord) -> None:
    """Draw what is recorded, a tab a kind, newest first."""
    st.header(definitions.HISTORY.title, help=figures.definition_text(definitions.HISTORY))
    draw = partial(_table, question, record)
    tabs = st.tabs(["Visits", "Assessments", "States", "Holders", "Own intervals", "Reviews and orders", "Recordings"])
    with tabs[0]:
        draw(
            record_tables.visits(question, record),
            [
                Field("visited_at", "Visited", "moment"),
                Field("outcome", "Outcome"),
                Field("crew", "Crew"),
                Field("alone", "One officer", beneath="reason"),
                Field("announced", "Announced"),
            ],
            "visit",
        )
    with tabs[1]:
        draw(
            record_tables.assessments(question, record),
            [
                Field("assessed_on", "Assessed on", "day"),
                Field("tool", "Tool"),
                Field("risk_level", "Risk", "risk"),
                Field("assessor", "By"),
            ],
            "assessment",
        )
    with tabs[2]:
        draw(
            record_tables.states(record),
            [Field("from_on", "From", "day"), Field("state", "State"), Field("note", "Note")],
            "state",
            "In the community since registration: no other state is recorded by this day.",
        )
    with tabs[3]:
        fields = [Field("from_on", "From", "day"), Field("to_on", "Until", "day_or_none"), Field("holder", "Held by")]
        draw(record_tables.holders(question, record), fields, "holder")
    with tabs[4]:
        draw(
            record_tables.intervals(question, record),
            [
                Field("from_on", "From", "day"),
                Field("to_on", "Until", "day_or_none"),
                Field("interval_days", "Days", "number"),
                Field("reason", "Reason"),
                Field("approved_by", "Approved by"),
            ],
            "own interval",
            "No interval of their own is recorded by this day: the one for the risk level is in force.",
        )
    with tabs[5]:
        _show_reviews(question, record)
    with tabs[6]:
        _show_recordings(question, record)


def show_back(address: str) -> None:
    """Draw the link back to the list the reader came from."""
    links.sentence("", "Back to the list", address)


def _show_reviews(question: Question, record: OffenderRecord) -> None:
    _table(
        question,
        record,
        record_reviews.reviews(question, record),
        [
            Field("reviewed_on", "Reviewed on", "day"),
            Field("kind", "What", beneath="note"),
            Field("reviewer", "By"),
            Field("finding", "Found"),
        ],
        "review",
    )
    _table(
        question,
        record,
        record_reviews.orders(record),
        [
            Field("kind", "Order", beneath="order_ref"),
            Field("from_on", "From", "day"),
            Field("to_on", "Until", "day_or_none"),
        ],
        "order",
    )


def _show_recordings(question: Question, record: OffenderRecord) -> None:
    st.markdown(
        "Nothing is overwritten: a correction is a later recording of the same fact, and a void one withdraws it. "
        "Days after: from the day the fact is dated to the day it was recorded."
    )
    _table(
        question,
        record,
        record_tables.recordings(record),
        [
            Field("recorded_at", "Recorded", "moment"),
            Field("kind", "What", beneath="what"),
            Field("dated", "Dated", "day"),
            Field("delay_days", "Days after", "number"),
            Field("standing", "Standing"),
        ],
        "recording",
        definition=definitions.RECORDINGS,
    )


def _table(
    question: Question,
    record: OffenderRecord,
    rows: pd.DataFrame,
    fields: Sequence[Field],
    noun: str,
    none: str | None = None,
    definition: Definition = definitions.HISTORY,
) -> None:
    histories.show(
        rows,
        fields,
        noun,
        question=question,
        subject=Subject("offender", record.offender_ref),
        page=OFFENDER.url_path,
        definition=definition,
        none=none,
    )


def _due_words(standing: Standing, on: Any) -> str:
    if not standing.clock_runs or standing.due_on is None:
        return "No visit is due: the visit clock is stopped."
    due = f"Due on {day_text(standing.due_on)}"
    if standing.days_overdue:
        return f"{due}: {days_text(standing.days_overdue)} overdue"
    left = (standing.due_on - on).days
    return f"{due}: {days_text(left)} left" if left else f"{due}: today, and not overdue until tomorrow"


def _mappa(person: Any) -> str:
    parts = [("category", person.get("mappa_category")), ("level", person.get("mappa_level"))]
    said = ", ".join(f"{name} {value}" for name, value in parts if value)
    return said.capitalize() or "Not recorded"


def _reference(person: Any) -> str:
    return f"Local reference {person['local_ref']}" if person.get("local_ref") else ""
