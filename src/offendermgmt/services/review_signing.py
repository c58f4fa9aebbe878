"""Signing the review of a unit's day, and keeping a note of it meanwhile: by whom, and of what (R50 to R54).

Two who write in one review meet: the second is told what changed, and nothing of theirs takes the other's place.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any, Final

from offendermgmt.domain.days import LONDON
from offendermgmt.domain.vocabulary import ReviewState, Unit
from offendermgmt.services.access import NotPermitted, Role, Viewer
from offendermgmt.services.changes import AlreadyRecorded, ChangeRefused, changing
from offendermgmt.services.decisions import Decision, decisions
from offendermgmt.services.desk import Desk
from offendermgmt.services.morning import morning
from offendermgmt.services.review_document import Drawn, document_of, drawn
from offendermgmt.services.review_moves import require_unmoved
from offendermgmt.services.reviews import Review, last_signed, review_of
from offendermgmt.services.wording import day_text, moment_text
from offendermgmt.store import UnitOfWork
from offendermgmt.store.daily_reviews import ReviewChanged, ReviewText, append_review, review_ref, versions_of

LONGEST_NOTE: Final = 4_000
SOURCE: Final = "daily reviews"
_SIGN: Final = {Role.DI, Role.DCI}
_SUBJECT: Final = {Unit.MOSOVO: "offender", Unit.POLIT: "case"}


@dataclass(frozen=True)
class Reviewing:
    """A unit's day that is reviewed, the note, and the newest version that the page knew of the review (0 = none)."""

    unit: Unit
    review_on: date
    note: str
    seen: int

    @property
    def ref(self) -> str:
        """The review's reference."""
        return review_ref(self.unit, self.review_on)


def may_sign(viewer: Viewer, unit: Unit, standing: Review | None) -> bool:
    """Whether the viewer may sign the unit's day as it stands reviewed, or keep a note of it (R51).

    An inspector until it is countersigned; a chief inspector where nobody has signed, or what was returned is theirs.
    """
    if viewer.role not in _SIGN or unit not in viewer.units or viewer.team_refs is not None:
        return False
    if standing is None or not standing.is_signed:
        return True
    if viewer.role is Role.DCI:
        return standing.state is ReviewState.RETURNED and standing.signed_by == viewer.name
    return standing.state is not ReviewState.COUNTERSIGNED


def taken_on(recorded: Iterable[Decision], unit: Unit, day: date) -> tuple[Decision, ...]:
    """The decisions taken on a day on the unit's cases, in the order taken; withdrawn ones left out."""
    of_unit = [each for each in recorded if each.about.kind == _SUBJECT[unit] and each.about.ref]
    return tuple(each for each in of_unit if each.decided_on == day and not each.is_withdrawn)


def sign(desk: Desk, viewer: Viewer, asked: Reviewing, shown: Drawn, *, now: datetime) -> None:
    """Sign the review of a day with the figures that stand, which are those that the page `shown` had (R52, R53).

    NotPermitted for who may not, ReviewChanged if somebody wrote in the review since `asked.seen`, FiguresMoved if the
    figures moved since the page was drawn, ChangeRefused otherwise (AlreadyRecorded where it is signed as asked).
    """
    _require_signer(viewer, asked, now)
    with changing(desk, viewer, SOURCE) as work:
        _require_turn(work, viewer, asked, ReviewState.SIGNED)
        question = desk.question(viewer, asked.review_on, today=now.astimezone(LONDON).date())
        stands = morning(desk, question, asked.unit, last_signed(desk, asked.unit, asked.review_on), now)
        require_unmoved(shown, drawn(stands))
        taken = taken_on(decisions(desk), asked.unit, asked.review_on)
        # Whoever writes after this begins later: what was known at this moment is what has just been compared.
        kept = document_of(stands, taken, known_at=work.began_at, last_recording_id=work.last_recording_id)
        text = ReviewText(
            unit=asked.unit,
            review_on=asked.review_on,
            state=ReviewState.SIGNED,
            known_at=work.began_at,
            figures=kept.model_dump_json(),
            note=checked_text(asked.note, "note"),
            signed_by=viewer.name,
            signed_at=work.began_at,
        )
        append(work, viewer, "signed daily review", asked.seen, text)


def keep_note(desk: Desk, viewer: Viewer, asked: Reviewing, *, now: datetime) -> None:
    """Keep the note of a day that nobody has signed yet, for whoever goes on with it. Raises as `sign` does."""
    _require_signer(viewer, asked, now)
    with changing(desk, viewer, SOURCE) as work:
        standing = _require_turn(work, viewer, asked, ReviewState.OPEN)
        if standing is not None and standing.is_signed:
            raise ChangeRefused("Not kept: the review has been signed. Sign it again with the note it is to have.")
        note = checked_text(asked.note, "note")
        if note == (standing.note if standing else ""):
            raise AlreadyRecorded("Nothing more was kept: the note is on record as it is.")
        text = ReviewText(asked.unit, asked.review_on, ReviewState.OPEN, work.began_at, "", note)
        append(work, viewer, "kept note of daily review", asked.seen, text)


def require_current(versions: Sequence[Any], seen: int) -> None:
    """Refuse to write after a version that the page did not know: raises ReviewChanged, which says what changed."""
    newest = versions[-1].version if versions else 0
    if newest != seen:
        raise _outdated(versions, seen)


def append(work: UnitOfWork, viewer: Viewer, action: str, seen: int, text: ReviewText) -> None:
    """Put a version on record with its one audit record; the note is not copied into that."""
    ref = review_ref(text.unit, text.review_on)
    append_review(work, seen, text, ReviewChanged(f"Somebody else wrote in review {ref} meanwhile."))
    details = {
        "role": str(viewer.role),
        "unit": str(text.unit),
        "review_on": text.review_on.isoformat(),
        "state": str(text.state),
        "version": seen + 1,
    }
    work.audit(action, "review", ref, details)


def text_of(row: Any) -> ReviewText:
    """What a version of the ledger says."""
    said = {each.name: getattr(row, each.name) for each in fields(ReviewText)}
    return ReviewText(**{**said, "unit": Unit(row.unit), "state": ReviewState(row.state)})


def checked_text(text: str, what: str) -> str:
    """The text without space around it; ChangeRefused for one too long to be kept as the `what` of a review."""
    if len(text.strip()) > LONGEST_NOTE:
        raise ChangeRefused(f"Nothing was recorded: keep the {what} to {LONGEST_NOTE:,} characters.")
    return text.strip()


_IN_SENTENCE: Final = {
    ReviewState.OPEN: "a kept note",
    ReviewState.SIGNED: "signed",
    ReviewState.COUNTERSIGNED: "countersigned",
    ReviewState.RETURNED: "returned",
}


def _outdated(versions: Sequence[Any], seen: int) -> ReviewChanged:
    newest, before = versions[-1], versions[seen - 1] if seen else None
    was = _IN_SENTENCE[ReviewState(before.state)] if before else "not begun"
    changes = [f"it was {was} and is {_IN_SENTENCE[ReviewState(newest.state)]} now"]
    if newest.note != (before.note if before else ""):
        changes.append("the note is another")
    if (newest.comment or "") != ((before.comment or "") if before else ""):
        changes.append("there is a new comment")
    return ReviewChanged(
        f"{newest.author} wrote in this review on {moment_text(newest.recorded_at)}, after your page was drawn: "
        f"{', '.join(changes)}. Nothing of yours was recorded and nothing of theirs is lost; what you typed is kept. "
        "Look at what stands now, and send yours again if need be."
    )


def _require_signer(viewer: Viewer, asked: Reviewing, now: datetime) -> None:
    if not may_sign(viewer, asked.unit, None):
        raise NotPermitted(
            f"A day of {asked.unit} is signed by a detective inspector of the whole unit, or in their absence by a "
            "chief inspector. Ask one of them."
        )
    if asked.review_on > now.astimezone(LONDON).date():
        raise ChangeRefused(f"Nothing was recorded: {day_text(asked.review_on)} has not begun.")


def _require_turn(work: UnitOfWork, viewer: Viewer, asked: Reviewing, state: ReviewState) -> Review | None:
    """The review as it stands; refused where it is on record as asked, moved on, or not the viewer's to sign now."""
    versions = versions_of(work, asked.ref)
    standing = review_of(versions[-1]) if versions else None
    sent = (asked.seen + 1, work.user, state, checked_text(asked.note, "note"))
    if standing and sent == (standing.version, standing.author, standing.state, standing.note):
        raise AlreadyRecorded("Nothing more was recorded: the review is on record as you sent it.")
    require_current(versions, asked.seen)
    if not may_sign(viewer, asked.unit, standing):
        why = "a chief inspector has countersigned, and returns it first if it is to be signed again"
        if viewer.role is Role.DCI:
            why = "somebody has signed, and a chief inspector signs only where nobody has: answer it instead"
        raise ChangeRefused(f"Nothing was recorded: {why}.")
    return standing
