"""Commentary on measures: written, submitted, approved by somebody else, sent back; never lost, never after closing."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import select

from offendermgmt.domain.vocabulary import CommentaryState
from offendermgmt.services.access import NotPermitted, Role, Viewer
from offendermgmt.services.changes import AlreadyRecorded, ChangeRefused
from offendermgmt.services.commentary import (
    Commentary,
    commentaries,
    commentary_for,
    readable,
    without_commentary,
)
from offendermgmt.services.commentary_writing import (
    LONGEST_TEXT,
    Writing,
    approve,
    may_approve,
    may_write,
    save_draft,
    send_back,
    submit,
)
from offendermgmt.services.desk import Desk
from offendermgmt.store import Store
from offendermgmt.store.commentaries import CommentaryChanged
from offendermgmt.store.tables.ledger import AuditRecord
from tests.databases import FORCE, READS_A_STORE
from tests.store.facts import write

NOW = datetime(2025, 7, 3, 9, tzinfo=UTC)
JUNE, JULY = date(2025, 6, 1), date(2025, 7, 1)
DCI = Viewer("DCI Elm", Role.DCI)
DI = Viewer("DI Oak", Role.DI)
SLT = Viewer("Supt Yew", Role.SLT)
OTHER_SLT = Viewer("Ch Supt Ash", Role.SLT)
WRITING = Writing("overdue-share", JUNE, "It rose.", "More risk unseen.", "Two officers lent for July.", 0)


@pytest.fixture
def desk(store: Store) -> Desk:
    return Desk(store, FORCE)


def only(desk: Desk, known_at: datetime | None = None) -> Commentary:
    [commentary] = commentaries(desk, known_at)
    return commentary


def submitted(desk: Desk, viewer: Viewer = DCI) -> Commentary:
    submit(desk, viewer, WRITING, now=NOW)
    return only(desk)


def audits(store: Store) -> list[Any]:
    with store.read() as connection:
        return list(connection.execute(select(AuditRecord.__table__).order_by(AuditRecord.at)).all())


def test_commentary_is_drafted_submitted_and_approved(desk: Desk) -> None:
    save_draft(desk, DI, replace(WRITING, so_what="", what_next=""), now=NOW)
    submit(desk, DCI, replace(WRITING, seen=1), now=NOW)
    approve(desk, SLT, "overdue-share", JUNE, 2)
    approved = only(desk)
    assert (approved.state, approved.author, approved.changed_by, approved.version) == (
        CommentaryState.APPROVED,
        "DCI Elm",
        "Supt Yew",
        3,
    )
    assert approved.text == WRITING.text
    assert [(each.state, each.author) for each in approved.history] == [("draft", "DI Oak"), ("submitted", "DCI Elm")]


def test_what_is_sent_back_is_a_draft_again_and_says_why_until_it_is_submitted(desk: Desk) -> None:
    submitted(desk)
    send_back(desk, SLT, "overdue-share", JUNE, 1, "Say which team")
    back = only(desk)
    assert (back.state, back.comment, back.author, back.changed_by) == (
        "draft",
        "Say which team",
        "DCI Elm",
        "Supt Yew",
    )
    save_draft(desk, DCI, replace(WRITING, what="It rose in North.", seen=2), now=NOW)
    assert only(desk).comment == "Say which team"
    submit(desk, DCI, replace(WRITING, what="It rose in North.", seen=3), now=NOW)
    assert (only(desk).state, only(desk).comment) == ("submitted", "")


def test_nobody_approves_their_own_words(desk: Desk) -> None:
    save_draft(desk, SLT, WRITING, now=NOW)
    submit(desk, DCI, replace(WRITING, what="It rose by a third.", seen=1), now=NOW)
    assert [may_approve(each, only(desk)) for each in (SLT, OTHER_SLT, DCI)] == [False, True, False]
    with pytest.raises(NotPermitted, match="Nobody approves their own words"):
        approve(desk, SLT, "overdue-share", JUNE, 2)
    approve(desk, OTHER_SLT, "overdue-share", JUNE, 2)
    assert only(desk).state is CommentaryState.APPROVED


def test_a_draft_and_what_is_approved_already_are_not_approved(desk: Desk) -> None:
    save_draft(desk, DCI, WRITING, now=NOW)
    with pytest.raises(ChangeRefused, match="the commentary is a draft"):
        approve(desk, SLT, "overdue-share", JUNE, 1)
    with pytest.raises(ChangeRefused, match="nothing to send back"):
        send_back(desk, SLT, "overdue-share", JUNE, 1, "Say more")
    submit(desk, DCI, replace(WRITING, seen=1), now=NOW)
    approve(desk, SLT, "overdue-share", JUNE, 2)
    with pytest.raises(ChangeRefused, match="Supt Yew has approved this commentary already"):
        approve(desk, OTHER_SLT, "overdue-share", JUNE, 3)
    with pytest.raises(ChangeRefused, match="Supt Yew has approved this commentary"):
        submit(desk, DCI, replace(WRITING, what="It fell.", seen=3), now=NOW)
    with pytest.raises(ChangeRefused, match="nobody has written commentary"):
        approve(desk, SLT, "officers-over-share", JUNE, 0)


def test_the_second_of_two_writers_is_told_and_replaces_nothing(desk: Desk) -> None:
    submitted(desk)
    with pytest.raises(CommentaryChanged, match="your words are still in the form"):
        submit(desk, DI, replace(WRITING, what="Nothing happened."), now=NOW)
    with pytest.raises(CommentaryChanged, match="Somebody else wrote"):
        approve(desk, SLT, "overdue-share", JUNE, 4)
    assert only(desk).what == "It rose."


def test_two_who_write_at_once_make_one_version(desk: Desk, store: Store) -> None:
    def written(viewer: Viewer) -> bool:
        try:
            submit(Desk(store, FORCE), viewer, replace(WRITING, what=viewer.name), now=NOW)
        except CommentaryChanged:
            return False
        return True

    with ThreadPoolExecutor(2) as both:
        assert sorted(both.map(written, [DI, DCI])) == [False, True]
    assert (only(desk).version, only(desk).what) == (1, only(desk).author)


@pytest.mark.parametrize("act", [save_draft, submit])
def test_a_double_click_writes_once(desk: Desk, store: Store, act: Any) -> None:
    act(desk, DCI, WRITING, now=NOW)
    with pytest.raises(AlreadyRecorded, match="on record as you have it"):
        act(desk, DCI, WRITING, now=NOW)
    assert (only(desk).version, len(audits(store))) == (1, 1)


def test_a_double_click_approves_and_sends_back_once(desk: Desk) -> None:
    submitted(desk)
    approve(desk, SLT, "overdue-share", JUNE, 1)
    with pytest.raises(AlreadyRecorded, match="approved this commentary already"):
        approve(desk, SLT, "overdue-share", JUNE, 1)
    send_back(desk, SLT, "overdue-share", JUNE, 2, "Say which team")
    with pytest.raises(AlreadyRecorded, match="sent this commentary back already"):
        send_back(desk, SLT, "overdue-share", JUNE, 2, "Say which team")
    assert only(desk).version == 3


def test_each_change_leaves_one_audit_record_without_its_words(desk: Desk, store: Store) -> None:
    submitted(desk)
    approve(desk, SLT, "overdue-share", JUNE, 1)
    send_back(desk, SLT, "overdue-share", JUNE, 2, "Say which team")
    records = [(each.action, each.user_ref, each.subject_kind, each.subject_ref) for each in audits(store)]
    assert records == [
        ("submitted commentary", "DCI Elm", "measure", "overdue-share"),
        ("approved commentary", "Supt Yew", "measure", "overdue-share"),
        ("sent commentary back", "Supt Yew", "measure", "overdue-share"),
    ]
    assert [each.details for each in audits(store)] == [
        {"role": role, "month": "2025-06"} for role in ("dci", "slt", "slt")
    ]


@READS_A_STORE
@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"what": " ", "what_next": ""}, "say also what happened and what next"),
        ({"what": "x" * (LONGEST_TEXT + 1)}, "“what happened” has 1,001 characters"),
        ({"month_on": JULY}, "July 2025 is not over"),
        ({"month_on": date(2025, 8, 1)}, "August 2025 is not over"),
    ],
)
def test_what_is_submitted_is_whole_and_of_a_month_that_is_over(
    desk: Desk, change: dict[str, Any], message: str
) -> None:
    with pytest.raises(ChangeRefused, match=message):
        submit(desk, DCI, replace(WRITING, **change), now=NOW)
    assert commentaries(desk) == ()


def test_commentary_is_on_a_measure_in_force_and_names_no_record(desk: Desk, store: Store) -> None:
    with pytest.raises(ChangeRefused, match="no measure crews was in force at the end of June 2025"):
        submit(desk, DCI, replace(WRITING, measure_ref="crews"), now=NOW)
    write(store, {"offenders": {"offender_ref": ["V1"], "registered_on": [date(2024, 1, 1)]}})
    with pytest.raises(ChangeRefused, match="V1 is one person's or case's reference"):
        submit(desk, DCI, replace(WRITING, what="It rose, and v1 most of all."), now=NOW)
    assert commentaries(desk) == ()


def test_a_draft_has_words_and_a_month_that_has_begun(desk: Desk) -> None:
    with pytest.raises(ChangeRefused, match="write something first"):
        save_draft(desk, DCI, replace(WRITING, what="", so_what=" ", what_next=""), now=NOW)
    with pytest.raises(ChangeRefused, match="August 2025 has not begun"):
        save_draft(desk, DCI, replace(WRITING, month_on=date(2025, 8, 1)), now=NOW)
    save_draft(desk, DCI, replace(WRITING, month_on=JULY), now=NOW)
    assert only(desk).month_on == JULY


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.DI, Role.DCI, Role.SLT, Role.ANALYST}))
def test_others_do_not_write(desk: Desk, role: Role) -> None:
    viewer = Viewer("x", role)
    with pytest.raises(NotPermitted, match="Commentary is written by"):
        save_draft(desk, viewer, WRITING, now=NOW)
    assert (may_write(viewer), commentaries(desk)) == (False, ())


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.SLT}))
def test_others_neither_approve_nor_send_back(desk: Desk, role: Role) -> None:
    before = submitted(desk)
    viewer = Viewer("x", role)
    with pytest.raises(NotPermitted, match="approved or sent back by senior leadership"):
        approve(desk, viewer, "overdue-share", JUNE, 1)
    with pytest.raises(NotPermitted, match="approved or sent back by senior leadership"):
        send_back(desk, viewer, "overdue-share", JUNE, 1, "Say more")
    assert (may_approve(viewer, before), only(desk)) == (False, before)


def test_commentary_is_as_it_was_known(desk: Desk) -> None:
    first = submitted(desk)
    approve(desk, SLT, "overdue-share", JUNE, 1)
    assert only(desk, first.changed_at) == first
    assert commentaries(desk, datetime(2020, 1, 1, tzinfo=UTC)) == ()


def test_boards_read_what_is_approved_only(desk: Desk) -> None:
    submitted(desk)
    board, auditor = Viewer("b", Role.BOARD), Viewer("a", Role.AUDITOR)
    recorded = commentaries(desk)
    assert (readable(recorded, board), readable(recorded, auditor)) == ((), recorded)
    approve(desk, SLT, "overdue-share", JUNE, 1)
    assert readable(commentaries(desk), board) == commentaries(desk)


def test_a_concern_of_which_nothing_is_submitted_is_listed(desk: Desk) -> None:
    submitted(desk)
    save_draft(desk, DI, replace(WRITING, measure_ref="double-crewed"), now=NOW)
    recorded = commentaries(desk)
    concerns = ["double-crewed", "overdue-share", "officers-over-share"]
    assert without_commentary(concerns, recorded, JUNE) == ("double-crewed", "officers-over-share")
    assert without_commentary(concerns, recorded, JULY) == tuple(concerns)
    found = [commentary_for(recorded, "double-crewed", month) for month in (JUNE, JULY)]
    assert found == [recorded[0], None]
