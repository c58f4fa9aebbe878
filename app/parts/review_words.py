"""How a review reads: its day, how far it has come, who wrote what when."""

from datetime import date
from typing import Final

import streamlit as st

from app.navigation import MORNING, REVIEWS
from app.parts import links
from app.parts.words import moment
from offendermgmt.domain.days import LONDON
from offendermgmt.domain.vocabulary import ReviewState, Unit
from offendermgmt.services.review_days import MISSING, NOT_YET
from offendermgmt.services.review_document import KeptReview
from offendermgmt.services.reviews import Review
from offendermgmt.services.wording import REVIEW, day_text

STANDING: Final = {
    **{str(state): text for state, text in REVIEW.items()},
    ReviewState.SIGNED: "Signed, waits for the DCI",
    ReviewState.RETURNED: "Returned to the DI",
    ReviewState.OPEN: "Note kept, not signed",
    MISSING: "Without a review",
    NOT_YET: "Not signed yet",
}


def weekday(day: date) -> str:
    """A day with its weekday: Mon 5 Jan 2026."""
    return f"{day:%a} {day_text(day)}"


def standing(review: Review | None) -> str:
    """How far a review has come, by whom and when, in a sentence or two."""
    if review is None:
        return "Nobody has signed this day."
    if review.signed_by is None or review.signed_at is None:
        return f"{review.author} kept a note on {moment(review.recorded_at)}; nobody has signed this day."
    late = ", after its day" if review.is_late else ""
    signed = f"Signed by {review.signed_by} on {moment(review.signed_at)}{late}."
    if review.answered_by is None or review.answered_at is None:
        return f"{signed} It waits for the chief inspector."
    done = {
        ReviewState.SIGNED: "Seen, and not yet countersigned, by",
        ReviewState.COUNTERSIGNED: "Countersigned by",
        ReviewState.RETURNED: "Returned by",
    }[review.state]
    return f"{signed} {done} {review.answered_by} on {moment(review.answered_at)}."


def in_short(review: Review) -> str:
    """What a version of a review did, in a word or two."""
    if review.state is ReviewState.SIGNED and review.answered_by is not None:
        return "Seen"
    return REVIEW[review.state]


def say_standing(review: Review | None) -> None:
    """Draw how far the review has come; in words and with a sign, not by colour alone."""
    state = review.state if review is not None else None
    if state is ReviewState.COUNTERSIGNED:
        st.success(standing(review), icon=":material/verified:")
    elif state is ReviewState.RETURNED:
        st.warning(standing(review), icon=":material/undo:")
    else:
        st.info(standing(review), icon=":material/draw:" if review and review.is_signed else ":material/edit_note:")


def quote(title: str, text: str) -> None:
    """Draw what somebody wrote, as it was written; nothing where nothing was."""
    if text:
        st.caption(title)
        st.text(text)


def page_address(unit: Unit, day: date, **changes: str | None) -> str:
    """The address of a review's own page, with the view as it stands but for `changes`."""
    asked = {"unit": str(unit), "review": day.isoformat(), "team": None, **changes}
    return links.address(REVIEWS.url_path, **asked)


def morning_then(unit: Unit, day: date, kept: KeptReview) -> str:
    """The address of the morning of the day by what was known when it was signed."""
    known = kept.known_at.astimezone(LONDON)
    shown = {"as_of": day.isoformat(), "known_on": known.date().isoformat(), "known_at": known.isoformat()}
    return links.address(MORNING.url_path, unit=str(unit), review=None, listed=None, range=None, **shown)
