"""The reviews and orders of one offender's record, in the words a reader sees."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from offendermgmt.services.directory import holder_names
from offendermgmt.services.offender import OffenderRecord
from offendermgmt.services.question import Question


def reviews(question: Question, record: OffenderRecord) -> pd.DataFrame:
    """Reviews of the record and of the plan, newest first: reviewed_on, kind, reviewer, finding, note ("" = none)."""
    names = holder_names(question)
    listed = [
        {
            "reviewed_on": row["reviewed_on"],
            "kind": kind,
            "reviewer": names.get(row["reviewer_ref"] or "", row["reviewer_ref"] or "Nobody named"),
            "finding": _text(row, "finding"),
            "note": _text(row, "note"),
        }
        for table, kind in (("supervisor_reviews", "Supervisor's review"), ("plan_reviews", "Plan review"))
        for row in record.facts[table].to_dict(orient="records")
    ]
    frame = pd.DataFrame(listed, columns=["reviewed_on", "kind", "reviewer", "finding", "note"])
    return frame.sort_values("reviewed_on", ascending=False, kind="stable", ignore_index=True)


def orders(record: OffenderRecord) -> pd.DataFrame:
    """Orders, newest first: kind, from_on, to_on (missing while no end is set), order_ref."""
    columns = ["kind", "from_on", "to_on", "order_ref"]
    rows = record.facts["orders"]
    return pd.DataFrame(columns=columns) if rows.empty else rows[columns]


def _text(row: Mapping[Any, Any], column: str) -> str:
    value = row.get(column)
    return "" if value is None or pd.isna(value) else str(value)
