"""Writing commentary on a measure, approving it, sending it back: a version and an audit record each (M10 to M13)."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from offendermgmt.domain.days import LONDON
from offendermgmt.domain.vocabulary import ClosingState, CommentaryState
from offendermgmt.services.access import NotPermitted, Viewer
from offendermgmt.services.changes import AlreadyRecorded, ChangeRefused, changing, checked_reason
from offendermgmt.services.closing import month_end
from offendermgmt.services.commentary import APPROVERS, WRITERS, Commentary, read_versions
from offendermgmt.services.desk import Desk
from offendermgmt.services.framework import framework_on
from offendermgmt.services.naming_nobody import require_nobody_named
from offendermgmt.services.wording import month_text
from offendermgmt.store import UnitOfWork
from offendermgmt.store.commentaries import CommentaryChanged as CommentaryChanged
from offendermgmt.store.commentaries import append_commentary, versions_found
from offendermgmt.store.month_closings import newest_closing

# What a slide takes beside its chart.
LONGEST_TEXT: Final = 1_000
_SOURCE: Final = "commentary"
_PARTS: Final = {"what": "what happened", "so_what": "so what", "what_next": "what next"}


@dataclass(frozen=True)
class Writing:
    """What is to be said of a measure for a month, and the newest version that the page knew (0 = none)."""

    measure_ref: str
    month_on: date
    what: str
    so_what: str
    what_next: str
    seen: int

    @property
    def text(self) -> tuple[str, str, str]:
        """The three parts without space around them."""
        return self.what.strip(), self.so_what.strip(), self.what_next.strip()


def may_write(viewer: Viewer) -> bool:
    """Whether the viewer writes commentary (M11)."""
    return viewer.role in WRITERS


def may_approve(viewer: Viewer, commentary: Commentary) -> bool:
    """Whether the viewer may approve this commentary as it stands: nobody approves their own words (M12)."""
    return (
        viewer.role in APPROVERS
        and commentary.state is CommentaryState.SUBMITTED
        and viewer.name not in commentary.writers
    )


def may_send_back(viewer: Viewer, commentary: Commentary) -> bool:
    """Whether the viewer may send this commentary back to those who write (M12)."""
    return viewer.role in APPROVERS and commentary.state is not CommentaryState.DRAFT


def save_draft(desk: Desk, viewer: Viewer, asked: Writing, *, now: datetime) -> None:
    """Keep what is written so far, for those who write to read.

    NotPermitted for other roles, ChangeRefused for what cannot be kept (AlreadyRecorded where it is on record as
    asked), CommentaryChanged if `asked.seen` is no longer the newest version.
    """
    if not any(asked.text):
        raise ChangeRefused("Nothing was saved: write something first.")
    _write(desk, viewer, asked, CommentaryState.DRAFT, "saved draft commentary", now)


def submit(desk: Desk, viewer: Viewer, asked: Writing, *, now: datetime) -> None:
    """Put commentary forward for approval: all three parts, of a month that is over. Raises as `save_draft` does."""
    lacking = [name for name, text in zip(_PARTS.values(), asked.text, strict=True) if not text]
    if lacking:
        raise ChangeRefused(f"Nothing was submitted: say also {' and '.join(lacking)}, or save it as a draft.")
    if asked.month_on.replace(day=1) >= _month_of(now):
        raise ChangeRefused(
            f"Nothing was submitted: {month_text(asked.month_on)} is not over. Save it as a draft until then."
        )
    _write(desk, viewer, asked, CommentaryState.SUBMITTED, "submitted commentary", now)


def approve(desk: Desk, viewer: Viewer, measure_ref: str, month_on: date, seen: int) -> None:
    """Approve what was submitted, in the version that the viewer saw.

    NotPermitted for other roles and for whoever wrote any of it, ChangeRefused for what is not submitted
    (AlreadyRecorded where the viewer has approved it), CommentaryChanged if `seen` is no longer the newest version.
    """
    _require_approver(viewer)
    with changing(desk, viewer, _SOURCE) as work:
        before = _before(work, measure_ref, month_on)
        if (before.state, before.changed_by) == (CommentaryState.APPROVED, viewer.name):
            raise AlreadyRecorded("Nothing more was recorded: you have approved this commentary already.")
        if before.version == seen:
            _require_approvable(viewer, before)
        _append(work, viewer, before, seen, CommentaryState.APPROVED, "approved commentary")


def send_back(desk: Desk, viewer: Viewer, measure_ref: str, month_on: date, seen: int, comment: str) -> None:
    """Send commentary back to be written again, with a comment; it is a draft again. Raises as `approve` does."""
    _require_approver(viewer)
    comment = checked_reason(comment, "it is sent back")
    with changing(desk, viewer, _SOURCE) as work:
        before = _before(work, measure_ref, month_on)
        if (before.state, before.changed_by, before.comment) == (CommentaryState.DRAFT, viewer.name, comment):
            raise AlreadyRecorded("Nothing more was recorded: you have sent this commentary back already.")
        if before.version == seen and before.state is CommentaryState.DRAFT:
            raise ChangeRefused("Nothing was recorded: the commentary is a draft, so there is nothing to send back.")
        _append(work, viewer, before, seen, CommentaryState.DRAFT, "sent commentary back", comment)


def _write(desk: Desk, viewer: Viewer, asked: Writing, state: CommentaryState, action: str, now: datetime) -> None:
    if not may_write(viewer):
        raise NotPermitted(
            "Commentary is written by inspectors, chief inspectors, senior leadership and analysts. Ask one of them."
        )
    _require_text(asked)
    month = month_text(asked.month_on)
    if asked.month_on > _month_of(now):
        raise ChangeRefused(f"Nothing was saved: {month} has not begun.")
    measures = framework_on(desk, month_end(asked.month_on)).measures
    if asked.measure_ref not in {measure.measure_ref for measure in measures}:
        raise ChangeRefused(f"Nothing was saved: no measure {asked.measure_ref} was in force at the end of {month}.")
    require_nobody_named(desk.snapshot(), *asked.text)
    with changing(desk, viewer, _SOURCE) as work:
        _require_open(work, asked.month_on)
        versions = versions_found(work, asked.measure_ref, asked.month_on)
        before = read_versions(versions) if versions else None
        if before is not None:
            _require_new(before, asked, state)
        what, so_what, what_next = asked.text
        append_commentary(
            work,
            asked.measure_ref,
            asked.month_on,
            asked.seen,
            state=state,
            what=what,
            so_what=so_what,
            what_next=what_next,
            # Why it came back is read until it is put forward again.
            comment=before.comment if before and state is CommentaryState.DRAFT else None,
        )
        _audit(work, viewer, action, asked.measure_ref, asked.month_on)


def _require_text(asked: Writing) -> None:
    for name, text in zip(_PARTS.values(), asked.text, strict=True):
        if len(text) > LONGEST_TEXT:
            raise ChangeRefused(
                f"Nothing was saved: “{name}” has {len(text):,} characters; keep it to {LONGEST_TEXT:,}."
            )


def _require_new(before: Commentary, asked: Writing, state: CommentaryState) -> None:
    """Refuse as already recorded what stands as asked, and what is approved where the page knew that."""
    if (before.text, before.state) == (asked.text, state):
        raise AlreadyRecorded("Nothing more was recorded: the commentary is on record as you have it.")
    if before.version == asked.seen and before.state is CommentaryState.APPROVED:
        raise ChangeRefused(
            f"Nothing was saved: {before.changed_by} has approved this commentary. Ask senior leadership to send it "
            "back first."
        )


def _require_approver(viewer: Viewer) -> None:
    if viewer.role not in APPROVERS:
        raise NotPermitted("Commentary is approved or sent back by senior leadership. Ask one of them.")


def _require_approvable(viewer: Viewer, before: Commentary) -> None:
    if viewer.name in before.writers:
        raise NotPermitted("Nobody approves their own words: ask somebody else in senior leadership to approve it.")
    if before.state is CommentaryState.APPROVED:
        raise ChangeRefused(f"Nothing was recorded: {before.changed_by} has approved this commentary already.")
    if before.state is CommentaryState.DRAFT:
        raise ChangeRefused("Nothing was recorded: the commentary is a draft. It is approved once it is submitted.")


def _require_open(work: UnitOfWork, month_on: date) -> None:
    """Refuse a month whose figures are frozen: its commentary is frozen with them (M13)."""
    newest = newest_closing(work, month_on)
    if newest is not None and ClosingState(newest.state) is ClosingState.CLOSED:
        raise ChangeRefused(
            f"Nothing was saved: {newest.author} closed {month_text(month_on)}, and its commentary with it. Senior "
            "leadership can reopen the month, with a reason."
        )


def _before(work: UnitOfWork, measure_ref: str, month_on: date) -> Commentary:
    _require_open(work, month_on)
    versions = versions_found(work, measure_ref, month_on)
    if not versions:
        raise ChangeRefused("Nothing was recorded: nobody has written commentary on this measure for the month yet.")
    return read_versions(versions)


def _append(
    work: UnitOfWork,
    viewer: Viewer,
    before: Commentary,
    seen: int,
    state: CommentaryState,
    action: str,
    comment: str | None = None,
) -> None:
    """Append the version that follows the one the viewer saw, with the same words in another state."""
    what, so_what, what_next = before.text
    append_commentary(
        work,
        before.measure_ref,
        before.month_on,
        seen,
        state=state,
        what=what,
        so_what=so_what,
        what_next=what_next,
        comment=comment,
    )
    _audit(work, viewer, action, before.measure_ref, before.month_on)


def _audit(work: UnitOfWork, viewer: Viewer, action: str, measure_ref: str, month_on: date) -> None:
    """One record of who did what when; the words themselves stay in the ledger."""
    work.audit(action, "measure", measure_ref, {"role": str(viewer.role), "month": f"{month_on:%Y-%m}"})


def _month_of(now: datetime) -> date:
    """The first of the month that it is in London."""
    return now.astimezone(LONDON).date().replace(day=1)
