"""The finding on an intervention, in words."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from offendermgmt.domain.evaluation import Because, Evaluation, Expected
from offendermgmt.domain.vocabulary import Board, Effect, Improvement, Signal
from offendermgmt.services.evaluating import Evaluated, expected_text, sentence
from offendermgmt.services.framework import Measure
from offendermgmt.services.interventions import Intervention, InterventionText
from offendermgmt.services.signal_series import Unit

COUNT, SHARE = Unit("Offenders overdue"), Unit("Double-crewed", is_share=True)
FALL = Expected(Improvement.DECREASE, 10.0)
MEASURE = Measure(
    "overdue",
    "visits",
    "overdue",
    "Overdue",
    Improvement.DECREASE,
    None,
    None,
    "DCI",
    (Board.SLT,),
    1,
    date(2024, 1, 1),
)
TEXT = InterventionText("Pairs", "Why", date(2025, 3, 3), {"overdue": FALL})
WORKED = Evaluation(Effect.WORKED, None, 12, 4, 50.0, 29.5, -20.5, -24.0, -17.0, Signal.BELOW_LIMIT)
TOLD = Evaluated(Intervention("I1", 1, TEXT, "x", datetime(2025, 3, 3, tzinfo=UTC)), MEASURE, FALL, WORKED, (), False)


def said(told: Evaluated, unit: Unit = COUNT) -> str:
    return sentence(told, unit, 6, 3)


def test_what_worked_is_told_with_both_means_its_interval_and_what_was_expected() -> None:
    assert said(TOLD) == (
        "Worked: on average 50.0 in 12 months before and 29.5 in 4 months after, 20.5 less (likely between -24.0 and "
        "-17.0); it was to fall by at least 10. The newest month against those before: below the usual range."
    )


def test_a_share_moves_by_percentage_points() -> None:
    share = Evaluation(Effect.DID_NOT, None, 12, 4, 0.8, 0.82, 0.02, -0.01, 0.05, Signal.COMMON)
    rise = Expected(Improvement.INCREASE, 0.1)
    assert said(replace(TOLD, evaluation=share, expected=rise), SHARE) == (
        "Did not work: on average 80.0% in 12 months before and 82.0% in 4 months after, 2.0 percentage points more "
        "(likely between -1.0 and +5.0); it was to rise by at least 10 percentage points."
    )


@pytest.mark.parametrize(
    ("effect", "because", "text"),
    [
        (Effect.TOO_EARLY, Because.NO_MONTHS_AFTER, "Too early to say: no whole month has passed since."),
        (Effect.TOO_EARLY, Because.FEW_AFTER, "Too early to say: 1 month after it, and 3 are needed."),
        (Effect.CANNOT_TELL, Because.FEW_BEFORE, "Cannot tell: 4 months before it, and 6 are needed to compare with."),
    ],
)
def test_too_few_months_are_told_with_their_numbers(effect: Effect, because: Because, text: str) -> None:
    few = Evaluation(effect, because, 4, 1, None, None, None, None, None, None)
    assert said(replace(TOLD, evaluation=few)) == text


def test_what_was_moving_before_and_what_else_was_done_is_said() -> None:
    moving = replace(WORKED, effect=Effect.CANNOT_TELL, because=Because.MOVING_BEFORE, signal=None)
    text = said(replace(TOLD, evaluation=moving, others=("More cars", "New rota")))
    assert "It was falling before already" in text
    assert text.endswith("Done in the same months, and not to be told apart: More cars, New rota.")


def test_small_counts_kept_from_a_board_tell_nothing() -> None:
    text = said(replace(TOLD, kept=True))
    assert text == "Cannot tell: small counts among these months are not shown outside the unit."


def test_without_an_amount_any_move_was_expected() -> None:
    assert expected_text(Expected(Improvement.INCREASE), COUNT) == "to rise"
