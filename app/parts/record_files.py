"""What may be downloaded of one offender's record: each history, whole, on record as a disclosure about the person."""

from collections.abc import Sequence
from typing import Final

import pandas as pd

from app.navigation import OFFENDER
from app.parts import downloads
from app.parts.listing import Field
from app.parts.listing import Kind as Shown
from offendermgmt.outputs.listing import Kind, ListColumn
from offendermgmt.services.figures import Definition
from offendermgmt.services.overdue import setting_of
from offendermgmt.services.question import Question
from offendermgmt.services.wording import RISK

_KINDS: Final[dict[Shown, Kind]] = {"day": "day", "day_or_none": "day", "moment": "moment", "number": "number"}
# What the page shows small beneath a value is a column of its own in the file.
_BENEATH: Final = {
    "reason": "Reason for going alone",
    "note": "Note",
    "order_ref": "Order reference",
    "what": "Which",
}


def offer(
    title: str,
    rows: pd.DataFrame,
    fields: Sequence[Field],
    question: Question,
    offender_ref: str,
    definition: Definition,
) -> None:
    """Offer one history of a person's record: the columns that the page shows, and every row."""
    risks = {field.column: rows[field.column].map(RISK) for field in fields if field.kind == "risk"}
    downloads.offer(
        lambda: rows.assign(offender_ref=offender_ref, **risks),
        [ListColumn("offender_ref", "Offender"), *(column for field in fields for column in _columns(field))],
        page=OFFENDER.url_path,
        title=title,
        count=len(rows),
        setting=setting_of(question),
        definitions=(definition,),
        filters={"Offender": offender_ref},
        offender_ref=offender_ref,
    )


def _columns(field: Field) -> list[ListColumn]:
    columns = [ListColumn(field.column, field.heading, _KINDS.get(field.kind, "text"))]
    if field.beneath:
        columns.append(ListColumn(field.beneath, _BENEATH[field.beneath]))
    return columns
