"""Answers kept by what was asked."""

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from offendermgmt.domain.visits import overdue_windows
from offendermgmt.services.kept import Kept
from tests.unit.services.force import ask, offender


def test_what_was_asked_before_is_not_made_again() -> None:
    kept = Kept[str](most=2)
    kept.answer("a", lambda: "first")

    assert kept.answer("a", lambda: "second") == "first"


def test_the_answer_unused_for_longest_goes_first() -> None:
    kept = Kept[str](most=2)
    for asked in ("a", "b", "a", "c"):
        kept.answer(asked, lambda: "first")

    assert [kept.answer(asked, lambda: "anew") for asked in ("a", "b")] == ["first", "anew"]


def test_a_failure_is_not_kept() -> None:
    kept = Kept[float](most=2)
    with pytest.raises(ZeroDivisionError):
        kept.answer("a", lambda: 1 / 0)

    assert kept.answer("a", lambda: 2.0) == 2.0


def test_no_team_and_no_day_is_answered_with_the_windows_of_another() -> None:
    held = [offender("V1", "2025-01-01", "high", "O1"), offender("V2", "2025-01-01", "high", "O2")]
    whole = ask([*held, offender("V3", "2025-02-01", "low")], "2025-03-01")
    days = (date(2025, 2, 1), date(2025, 3, 1))
    questions = [replace(whole, team_ref=team, as_of=day) for team in (None, "T1", "T2") for day in days]

    for question in [*questions, *(replace(question) for question in questions)]:
        made = overdue_windows(whole.snapshot.timeline.segments, question.on, question.counted_segments())
        pd.testing.assert_frame_equal(question.overdue_windows, made)
