"""What interventions came to, from what was counted month by month, on both databases."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from offendermgmt.domain.evaluation import Because, Expected
from offendermgmt.domain.vocabulary import Effect, Improvement
from offendermgmt.services.access import NotPermitted, Role, Viewer
from offendermgmt.services.changes import ChangeRefused
from offendermgmt.services.desk import Desk
from offendermgmt.services.evaluating import Evaluated, evaluated
from offendermgmt.services.framework import framework_on
from offendermgmt.services.framework_editing import save_measure
from offendermgmt.services.interventions import InterventionText, correct, interventions, rebase, register
from offendermgmt.services.interventions_board import Found, measure_choices, registered
from offendermgmt.store import Store
from tests.databases import FORCE, READS_A_STORE, Copied
from tests.store.facts import Columns, write

REFERRALS = "polit-referrals"
BEGAN, TODAY = date(2025, 1, 13), date(2025, 8, 20)
SLT, BOARD = Viewer("Supt Oak", Role.SLT), Viewer("board", Role.BOARD)
FALL = InterventionText("Fewer referrals", "Why", BEGAN, {REFERRALS: Expected(Improvement.DECREASE, 3.0)})
# Referrals of 2024 by month, of the month of the intervention, and of each month after it.
YEAR, OF_ITS_MONTH, AFTER = (12, 10, 11, 13, 12, 10, 12, 13, 11, 12, 10, 12), 50, (6, 5, 6, 7, 6, 5)


def referred(store: Store, after: tuple[int, ...] = AFTER) -> None:
    """As many referrals in each month as asked, up to a few days before TODAY."""
    numbers = [*YEAR, OF_ITS_MONTH, *after, 2]
    received = [
        date(2024 + month // 12, month % 12 + 1, 2 + at % 15)
        for month, number in enumerate(numbers)
        for at in range(number)
    ]
    cases: Columns = {
        "case_ref": [f"C{at}" for at in range(len(received))],
        "received_on": received,
        "recorded_at": [datetime(2025, 8, 20, 6, tzinfo=UTC)] * len(received),
    }
    write(store, {"polit_cases": cases})


@pytest.fixture
def desk(store: Store) -> Desk:
    return Desk(store, FORCE)


@pytest.fixture(scope="module")
def year_and_after(copied: Copied) -> Iterator[Store]:
    """A store with the referrals, to copy."""
    with copied() as store:
        referred(store)
        yield store


@pytest.fixture
def referrals(copied: Copied, year_and_after: Store) -> Iterator[Desk]:
    """The referrals in a store of the test's own, which it writes to."""
    with copied(year_and_after) as store:
        yield Desk(store, FORCE)


@pytest.fixture(scope="module")
def fall(copied: Copied, year_and_after: Store) -> Iterator[Desk]:
    """The referrals and the intervention FALL, for tests that only read."""
    with copied(year_and_after) as store:
        desk = Desk(store, FORCE)
        register(desk, SLT, FALL, {REFERRALS})
        yield desk


def told(desk: Desk, viewer: Viewer = SLT, as_of: date = TODAY) -> Evaluated:
    question = desk.question(viewer, as_of, today=TODAY)
    (found,) = evaluated(desk, question, interventions(desk), measure_choices(desk, question))
    return found


def found(desk: Desk, viewer: Viewer = SLT) -> Found:
    question = desk.question(viewer, TODAY, today=TODAY)
    (line,) = registered(desk, question, interventions(desk))
    (only,) = line.found
    return only


def test_whole_months_before_are_held_against_whole_months_after(fall: Desk) -> None:
    evaluation = told(fall).evaluation
    assert (evaluation.before, evaluation.after) == (12, 6), "neither its own month nor the running one counts"
    assert (evaluation.mean_before, evaluation.mean_after) == (sum(YEAR) / 12, sum(AFTER) / 6)
    assert (evaluation.effect, evaluation.because) == (Effect.WORKED, None)


def test_an_intervention_on_the_first_of_a_month_has_that_month_after_it(referrals: Desk) -> None:
    register(referrals, SLT, replace(FALL, from_on=date(2025, 2, 1)), {REFERRALS})
    evaluation = told(referrals).evaluation
    assert (evaluation.before, evaluation.after) == (12, 6)
    assert evaluation.mean_before == (sum(YEAR[1:]) + OF_ITS_MONTH) / 12


def test_one_that_ended_is_judged_by_the_months_it_ran_whole(referrals: Desk) -> None:
    register(referrals, SLT, replace(FALL, to_on=date(2025, 6, 15)), {REFERRALS})
    assert told(referrals).evaluation.mean_after == sum(AFTER[:4]) / 4


def test_of_an_earlier_day_only_the_months_over_by_then_count(fall: Desk) -> None:
    evaluation = told(fall, as_of=date(2025, 4, 29)).evaluation
    assert (evaluation.after, evaluation.because) == (2, Because.FEW_AFTER)
    assert told(fall, as_of=date(2025, 4, 30)).evaluation.after == 3


def test_months_before_a_rebase_of_an_earlier_intervention_are_left_out(referrals: Desk) -> None:
    register(referrals, SLT, replace(FALL, title="Another", from_on=date(2024, 3, 1)), {REFERRALS})
    (other,) = interventions(referrals)
    rebase(referrals, SLT, other, date(2024, 4, 1), "Counted otherwise")
    register(referrals, SLT, FALL, {REFERRALS})
    question = referrals.question(SLT, TODAY, today=TODAY)
    newest = evaluated(referrals, question, interventions(referrals), measure_choices(referrals, question))[0]
    assert (newest.evaluation.before, newest.others) == (9, ()), "the other began before the months compared"


def test_what_is_kept_from_a_board_tells_it_nothing(store: Store, desk: Desk) -> None:
    referred(store, after=(2, 3, 1, 2, 2, 3))
    register(desk, SLT, FALL, {REFERRALS})
    assert found(desk).effect is Effect.WORKED
    seen = found(desk, BOARD)
    assert (seen.effect, seen.finding) == (
        Effect.CANNOT_TELL,
        "Cannot tell: small counts among these months are not shown outside the unit.",
    )
    evaluation = told(desk, BOARD).evaluation
    assert (evaluation.mean_before, evaluation.mean_after, evaluation.change, evaluation.signal) == (None,) * 4
    assert seen.series is not None
    assert [month.kept for month in seen.series.months[-6:]] == [True] * 6


def test_a_retired_measure_is_judged_up_to_its_end_and_said_to_be_retired(referrals: Desk) -> None:
    register(referrals, SLT, FALL, {REFERRALS})
    measure = next(each for each in framework_on(referrals, TODAY).measures if each.measure_ref == REFERRALS)
    retired = replace(measure, from_on=BEGAN, to_on=date(2025, 6, 1))
    save_measure(referrals, Viewer("Admin", Role.ADMINISTRATOR), retired, 0, reason="Refresh", source_note="Minute 1")
    only = found(referrals)
    assert "in 4 months after" in only.finding
    assert only.note.startswith("Retired from 1 Jun 2025")
    question = referrals.question(SLT, TODAY, today=TODAY)
    assert REFERRALS not in measure_choices(referrals, question)


def test_a_measure_that_the_framework_has_not_is_said_to_be_gone(referrals: Desk) -> None:
    register(referrals, SLT, replace(FALL, expected={"gone": Expected(Improvement.DECREASE)}), {"gone"})
    assert found(referrals).finding == "Cannot tell: the measure is no longer in the framework."


def test_what_has_not_begun_is_said_to_begin(referrals: Desk) -> None:
    register(referrals, SLT, replace(FALL, from_on=date(2025, 9, 1)), {REFERRALS})
    assert (found(referrals).effect, found(referrals).finding) == (None, "Not begun: it begins on 1 Sep 2025.")


def test_an_empty_store_has_no_month_to_compare(desk: Desk) -> None:
    register(desk, SLT, FALL, {REFERRALS})
    only = found(desk)
    assert (only.effect, only.series and only.series.months) == (Effect.TOO_EARLY, ())


def test_the_chart_is_marked_with_the_intervention_and_starts_anew_where_somebody_decided_so(referrals: Desk) -> None:
    register(referrals, SLT, replace(FALL, to_on=date(2025, 6, 15)), {REFERRALS})
    (seen,) = interventions(referrals)
    rebase(referrals, SLT, seen, date(2025, 2, 1), "Another way of counting")
    series = found(referrals).series
    assert series is not None
    assert [(event.text.on, event.text.title) for event in series.events] == [
        (BEGAN, "Fewer referrals begins"),
        (date(2025, 6, 15), "Fewer referrals ends"),
    ]
    assert [each.reason for each in series.rebases] == ["Another way of counting"]


def test_an_intervention_cannot_be_moved_to_after_its_rebase(desk: Desk) -> None:
    register(desk, SLT, FALL, {REFERRALS})
    (seen,) = interventions(desk)
    rebase(desk, SLT, seen, date(2025, 2, 1), "Another way of counting")
    (seen,) = interventions(desk)
    with pytest.raises(ChangeRefused, match="limits start anew on 1 Feb 2025"):
        correct(desk, SLT, seen, replace(FALL, from_on=date(2025, 3, 1)), {REFERRALS}, "A later day")


@READS_A_STORE
def test_who_sees_their_own_cases_only_does_not_read_the_register(desk: Desk) -> None:
    with pytest.raises(NotPermitted, match="register of interventions"):
        registered(desk, desk.question(Viewer("x", Role.OFFICER), TODAY, today=TODAY), ())
