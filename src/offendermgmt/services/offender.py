"""One offender's record: where they stand, why the next visit is due when it is, and everything recorded."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import numpy as np
import pandas as pd

from offendermgmt.domain.days import NEVER, to_date
from offendermgmt.domain.vocabulary import OffenderStatus, RiskLevel
from offendermgmt.services.access import NotPermitted, Viewer
from offendermgmt.services.desk import Desk
from offendermgmt.services.explanations import Stretch, explain_due
from offendermgmt.services.labels import LEVELS, STATUSES, dates, refs, team_refs
from offendermgmt.services.question import Question
from offendermgmt.services.recorded import NotFound, Rows, every_recording, facts_by, recordings_that_stand
from offendermgmt.store.histories import history as offender_history

# The day a fact of each table is dated by: as of D only facts dated D or earlier count (D2).
DATED_BY: Final = {
    "offenders": "registered_on",
    "offender_statuses": "from_on",
    "risk_assessments": "assessed_on",
    "allocations": "from_on",
    "visit_intervals": "from_on",
    "supervisor_reviews": "reviewed_on",
    "plan_reviews": "reviewed_on",
    "orders": "from_on",
    "visits": "visited_on",
}
PERSONAL: Final = ["surname", "forenames", "date_of_birth"]


@dataclass(frozen=True)
class Standing:
    """Where an offender stands at the end of the day."""

    status: OffenderStatus
    status_since: date
    risk: RiskLevel
    interval: str
    officer_ref: str
    team_ref: str
    last_completed_on: date | None
    due_on: date | None
    days_overdue: int
    clock_runs: bool


@dataclass(frozen=True)
class OffenderRecord:
    """What a viewer may see of one offender as of a day.

    `person` is the newest recording of who they are (names and date of birth only for those who see names). `facts`
    holds a frame a table, newest first, with the contract's columns (names as in `person`). `stretches` is the timeline
    to draw: start, end (day after), status, risk, officer_ref, team_ref, due_on, overdue_from (missing if never in it).
    `recordings` lists every recording (`recorded.every_recording`).
    """

    offender_ref: str
    person: Mapping[str, Any]
    standing: Standing
    reasons: list[str]
    facts: Mapping[str, pd.DataFrame]
    stretches: pd.DataFrame
    recordings: pd.DataFrame


def offender_record(desk: Desk, question: Question, offender_ref: str) -> OffenderRecord:
    """The record as of the question's day and moment, for its viewer.

    Raises NotFound for a reference not in the store or not managed by then, NotPermitted for one whom the viewer's
    scope does not hold on that day.
    """
    question.viewer.require_lists()
    segments = _own_segments(question, offender_ref)
    now = segments.iloc[-1]
    if not question.offender_scope.holds(np.array([now["officer"]]))[0]:
        raise NotPermitted(
            f"{offender_ref} is not among your cases on {question.as_of:%d %B %Y}. "
            "Ask the holder's supervisor, or look as of a day when the case was yours."
        )
    history = offender_history(desk.store, desk.force_ref, offender_ref)
    stands = recordings_that_stand(question, DATED_BY, "offender_ref", int(now["offender"]))
    withheld = [] if question.viewer.sees_names else PERSONAL
    return OffenderRecord(
        offender_ref=offender_ref,
        person=_person(question.viewer, history["offenders"], stands["offenders"]),
        standing=_standing(question, segments),
        reasons=explain_due(segments, question.on),
        facts={
            name: facts_by(rows, stands[name], DATED_BY[name], question).drop(columns=withheld, errors="ignore")
            for name, rows in history.items()
        },
        stretches=_stretches(question, segments),
        recordings=every_recording(history, stands, DATED_BY, "offender_ref", question.snapshot.known_at),
    )


def _own_segments(question: Question, offender_ref: str) -> pd.DataFrame:
    register = question.snapshot.facts.registers["offender"]
    segments = question.snapshot.timeline.segments
    if offender_ref in register:
        codes = segments["offender"].to_numpy()
        first, last = np.searchsorted(codes, register.get_loc(offender_ref) + np.array([0, 1]))
        own = segments.iloc[first:last]
        own = own[(own["start"] <= question.on).to_numpy()]
        if len(own):
            return own
    raise NotFound(
        f"There is no offender {offender_ref} managed on {question.as_of:%d %B %Y}. "
        "Check the reference, or choose a later day."
    )


def _person(viewer: Viewer, rows: Rows, stands: set[int]) -> Mapping[str, Any]:
    newest = next(row for row in rows if row["recording_id"] in stands)
    columns = ["local_ref", "registered_on", "mappa_category", "mappa_level"]
    if viewer.sees_names:
        columns += PERSONAL
    return {column: newest[column] for column in columns}


def _standing(question: Question, segments: pd.DataFrame) -> Standing:
    now = segments.iloc[-1]
    stretch = Stretch(*(now[field] for field in Stretch._fields))
    officer = np.array([now["officer"]])
    changed = np.flatnonzero(segments["status"].to_numpy() != stretch.status)
    since = segments["start"].to_numpy()[changed[-1] + 1 if len(changed) else 0]
    return Standing(
        status=tuple(OffenderStatus)[stretch.status],
        status_since=to_date(since),
        risk=tuple(RiskLevel)[stretch.risk],
        interval=stretch.interval_words,
        officer_ref=str(refs(question.snapshot, "officer", officer)[0]),
        team_ref=str(team_refs(question.snapshot, officer)[0]),
        last_completed_on=None if stretch.last_completed >= NEVER else to_date(stretch.last_completed),
        due_on=None if stretch.due >= NEVER else to_date(stretch.due),
        days_overdue=int(max(question.on - stretch.due, 0)),
        clock_runs=bool(stretch.runs),
    )


def _stretches(question: Question, segments: pd.DataFrame) -> pd.DataFrame:
    snapshot, until = question.snapshot, question.on + 1
    officer, due = segments["officer"].to_numpy(), segments["due"].to_numpy().astype(np.int64)
    start, end = segments["start"].to_numpy(), np.minimum(segments["end"].to_numpy(), until)
    overdue_from = np.maximum(start, due + 1)
    return pd.DataFrame(
        {
            "start": dates(start),
            "end": dates(end),
            "status": STATUSES[segments["status"]],
            "risk": LEVELS[segments["risk"]],
            "officer_ref": refs(snapshot, "officer", officer),
            "team_ref": team_refs(snapshot, officer),
            "due_on": dates(due),
            "overdue_from": dates(np.where(overdue_from < end, overdue_from, NEVER)),
        }
    )
