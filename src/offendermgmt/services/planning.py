"""Planning visits: each plan, change and cancellation a version on record, checked against what stands (R30 to R33)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Final
from uuid import uuid4

import numpy as np
import pandas as pd

from offendermgmt.domain.days import LONDON
from offendermgmt.domain.vocabulary import PlanState, Unit
from offendermgmt.services.access import NotPermitted, Role, Viewer
from offendermgmt.services.changes import LONGEST_REASON, AlreadyRecorded, ChangeRefused, changing, checked_reason
from offendermgmt.services.desk import Desk
from offendermgmt.services.plan_clashes import Alone, Diary, VisitPlan
from offendermgmt.services.planned_visits import plans_on
from offendermgmt.store import UnitOfWork
from offendermgmt.store.planned_visits import append_plan, newest_plan

_PLAN: Final = {Role.OFFICER, Role.SUPERVISOR, Role.DI, Role.DCI}
_SOURCE: Final = "planned visits"
_SAID_AT_MOST: Final = 3
_NEW: Final = 0
_CLOSED: Final = "Nothing was recorded: the visit has been made or cancelled. Plan another one instead."


@dataclass(frozen=True)
class PlannedVisit:
    """A plan as a page showed it: its reference, the version that said so, and what it said."""

    plan_ref: str
    version: int
    plan: VisitPlan
    state: PlanState


def may_plan(viewer: Viewer) -> bool:
    """Whether the viewer's role plans visits: officers for their own cases, others for their teams'."""
    return viewer.role in _PLAN and Unit.MOSOVO in viewer.units


def shown_plan(row: Mapping[Any, Any]) -> PlannedVisit:
    """A row of `planned_visits.plans_on` as a plan to be changed or cancelled."""
    assessed, authorised = row["lone_risk_assessed_on"], row["lone_authorised_at"]
    crew = tuple(str(row["officer_refs"]).split(";"))
    alone = Alone(
        reason=_text(row["lone_reason"]),
        risk_assessed_on=None if pd.isna(assessed) else assessed.date(),
        authorised_by=_text(row["lone_authorised_by"]),
        authorised_at=None if pd.isna(authorised) else authorised.to_pydatetime(),
    )
    plan = VisitPlan(
        offender_ref=str(row["offender_ref"]),
        planned_at=row["planned_at"].to_pydatetime(),
        minutes=int(row["minutes"]),
        officer_refs=crew,
        announced=bool(row["announced"]),
        note=_text(row["note"]),
        alone=alone if len(crew) == 1 else None,
    )
    return PlannedVisit(str(row["plan_ref"]), int(row["version"]), plan, PlanState(row["state"]))


def plan_visit(desk: Desk, viewer: Viewer, plan: VisitPlan, *, now: datetime) -> str:
    """Put a planned visit on record, with one audit record; its reference.

    Everything is checked against the store as it is once no one else can write. NotPermitted for a role or case that is
    not the viewer's, ChangeRefused in a sentence for what clashes (AlreadyRecorded where it is on record as asked).
    """
    [plan_ref] = plan_visits(desk, viewer, [plan], now=now, action="planned visit")
    return plan_ref


def plan_visits(desk: Desk, viewer: Viewer, asked: Sequence[VisitPlan], *, now: datetime, action: str) -> list[str]:
    """Put planned visits on record, all or none, with one audit record that says `action`; their references, in order.

    Each is checked against what stands and against those before it. Raises as `plan_visit` does.
    """
    _require_planner(viewer)
    asked = [_checked(plan) for plan in asked]
    if not asked:
        raise ChangeRefused("Nothing was recorded: no visit was chosen. Choose at least one.")
    with changing(desk, viewer, _SOURCE) as work:
        rows = _standing(desk, viewer, _today(now), now)
        if all(_same(rows, plan, viewer.name).any() for plan in asked):
            raise AlreadyRecorded("Nothing more was recorded: what you planned is on record already.")
        _require_scope(desk, viewer, asked, now)
        days = {day: Diary(desk.question(viewer, day, today=_today(now)), now) for day in {plan.on for plan in asked}}
        beside = pd.concat([rows, _as_rows(asked)], ignore_index=True) if len(asked) > 1 else rows
        before = len(rows)
        _require_none(days[plan.on].problems(plan, beside.iloc[: before + place]) for place, plan in enumerate(asked))
        refs = [uuid4().hex for _ in asked]
        for plan_ref, plan in zip(refs, asked, strict=True):
            append_plan(work, plan_ref, _NEW, state=str(PlanState.PLANNED), visit_ref=None, **_columns(plan))
        said = [{"plan_ref": plan_ref, **_details(plan)} for plan_ref, plan in zip(refs, asked, strict=True)]
        about = refs[0] if len(refs) == 1 else None
        work.audit(action, "planned_visit", about, {"role": str(viewer.role), "visits": said})
    return refs


def change_plan(
    desk: Desk, viewer: Viewer, shown: PlannedVisit, plan: VisitPlan, reason: str, *, now: datetime
) -> None:
    """Put a plan on record anew, from the version the page showed, with one audit record that holds the reason.

    Raises as `plan_visit` does, and PlanChanged if that version stands no more.
    """
    _require_planner(viewer)
    reason, plan = checked_reason(reason, "the plan changes"), _checked(plan)
    if plan.offender_ref != shown.plan.offender_ref:
        raise ChangeRefused("Nothing was recorded: a plan stays one offender's. Cancel it and plan another visit.")
    with changing(desk, viewer, _SOURCE) as work:
        values = {**_columns(plan), "state": str(PlanState.PLANNED)}
        _require_open(work, shown, values)
        rows = _standing(desk, viewer, shown.plan.on, now)
        _require_not_made(rows, shown)
        others = rows[(rows["plan_ref"] != shown.plan_ref).to_numpy()]
        _require_scope(desk, viewer, [plan], now)
        _require_none([Diary(desk.question(viewer, plan.on, today=_today(now)), now).problems(plan, others)])
        append_plan(work, shown.plan_ref, shown.version, visit_ref=None, **values)
        details = {"role": str(viewer.role), "reason": reason, "from": _details(shown.plan), "to": _details(plan)}
        work.audit("changed planned visit", "planned_visit", shown.plan_ref, details)


def cancel_plan(desk: Desk, viewer: Viewer, shown: PlannedVisit, reason: str, *, now: datetime) -> None:
    """Cancel a plan, with its reason as the cancellation's note, and one audit record. Raises as `change_plan` does."""
    _require_planner(viewer)
    reason = checked_reason(reason, "the visit is cancelled")
    with changing(desk, viewer, _SOURCE) as work:
        _require_scope(desk, viewer, [shown.plan], now)
        values = {**_columns(shown.plan), "note": reason, "state": str(PlanState.CANCELLED)}
        _require_open(work, shown, values)
        _require_not_made(_standing(desk, viewer, shown.plan.on, now), shown)
        append_plan(work, shown.plan_ref, shown.version, visit_ref=None, **values)
        details = {"role": str(viewer.role), "reason": reason, **_details(shown.plan)}
        work.audit("cancelled planned visit", "planned_visit", shown.plan_ref, details)


def fulfil(work: UnitOfWork, plan_ref: str, visit_ref: str) -> None:
    """Mark a plan done by a visit, inside the write that puts the visit on record; that write has the audit record.

    Again by the same visit changes nothing. ChangeRefused for a plan that is not there, was cancelled, or is done by
    another visit.
    """
    newest = newest_plan(work, plan_ref)
    if newest is None:
        raise ChangeRefused("Nothing was recorded: there is no such planned visit. Record the visit without it.")
    if newest.state == PlanState.CANCELLED:
        raise ChangeRefused("Nothing was recorded: the planned visit was cancelled. Record the visit without it.")
    if newest.state == PlanState.DONE:
        if newest.visit_ref == visit_ref:
            return
        raise ChangeRefused(f"Nothing was recorded: the planned visit is done, by visit {newest.visit_ref} on record.")
    kept = {name: getattr(newest, name) for name in _KEPT}
    append_plan(work, plan_ref, newest.version, state=str(PlanState.DONE), visit_ref=visit_ref, **kept)


_KEPT: Final = (
    *("offender_ref", "planned_at", "minutes", "announced", "officer_refs", "note"),
    *("lone_reason", "lone_risk_assessed_on", "lone_authorised_by", "lone_authorised_at"),
)


def _require_planner(viewer: Viewer) -> None:
    if not may_plan(viewer):
        raise NotPermitted("Visits are planned by offender managers, supervisors and inspectors. Ask one of them.")


def _require_scope(desk: Desk, viewer: Viewer, asked: Sequence[VisitPlan], now: datetime) -> None:
    question = desk.question(viewer, _today(now), today=_today(now))
    named = pd.Index([plan.offender_ref for plan in asked], dtype="str")
    offender = question.snapshot.facts.registers["offender"].get_indexer(named).astype(np.int32)
    holder = question.snapshot.holder_on(offender, np.full(len(named), question.on, dtype=np.int32))
    outside = named[(offender < 0) | ~question.offender_scope.holds(holder)]
    if len(outside):
        raise NotPermitted(
            f"{outside[0]} is not among your cases today. Ask the officer who holds the case, or their supervisor."
        )


def _same(rows: pd.DataFrame, plan: VisitPlan, author: str) -> "pd.Series[bool]":
    said = _columns(plan)
    same = (rows["author"] == author) & (rows["state"] == PlanState.PLANNED)
    for name in ("offender_ref", "minutes", "officer_refs", "announced"):
        same &= rows[name] == said[name]
    return same & (rows["planned_at"] == pd.Timestamp(plan.planned_at)) & (rows["note"].fillna("") == plan.note)


def _as_rows(asked: Sequence[VisitPlan]) -> pd.DataFrame:
    """Plans not on record yet as rows of `plans_on`, as far as clashes are looked for."""
    named = [f"new {place}" for place in range(len(asked))]
    return pd.DataFrame(
        {
            "plan_ref": pd.Series(named, dtype="str"),
            "offender_ref": pd.Series([plan.offender_ref for plan in asked], dtype="str"),
            "planned_at": pd.Series([plan.planned_at for plan in asked], dtype="datetime64[us, UTC]"),
            "until": pd.Series([plan.until for plan in asked], dtype="datetime64[us, UTC]"),
            "planned_on": pd.Series([plan.on for plan in asked], dtype="datetime64[s]"),
            "officer_refs": pd.Series([";".join(plan.officer_refs) for plan in asked], dtype="str"),
            "state": str(PlanState.PLANNED),
        }
    )


def _require_none(found: Iterable[Iterable[str]]) -> None:
    problems = [problem for each in found for problem in each]
    if not problems:
        return
    more = len(problems) - _SAID_AT_MOST
    said = [*problems[:_SAID_AT_MOST], *([f"And {more} more."] if more > 0 else [])]
    raise ChangeRefused(f"Nothing was recorded. {' '.join(said)}")


def _require_open(work: UnitOfWork, shown: PlannedVisit, asked: Mapping[str, Any]) -> None:
    """Refuse as already recorded what this user has just said, and as closed a plan that is done or cancelled."""
    newest = newest_plan(work, shown.plan_ref)
    if newest is None or newest.version != shown.version:
        is_own = newest is not None and newest.version == shown.version + 1 and newest.author == work.user
        if is_own and all(getattr(newest, name) == value for name, value in asked.items()):
            raise AlreadyRecorded("Nothing more was recorded: your change of this plan is on record already.")
        return
    if newest.state != PlanState.PLANNED:
        raise ChangeRefused(_CLOSED)


def _require_not_made(rows: pd.DataFrame, shown: PlannedVisit) -> None:
    """Refuse to change or cancel what a visit on record has fulfilled, whoever recorded it (R49)."""
    own = rows[(rows["plan_ref"] == shown.plan_ref).to_numpy()]
    if (own["state"] == PlanState.DONE).any():
        raise ChangeRefused(_CLOSED)


def _standing(desk: Desk, viewer: Viewer, since: date, now: datetime) -> pd.DataFrame:
    """`planned_visits.plans_on` of all that is known now."""
    return plans_on(desk, desk.question(viewer, _today(now), today=_today(now)), since)


def _checked(plan: VisitPlan) -> VisitPlan:
    """The plan as it is kept: its crew in order, texts without space around them; ChangeRefused for one too long."""
    alone = plan.alone if len(set(plan.officer_refs)) == 1 else None
    texts = (plan.note, alone.reason if alone else "")
    if max(len(text.strip()) for text in texts) > LONGEST_REASON:
        raise ChangeRefused(f"Nothing was recorded: keep note and reason to {LONGEST_REASON} characters each.")
    if alone is not None:
        at = alone.authorised_at.astimezone(UTC) if alone.authorised_at else None
        alone = Alone(alone.reason.strip(), alone.risk_assessed_on, alone.authorised_by, at)
    crew = tuple(sorted(plan.officer_refs))
    at = plan.planned_at.astimezone(UTC)
    return VisitPlan(plan.offender_ref, at, plan.minutes, crew, plan.announced, plan.note.strip(), alone)


def _columns(plan: VisitPlan) -> dict[str, Any]:
    alone = plan.alone or Alone()
    return {
        "offender_ref": plan.offender_ref,
        "planned_at": plan.planned_at,
        "minutes": plan.minutes,
        "announced": plan.announced,
        "officer_refs": ";".join(plan.officer_refs),
        "lone_reason": alone.reason or None,
        "lone_risk_assessed_on": alone.risk_assessed_on,
        "lone_authorised_by": alone.authorised_by or None,
        "lone_authorised_at": alone.authorised_at,
        "note": plan.note or None,
    }


def _details(plan: VisitPlan) -> dict[str, Any]:
    details: dict[str, Any] = {
        "offender_ref": plan.offender_ref,
        "planned_at": plan.planned_at.isoformat(),
        "minutes": plan.minutes,
        "officer_refs": list(plan.officer_refs),
        "announced": plan.announced,
    }
    return details if plan.alone is None else {**details, "authorised_by": plan.alone.authorised_by}


def _today(now: datetime) -> date:
    return now.astimezone(LONDON).date()


def _text(value: Any) -> str:
    return "" if pd.isna(value) else str(value)
