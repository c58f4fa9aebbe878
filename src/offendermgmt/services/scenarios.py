"""Scenarios of POLIT's demand saved with a name and an owner, that give the same answer again (Q49)."""

import json
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime
from fractions import Fraction
from typing import Any, Final
from uuid import uuid4

from offendermgmt.domain.demand_policy import DemandPolicy
from offendermgmt.services.access import NotPermitted, Role, Viewer
from offendermgmt.services.changes import ChangeRefused
from offendermgmt.services.demand import demand_policy, foretold, history_of, require_unit
from offendermgmt.services.demand_backlog import Answer, answer
from offendermgmt.services.demand_measures import history_of_backlog, measured
from offendermgmt.services.demand_plan import Plan
from offendermgmt.services.desk import Desk
from offendermgmt.services.policies import shipped_policy
from offendermgmt.services.question import Question
from offendermgmt.store.demand_scenarios import append_scenario, scenario_versions

LONGEST_NAME: Final = 80
_SAVE: Final = frozenset({Role.SUPERVISOR, Role.DI, Role.DCI, Role.SLT, Role.ANALYST})
_CHANGE_OTHERS: Final = frozenset({Role.DI, Role.DCI})
_SOURCE: Final = "demand scenarios"


@dataclass(frozen=True)
class Basis:
    """What an answer was worked out from: the day, what was known when (None = all known now), and by which policy."""

    as_of: date
    known_at: datetime | None
    policy: DemandPolicy


@dataclass(frozen=True)
class Scenario:
    """A saved scenario as it stands: its name, plan and basis, and the answer's figures on the day it was saved."""

    scenario_ref: str
    version: int
    name: str
    plan: Plan
    basis: Basis
    said: dict[str, Any]
    author: str
    recorded_at: datetime


class NoForecast(ChangeRefused):
    """There is too little history, or no pace, to work a plan out; the message says which."""


def may_save(viewer: Viewer) -> bool:
    """Whether the viewer may save scenarios."""
    return viewer.role in _SAVE


def may_change(viewer: Viewer, scenario: Scenario) -> bool:
    """Whether the viewer may replace or remove a scenario: its owner, an inspector or a chief inspector."""
    return may_save(viewer) and (viewer.name == scenario.author or viewer.role in _CHANGE_OTHERS)


def answer_of(question: Question, plan: Plan, policy: DemandPolicy | None = None) -> Answer:
    """What a plan does to the backlog, from all that the question knows; by its day's policy unless one is given.

    NoForecast where there are under two whole months of receipts, or no pace and no time per case.
    """
    require_unit(question.viewer)
    told = foretold(history_of(question), policy or demand_policy(question))
    if told is None:
        raise NoForecast("There are not two whole months of receipts yet, so there is nothing to forecast from.")
    now = measured(question, history_of_backlog(question))
    try:
        return answer(told, now, plan, policy or demand_policy(question))
    except ValueError as error:
        raise NoForecast(str(error)) from error


def scenarios(desk: Desk, viewer: Viewer, known_at: datetime | None = None) -> tuple[Scenario, ...]:
    """The scenarios that stand, or stood at `known_at` (D3), newest first; NotPermitted for other units."""
    require_unit(viewer)
    newest = {
        row.scenario_ref: row
        for row in scenario_versions(desk.store, desk.force_ref)
        if known_at is None or row.recorded_at <= known_at
    }
    standing = [_scenario(row) for row in newest.values() if not row.is_void]
    return tuple(sorted(standing, key=lambda scenario: (scenario.recorded_at, scenario.scenario_ref), reverse=True))


def save_scenario(
    desk: Desk, viewer: Viewer, name: str, plan: Plan, basis: Basis, after: Scenario | None = None
) -> str:
    """Put a scenario on record, as a new one or in place of `after`, from the version the viewer saw; its reference.

    Where the basis has no known-at moment it is given the moment of saving, so that later recordings change nothing.
    NotPermitted for who may not, ChangeRefused for a name or plan that lacks or has no answer, ScenarioChanged where
    `after` stands no more.
    """
    _require(viewer, after)
    name, plan = _checked(name), plan.checked()
    scenario_ref = after.scenario_ref if after else uuid4().hex
    kept = replace(basis, known_at=basis.known_at or datetime.now(UTC))
    document = json.dumps({**_document(plan, kept), "said": said(_recomputed(desk, viewer, plan, kept))})
    with desk.store.write(desk.force_ref, user=viewer.name, source=_SOURCE) as work:
        append_scenario(work, scenario_ref, after.version if after else 0, name=name, document=document)
        action = "replace demand scenario" if after else "save demand scenario"
        work.audit(action, "demand_scenario", scenario_ref, {"name": name, "plan": plan.document()})
    return scenario_ref


def remove_scenario(desk: Desk, viewer: Viewer, scenario: Scenario) -> None:
    """Take a scenario off the list; what it said stays on record. Raises as `save_scenario` does."""
    _require(viewer, scenario)
    document = json.dumps({**_document(scenario.plan, scenario.basis), "said": scenario.said})
    with desk.store.write(desk.force_ref, user=viewer.name, source=_SOURCE) as work:
        append_scenario(
            work, scenario.scenario_ref, scenario.version, name=scenario.name, document=document, is_void=True
        )
        work.audit("remove demand scenario", "demand_scenario", scenario.scenario_ref, {"name": scenario.name})


def answer_then(desk: Desk, viewer: Viewer, scenario: Scenario) -> Answer:
    """The answer again, from what was known when the scenario was saved (D3), by the policy and seed of then."""
    return _recomputed(desk, viewer, scenario.plan, scenario.basis)


def said(found: Answer) -> dict[str, Any]:
    """The figures of an answer as plain values, to be held against those worked out again."""
    days = {name: day and day.isoformat() for name, day in _days(found).items()}
    counts = {name: getattr(found, name) for name in ("opening", "runs", "reached", "larger", "posts")}
    shares = {name: getattr(found, name) for name in ("held", "posts_held")}
    ends = found.ends[["months", "low", "middle", "high"]].astype(int).to_numpy().tolist()
    return {**counts, **shares, **days, "ends": ends}


def _days(found: Answer) -> dict[str, date | None]:
    return {"early": found.early, "middle": found.middle, "late": found.late}


def _recomputed(desk: Desk, viewer: Viewer, plan: Plan, basis: Basis) -> Answer:
    question = desk.question(viewer, basis.as_of, today=basis.as_of, known_at=basis.known_at)
    return answer_of(question, plan, basis.policy)


def _require(viewer: Viewer, scenario: Scenario | None) -> None:
    require_unit(viewer)
    if not may_save(viewer):
        raise NotPermitted("Scenarios are saved by supervisors, inspectors, senior leaders and analysts.")
    if scenario is not None and not may_change(viewer, scenario):
        raise NotPermitted(f"This scenario is {scenario.author}'s: ask them or an inspector, or save one of your own.")


def _checked(name: str) -> str:
    stripped = name.strip()
    if not stripped:
        raise ChangeRefused("Give the scenario a name: others will find it by that.")
    if len(stripped) > LONGEST_NAME:
        raise ChangeRefused(f"The name has {len(stripped)} characters; keep it to {LONGEST_NAME}.")
    return stripped


def _document(plan: Plan, basis: Basis) -> dict[str, Any]:
    known_at = basis.known_at.astimezone(UTC).isoformat() if basis.known_at else None
    return {
        "plan": plan.document(),
        "as_of": basis.as_of.isoformat(),
        "known_at": known_at,
        "policy": _plain(basis.policy),
    }


def _plain(policy: DemandPolicy) -> dict[str, Any]:
    return {name: str(value) if isinstance(value, Fraction) else value for name, value in asdict(policy).items()}


def _scenario(row: Any) -> Scenario:
    document = json.loads(row.document)
    known_at = document["known_at"] and datetime.fromisoformat(document["known_at"])
    # What policy has gained since it was saved is as shipped.
    policy = DemandPolicy.from_document({**_plain(shipped_policy().polit_demand), **document["policy"]})
    basis = Basis(date.fromisoformat(document["as_of"]), known_at, policy)
    return Scenario(
        scenario_ref=row.scenario_ref,
        version=row.version,
        name=row.name,
        plan=Plan.read(document["plan"]),
        basis=basis,
        said=document["said"],
        author=row.author,
        recorded_at=row.recorded_at,
    )
