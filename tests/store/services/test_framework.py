"""The performance framework: shipped, changed from a day on by an administrator, and never without its past."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import select

from offendermgmt.domain.vocabulary import Board, Improvement
from offendermgmt.services.access import NotPermitted, Role, Viewer
from offendermgmt.services.changes import AlreadyRecorded, ChangeRefused
from offendermgmt.services.commentary_writing import Writing, save_draft
from offendermgmt.services.desk import Desk
from offendermgmt.services.framework import (
    KeyQuestion,
    Measure,
    framework_on,
    histories,
    retired_text,
    shipped_framework,
)
from offendermgmt.services.framework_editing import save_measure, save_question
from offendermgmt.services.framework_words import aim_text, changes, in_force_text
from offendermgmt.store import Store
from offendermgmt.store.framework import FrameworkChanged
from offendermgmt.store.tables.ledger import AuditRecord
from tests.databases import FORCE, READS_A_STORE, Copied

ADMINISTRATOR = Viewer("Admin", Role.ADMINISTRATOR)
BEFORE, REFRESH, AFTER = date(2026, 3, 31), date(2026, 4, 1), date(2027, 1, 15)
NOTES = {"reason": "Yearly refresh", "source_note": "Board minute 14"}


@pytest.fixture
def desk(store: Store) -> Desk:
    return Desk(store, FORCE)


@pytest.fixture(scope="module")
def unchanged(copied: Copied) -> Iterator[Desk]:
    """The framework as it is shipped, for tests that record nothing."""
    with copied() as store:
        yield Desk(store, FORCE)


def measure(desk: Desk, ref: str, on: date = AFTER) -> Measure:
    (found,) = [one for one in framework_on(desk, on).measures if one.measure_ref == ref]
    return found


def refreshed(desk: Desk, **values: Any) -> Measure:
    said: dict[str, Any] = {"title": "Overdue visits", "from_on": REFRESH, **values}
    changed = replace(measure(desk, "overdue"), **said)
    save_measure(desk, ADMINISTRATOR, changed, 0, **NOTES)
    return changed


def own(**values: Any) -> Measure:
    """A measure that the shipped framework does not have."""
    said: dict[str, Any] = {
        "measure_ref": "own",
        "question_ref": "visits",
        "figure": "overdue-share",
        "title": "Overdue, ours",
        "improvement": Improvement.DECREASE,
        "target": 0.05,
        "target_source": "Force plan 2026",
        "owner": "DI MOSOVO",
        "boards": (Board.SLT,),
        "position": 9,
        "from_on": REFRESH,
        **values,
    }
    return Measure(**said)


def test_the_shipped_framework_holds_until_somebody_changes_it(unchanged: Desk) -> None:
    assert framework_on(unchanged, AFTER) == shipped_framework()
    assert changes(unchanged, histories(unchanged)).empty


def test_a_change_holds_from_its_day_and_the_months_before_keep_what_held_then(desk: Desk) -> None:
    refreshed(desk)
    assert measure(desk, "overdue", BEFORE).title == "Visits overdue"
    assert measure(desk, "overdue", REFRESH).title == "Overdue visits"


def test_what_was_known_before_a_change_is_the_framework_without_it(desk: Desk) -> None:
    before = datetime.now(UTC)
    refreshed(desk)
    assert framework_on(desk, AFTER, before) == shipped_framework()


def test_a_new_measure_stands_in_its_place_from_its_day(desk: Desk) -> None:
    save_measure(desk, ADMINISTRATOR, own(), None, **NOTES)
    visits = framework_on(desk, REFRESH).questions[0]
    assert [one.measure_ref for one in framework_on(desk, REFRESH).measures_of(visits)][-2:] == ["compliance", "own"]
    assert "own" not in {one.measure_ref for one in framework_on(desk, BEFORE).measures}
    assert aim_text(own()) == "Lower is better; target 5%"


def test_a_retired_measure_is_of_the_days_before_alone_and_says_so(desk: Desk) -> None:
    retired = refreshed(desk, title="Visits overdue", from_on=date(2000, 1, 1), to_on=REFRESH)
    assert measure(desk, "overdue", BEFORE) == retired
    assert "overdue" not in {one.measure_ref for one in framework_on(desk, REFRESH).measures}
    assert histories(desk).retired(REFRESH) == (retired,)
    assert histories(desk).retired(BEFORE) == ()
    assert retired_text(retired).startswith("Retired from 1 Apr 2026: months that end on or after that day")


def test_a_retired_measure_can_come_back(desk: Desk) -> None:
    refreshed(desk, to_on=date(2026, 6, 1))
    save_measure(desk, ADMINISTRATOR, replace(measure(desk, "overdue", REFRESH), from_on=AFTER, to_on=None), 1, **NOTES)
    assert "overdue" in {one.measure_ref for one in histories(desk).newest().measures}
    shown = [day for day in (BEFORE, REFRESH, date(2026, 6, 1), AFTER) if "overdue" in refs_on(desk, day)]
    assert shown == [BEFORE, REFRESH, AFTER]


def refs_on(desk: Desk, day: date) -> set[str]:
    return {one.measure_ref for one in framework_on(desk, day).measures}


def test_a_board_reads_its_measures_and_the_questions_they_answer(unchanged: Desk) -> None:
    read = framework_on(unchanged, AFTER).of_board(Board.PVM)
    assert all(Board.PVM in one.boards for one in read.measures)
    assert {one.question_ref for one in read.measures} == {one.question_ref for one in read.questions}
    assert len(read.questions) < len(shipped_framework().questions)


def test_a_question_is_added_and_retired_once_its_measures_are(desk: Desk) -> None:
    question = KeyQuestion("partners", "Do partners act with us?", 9, REFRESH)
    save_question(desk, ADMINISTRATOR, question, None, **NOTES)
    save_measure(desk, ADMINISTRATOR, own(question_ref="partners"), None, **NOTES)
    assert framework_on(desk, AFTER).questions[-1] == question
    ended = replace(question, to_on=AFTER)
    with pytest.raises(ChangeRefused, match=r"still has measures \(Overdue, ours\)"):
        save_question(desk, ADMINISTRATOR, ended, 1, **NOTES)
    save_measure(desk, ADMINISTRATOR, own(question_ref="partners", to_on=AFTER), 1, **NOTES)
    save_question(desk, ADMINISTRATOR, ended, 1, **NOTES)
    assert question.question_ref not in {one.question_ref for one in framework_on(desk, AFTER).questions}


def test_a_change_leaves_one_audit_record_with_its_reason_and_source(desk: Desk) -> None:
    refreshed(desk)
    with desk.store.read() as connection:
        (record,) = connection.execute(select(AuditRecord.__table__)).all()
    assert (record.action, record.subject_kind, record.subject_ref) == ("change measure", "measure", "overdue")
    assert record.details == {"version": 1, **NOTES, "from_on": "2026-04-01", "changed": ["from_on", "title"]}


def test_the_history_says_what_was_done_by_whom_and_why(desk: Desk) -> None:
    refreshed(desk)
    save_measure(desk, ADMINISTRATOR, replace(measure(desk, "overdue"), to_on=AFTER), 1, **NOTES)
    rows = changes(desk, histories(desk))
    assert list(rows["done"]) == ["Retired", "Changed"]
    assert list(rows["changed"]) == ["last day", "first day, title"]
    assert set(rows["reason"]) == {"Yearly refresh"}
    assert in_force_text(histories(desk).measures["overdue"][-1]) == "As from 1 Apr 2026"


def test_the_same_change_sent_twice_is_recorded_once(desk: Desk) -> None:
    sent = replace(measure(desk, "overdue"), owner="DCI", from_on=AFTER)
    save_measure(desk, ADMINISTRATOR, sent, 0, **NOTES)
    with pytest.raises(AlreadyRecorded, match="the measure is on record as you have it"):
        save_measure(desk, ADMINISTRATOR, sent, 0, **NOTES)
    assert list(changes(desk, histories(desk))["done"]) == ["Changed"]


def test_commentary_on_a_measure_is_no_change_of_it(desk: Desk) -> None:
    refreshed(desk)
    said = Writing("overdue", date(2026, 1, 1), "Two were late.", "", "", 0)
    save_draft(desk, Viewer("DI Oak", Role.DI), said, now=datetime(2026, 2, 2, tzinfo=UTC))
    assert list(changes(desk, histories(desk))["done"]) == ["Changed"]


def test_of_two_who_change_the_same_measure_the_second_is_told(desk: Desk) -> None:
    refreshed(desk)
    with pytest.raises(FrameworkChanged, match="Somebody else changed this measure"):
        refreshed(desk, title="Mine")
    assert measure(desk, "overdue").title == "Overdue visits"


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_nobody_but_an_administrator_changes_the_framework(unchanged: Desk, role: Role) -> None:
    with pytest.raises(NotPermitted, match="administrator"):
        save_measure(unchanged, Viewer("Reader", role), own(), None, **NOTES)
    with pytest.raises(NotPermitted, match="administrator"):
        save_question(unchanged, Viewer("Reader", role), KeyQuestion("q", "What?", 1, REFRESH), None, **NOTES)


REFUSED: dict[str, tuple[dict[str, Any], str]] = {
    "a figure there is not": ({"figure": "mood"}, "there is no figure 'mood'"),
    "a target without a source": ({"target_source": " "}, "where the target comes from"),
    "a source without a target": ({"target": None}, "a source but no target"),
    "a share above all": ({"target": 1.5}, "between 0% and 100%"),
    "a target below nought": ({"target": -0.1}, "0 or more"),
    "a target that is no number": ({"target": float("nan")}, "0 or more"),
    "no title": ({"title": "  "}, "the measure's title"),
    "a title too long for a chart": ({"title": "x" * 81}, "80 characters"),
    "no owner": ({"owner": ""}, "which post owns"),
    "no board": ({"boards": ()}, "at least one board"),
    "an end before its beginning": ({"to_on": REFRESH}, "not after it begins"),
    "a question there is not": ({"question_ref": "weather"}, "question is not in force on 1 Apr 2026"),
}


@pytest.mark.parametrize("said", REFUSED)
def test_a_measure_that_lacks_something_is_refused_in_words(unchanged: Desk, said: str) -> None:
    values, words = REFUSED[said]
    with pytest.raises(ChangeRefused, match=words):
        save_measure(unchanged, ADMINISTRATOR, own(**values), None, **NOTES)
    assert "own" not in histories(unchanged).measures


@pytest.mark.parametrize("lacking", ["reason", "source_note"])
def test_a_change_without_reason_or_source_is_refused(unchanged: Desk, lacking: str) -> None:
    with pytest.raises(ChangeRefused, match="Nothing was recorded: say"):
        save_measure(unchanged, ADMINISTRATOR, own(), None, **{**NOTES, lacking: " "})


@READS_A_STORE
def test_a_change_never_begins_before_what_stands(desk: Desk) -> None:
    refreshed(desk)
    with pytest.raises(ChangeRefused, match="what stands is in force from 1 Apr 2026"):
        save_measure(desk, ADMINISTRATOR, replace(measure(desk, "overdue"), from_on=BEFORE), 1, **NOTES)


@READS_A_STORE
def test_a_measure_keeps_its_figure(desk: Desk) -> None:
    with pytest.raises(ChangeRefused, match="a measure keeps its figure"):
        refreshed(desk, figure="overdue-share")


@READS_A_STORE
def test_a_measure_ends_with_its_question_at_the_latest(desk: Desk) -> None:
    save_question(desk, ADMINISTRATOR, KeyQuestion("q", "What for a year?", 9, REFRESH, AFTER), None, **NOTES)
    with pytest.raises(ChangeRefused, match="the question is retired from 15 Jan 2027"):
        save_measure(desk, ADMINISTRATOR, own(question_ref="q"), None, **NOTES)


def test_a_question_without_words_is_refused(unchanged: Desk) -> None:
    with pytest.raises(ChangeRefused, match="say the question"):
        save_question(unchanged, ADMINISTRATOR, KeyQuestion("q", " ", 1, REFRESH), None, **NOTES)
