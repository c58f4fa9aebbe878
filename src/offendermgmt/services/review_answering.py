"""The chief inspector's answer to a signed review: seen, countersigned or returned; never to one's own (R56 to R57)."""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from offendermgmt.domain.vocabulary import ReviewState
from offendermgmt.services.access import NotPermitted, Role, Viewer
from offendermgmt.services.changes import AlreadyRecorded, ChangeRefused, changing
from offendermgmt.services.desk import Desk
from offendermgmt.services.review_document import KeptReview
from offendermgmt.services.review_signing import SOURCE, append, checked_text, require_current, text_of
from offendermgmt.services.reviews import Review, review_of
from offendermgmt.store.daily_reviews import ReviewText, versions_of


class Answer(StrEnum):
    """What a chief inspector answers to a signed review."""

    COUNTERSIGN = "countersign"
    SEEN = "seen"
    RETURN = "return"


@dataclass(frozen=True)
class Answering:
    """An answer to the version of a review that the page knew, with a comment; one that is returned needs it."""

    review: Review
    answer: Answer
    comment: str


_STATE: Final = {
    Answer.SEEN: ReviewState.SIGNED,
    Answer.COUNTERSIGN: ReviewState.COUNTERSIGNED,
    Answer.RETURN: ReviewState.RETURNED,
}
_ACTION: Final = {
    Answer.SEEN: "saw daily review",
    Answer.COUNTERSIGN: "countersigned daily review",
    Answer.RETURN: "returned daily review",
}


def answers_to(viewer: Viewer, standing: Review | None) -> tuple[Answer, ...]:
    """What the viewer may answer to a review as it stands: none to their own, nor to one that waits to be signed."""
    if standing is None or viewer.role is not Role.DCI or standing.unit not in viewer.units:
        return ()
    if viewer.team_refs is not None or standing.signed_by == viewer.name:
        return ()
    if standing.state is ReviewState.SIGNED:
        return tuple(Answer)
    # What was countersigned by mistake goes back, with the reason.
    return (Answer.RETURN,) if standing.state is ReviewState.COUNTERSIGNED else ()


def answer(desk: Desk, viewer: Viewer, asked: Answering) -> None:
    """Put the answer on record with one audit record.

    NotPermitted for who may not, ReviewChanged if somebody wrote in the review since the version that the page knew,
    ChangeRefused otherwise (AlreadyRecorded where it is on record as asked).
    """
    _require_answerer(viewer, asked.review)
    comment = checked_text(asked.comment, "comment")
    if asked.answer is Answer.RETURN and not comment:
        raise ChangeRefused("Not returned: say what is to be put right. The inspector reads it with the review.")
    with changing(desk, viewer, SOURCE) as work:
        versions = versions_of(work, asked.review.review_ref)
        before = text_of(versions[-1])
        text = replace(
            before,
            state=_STATE[asked.answer],
            comment=comment or None,
            answered_by=viewer.name,
            answered_at=work.began_at,
        )
        if versions[-1].version == asked.review.version + 1 and _is_same(before, text):
            raise AlreadyRecorded("Nothing more was recorded: your answer is on record as you sent it.")
        require_current(versions, asked.review.version)
        if asked.answer not in answers_to(viewer, review_of(versions[-1])):
            raise ChangeRefused("Nothing was recorded: the review waits for no such answer.")
        _require_others(viewer, before)
        append(work, viewer, _ACTION[asked.answer], asked.review.version, text)


def _require_answerer(viewer: Viewer, review: Review) -> None:
    if viewer.role is not Role.DCI or review.unit not in viewer.units or viewer.team_refs is not None:
        raise NotPermitted("A review is answered by a detective chief inspector of the unit. Ask one.")
    if review.signed_by == viewer.name:
        raise NotPermitted("Nothing was recorded: nobody answers a review that they signed. Ask another.")


def _require_others(viewer: Viewer, signed: ReviewText) -> None:
    """Refuse whoever signed by another account: the officer is kept with the figures."""
    own = KeptReview.model_validate_json(signed.figures).signer.officer_ref
    if own is not None and own == viewer.officer_ref:
        raise NotPermitted("Nothing was recorded: nobody answers a review that they signed. Ask another.")


def _is_same(standing: ReviewText, sent: ReviewText) -> bool:
    return replace(standing, answered_at=sent.answered_at) == sent
