"""Recording, correcting and withdrawing what is known of one offender or case, by forms made from the data contract."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from functools import partial
from typing import Any, Final

import pandas as pd
import streamlit as st

from app.parts import listing, telling
from app.parts.listing import Field
from app.parts.recording import contract_form, visit_form
from app.session import current_view, desk, today
from offendermgmt.domain.days import LONDON
from offendermgmt.services.changes import LONGEST_REASON
from offendermgmt.services.consultations import Subject
from offendermgmt.services.directory import holder_names
from offendermgmt.services.planned_visits import plans_on
from offendermgmt.services.question import Question
from offendermgmt.services.record_tables import STANDINGS
from offendermgmt.services.recording_alone import Unconfirmed
from offendermgmt.services.recording_choices import visit_choices
from offendermgmt.services.recording_facts import (
    Fact,
    OnRecord,
    correct_fact,
    facts_on_record,
    record_fact,
    recordings_of,
    withdraw_fact,
)
from offendermgmt.services.recording_fields import FormField, dated_by, fields_of, in_words, key_of
from offendermgmt.services.recording_kinds import may_record, tables_for, tables_to_correct, title
from offendermgmt.services.recording_scope import holds_today, officers_in_post

_TOPIC: Final = "recording"
_DOUBT: Final = "recording_doubt"
_NUMBER: Final = "recording_number"
_DEFAULT_TOOL: Final = {"risk_assessments": "ARMS", "polit_assessments": "KIRAT"}


class _Doing(StrEnum):
    VISIT = "visit"
    RECORD = "record"
    CORRECT = "correct"
    WITHDRAW = "withdraw"


_FACTS: Final = (_Doing.RECORD, _Doing.CORRECT, _Doing.WITHDRAW)
_DOINGS: Final = {
    _Doing.VISIT: "Record a visit",
    _Doing.RECORD: "Record something else",
    _Doing.CORRECT: "Correct",
    _Doing.WITHDRAW: "Withdraw",
}


def may_write(kind: str) -> bool:
    """Whether the viewer records about an offender or a case, on all that is known now: work is recorded today."""
    view = current_view()
    return may_record(view.viewer, kind) and view.known_at is None and view.as_of == today()


def show(question: Question, subject: Subject) -> None:
    """Draw the panel on a record, where the viewer may record about it."""
    view = current_view()
    if not may_record(view.viewer, subject.kind):
        return
    _say()
    with st.expander("Record or correct", icon=":material/edit_note:"):
        if not may_write(subject.kind):
            st.caption("Work is recorded today, on all that is known now: go back to today to do it.")
        elif not holds_today(question, subject):
            st.caption("Only who holds the case today, and their supervisors, record about it.")
        else:
            with_visit = subject.kind == "offender"
            _draw(question, subject, [_Doing.VISIT, *_FACTS] if with_visit else _FACTS)


def show_chosen(question: Question, subjects: Mapping[Subject, str]) -> None:
    """Draw the panel for one of several, name by subject; a visit has a form of its own beside it.

    Nothing where the viewer records nothing, or there is nobody.
    """
    subjects = {subject: name for subject, name in subjects.items() if may_write(subject.kind)}
    if not subjects:
        return
    _say()
    with st.expander("Record or correct something else", icon=":material/edit_note:"):
        chosen = st.selectbox(
            "About",
            list(subjects),
            index=None,
            key="recording_about",
            format_func=subjects.__getitem__,
            placeholder="Type a reference or a name",
        )
        if chosen is not None:
            _draw(question, chosen, _FACTS)


def _say() -> None:
    """Say what became of the last change, in a container, so that the form stays open beneath what is said."""
    with st.container():
        telling.show(_TOPIC)


def _draw(question: Question, subject: Subject, doings: Sequence[_Doing]) -> None:
    """Draw the choice of what is done, and its form."""
    # Nothing is read before it is asked for: most who open a record come to look.
    doing = st.radio(
        "What to do", doings, index=None, key="recording_do", format_func=_DOINGS.__getitem__, horizontal=True
    )
    if doing is None:
        return
    if doing == _Doing.VISIT:
        rows = plans_on(desk(), question, question.as_of)
        visit_form.show(question, visit_choices(desk(), question, rows, subject.ref))
        return
    tables = (tables_for if doing == _Doing.RECORD else tables_to_correct)(question.viewer, subject)
    if st.session_state.get("recording_table") not in tables:
        st.session_state["recording_table"] = next(iter(tables))
    table = st.selectbox("Which kind", list(tables), key="recording_table", format_func=tables.__getitem__)
    if doing == _Doing.RECORD:
        _record_form(question, subject, table)
    else:
        _change_form(question, subject, table, doing)


def _record_form(question: Question, subject: Subject, table: str) -> None:
    # A new form for each fact: the one that was saved keeps what a second click on it sends again.
    number = st.session_state.setdefault(_NUMBER, 0)
    fields, prefix = fields_of(table), f"record {subject.ref} {table} {number}"
    begins = _new(table, fields, question.viewer.officer_ref)
    with st.form(prefix):
        contract_form.draw(prefix, fields, begins, officers_in_post(question, subject.kind))
        st.form_submit_button("Save", type="primary", on_click=_record, args=(subject, table, number, prefix, begins))


def _new(table: str, fields: Sequence[FormField], own_ref: str | None) -> dict[str, str]:
    """What a new form begins with: today, the reader themselves as assessor or reviewer, the usual tool."""
    begins = {dated_by(table): today().isoformat(), "tool": _DEFAULT_TOOL.get(table, "")}
    own = {
        field.column: own_ref or ""
        for field in fields
        if field.column in {"assessor_ref", "reviewer_ref", "approved_by"}
    }
    return {field.column: {**begins, **own}.get(field.column, "") for field in fields}


def _change_form(question: Question, subject: Subject, table: str, doing: _Doing) -> None:
    on_record = {each.recording_id: each for each in facts_on_record(desk(), question, subject, table)}
    if not on_record:
        st.caption("There is none on record.")
        return
    names = holder_names(question)
    said = {number: _sentence(in_words(table, _told(each), names)) for number, each in on_record.items()}
    if st.session_state.get("recording_which") not in on_record:
        st.session_state["recording_which"] = next(iter(on_record))
    shown = st.selectbox("Which one", list(on_record), key="recording_which", format_func=said.__getitem__)
    standing = on_record[shown]
    _history(subject, table, standing, names)
    fields, prefix = fields_of(table), f"change {table} {shown}"
    with st.form(f"{prefix} {doing}"):
        if doing == _Doing.CORRECT:
            officers = officers_in_post(question, subject.kind)
            contract_form.draw(prefix, fields, standing.cells, officers, fixed=_references(fields))
        st.text_input(
            "Why it is corrected" if doing == _Doing.CORRECT else "Why it is withdrawn",
            key=f"{prefix} why",
            max_chars=LONGEST_REASON,
            help="Kept with your name and the time. What stood before stays on record.",
        )
        doubt = _doubt(prefix)
        if doubt is not None:
            st.checkbox(f"Save it {doubt[1]}", key=f"{prefix} confirm")
        change = _correct if doing == _Doing.CORRECT else _withdraw
        label = "Save the correction" if doing == _Doing.CORRECT else "Withdraw it"
        st.form_submit_button(label, type="primary", on_click=change, args=(subject, table, standing, prefix))


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def _told(each: OnRecord) -> Mapping[str, str]:
    """The cells without references that say nothing to people."""
    return {name: text for name, text in each.cells.items() if name != "visit_ref"}


def _references(fields: Sequence[FormField]) -> set[str]:
    """References name a fact and stay as they are; a wrong one is withdrawn and recorded anew."""
    return {field.column for field in fields if field.is_key and field.kind == "reference"}


def _history(subject: Subject, table: str, standing: OnRecord, names: Mapping[str, str]) -> None:
    """Draw every recording of the fact where there is more than the one that stands."""
    key = key_of(table, standing.cells)
    every = [each for each in recordings_of(desk(), subject, table) if key_of(table, each.cells) == key]
    if len(every) < _SEVERAL:
        return
    rows = pd.DataFrame(
        {
            "recorded_at": [each.recorded_at for each in every],
            "said": [_sentence(in_words(table, _told(each), names)) for each in every],
            "standing": [STANDINGS[_standing(each)] for each in every],
        }
    )
    fields = [Field("recorded_at", "Recorded", "moment"), Field("said", "What"), Field("standing", "Standing")]
    listing.show(rows, fields, caption=f"{title(table)}: its recordings, newest first")


_SEVERAL: Final = 2


def _standing(each: OnRecord) -> str:
    return "void" if each.is_void else "stands" if each.stands else "replaced"


def _doubt(prefix: str) -> tuple[frozenset[str], str] | None:
    kept: tuple[str, frozenset[str], str] | None = st.session_state.get(_DOUBT)
    return kept[1:] if kept is not None and kept[0] == prefix else None


def _record(subject: Subject, table: str, number: int, prefix: str, begins: Mapping[str, str]) -> None:
    fact = Fact(subject, table, contract_form.cells(prefix, fields_of(table), begins))
    made = partial(record_fact, desk(), current_view().viewer, fact, now=datetime.now(LONDON))
    if _attempt(made, f"Saved: {title(table).lower()} of {subject.ref} recorded.", prefix):
        st.session_state[_NUMBER] = number + 1


def _correct(subject: Subject, table: str, standing: OnRecord, prefix: str) -> None:
    kept, doubt = st.session_state, _doubt(prefix)
    fact = Fact(subject, table, contract_form.cells(prefix, fields_of(table), standing.cells))
    confirmed = doubt[0] if doubt is not None and kept.get(f"{prefix} confirm") else frozenset()

    def correct() -> None:
        now, viewer = datetime.now(LONDON), current_view().viewer
        shown, why = standing.recording_id, kept[f"{prefix} why"]
        correct_fact(desk(), viewer, fact, shown, why, now=now, confirmed=confirmed)

    _attempt(correct, f"Saved: {title(table).lower()} of {subject.ref} corrected.", prefix)


def _withdraw(subject: Subject, table: str, standing: OnRecord, prefix: str) -> None:
    why, shown = st.session_state[f"{prefix} why"], standing.recording_id
    made = partial(withdraw_fact, desk(), current_view().viewer, subject, table, shown, why, now=datetime.now(LONDON))
    _attempt(made, f"Saved: {title(table).lower()} of {subject.ref} withdrawn.", prefix)


def _attempt(change: Callable[[], Any], said: str, prefix: str) -> bool:
    def make() -> str:
        try:
            change()
        except Unconfirmed as asked:
            st.session_state[_DOUBT] = (prefix, asked.doubts, asked.as_it_is)
            raise
        return said

    return telling.attempt(make, _TOPIC)
