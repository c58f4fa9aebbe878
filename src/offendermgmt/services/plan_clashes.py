"""What stands in the way of a planned visit: each a sentence that says what, and what to do (R30 to R32)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from offendermgmt.domain import crewing, planning
from offendermgmt.domain.caseload import fte_available, in_post
from offendermgmt.domain.days import LONDON, london_dates
from offendermgmt.domain.segments import Flags
from offendermgmt.domain.timeline import ENDED
from offendermgmt.domain.visits import standing
from offendermgmt.domain.vocabulary import CLOCK_RUNS, OffenderStatus, PlanState, Unit
from offendermgmt.services.access import OWN_CASES_ONLY
from offendermgmt.services.directory import holder_names
from offendermgmt.services.holding import teams_to_act_for
from offendermgmt.services.planned_visits import crews
from offendermgmt.services.question import Question
from offendermgmt.services.wording import LACKING, STATUS, day_text

_STATUSES = tuple(OffenderStatus)


@dataclass(frozen=True)
class Alone:
    """What a visit by one officer needs beforehand (W2): the reason, its risk assessment, whose authority, given when.

    `authorised_at` has an offset; empty where nothing was said.
    """

    reason: str = ""
    risk_assessed_on: date | None = None
    authorised_by: str = ""
    authorised_at: datetime | None = None


@dataclass(frozen=True)
class VisitPlan:
    """A visit to be made: to whom, when (with offset), for how long, by whom; `alone` where that is one officer."""

    offender_ref: str
    planned_at: datetime
    minutes: int
    officer_refs: tuple[str, ...]
    announced: bool = False
    note: str = ""
    alone: Alone | None = None

    @property
    def on(self) -> date:
        """Its day in London."""
        return self.planned_at.astimezone(LONDON).date()

    @property
    def until(self) -> datetime:
        """When it is to be over."""
        return self.planned_at + timedelta(minutes=self.minutes)


def crew_choices(question: Question) -> dict[str, str]:
    """Officers with whom the viewer may plan: in post on the day, in a team of theirs that manages offenders.

    `DC Ash (0042)` by reference, in that order.
    """
    officers = question.snapshot.facts.tables["officers"]
    there = in_post(question.snapshot.facts, question.on)[officers["officer_ref"].cat.codes.to_numpy()]
    theirs = officers[there & officers["team_ref"].isin(_teams(question)).to_numpy()]["officer_ref"].astype("str")
    return _named(question, theirs)


def authorisers(question: Question) -> dict[str, str]:
    """Supervisors in post on the day, of any team that manages offenders: `DS Elm (0007)` by reference."""
    officers, teams = (question.snapshot.facts.tables[name] for name in ("officers", "teams"))
    managing = teams.loc[(teams["unit"] == Unit.MOSOVO).to_numpy(), "team_ref"]
    there = in_post(question.snapshot.facts, question.on)[officers["officer_ref"].cat.codes.to_numpy()]
    fit = there & officers["is_supervisor"].to_numpy() & officers["team_ref"].isin(managing).to_numpy()
    return _named(question, officers["officer_ref"][fit].astype("str"))


@dataclass(frozen=True)
class Diary:
    """What stands in the way of visits on the question's day, as it is `now`."""

    question: Question
    now: datetime

    def problems(self, plan: VisitPlan, rows: pd.DataFrame) -> Iterator[str]:
        """Why the visit cannot be planned beside `rows` of `plans_on`, its own not among them; nothing if it can."""
        planned = rows[(rows["state"] == PlanState.PLANNED).to_numpy()]
        yield from self._when(plan)
        yield from self._offender(plan, planned)
        yield from self._crew(plan, planned)
        yield from self._alone(plan)

    def _when(self, plan: VisitPlan) -> Iterator[str]:
        policy = self.question.policy.planning
        if plan.planned_at <= self.now:
            yield f"{_moment(plan.planned_at)} has passed: choose a later time, or record the visit as made."
        last = self.now.astimezone(LONDON).date() + timedelta(days=policy.ahead_days)
        if plan.on > last:
            yield f"{day_text(plan.on)} is too far ahead: visits are planned up to {day_text(last)}."
        if not 0 < plan.minutes <= policy.most_minutes:
            yield f"A visit is planned for 1 to {policy.most_minutes} minutes, not for {plan.minutes}."

    def _offender(self, plan: VisitPlan, planned: pd.DataFrame) -> Iterator[str]:
        state = self._state(plan.offender_ref)
        if state is None:
            yield f"{plan.offender_ref} is not managed on {day_text(plan.on)}."
        elif state not in CLOCK_RUNS:
            said = STATUS[state].lower()
            yield (
                f"The visit clock of {plan.offender_ref} does not run on {day_text(plan.on)} ({said}): no visit "
                "is due. Record the state first if it has changed."
            )
        same = (planned["offender_ref"] == plan.offender_ref) & (planned["planned_on"] == pd.Timestamp(plan.on))
        for at in planned.loc[same.to_numpy(), "planned_at"].head(1):
            yield f"A visit to {plan.offender_ref} is already planned for {_moment(at)}: change that one instead."

    def _crew(self, plan: VisitPlan, planned: pd.DataFrame) -> Iterator[str]:
        if not plan.officer_refs:
            yield "Nobody is to go: choose a crew of two."
        if len(set(plan.officer_refs)) < len(plan.officer_refs):
            yield "An officer is in the crew twice: choose two different ones."
        for ref in plan.officer_refs:
            name = self._names.get(ref, ref)
            if ref not in self._choices:
                yield f"{name} is not in post in a team you may plan for on {day_text(plan.on)}: choose another one."
            elif self._fte[self.question.snapshot.facts.registers["officer"].get_loc(ref)] == 0:
                yield f"{name} is not available on {day_text(plan.on)}: choose another officer or day."
            for at, what in self._elsewhere(plan, ref, planned):
                yield f"{name} is {what} at {_moment(at)}, and that overlaps: choose another officer or time."

    def _elsewhere(self, plan: VisitPlan, officer_ref: str, planned: pd.DataFrame) -> Iterator[tuple[Any, str]]:
        """Other visits of the officer, planned or on record, that overlap: when, and which."""
        going = crews(planned)
        own = planned.loc[going.index[(going["officer_ref"] == officer_ref).to_numpy()]]
        for row in own[self._overlap(plan, own["planned_at"], own["until"])].head(1).itertuples():
            yield row.planned_at, f"already to visit {row.offender_ref}"
        named = self._made["officer_refs"].astype("str").str.split(";").explode()
        made = self._made.loc[named.index[(named == officer_ref).to_numpy()]]
        began = made["visited_at"].dt.tz_localize("UTC")
        lasted = pd.Timedelta(minutes=self.question.policy.planning.visit_minutes)
        for row, at in zip(made.itertuples(), began, strict=True):
            if self._overlap(plan, began.loc[[row.Index]], began.loc[[row.Index]] + lasted)[0]:
                yield at, f"on record at {row.visit_ref}"
                return

    def _alone(self, plan: VisitPlan) -> Iterator[str]:
        if len(plan.officer_refs) != 1:
            return
        said = plan.alone or Alone()
        lacking = crewing.shortfalls(self.question.snapshot.facts, _as_visit(plan, said)).iloc[0]
        words = [text for name, text in LACKING.items() if lacking[name]]
        if words:
            yield (
                "A visit by one officer needs a reason, a risk assessment dated on or before the day, and the "
                "authority of a supervisor who does not go, given before it. Here it has "
                f"{'; '.join(words)}."
            )
        if said.authorised_at is not None and said.authorised_at > self.now:
            yield f"{_moment(said.authorised_at)} has not come: give the time at which the authority was given."
        if said.risk_assessed_on is not None and said.risk_assessed_on > self.now.astimezone(LONDON).date():
            yield f"{day_text(said.risk_assessed_on)} has not come: give the day on which the risk was assessed."

    @cached_property
    def _made(self) -> pd.DataFrame:
        """Visits on record on the day."""
        visits = self.question.snapshot.facts.tables["visits"]
        return visits[(visits["visited_on"] == pd.Timestamp(self.question.as_of)).to_numpy()]

    @cached_property
    def _names(self) -> dict[str, str]:
        return holder_names(self.question)

    @cached_property
    def _choices(self) -> dict[str, str]:
        return crew_choices(self.question)

    @cached_property
    def _fte(self) -> npt.NDArray[np.float64]:
        return fte_available(self.question.snapshot.facts, self.question.on)

    @cached_property
    def _standing(self) -> pd.DataFrame:
        return standing(self.question.snapshot.timeline.segments, self.question.on)

    def _overlap(self, plan: VisitPlan, start: Any, end: Any) -> Flags:
        first, last = (np.array([int(at.timestamp())], dtype=np.int64) for at in (plan.planned_at, plan.until))
        return planning.overlap(_seconds(start), _seconds(end), first, last)

    def _state(self, offender_ref: str) -> OffenderStatus | None:
        register = self.question.snapshot.facts.registers["offender"]
        at = self._standing
        own = at[(at["offender"] == (register.get_loc(offender_ref) if offender_ref in register else -1)).to_numpy()]
        if own.empty or int(own["status"].iloc[0]) == ENDED:
            return None
        return _STATUSES[int(own["status"].iloc[0])]


def _as_visit(plan: VisitPlan, said: Alone) -> pd.DataFrame:
    """The plan as a row of the visits table, as far as W2 reads it."""
    at, authorised = (
        pd.Series([moment], dtype="datetime64[us, UTC]").dt.tz_localize(None)
        for moment in (plan.planned_at, said.authorised_at)
    )
    return pd.DataFrame(
        {
            "officer_refs": pd.Categorical([";".join(plan.officer_refs)]),
            "visited_at": at,
            "visited_on": london_dates(at),
            "has_lone_reason": [bool(said.reason.strip())],
            "lone_risk_assessed_on": pd.Series([said.risk_assessed_on], dtype="datetime64[s]"),
            "lone_authorised_by": pd.Series([said.authorised_by or None], dtype="str"),
            "lone_authorised_at": authorised,
        }
    )


def _teams(question: Question) -> set[str]:
    """Teams whose officers the viewer may send: an officer's own, others' that they act for."""
    viewer = question.viewer
    if viewer.role not in OWN_CASES_ONLY:
        return set(teams_to_act_for(question))
    officers = question.snapshot.facts.tables["officers"]
    own = officers.loc[(officers["officer_ref"] == viewer.officer_ref).to_numpy(), "team_ref"].astype("str")
    return set(own) & set(teams_to_act_for(question))


def _named(question: Question, officer_refs: Iterable[str]) -> dict[str, str]:
    names = holder_names(question)
    return dict(sorted(((ref, names[ref]) for ref in officer_refs), key=lambda item: item[1]))


def _moment(at: Any) -> str:
    local = pd.Timestamp(at).tz_convert(LONDON)
    return f"{local:%H:%M} on {day_text(local)}"


def _seconds(moments: "pd.Series[Any]") -> npt.NDArray[np.int64]:
    """Seconds since 1970 of moments with an offset."""
    return np.asarray(moments.astype("datetime64[s, UTC]").astype("int64"), dtype=np.int64)
