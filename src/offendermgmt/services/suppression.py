"""Small counts in tables that leave the units: hidden, and so that sums do not give them back."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from offendermgmt.domain.segments import Flags
from offendermgmt.services.question import Question


def shown_to(
    question: Question,
    rows: pd.DataFrame,
    families: Sequence[Sequence[str]],
    derived: Mapping[str, Sequence[str]] | None = None,
) -> pd.DataFrame:
    """The rows as the viewer who asks may have them; the same rows for a viewer inside the units.

    For others, counts under `Question.smallest_count` are missing. The columns of a family add up: where one alone of
    them would be missing in a row, the smallest other count of the row is missing too. Of a column that is in two
    families the earlier decides, so that tables which share the earlier keep the same counts. A `derived` column is
    missing wherever one of its own sources is.
    """
    if question.viewer.opens_lists:
        return rows
    columns: dict[str, Flags] = {}
    for family in families:
        columns |= dict(zip(family, _hidden(rows, family, question.smallest_count, columns).T, strict=True))
    shown = rows.copy()
    for column, hidden in columns.items():
        shown[column] = rows[column].astype("Int64").mask(hidden)
    for column, sources in (derived or {}).items():
        hidden = np.logical_or.reduce([columns[source] for source in sources])
        numbers = rows[column].astype("Int64") if rows[column].dtype.kind == "i" else rows[column]
        shown[column] = numbers.mask(hidden)
    return shown


def _hidden(
    rows: pd.DataFrame, family: Sequence[str], smallest: int, decided: Mapping[str, Flags]
) -> "np.ndarray[tuple[int, int], np.dtype[np.bool_]]":
    counts = rows[list(family)].to_numpy()
    hidden = (counts > 0) & (counts < smallest)
    free = np.array([column not in decided for column in family])
    for at, column in enumerate(family):
        hidden[:, at] = decided.get(column, hidden[:, at])
    alone = np.flatnonzero(hidden.sum(axis=1) == 1) if len(family) > 1 else np.zeros(0, dtype=np.intp)
    most = np.iinfo(np.int64).max
    others = np.where(hidden | ~free, most, np.where(counts == 0, most - 1, counts))[alone]
    hidden[alone, others.argmin(axis=1)] = True
    return hidden
