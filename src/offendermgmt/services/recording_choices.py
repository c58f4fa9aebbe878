"""Which visits may have an outcome recorded, and what the form begins with: the plan, or holder and last partner."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import numpy as np
import pandas as pd

from offendermgmt.domain.days import LONDON
from offendermgmt.domain.timeline import ENDED
from offendermgmt.domain.visits import standing
from offendermgmt.domain.vocabulary import PlanState, VisitOutcome
from offendermgmt.services.access import OWN_CASES_ONLY
from offendermgmt.services.desk import Desk
from offendermgmt.services.directory import offender_names
from offendermgmt.services.labels import refs
from offendermgmt.services.planned_visits import in_scope
from offendermgmt.services.planning import PlannedVisit, shown_plan
from offendermgmt.services.question import Question
from offendermgmt.services.recording_visits import VisitMade, last_partner
from offendermgmt.services.wording import day_text


@dataclass(frozen=True)
class VisitChoice:
    """A visit that may have an outcome: a planned one, or one to an offender that nobody planned.

    `name` tells the offender, `label` the visit.
    """

    offender_ref: str
    name: str
    label: str
    plan: PlannedVisit | None = None


def visit_choices(
    desk: Desk, question: Question, rows: pd.DataFrame, offender_ref: str | None = None
) -> dict[str, VisitChoice]:
    """The visits that the viewer may record an outcome of, each by a key of its own.

    First those planned for the day or earlier and without an outcome, the oldest first; then an unplanned visit to each
    offender that the question's officers hold, by reference. Of one offender alone where `offender_ref` is given.
    `rows` are those of `planned_visits.plans_on`. NotPermitted for a viewer who sees counts only.
    """
    is_open = (rows["state"] == PlanState.PLANNED) & (rows["planned_on"] <= pd.Timestamp(question.as_of))
    waiting = in_scope(question, rows[is_open.to_numpy()])
    held = held_offenders(question)
    if offender_ref is not None:
        waiting = waiting[(waiting["offender_ref"] == offender_ref).to_numpy()]
        held = [ref for ref in held if ref == offender_ref]
    names = offender_names(desk, question, {*held, *waiting["offender_ref"]})
    planned = [shown_plan(row) for row in waiting.to_dict(orient="records")]
    choices = {f"plan {each.plan_ref}": _planned(each, names, question) for each in planned}
    return choices | {f"case {ref}": VisitChoice(ref, _named(ref, names), _named(ref, names)) for ref in held}


def begins_as(question: Question, choice: VisitChoice, now: datetime) -> VisitMade:
    """What the form begins with: what was planned, or a completed visit now by the officer and who went with them last.

    The officer is the viewer, or for those who lead others the holder. Never a time to come.
    """
    local = now.astimezone(LONDON).replace(tzinfo=None, second=0, microsecond=0)
    if choice.plan is not None:
        plan = choice.plan.plan
        at = min(plan.planned_at.astimezone(LONDON).replace(tzinfo=None), local)
        crew, announced, alone, ref = plan.officer_refs, plan.announced, plan.alone, choice.plan.plan_ref
        return VisitMade(choice.offender_ref, VisitOutcome.COMPLETED, at, crew, announced, alone, ref)
    viewer = question.viewer
    officer = viewer.officer_ref if viewer.role in OWN_CASES_ONLY else _holder(question, choice.offender_ref)
    partner = last_partner(question, officer) if officer else None
    crew = tuple(ref for ref in (officer, partner) if ref)
    return VisitMade(choice.offender_ref, VisitOutcome.COMPLETED, local, crew)


def _planned(shown: PlannedVisit, names: Mapping[str, str], question: Question) -> VisitChoice:
    name, at = _named(shown.plan.offender_ref, names), shown.plan.planned_at.astimezone(LONDON)
    day = "today" if at.date() == question.as_of else day_text(at.date())
    return VisitChoice(shown.plan.offender_ref, name, f"{name}, planned for {day} {at:%H:%M}", shown)


def _named(ref: str, names: Mapping[str, str]) -> str:
    return f"{ref} {names.get(ref, '')}".strip()


def held_offenders(question: Question) -> list[str]:
    """Managed offenders whom the question's officers hold on the day, by reference."""
    now = standing(question.snapshot.timeline.segments, question.on)
    mine = question.offender_scope.holds(now["officer"].to_numpy()) & (now["status"] != ENDED).to_numpy()
    return sorted(str(ref) for ref in refs(question.snapshot, "offender", now["offender"].to_numpy()[mine]))


def _holder(question: Question, offender_ref: str) -> str:
    code = question.snapshot.facts.registers["offender"].get_indexer(pd.Index([offender_ref], dtype="str"))
    holder = question.snapshot.holder_on(code.astype(np.int32), np.array([question.on], dtype=np.int32))
    return str(refs(question.snapshot, "officer", holder)[0])
