"""What may be downloaded of the page of demand ahead: its tables."""

from collections.abc import Mapping, Sequence

import pandas as pd

from app.parts import downloads
from offendermgmt.outputs.listing import Kind, ListColumn
from offendermgmt.services.figures import Definition
from offendermgmt.services.overdue import setting_of
from offendermgmt.services.question import Question

PAGE = "polit-demand"
_EMPTY = "Empty: no forecast was made, or withheld because a small count could point at a person"


def column(field: str, heading: str, kind: Kind = "number") -> ListColumn:
    """A column of a file; a number that may be missing says why."""
    return ListColumn(field, heading, kind, _EMPTY if kind in {"number", "share"} else "")


def offer(
    rows: pd.DataFrame,
    columns: Sequence[ListColumn],
    question: Question,
    *,
    title: str,
    definitions: Sequence[Definition],
    filters: Mapping[str, str] | None = None,
) -> None:
    """Offer a table of the page."""
    downloads.offer(
        lambda: rows,
        columns,
        page=PAGE,
        title=title,
        count=len(rows),
        setting=setting_of(question),
        definitions=definitions,
        filters=filters,
    )
