"""One review opened: as it was signed, beside what is known now, with all its versions."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import pandas as pd
import streamlit as st

from app.navigation import OFFENDER, POLIT_CASE, REVIEWS
from app.parts import figures, links, listing, review_answer, telling
from app.parts.decision_words import THE_DCI
from app.parts.listing import Field
from app.parts.review_words import in_short, morning_then, quote, say_standing, weekday
from app.parts.words import moment, plural
from app.session import current_view, desk
from offendermgmt.domain.vocabulary import DecisionKind, DecisionState, Unit
from offendermgmt.services import review_definitions as definitions
from offendermgmt.services.access import ROLE_TITLES
from offendermgmt.services.decisions import decisions
from offendermgmt.services.directory import holder_names
from offendermgmt.services.morning_words import TITLE, late_in_words
from offendermgmt.services.question import Question
from offendermgmt.services.review_answering import answers_to
from offendermgmt.services.review_document import KeptReview
from offendermgmt.services.review_moves import Move, difference_in_words, in_words
from offendermgmt.services.review_record import BesideNow, ReviewRecord, became_of, beside_now
from offendermgmt.services.reviews import Review
from offendermgmt.services.wording import DECISION, DECISION_STATE, RISK, day_text

_PARTS: Final[Mapping[str, str]] = {str(part): title for part, title in TITLE.items()}


def show(question: Question, unit: Unit, record: ReviewRecord) -> None:
    """Draw the review, the answer where the viewer may give one, its figures then and now, and its history."""
    review, kept = record.standing, record.kept
    st.header(f"Review of {unit}, {weekday(review.review_on)}", anchor=False)
    links.sentence("", "All daily reviews", links.address(REVIEWS.url_path, review=None))
    # In one container, so that the form keeps its place when something is said above it.
    with st.container():
        telling.show(review.review_ref)
    say_standing(review)
    quote("Note", review.note)
    quote("The chief inspector's comment", review.comment)
    view = current_view()
    if view.known_at is None and view.as_of == question.today:
        review_answer.form(review)
    elif answers_to(view.viewer, review):
        st.caption("A review is answered today, on all that is known now: go back to today to do it.")
    if kept is not None:
        _show_signed(question, review, kept)
    _show_history(record.history, names=question.viewer.sees_names)


def _show_signed(question: Question, review: Review, kept: KeptReview) -> None:
    beside = beside_now(desk(), question, review, kept)
    st.subheader(definitions.BESIDE.title, anchor=False, help=figures.definition_text(definitions.BESIDE))
    role = ROLE_TITLES[kept.signer.role].lower()
    st.markdown(
        f"What was signed is what was known at **{moment(kept.known_at)}**, by policy {kept.policy_version}, signed as "
        f"{role}."
    )
    st.markdown(_why(review, kept, beside))
    links.sentence("", "Open the morning as it was known then", morning_then(review.unit, review.review_on, kept))
    different = [move for move in beside.figures if move.is_one]
    if different:
        said = f"{len(different)} of {plural(len(beside.figures), 'figure')} differ from what was signed"
        _table(different, said)
    else:
        st.success(f"All {len(beside.figures)} figures stand as they were signed.", icon=":material/check:")
    with st.expander(f"All {len(beside.figures)} figures"):
        _table(beside.figures, f"Every figure of {weekday(review.review_on)}, as signed and as known now")
    if question.viewer.team_refs is None:
        _show_decisions(question, kept)
        _show_places(kept)
    else:
        st.caption("Decisions and places in triage are of the whole unit, and shown to those who see all of it.")


def _why(review: Review, kept: KeptReview, beside: BesideNow) -> str:
    """What came since, as a list."""
    came = beside.came
    lines = [
        f"- {said}: {late_in_words(came.loc[came.index.repeat(came[column])])}."
        for column, said in (
            ("of_day", "Recorded since of the day itself"),
            ("late", "Recorded since of earlier days, late"),
            ("corrected", "Corrected since"),
            ("withdrawn", "Withdrawn since"),
        )
        if came[column].sum()
    ]
    if beside.policy_version != kept.policy_version:
        lines.append(f"- Policy {beside.policy_version} is in force on {day_text(review.review_on)} now.")
    return "\n".join(lines) or "Nothing about the day or those before it has been recorded since."


def _table(moves: Sequence[Move], caption: str) -> None:
    rows = pd.DataFrame(
        {
            "title": [move.figure.title for move in moves],
            "part": [_PARTS.get(move.figure.part, move.figure.part.replace("_", " ")) for move in moves],
            "was": [in_words(move.was) for move in moves],
            "now": [in_words(move.now) for move in moves],
            "difference": [difference_in_words(move) for move in moves],
        }
    )
    fields = [
        Field("title", "Figure", beneath="part"),
        Field("was", "As signed", "figure"),
        Field("now", "As known now", "figure"),
        Field("difference", "Difference", "figure"),
    ]
    listing.show(rows, fields, caption=caption)


def _show_decisions(question: Question, kept: KeptReview) -> None:
    st.subheader("Decisions taken that day", anchor=False)
    rows = became_of(kept, decisions(desk(), question.snapshot.known_at))
    if rows.empty:
        st.markdown("None had been taken when the review was signed.")
        return
    holders = holder_names(question)
    lines = rows.to_dict(orient="records")
    listing.show(
        rows.assign(
            decision=[DECISION.get(kind, kind) for kind in rows["kind"]],
            owner=[_owner(row, holders) for row in lines],
            became=[_became(row) for row in lines],
        ),
        [
            Field("subject_ref", "Offender or case", "opens"),
            Field("decision", "Decision"),
            Field("owner", "Owner"),
            Field("due_on", "Due", "day"),
            Field("became", "As known now"),
        ],
        caption=f"{plural(len(rows), 'decision')} kept with the review",
        opens={row["subject_ref"]: _record(row) for row in lines},
    )


def _show_places(kept: KeptReview) -> None:
    if not kept.places:
        return
    rows = pd.DataFrame([place.model_dump() for place in kept.places])
    with st.expander(f"First in triage when it was signed: {len(rows)}"):
        listing.show(
            rows.assign(risk=[RISK.get(level, level) for level in rows["risk_level"]]),
            [
                Field("ref", "Offender", "opens"),
                Field("risk", "Risk"),
                Field("points", "Points", "number"),
            ],
            caption="First in triage as signed, in order",
            opens=links.addresses(OFFENDER.url_path, "ref", rows["ref"], back=REVIEWS.url_path),
        )


def _show_history(history: Sequence[Review], *, names: bool) -> None:
    st.subheader("Every version", anchor=False)
    rows = pd.DataFrame(
        {
            "recorded_at": [each.recorded_at for each in history],
            "author": [each.author for each in history],
            "standing": [in_short(each) for each in history],
            "note": [each.note for each in history],
            "comment": [f"Comment: {each.comment}" if each.comment else "" for each in history],
        }
    )
    note = [Field("note", "Note", "sentence", beneath="comment")] if names else []
    fields = [
        Field("recorded_at", "Written at", "moment"),
        Field("author", "By"),
        Field("standing", "Review"),
        *note,
    ]
    listing.show(rows, fields, caption=f"{plural(len(rows), 'version')}, newest first; none is ever taken away")


def _owner(row: Mapping[Any, Any], holders: Mapping[str, str]) -> str:
    if row["owner_ref"]:
        return holders.get(row["owner_ref"], row["owner_ref"])
    return THE_DCI if row["kind"] == DecisionKind.ESCALATE else "Whoever decided it"


def _became(row: Mapping[Any, Any]) -> str:
    if not row["standing"]:
        return "Not on record"
    if row["standing"] == "withdrawn":
        return "Withdrawn"
    state = DECISION_STATE[DecisionState(row["standing"])]
    return f"{state} on {day_text(row['closed_on'])}" if row["closed_on"] else state


def _record(row: Mapping[Any, Any]) -> str:
    if row["subject_kind"] == "case":
        return links.address(POLIT_CASE.url_path, case=row["subject_ref"], back=REVIEWS.url_path)
    return links.address(OFFENDER.url_path, ref=row["subject_ref"], back=REVIEWS.url_path)
