"""A question: its day, its range and the last day known."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from offendermgmt.domain.days import day_number, to_date
from offendermgmt.domain.periods import Every, Periods
from offendermgmt.domain.policy import Policies
from offendermgmt.services import reports
from offendermgmt.services.access import SYSTEM
from offendermgmt.services.policies import shipped_policy
from offendermgmt.services.question import Question
from offendermgmt.services.snapshot import Snapshot, take_snapshot
from tests.tables import recordings


@pytest.fixture
def snapshot() -> Snapshot:
    registered = {"offender_ref": "V1", "registered_on": "2025-01-01"}
    return take_snapshot(recordings({"offenders": [registered]}), Policies((shipped_policy(),)))


def test_without_periods_the_range_is_the_day_itself(snapshot: Snapshot) -> None:
    question = Question(snapshot, SYSTEM, date(2025, 1, 20), date(2025, 1, 20))
    assert [to_date(day) for day in (*question.range.first, *question.range.last)] == [date(2025, 1, 20)] * 2


@pytest.mark.parametrize(
    ("today", "last"), [(date(2025, 1, 16), date(2025, 1, 16)), (date(2025, 3, 1), date(2025, 1, 31))]
)
def test_the_last_day_known_is_today_or_the_day_asked_for(snapshot: Snapshot, today: date, last: date) -> None:
    assert Question(snapshot, SYSTEM, date(2025, 1, 31), today).last_known == day_number(last)


def test_the_last_day_known_is_not_after_the_moment_asked_for(snapshot: Snapshot) -> None:
    known = replace(snapshot, known_at=datetime(2025, 1, 19, 23, 30, tzinfo=UTC))
    question = Question(known, SYSTEM, date(2025, 1, 31), date(2025, 3, 1))
    assert question.last_known == day_number(date(2025, 1, 19))


def test_a_visit_due_today_is_not_counted_against_compliance_yet(snapshot: Snapshot) -> None:
    january = Periods.between(date(2025, 1, 1), date(2025, 1, 31), Every.MONTH)
    due = {
        today: int(reports.compliance(Question(snapshot, SYSTEM, date(2025, 1, 31), today, january))["due"].iloc[0])
        for today in (date(2025, 1, 16), date(2025, 1, 17))
    }
    assert due == {date(2025, 1, 16): 0, date(2025, 1, 17): 1}
