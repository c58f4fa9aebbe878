"""What was known at an earlier moment of those about whom something has been recorded since (D3).

Of everybody else the same was known as is known now, so that what a review saw need not be made anew whole.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

import numpy as np
import pandas as pd

from offendermgmt.domain import timeline
from offendermgmt.domain.facts import Facts, known_rows
from offendermgmt.domain.late_records import recorded_after
from offendermgmt.domain.polit import build_cases
from offendermgmt.domain.segments import Codes
from offendermgmt.services.labels import refs
from offendermgmt.services.question import Question
from offendermgmt.services.snapshot import Snapshot, touched, utc


@dataclass(frozen=True)
class Seen:
    """A day as it was seen: `question` knows only of `offenders` and `cases`, about whom more is on record since."""

    question: Question
    offenders: frozenset[str]
    cases: frozenset[str]


def seen(question: Question, on: date, known_at: datetime) -> Seen:
    """The question as asked of day `on`, known at `known_at`, about those only whose facts have been added to since."""
    snapshot, moment = question.snapshot, utc(known_at)
    tables, added = snapshot.recordings.tables, recorded_since(question, known_at)
    offenders, cases = (touched(added, tables, column) for column in ("offender_ref", "case_ref"))
    standing = dict(snapshot.facts.tables)
    for column, codes in (("offender_ref", offenders), ("case_ref", cases)):
        for name, frame in tables.items():
            if column in frame.columns:
                standing[name] = known_rows(name, _about(frame, column, codes), moment)
    facts = Facts(snapshot.recordings.registers, standing)
    then = Snapshot(
        snapshot.policies,
        snapshot.recordings,
        facts,
        timeline.build(facts.about("offender_ref", offenders), snapshot.policies),
        build_cases(facts.about("case_ref", cases), snapshot.policies),
        known_at,
    )
    return Seen(
        replace(question, snapshot=then, as_of=on, periods=None),
        frozenset(refs(snapshot, "offender", offenders)),
        frozenset(refs(snapshot, "case", cases)),
    )


def recorded_since(question: Question, known_at: datetime) -> Mapping[str, pd.DataFrame]:
    """The rows recorded after `known_at` that the question knows of, by table; tables without any left out."""
    until = question.snapshot.known_at
    last = None if until is None else utc(until)
    tables = question.snapshot.recordings.tables
    added = {
        name: recorded_after(frame, utc(known_at), last) for name, frame in tables.items() if "recorded_at" in frame
    }
    return {name: frame for name, frame in added.items() if len(frame)}


def _about(frame: pd.DataFrame, column: str, codes: Codes) -> pd.DataFrame:
    subject = frame[column].cat.codes.to_numpy()
    wanted = np.zeros(len(frame[column].cat.categories) + 1, dtype=bool)
    wanted[codes] = True
    rows: pd.DataFrame = frame[wanted[subject]]
    return rows
