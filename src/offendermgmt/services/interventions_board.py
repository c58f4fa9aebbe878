"""The register of interventions as a page reads it: each with what its measures were to do, and what they did."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from offendermgmt.domain.evaluation import Expected
from offendermgmt.domain.vocabulary import Effect, TrendEventKind
from offendermgmt.services.access import OWN_CASES_ONLY, NotPermitted, Viewer
from offendermgmt.services.board_measures import counted, unit_of
from offendermgmt.services.desk import Desk
from offendermgmt.services.evaluating import Evaluated, evaluated, expected_text, sentence, whole_months
from offendermgmt.services.framework import Measure, histories, retired_text
from offendermgmt.services.interventions import Intervention, rebases_of
from offendermgmt.services.measure_figures import FIGURES
from offendermgmt.services.overdue import setting_of
from offendermgmt.services.question import Question
from offendermgmt.services.signal_series import SignalSeries
from offendermgmt.services.trend_events import EventText, TrendEvent, trend_events
from offendermgmt.services.wording import day_text, month_text

_GONE: Final = "Cannot tell: the measure is no longer in the framework."


@dataclass(frozen=True)
class Found:
    """What one measure was to do after an intervention, and in a sentence whether it did.

    `effect` is None where there is nothing to compare yet; `series` where the measure has no month to draw. `note`
    says that the measure was retired, or that the chart does not go back as far as the intervention.
    """

    measure_ref: str
    title: str
    expected: str
    effect: Effect | None
    finding: str
    series: SignalSeries | None = None
    note: str = ""


@dataclass(frozen=True)
class Registered:
    """An intervention with each of its measures."""

    intervention: Intervention
    found: tuple[Found, ...]


def may_read(viewer: Viewer) -> bool:
    """Whether the viewer reads the register: everybody but those who see their own cases only (M30)."""
    return viewer.role not in OWN_CASES_ONLY


def measure_choices(desk: Desk, question: Question) -> dict[str, Measure]:
    """The measures in force on the question's day, which an intervention may be to move, by reference, in order."""
    framework = histories(desk, question.snapshot.known_at).on(question.as_of)
    return {measure.measure_ref: measure for measure in framework.measures}


def registered(desk: Desk, question: Question, recorded: Sequence[Intervention]) -> tuple[Registered, ...]:
    """Every intervention with what its measures did by the question's day, as its viewer may have it.

    NotPermitted for a viewer who sees their own cases only.
    """
    if not may_read(question.viewer):
        raise NotPermitted("The register of interventions is for supervisors, inspectors, analysts and the boards.")
    measures = measures_named(desk, question, recorded)
    told = {
        (each.intervention.intervention_ref, each.measure.measure_ref): each
        for each in evaluated(desk, question, recorded, measures)
    }
    series = _series(desk, question, recorded, measures)
    return tuple(
        Registered(
            each,
            tuple(
                _found(question, each, ref, expected, measures.get(ref), told.get((each.intervention_ref, ref)), series)
                for ref, expected in each.text.expected.items()
            ),
        )
        for each in recorded
    )


def measures_named(desk: Desk, question: Question, recorded: Iterable[Intervention]) -> dict[str, Measure]:
    """The measures that interventions name, in force on the question's day or retired by then, by reference."""
    named = {ref for each in recorded for ref in each.text.expected}
    known = histories(desk, question.snapshot.known_at)
    framework = [*known.on(question.as_of).measures, *known.retired(question.as_of)]
    return {each.measure_ref: each for each in framework if each.measure_ref in named and each.figure in FIGURES}


def _series(
    desk: Desk, question: Question, recorded: Sequence[Intervention], measures: Mapping[str, Measure]
) -> dict[str, SignalSeries]:
    """Each measure by month, rebased where somebody decided so, and marked with what else happened."""
    rows = whole_months(desk, question, recorded, list(measures.values()))
    events, setting = trend_events(desk, question.snapshot.known_at), setting_of(question)
    own = {ref: [mark for each in recorded if ref in each.text.expected for mark in _marks(each)] for ref in measures}
    return {
        ref: counted(
            measure,
            rows[(rows["measure_ref"] == ref).to_numpy()],
            definition=FIGURES[measure.figure].definition(question.policy),
            setting=setting,
            trial_points=question.policy.signals.trial_points,
            events=sorted([*events, *own[ref]], key=lambda event: event.text.on),
            rebases=rebases_of(recorded, ref),
        ).series
        for ref, measure in measures.items()
    }


def _marks(intervention: Intervention) -> list[TrendEvent]:
    """An intervention's first day, and the day it ended, as marks on a chart."""
    text = intervention.text
    days = [(text.from_on, f"{text.title} begins"), *([(text.to_on, f"{text.title} ends")] if text.to_on else [])]
    ref, version = intervention.intervention_ref, intervention.version
    return [
        TrendEvent(
            ref, version, EventText(on, TrendEventKind.OTHER, said), intervention.author, intervention.recorded_at
        )
        for on, said in days
    ]


def _found(
    question: Question,
    intervention: Intervention,
    ref: str,
    expected: Expected,
    measure: Measure | None,
    told: Evaluated | None,
    series: Mapping[str, SignalSeries],
) -> Found:
    if measure is None:
        return Found(ref, ref, "", Effect.CANNOT_TELL, _GONE)
    unit, policy = unit_of(FIGURES[measure.figure]), question.policy.evaluation
    note = " ".join(text for text in (retired_text(measure), _not_drawn(intervention, series[ref])) if text)
    words = Found(ref, measure.title, expected_text(expected, unit), None, "", series[ref], note)
    if told is None:
        begins = day_text(intervention.text.from_on)
        return replace(words, finding=f"Not begun: it begins on {begins}.")
    said = sentence(told, unit, policy.least_before, policy.least_after)
    return replace(words, effect=told.evaluation.effect, finding=said)


def _not_drawn(intervention: Intervention, series: SignalSeries) -> str:
    """That the intervention began before the chart does; empty where the chart has its first day."""
    if not series.months or intervention.text.from_on >= series.months[0].first:
        return ""
    return f"The chart has the months from {month_text(series.months[0].first)} on: the intervention began before."
