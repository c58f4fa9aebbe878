"""The timeline of offenders: segments in which state, risk, holder, last visit and due date do not change.

`build` turns facts into the timeline at once (rules D2, S1 to S5, V1 to V5); everything else about visits is a small
function over it. Days are int32 day numbers (`days`), codes are positions in the registers or vocabularies.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from offendermgmt.domain.days import NEVER, Days, add_interval, day_numbers
from offendermgmt.domain.facts import Facts
from offendermgmt.domain.moving import moved_due
from offendermgmt.domain.policy import Policies
from offendermgmt.domain.reading import dated_facts, first_days, newest_value, not_ended, on_days, respliced
from offendermgmt.domain.segments import Codes, Dated, Flags, Rows, Segments, carried, cut
from offendermgmt.domain.vocabulary import CLOCK_RUNS, DueRule, OffenderStatus, RiskLevel, VisitOutcome

RULES: Final = tuple(DueRule)
_STATUSES = tuple(OffenderStatus)
COMMUNITY, ABROAD, ENDED = (
    _STATUSES.index(status) for status in (OffenderStatus.COMMUNITY, OffenderStatus.ABROAD, OffenderStatus.ENDED)
)
UNASSESSED = tuple(RiskLevel).index(RiskLevel.UNASSESSED)
_RUNS: Flags = np.array([status in CLOCK_RUNS for status in OffenderStatus])
_REGISTERED, _RESTARTED, _VISITED, _CHANGED, _RETURNED = range(len(RULES))


@dataclass(frozen=True)
class Timeline:
    """Segments and obligations of every managed offender.

    segments: offender, start, end (first day after), status, runs, stopped (first day of the stop, NEVER = runs),
    risk, interval_months, interval_days, own_interval, officer (-1 = unallocated), last_completed (newest visit that
    satisfied an obligation, NEVER = none), due (NEVER = clock stopped), rule (in `RULES`, -1 = none); sorted by
    offender and start.
    obligations: a row for each due date an obligation had: offender, obligation (number, of the offender's own from 0),
    opened, set_on, due, closed (day of the visit that met it, or first day of the stop after which another started;
    NEVER = none has followed), met (closed by a visit); sorted by offender, obligation and set_on.
    """

    segments: pd.DataFrame
    obligations: pd.DataFrame

    def replaced(self, offenders: Codes, by: "Timeline") -> "Timeline":
        """The timeline with everything about `offenders` taken from another one, of them alone."""
        return Timeline(
            respliced(self.segments, by.segments, "offender", offenders),
            respliced(self.obligations, by.obligations, "offender", offenders),
        )


def build(facts: Facts, policies: Policies) -> Timeline:
    """The timeline of all offenders in `facts`."""
    first_day = first_days(facts.tables["offenders"], "offender_ref", "registered_on")
    segments, read = _cut(facts, first_day, policies)
    state = _state(facts, segments, read, policies)
    return _clock(segments, state, policies)


@dataclass(frozen=True)
class _Read:
    statuses: tuple[Dated, Rows]
    assessments: tuple[Dated, Rows]
    plans: tuple[Dated, Rows]
    allocations: tuple[Dated, Rows]
    visits: tuple[Dated, Rows]


def _cut(facts: Facts, first_day: Days, policies: Policies) -> tuple[Segments, _Read]:
    def dated(table: str, day: str, *prevailing: str, where: Flags | None = None) -> tuple[Dated, Rows]:
        return dated_facts(facts.tables[table], "offender_ref", day, first_day, *prevailing, where=where)

    visits = facts.tables["visits"]
    registered = np.append(first_day, NEVER)[visits["offender_ref"].cat.codes.to_numpy()]
    completed = (visits["outcome"] == VisitOutcome.COMPLETED).to_numpy() & (
        day_numbers(visits["visited_on"]) >= registered
    )
    read = _Read(
        statuses=dated("offender_statuses", "from_on", "from_on"),
        assessments=dated("risk_assessments", "assessed_on", "assessed_on", "recorded_at", "risk_level"),
        plans=dated("visit_intervals", "from_on", "from_on"),
        allocations=dated("allocations", "from_on", "from_on"),
        visits=dated("visits", "visited_on", where=completed),
    )
    ends = [dated("visit_intervals", "to_on")[0], dated("allocations", "to_on")[0]]
    everything = (read.statuses, read.assessments, read.plans, read.allocations, read.visits)
    return cut(first_day, *(fact for fact, _ in everything), *ends, *on_days(first_day, policies.change_days())), read


@dataclass(frozen=True)
class _State:
    status: Codes
    runs: Flags
    risk: Codes
    months: Codes
    days: Codes
    own: Flags
    officer: Codes
    visited: Flags
    last_completed: Days
    policy: Rows


def _state(facts: Facts, segments: Segments, read: _Read, policies: Policies) -> _State:
    def newest(source: tuple[Dated, Rows], table: str, column: str, missing: int) -> tuple[Codes, Rows]:
        return newest_value(segments, *source, facts.tables[table][column], missing)

    def in_force(table: str, row: Rows) -> Flags:
        return not_ended(segments, facts.tables[table]["to_on"], row)

    status, _ = newest(read.statuses, "offender_statuses", "status", COMMUNITY)
    risk, _ = newest(read.assessments, "risk_assessments", "risk_level", UNASSESSED)
    officer, allocation = newest(read.allocations, "allocations", "officer_ref", -1)
    plan_days, plan = newest(read.plans, "visit_intervals", "interval_days", 0)
    own = in_force("visit_intervals", plan)
    visited = segments.starting(read.visits[0]) & _RUNS[status]
    policy = policies.index(segments.start)
    default_months, default_days = policies.visit_interval()
    return _State(
        status=status,
        runs=_RUNS[status],
        risk=risk,
        months=np.where(own, 0, default_months[policy, risk]).astype(np.int32),
        days=np.where(own, plan_days, default_days[policy, risk]).astype(np.int32),
        own=own,
        officer=np.where(in_force("allocations", allocation), officer, -1).astype(np.int32),
        visited=visited,
        last_completed=segments.newest_day(Dated(segments.subject[visited], segments.start[visited])),
        policy=policy,
    )


@dataclass(frozen=True)
class _Clock:
    """Where the clock starts (V1), where it runs again after a stop only abroad (V4), and when the stop began.

    `stopped` is the first day of the stop a segment is in, or has just ended; NEVER without one.
    """

    starts: Flags
    returns: Flags
    stopped: Days

    @classmethod
    def of(cls, segments: Segments, state: _State) -> "_Clock":
        rows = np.arange(len(segments))
        previous_runs = np.append(False, state.runs[:-1]) & ~segments.opens_subject
        begins = state.runs & ~previous_runs
        last_ran = np.maximum.accumulate(np.where(state.runs, rows, -1))
        last_ran = np.append(-1, last_ran[:-1])[: len(rows)]
        ran_before = (last_ran >= 0) & (segments.subject[last_ran] == segments.subject)
        ended_it = np.cumsum(~state.runs & (state.status != ABROAD))
        only_abroad = ran_before & (ended_it == ended_it[last_ran])
        since = np.where(ran_before, segments.end[last_ran], segments.first_day)
        stopped = np.where(~state.runs | (begins & ran_before), since, NEVER).astype(np.int32)
        return cls(starts=begins & ~only_abroad, returns=begins & only_abroad, stopped=stopped)


def _clock(segments: Segments, state: _State, policies: Policies) -> Timeline:
    """Rules V1 to V5 over the segments.

    A segment that starts with a visit takes two steps, what changed that day and then the visit, so that an
    obligation is closed with the due date it had come to have by the day of the visit.
    """
    clock = _Clock.of(segments, state)
    at = np.repeat(np.arange(len(segments)), 1 + state.visited)
    visit = np.append(False, at[1:] == at[:-1])[: len(at)]
    day = segments.start[at]
    opens = visit | clock.starts[at]
    opening = np.flatnonzero(opens)
    obligation = np.cumsum(opens) - 1

    first_due = np.where(
        visit,
        add_interval(day, state.months[at], state.days[at]),
        day + policies.initial_days()[state.policy[at]],
    ).astype(np.int32)
    rule = np.where(visit, _VISITED, np.where(segments.opens_subject[at], _REGISTERED, _RESTARTED)).astype(np.int8)

    changed = (clock.returns | _interval_changed(segments, state))[at] & ~visit
    changes = np.flatnonzero(changed)
    opened_at = opening[obligation[changes]]
    row = at[changes]
    base = np.where(
        visit[opened_at], add_interval(day[opened_at], state.months[row], state.days[row]), first_due[opened_at]
    ).astype(np.int32)
    stopped = np.where(clock.returns[row], clock.stopped[row], day[changes]).astype(np.int32)
    after, moved = moved_due(first_due[opening], obligation[changes], base, stopped, day[changes])

    due, given = first_due, opens.copy()
    due[changes], given[changes] = after, True
    rule[changes] = np.where(clock.returns[row], _RETURNED, _CHANGED)
    ruled = opens.copy()
    ruled[changes[moved]] = True
    due, rule = carried(due, given), carried(rule, ruled)

    offender = segments.subject[at[opening]]
    closed, met = _closings(offender, clock.stopped[at[opening]], day[opening], visit[opening])
    rows = np.flatnonzero(given)
    of = obligation[rows]
    obligations = pd.DataFrame(
        {
            "offender": offender[of],
            "obligation": _numbered(offender)[of],
            "opened": day[opening][of],
            "set_on": day[rows],
            "due": due[rows],
            "closed": closed[of],
            "met": met[of],
        }
    )
    last = np.append(at[1:] != at[:-1], True)[: len(at)]
    return Timeline(_segments_frame(segments, state, clock.stopped, due[last], rule[last]), obligations)


def _numbered(offender: Codes) -> Codes:
    """The number of each row among its offender's own, from 0."""
    return (np.arange(len(offender)) - np.searchsorted(offender, offender)).astype(np.int32)


def _interval_changed(segments: Segments, state: _State) -> Flags:
    differs = np.zeros(len(segments), dtype=bool)
    differs[1:] = (state.months[1:] != state.months[:-1]) | (state.days[1:] != state.days[:-1])
    differs[1:] &= state.runs[1:] & state.runs[:-1]
    return differs & ~segments.opens_subject


def _closings(offender: Codes, stopped: Days, opened: Days, by_visit: Flags) -> tuple[Days, Flags]:
    """When each obligation was closed by the one that follows it, and whether that was by a visit."""
    closed = np.full(len(offender), NEVER, dtype=np.int32)
    met = np.zeros(len(offender), dtype=bool)
    followed = offender[1:] == offender[:-1]
    met[:-1] = followed & by_visit[1:]
    closed[:-1] = np.where(followed, np.where(by_visit[1:], opened[1:], stopped[1:]), NEVER)
    return closed, met


def _segments_frame(segments: Segments, state: _State, stopped: Days, due: Days, rule: Codes) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "offender": segments.subject,
            "start": segments.start,
            "end": segments.end,
            "status": state.status.astype(np.int8),
            "runs": state.runs,
            "stopped": np.where(state.runs, NEVER, stopped).astype(np.int32),
            "risk": state.risk.astype(np.int8),
            "interval_months": state.months.astype(np.int16),
            "interval_days": state.days.astype(np.int16),
            "own_interval": state.own,
            "officer": state.officer,
            "last_completed": state.last_completed,
            "due": np.where(state.runs, due, NEVER).astype(np.int32),
            "rule": np.where(state.runs, rule, -1).astype(np.int8),
        }
    )
