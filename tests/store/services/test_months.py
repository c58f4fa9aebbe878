"""Closing a month: figures stay as reported whatever is recorded later, and the difference is told by its causes."""

from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from importlib.resources import files
from typing import Any

import numpy as np
import pandas as pd
import pytest
from sqlalchemy import select

from offendermgmt.domain.vocabulary import ClosingState
from offendermgmt.services import closing, restatement
from offendermgmt.services.access import SYSTEM, NotPermitted, Role, Viewer
from offendermgmt.services.changes import AlreadyRecorded, ChangeRefused
from offendermgmt.services.closing import close_month, may_close, may_reopen, reopen_month
from offendermgmt.services.closing_document import DocumentUnreadable, read_document
from offendermgmt.services.commentary_writing import Writing, approve, save_draft, submit
from offendermgmt.services.desk import Desk
from offendermgmt.services.framework import Framework, framework_on
from offendermgmt.services.measure_figures import FIGURES, MeasureUnit
from offendermgmt.services.month_closing import ClosedMonth, ReportedMonth, closed_month, closed_months, reported
from offendermgmt.services.months_board import month_lines
from offendermgmt.services.policies import record_policy
from offendermgmt.services.restatement import Restatement, reported_rows, restated, restated_figures
from offendermgmt.store import Store
from offendermgmt.store.month_closings import MonthChanged
from offendermgmt.store.tables.ledger import AuditRecord
from tests.databases import FORCE, READS_COPIES, Copied
from tests.store.facts import Columns, write

JUNE = date(2025, 6, 1)
JUNE_ENDED = date(2025, 6, 30)
# The store's own clock dates what is written: the day after these facts' month, and two weeks on.
CLOSED_AT = datetime(2025, 7, 3, 9, tzinfo=UTC)
LATER = CLOSED_AT + timedelta(days=14)
ANALYST, SLT = Viewer("Analyst Ash", Role.ANALYST), Viewer("Supt Yew", Role.SLT)
BOARD = Viewer("FPB", Role.BOARD)
ADMIN = Viewer("Admin", Role.ADMINISTRATOR)
KNOWN = datetime(2025, 7, 1, 8, tzinfo=UTC)
PEOPLE = 12
ALL_BEFORE = closing.MONTHS_BEFORE
MEASURES = {"overdue", "overdue-share", "days-overdue", "compliance", "unallocated", "refused-rows", "fte-available"}


def visits(
    refs: Mapping[str, str], on: str, recorded_at: datetime = KNOWN, outcome: str = "completed"
) -> dict[str, list[Any]]:
    """A visit to each offender by reference, at noon."""
    return {
        "visit_ref": list(refs),
        "offender_ref": list(refs.values()),
        "visited_at": [datetime.fromisoformat(f"{on}T12:00:00+00:00")] * len(refs),
        "outcome": [outcome] * len(refs),
        "officer_refs": ["O1;O2"] * len(refs),
        "recorded_at": [recorded_at] * len(refs),
    }


def facts() -> dict[str, Columns]:
    """Twelve of medium risk, registered in January; six were visited in June, the others are overdue since 16 Jan."""
    refs = [f"V{number:02}" for number in range(PEOPLE)]
    registered, known = [date(2025, 1, 1)] * PEOPLE, [KNOWN] * PEOPLE
    return {
        "teams": {"team_ref": ["T1"], "name": ["North"], "unit": ["MOSOVO"]},
        "officers": {
            "officer_ref": ["O1", "O2"],
            "name": ["Ash", "Birch"],
            "is_supervisor": [False, False],
            "team_ref": ["T1", "T1"],
            "fte": [1.0, 1.0],
        },
        "offenders": {"offender_ref": refs, "registered_on": registered, "recorded_at": known},
        "risk_assessments": {
            "offender_ref": refs,
            "assessed_on": registered,
            "tool": ["ARMS"] * PEOPLE,
            "risk_level": ["medium"] * PEOPLE,
            "recorded_at": known,
        },
        "allocations": {
            "offender_ref": refs,
            "from_on": registered,
            "officer_ref": ["O1"] * PEOPLE,
            "recorded_at": known,
        },
        "visits": visits({f"K{number}": f"V{number:02}" for number in range(6)}, "2025-06-20"),
    }


def at(store: Store, moment: datetime) -> Desk:
    """A desk whose writes are recorded at a moment."""
    return Desk(store.dated(lambda: moment), FORCE)


@pytest.fixture(autouse=True, scope="module")
def _few_months() -> Iterator[None]:
    """Three months of some measures are frozen as 37 of all are, and reckoned ten times sooner; one test has all."""

    def some(*asked: Any) -> Framework:
        whole = framework_on(*asked)
        return replace(whole, measures=tuple(each for each in whole.measures if each.measure_ref in MEASURES))

    with pytest.MonkeyPatch.context() as patch:
        for module in (closing, restatement):
            patch.setattr(module, "MONTHS_BEFORE", 2)
        patch.setattr(closing, "framework_on", some)
        yield


@pytest.fixture
def every_month(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ask for all 37 months of all measures."""
    for module in (closing, restatement):
        monkeypatch.setattr(module, "MONTHS_BEFORE", ALL_BEFORE)
    monkeypatch.setattr(closing, "framework_on", framework_on)


@pytest.fixture(scope="module")
def loaded(copied: Copied) -> Iterator[Store]:
    """A store with the facts, to copy."""
    with copied() as store:
        write(store.dated(lambda: KNOWN), facts())
        yield store


@pytest.fixture(scope="module")
def june_closed(copied: Copied, loaded: Store) -> Iterator[Desk]:
    """June closed, for tests that only read, and to copy."""
    with copied(loaded) as store:
        desk = at(store, CLOSED_AT)
        close(desk)
        yield desk


@pytest.fixture
def store(request: pytest.FixtureRequest, copied: Copied) -> Iterator[Store]:
    """The test's own store: June is closed in it where the test asks for that."""
    asks = "closed" in request.fixturenames
    begun = request.getfixturevalue("june_closed").store if asks else request.getfixturevalue("loaded")
    with copied(begun) as own:
        yield own


@pytest.fixture
def desk(store: Store) -> Desk:
    return at(store, CLOSED_AT)


@pytest.fixture
def closed(desk: Desk) -> Desk:
    return desk


def close(desk: Desk, viewer: Viewer = ANALYST, month_on: date = JUNE, seen: int = 0, **asked: Any) -> None:
    close_month(desk, viewer, month_on, seen, now=asked.pop("now", CLOSED_AT), **asked)


def only(desk: Desk, known_at: datetime | None = None) -> ClosedMonth:
    [month] = closed_months(desk, known_at)
    return month


def june(desk: Desk) -> ReportedMonth:
    month = closed_month(desk, JUNE)
    assert month is not None
    return month


def compared(desk: Desk, viewer: Viewer = ANALYST, known_at: datetime | None = None) -> Restatement:
    question = desk.question(viewer, JUNE_ENDED, today=LATER.date(), known_at=known_at)
    return restated(desk, question, june(desk))


def figure(found: Restatement, measure_ref: str) -> dict[str, Any]:
    rows = found.rows
    [row] = rows[(rows["measure_ref"] == measure_ref).to_numpy()].to_dict(orient="records")
    return {str(name): value for name, value in row.items()}


def counts(found: Restatement) -> dict[str, list[int]]:
    return {row[0]: list(row[1:]) for row in found.records.itertuples(index=False)}


def record(store: Store, **tables: Columns) -> None:
    """Record facts two weeks after the closing."""
    write(store.dated(lambda: LATER), tables)


def late_visits(number: int) -> Columns:
    return visits({f"L{each}": f"V{each + 6:02}" for each in range(number)}, "2025-06-25", LATER)


def policy(from_on: str, *changes: tuple[str, str]) -> str:
    """The shipped policy in force from another day, with other values."""
    text = files("offendermgmt.services").joinpath("shipped_policy.toml").read_text(encoding="utf-8")
    for before, after in (("from_on = 2000-01-01", f"from_on = {from_on}"), *changes):
        assert before in text
        text = text.replace(before, after)
    return text


def audits(store: Store) -> list[Any]:
    with store.read() as connection:
        return list(connection.execute(select(AuditRecord.__table__).order_by(AuditRecord.at)).all())


def test_a_closed_month_says_who_closed_it_when_and_by_which_policy(june_closed: Desk) -> None:
    month = only(june_closed)
    assert (month.month_on, month.is_closed, month.closed_by, month.number) == (JUNE, True, "Analyst Ash", 1)
    assert (month.closed_at, month.known_at, month.policy_version) == (CLOSED_AT, CLOSED_AT, "shipped-1")


@READS_COPIES
@pytest.mark.usefixtures("every_month")
def test_figures_of_the_month_and_the_36_before_it_are_frozen_whole(desk: Desk) -> None:
    close(desk)
    month = june(desk)
    assert len(month.rows) == 37 * len(month.measures)
    assert (month.rows["month_on"].min(), month.rows["month_on"].max()) == (
        pd.Timestamp("2022-06-01"),
        pd.Timestamp("2025-06-01"),
    )
    overdue = figure(compared(desk), "overdue-share")
    assert (overdue["numerator_reported"], overdue["denominator_reported"]) == (6, PEOPLE)


@READS_COPIES
def test_nothing_recorded_since_restates_nothing(june_closed: Desk) -> None:
    found = compared(june_closed)
    assert (found.restated, counts(found), found.other_causes) == (0, {}, ())
    assert set(found.rows["why"]) == {""}


def test_a_late_record_changes_what_is_known_now_and_not_what_was_reported(closed: Desk, store: Store) -> None:
    before = june(closed)
    record(store, visits=late_visits(3))
    overdue = figure(compared(closed), "overdue")
    assert (overdue["value_reported"], overdue["value_now"], overdue["is_restated"]) == (6, 3, True)
    assert overdue["why"] == "Recorded late: 3 visits."
    assert counts(compared(closed)) == {"visits": [3, 0, 0]}
    assert june(closed) == before
    pd.testing.assert_frame_equal(june(closed).rows, before.rows)


@READS_COPIES
def test_a_figure_that_a_late_record_does_not_touch_is_not_restated(closed: Desk, store: Store) -> None:
    record(store, visits=late_visits(3))
    unallocated = figure(compared(closed), "unallocated")
    assert (unallocated["is_restated"], unallocated["why"]) == (False, "")


def test_corrections_and_withdrawals_are_counted_by_what_they_are_of(closed: Desk, store: Store) -> None:
    withdrawn = visits({"K0": "V00"}, "2025-06-20", LATER)
    record(store, visits=withdrawn | {"is_void": [True]})
    record(store, visits=visits({"K1": "V01", "K2": "V02"}, "2025-06-20", LATER, "no_reply"))
    raised: Columns = {"offender_ref": ["V05"], "assessed_on": [date(2025, 1, 1)], "tool": ["ARMS"]}
    record(store, risk_assessments={**raised, "risk_level": ["high"], "recorded_at": [LATER]})
    found = compared(closed)
    assert counts(found) == {"risk_assessments": [0, 1, 0], "visits": [0, 2, 1]}
    overdue = figure(found, "overdue")
    assert (overdue["value_reported"], overdue["value_now"]) == (6, 9)
    assert overdue["why"] == "Corrected: 1 risk assessment, 2 visits. Withdrawn: 1 visit."


def test_what_an_extract_brings_later_is_late_though_recorded_before_the_closing(closed: Desk, store: Store) -> None:
    write(store, {"visits": visits({"L0": "V06"}, "2025-06-25", KNOWN)})
    assert counts(compared(closed)) == {"visits": [1, 0, 0]}
    overdue = figure(compared(closed), "overdue")
    assert (overdue["value_reported"], overdue["value_now"]) == (6, 5)


@READS_COPIES
def test_what_is_recorded_of_later_days_restates_nothing(closed: Desk, store: Store) -> None:
    record(store, visits=visits({"L0": "V06"}, "2025-07-02", LATER))
    assert (compared(closed).restated, counts(compared(closed))) == (0, {})


def test_as_known_at_a_moment_only_what_was_recorded_by_then_restates(closed: Desk, store: Store) -> None:
    record(store, visits=late_visits(3))
    then = compared(closed, known_at=CLOSED_AT + timedelta(days=1))
    assert (then.restated, counts(then)) == (0, {})


def test_policy_recorded_since_is_a_cause(closed: Desk, store: Store) -> None:
    record_policy(store.dated(lambda: LATER), FORCE, ADMIN, policy("2025-06-01"), reason="Sooner", source_note="Chief")
    assert compared(closed).other_causes == ("Policy in force from 1 Jun 2025 was recorded on 17 Jul 2025 10:00.",)
    assert compared(closed, known_at=LATER - timedelta(seconds=1)).other_causes == ()
    assert only(closed).policy_version == "shipped-1"


@READS_COPIES
def test_findings_on_visits_explain_what_no_extract_does(june_closed: Desk) -> None:
    month = june(june_closed)
    figures = month.document.figures
    altered = replace(figures, value=[9.0 if ref == "refused-rows" else value for ref, value in _pairs(figures)])
    month = replace(month, document=replace(month.document, figures=altered))
    question = june_closed.question(ANALYST, JUNE_ENDED, today=LATER.date())
    why = figure(restated(june_closed, question, month), "refused-rows")["why"]
    assert why == "What changed is in no extract: findings on visits made alone, or refused rows."


def _pairs(figures: Any) -> list[tuple[str, float | None]]:
    return list(zip(figures.measure_ref, figures.value, strict=True))


def test_a_reopened_month_is_closed_anew_and_keeps_what_was_reported_first(closed: Desk, store: Store) -> None:
    record(store, visits=late_visits(3))
    first, later = june(closed), at(store, LATER)
    reopen_month(later, SLT, JUNE, 1, "Visits were missing")
    found = only(later)
    assert (found.is_closed, found.reopened_by, found.reason) == (False, "Supt Yew", "Visits were missing")
    assert closed_month(later, JUNE) is None
    close(later, SLT, seen=2, now=LATER, note="With the late visits")
    again = only(later)
    assert (again.number, again.closed_by, again.note, again.version) == (2, "Supt Yew", "With the late visits", 3)
    assert figure(compared(later), "overdue")["value_reported"] == 3
    [earlier] = again.history
    assert (earlier.state, earlier.closed_by) == (ClosingState.REOPENED, "Analyst Ash")
    pd.testing.assert_frame_equal(reported(later, earlier).rows, first.rows)
    assert reported(later, earlier).document == first.document


def test_closings_are_as_they_were_known(closed: Desk, store: Store) -> None:
    later = at(store, LATER)
    reopen_month(later, SLT, JUNE, 1, "Visits were missing")
    assert closed_months(later, CLOSED_AT - timedelta(days=1)) == ()
    assert only(later, CLOSED_AT).is_closed
    assert closed_month(later, JUNE, CLOSED_AT) is not None
    assert not only(later).is_closed


@READS_COPIES
def test_a_document_says_the_same_after_it_was_kept(june_closed: Desk) -> None:
    document = june(june_closed).document
    assert read_document(document.text()) == document
    with pytest.raises(DocumentUnreadable, match="does not read"):
        read_document(document.text().replace('"format":1', '"format":2', 1))


def test_approved_commentary_is_frozen_with_the_month_and_nothing_is_written_after(desk: Desk) -> None:
    writing = Writing("overdue", JUNE, "It rose.", "More unseen.", "Two lent.", 0)
    submit(desk, ANALYST, writing, now=CLOSED_AT)
    approve(desk, SLT, "overdue", JUNE, 1)
    submit(desk, ANALYST, replace(writing, measure_ref="compliance"), now=CLOSED_AT)
    close(desk)
    assert [(each.measure_ref, each.what) for each in june(desk).commentary] == [("overdue", "It rose.")]
    with pytest.raises(ChangeRefused, match="Analyst Ash closed June 2025, and its commentary with it"):
        save_draft(desk, ANALYST, replace(writing, what="It fell.", measure_ref="unallocated"), now=CLOSED_AT)
    with pytest.raises(ChangeRefused, match="closed June 2025"):
        approve(desk, SLT, "compliance", JUNE, 1)
    reopen_month(desk, SLT, JUNE, 1, "Commentary was missing")
    approve(desk, SLT, "compliance", JUNE, 1)


@READS_COPIES
@pytest.mark.parametrize(
    ("month_on", "now", "message"),
    [
        (date(2025, 7, 1), CLOSED_AT, "July 2025 is not over"),
        # Half past midnight in London.
        (JUNE, datetime(2025, 6, 30, 22, 30, tzinfo=UTC), "June 2025 is not over"),
    ],
)
def test_only_a_month_that_is_over_is_closed(desk: Desk, month_on: date, now: datetime, message: str) -> None:
    with pytest.raises(ChangeRefused, match=message):
        close(desk, month_on=month_on, now=now)
    with pytest.raises(ValueError, match="2025-06-02 is none"):
        close(desk, month_on=date(2025, 6, 2))
    assert closed_months(desk) == ()


@READS_COPIES
def test_a_month_ends_at_midnight_in_london(desk: Desk) -> None:
    close(desk, now=datetime(2025, 6, 30, 23, 30, tzinfo=UTC))
    assert only(desk).is_closed


def test_a_month_is_not_closed_before_anything_was_loaded(copied: Copied) -> None:
    with copied() as empty:
        with pytest.raises(ChangeRefused, match="nothing has been loaded yet"):
            close(at(empty, CLOSED_AT))
        assert closed_months(Desk(empty, FORCE)) == ()


@READS_COPIES
def test_a_month_before_the_first_fact_is_closed_without_values(desk: Desk) -> None:
    close(desk, month_on=date(2020, 2, 1))
    [month] = closed_months(desk)
    rows = reported(desk, month).rows
    assert rows["value"].isna().all()


def test_a_month_closed_already_is_refused_and_a_double_click_is_harmless(closed: Desk, store: Store) -> None:
    with pytest.raises(AlreadyRecorded, match="you have closed June 2025 already"):
        close(closed)
    with pytest.raises(ChangeRefused, match="Analyst Ash has closed June 2025 already"):
        close(closed, SLT)
    reopen_month(closed, SLT, JUNE, 1, "Visits were missing")
    with pytest.raises(AlreadyRecorded, match="you have reopened June 2025 already"):
        reopen_month(closed, SLT, JUNE, 1, "Visits were missing")
    with pytest.raises(ChangeRefused, match="June 2025 is open already"):
        reopen_month(closed, SLT, JUNE, 2, "Again")
    with pytest.raises(MonthChanged, match="Somebody else closed or reopened June 2025"):
        close(closed, SLT, seen=0)
    assert len(audits(store)) == 2


def test_of_two_who_close_at_once_one_is_told(desk: Desk, store: Store) -> None:
    def made(viewer: Viewer) -> bool:
        try:
            close(at(store, CLOSED_AT), viewer)
        except ChangeRefused:
            return False
        return True

    with ThreadPoolExecutor(2) as both:
        assert sorted(both.map(made, [ANALYST, SLT])) == [False, True]
    assert (only(desk).number, len(audits(store))) == (1, 1)


def test_a_month_never_closed_and_one_without_a_reason_are_not_reopened(june_closed: Desk) -> None:
    with pytest.raises(ChangeRefused, match="May 2025 has never been closed"):
        reopen_month(june_closed, SLT, date(2025, 5, 1), 0, "A reason")
    with pytest.raises(ChangeRefused, match="say why the month is reopened"):
        reopen_month(june_closed, SLT, JUNE, 1, " ")
    assert only(june_closed).is_closed


@READS_COPIES
def test_others_neither_close_nor_reopen(june_closed: Desk) -> None:
    viewers = [Viewer("x", role) for role in Role]
    assert [viewer.role for viewer in viewers if may_close(viewer)] == [Role.SLT, Role.ANALYST]
    assert [viewer.role for viewer in viewers if may_reopen(viewer)] == [Role.SLT]
    for viewer in viewers:
        if not may_reopen(viewer):
            with pytest.raises(NotPermitted, match="reopened by senior leadership"):
                reopen_month(june_closed, viewer, JUNE, 1, "A reason")
        if not may_close(viewer):
            with pytest.raises(NotPermitted, match="closed by performance analysts and senior leadership"):
                close(june_closed, viewer, month_on=date(2025, 5, 1))
    assert (only(june_closed).is_closed, only(june_closed).newest) == (True, 1)


def test_each_change_leaves_one_audit_record(closed: Desk, store: Store) -> None:
    reopen_month(closed, SLT, JUNE, 1, "Visits were missing")
    found = [(each.action, each.user_ref, each.subject_kind, each.subject_ref) for each in audits(store)]
    assert found == [
        ("closed month", "Analyst Ash", "month", "2025-06"),
        ("reopened month", "Supt Yew", "month", "2025-06"),
    ]
    assert audits(store)[1].details == {"role": "slt", "reason": "Visits were missing"}


def test_the_months_are_listed_with_how_many_figures_are_restated(closed: Desk, store: Store) -> None:
    record(store, visits=late_visits(3))
    question = closed.question(ANALYST, LATER.date(), today=LATER.date())
    lines = month_lines(closed, question, closed_months(closed))
    assert ([lines[0].month_on, lines[-1].month_on], len(lines)) == ([JUNE, date(2022, 7, 1)], 36)
    assert (lines[0].restated, lines[0].figures) == (compared(closed).restated, len(compared(closed).rows))
    assert {(line.closing, line.restated) for line in lines[1:]} == {(None, None)}


@READS_COPIES
def test_several_months_are_reckoned_at_once_as_each_alone(closed: Desk, store: Store) -> None:
    later = at(store, LATER)
    for month_on in (date(2025, 4, 1), date(2025, 2, 1)):
        close(later, month_on=month_on)
    record(store, visits=visits({"L0": "V00", "L1": "V01"}, "2025-03-10", LATER + timedelta(days=1)))
    question = later.question(ANALYST, LATER.date(), today=LATER.date())
    months = [reported(later, each) for each in closed_months(later)]
    alone = [restated(later, question, month).restated for month in months]
    assert restated_figures(later, question, months) == alone
    # June's own visits are later than those of March, which February does not know.
    assert (alone[0], alone[1] > 0, alone[2]) == (0, True, 0)


@READS_COPIES
def test_what_a_board_may_not_see_is_kept_in_both_columns(closed: Desk, store: Store) -> None:
    record(store, visits=late_visits(3))
    overdue = figure(compared(closed, BOARD), "overdue")
    assert (overdue["value_reported"], overdue["is_kept_reported"]) == (6, False)
    # Three of six is a small number, and so would be the difference.
    assert (np.isnan(overdue["value_now"]), overdue["is_kept_now"], overdue["is_restated"]) == (True, True, True)
    assert overdue["why"] == "Recorded late: a few visits."
    # Days overdue would tell that it is fewer people.
    assert figure(compared(closed, BOARD), "days-overdue")["is_kept_now"]


@READS_COPIES
@pytest.mark.parametrize("late", [1, 4, 6])
def test_no_small_count_is_told_by_the_two_columns(closed: Desk, store: Store, late: int) -> None:
    record(store, visits=late_visits(late))
    rows = compared(closed, BOARD).rows
    of_people = rows["figure"].map(lambda code: FIGURES[code].unit in {MeasureUnit.SHARE, MeasureUnit.COUNT})
    rows = rows[of_people.to_numpy(dtype=bool)]
    for name in ("numerator", "denominator"):
        was, now = rows[f"{name}_reported"], rows[f"{name}_now"]
        for told in (was, now, (now - was).abs()):
            assert not ((told > 0) & (told < 5)).any()
    assert set(rows["is_restated"]) == {True, False}


@READS_COPIES
def test_what_was_kept_from_boards_at_the_closing_stays_kept(closed: Desk, store: Store) -> None:
    question = closed.question(BOARD, JUNE_ENDED, today=LATER.date())
    before = reported_rows(question, june(closed))
    assert before["is_kept"].any()
    record(store, visits=late_visits(6))
    later = closed.question(BOARD, JUNE_ENDED, today=LATER.date())
    pd.testing.assert_frame_equal(reported_rows(later, june(closed)), before)


@READS_COPIES
def test_a_stricter_policy_keeps_more_of_what_was_reported(closed: Desk, store: Store) -> None:
    stricter = policy("2025-07-05", ("smallest_count = 5", "smallest_count = 10"))
    record_policy(store, FORCE, ADMIN, stricter, reason="Stricter", source_note="Data protection officer")
    question = closed.question(BOARD, JUNE_ENDED, today=LATER.date())
    assert question.smallest_count == 10
    rows = reported_rows(question, june(closed))
    assert not ((rows["numerator"] > 0) & (rows["numerator"] < 10)).any()
    assert reported_rows(replace(question, viewer=SYSTEM), june(closed))["numerator"].eq(6).any()
