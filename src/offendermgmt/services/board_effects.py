"""What was done to move a board's measures, and in a sentence whether it did."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any, Self

from offendermgmt.services.board_measures import unit_of
from offendermgmt.services.desk import Desk
from offendermgmt.services.evaluating import Evaluated, evaluated, expected_text, sentence
from offendermgmt.services.framework import Measure
from offendermgmt.services.interventions import Intervention
from offendermgmt.services.measure_figures import FIGURES
from offendermgmt.services.question import Question


@dataclass(frozen=True)
class InterventionView:
    """An intervention, what was expected of it, and a finding for each of the board's measures, a line each."""

    intervention_ref: str
    title: str
    from_on: date
    to_on: date | None
    why: str
    expected: str
    finding: str

    def document(self) -> dict[str, Any]:
        """It as plain values for JSON; `read` gives it back."""
        to_on = self.to_on.isoformat() if self.to_on else None
        return {**vars(self), "from_on": self.from_on.isoformat(), "to_on": to_on}

    @classmethod
    def read(cls, document: Mapping[str, Any]) -> Self:
        """The intervention of a document; KeyError, TypeError or ValueError for what is none."""
        to_on = document["to_on"]
        return cls(
            **{
                **document,
                "from_on": date.fromisoformat(document["from_on"]),
                "to_on": to_on and date.fromisoformat(to_on),
            }
        )


def intervention_views(
    desk: Desk, question: Question, recorded: Sequence[Intervention], measures: Mapping[str, Measure]
) -> tuple[InterventionView, ...]:
    """The interventions that were to move one of the measures, as the question's viewer may have what came of them."""
    told = evaluated(desk, question, recorded, measures)
    by_intervention = groupby(told, key=lambda each: each.intervention)
    return tuple(_view(question, intervention, list(each)) for intervention, each in by_intervention)


def _view(question: Question, intervention: Intervention, told: Sequence[Evaluated]) -> InterventionView:
    text, policy = intervention.text, question.policy.evaluation
    units = [unit_of(FIGURES[each.measure.figure]) for each in told]
    expected = [
        f"{each.measure.title} {expected_text(each.expected, unit)}" for each, unit in zip(told, units, strict=True)
    ]
    findings = [
        f"{each.measure.title}: {sentence(each, unit, policy.least_before, policy.least_after)}"
        for each, unit in zip(told, units, strict=True)
    ]
    return InterventionView(
        intervention.intervention_ref,
        text.title,
        text.from_on,
        text.to_on,
        text.why,
        "; ".join(expected),
        "\n".join(findings),
    )
