"""Small counts in tables that leave the units: hidden, and so that sums do not give them back."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from offendermgmt.services.access import Viewer
from offendermgmt.services.figures import SMALL


def shown_to(
    viewer: Viewer,
    rows: pd.DataFrame,
    families: Sequence[Sequence[str]],
    derived: Mapping[str, Sequence[str]] | None = None,
) -> pd.DataFrame:
    """The rows as this viewer may have them; the same rows for a viewer inside the units.

    For others, counts under 5 are missing. The columns of a family add up: where one alone of them would be missing in
    a row, the smallest other count of the row is missing too. A `derived` column is missing wherever one of its own
    sources is.
    """
    if viewer.opens_lists:
        return rows
    columns = {column: _hidden(rows, family)[:, at] for family in families for at, column in enumerate(family)}
    shown = rows.copy()
    for column, hidden in columns.items():
        shown[column] = rows[column].astype("Int64").mask(hidden)
    for column, sources in (derived or {}).items():
        hidden = np.logical_or.reduce([columns[source] for source in sources])
        numbers = rows[column].astype("Int64") if rows[column].dtype.kind == "i" else rows[column]
        shown[column] = numbers.mask(hidden)
    return shown


def _hidden(rows: pd.DataFrame, family: Sequence[str]) -> "np.ndarray[tuple[int, int], np.dtype[np.bool_]]":
    counts = rows[list(family)].to_numpy()
    hidden = (counts > 0) & (counts < SMALL)
    alone = np.flatnonzero(hidden.sum(axis=1) == 1) if len(family) > 1 else np.zeros(0, dtype=np.intp)
    others = np.where(hidden | (counts == 0), np.iinfo(np.int64).max, counts)[alone]
    hidden[alone, others.argmin(axis=1)] = True
    return hidden
