"""What is recorded about one offender or case: the facts that stand on a day, and every recording of them."""

from collections.abc import Mapping
from datetime import datetime
from operator import itemgetter
from typing import Any

import pandas as pd

from offendermgmt.domain.facts import KEYS
from offendermgmt.services.question import Question

Rows = list[dict[str, Any]]
History = Mapping[str, Rows]


class NotFound(Exception):
    """A reference that the store does not hold, or did not at the moment asked for; the message says what to do."""


def recordings_that_stand(question: Question, tables: Mapping[str, str], column: str, code: int) -> dict[str, set[int]]:
    """The recordings about one subject that stand at the moment asked for, by table (D3, D4).

    `column` names the subject in each of `tables`, `code` is the subject's own.
    """
    facts = question.snapshot.facts
    own = {name: (facts.tables[name][column].cat.codes == code).to_numpy() for name in tables}
    return {name: set(facts.tables[name]["recording_id"][rows]) for name, rows in own.items()}


def facts_by(rows: Rows, stands: set[int], dated_by: str, question: Question) -> pd.DataFrame:
    """The rows that stand and are dated on or before the day, newest first (D2)."""
    shown: Rows = [row for row in rows if row["recording_id"] in stands and row[dated_by] <= question.as_of]
    shown.sort(key=itemgetter(dated_by), reverse=True)
    return pd.DataFrame(shown)


def every_recording(
    history: History,
    stands: Mapping[str, set[int]],
    dated_by: Mapping[str, str],
    subject: str,
    known_at: datetime | None,
) -> pd.DataFrame:
    """Every recording by `known_at`, newest first: table, what, dated, recorded_at, standing.

    `what` is the key without the `subject`'s column. `standing` is "stands", "replaced" by a later recording or
    withdrawn by a void one, or "void".
    """
    listed = [
        {
            "table": table,
            "what": ", ".join(str(row[column]) for column in KEYS[table] if column != subject),
            "dated": row[dated_by[table]],
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
