"""Assessments, plan reviews, supervisor reviews and own intervals on a day (A1 to A4).

Functions take the segments standing on the day, those of some holders say, and give those of them that a rule is
about, in the same order, with columns of their own. Days are day numbers, `NEVER` where there is none.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from offendermgmt.domain.days import NEVER, Days, add_interval, day_numbers
from offendermgmt.domain.facts import Facts
from offendermgmt.domain.policy import AssessmentPolicy, Interval, Policy
from offendermgmt.domain.segments import Flags
from offendermgmt.domain.timeline import Timeline
from offendermgmt.domain.vocabulary import RiskLevel

APPROVED, BY_NO_SUPERVISOR, BY_NOBODY = range(3)
_LEVELS: Final = tuple(RiskLevel)


def arms_not_done(
    standing: pd.DataFrame, facts: Facts, timeline: Timeline, on: int, policy: AssessmentPolicy
) -> pd.DataFrame:
    """Those without an ARMS assessment that was due before `on`: also first_seen (`NEVER` = not yet), due_on (A1)."""
    running = standing[standing["runs"].to_numpy()]
    offender = running["offender"].to_numpy()
    seen = first_seen(timeline, on)[offender]
    from_on = np.where(seen < NEVER, seen, _first_visit_due(timeline)[offender])
    due = _days_later(from_on.astype(np.int32), policy.arms_first_days)
    late: Flags = (_newest_arms(facts, on, policy)[offender] >= NEVER) & (due < on)
    return running.assign(first_seen=seen, due_on=due)[late]


def arms_past_review(standing: pd.DataFrame, facts: Facts, on: int, policy: AssessmentPolicy) -> pd.DataFrame:
    """Those whose newest ARMS assessment was to be reviewed before `on`: also last_on, due_on (A1)."""
    running = standing[standing["runs"].to_numpy()]
    last = _newest_arms(facts, on, policy)[running["offender"].to_numpy()]
    due = after(last, policy.arms_review)
    late: Flags = (last < NEVER) & (due < on)
    return running.assign(last_on=last, due_on=due)[late]


def plan_past_review(standing: pd.DataFrame, facts: Facts, on: int, policy: AssessmentPolicy) -> pd.DataFrame:
    """Those whose plan was to be reviewed before `on`: also last_on (`NEVER` = no review yet), due_on (A2)."""
    return _past_review(standing, facts, "plan_reviews", on, dict.fromkeys(RiskLevel, policy.plan_review))


def past_reviews(
    timeline: Timeline, facts: Facts, days: Days, policies: Sequence[AssessmentPolicy], counted: Flags
) -> pd.DataFrame:
    """How many are in each of `arms_not_done`, `arms_past_review` and `plan_past_review` at the ends of several days.

    A row a day, of the timeline's segments that are `counted`, in columns of these names; also running, of whom they
    are. The days rise, each with its policy.
    """
    segments = timeline.segments
    start, end, offender = (segments[name].to_numpy() for name in ("start", "end", "offender"))
    runs = segments["runs"].to_numpy() & counted
    seen_from, seen, visit_due = *_first_seen_from(timeline), _first_visit_due(timeline)
    registered = _newest_by_day(facts.tables["offenders"], facts, "registered_on", days)
    planned = _newest_by_day(facts.tables["plan_reviews"], facts, "reviewed_on", days)
    newest_arms: dict[tuple[str, ...], Days] = {}
    rows = []
    for position, (day, policy) in enumerate(zip(days.tolist(), policies, strict=True)):
        tools = tuple(policy.arms_tools)
        if tools not in newest_arms:
            made = of_arms(facts.tables["risk_assessments"], policy)
            newest_arms[tools] = _newest_by_day(made, facts, "assessed_on", days)
        who = offender[runs & (start <= day) & (end > day)]
        first = np.where(seen_from[who] <= day, seen[who], visit_due[who])
        arms, plan = newest_arms[tools][position, who], planned[position, who]
        plan_from = np.where(plan < NEVER, plan, registered[position, who])
        rows.append(
            {
                "running": len(who),
                "arms_not_done": np.sum((arms >= NEVER) & (_days_later(first, policy.arms_first_days) < day)),
                "arms_past_review": np.sum(after(arms, policy.arms_review) < day),
                "plan_past_review": np.sum(after(plan_from, policy.plan_review) < day),
            }
        )
    return pd.DataFrame(rows)


def record_past_review(standing: pd.DataFrame, facts: Facts, on: int, policy: AssessmentPolicy) -> pd.DataFrame:
    """Those whose record a supervisor was to review before `on`: also last_on (`NEVER` = none yet), due_on (A3)."""
    return _past_review(standing, facts, "supervisor_reviews", on, policy.supervisor_review)


def own_intervals(standing: pd.DataFrame, facts: Facts, on: int, policy: Policy) -> pd.DataFrame:
    """Those whose own interval is in force for a running clock (A4).

    Also own_from, approver (officer code, -1 = nobody), approval (`APPROVED`, `BY_NO_SUPERVISOR`, `BY_NOBODY`),
    default_days and days_longer (own interval less the default, negative where shorter), both counted from the day
    last seen.
    """
    own = standing[(standing["runs"] & standing["own_interval"]).to_numpy()]
    plans = facts.tables["visit_intervals"]
    begun = plans[day_numbers(plans["from_on"]) <= on].sort_values("from_on", kind="stable")
    newest = begun.drop_duplicates("offender_ref", keep="last")
    newest = newest.set_index(newest["offender_ref"].cat.codes.to_numpy()).loc[own["offender"].to_numpy()]
    approver = newest["approved_by"].cat.codes.to_numpy()
    seen = own["last_completed"].to_numpy()
    counted_from = np.where(seen < NEVER, seen, on).astype(np.int32)
    default = after_by_level(counted_from, own["risk"].to_numpy(), policy.visit_intervals) - counted_from
    return own.assign(
        own_from=day_numbers(newest["from_on"]),
        approver=approver.astype(np.int32),
        approval=np.where(approver < 0, BY_NOBODY, np.where(supervisors(facts)[approver], APPROVED, BY_NO_SUPERVISOR)),
        default_days=default,
        days_longer=own["interval_days"].to_numpy().astype(np.int64) - default,
    )


def first_seen(timeline: Timeline, on: int) -> Days:
    """The day each offender (by code) was first seen by `on`: the first visit that satisfied an obligation."""
    segments = timeline.segments
    begun = segments[(segments["start"] <= on).to_numpy()]
    offender = begun["offender"].to_numpy()
    first = np.full(int(segments["offender"].max() if len(segments) else -1) + 1, NEVER, dtype=np.int32)
    np.minimum.at(first, offender, begun["last_completed"].to_numpy())
    return first


def newest_day(frame: pd.DataFrame, facts: Facts, column: str, on: int, where: Flags | None = None) -> Days:
    """The newest day by offender code among the facts of a table dated on or before `on`, `NEVER` without one."""
    days, codes = day_numbers(frame[column]), frame["offender_ref"].cat.codes.to_numpy()
    counted = (days <= on) if where is None else (days <= on) & where
    newest = np.full(len(facts.registers["offender"]), -NEVER, dtype=np.int32)
    np.maximum.at(newest, codes[counted], days[counted])
    return np.where(newest > -NEVER, newest, NEVER).astype(np.int32)


def after(days: Days, interval: Interval) -> Days:
    """Each day moved by an interval (S4); `NEVER` stays."""
    return after_by_level(days, np.zeros(len(days), dtype=np.int8), dict.fromkeys(RiskLevel, interval))


def after_by_level(days: Days, risk: npt.NDArray[np.integer[Any]], intervals: Mapping[RiskLevel, Interval]) -> Days:
    """Each day moved by the interval of a risk level (position in `RiskLevel`); `NEVER` stays."""
    months = np.array([intervals[level].months for level in _LEVELS], dtype=np.int32)
    extra = np.array([intervals[level].days for level in _LEVELS], dtype=np.int32)
    known = days < NEVER
    moved = np.full(len(days), NEVER, dtype=np.int32)
    moved[known] = add_interval(days[known], months[risk[known]], extra[risk[known]])
    return moved


def supervisors(facts: Facts) -> Flags:
    """Whether each officer (by code) is a supervisor."""
    officers = facts.tables["officers"]
    supervises = np.zeros(len(facts.registers["officer"]), dtype=bool)
    supervises[officers["officer_ref"].cat.codes.to_numpy()] = officers["is_supervisor"].to_numpy()
    return supervises


def _past_review(
    standing: pd.DataFrame, facts: Facts, table: str, on: int, intervals: Mapping[RiskLevel, Interval]
) -> pd.DataFrame:
    running = standing[standing["runs"].to_numpy()]
    offender = running["offender"].to_numpy()
    last = newest_day(facts.tables[table], facts, "reviewed_on", on)[offender]
    registered = newest_day(facts.tables["offenders"], facts, "registered_on", on)[offender]
    counted_from = np.where(last < NEVER, last, registered).astype(np.int32)
    due = after_by_level(counted_from, running["risk"].to_numpy(), intervals)
    return running.assign(last_on=last, due_on=due)[due < on]


def of_arms(rows: pd.DataFrame, policy: AssessmentPolicy) -> pd.DataFrame:
    """The assessments made with one of policy's ARMS tools, however it is spelt."""
    wanted = {tool.casefold() for tool in policy.arms_tools}
    arms = [tool for tool in rows["tool"].unique() if str(tool).strip().casefold() in wanted]
    made_so: pd.DataFrame = rows[rows["tool"].isin(arms).to_numpy()]
    return made_so


def _newest_arms(facts: Facts, on: int, policy: AssessmentPolicy) -> Days:
    return newest_day(of_arms(facts.tables["risk_assessments"], policy), facts, "assessed_on", on)


def _first_visit_due(timeline: Timeline) -> Days:
    rows = timeline.obligations
    first = rows[(rows["obligation"] == 0).to_numpy()].drop_duplicates("offender", keep="first")
    due = np.full(int(timeline.segments["offender"].max() if len(timeline.segments) else -1) + 1, NEVER, dtype=np.int32)
    due[first["offender"].to_numpy()] = first["due"].to_numpy()
    return due


def _first_seen_from(timeline: Timeline) -> tuple[Days, Days]:
    """From which day on each offender (by code) has been seen, and the first day seen: `first_seen` of every day."""
    rows = timeline.segments
    seen = rows[(rows["last_completed"] < NEVER).to_numpy()].drop_duplicates("offender", keep="first")
    number = int(rows["offender"].max() if len(rows) else -1) + 1
    since, first = np.full((2, number), NEVER, dtype=np.int32)
    since[seen["offender"].to_numpy()] = seen["start"].to_numpy()
    first[seen["offender"].to_numpy()] = seen["last_completed"].to_numpy()
    return since, first


def _newest_by_day(frame: pd.DataFrame, facts: Facts, column: str, days: Days) -> Days:
    """`newest_day` of each of several days, which rise: a row a day."""
    dated, codes = day_numbers(frame[column]), frame["offender_ref"].cat.codes.to_numpy()
    at = np.searchsorted(days, dated)
    newest = np.full((len(days) + 1, len(facts.registers["offender"])), -NEVER, dtype=np.int32)
    np.maximum.at(newest, (at, codes), dated)
    newest = np.maximum.accumulate(newest[:-1], axis=0)
    return np.where(newest > -NEVER, newest, NEVER).astype(np.int32)


def _days_later(days: Days, number: int) -> Days:
    return np.where(days < NEVER, days + number, NEVER).astype(np.int32)
