"""The review of a unit's day at the foot of its morning: signed by the inspector, answered by the chief inspector."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime

import pandas as pd
import streamlit as st

from app.navigation import MORNING, OFFENDER, POLIT_CASE
from app.parts import links, listing, review_answer, telling
from app.parts.decision_words import THE_DCI
from app.parts.listing import Field
from app.parts.review_words import page_address, quote, say_standing, weekday
from app.parts.words import plural
from app.session import current_view, desk, today
from offendermgmt.domain.days import LONDON
from offendermgmt.domain.vocabulary import DecisionKind, Unit
from offendermgmt.services.decisions import Decision, decisions
from offendermgmt.services.directory import holder_names
from offendermgmt.services.morning import Morning
from offendermgmt.services.question import Question
from offendermgmt.services.review_document import Drawn, KeptReview, drawn, figures_of
from offendermgmt.services.review_moves import moved
from offendermgmt.services.review_record import review_record
from offendermgmt.services.review_signing import LONGEST_NOTE, Reviewing, keep_note, may_sign, sign, taken_on
from offendermgmt.services.reviews import Review, review_ref
from offendermgmt.services.wording import DECISION


def panel(morning: Morning) -> None:
    """Draw how far the review of the morning's unit and day has come, and what the viewer may do about it."""
    question, unit = morning.question, morning.unit
    ref = review_ref(unit, question.as_of)
    st.subheader(f"Review of {unit}, {weekday(question.as_of)}", anchor=False)
    # What was signed after the day counts here too: this is where it is signed.
    record = review_record(desk(), replace(question, as_of=question.today), unit, question.as_of)
    review = record.standing if record else None
    # In one container, so that the form keeps its place when something is said above it.
    with st.container():
        telling.show(ref)
    say_standing(review)
    if review is not None:
        quote("Note", review.note)
        quote("The chief inspector's comment", review.comment)
    if record is not None and record.kept is not None:
        _lead_to(morning, record.kept)
    if _is_whole(question):
        _show_taken(morning)
    if not _is_now(morning):
        return
    if review is not None:
        review_answer.form(review)
    if may_sign(question.viewer, unit, review):
        _offer(morning, review)


def _offer(morning: Morning, review: Review | None) -> None:
    if review is None or not review.is_signed:
        _form(morning, review)
        return
    with st.expander("Sign again, with the figures as they stand now", icon=":material/draw:"):
        _form(morning, review)


def _form(morning: Morning, review: Review | None) -> None:
    day, version = morning.question.as_of, review.version if review else 0
    ref, shown = review_ref(morning.unit, day), drawn(morning)
    if _key(ref) not in st.session_state:
        st.session_state[_key(ref)] = review.note if review else ""
    with st.form(f"sign {ref}"):
        st.text_area(
            "Note on the day",
            key=_key(ref),
            max_chars=LONGEST_NOTE,
            help="What stood out, who was told what, what tomorrow should look at. Kept with your name and the time.",
        )
        if day < today():
            st.caption("The day is over: the review is shown as signed after it.")
        with st.container(horizontal=True):
            # The buttons are of this version: a second click after the first has no button to press.
            st.form_submit_button(
                f"Sign, with the {plural(len(shown.figures), 'figure')} above",
                key=f"sign {ref} {version}",
                type="primary",
                on_click=_sign,
                args=(morning.unit, day, version, shown),
            )
            if review is None or not review.is_signed:
                st.form_submit_button(
                    "Keep the note only",
                    key=f"keep {ref} {version}",
                    on_click=_keep,
                    args=(morning.unit, day, version),
                )


def _sign(unit: Unit, day: date, seen: int, shown: Drawn) -> None:
    asked = Reviewing(unit, day, st.session_state[_key(review_ref(unit, day))], seen)

    def record() -> str:
        sign(desk(), current_view().viewer, asked, shown, now=datetime.now(LONDON))
        return f"Signed: {unit}, {weekday(day)}."

    telling.attempt(record, asked.ref)


def _keep(unit: Unit, day: date, seen: int) -> None:
    asked = Reviewing(unit, day, st.session_state[_key(review_ref(unit, day))], seen)

    def record() -> str:
        keep_note(desk(), current_view().viewer, asked, now=datetime.now(LONDON))
        return "The note is kept. Nothing is signed yet."

    telling.attempt(record, asked.ref)


def _is_now(morning: Morning) -> bool:
    """Whether the page shows all that is known now, of the whole unit, so that it can be signed; says so where not."""
    question, viewer = morning.question, current_view().viewer
    is_theirs = may_sign(viewer, morning.unit, None)
    if question.snapshot.known_at is not None:
        if is_theirs:
            st.caption("A review is written on all that is known now: empty 'As known on' to do it.")
        return False
    if is_theirs and not _is_whole(question):
        st.caption("A review is of the whole unit: choose all teams to write it.")
    return _is_whole(question)


def _is_whole(question: Question) -> bool:
    """Whether the page counts the whole unit, as a review does."""
    return question.viewer.team_refs is None and question.team_ref is None and question.officer_ref is None


def _lead_to(morning: Morning, kept: KeptReview) -> None:
    number = len(moved(kept.figures, figures_of(morning))) if _is_whole(morning.question) else 0
    since = f"{plural(number, 'figure')} of {len(kept.figures)} moved since it was signed. " if number else ""
    href = page_address(morning.unit, morning.question.as_of, as_of=None)
    links.sentence(since, "See it as it was signed, beside what is known now", href, ".")


def _show_taken(morning: Morning) -> None:
    question, unit = morning.question, morning.unit
    taken = taken_on(decisions(desk(), question.snapshot.known_at), unit, question.as_of)
    if not taken:
        st.markdown(f"No decision on a case of {unit} was taken on this day.")
        return
    holders = holder_names(question)
    rows = pd.DataFrame(
        {
            "ref": [each.about.ref for each in taken],
            "decision": [DECISION[each.kind] for each in taken],
            "owner": [_owner(each, holders) for each in taken],
            "due_on": [each.due_on for each in taken],
            "by": [each.decided_by for each in taken],
        }
    )
    listing.show(
        rows,
        [
            Field("ref", "Offender or case", "opens"),
            Field("decision", "Decision"),
            Field("owner", "Owner"),
            Field("due_on", "Due", "day"),
            Field("by", "Decided by"),
        ],
        caption=f"{plural(len(taken), 'decision')} taken on this day, kept with the review",
        opens={each.about.ref: _record(each) for each in taken},
    )


def _owner(decision: Decision, holders: Mapping[str, str]) -> str:
    if decision.owner_ref:
        return holders.get(decision.owner_ref, decision.owner_ref)
    return THE_DCI if decision.kind is DecisionKind.ESCALATE else decision.decided_by


def _record(decision: Decision) -> str:
    if decision.about.kind == "case":
        return links.address(POLIT_CASE.url_path, case=decision.about.ref, back=MORNING.url_path)
    return links.address(OFFENDER.url_path, ref=decision.about.ref, back=MORNING.url_path)


def _key(ref: str) -> str:
    return f"review_note {ref}"
