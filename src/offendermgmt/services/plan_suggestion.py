"""A plan suggested for the coming days: who visits whom and when, so that the most risk is met first (R35 to R38)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any, Final

import numpy as np
import pandas as pd

from offendermgmt.domain import planning as rules
from offendermgmt.domain.days import LONDON, day_number, day_numbers
from offendermgmt.domain.plan_fitting import CrewTime, Mixing, fit
from offendermgmt.domain.segments import Flags
from offendermgmt.domain.vocabulary import OffenderStatus, PlanState, RiskLevel
from offendermgmt.domain.weights import by_points
from offendermgmt.domain.working_days import is_working_day
from offendermgmt.services.access import NotPermitted, Role, Viewer
from offendermgmt.services.directory import holder_names
from offendermgmt.services.plan_clashes import VisitPlan
from offendermgmt.services.planned_visits import crews, officer_days, to_plan, unplanned
from offendermgmt.services.question import Question
from offendermgmt.services.wording import RISK, day_text, days_text

ACTION: Final = "accepted suggested visits"
_MISSING: Final = "Missing: where to look is for a person to decide."
_LATER: Final = "Falls due after these days."
_SUGGEST: Final = {Role.SUPERVISOR, Role.DI, Role.DCI}


class LeftOut(StrEnum):
    """Why an unplanned visit is not suggested (R38)."""

    NO_TIME = "no_time"
    MISSING = "missing"
    LATER = "later"


@dataclass(frozen=True)
class Suggestion:
    """A plan suggested for `days` (working days), of visits to those due or overdue whom no visit is planned for.

    `visits`: a row a visit in order of time, with the columns of `to_plan` and at (with offset), first_ref, second_ref,
    has_holder and why (words). `left_out`: rows of `to_plan` who are left out, with
    kind (`LeftOut`) and why, those for whom there was no time first, those who count most first.
    `visits` and `left_out` together are the unplanned. `minutes` is how long each visit is planned for.
    """

    days: Sequence[date]
    officer_refs: Sequence[str]
    visits: pd.DataFrame
    left_out: pd.DataFrame
    minutes: int

    @property
    def wanted(self) -> int:
        """How many visits were to be fitted in."""
        return len(self.visits) + self.number_left(LeftOut.NO_TIME)

    def number_left(self, kind: LeftOut) -> int:
        """How many are left out for one reason."""
        return int((self.left_out["kind"] == kind).sum())


def may_suggest(viewer: Viewer) -> bool:
    """Whether the viewer plans for others, so that a plan of a team is theirs to accept."""
    return viewer.role in _SUGGEST


def officers_to_send(question: Question, today: date) -> dict[str, bool]:
    """Officers of the question's team with time in the days to be planned, by reference; whether they go by default.

    Supervisors do not: they are there to authorise and to stand in.
    """
    days = _days(question, today)
    if not days:
        return {}
    able = officer_days(question, days[0], days[-1])
    officers = question.snapshot.facts.tables["officers"]
    supervisors = set(officers.loc[officers["is_supervisor"].to_numpy(), "officer_ref"].astype("str"))
    with_time = able.fte.sum(axis=1) > 0
    return {ref: ref not in supervisors for ref, has in zip(able.officer_refs, with_time, strict=True) if has}


def suggest(question: Question, rows: pd.DataFrame, officer_refs: Sequence[str], now: datetime) -> Suggestion:
    """The plan for a team's unplanned visits, made by these of its officers, the question being of today.

    `rows` are those of `plans_on`. The same question has the same answer. NotPermitted for a viewer who does not plan
    for others.
    """
    if not may_suggest(question.viewer):
        raise NotPermitted("Plans of a team are made by its supervisor or inspector. Ask one of them.")
    policy = question.policy.planning
    waiting = _most_first(unplanned(to_plan(question, rows)))
    is_missing = (waiting["status"] == OffenderStatus.MISSING).to_numpy()
    is_later = ~is_missing & (waiting["days_until"] > policy.suggest_days).to_numpy()
    wanted = waiting[~is_missing & ~is_later].reset_index(drop=True)
    days = _days(question, now.astimezone(LONDON).date())
    going = sorted(set(officer_refs) & set(officers_to_send(question, question.as_of)))
    slots = [datetime.combine(day, at, tzinfo=LONDON) for day in days for at in policy.slots]
    place = {ref: position for position, ref in enumerate(going)}
    holder = wanted["officer_ref"].map(place).fillna(-1).to_numpy().astype(np.int32)
    made = fit(_time(question, rows, going, days, slots), holder, _mixing(question, going))
    visits = wanted.iloc[made["visit"].to_numpy()].assign(
        at=pd.Series([slots[slot] for slot in made["slot"]], dtype="object").to_numpy(),
        first_ref=[going[officer] for officer in made["first"]],
        second_ref=[going[officer] for officer in made["second"]],
        has_holder=(made[["first", "second"]].to_numpy() == holder[made["visit"].to_numpy()][:, None]).any(axis=1),
    )
    left = wanted.drop(wanted.index[made["visit"].to_numpy()])
    return Suggestion(
        days=days,
        officer_refs=going,
        visits=visits.assign(why=_why(visits, holder_names(question))).reset_index(drop=True),
        left_out=pd.concat(
            [
                left.assign(kind=str(LeftOut.NO_TIME), why=_why_not(days, going, len(made))),
                waiting[is_missing].assign(kind=str(LeftOut.MISSING), why=_MISSING),
                waiting[is_later].assign(kind=str(LeftOut.LATER), why=_LATER),
            ],
            ignore_index=True,
        ),
        minutes=policy.visit_minutes,
    )


def as_plans(suggestion: Suggestion, chosen: Sequence[str] | None = None) -> list[VisitPlan]:
    """The suggested visits to the `chosen` offenders (None = all) as plans, to be put on record."""
    return [
        VisitPlan(row["offender_ref"], row["at"], suggestion.minutes, (row["first_ref"], row["second_ref"]))
        for row in suggestion.visits.to_dict(orient="records")
        if chosen is None or row["offender_ref"] in chosen
    ]


def _days(question: Question, today: date) -> list[date]:
    """Working days from tomorrow to as many days ahead as policy plans."""
    ahead = [today + timedelta(days=number + 1) for number in range(question.policy.planning.suggest_days)]
    working = is_working_day(np.array([day_number(day) for day in ahead], dtype=np.int32))
    return [day for day, is_one in zip(ahead, working, strict=True) if is_one]


def _most_first(rows: pd.DataFrame) -> pd.DataFrame:
    points, refs = rows["points"].to_numpy(dtype=np.int64), rows["offender_ref"].to_numpy(dtype=object)
    return rows.iloc[by_points(points, day_numbers(rows["due_on"]), refs)].reset_index(drop=True)


def _time(
    question: Question, rows: pd.DataFrame, going: Sequence[str], days: Sequence[date], slots: Sequence[datetime]
) -> CrewTime:
    """What time those going have: not on days away, not while on another visit, and no more than their share."""
    policy, a_day = question.policy.planning, len(question.policy.planning.slots)
    of_slot = np.repeat(np.arange(len(days)), a_day).astype(np.int32)
    if not days or not going:
        empty = np.zeros((len(going), len(slots)), dtype=bool)
        return CrewTime(empty, of_slot, np.zeros(len(going), dtype=np.int32))
    able = officer_days(question, days[0], days[-1])
    on_days = [able.days.index(day) for day in days]
    fte = able.fte[[able.officer_refs.index(ref) for ref in going]][:, on_days]
    planned, busy = _planned(rows, going, days, slots, policy.visit_minutes)
    return CrewTime((fte[:, of_slot] > 0) & ~busy, of_slot, rules.visits_each(fte, a_day, planned))


def _planned(
    rows: pd.DataFrame, going: Sequence[str], days: Sequence[date], slots: Sequence[datetime], minutes: int
) -> tuple[Any, Flags]:
    """How many visits of the days each officer is planned for, and the slots which those overlap."""
    waits = rows[
        ((rows["state"] == PlanState.PLANNED) & rows["planned_on"].isin(pd.to_datetime(list(days)))).to_numpy()
    ]
    named = crews(waits)
    officer = pd.Index(list(going), dtype="str").get_indexer(pd.Index(named["officer_ref"], dtype="str"))
    named, officer = named[officer >= 0], officer[officer >= 0]
    start, end = (
        waits.loc[named.index, name].astype("datetime64[s, UTC]").astype("int64") for name in ("planned_at", "until")
    )
    begins = np.array([int(slot.timestamp()) for slot in slots], dtype=np.int64)
    common = rules.overlap(begins, begins + minutes * 60, start.to_numpy()[:, None], end.to_numpy()[:, None])
    busy = np.zeros((len(going), len(slots)), dtype=bool)
    np.logical_or.at(busy, officer, common)
    return np.bincount(officer, minlength=len(going)).astype(np.int32), busy


def _mixing(question: Question, going: Sequence[str]) -> Mixing:
    """Crewed visits on record of those going, with each other and in all, over policy's last days (R37)."""
    policy, attended = question.policy, question.snapshot.attended
    day = attended["day"].to_numpy()
    lately = (
        (day > question.on - policy.planning.mixing_days) & (day <= question.on) & (attended["lone"].to_numpy() < 0)
    )
    members = question.snapshot.members_of(attended.index.to_numpy()[lately])
    place = np.full(len(question.snapshot.facts.registers["officer"]) + 1, -1)
    place[question.snapshot.facts.registers["officer"].get_indexer(pd.Index(list(going), dtype="str"))] = range(
        len(going)
    )
    place[-1] = -1
    members = members.assign(officer=place[members["officer"].to_numpy()]).query("officer >= 0")
    pairs = members.merge(members, on="visit", suffixes=("", "_with"))
    together = np.zeros((len(going), len(going)), dtype=np.int64)
    np.add.at(together, (pairs["officer"].to_numpy(), pairs["officer_with"].to_numpy()), 1)
    return Mixing(together, float(policy.crewing.settled_pair_share), policy.crewing.settled_pair_visits)


def _why(visits: pd.DataFrame, names: Mapping[str, str]) -> list[str]:
    return [
        f"{RISK[RiskLevel(row['risk_level'])]} risk, {_lateness(row)}. {_whose(row, names)}"
        for row in visits.to_dict(orient="records")
    ]


def _lateness(row: Mapping[Any, Any]) -> str:
    if row["days_overdue"]:
        return f"{days_text(row['days_overdue'])} overdue"
    return f"due in {days_text(row['days_until'])}" if row["days_until"] else "due today"


def _whose(row: Mapping[Any, Any], names: Mapping[str, str]) -> str:
    holder = row["officer_ref"]
    if not holder:
        return "Nobody holds the case."
    return f"{names.get(holder, holder)} holds the case and {'goes' if row['has_holder'] else 'does not go'}."


def _why_not(days: Sequence[date], going: Sequence[str], fitted: int) -> str:
    if not days:
        return "There is no working day in the days to be planned."
    if len(going) < 2:
        return "There are not two officers with time to go."
    if not fitted:
        return "No two officers have time at once."
    until = f"{day_text(days[0])} to {day_text(days[-1])}"
    return f"The crews' time from {until} goes to the {fitted:,} who count more."
