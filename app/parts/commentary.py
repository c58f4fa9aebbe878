"""Commentary on a measure: what is said of the month beside what was said of the last, and the form that says it."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Final

import streamlit as st

from app.parts import telling
from app.parts.words import escaped, moment
from app.session import current_view, desk
from offendermgmt.domain.days import LONDON
from offendermgmt.domain.vocabulary import CommentaryState
from offendermgmt.services.changes import LONGEST_REASON
from offendermgmt.services.commentary import Commentary
from offendermgmt.services.commentary_writing import (
    LONGEST_TEXT,
    CommentaryChanged,
    Writing,
    approve,
    may_approve,
    may_send_back,
    may_write,
    save_draft,
    send_back,
    submit,
)
from offendermgmt.services.wording import COMMENTARY, month_text

TOPIC: Final = "commentary"
PARTS: Final = {"what": "What happened", "so_what": "So what", "what_next": "What next"}


def show(month_on: date, this: Commentary | None, last: Commentary | None) -> None:
    """Draw what is said of the month and, beside it, of the one before: what the reader may read of both."""
    before = date(month_on.year - (month_on.month == 1), (month_on.month - 2) % 12 + 1, 1)
    columns = st.columns(2, gap="medium")
    for column, month, said in zip(columns, (month_on, before), (this, last), strict=True):
        with column:
            st.markdown(f"**{month_text(month)}**")
            draw(said)


def forms(measure_ref: str, title: str, month_on: date, this: Commentary | None) -> None:
    """Draw the forms that write, approve or send back, for those who may and on what is known now.

    `this` is what stands of the month, whatever its state; the page says with `telling.show(TOPIC)` what became of it.
    """
    view = current_view()
    approves = this is not None and may_approve(view.viewer, this)
    returns = this is not None and may_send_back(view.viewer, this)
    writes = may_write(view.viewer) and (this is None or this.state is not CommentaryState.APPROVED)
    if not (writes or approves or returns) or view.known_at is not None:
        return
    with st.expander(f"Commentary on {title}, {month_text(month_on)}", icon=":material/edit_note:"):
        if writes:
            _write_form(measure_ref, month_on, this)
        if this is not None and returns:
            _approval_form(this, approves=approves)


def draw(said: Commentary | None) -> None:
    """Draw what is said and how far it has come, or that nothing is."""
    if said is None:
        st.caption("No commentary.")
        return
    st.caption(escaped(status(said)))
    if said.state is CommentaryState.DRAFT and said.comment:
        st.info(f"Sent back: {escaped(said.comment)}", icon=":material/undo:")
    for name, text in zip(PARTS.values(), said.text, strict=True):
        if text:
            st.markdown(f"**{name}.** {escaped(text)}")


def status(said: Commentary) -> str:
    """How far the commentary has come, by whom and when: `Submitted by DCI Elm, 3 Jul 2025 10:00`."""
    wrote = f"by {said.author}, {moment(said.written_at)}"
    if said.state is CommentaryState.APPROVED:
        return f"Approved by {said.changed_by}, {moment(said.changed_at)}; written {wrote}"
    return f"{COMMENTARY[said.state]} {wrote}"


def _write_form(measure_ref: str, month_on: date, this: Commentary | None) -> None:
    key = f"commentary {measure_ref} {month_on:%Y-%m}"
    _fill(key, this)
    if this is not None and this.version != st.session_state[f"{key} seen"]:
        st.warning("This has changed since you began to write: read what stands now.", icon=":material/edit_note:")
    with st.form(key, border=False):
        for part, name in PARTS.items():
            st.text_area(name, key=f"{key} {part}", max_chars=LONGEST_TEXT, height=100)
        with st.container(horizontal=True):
            st.form_submit_button("Submit", type="primary", on_click=_write, args=(submit, key, measure_ref, month_on))
            st.form_submit_button("Save as draft", on_click=_write, args=(save_draft, key, measure_ref, month_on))
        st.caption("Boards read it once somebody else has approved it. Name no person who is managed.")


def _fill(key: str, this: Commentary | None) -> None:
    """Put what stands into the fields, unless the reader has begun to write: their words stay theirs."""
    kept, stands = st.session_state, this.text if this else ("", "", "")
    typed = tuple(kept.get(f"{key} {part}") for part in PARTS)
    if typed == (None, None, None) or typed == kept.get(f"{key} filled"):
        for part, text in zip(PARTS, stands, strict=True):
            kept[f"{key} {part}"] = text
        kept[f"{key} filled"] = stands
        kept[f"{key} seen"] = this.version if this else 0
    if kept.pop(f"{key} told", False):
        kept[f"{key} seen"] = this.version if this else 0
    kept.setdefault(f"{key} seen", this.version if this else 0)


def _write(act: Callable[..., None], key: str, measure_ref: str, month_on: date) -> None:
    kept = st.session_state
    what, so_what, what_next = (kept[f"{key} {part}"] for part in PARTS)

    def record() -> str:
        try:
            asked = Writing(measure_ref, month_on, what, so_what, what_next, kept[f"{key} seen"])
            act(desk(), current_view().viewer, asked, now=datetime.now(LONDON))
        except CommentaryChanged:
            # They have been told: what is drawn next is what they see when they save again, and not a second click.
            kept[f"{key} told"] = True
            raise
        if act is submit:
            return "Submitted. Senior leadership approves it or sends it back."
        return "Saved as a draft."

    if telling.attempt(record, TOPIC):
        kept[f"{key} filled"] = (what, so_what, what_next)


def _approval_form(this: Commentary, *, approves: bool) -> None:
    key = f"approval {this.measure_ref} {this.month_on:%Y-%m}"
    with st.form(f"{key} {this.version}", border=False):
        st.text_input("Why it is sent back", key=f"{key} comment", max_chars=LONGEST_REASON)
        with st.container(horizontal=True):
            if approves:
                st.form_submit_button("Approve", type="primary", on_click=_approve, args=(this,))
            st.form_submit_button("Send back", on_click=_send_back, args=(this, f"{key} comment"))
    if not approves and this.state is CommentaryState.SUBMITTED:
        st.caption("You wrote some of it, so somebody else in senior leadership approves it.")


def _approve(this: Commentary) -> None:
    def record() -> str:
        approve(desk(), current_view().viewer, this.measure_ref, this.month_on, this.version)
        return "Approved: boards can read it."

    telling.attempt(record, TOPIC)


def _send_back(this: Commentary, key: str) -> None:
    def record() -> str:
        comment = st.session_state[key]
        send_back(desk(), current_view().viewer, this.measure_ref, this.month_on, this.version, comment)
        return "Sent back: it is a draft again."

    if telling.attempt(record, TOPIC):
        st.session_state[key] = ""
