"""Flags on an offender's record: what people recorded, and the forms that record, end or withdraw one."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Final

import streamlit as st

from app.navigation import OFFENDER
from app.parts import figures, histories, telling
from app.parts.listing import Field
from app.session import current_view, desk, today
from offendermgmt.domain.days import LONDON
from offendermgmt.domain.vocabulary import FlagKind
from offendermgmt.services import triage_definitions as definitions
from offendermgmt.services.changes import LONGEST_REASON
from offendermgmt.services.consultations import Subject
from offendermgmt.services.flag_recording import Flagging, end_flag, record_flag, withdraw_flag
from offendermgmt.services.flags import Flag, flags, flags_of, may_close, may_flag
from offendermgmt.services.question import Question
from offendermgmt.services.wording import FLAG, day_text

_FIELDS: Final = (
    Field("kind_text", "Flag", "sentence", beneath="note"),
    Field("from_on", "From", "day"),
    Field("last_on", "Until the end of", "day_or_none"),
    Field("standing", "Standing", beneath="closing"),
    Field("author", "Recorded by"),
    Field("recorded_at", "Recorded", "moment"),
)


def show(question: Question, offender_ref: str) -> None:
    """Draw the flags recorded on an offender whose record the viewer has open, and the forms where the viewer may."""
    st.header(definitions.FLAGS.title, help=figures.definition_text(definitions.FLAGS))
    recorded = flags(desk(), current_view().known_at)
    # In one container, so that a form stays open when something is said or listed above it.
    with st.container():
        telling.show()
        rows = flags_of(question, recorded, offender_ref)
        histories.show(
            rows.assign(
                kind_text=rows["kind"].map(FLAG),
                standing=rows["in_force"].map({True: "In force", False: "Over"}),
            ),
            _FIELDS,
            "flag",
            question=question,
            subject=Subject("offender", offender_ref),
            page=OFFENDER.url_path,
            definition=definitions.FLAGS,
            none="No flag is recorded by this day.",
            order="those in force first",
        )
    if may_flag(question.viewer):
        _forms(offender_ref, [flag for flag in recorded if flag.offender_ref == offender_ref])


def _forms(offender_ref: str, own: Sequence[Flag]) -> None:
    view = current_view()
    with st.expander("Record or end a flag", icon=":material/flag:"):
        if view.known_at is not None or view.as_of != today():
            st.caption("A flag is recorded today, on all that is known now: go back to today to do it.")
            return
        _record_form(offender_ref)
        standing = {flag.flag_ref: flag for flag in own if flag.holds(today()) and may_close(view.viewer, flag)}
        if standing:
            _close_form(standing)


def _record_form(offender_ref: str) -> None:
    with st.form(f"flag {offender_ref}"):
        with st.grid(3, min_column_width=180):
            st.selectbox("Kind", list(FlagKind), key="flag_kind", format_func=lambda kind: FLAG[kind])
            st.date_input("From", value=today(), max_value=today(), key="flag_from", format="DD/MM/YYYY")
            st.date_input(
                "Until the end of",
                value=None,
                min_value=today(),
                key="flag_until",
                format="DD/MM/YYYY",
                help="Leave empty where nobody can say: it holds until somebody ends it.",
            )
        st.text_area(
            "What is known, and how",
            key="flag_note",
            max_chars=LONGEST_REASON,
            help="Kept with your name and the time, and read by whoever may open this record.",
        )
        st.form_submit_button("Record the flag", type="primary", on_click=_record, args=(offender_ref,))


def _close_form(standing: dict[str, Flag]) -> None:
    with st.form("close flag"):
        st.selectbox(
            "Flag in force",
            list(standing),
            key="flag_closed",
            format_func=lambda ref: f"{FLAG[standing[ref].kind]}, from {day_text(standing[ref].from_on)}",
        )
        st.text_input("Why it is taken away", key="flag_why", max_chars=LONGEST_REASON)
        with st.container(horizontal=True, gap="small"):
            st.form_submit_button(
                "End it today",
                on_click=_close,
                args=(standing, end_flag, "Ended: the flag holds no more from today on."),
                help="It was right, and holds no more from today on.",
            )
            st.form_submit_button(
                "Withdraw it",
                on_click=_close,
                args=(standing, withdraw_flag, "Withdrawn: the flag holds on no day. It stays on record."),
                help="It should not have been made, and holds on no day. It stays on record.",
            )


def _record(offender_ref: str) -> None:
    kept = st.session_state
    until: date | None = kept["flag_until"]
    asked = Flagging(offender_ref, kept["flag_kind"], kept["flag_note"], kept["flag_from"], until)

    def record() -> str:
        record_flag(desk(), current_view().viewer, asked, now=datetime.now(LONDON))
        return f"Recorded: {offender_ref} is flagged ({FLAG[asked.kind].lower()})."

    if telling.attempt(record):
        kept["flag_note"], kept["flag_until"] = "", None


def _close(standing: dict[str, Flag], change: Callable[..., None], said: str) -> None:
    kept = st.session_state

    def record() -> str:
        change(desk(), current_view().viewer, standing[kept["flag_closed"]], kept["flag_why"], now=datetime.now(LONDON))
        return said

    if telling.attempt(record):
        kept["flag_why"] = ""
