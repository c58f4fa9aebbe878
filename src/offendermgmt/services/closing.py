"""Closing a month, which freezes its figures, and reopening it: a transaction and an audit record each (M14 to M16)."""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta
from importlib.metadata import version
from typing import Any, Final

from offendermgmt.domain.days import LONDON
from offendermgmt.domain.vocabulary import ClosingState, CommentaryState
from offendermgmt.services.access import SYSTEM, NotPermitted, Role, Viewer
from offendermgmt.services.board_actions import BoardAction, board_actions
from offendermgmt.services.board_frozen import frozen
from offendermgmt.services.changes import LONGEST_REASON, AlreadyRecorded, ChangeRefused, changing, checked_reason
from offendermgmt.services.closing_document import FORMAT, ClosingDocument, FrozenRows
from offendermgmt.services.commentary import Commentary, commentaries
from offendermgmt.services.desk import Desk
from offendermgmt.services.framework import framework_on
from offendermgmt.services.interventions import interventions
from offendermgmt.services.measure_series import measure_rows, months_up_to
from offendermgmt.services.trend_events import trend_events
from offendermgmt.services.wording import month_text
from offendermgmt.store import UnitOfWork
from offendermgmt.store.month_closings import append_closing, closing_versions, newest_closing
from offendermgmt.store.recordings import newest_recording

CLOSERS: Final = frozenset({Role.ANALYST, Role.SLT})
REOPENERS: Final = frozenset({Role.SLT})
MONTHS_BEFORE: Final = 36
_SOURCE: Final = "closing of months"
_BOARD: Final = Viewer("command", Role.BOARD)


def may_close(viewer: Viewer) -> bool:
    """Whether the viewer closes months (M14)."""
    return viewer.role in CLOSERS


def may_reopen(viewer: Viewer) -> bool:
    """Whether the viewer reopens months (M16)."""
    return viewer.role in REOPENERS


def is_over(month_on: date, now: datetime) -> bool:
    """Whether the month that begins on `month_on` is over in London: none is closed before."""
    return month_on < now.astimezone(LONDON).date().replace(day=1)


def month_end(month_on: date) -> date:
    """The last day of the month that begins on `month_on`."""
    return month_on.replace(day=monthrange(month_on.year, month_on.month)[1])


def close_month(
    desk: Desk,
    viewer: Viewer,
    month_on: date,
    seen: int,
    *,
    now: datetime,
    note: str = "",
) -> None:
    """Freeze the figures of a month that is over, from the newest version of its closing that the page knew (0 = none).

    NotPermitted for other roles, ChangeRefused for a month that cannot be closed (AlreadyRecorded where the viewer has
    just closed it), MonthChanged if `seen` stands no more; ValueError for a day that begins no month.
    """
    if not may_close(viewer):
        raise NotPermitted("Months are closed by performance analysts and senior leadership. Ask one of them.")
    if month_on.day != 1:
        raise ValueError(f"A month is named by its first day, and {month_on} is none.")
    if not is_over(month_on, now):
        raise ChangeRefused(f"Nothing was closed: {month_text(month_on)} is not over, and its figures still move.")
    if len(note.strip()) > LONGEST_REASON:
        raise ChangeRefused(f"Nothing was closed: keep the note to {LONGEST_REASON} characters.")
    versions = [row for row in closing_versions(desk.store, desk.force_ref) if row.month_on == month_on]
    _require_open(versions[-1] if versions else None, viewer.name, month_on, seen)
    # Reckoned before the write, which nobody else can make meanwhile.
    reckoned = _reckoned(desk, month_on, now)
    with changing(desk, viewer, _SOURCE) as work:
        _require_open(newest_closing(work, month_on), work.user, month_on, seen)
        document = _with_ledgers(desk, reckoned, work.began_at)
        append_closing(
            work,
            month_on,
            seen,
            state=ClosingState.CLOSED,
            known_at=document.known_at,
            policy_version=document.policy_version,
            document=document.text(),
            reason=note.strip(),
        )
        said = {"known_at": document.known_at.isoformat(), "policy": document.policy_version}
        _audit(work, viewer, "closed month", month_on, **said, figures=len(document.figures.measure_ref))


def reopen_month(desk: Desk, viewer: Viewer, month_on: date, seen: int, reason: str) -> None:
    """Let a closed month be closed anew; what it was closed with stays readable. Raises as `close_month` does."""
    if not may_reopen(viewer):
        raise NotPermitted("A closed month is reopened by senior leadership, with a reason. Ask one of them.")
    reason = checked_reason(reason, "the month is reopened")
    with changing(desk, viewer, _SOURCE) as work:
        newest = newest_closing(work, month_on)
        if newest is None:
            raise ChangeRefused(f"Nothing was reopened: {month_text(month_on)} has never been closed.")
        if ClosingState(newest.state) is ClosingState.REOPENED:
            if (newest.author, newest.reason, newest.version) == (work.user, reason, seen + 1):
                raise AlreadyRecorded(f"Nothing more was recorded: you have reopened {month_text(month_on)} already.")
            if newest.version == seen:
                raise ChangeRefused(f"Nothing was reopened: {month_text(month_on)} is open already.")
        append_closing(
            work,
            month_on,
            seen,
            state=ClosingState.REOPENED,
            known_at=newest.known_at,
            policy_version=newest.policy_version,
            document="",
            reason=reason,
        )
        _audit(work, viewer, "reopened month", month_on, reason=reason)


def _require_open(newest: Any, user: str, month_on: date, seen: int) -> None:
    """Refuse a month that is closed; `newest` is the newest row of its closing, None where there is none."""
    if newest is None or ClosingState(newest.state) is ClosingState.REOPENED:
        return
    month = month_text(month_on)
    if (newest.author, newest.version) == (user, seen + 1):
        raise AlreadyRecorded(f"Nothing more was recorded: you have closed {month} already.")
    raise ChangeRefused(
        f"Nothing was closed: {newest.author} has closed {month} already. Senior leadership can reopen it, with a "
        "reason."
    )


def _reckoned(desk: Desk, month_on: date, now: datetime) -> ClosingDocument:
    """The figures of the month as known at this moment, and what they were reckoned by."""
    known_at, last = desk.store.now(), month_end(month_on)
    question = desk.question(SYSTEM, last, today=now.astimezone(LONDON).date(), known_at=known_at)
    if all(frame.empty for frame in question.snapshot.facts.tables.values()):
        raise ChangeRefused("Nothing was closed: nothing has been loaded yet, so there is nothing to freeze.")
    framework, months = framework_on(desk, last, known_at), months_up_to(question, MONTHS_BEFORE + 1)
    of_readers = (question, replace(question, viewer=_BOARD))
    return ClosingDocument(
        format=FORMAT,
        month_on=month_on,
        known_at=known_at,
        newest_recording=newest_recording(question.snapshot.recordings),
        program=version("offendermgmt"),
        policy_version=question.policy.version,
        smallest_count=question.smallest_count,
        questions=framework.questions,
        measures=framework.measures,
        figures=FrozenRows.of(*(measure_rows(each, framework.measures, months, desk) for each in of_readers)),
        more=frozen(desk, question),
    )


def _with_ledgers(desk: Desk, reckoned: ClosingDocument, at: datetime) -> ClosingDocument:
    """The document with what people wrote, as it stands in the moment of closing: nobody writes on meanwhile."""
    month_on, before = reckoned.month_on, (reckoned.month_on - timedelta(days=1)).replace(day=1)
    written = [each for each in commentaries(desk, at) if each.month_on in {before, month_on}]
    return replace(
        reckoned,
        commentary=tuple(each for each in written if each.state is CommentaryState.APPROVED),
        actions=tuple(each for each in board_actions(desk, at) if _is_of(each, before, month_end(month_on))),
        events=trend_events(desk, at),
        interventions=interventions(desk, at),
    )


def unapproved(recorded: Iterable[Commentary], month_on: date) -> tuple[str, ...]:
    """The measures (references) of whose commentary for the month nothing would be kept: it is not approved yet."""
    of_month = (each for each in recorded if each.month_on == month_on)
    return tuple(each.measure_ref for each in of_month if each.state is not CommentaryState.APPROVED)


def _is_of(action: BoardAction, since: date, last: date) -> bool:
    """Whether a board of the month still speaks of the action."""
    closed_since = action.closed_on is not None and since <= action.closed_on
    is_old = action.decided_on < since and not closed_since
    return not action.is_withdrawn and action.decided_on <= last and (action.is_open(last) or not is_old)


def _audit(work: UnitOfWork, viewer: Viewer, action: str, month_on: date, **said: Any) -> None:
    work.audit(action, "month", f"{month_on:%Y-%m}", {"role": str(viewer.role), **said})
