"""One offender's record as tables and runs to draw: the words a reader sees, in the order a reader wants them."""

from collections.abc import Callable, Mapping
from typing import Any, Final

import numpy as np
import pandas as pd

from offendermgmt.domain.crewing import STANDING
from offendermgmt.domain.days import london_dates
from offendermgmt.services.directory import holder_names
from offendermgmt.services.offender import OffenderRecord
from offendermgmt.services.question import Question
from offendermgmt.services.wording import LONE, OUTCOME, STATUS

TABLES: Final = {
    "offenders": "Who they are",
    "offender_statuses": "State",
    "risk_assessments": "Assessment",
    "allocations": "Holder",
    "visit_intervals": "Own interval",
    "supervisor_reviews": "Supervisor's review",
    "plan_reviews": "Plan review",
    "orders": "Order",
    "visits": "Visit",
}
STANDINGS: Final = {"stands": "Stands", "replaced": "Replaced by a later recording", "void": "Void: withdraws the fact"}


def visits(question: Question, record: OffenderRecord) -> pd.DataFrame:
    """Visits, newest first: visited_at, outcome, crew, alone ("" for a pair, or not attended), announced, reason.

    `alone` is the standing of a visit made by one officer (W2), `reason` the one recorded for going alone.
    """
    rows = record.facts["visits"]
    attended = question.snapshot.attended
    own = attended[attended["visit_ref"].isin(set(_column(rows, "visit_ref")))]
    lone = dict(zip(own["visit_ref"], own["lone"], strict=True))
    names = holder_names(question)
    return pd.DataFrame(
        {
            "visited_at": _column(rows, "visited_at"),
            "outcome": [OUTCOME[outcome] for outcome in _column(rows, "outcome")],
            "crew": [_crew(names, crew) for crew in _column(rows, "officer_refs")],
            "alone": [_alone(lone.get(ref, -1)) for ref in _column(rows, "visit_ref")],
            "announced": [_announced(announced) for announced in _column(rows, "announced")],
            "reason": [_text(reason) for reason in _column(rows, "lone_reason")],
        }
    )


def assessments(question: Question, record: OffenderRecord) -> pd.DataFrame:
    """Assessments, newest first: assessed_on, tool, risk_level, assessor."""
    rows = record.facts["risk_assessments"]
    names = holder_names(question)
    return pd.DataFrame(
        {
            "assessed_on": _column(rows, "assessed_on"),
            "tool": _column(rows, "tool"),
            "risk_level": _column(rows, "risk_level"),
            "assessor": [names.get(_text(ref), _text(ref)) for ref in _column(rows, "assessor_ref")],
        }
    )


def states(record: OffenderRecord) -> pd.DataFrame:
    """States, newest first: from_on, state, note."""
    rows = record.facts["offender_statuses"]
    return pd.DataFrame(
        {
            "from_on": _column(rows, "from_on"),
            "state": [STATUS[status] for status in _column(rows, "status")],
            "note": [_text(note) for note in _column(rows, "note")],
        }
    )


def holders(question: Question, record: OffenderRecord) -> pd.DataFrame:
    """Allocations, newest first: from_on, to_on (missing while it lasts), holder."""
    rows = record.facts["allocations"]
    names = holder_names(question)
    return pd.DataFrame(
        {
            "from_on": _column(rows, "from_on"),
            "to_on": _column(rows, "to_on"),
            "holder": [names.get(_text(ref), _text(ref)) or "Unallocated" for ref in _column(rows, "officer_ref")],
        }
    )


def intervals(question: Question, record: OffenderRecord) -> pd.DataFrame:
    """Own intervals of the risk management plan, newest first: from_on, to_on, interval_days, reason, approved_by."""
    rows = record.facts["visit_intervals"]
    names = holder_names(question)
    return pd.DataFrame(
        {
            "from_on": _column(rows, "from_on"),
            "to_on": _column(rows, "to_on"),
            "interval_days": _column(rows, "interval_days"),
            "reason": [_text(reason) for reason in _column(rows, "reason")],
            "approved_by": [names.get(_text(ref), _text(ref)) for ref in _column(rows, "approved_by")],
        }
    )


def recordings(record: OffenderRecord) -> pd.DataFrame:
    """Every recording, newest first (`recordings_in_words`)."""
    return recordings_in_words(record.recordings, TABLES)


def recordings_in_words(rows: pd.DataFrame, tables: Mapping[str, str]) -> pd.DataFrame:
    """Recordings as listed: kind, what, dated, recorded_at, delay_days (recorded after the day), standing.

    `rows` are those of `recorded.every_recording`, `tables` says what each table holds.
    """
    recorded = pd.to_datetime(rows["recorded_at"], utc=True)
    recorded_on = london_dates(recorded.dt.tz_localize(None))
    dated = pd.to_datetime(rows["dated"])
    return pd.DataFrame(
        {
            "kind": rows["table"].map(tables),
            "what": rows["what"],
            "dated": dated,
            "recorded_at": recorded,
            "delay_days": (recorded_on - dated).dt.days,
            "standing": rows["standing"].map(STANDINGS),
        }
    )


def runs(stretches: pd.DataFrame, column: str) -> pd.DataFrame:
    """Runs of stretches with the same value of `column`, in order: start, end (day after), and the column."""
    changes = (stretches[column] != stretches[column].shift()).cumsum()
    return stretches.groupby(changes, sort=True).agg(
        **{"start": ("start", "first"), "end": ("end", "last"), column: (column, "first")}
    )


def overdue_runs(stretches: pd.DataFrame) -> pd.DataFrame:
    """Runs of days overdue, in order: start, end (day after), due_on of the last day."""
    late = stretches[stretches["overdue_from"].notna()]
    joins = late["overdue_from"] == late["end"].shift()
    grouped = late.groupby((~joins).cumsum(), sort=True)
    return grouped.agg(start=("overdue_from", "first"), end=("end", "last"), due_on=("due_on", "last"))


def due_dates(stretches: pd.DataFrame) -> list[pd.Timestamp]:
    """The due dates that were set over time, each once, in order."""
    return sorted(set(stretches["due_on"].dropna()))


def _column(rows: pd.DataFrame, name: str) -> list[Any]:
    """A column's values, none where the table has no rows (and so no columns)."""
    return list(rows[name]) if name in rows else []


def _crew(names: Mapping[str, str], officer_refs: object) -> str:
    refs = [ref for ref in _text(officer_refs).split(";") if ref]
    return ", ".join(names.get(ref, ref) for ref in refs)


def _alone(standing: int) -> str:
    return LONE[STANDING[standing]] if standing >= 0 else ""


def _announced(announced: object) -> str:
    if _is_missing(announced):
        return "Not recorded"
    return "Announced" if announced else "Unannounced"


def _text(value: object) -> str:
    return "" if _is_missing(value) else str(value)


def _is_missing(value: Any) -> bool:
    missing: Callable[[Any], Any] = pd.isna
    return bool(np.all(missing(value)))
