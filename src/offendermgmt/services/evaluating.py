"""Whether interventions did what they were to do: each measure's change, how sure it is, in a sentence (M31 to M36)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

import numpy as np
import pandas as pd

from offendermgmt.domain.days import to_date
from offendermgmt.domain.evaluation import Because, Evaluation, Expected, evaluate
from offendermgmt.domain.vocabulary import Effect, Improvement, Signal
from offendermgmt.services.desk import Desk
from offendermgmt.services.framework import Measure
from offendermgmt.services.interventions import Intervention
from offendermgmt.services.measure_series import MONTHS_READ, measure_rows, months_up_to
from offendermgmt.services.measured import Asked
from offendermgmt.services.question import Question
from offendermgmt.services.signal_series import Unit
from offendermgmt.services.wording import SIGNAL, months_text

_MONTHS: Final = "datetime64[M]"


@dataclass(frozen=True)
class Evaluated:
    """What one measure did after one intervention, as one viewer may have it.

    `kept` says that a month is kept from the viewer, so that nothing is reckoned; `others` are the titles of other
    interventions that were to move the measure in the months compared.
    """

    intervention: Intervention
    measure: Measure
    expected: Expected
    evaluation: Evaluation
    others: tuple[str, ...]
    kept: bool


def evaluated(
    desk: Desk, question: Question, recorded: Sequence[Intervention], measures: Mapping[str, Measure]
) -> tuple[Evaluated, ...]:
    """Each intervention begun by the question's day with each of its measures that `measures` has, in their order.

    Whole months only: those that ended before the intervention began against those that began with it or after it
    (M31). Before a rebase of an earlier intervention the measure was at another level, so those months are left out.
    """
    begun = [each for each in recorded if each.text.from_on <= question.as_of]
    asked = {ref: measures[ref] for each in begun for ref in each.text.expected if ref in measures}
    if not asked:
        return ()
    rows = whole_months(desk, question, begun, list(asked.values()))
    return tuple(
        _evaluated(question, each, measure, expected, rows.loc[rows["measure_ref"] == measure.measure_ref], begun)
        for each in begun
        for ref, expected in each.text.expected.items()
        if (measure := asked.get(ref)) is not None
    )


def whole_months(
    desk: Desk, question: Question, recorded: Iterable[Intervention], measures: Sequence[Measure]
) -> pd.DataFrame:
    """The rows of `measure_rows` of the months that were over on the question's day, as far back as is compared.

    As many as a board reads, so that the same small counts are kept here and there, and more where an intervention is
    older than that.
    """
    asked = replace(question, as_of=last_month_over(desk, question))
    most = question.policy.evaluation.most_months
    since = min((each.text.from_on for each in recorded), default=asked.as_of)
    number = (asked.as_of.year - since.year) * 12 + asked.as_of.month - since.month + 1 + most
    return measure_rows(asked, measures, months_up_to(asked, max(number, MONTHS_READ)), desk)


def last_month_over(desk: Desk, question: Question) -> date:
    """The last day of the newest month that was over on the question's day, as far as facts can be known."""
    last = min(question.on, Asked(question, desk).known_on - 1)
    return to_date(last + 1).replace(day=1) - timedelta(days=1)


def _evaluated(
    question: Question,
    intervention: Intervention,
    measure: Measure,
    expected: Expected,
    rows: pd.DataFrame,
    begun: Sequence[Intervention],
) -> Evaluated:
    text, month = intervention.text, rows["month_on"].to_numpy().astype(_MONTHS)
    start = np.datetime64(text.from_on, "M")
    first_after = start if text.from_on.day == 1 else start + 1
    others = [other for other in begun if other is not intervention and measure.measure_ref in other.text.expected]
    rebased = [
        np.datetime64(other.text.rebase_on, "M")
        for other in others
        if other.text.rebase_on is not None and other.text.rebase_on < text.from_on
    ]
    before = (month < start) & (month >= max(rebased, default=np.datetime64("1970-01", "M")))
    after = month >= first_after
    if text.to_on is not None:
        after &= month < np.datetime64(text.to_on, "M")
    policy = question.policy.evaluation
    compared = np.concatenate(
        [np.flatnonzero(before)[-policy.most_months :], np.flatnonzero(after)[: policy.most_months]]
    )
    kept = bool(rows["is_kept"].to_numpy()[compared].any())
    values = [None if np.isnan(value) else float(value) for value in rows["value"]]
    found = evaluate(
        [value for value, counts in zip(values, before, strict=True) if counts],
        [value for value, counts in zip(values, after, strict=True) if counts],
        expected,
        policy,
    )
    if kept:
        found = Evaluation(Effect.CANNOT_TELL, None, found.before, found.after, None, None, None, None, None, None)
    months = month[compared]
    return Evaluated(intervention, measure, expected, found, _within(others, months), kept)


def _within(
    others: Sequence[Intervention], months: "np.ndarray[tuple[int], np.dtype[np.datetime64]]"
) -> tuple[str, ...]:
    if not len(months):
        return ()
    first, last = months.min(), months.max()
    return tuple(other.text.title for other in others if first <= np.datetime64(other.text.from_on, "M") <= last)


EFFECT: Final = {
    Effect.WORKED: "Worked",
    Effect.DID_NOT: "Did not work",
    Effect.TOO_EARLY: "Too early to say",
    Effect.CANNOT_TELL: "Cannot tell",
}


def sentence(told: Evaluated, unit: Unit, least_before: int, least_after: int) -> str:
    """The finding in plain words: what was measured, how sure it is, what was expected, and what else may explain it.

    `least_before` and `least_after` are the policy's numbers of months.
    """
    if told.kept:
        return f"{EFFECT[Effect.CANNOT_TELL]}: small counts among these months are not shown outside the unit."
    found, lead = told.evaluation, EFFECT[told.evaluation.effect]
    match found.because:
        case Because.NO_MONTHS_AFTER:
            return f"{lead}: no whole month has passed since."
        case Because.FEW_AFTER:
            return f"{lead}: {months_text(found.after)} after it, and {least_after} are needed."
        case Because.FEW_BEFORE:
            return f"{lead}: {months_text(found.before)} before it, and {least_before} are needed to compare with."
    parts = [f"{lead}: {_measured(told, unit)}"]
    if found.because is Because.LESS_SO_FAR:
        parts.append("It moved the way expected, by less; more months will tell whether that is all.")
    if found.because is Because.MOVING_BEFORE:
        way = "rising" if told.expected.direction is Improvement.INCREASE else "falling"
        parts.append(f"It was {way} before already, so this may be no more than that going on.")
    if found.signal is not None and found.signal is not Signal.COMMON:
        parts.append(f"The newest month against those before: {SIGNAL[found.signal].lower()}.")
    if told.others:
        parts.append(f"Done in the same months, and not to be told apart: {', '.join(told.others)}.")
    return " ".join(parts)


def expected_text(expected: Expected, unit: Unit) -> str:
    """What was expected, as `to fall by at least 10` or `to rise`."""
    way = "to rise" if expected.direction is Improvement.INCREASE else "to fall"
    return way if expected.amount is None else f"{way} by at least {_amount(expected.amount, unit)}"


def _measured(told: Evaluated, unit: Unit) -> str:
    found = told.evaluation
    before, after, change = found.mean_before or 0.0, found.mean_after or 0.0, found.change or 0.0
    way = "no change" if change == 0 else f"{_points(abs(change), unit)} {'more' if change > 0 else 'less'}"
    low, high = (_signed(value, unit) for value in _possible(found, unit))
    return (
        f"on average {unit.reckoned(before)} in {months_text(found.before)} before and {unit.reckoned(after)} in "
        f"{months_text(found.after)} after, {way} (likely between {low} and {high}); it was "
        f"{expected_text(told.expected, unit)}."
    )


def _possible(found: Evaluation, unit: Unit) -> tuple[float, float]:
    """The ends of the interval, no further out than the measure can go: to nothing, and of a share to all."""
    low, high, before = found.low or 0.0, found.high or 0.0, found.mean_before or 0.0
    return max(low, -before), min(high, 1 - before) if unit.is_share else high


def _amount(amount: float, unit: Unit) -> str:
    """An amount as somebody typed it: `10`, `2.5` or `7.5 percentage points`."""
    said = f"{amount * 100 if unit.is_share else amount:,.2f}".rstrip("0").rstrip(".")
    return f"{said} percentage points" if unit.is_share else said


def _points(amount: float, unit: Unit) -> str:
    return f"{amount * 100:.1f} percentage points" if unit.is_share else unit.reckoned(amount)


def _signed(amount: float, unit: Unit) -> str:
    return f"{amount * 100:+.1f}" if unit.is_share else f"{amount:+,.{unit.decimals + 1}f}"
