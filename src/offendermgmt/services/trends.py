"""Figures over time: the backlog and its flow, compliance, attempts and recording, period by period.

As they are counted: `trends_small` says which of them a viewer outside the units may have.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Final

import numpy as np
import pandas as pd

from offendermgmt.domain import attempts as attempt_rules
from offendermgmt.domain import visits as visit_rules
from offendermgmt.domain.daily import Counts
from offendermgmt.domain.days import LONDON, Days, day_number, to_date
from offendermgmt.domain.periods import Every, Periods
from offendermgmt.domain.segments import Codes, Flags
from offendermgmt.domain.vocabulary import RiskLevel
from offendermgmt.services import reports
from offendermgmt.services.labels import dates
from offendermgmt.services.question import Question

UNALLOCATED: Final = "unallocated"
NO_TEAM: Final = "no-team"
WHOLE: Final = "whole"
CAUSES_IN: Final = ("became_overdue", "transferred_in")
CAUSES_OUT: Final = ("visited", "interval_changed", "suspended", "ended", "transferred_out")


class Split(StrEnum):
    """By what a backlog is shown apart."""

    WHOLE = "whole"
    RISK = "risk"
    BAND = "band"
    TEAM = "team"


@dataclass(frozen=True)
class _Groups:
    """Names of the groups, and the group of each segment and of each window."""

    names: tuple[str, ...]
    of_segment: Codes
    windows: pd.DataFrame


@dataclass(frozen=True)
class TrendTables:
    """The tables of the page of trends: `backlog` whole, and `over_range` the flow of the whole range in one row."""

    backlog: pd.DataFrame
    flow: pd.DataFrame
    over_range: pd.DataFrame
    compliance: pd.DataFrame
    attempts: pd.DataFrame
    recording: pd.DataFrame


def trend_tables(question: Question) -> TrendTables:
    """Every figure over time that is not by group, as counted."""
    backlog = backlog_trend(question)
    return TrendTables(
        backlog=backlog,
        flow=reports.backlog_flow(question),
        over_range=flow_over_the_range(question),
        compliance=compliance_trend(question, backlog),
        attempts=attempts_trend(question),
        recording=recording_trend(question),
    )


def backlog_trend(question: Question, split: Split = Split.WHOLE, on_days: Days | None = None) -> pd.DataFrame:
    """The backlog at the end of each period (B3), whole or by group: a row a period end and group.

    Columns on, group (a risk level, a band of the policy on the last day, a team_ref, UNALLOCATED, NO_TEAM or WHOLE),
    overdue, days_overdue_total, longest_days_overdue, running (clocks), managed (S1, S2), not_overdue (clocks), stopped
    (managed without a clock), share (overdue of running), share_of_managed (overdue of managed). For a band running,
    managed and what is made of them are everybody's. Teams that managed nobody in the whole range are left out.
    With `on_days`, on those days (none after the question's) in place of the periods' ends.
    """
    groups, periods = _groups(question, split), question.range
    if on_days is None:
        ends, counts = periods.last, _counted(question, groups, split, periods.first[0], periods.last)
    else:
        each = [_counted(question, groups, split, day, np.array([day], dtype=np.int32)) for day in on_days]
        ends, counts = on_days, np.concatenate(each, axis=1)
    rows = _rows(groups.names, ends, counts)
    return rows[_ever_managed(rows)].reset_index(drop=True) if split is Split.TEAM else rows


def by_group(rows: pd.DataFrame, measure: str) -> pd.DataFrame:
    """One measure of `backlog_trend`: a row a day, a column a group in their order; NaN where there is no value."""
    groups = rows["group"].unique()
    values = rows[measure].to_numpy(dtype=float, na_value=np.nan).reshape(-1, len(groups))
    return pd.DataFrame(values, index=rows["on"].unique(), columns=groups)


def _rows(names: Sequence[str], ends: Days, counts: Counts) -> pd.DataFrame:
    overdue, days_overdue_total, longest, running, managed = counts.reshape(len(counts), -1)
    rows = pd.DataFrame(
        {
            "on": dates(np.repeat(ends, len(names))),
            "group": np.tile(np.array(names, dtype=object), len(ends)),
            "overdue": overdue,
            "days_overdue_total": days_overdue_total,
            "longest_days_overdue": longest,
            "running": running,
            "managed": managed,
            "not_overdue": running - overdue,
            "stopped": managed - running,
        }
    )
    rows["share"] = reports.share(rows["overdue"], rows["running"])
    rows["share_of_managed"] = reports.share(rows["overdue"], rows["managed"])
    return rows


def _counted(question: Question, groups: _Groups, split: Split, first: int, ends: Days) -> Counts:
    """At the end of each day in `ends`, by group: overdue, days overdue in total, longest, running, managed."""
    number, last = len(groups.names), int(ends[-1])
    trend = visit_rules.trend(groups.windows, int(first), last, "group", number)
    counted = (question.snapshot.timeline.segments, int(first), last, groups.of_segment)
    # Who is not overdue is in no band, so that a band's clocks and people are everybody's.
    within = 1 if split is Split.BAND else number
    people = (count(*counted, within) for count in (visit_rules.running, visit_rules.managed))
    each = (trend.overdue, trend.days_overdue_total, trend.longest, *people)
    return np.stack([np.broadcast_to(one[ends - first], (len(ends), number)) for one in each])


def _ever_managed(rows: pd.DataFrame) -> Flags:
    managed: Flags = (rows.groupby("group")["managed"].transform("max") > 0).to_numpy()
    return managed


def _groups(question: Question, split: Split) -> _Groups:
    segments, counted = question.snapshot.timeline.segments, question.counted_segments()
    windows = question.overdue_windows
    everyone = np.zeros(len(segments), dtype=np.int32)
    match split:
        case Split.WHOLE:
            names: tuple[str, ...] = (WHOLE,)
            of_segment, windows = everyone, windows.assign(group=0)
        case Split.RISK:
            names = tuple(str(level) for level in RiskLevel)
            of_segment, windows = segments["risk"].to_numpy(), windows.assign(group=windows["risk"])
        case Split.BAND:
            names = question.policy.bands
            of_segment = everyone
            windows = visit_rules.by_band(windows, question.policy.band_ends).rename(columns={"band": "group"})
        case Split.TEAM:
            names = (*map(str, question.snapshot.facts.registers["team"]), UNALLOCATED, NO_TEAM)
            team = _team_groups(question)
            of_segment = team[segments["officer"].to_numpy()]
            windows = windows.assign(group=team[windows["officer"].to_numpy()])
    return _Groups(names, of_segment if counted is None else np.where(counted, of_segment, -1), windows)


def _team_groups(question: Question) -> Codes:
    """The group of each holder's team by officer code; the last is the unallocated's, for code -1."""
    team = question.snapshot.team_of_officer
    unallocated = len(question.snapshot.facts.registers["team"])
    return np.append(np.where(team < 0, unallocated + 1, team), unallocated).astype(np.int32)


def flow_over_the_range(question: Question) -> pd.DataFrame:
    """The flow of the question's whole range as one period: the report's columns (B2), one row."""
    first = to_date(int(question.range.first[0]))
    return reports.backlog_flow(replace(question, periods=Periods.whole(first, question.as_of)))


def compliance_trend(question: Question, backlog: pd.DataFrame) -> pd.DataFrame:
    """Compliance in each period, as stock at its end (by the whole `backlog_trend`) and as flow over it.

    Columns period_start, period_end, running, not_overdue, overdue, stock (share not overdue), due, met, missed, rate.
    """
    flow = reports.compliance(question)
    return flow.assign(
        running=backlog["running"],
        overdue=backlog["overdue"],
        not_overdue=backlog["not_overdue"],
        stock=reports.share(backlog["not_overdue"], backlog["running"]),
        missed=flow["due"] - flow["met"],
    )


def attempts_trend(question: Question) -> pd.DataFrame:
    """Visits in each period by outcome: period_start, period_end, attended, one column an outcome, per_completed."""
    counts = attempt_rules.attempts(visits_in_scope(question), question.range)
    rows = reports.with_periods(question.range, counts)
    return rows.assign(per_completed=reports.share(rows["attended"], rows["completed"]))


def months_of(question: Question) -> Periods:
    """The calendar months of the question's range."""
    return Periods.between(to_date(int(question.range.first[0])), question.as_of, Every.MONTH)


def recording_trend(question: Question) -> pd.DataFrame:
    """Days from attended visit to its first recording, by calendar month of the visit, over the question's range.

    Columns period_start, period_end, visits, median_days, nine_in_ten_days (missing without visits), incomplete: the
    month was not over on the last day whose recordings are known, so that late ones are not in yet.
    """
    months = months_of(question)
    visits = visits_in_scope(question)
    attended = visits[(visits["outcome"] != attempt_rules.CANCELLED).to_numpy()]
    rows = reports.with_periods(months, attempt_rules.delay_in(attended, months))
    rows["incomplete"] = months.last >= day_number(_recordings_known_on(question).replace(day=1))
    return rows


def visits_in_scope(question: Question) -> pd.DataFrame:
    """Every visit (`Snapshot.visits_made`) to an offender whose holder on the day counts."""
    visits = question.snapshot.visits_made
    if question.offender_scope.everything:
        return visits
    return visits[question.offender_scope.holds(visits["officer"].to_numpy())]


def _recordings_known_on(question: Question) -> date:
    known_at = question.snapshot.known_at
    return question.today if known_at is None else min(question.today, known_at.astimezone(LONDON).date())
