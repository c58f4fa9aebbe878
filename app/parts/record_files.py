"""What may be downloaded of one record: each history, whole, on record as a disclosure about its person or case."""

from collections.abc import Sequence
from typing import Final

import pandas as pd

from app.parts import downloads
from app.parts.listing import Field
from app.parts.listing import Kind as Shown
from offendermgmt.outputs.listing import Kind, ListColumn
from offendermgmt.services.consultations import Subject
from offendermgmt.services.figures import Definition
from offendermgmt.services.overdue import setting_of
from offendermgmt.services.question import Question
from offendermgmt.services.wording import RISK

_KINDS: Final[dict[Shown, Kind]] = {"day": "day", "day_or_none": "day", "moment": "moment", "number": "number"}
# What the page shows small beneath a value is a column of its own in the file.
_BENEATH: Final = {
    "reason": "Reason for going alone",
    "note": "Note",
    "outcome": "Outcome",
    "order_ref": "Order reference",
    "what": "Which",
    "closing": "How it was taken away",
    "why": "Why",
    "late": "How late",
    "became": "What became of it",
    "decided_by": "Decided by",
}


def offer(
    title: str,
    rows: pd.DataFrame,
    fields: Sequence[Field],
    question: Question,
    subject: Subject,
    page: str,
    definition: Definition,
) -> None:
    """Offer one history of the record on `page`: the columns that the page shows, and every row."""
    risks = {field.column: rows[field.column].map(RISK) for field in fields if field.kind == "risk"}
    downloads.offer(
        lambda: rows.assign(record_ref=subject.ref, **risks),
        [
            ListColumn("record_ref", subject.kind.capitalize()),
            *(column for field in fields for column in _columns(field)),
        ],
        page=page,
        title=title,
        count=len(rows),
        setting=setting_of(question),
        definitions=(definition,),
        filters={subject.kind.capitalize(): subject.ref},
        subject=subject,
    )


def _columns(field: Field) -> list[ListColumn]:
    columns = [ListColumn(field.column, field.heading, _KINDS.get(field.kind, "text"))]
    if field.beneath:
        columns.append(ListColumn(field.beneath, _BENEATH[field.beneath]))
    return columns
