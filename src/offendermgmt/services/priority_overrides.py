"""Placing a case of POLIT's backlog first or last by hand: a person's decision, with its reason and its end (Q28)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

import numpy as np
import pandas as pd

from offendermgmt.domain.days import LONDON
from offendermgmt.domain.polit import IN_BACKLOG
from offendermgmt.domain.visits import standing
from offendermgmt.domain.vocabulary import Placement
from offendermgmt.services.access import NotPermitted, Role, Viewer
from offendermgmt.services.changes import AlreadyRecorded, ChangeRefused, changing, checked_reason
from offendermgmt.services.desk import Desk
from offendermgmt.services.question import Question
from offendermgmt.services.wording import day_text, days_text
from offendermgmt.store import UnitOfWork
from offendermgmt.store.priority_overrides import append_override, newest_override, override_versions

_DECIDE: Final = {Role.SUPERVISOR, Role.DI, Role.DCI}
_SOURCE: Final = "order of work"
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True)
class Override:
    """A version of a case's placement by hand: what was decided, from which day, until which it holds, why, by whom.

    A withdrawal is a version too, and its reason is why it was withdrawn. `last_on` is the last day the placement holds
    if nothing comes after it.
    """

    case_ref: str
    version: int
    placement: Placement
    reason: str
    from_on: date
    last_on: date
    author: str
    recorded_at: datetime
    is_withdrawal: bool


@dataclass(frozen=True)
class Placing:
    """A case to be placed from today to `last_on`, and the newest version that the page knew of it (0 = none)."""

    case_ref: str
    placement: Placement
    last_on: date
    reason: str
    seen: int


def may_place(viewer: Viewer) -> bool:
    """Whether the viewer's role decides on the order of work."""
    return viewer.role in _DECIDE


def overrides(desk: Desk, known_at: datetime | None = None) -> tuple[Override, ...]:
    """Every version on record, or on record at `known_at` (D3), in order of case and version."""
    rows = override_versions(desk.store, desk.force_ref)
    return tuple(_override(row) for row in rows if known_at is None or row.recorded_at <= known_at)


def in_force(versions: Iterable[Override], on: date) -> dict[str, Override]:
    """The placement that holds for each case on day `on`: the newest from that day or earlier, unless it has ended."""
    begun = {each.case_ref: each for each in versions if each.from_on <= on}
    return {ref: each for ref, each in begun.items() if not each.is_withdrawal and on <= each.last_on}


def newest_versions(versions: Iterable[Override]) -> Mapping[str, int]:
    """The number of the newest version by case, for `Placing.seen`; a case never placed is not in it."""
    return {each.case_ref: each.version for each in versions}


def decisions(question: Question, versions: Iterable[Override]) -> pd.DataFrame:
    """What was decided by hand up to the day on cases that are the viewer's on it, the newest first.

    Columns case_ref, from_on, placement, is_withdrawal, last_on, reason, author, recorded_at; nobody's for a viewer who
    sees counts only.
    """
    begun = [each for each in versions if each.from_on <= question.as_of] if question.viewer.opens_lists else []
    theirs = _in_scope(question, {each.case_ref for each in begun})
    rows = [each for each in begun if each.case_ref in theirs]
    rows.sort(key=lambda each: (each.recorded_at, each.case_ref), reverse=True)
    fields = ["case_ref", "from_on", "placement", "is_withdrawal", "last_on", "reason", "author", "recorded_at"]
    return pd.DataFrame([{name: getattr(each, name) for name in fields} for each in rows], columns=fields)


def _in_scope(question: Question, case_refs: set[str]) -> set[str]:
    """Those of the cases that are the viewer's on the question's day."""
    now = standing(question.snapshot.cases.segments, question.on)
    register = question.snapshot.facts.registers["case"]
    asked = np.isin(now["case"].to_numpy(), register.get_indexer(pd.Index(sorted(case_refs), dtype="str")))
    now = now[asked]
    return set(register.take(now["case"].to_numpy()[question.case_scope.holds(now["officer"].to_numpy())]))


def place(desk: Desk, viewer: Viewer, asked: Placing, *, now: datetime) -> None:
    """Put a placement on record in place of the one before, with one audit record.

    NotPermitted for a role or a case that is not the viewer's to decide on, ChangeRefused for what cannot be recorded
    (AlreadyRecorded where it is on record as asked), OverrideChanged if `asked.seen` is no longer the newest version.
    """
    today = _require_decider(viewer, now)
    reason = checked_reason(asked.reason, "the case is placed by hand")
    with changing(desk, viewer, _SOURCE) as work:
        question = desk.question(viewer, today, today=today)
        _require_day(asked.last_on, today, question.policy.polit_priority.override_days)
        _require_backlog(question, asked.case_ref)
        expires_on = asked.last_on + _DAY
        said = {"placement": str(asked.placement), "reason": reason, "from_on": today, "expires_on": expires_on}
        _require_new(work, asked.case_ref, asked.seen, {**said, "is_void": False})
        append_override(
            work,
            asked.case_ref,
            asked.seen,
            placement=asked.placement,
            reason=reason,
            from_on=today,
            expires_on=expires_on,
        )
        details = {"role": str(viewer.role), "last_on": asked.last_on.isoformat(), "reason": reason}
        work.audit(f"placed case {asked.placement}", "priority_override", asked.case_ref, details)


def withdraw(desk: Desk, viewer: Viewer, override: Override, reason: str, *, now: datetime) -> None:
    """Take a placement away from today on; what was decided stays on record. Raises as `place` does."""
    today = _require_decider(viewer, now)
    reason = checked_reason(reason, "the placement is withdrawn")
    case_ref = override.case_ref
    with changing(desk, viewer, _SOURCE) as work:
        _require_scope(desk.question(viewer, today, today=today), case_ref)
        _require_new(work, case_ref, override.version, {"reason": reason, "from_on": today, "is_void": True})
        if override.is_withdrawal or override.last_on < today:
            raise ChangeRefused(f"Nothing was recorded: the placement of {case_ref} has ended already.")
        append_override(
            work,
            case_ref,
            override.version,
            placement=override.placement,
            reason=reason,
            from_on=today,
            expires_on=override.last_on + _DAY,
            is_void=True,
        )
        details = {"role": str(viewer.role), "placement": str(override.placement), "reason": reason}
        work.audit("withdrew case placement", "priority_override", case_ref, details)


def _require_decider(viewer: Viewer, now: datetime) -> date:
    """Today in London."""
    if not may_place(viewer):
        raise NotPermitted("Cases are placed by a supervisor, an inspector or a chief inspector. Ask one of them.")
    return now.astimezone(LONDON).date()


def _require_day(last_on: date, today: date, most: int) -> None:
    if last_on < today:
        raise ChangeRefused(
            f"Nothing was recorded: {day_text(last_on)} is over. Choose today or a later day as the last."
        )
    if last_on > today + timedelta(days=most):
        raise ChangeRefused(
            f"Nothing was recorded: {day_text(last_on)} is more than {days_text(most)} ahead, the most that policy "
            f"allows. Choose {day_text(today + timedelta(days=most))} or earlier, and decide again then."
        )


def _require_backlog(question: Question, case_ref: str) -> None:
    if not IN_BACKLOG[_require_scope(question, case_ref)]:
        raise ChangeRefused(f"Nothing was recorded: {case_ref} has left the backlog, and the order is of the backlog.")


def _require_scope(question: Question, case_ref: str) -> int:
    """The stage (code) in which the case stands."""
    register = question.snapshot.facts.registers["case"]
    now = standing(question.snapshot.cases.segments, question.on)
    now = now[now["case"].isin(register.get_indexer(pd.Index([case_ref], dtype="str"))).to_numpy()]
    if now.empty or not question.case_scope.holds(now["officer"].to_numpy()).all():
        raise NotPermitted(
            f"{case_ref} is not among your teams' cases today. Ask the supervisor of whoever holds it, or the "
            "detective inspector."
        )
    return int(now["stage"].iloc[0])


def _require_new(work: UnitOfWork, case_ref: str, seen: int, said: Mapping[str, Any]) -> None:
    """Refuse as already recorded what this user has just said, submitted again."""
    newest = newest_override(work, case_ref)
    if newest is None or newest.version != seen + 1 or newest.author != work.user:
        return
    if all(getattr(newest, name) == value for name, value in said.items()):
        raise AlreadyRecorded(f"Nothing more was recorded: your decision on {case_ref} is on record already.")


def _override(row: Any) -> Override:
    return Override(
        case_ref=row.case_ref,
        version=row.version,
        placement=Placement(row.placement),
        reason=row.reason,
        from_on=row.from_on,
        last_on=row.expires_on - _DAY,
        author=row.author,
        recorded_at=row.recorded_at,
        is_withdrawal=row.is_void,
    )
