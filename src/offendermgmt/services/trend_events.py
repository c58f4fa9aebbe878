"""Dated events that explain a trend (an inspection, a policy, an uplift), kept by those who answer for the figures."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final, Self
from uuid import uuid4

from offendermgmt.domain.vocabulary import TrendEventKind
from offendermgmt.services.access import NotPermitted, Role, Viewer
from offendermgmt.services.desk import Desk
from offendermgmt.store.trend_events import append_trend_event, trend_event_versions

LONGEST_TITLE: Final = 80
_EDIT: Final = {Role.DI, Role.DCI, Role.ANALYST, Role.ADMINISTRATOR}
_SOURCE: Final = "trend events"


@dataclass(frozen=True)
class EventText:
    """What an event says: its day, its kind, a title for the mark, and a note with whatever else is to be known."""

    on: date
    kind: TrendEventKind
    title: str
    note: str = ""

    def checked(self) -> Self:
        """The text without space around it; ValueError where there is no title, or one too long for a mark."""
        title = self.title.strip()
        if not title:
            raise ValueError("Give the event a title: it stands beside the mark on every trend.")
        if len(title) > LONGEST_TITLE:
            raise ValueError(f"The title has {len(title)} characters; keep it to {LONGEST_TITLE} and use the note.")
        return type(self)(self.on, TrendEventKind(self.kind), title, self.note.strip())


@dataclass(frozen=True)
class TrendEvent:
    """An event as it stands: its text, the version that says so, who wrote that and when (UTC)."""

    event_ref: str
    version: int
    text: EventText
    author: str
    recorded_at: datetime


def may_edit(viewer: Viewer) -> bool:
    """Whether the viewer may add, correct and remove events."""
    return viewer.role in _EDIT


def trend_events(desk: Desk, known_at: datetime | None = None) -> tuple[TrendEvent, ...]:
    """The events that stand, or stood at `known_at` (D3), oldest first."""
    newest = {
        row.event_ref: row
        for row in trend_event_versions(desk.store, desk.force_ref)
        if known_at is None or row.recorded_at <= known_at
    }
    standing = [_event(row) for row in newest.values() if not row.is_void]
    return tuple(sorted(standing, key=lambda event: (event.text.on, event.recorded_at, event.event_ref)))


def add_event(desk: Desk, viewer: Viewer, text: EventText) -> str:
    """Put a new event on record; its reference. NotPermitted for other roles, ValueError for a text that lacks."""
    event_ref = uuid4().hex
    _append(desk, viewer, "add trend event", event_ref, 0, text.checked())
    return event_ref


def correct_event(desk: Desk, viewer: Viewer, event: TrendEvent, text: EventText) -> None:
    """Replace what an event says, from the version that the viewer saw.

    NotPermitted for other roles, ValueError for a text that lacks, TrendEventChanged if that version stands no more.
    """
    _append(desk, viewer, "correct trend event", event.event_ref, event.version, text.checked())


def remove_event(desk: Desk, viewer: Viewer, event: TrendEvent) -> None:
    """Take an event off every trend; what it said stays on record. Raises as `correct_event` does."""
    _append(desk, viewer, "remove trend event", event.event_ref, event.version, event.text, is_void=True)


def _append(
    desk: Desk, viewer: Viewer, action: str, event_ref: str, after: int, text: EventText, *, is_void: bool = False
) -> None:
    if not may_edit(viewer):
        raise NotPermitted("Events on trends are kept by inspectors, analysts and administrators.")
    with desk.store.write(desk.force_ref, user=viewer.name, source=_SOURCE) as work:
        append_trend_event(
            work, event_ref, after, on=text.on, kind=text.kind, title=text.title, note=text.note, is_void=is_void
        )
        details = {"on": text.on.isoformat(), "kind": str(text.kind), "title": text.title}
        work.audit(action, "trend_event", event_ref, details)


def _event(row: Any) -> TrendEvent:
    text = EventText(row.on, TrendEventKind(row.kind), row.title, row.note)
    return TrendEvent(row.event_ref, row.version, text, row.author, row.recorded_at)
