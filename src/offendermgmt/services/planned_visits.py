"""Planned visits as they stand: whose, when, by which crew, what became of them, and who is due beside them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final

import numpy as np
import pandas as pd

from offendermgmt.domain import planning as rules
from offendermgmt.domain.caseload import fte_available, in_post
from offendermgmt.domain.days import LONDON, day_number, london_dates, to_date
from offendermgmt.domain.segments import Flags
from offendermgmt.domain.vocabulary import PlanState, Unit
from offendermgmt.services.desk import Desk
from offendermgmt.services.labels import LEVELS, STATUSES, dates, refs, team_refs
from offendermgmt.services.overdue import WORST_FIRST
from offendermgmt.services.question import Question
from offendermgmt.store.planned_visits import plans_from

LEDGER: Final = [
    *("plan_ref", "version", "offender_ref", "planned_at", "minutes", "announced", "officer_refs"),
    *("lone_reason", "lone_risk_assessed_on", "lone_authorised_by", "lone_authorised_at", "note"),
    *("state", "visit_ref", "author", "recorded_at"),
]
_UTC: Final = "datetime64[us, UTC]"
_MOMENTS: Final = dict.fromkeys(("planned_at", "lone_authorised_at", "recorded_at"), _UTC)
_TEXTS: Final = dict.fromkeys(("plan_ref", "offender_ref", "officer_refs", "lone_authorised_by", "state"), "str")


def plans_on(desk: Desk, question: Question, since: date) -> pd.DataFrame:
    """The plans that stood at the end of the question's day, for `since` or that day on, as known then (R33).

    The newest version of each, and of earlier ones with no outcome yet; of the whole force, whose they are is not
    looked at (`in_scope`). One that a visit on record fulfils is done by it, whoever recorded that (R49).

    Columns `LEDGER` (moments in UTC with offset, officers as `a;b`), and until (when it is to be over), planned_on (its
    London day, datetime64[s]) and crew (how many go); in order of time and plan.
    """
    return plans_known(question, recorded_on(desk, question, since), since)


def plans_known(question: Question, recorded: Sequence[Any], since: date) -> pd.DataFrame:
    """`plans_on` of the rows of the ledger that `recorded_on` gives."""
    rows = _plans_of(recorded)
    made = rules.carried_out(rows, _visits_to(question, rows)).set_index("plan_ref")["visit_ref"]
    visit = rows["plan_ref"].map(made)
    is_made = visit.notna().to_numpy()
    rows = rows.assign(
        state=rows["state"].mask(is_made, str(PlanState.DONE)), visit_ref=rows["visit_ref"].mask(is_made, visit)
    )
    return _since(rows, min(since, question.as_of))


def _plans_of(recorded: Sequence[Any]) -> pd.DataFrame:
    frame = pd.DataFrame([[getattr(row, name) for name in LEDGER] for row in recorded], columns=LEDGER)
    frame = frame.astype({**_MOMENTS, **_TEXTS, "minutes": "int64", "announced": "bool"})
    return frame.assign(
        lone_risk_assessed_on=pd.to_datetime(frame["lone_risk_assessed_on"]).astype("datetime64[s]"),
        until=frame["planned_at"] + pd.to_timedelta(frame["minutes"], unit="min"),
        planned_on=london_dates(frame["planned_at"].dt.tz_localize(None)),
        crew=frame["officer_refs"].str.count(";").astype("int64") + 1,
    )


def _since(rows: pd.DataFrame, since: date) -> pd.DataFrame:
    """The rows planned for a day or later, and those of earlier days of which nothing has become."""
    wanted = (rows["planned_on"] >= pd.Timestamp(since)) | (rows["state"] == PlanState.PLANNED)
    kept: pd.DataFrame = rows[wanted.to_numpy()]
    return kept.reset_index(drop=True)


def _visits_to(question: Question, rows: pd.DataFrame) -> pd.DataFrame:
    """Visits on record by the question's day, since the first open plan of `rows`, to those whom they plan to visit."""
    waiting = rows[(rows["state"] == PlanState.PLANNED).to_numpy()]
    visits, register = question.snapshot.facts.tables["visits"], question.snapshot.facts.registers["offender"]
    first, last = waiting["planned_on"].min(), pd.Timestamp(question.as_of)
    # NaT, where nothing is open, is before no day.
    inside = visits[((visits["visited_on"] >= first) & (visits["visited_on"] <= last)).to_numpy()]
    planned = register.get_indexer(pd.Index(waiting["offender_ref"].unique(), dtype="str"))
    made = inside[np.isin(inside["offender_ref"].cat.codes.to_numpy(), planned[planned >= 0])]
    columns = ["visit_ref", "offender_ref", "visited_at", "visited_on", "outcome"]
    visited: pd.DataFrame = made[columns]
    return visited.astype({"visit_ref": "str", "offender_ref": "str", "outcome": "str"})


def recorded_on(desk: Desk, question: Question, since: date) -> Sequence[Any]:
    """The rows of the ledger that `plans_on` reads."""
    known = [question.snapshot.known_at, None if question.as_of >= question.today else midnight(_after(question.as_of))]
    known_at = min((at for at in known if at is not None), default=None)
    return plans_from(desk.store, desk.force_ref, midnight(min(since, question.as_of)), known_at)


def is_over(recorded: Any, now: datetime) -> bool:
    """Whether the time planned for, in a row of the ledger, is over at a moment."""
    over: bool = recorded.planned_at + timedelta(minutes=recorded.minutes) <= now
    return over


def midnight(day: date) -> datetime:
    """The first moment of a day in London."""
    return datetime.combine(day, time.min, tzinfo=LONDON)


def crews(rows: pd.DataFrame) -> pd.DataFrame:
    """Who goes: plan_ref and officer_ref, a row for each officer of each row of `plans_on`, with that row's index."""
    named = rows["officer_refs"].str.split(";").explode()
    return pd.DataFrame({"plan_ref": rows["plan_ref"].reindex(named.index), "officer_ref": named.astype("str")})


def in_scope(question: Question, rows: pd.DataFrame) -> pd.DataFrame:
    """The rows of `plans_on` that the question counts: its holders' cases, and visits that its officers go on (R33).

    With risk_level, status, holder_ref, team_ref (of the holder), due_on and days_overdue as of the question's day;
    empty text and missing where the offender is not managed on it. NotPermitted for a viewer who sees counts only.
    """
    question.viewer.require_lists()
    return _with_standing(question, rows)[_counted(question, rows)].reset_index(drop=True)


def counted(question: Question, rows: pd.DataFrame) -> pd.DataFrame:
    """The rows of `plans_on` that the question counts, for figures."""
    return rows[_counted(question, rows)]


def between(rows: pd.DataFrame, first: date, last: date) -> pd.DataFrame:
    """The rows planned for a day from `first` to `last`, but for those cancelled."""
    day = rows["planned_on"]
    within = (day >= pd.Timestamp(first)) & (day <= pd.Timestamp(last)) & (rows["state"] != PlanState.CANCELLED)
    return rows[within.to_numpy()]


def without_outcome(question: Question, rows: pd.DataFrame, now: datetime) -> pd.DataFrame:
    """The rows whose time is over, at the end of the question's day or `now`, and of which nothing has become.

    That is neither a visit on record, nor a cancellation.
    """
    at = min(now, midnight(_after(question.as_of)))
    past = (rows["state"] == PlanState.PLANNED) & (rows["until"] <= pd.Timestamp(at))
    return rows[past.to_numpy()]


def past_without_outcome(desk: Desk, question: Question, now: datetime) -> pd.DataFrame:
    """`without_outcome` of what the question counts (`in_scope`), the oldest first: whom My day asks for an outcome."""
    return in_scope(question, without_outcome(question, plans_on(desk, question, question.as_of), now))


def to_plan(question: Question, rows: pd.DataFrame) -> pd.DataFrame:
    """Offenders overdue, or due in the days ahead that policy asks for, worst first (R34).

    Columns offender_ref, risk_level, status, officer_ref, team_ref, last_completed_on, due_on, days_overdue (0 = not
    overdue), days_until, points (R36), planned_on and planned_at of the next visit planned for the question's day or
    later (missing = unplanned), and no_outcome (one planned before that day has none yet). `rows` are of `plans_on`.
    """
    due, policy = _due(question), question.policy.planning
    snapshot, officer = question.snapshot, due["officer"].to_numpy()
    listed = pd.DataFrame(
        {
            "offender_ref": refs(snapshot, "offender", due["offender"].to_numpy()),
            "risk_level": LEVELS[due["risk"]],
            "status": STATUSES[due["status"]],
            "officer_ref": refs(snapshot, "officer", officer),
            "team_ref": team_refs(snapshot, officer),
            "last_completed_on": dates(due["last_completed"].to_numpy()),
            "due_on": dates(due["due"].to_numpy()),
            "days_overdue": due["days_overdue"].to_numpy(),
            "days_until": due["days_until"].to_numpy(),
            "points": rules.points(due, policy),
        }
    )
    waits = rows[(rows["state"] == PlanState.PLANNED).to_numpy()]
    is_ahead = (waits["planned_on"] >= pd.Timestamp(question.as_of)).to_numpy()
    following = waits[is_ahead].drop_duplicates("offender_ref").set_index("offender_ref")
    ref = listed["offender_ref"]
    found = following.reindex(pd.Index(ref, dtype="str"))
    listed = listed.assign(
        planned_on=found["planned_on"].array,
        planned_at=found["planned_at"].array,
        no_outcome=ref.isin(set(waits.loc[~is_ahead, "offender_ref"])),
    )
    rank = listed["risk_level"].map({str(level): place for place, level in enumerate(WORST_FIRST)})
    order = np.lexsort((ref, listed["due_on"].astype("int64"), rank))
    return listed.iloc[order].reset_index(drop=True)


def unplanned(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows of `to_plan` for whom no visit is planned."""
    return rows[rows["planned_on"].isna().to_numpy()].reset_index(drop=True)


@dataclass(frozen=True)
class OfficerDays:
    """Officers who could go: `officer_refs`, and FTE available to each on each of `days` (a row an officer)."""

    officer_refs: Sequence[str]
    days: Sequence[date]
    fte: "np.ndarray[tuple[int, int], np.dtype[np.float64]]"


def officer_days(question: Question, first: date, last: date) -> OfficerDays:
    """Officers of the question's scope, in teams that manage offenders, in post on a day from `first` to `last`.

    FTE available is 0 on days when they are not in post (C3). In order of reference.
    """
    facts = question.snapshot.facts
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    there = np.array([in_post(facts, day_number(day)) for day in days]).T
    fte = np.where(there, np.array([fte_available(facts, day_number(day)) for day in days]).T, 0.0)
    kept = np.flatnonzero(there.any(axis=1) & question.offender_scope.officers & _manages(question))
    named = refs(question.snapshot, "officer", kept)
    order = np.argsort(named.astype(str))
    return OfficerDays([str(ref) for ref in named[order]], days, fte[kept[order]])


def _after(day: date) -> date:
    return day + timedelta(days=1)


def _manages(question: Question) -> Flags:
    facts, team = question.snapshot.facts, question.snapshot.team_of_officer
    teams = facts.tables["teams"]
    manages = np.zeros(len(facts.registers["team"]) + 1, dtype=bool)
    manages[teams["team_ref"].cat.codes.to_numpy()] = (teams["unit"] == Unit.MOSOVO).to_numpy()
    flags: Flags = manages[team]
    return flags


def _due(question: Question) -> pd.DataFrame:
    at = question.snapshot.standing_on(question.on)
    at = at[question.offender_scope.holds(at["officer"].to_numpy())]
    return rules.to_plan(at, question.on, question.policy.planning.due_days)


def _counted(question: Question, rows: pd.DataFrame) -> Flags:
    """Whose offender's holder on the question's day is in scope, or of whose crew somebody is."""
    facts, scope = question.snapshot.facts, question.offender_scope
    offender = facts.registers["offender"].get_indexer(pd.Index(rows["offender_ref"], dtype="str")).astype(np.int32)
    on = np.full(len(rows), question.on, dtype=np.int32)
    holder = question.snapshot.holder_on(offender, on)
    going = crews(rows)
    officer = facts.registers["officer"].get_indexer(pd.Index(going["officer_ref"], dtype="str"))
    theirs = going.loc[np.append(scope.officers, False)[officer], "plan_ref"]
    counted: Flags = scope.holds(holder) | rows["plan_ref"].isin(set(theirs)).to_numpy()
    return counted


def _with_standing(question: Question, rows: pd.DataFrame) -> pd.DataFrame:
    snapshot = question.snapshot
    at = snapshot.standing_on(question.on)
    code = snapshot.facts.registers["offender"].get_indexer(pd.Index(rows["offender_ref"], dtype="str"))
    found = at.set_index("offender").reindex(code)
    managed = found["officer"].notna().to_numpy()
    officer = found["officer"].fillna(-1).to_numpy().astype(np.int32)
    due = found["due"].fillna(np.iinfo(np.int32).max).to_numpy().astype(np.int64)

    def named(column: str, words: "np.ndarray[tuple[int], np.dtype[np.object_]]") -> Any:
        return np.append(words, "")[np.where(managed, found[column].fillna(-1).to_numpy().astype(np.int32), len(words))]

    return rows.assign(
        risk_level=named("risk", LEVELS),
        status=named("status", STATUSES),
        holder_ref=refs(snapshot, "officer", officer),
        team_ref=team_refs(snapshot, officer),
        due_on=dates(due).to_numpy(),
        days_overdue=np.maximum(question.on - due, 0),
    )


def week_of(day: date) -> tuple[date, date]:
    """Monday and Sunday of the day's week."""
    monday = to_date(day_number(day) - day.weekday())
    return monday, monday + timedelta(days=6)
