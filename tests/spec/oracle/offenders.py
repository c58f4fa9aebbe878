"""One offender's life day by day: state, clock, obligations, overdue (S1 to S5, V1 to V6)."""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from offendermgmt.domain.policy import Policy
from offendermgmt.domain.vocabulary import RiskLevel
from tests.spec.oracle.known import Row, day, days, in_force, london_day, newest, of, risk

RUNS = {"community", "no_fixed_abode", "missing"}


@dataclass(frozen=True)
class Length:
    """An interval between visits."""

    months: int
    days: int

    def after(self, start: date) -> date:
        """The day this long after `start`; the month's last day where there is no such day (S4)."""
        month = start.year * 12 + start.month - 1 + self.months
        year, month = month // 12, month % 12 + 1
        return date(year, month, min(start.day, monthrange(year, month)[1])) + timedelta(days=self.days)


@dataclass
class Obligation:
    """One visit owed."""

    due: date
    opened_by_visit_on: date | None
    met_on: date | None = None
    withdrawn_on: date | None = None
    paused_on: date | None = None


@dataclass(frozen=True)
class Day:
    """How an offender stands at the end of a day."""

    status: str
    risk: str
    officer: str
    due: date | None
    overdue: bool
    days_overdue: int
    visited: bool
    last_completed: date | None


@dataclass(frozen=True)
class Life:
    """An offender from registration to the last day asked for."""

    ref: str
    days: Mapping[date, Day]
    obligations: list[Obligation]


def policy_on(policies: list[Policy], on: date) -> Policy:
    """The version in force; the first also before its day."""
    return [policy for policy in policies if policy.from_on <= on or policy is policies[0]][-1]


def live(facts: Mapping[str, list[Row]], offender: Row, policies: list[Policy], last: date) -> Life:
    """The life of one offender to the end of `last`."""
    ref = offender["offender_ref"]
    statuses = of(facts["offender_statuses"], "offender_ref", ref)
    assessments = of(facts["risk_assessments"], "offender_ref", ref)
    allocations = of(facts["allocations"], "offender_ref", ref)
    intervals = of(facts["visit_intervals"], "offender_ref", ref)
    visits = of(facts["visits"], "offender_ref", ref)
    completed = {london_day(row["visited_at"]) for row in visits if row["outcome"] == "completed"}

    def length(on: date) -> Length:
        own = in_force(intervals, on)
        if own:
            return Length(0, int(own["interval_days"]))
        default = policy_on(policies, on).visit_intervals[RiskLevel(risk(assessments, on))]
        return Length(default.months, default.days)

    record: dict[date, Day] = {}
    obligations: list[Obligation] = []
    open_one: Obligation | None = None
    stopped_from: date | None = None
    ran_yesterday: Length | None = None
    last_completed: date | None = None
    for today in days(day(offender["registered_on"]), last):
        status_row = newest(statuses, "from_on", today)
        status = status_row["status"] if status_row else "community"
        visited = False
        if status not in RUNS:
            stopped_from = stopped_from or today
            if open_one:
                open_one.paused_on = stopped_from
                if status != "abroad":  # V5
                    open_one.withdrawn_on = stopped_from
                    open_one = None
            ran_yesterday = None
        else:
            now = length(today)
            if open_one is None:  # V1
                open_one = Obligation(today + timedelta(days=policy_on(policies, today).initial_visit_days), None)
                obligations.append(open_one)
            elif stopped_from:  # V4
                open_one.due = moved(open_one, now, stopped_from, today)
                open_one.paused_on = None
            elif ran_yesterday != now and open_one.opened_by_visit_on:  # V3
                open_one.due = moved(open_one, now, today, today)
            if today in completed:  # V2
                visited, last_completed = True, today
                open_one.met_on = today
                open_one = Obligation(now.after(today), today)
                obligations.append(open_one)
            stopped_from, ran_yesterday = None, now
        overdue = status in RUNS and open_one is not None and open_one.due < today  # V6
        holder = in_force(allocations, today)
        record[today] = Day(
            status=status,
            risk=risk(assessments, today),
            officer=holder["officer_ref"] if holder else "",
            due=open_one.due if open_one else None,
            overdue=overdue,
            days_overdue=(today - open_one.due).days if overdue and open_one else 0,
            visited=visited,
            last_completed=last_completed,
        )
    return Life(ref, record, obligations)


def moved(obligation: Obligation, now: Length, first_stopped: date, change: date) -> date:
    """V3 and V4: max(last visit + interval, due if due < P else C)."""
    base = now.after(obligation.opened_by_visit_on) if obligation.opened_by_visit_on else obligation.due
    return max(base, obligation.due if obligation.due < first_stopped else change)
