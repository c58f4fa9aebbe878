"""The people and visits behind a figure of the trends: a list as long as the figure."""

from enum import StrEnum
from typing import Any, Final

import numpy as np
import pandas as pd

from offendermgmt.domain import attempts as attempt_rules
from offendermgmt.domain import visits as visit_rules
from offendermgmt.domain.periods import Periods
from offendermgmt.domain.segments import Flags
from offendermgmt.domain.vocabulary import ATTENDED, LeftBacklog, RiskLevel, VisitOutcome
from offendermgmt.services.labels import LEVELS, STATUSES, dates, refs, team_refs
from offendermgmt.services.question import Question
from offendermgmt.services.trends import NO_TEAM, UNALLOCATED, Split, visits_in_scope


class Measure(StrEnum):
    """A figure of a period, or of its last day, whose list can be opened; named as its column in the trends."""

    MANAGED = "managed"
    RUNNING = "running"
    NOT_OVERDUE = "not_overdue"
    OVERDUE = "overdue"
    HIGH_RISK_OVERDUE = "high_risk_overdue"
    OPENING = "opening"
    CLOSING = "closing"
    BECAME_OVERDUE = "became_overdue"
    TRANSFERRED_IN = "transferred_in"
    VISITED = "visited"
    INTERVAL_CHANGED = "interval_changed"
    SUSPENDED = "suspended"
    ENDED = "ended"
    TRANSFERRED_OUT = "transferred_out"
    DUE = "due"
    MET = "met"
    MISSED = "missed"
    ATTENDED = "attended"
    RECORDED = "recorded"
    COMPLETED = "completed"
    NO_REPLY = "no_reply"
    REFUSED = "refused"
    MOVED = "moved"
    CANCELLED = "cancelled"


OVERDUE: Final = frozenset({Measure.OVERDUE, Measure.HIGH_RISK_OVERDUE, Measure.OPENING, Measure.CLOSING})
STOCK: Final = OVERDUE | {Measure.MANAGED, Measure.RUNNING, Measure.NOT_OVERDUE}
ENTERED: Final = {
    Measure.BECAME_OVERDUE: visit_rules.BECAME,
    Measure.TRANSFERRED_IN: visit_rules.TRANSFERRED,
}
LEFT: Final = {
    **{Measure(cause): position for position, cause in enumerate(LeftBacklog)},
    Measure.TRANSFERRED_OUT: visit_rules.TRANSFERRED,
}
HIGH_RISK: Final = tuple(tuple(RiskLevel).index(level) for level in (RiskLevel.VERY_HIGH, RiskLevel.HIGH))
OBLIGATIONS: Final = frozenset({Measure.DUE, Measure.MET, Measure.MISSED})
VISITS: Final = frozenset({Measure.ATTENDED, Measure.RECORDED, *(Measure(outcome) for outcome in VisitOutcome)})


def trend_cases(
    question: Question, measure: Measure, period: Periods, group: tuple[Split, str] | None = None
) -> pd.DataFrame:
    """The list behind a measure in one period of the question's range, in order of day and reference.

    Columns offender_ref, on (the day it counts on), risk_level and officer_ref and team_ref of that day (empty =
    unallocated). Of clocks also due_on and days_overdue (missing where not overdue); of the managed their status, and
    due_on where the clock runs; of a backlog's flow these as they stood on the last day overdue or the first; of
    obligations met; of visits visit_ref, outcome, recorded_on, delay_days. The opening is of the day before the
    period. A `group` of the backlog's trend narrows it.
    NotPermitted for who sees counts only.
    """
    question.viewer.require_lists()
    if measure is Measure.OPENING:
        period = Periods(period.first - 1, period.first - 1)
    if measure in STOCK:
        rows = _clocks(question, measure, int(period.last[-1]))
    elif measure in OBLIGATIONS:
        rows = _obligations(question, measure)
    elif measure in VISITS:
        rows = _visits(question, measure)
    else:
        rows = _spells(question, measure)
    named = _named(question, rows[period.of(rows["day"].to_numpy()) >= 0])
    return named if group is None else named[_of_group(question, named, *group)].reset_index(drop=True)


def _of_group(question: Question, rows: pd.DataFrame, split: Split, group: str) -> Flags:
    match split:
        case Split.WHOLE:
            chosen: Flags = np.ones(len(rows), dtype=bool)
        case Split.RISK:
            chosen = (rows["risk_level"] == group).to_numpy()
        case Split.BAND:
            late = rows["days_overdue"].fillna(0)
            band = visit_rules.band_of(late, question.policy.band_ends)
            chosen = (late > 0).to_numpy() & (np.array(question.policy.bands, dtype=object)[band] == group)
        case Split.TEAM:
            without = {UNALLOCATED: rows["officer_ref"] == "", NO_TEAM: rows["officer_ref"] != ""}
            of_nobody = without.get(group)
            of_team = rows["team_ref"] == ("" if of_nobody is not None else group)
            chosen = (of_team if of_nobody is None else of_team & of_nobody).to_numpy()
    return chosen


def _clocks(question: Question, measure: Measure, on: int) -> pd.DataFrame:
    standing = visit_rules.standing(question.snapshot.timeline.segments, on)
    counted = question.offender_scope.holds(standing["officer"].to_numpy())
    if measure is Measure.MANAGED:
        return _managed(standing[counted & visit_rules.is_managed(standing)], on)
    counted &= standing["runs"].to_numpy()
    late = (standing["due"] < on).to_numpy()
    wanted = np.ones(len(standing), dtype=bool) if measure is Measure.RUNNING else late == (measure in OVERDUE)
    if measure is Measure.HIGH_RISK_OVERDUE:
        wanted &= standing["risk"].isin(HIGH_RISK).to_numpy()
    rows = standing[counted & wanted]
    due_on = dates(rows["due"].to_numpy()).to_numpy()
    clocks: pd.DataFrame = rows[["offender", "risk", "officer"]]
    return clocks.assign(day=on, due_on=due_on, days_overdue=_days_overdue(rows, on))


def _managed(standing: pd.DataFrame, on: int) -> pd.DataFrame:
    rows: pd.DataFrame = standing[["offender", "risk", "officer"]]
    return rows.assign(
        day=on,
        status=STATUSES[standing["status"].to_numpy()],
        due_on=dates(standing["due"].to_numpy()).to_numpy(),
        days_overdue=_days_overdue(standing, on),
    )


def _days_overdue(standing: pd.DataFrame, on: int) -> "pd.Series[Any]":
    """Days overdue on the day, missing for who is not: a clock that is stopped is never due."""
    late = on - standing["due"].astype("Int64")
    return late.where(late > 0)


def _spells(question: Question, measure: Measure) -> pd.DataFrame:
    windows = question.overdue_windows
    entering = measure in ENTERED
    chosen = windows["entered"] == ENTERED[measure] if entering else windows["left"] == LEFT[measure]
    rows = windows[chosen.to_numpy()]
    day = rows["first" if entering else "end"]
    late = (day if entering else day - 1) - rows["due"]
    columns = ["offender", "risk", "officer"]
    return rows[columns].assign(day=day, due_on=dates(rows["due"].to_numpy()).to_numpy(), days_overdue=late)


def _obligations(question: Question, measure: Measure) -> pd.DataFrame:
    snapshot = question.snapshot
    due = visit_rules.obligations_due(snapshot.timeline, question.on, question.last_known)
    offender, day = due["offender"].to_numpy(), due["due"].to_numpy()
    rows = pd.DataFrame(
        {
            "offender": offender,
            "risk": snapshot.risk_on(offender, day),
            "officer": snapshot.holder_on(offender, day),
            "day": day,
            "met": due["met"].to_numpy(),
        }
    )
    counted = question.offender_scope.holds(rows["officer"].to_numpy())
    wanted = rows["met"].to_numpy() == (measure is Measure.MET)
    listed: pd.DataFrame = rows[counted & (wanted | (measure is Measure.DUE))]
    return listed


def _visits(question: Question, measure: Measure) -> pd.DataFrame:
    wanted = ATTENDED if measure in {Measure.ATTENDED, Measure.RECORDED} else {VisitOutcome(measure)}
    visits = visits_in_scope(question)
    rows = visits[visits["outcome"].isin([attempt_rules.OUTCOMES.index(outcome) for outcome in wanted]).to_numpy()]
    named: pd.DataFrame = rows.rename(columns={"delay": "delay_days"}).assign(
        outcome=np.array([str(outcome) for outcome in attempt_rules.OUTCOMES], dtype=object)[rows["outcome"]],
        risk=question.snapshot.risk_on(rows["offender"].to_numpy(), rows["day"].to_numpy()),
        recorded_on=dates(rows["first_recorded"].to_numpy()).to_numpy(),
    )
    return named


def _named(question: Question, rows: pd.DataFrame) -> pd.DataFrame:
    snapshot, officer = question.snapshot, rows["officer"].to_numpy()
    more = [
        name
        for name in ("status", "due_on", "days_overdue", "met", "visit_ref", "outcome", "recorded_on", "delay_days")
        if name in rows.columns
    ]
    named = pd.DataFrame(
        {
            "offender_ref": refs(snapshot, "offender", rows["offender"].to_numpy()),
            "on": dates(rows["day"].to_numpy()),
            "risk_level": LEVELS[rows["risk"].to_numpy()],
            "officer_ref": refs(snapshot, "officer", officer),
            "team_ref": team_refs(snapshot, officer),
            **{name: rows[name].array for name in more},
        }
    )
    return named.sort_values(["on", "offender_ref"], kind="stable", ignore_index=True)
