"""One POLIT case's record: where it stands, what is due and why, its clocks, and everything recorded."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
import pandas as pd

from offendermgmt.domain.days import NEVER, to_date
from offendermgmt.domain.polit_clocks import clocks
from offendermgmt.domain.vocabulary import CaseClock, ChildAccess, ClockState, RiskLevel, Stage
from offendermgmt.services.access import NotPermitted
from offendermgmt.services.case_due import Due, whats_due
from offendermgmt.services.desk import Desk
from offendermgmt.services.labels import STAGES, dates, refs, team_refs
from offendermgmt.services.question import Question
from offendermgmt.services.recorded import History, NotFound, every_recording, facts_by, recordings_that_stand
from offendermgmt.store.histories import case_history

# The day a fact of each table is dated by: as of D only facts dated D or earlier count (D2).
DATED_BY: Final = {
    "polit_cases": "received_on",
    "polit_stages": "from_on",
    "polit_assessments": "assessed_on",
    "polit_allocations": "from_on",
    "polit_activities": "on",
    "polit_children": "identified_on",
    "polit_enforcements": "on",
    "polit_examinations": "submitted_on",
    "polit_access": "from_on",
    "polit_information": "received_on",
}
# What a fact says of a later day has not happened while that day has not come.
_STILL_TO_COME: Final = ("to_on", "referred_on", "safeguarded_on", "result_on")


@dataclass(frozen=True)
class CaseStanding:
    """Where a case stands at the end of the day; `access` is None where nobody has recorded whether there is any.

    `age_days` is from receipt to the day, or to the day the case was closed.
    """

    stage: Stage
    stage_since: date
    risk: RiskLevel
    officer_ref: str
    team_ref: str
    received_on: date
    source: str
    age_days: int
    children: int
    children_awaiting: int
    children_unreferred: int
    access: ChildAccess | None
    access_since: date | None


@dataclass(frozen=True)
class CaseRecord:
    """What a viewer may see of one case as of a day.

    `due` is what is due, the most pressing first (Q16). `clocks` has a row a `CaseClock` (Q10 to Q12): clock, state
    (None = not begun), started, stopped, closed (missing where not), days. `stages` is the stage over time, in order:
    stage, from_on, to_on (the first day of the next, missing for the last), days. `act_by_on` is the limit that the
    case is worked to, or was when it first reached a live stage (P4); missing where it was closed before that. `facts`
    holds a frame a table, newest first, with the contract's columns. `recordings` lists every recording
    (`recorded.every_recording`).
    """

    case_ref: str
    standing: CaseStanding
    due: list[Due]
    clocks: pd.DataFrame
    stages: pd.DataFrame
    act_by_on: date | None
    facts: Mapping[str, pd.DataFrame]
    recordings: pd.DataFrame


def case_record(desk: Desk, question: Question, case_ref: str) -> CaseRecord:
    """The record as of the question's day and moment, for its viewer.

    Raises NotFound for a reference not in the store or not received by then, NotPermitted for one whom the viewer's
    scope does not hold on that day.
    """
    question.viewer.require_lists()
    segments = _own_segments(question, case_ref)
    now = segments.iloc[-1]
    if not question.case_scope.holds(np.array([now["officer"]]))[0]:
        raise NotPermitted(
            f"Case {case_ref} is not among your cases on {question.as_of:%d %B %Y}. "
            "Ask the holder's supervisor, or look as of a day when the case was yours."
        )
    history = case_history(desk.store, desk.force_ref, case_ref)
    stands = recordings_that_stand(question, DATED_BY, "case_ref", int(now["case"]))
    facts = _facts(history, stands, question)
    due = whats_due(question, segments, facts)
    return CaseRecord(
        case_ref=case_ref,
        standing=_standing(question, segments, facts),
        due=due.items,
        clocks=_clocks(question, segments),
        stages=_stages(question, segments),
        act_by_on=due.act_by_on,
        facts=facts,
        recordings=every_recording(history, stands, DATED_BY, "case_ref", question.snapshot.known_at),
    )


def _own_segments(question: Question, case_ref: str) -> pd.DataFrame:
    register = question.snapshot.facts.registers["case"]
    segments = question.snapshot.cases.segments
    if case_ref in register:
        codes = segments["case"].to_numpy()
        first, last = np.searchsorted(codes, register.get_loc(case_ref) + np.array([0, 1]))
        own = segments.iloc[first:last]
        own = own[(own["start"] <= question.on).to_numpy()]
        if len(own):
            return own
    raise NotFound(
        f"There is no case {case_ref} received by {question.as_of:%d %B %Y}. "
        "Check the reference, or choose a later day."
    )


def _facts(history: History, stands: Mapping[str, set[int]], question: Question) -> dict[str, pd.DataFrame]:
    return {
        name: _as_of(facts_by(rows, stands[name], DATED_BY[name], question), question.as_of)
        for name, rows in history.items()
    }


def _as_of(rows: pd.DataFrame, on: date) -> pd.DataFrame:
    for column in rows.columns.intersection(list(_STILL_TO_COME)):
        rows[column] = [day if day is not None and day <= on else None for day in rows[column]]
    return rows


def _standing(question: Question, segments: pd.DataFrame, facts: Mapping[str, pd.DataFrame]) -> CaseStanding:
    now, since = segments.iloc[-1], int(_stage_runs(segments)["start"].iloc[-1])
    stage, officer = tuple(Stage)[now["stage"]], np.array([now["officer"]])
    children, access, case = facts["polit_children"], facts["polit_access"], facts["polit_cases"].iloc[0]
    return CaseStanding(
        stage=stage,
        stage_since=to_date(since),
        risk=tuple(RiskLevel)[now["risk"]],
        officer_ref=str(refs(question.snapshot, "officer", officer)[0]),
        team_ref=str(team_refs(question.snapshot, officer)[0]),
        received_on=to_date(now["received"]),
        source=str(case["source"] or ""),
        age_days=int((since if stage is Stage.CLOSED else question.on) - now["received"]),
        children=len(children),
        children_awaiting=int(children["safeguarded_on"].isna().sum()) if len(children) else 0,
        children_unreferred=int(children["referred_on"].isna().sum()) if len(children) else 0,
        access=ChildAccess(access["access"].iloc[0]) if len(access) else None,
        access_since=access["from_on"].iloc[0] if len(access) else None,
    )


def _clocks(question: Question, segments: pd.DataFrame) -> pd.DataFrame:
    begun = clocks(question.snapshot.facts, segments, question.on)
    named = pd.DataFrame(
        {
            "clock": [tuple(CaseClock)[clock] for clock in begun["clock"]],
            "state": [tuple(ClockState)[state] for state in begun["state"]],
            "started": dates(begun["started"].to_numpy()),
            "stopped": dates(begun["stopped"].to_numpy()),
            "closed": dates(begun["closed"].to_numpy()),
            "days": begun["days"].astype("Int64"),
        }
    )
    return pd.DataFrame({"clock": list(CaseClock)}).merge(named, on="clock", how="left")


def _stages(question: Question, segments: pd.DataFrame) -> pd.DataFrame:
    runs = _stage_runs(segments)
    start = runs["start"].to_numpy()
    ends = np.append(start[1:], NEVER).astype(np.int32)
    return pd.DataFrame(
        {
            "stage": STAGES[runs["stage"]],
            "from_on": dates(start),
            "to_on": dates(ends),
            "days": np.minimum(ends, question.on) - start,
        }
    )


def _stage_runs(segments: pd.DataFrame) -> pd.DataFrame:
    """Runs of segments with one stage, in order: stage, start (day number)."""
    stage = segments["stage"].to_numpy()
    return segments.loc[np.append(True, stage[1:] != stage[:-1]), ["stage", "start"]]
