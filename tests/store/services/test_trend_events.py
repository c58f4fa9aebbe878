"""Events on trends: added, corrected and removed by those who may, with nothing lost."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from offendermgmt.domain.vocabulary import TrendEventKind
from offendermgmt.services.access import NotPermitted, Role, Viewer
from offendermgmt.services.desk import Desk
from offendermgmt.services.trend_events import (
    EventText,
    TrendEvent,
    add_event,
    correct_event,
    may_edit,
    remove_event,
    trend_events,
)
from offendermgmt.store import Store
from offendermgmt.store.tables.ledger import AuditRecord
from offendermgmt.store.trend_events import TrendEventChanged, trend_event_versions
from tests.databases import FORCE, READS_A_STORE

DI = Viewer("DI Ash", Role.DI)
TEXT = EventText(date(2025, 3, 1), TrendEventKind.INSPECTION, "Inspection", "Fieldwork week")


@pytest.fixture
def desk(store: Store) -> Desk:
    return Desk(store, FORCE)


@pytest.fixture
def event(desk: Desk) -> TrendEvent:
    add_event(desk, DI, TEXT)
    (added,) = trend_events(desk)
    return added


def test_an_added_event_stands_with_its_author(event: TrendEvent) -> None:
    assert (event.text, event.author, event.version) == (TEXT, "DI Ash", 1)


def test_events_come_oldest_first(desk: Desk, event: TrendEvent) -> None:
    add_event(desk, DI, replace(TEXT, on=date(2025, 1, 1)))
    assert [other.text.on for other in trend_events(desk)] == [date(2025, 1, 1), event.text.on]


def test_a_corrected_event_stands_as_corrected_and_keeps_its_past(desk: Desk, event: TrendEvent) -> None:
    correct_event(desk, DI, event, replace(TEXT, on=date(2025, 3, 8)))
    (corrected,) = trend_events(desk)
    assert (corrected.text.on, corrected.version) == (date(2025, 3, 8), 2)
    assert [row.on for row in trend_event_versions(desk.store, FORCE)] == [date(2025, 3, 1), date(2025, 3, 8)]


def test_a_removed_event_is_on_no_trend_and_stays_on_record(desk: Desk, event: TrendEvent) -> None:
    remove_event(desk, DI, event)
    assert trend_events(desk) == ()
    assert [row.is_void for row in trend_event_versions(desk.store, FORCE)] == [False, True]


def test_two_who_correct_the_same_version_do_not_overwrite_each_other(desk: Desk, event: TrendEvent) -> None:
    correct_event(desk, DI, event, replace(TEXT, title="First"))
    with pytest.raises(TrendEventChanged, match="Somebody else changed the event 'Second' meanwhile"):
        correct_event(desk, DI, event, replace(TEXT, title="Second"))
    assert [other.text.title for other in trend_events(desk)] == ["First"]


def test_events_are_as_they_were_known(desk: Desk, event: TrendEvent) -> None:
    remove_event(desk, DI, event)
    assert trend_events(desk, event.recorded_at) == (event,)
    assert trend_events(desk, datetime(2020, 1, 1, tzinfo=UTC)) == ()


def test_every_change_leaves_an_audit_record(desk: Desk, event: TrendEvent) -> None:
    remove_event(desk, DI, event)
    with desk.store.read() as connection:
        records = connection.execute(select(AuditRecord.action, AuditRecord.user_ref).order_by(AuditRecord.at)).all()
    assert [tuple(record) for record in records] == [
        ("add trend event", "DI Ash"),
        ("remove trend event", "DI Ash"),
    ]


@pytest.mark.parametrize("role", [Role.OFFICER, Role.SUPERVISOR, Role.SLT, Role.BOARD, Role.AUDITOR])
def test_others_may_not_change_events(desk: Desk, event: TrendEvent, role: Role) -> None:
    viewer = Viewer("x", role)
    with pytest.raises(NotPermitted, match="kept by inspectors, analysts and administrators"):
        remove_event(desk, viewer, event)
    assert (may_edit(viewer), len(trend_events(desk))) == (False, 1)


@READS_A_STORE
@pytest.mark.parametrize(
    ("title", "message"), [("  ", "Give the event a title"), ("x" * 81, "has 81 characters; keep it to 80")]
)
def test_a_title_is_needed_and_short(desk: Desk, title: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        add_event(desk, DI, replace(TEXT, title=title))
    assert trend_events(desk) == ()
