"""What was known at an earlier moment of those about whom something has been recorded since (D3).

Of everybody else the same was known as is known now, so that what a review saw need not be made anew whole.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal

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
    """A day as it was seen: `question` knows only of those `touched` (references), about whom more is on record since.

    `added` are the rows recorded since, by table.
    """

    question: Question
    touched: frozenset[str]
    added: Mapping[str, pd.DataFrame]


def seen(question: Question, subject: Literal["offender", "case"], on: date, known_at: datetime) -> Seen:
    """The question as asked of day `on`, known at `known_at`, about offenders or cases whose facts were added to since.

    Of the other kind it knows nobody. The policy is the question's, so that what moved is facts, not a new policy.
    """
    snapshot, moment, column = question.snapshot, utc(known_at), f"{subject}_ref"
    added, of_subject = recorded_since(question, subject, known_at), _tables(question, subject)
    codes = touched(added, of_subject, column)
    known = {name: known_rows(name, _about(frame, column, codes), moment) for name, frame in of_subject.items()}
    facts = Facts(snapshot.recordings.registers, {**snapshot.facts.tables, **known})
    nobody = codes[:0]
    then = Snapshot(
        snapshot.policies,
        snapshot.recordings,
        facts,
        timeline.build(facts.about("offender_ref", codes if subject == "offender" else nobody), snapshot.policies),
        build_cases(facts.about("case_ref", codes if subject == "case" else nobody), snapshot.policies),
        known_at,
        snapshot.publishing,
    )
    of_day = replace(question, snapshot=then, as_of=on, periods=None)
    return Seen(of_day, frozenset(refs(snapshot, subject, codes)), added)


def recorded_since(question: Question, subject: str, known_at: datetime) -> Mapping[str, pd.DataFrame]:
    """The rows about offenders or cases recorded after `known_at` that the question knows of, by table that has any."""
    until = question.snapshot.known_at
    last = None if until is None else utc(until)
    added = {name: recorded_after(frame, utc(known_at), last) for name, frame in _tables(question, subject).items()}
    return {name: frame for name, frame in added.items() if len(frame)}


def _tables(question: Question, subject: str) -> Mapping[str, pd.DataFrame]:
    tables = question.snapshot.recordings.tables
    return {name: frame for name, frame in tables.items() if f"{subject}_ref" in frame.columns}


def _about(frame: pd.DataFrame, column: str, codes: Codes) -> pd.DataFrame:
    subject = frame[column].cat.codes.to_numpy()
    wanted = np.zeros(len(frame[column].cat.categories) + 1, dtype=bool)
    wanted[codes] = True
    rows: pd.DataFrame = frame[wanted[subject]]
    return rows
