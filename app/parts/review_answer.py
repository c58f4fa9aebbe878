"""The form by which a chief inspector answers a signed review."""

from collections.abc import Collection
from typing import Final

import streamlit as st

from app.parts import telling
from app.session import current_view, desk
from offendermgmt.services.review_answering import Answer, Answering, answer, answers_to
from offendermgmt.services.review_signing import LONGEST_NOTE
from offendermgmt.services.reviews import Review

_LABEL: Final = {
    Answer.COUNTERSIGN: "Countersign",
    Answer.SEEN: "Seen, countersign later",
    Answer.RETURN: "Return to the inspector",
}
_SAID: Final = {
    Answer.COUNTERSIGN: "Countersigned.",
    Answer.SEEN: "Kept as seen; it still waits to be countersigned.",
    Answer.RETURN: "Returned.",
}


def form(review: Review) -> None:
    """Draw the form for whoever may answer the review as it stands; nothing for others."""
    given = answers_to(current_view().viewer, review)
    if given == (Answer.RETURN,):
        with st.expander("Return it although it is countersigned", icon=":material/undo:"):
            _form(review, given)
    elif given:
        _form(review, given)


def _form(review: Review, given: Collection[Answer]) -> None:
    with st.form(f"answer {review.review_ref}"):
        st.text_area(
            "Comment",
            key=_key(review),
            max_chars=LONGEST_NOTE,
            help="Kept with your name and the time. A review that goes back says what is to be put right.",
        )
        with st.container(horizontal=True):
            for each in given:
                st.form_submit_button(
                    _LABEL[each],
                    # Of this version: a second click after the first has no button to press.
                    key=f"{each} {review.review_ref} {review.version}",
                    type="primary" if each is Answer.COUNTERSIGN else "secondary",
                    on_click=_answer,
                    args=(review, each),
                )


def _answer(review: Review, given: Answer) -> None:
    kept, key = st.session_state, _key(review)

    def record() -> str:
        answer(desk(), current_view().viewer, Answering(review, given, kept[key]))
        return _SAID[given]

    if telling.attempt(record, review.review_ref):
        kept[key] = ""


def _key(review: Review) -> str:
    return f"review_comment {review.review_ref}"
