"""What the figures of POLIT's flow count, a row each: the same rows are counted by period and listed."""

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from offendermgmt.domain import polit as polit_rules
from offendermgmt.domain import polit_flow as rules
from offendermgmt.domain.days import NEVER, Days
from offendermgmt.domain.polit_clocks import clocks
from offendermgmt.domain.reading import first_days
from offendermgmt.domain.segments import Codes, Segments
from offendermgmt.domain.visits import standing
from offendermgmt.domain.vocabulary import CaseClock, ClockState, EnforcementKind
from offendermgmt.services.labels import LEVELS, STAGES
from offendermgmt.services.question import Question


class Measure(StrEnum):
    """A figure of a period, or of its last day, whose list can be opened."""

    OPENING = "opening"
    RECEIVED = "received"
    RETURNED = "returned"
    TRANSFERRED_IN = "transferred_in"
    PROGRESSED = "progressed"
    CLOSED_FROM_BACKLOG = "closed_from_backlog"
    TRANSFERRED_OUT = "transferred_out"
    CLOSING = "closing"
    REFERRALS = "referrals"
    SAME_DAY = "same_day"
    LEFT = "left"
    RUNNING = "running"
    ACTED = "acted"
    IN_TIME = "in_time"
    LATE = "late"
    CLOCK_STARTED = "clock_started"
    CLOCK_STOPPED = "clock_stopped"
    CLOCK_RUNNING = "clock_running"
    CLOCK_CLOSED = "clock_closed"
    CLOSED = "closed"
    ARREST = "arrest"
    VOLUNTARY_INTERVIEW = "voluntary_interview"
    WARRANT = "warrant"
    IDENTIFIED = "identified"
    SAFEGUARDED = "safeguarded"


IN: Final = (Measure.RECEIVED, Measure.RETURNED, Measure.TRANSFERRED_IN)
OUT: Final = (Measure.PROGRESSED, Measure.CLOSED_FROM_BACKLOG, Measure.TRANSFERRED_OUT)
STOCK: Final = frozenset({Measure.OPENING, Measure.CLOSING})
CLOCK_STATES: Final = {
    Measure.CLOCK_STARTED: None,
    Measure.CLOCK_STOPPED: ClockState.STOPPED,
    Measure.CLOCK_RUNNING: ClockState.RUNNING,
    Measure.CLOCK_CLOSED: ClockState.CLOSED,
}
CHILDREN: Final = {Measure.IDENTIFIED: rules.identified, Measure.SAFEGUARDED: rules.safeguarded}
ENFORCED: Final = {Measure(str(kind)): code for code, kind in enumerate(EnforcementKind)}
CLOCK: Final = np.array([str(clock) for clock in CaseClock], dtype=object)
STATE: Final = np.array([str(state) for state in ClockState], dtype=object)


def events(question: Question, measure: Measure) -> pd.DataFrame:
    """The rows that a measure other than a stock counts, of the whole past up to the question's day.

    Columns case (code), day (number; what a period counts it by), officer (code of whose figures it counts in, -1 =
    unallocated) and, categorical, group (a source or outcome as recorded, "" = not recorded; a stage, risk level or
    clock; missing where there are no groups). Also `days` of stays, cases acted on, closings and clocks, of these also
    `taken` (NEVER where it has not stopped) and `state`; `act_by` of cases acted on; `row` in the table of enforcements
    and children. In no order. What the question's scope does not hold is left out.
    """
    if measure in {*IN, *OUT}:
        rows = _moved(question, measure)
    elif measure in CLOCK_STATES:
        rows = _clocks(question, measure)
    elif measure in {*ENFORCED, *CHILDREN}:
        rows = _done(question, measure)
    else:
        rows = _OF_CASES[measure](question)
    if measure not in {*IN, *OUT}:  # whose transfers are of two holders: counted by both
        rows = rows[question.case_scope.holds(rows["officer"].to_numpy())]
    known: pd.DataFrame = rows[(rows["day"] <= question.on).to_numpy()]
    return known.reset_index(drop=True)


def stock(question: Question, on: int) -> pd.DataFrame:
    """The cases in the backlog at the end of a day: case, day, officer (P1)."""
    now = standing(question.snapshot.cases.segments, on)
    counted = polit_rules.IN_BACKLOG[now["stage"].to_numpy()] & question.case_scope.holds(now["officer"].to_numpy())
    held: pd.DataFrame = now[counted][["case", "officer"]]
    return held.assign(day=on).reset_index(drop=True)


def on_day(question: Question, column: str, case: Codes, day: Codes) -> npt.NDArray[Any]:
    """A column of the case timeline for each case on a day, not before it was received."""
    frame = question.snapshot.cases.segments
    segments = Segments(frame["case"].to_numpy(), frame["start"].to_numpy())
    known = np.maximum(day, received_on(question)[case]).astype(np.int32)
    found: npt.NDArray[Any] = frame[column].to_numpy()[segments.covering(case, known)]
    return found


def received_on(question: Question) -> Days:
    """The day each case was received, by code."""
    return first_days(question.snapshot.facts.tables["polit_cases"], "case_ref", "received_on")


def _moved(question: Question, measure: Measure) -> pd.DataFrame:
    segments = question.snapshot.cases.segments
    at = np.flatnonzero(polit_rules.movements(segments, question.counted_case_segments())[measure])
    held = at - 1 if measure in OUT else at
    return pd.DataFrame(
        {
            "case": segments["case"].to_numpy()[at],
            "day": segments["start"].to_numpy()[at],
            "officer": segments["officer"].to_numpy()[held],
        }
    )


def _referrals(question: Question) -> pd.DataFrame:
    cases = question.snapshot.facts.tables["polit_cases"]
    source = rules.as_groups(cases["source"])
    code = np.full(len(question.snapshot.facts.registers["case"]), -1, dtype=np.int32)
    code[cases["case_ref"].cat.codes.to_numpy()] = source.codes
    rows = rules.receipts(question.snapshot.cases.segments)
    return rows.assign(group=pd.Categorical.from_codes(code[rows["case"].to_numpy()], dtype=source.dtype))


def _left(question: Question) -> pd.DataFrame:
    rows = rules.stays(question.snapshot.cases.segments)
    rows = rows[(rows["end"] < NEVER).to_numpy()]
    days = (rows["end"] - rows["start"]).to_numpy()
    return rows.assign(day=rows["end"].to_numpy(), days=days, group=_named(STAGES, rows["stage"]))


def _running(question: Question) -> pd.DataFrame:
    rows = rules.running(question.snapshot.cases.segments, question.on)
    return rows.assign(day=question.on, group=_named(STAGES, rows["stage"]))


def _acted(question: Question) -> pd.DataFrame:
    rows = polit_rules.first_live(question.snapshot.cases.segments)
    days = (rows["start"] - rows["received"]).to_numpy()
    return rows.assign(day=rows["start"].to_numpy(), days=days, group=_named(LEVELS, rows["risk"]))


def _clocks(question: Question, measure: Measure) -> pd.DataFrame:
    segments = question.snapshot.cases.segments
    rows = clocks(question.snapshot.facts, segments, question.on)
    state = CLOCK_STATES[measure]
    if state is not None:
        rows = rows[(rows["state"] == list(STATE).index(state)).to_numpy()]
    stopped, closed = rows["stopped"].to_numpy(), rows["closed"].to_numpy()
    # A holder is often let go on the day of closing.
    concerned = np.minimum(np.minimum(stopped, np.where(closed < NEVER, closed - 1, NEVER)), question.on)
    case, has_stopped = rows["case"].to_numpy(), stopped < NEVER
    return pd.DataFrame(
        {
            "case": case,
            "day": rows["started"].to_numpy(),
            "officer": on_day(question, "officer", case, concerned.astype(np.int32)),
            "group": _named(CLOCK, rows["clock"]),
            "days": rows["days"].to_numpy(),
            "taken": np.where(has_stopped, rows["days"].to_numpy(), NEVER).astype(np.int32),
            "state": _named(STATE, rows["state"]),
        }
    )


def _closed(question: Question) -> pd.DataFrame:
    rows = rules.closings(question.snapshot.cases.segments, question.snapshot.facts)
    days = rows["day"].to_numpy() - received_on(question)[rows["case"].to_numpy()]
    return rows.rename(columns={"outcome": "group"}).assign(days=days)


def _done(question: Question, measure: Measure) -> pd.DataFrame:
    if measure in CHILDREN:
        rows = CHILDREN[measure](question.snapshot.facts)
    else:
        rows = rules.enforcements(question.snapshot.facts)
        rows = rows[(rows["kind"] == ENFORCED[measure]).to_numpy()]
    officer = on_day(question, "officer", rows["case"].to_numpy(), rows["day"].to_numpy())
    return rows.assign(officer=officer)


def _named(names: npt.NDArray[np.object_], codes: "pd.Series[Any]") -> "pd.Categorical[Any]":
    return pd.Categorical.from_codes(codes.to_numpy(dtype=np.int8), categories=pd.Index(list(names), dtype="str"))


def _only(rows: pd.DataFrame, flag: str, *, holds: bool = True) -> pd.DataFrame:
    chosen: pd.DataFrame = rows[rows[flag].to_numpy() == holds]
    return chosen


_OF_CASES: Final[Mapping[Measure, Callable[[Question], pd.DataFrame]]] = {
    Measure.REFERRALS: _referrals,
    Measure.SAME_DAY: lambda question: _only(_referrals(question), "in_backlog", holds=False),
    Measure.LEFT: _left,
    Measure.RUNNING: _running,
    Measure.ACTED: _acted,
    Measure.IN_TIME: lambda question: _only(_acted(question), "in_time"),
    Measure.LATE: lambda question: _only(_acted(question), "in_time", holds=False),
    Measure.CLOSED: _closed,
}
