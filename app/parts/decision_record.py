"""Decisions on the record of an offender or a POLIT case: what was decided, and the forms that decide and close."""

import streamlit as st

from app.parts import decision_words, figures, histories, telling
from app.parts import decisions as forms
from app.parts.listing import Field
from app.session import current_view, desk
from offendermgmt.services import decision_definitions as definitions
from offendermgmt.services.consultations import Subject
from offendermgmt.services.deciding import may_decide
from offendermgmt.services.decision_lists import history
from offendermgmt.services.decisions import about, decisions, is_owner
from offendermgmt.services.directory import holder_names
from offendermgmt.services.question import Question

_FIELDS = (
    Field("kind_text", "Decision", "sentence", beneath="why"),
    Field("owner", "Owner"),
    Field("due_on", "Due", "day", beneath="late"),
    Field("standing", "Standing", "sentence", beneath="became"),
    Field("decided_on", "Decided on", "day", beneath="decided_by"),
)


def show(question: Question, subject: Subject, holder_ref: str, *, page: str) -> None:
    """Draw the decisions on the record that the viewer has open, on its page (`url_path`), and the forms."""
    st.header(definitions.HISTORY.title, help=figures.definition_text(definitions.HISTORY))
    recorded = decisions(desk(), current_view().known_at)
    # In one container, so that the forms stay open when something is said or listed above them.
    with st.container():
        telling.show(forms.TOPIC)
        histories.show(
            decision_words.told(history(question, recorded, subject), holder_names(question)),
            _FIELDS,
            "decision",
            question=question,
            subject=subject,
            page=page,
            definition=definitions.HISTORY,
            none="Nothing has been decided on this record by this day.",
            order="open ones first, then the newest",
        )
    own = about(recorded, subject)
    if not may_decide(question.viewer) and not any(is_owner(question.viewer, each) for each in own):
        return
    with st.expander("Decide, or close a decision", icon=":material/task_alt:"):
        if forms.is_now():
            forms.forms(subject, holder_ref, own)
            forms.mistake_form(own)
