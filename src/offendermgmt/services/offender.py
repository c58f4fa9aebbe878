"""One offender's record: where they stand, why the next visit is due when it is, and everything recorded."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from operator import itemgetter
from typing import Any, Final

import numpy as np
import pandas as pd

from offendermgmt.domain.days import NEVER, to_date
from offendermgmt.domain.facts import KEYS
from offendermgmt.domain.vocabulary import OffenderStatus, RiskLevel
from offendermgmt.services.access import NotPermitted, Viewer
from offendermgmt.services.desk import Desk
from offendermgmt.services.explanations import Stretch, explain_due
from offendermgmt.services.labels import LEVELS, STATUSES, dates, refs, team_refs
from offendermgmt.services.question import Question
from offendermgmt.store.histories import history as offender_history

Rows = list[dict[str, Any]]
History = Mapping[str, Rows]
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


class NotFound(Exception):
    """A reference that the store does not hold, or did not at the moment asked for; the message says what to do."""


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
    `recordings` lists every recording: table, what, dated, recorded_at, standing ("stands", "replaced" by a later
    recording or withdrawn by a void one, "void").
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
    stands = _recordings_that_stand(question, int(now["offender"]))
    withheld = [] if question.viewer.sees_names else PERSONAL
    return OffenderRecord(
        offender_ref=offender_ref,
        person=_person(question.viewer, history["offenders"], stands["offenders"]),
        standing=_standing(question, segments),
        reasons=explain_due(segments, question.on),
        facts={
            name: _facts(rows, stands[name], DATED_BY[name], question).drop(columns=withheld, errors="ignore")
            for name, rows in history.items()
        },
        stretches=_stretches(question, segments),
        recordings=_recordings(history, stands, question.snapshot.known_at),
    )


def record_consultation(desk: Desk, question: Question, offender_ref: str) -> None:
    """Log that the viewer opened this record (Data Protection Act 2018, section 62: who consulted what, when)."""
    desk.store.audit(
        desk.force_ref,
        user=question.viewer.name,
        action="consulted",
        subject_kind="offender",
        subject_ref=offender_ref,
        details={"role": str(question.viewer.role), "as_of": question.as_of.isoformat()},
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


def _recordings_that_stand(question: Question, offender: int) -> dict[str, set[int]]:
    """The recordings about the offender (by code) that stand at the moment asked for, by table (D3, D4)."""
    facts = question.snapshot.facts
    own = {name: (facts.tables[name]["offender_ref"].cat.codes == offender).to_numpy() for name in DATED_BY}
    return {name: set(facts.tables[name]["recording_id"][rows]) for name, rows in own.items()}


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


def _facts(rows: Rows, stands: set[int], dated_by: str, question: Question) -> pd.DataFrame:
    shown: Rows = [row for row in rows if row["recording_id"] in stands and row[dated_by] <= question.as_of]
    shown.sort(key=itemgetter(dated_by), reverse=True)
    return pd.DataFrame(shown)


def _recordings(history: History, stands: Mapping[str, set[int]], known_at: datetime | None) -> pd.DataFrame:
    listed = [
        {
            "table": table,
            "what": ", ".join(str(row[column]) for column in KEYS[table] if column != "offender_ref"),
            "dated": row[DATED_BY[table]],
            "recorded_at": row["recorded_at"],
            "standing": _state_of(row, stands[table]),
        }
        for table, rows in history.items()
        for row in rows
        if known_at is None or row["recorded_at"] <= known_at
    ]
    frame = pd.DataFrame(listed, columns=["table", "what", "dated", "recorded_at", "standing"])
    return frame.sort_values("recorded_at", ascending=False, kind="stable", ignore_index=True)


def _state_of(row: Mapping[str, Any], stands: set[int]) -> str:
    if row["is_void"]:
        return "void"
    return "stands" if row["recording_id"] in stands else "replaced"


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
