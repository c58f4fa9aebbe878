"""Dated events beside the charts: the list of those marked, and the editor for those who keep it."""

from collections.abc import Callable, Sequence
from datetime import date

import pandas as pd
import streamlit as st

from app.parts import listing, trend_files
from app.parts.listing import Field
from app.parts.trends.drawing import header
from app.parts.words import escaped, plural
from app.session import current_view, desk
from offendermgmt.domain.vocabulary import TrendEventKind
from offendermgmt.services.desk import StoreError
from offendermgmt.services.question import Question
from offendermgmt.services.trend_definitions import EVENTS
from offendermgmt.services.trend_events import (
    LONGEST_TITLE,
    EventText,
    TrendEvent,
    add_event,
    correct_event,
    may_edit,
    remove_event,
)
from offendermgmt.services.wording import TREND_EVENT, day_text

_NEW = "new"


def key(marked: Sequence[TrendEvent], *, on: str = "every chart") -> None:
    """Draw what the numbered lines on the charts stand for, in one paragraph; `on` says which charts have them."""
    if marked:
        said = "; ".join(
            f"**{number}** {day_text(event.text.on)} {escaped(event.text.title)}"
            for number, event in enumerate(marked, start=1)
        )
        st.caption(f"Marked on {on}: {said}.")


def show(events: Sequence[TrendEvent], marked: Sequence[TrendEvent], question: Question) -> None:
    """Draw the list of the events marked on the charts, its file, and for who may change events the form to do so."""
    header(EVENTS)
    if marked:
        _draw_list(marked)
        trend_files.offer_events(marked, question)
    else:
        st.markdown("No event is on record in this range.")
    if may_edit(current_view().viewer):
        with st.expander("Add, correct or remove an event", icon=":material/edit_calendar:"):
            _draw_editor(events)


def _draw_list(marked: Sequence[TrendEvent]) -> None:
    rows = [
        {
            "number": number,
            "on": event.text.on,
            "kind": TREND_EVENT[event.text.kind],
            "title": event.text.title,
            "note": event.text.note,
            "by": f"{event.author}, {day_text(event.recorded_at.date())}",
        }
        for number, event in enumerate(marked, start=1)
    ]
    fields = [
        Field("number", "Mark", "number"),
        Field("on", "Day", "day"),
        Field("kind", "Kind"),
        Field("title", "Event", beneath="note"),
        Field("by", "Recorded by"),
    ]
    listing.show(pd.DataFrame(rows), fields, caption=f"{plural(len(marked), 'event')} in this range")


def _draw_editor(events: Sequence[TrendEvent]) -> None:
    by_ref = {event.event_ref: event for event in events}
    names = {ref: f"{day_text(event.text.on)}: {event.text.title}" for ref, event in by_ref.items()}
    chosen = st.selectbox(
        "Event", [_NEW, *by_ref], format_func=lambda ref: names.get(ref, "A new event"), key="event_to_edit"
    )
    event = by_ref.get(chosen)
    with st.form(f"event {chosen} {event.version if event else 0}", clear_on_submit=event is None):
        text = _draw_fields(event)
        with st.container(horizontal=True):
            saved = st.form_submit_button("Save" if event else "Add", type="primary")
            removed = event is not None and st.form_submit_button("Remove from every trend")
    viewer = current_view().viewer
    if event is not None and removed:
        _save(lambda: remove_event(desk(), viewer, event))
    elif event is not None and saved:
        _save(lambda: correct_event(desk(), viewer, event, text))
    elif saved:
        _save(lambda: add_event(desk(), viewer, text))


def _draw_fields(event: TrendEvent | None) -> EventText:
    kinds = list(TrendEventKind)
    columns = st.columns([1, 1, 2])
    with columns[0]:
        on = st.date_input("Day", value=event.text.on if event else current_view().as_of, format="DD/MM/YYYY")
    with columns[1]:
        kind = st.selectbox(
            "Kind", kinds, index=kinds.index(event.text.kind) if event else 0, format_func=lambda one: TREND_EVENT[one]
        )
    with columns[2]:
        title = st.text_input(
            "Title",
            value=event.text.title if event else "",
            max_chars=LONGEST_TITLE,
            help="Stands beside the mark on every trend, for every reader: name no person who is managed.",
        )
    note = st.text_area("Note", value=event.text.note if event else "", height=80, help="Source, scope, reason.")
    return EventText(on if isinstance(on, date) else current_view().as_of, kind, title, note)


def _save(write: Callable[[], object]) -> None:
    try:
        write()
    except (ValueError, StoreError) as error:
        st.error(str(error), icon=":material/error:")
        return
    st.rerun()
