"""Recording what became of a visit: once, with its crew and authority, and the plan it fulfils (R40 to R44)."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import uuid4

import numpy as np
import pandas as pd

from offendermgmt.domain.days import LONDON, NEVER, day_number, to_date
from offendermgmt.domain.visits import standing
from offendermgmt.domain.vocabulary import ATTENDED, VisitOutcome
from offendermgmt.intake.form import save_rows
from offendermgmt.services.access import Viewer
from offendermgmt.services.changes import AlreadyRecorded, ChangeRefused, changing
from offendermgmt.services.consultations import Subject
from offendermgmt.services.desk import Desk
from offendermgmt.services.directory import holder_names
from offendermgmt.services.plan_clashes import Alone
from offendermgmt.services.planning import fulfil
from offendermgmt.services.question import Question
from offendermgmt.services.recording_alone import Unconfirmed, lacking, require_confirmed
from offendermgmt.services.recording_kinds import VISITS
from offendermgmt.services.recording_scope import holds_today, on_day, require_in_scope, require_recorder
from offendermgmt.services.wording import OUTCOME, day_text
from offendermgmt.store import UnitOfWork
from offendermgmt.store.planned_visits import newest_plan

SAME_VISIT: Final = "same_visit"
_SOURCE: Final = "visits"


@dataclass(frozen=True)
class VisitMade:
    """What became of a visit: to whom, when as London's clocks show it (without an offset), and who went.

    `alone` is what is known of one officer's authority to go; `plan_ref` the plan that it fulfils, if any.
    """

    offender_ref: str
    outcome: VisitOutcome
    visited_at: datetime
    officer_refs: tuple[str, ...]
    announced: bool = False
    alone: Alone | None = None
    plan_ref: str | None = None


def record_visit(
    desk: Desk, viewer: Viewer, made: VisitMade, *, now: datetime, confirmed: frozenset[str] = frozenset()
) -> str:
    """Put a visit on record and its plan done, in one write with one audit record; its reference.

    Raises NotPermitted for a role or an offender that is not the viewer's, ChangeRefused for what cannot be recorded
    (in the contract's words where it is the contract that forbids it), AlreadyRecorded for a visit that is on record as
    asked, and Unconfirmed for one made alone that lacks something (R43) or that is close to another (R41), until
    those doubts are `confirmed`.
    """
    require_recorder(viewer, "offender")
    today = now.astimezone(LONDON).date()
    with changing(desk, viewer, _SOURCE) as work:
        question = desk.question(viewer, today, today=today)
        _require_theirs(work, question, made)
        near = _near(question, made)
        _require_not_recorded(question, near, made)
        visit_ref = uuid4().hex
        cells = {"visit_ref": visit_ref, **_cells(made)}
        save_rows(work, VISITS, [cells], now)
        _require_in_post(question, made)
        _require_another(question, near, made, confirmed)
        require_confirmed(lacking(question.snapshot.facts, cells), confirmed)
        if made.plan_ref is not None:
            fulfil(work, made.plan_ref, visit_ref)
        details = {"role": str(viewer.role), "visit_ref": visit_ref, "plan_ref": made.plan_ref}
        said = {**details, "outcome": str(made.outcome), "confirmed": sorted(confirmed)}
        work.audit("recorded visit", "offender", made.offender_ref, said)
    return visit_ref


def last_partner(question: Question, officer_ref: str) -> str | None:
    """With whom the officer went on the newest visit of a crew of two, if anybody of them is in post on the day."""
    snapshot = question.snapshot
    register = snapshot.facts.registers["officer"]
    code = register.get_indexer(pd.Index([officer_ref], dtype="str"))[0]
    members = snapshot.crew_members
    visit, officer = members["visit"].to_numpy(), members["officer"].to_numpy()
    own = visit[officer == code]
    crewed = own[(snapshot.attended["crew"].reindex(own) == 2).to_numpy()] if code >= 0 else own[:0]
    if not len(crewed):
        return None
    newest = crewed[np.argmax(snapshot.facts.tables["visits"]["visited_at"].to_numpy()[crewed])]
    partners = [str(register[each]) for each in officer[visit == newest] if each != code]
    there = set(partners) - set(on_day(question, tuple(partners), question.on))
    return min(there, default=None)


def due_after(question: Question, offender_ref: str) -> tuple[date | None, int]:
    """When the offender's visit is due as of the day, None while the clock stands still, and how many days overdue."""
    register, segments = question.snapshot.facts.registers["offender"], question.snapshot.timeline.segments
    code = register.get_indexer(pd.Index([offender_ref], dtype="str"))[0]
    now = standing(segments[(segments["offender"] == code).to_numpy()], question.on)
    due = int(now["due"].iloc[0]) if len(now) else int(NEVER)
    return (None, 0) if due >= NEVER else (to_date(due), max(question.on - due, 0))


def _require_theirs(work: UnitOfWork, question: Question, made: VisitMade) -> None:
    """Refuse a plan that is of somebody else, and an offender who is neither the viewer's nor on their plan (R40)."""
    plan = None if made.plan_ref is None else newest_plan(work, made.plan_ref)
    if plan is not None and plan.offender_ref != made.offender_ref:
        raise ChangeRefused("Nothing was recorded: the planned visit is to somebody else. Choose it again.")
    subject = Subject("offender", made.offender_ref)
    goes = plan is not None and question.viewer.officer_ref in plan.officer_refs.split(";")
    if goes and not holds_today(question, subject):
        return
    require_in_scope(question, subject)


def _near(question: Question, made: VisitMade) -> pd.DataFrame:
    """Visits on record to the same offender that began within policy's minutes of this one, the newest recorded first.

    Columns of the visits table, and `minutes` from this one.
    """
    facts = question.snapshot.facts
    visits = facts.tables["visits"]
    code = facts.registers["offender"].get_indexer(pd.Index([made.offender_ref], dtype="str"))[0]
    own = visits[(visits["offender_ref"].cat.codes == code).to_numpy()]
    minutes = (own["visited_at"] - _utc(made.visited_at)).dt.total_seconds() / 60
    within = minutes.abs() < question.policy.recording.same_visit_minutes
    near: pd.DataFrame = own.assign(minutes=minutes)[within.to_numpy()]
    return near.sort_values("recording_id", ascending=False)


def _require_not_recorded(question: Question, near: pd.DataFrame, made: VisitMade) -> None:
    """Refuse as already recorded what says the same of the same minute: a double click, or a second window."""
    crew = sorted(set(made.officer_refs))
    for row in near.to_dict(orient="records"):
        said = (row["outcome"], bool(row["announced"]), sorted(set(str(row["officer_refs"]).split(";")) - {""}))
        if abs(row["minutes"]) < 1 and said == (str(made.outcome), made.announced, crew):
            raise AlreadyRecorded(
                f"Nothing more was recorded: the visit to {made.offender_ref} at {_moment(question, row)} is on record "
                "already."
            )


def _require_another(question: Question, near: pd.DataFrame, made: VisitMade, confirmed: frozenset[str]) -> None:
    """Raise Unconfirmed for a visit so close to another that both of a crew may have recorded the same one (R41)."""
    if near.empty or SAME_VISIT in confirmed:
        return
    row = near.to_dict(orient="records")[0]
    names = holder_names(question)
    crew = " and ".join(names.get(ref, ref) for ref in str(row["officer_refs"]).split(";") if ref)
    raise Unconfirmed(
        f"Not saved yet: a visit to {made.offender_ref} at {_moment(question, row)} is on record already, "
        f"{OUTCOME[VisitOutcome(row['outcome'])].lower()}{f', by {crew}' if crew else ''}. If that is this visit, "
        "leave it or correct that one; if this was another, confirm it.",
        frozenset({SAME_VISIT}),
        "as another visit",
    )


def _require_in_post(question: Question, made: VisitMade) -> None:
    if made.outcome not in ATTENDED:
        return
    day = day_number(made.visited_at.date())
    if absent := on_day(question, made.officer_refs, day):
        name = holder_names(question).get(absent[0], absent[0])
        raise ChangeRefused(
            f"Nothing was recorded: {name} was not in post on {day_text(made.visited_at.date())}. Correct the crew or "
            "the day."
        )


def _cells(made: VisitMade) -> dict[str, str]:
    """The visit in the contract's cells, without its reference; with authority only where one officer went."""
    alone = (made.alone if len(set(made.officer_refs)) == 1 else None) or Alone()
    return {
        "offender_ref": made.offender_ref,
        "visited_at": made.visited_at.isoformat(),
        "announced": "true" if made.announced else "false",
        "outcome": str(made.outcome),
        "officer_refs": ";".join(sorted(set(made.officer_refs))),
        "lone_reason": alone.reason,
        "lone_risk_assessed_on": alone.risk_assessed_on.isoformat() if alone.risk_assessed_on else "",
        "lone_authorised_by": alone.authorised_by,
        "lone_authorised_at": alone.authorised_at.isoformat() if alone.authorised_at else "",
    }


def _utc(local: datetime) -> pd.Timestamp:
    """A London time without an offset, in UTC without one, as the visits table has it (D1)."""
    return pd.Timestamp(local.replace(tzinfo=LONDON)).tz_convert("UTC").tz_localize(None)


def _moment(question: Question, row: Any) -> str:
    local = pd.Timestamp(row["visited_at"]).tz_localize("UTC").tz_convert(LONDON)
    day = "today" if local.date() == question.today else f"on {day_text(local.date())}"
    return f"{local:%H:%M} {day}"
