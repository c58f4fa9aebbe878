"""Small counts of tables whose counts add up to nothing else that leaves the units.

Where counts add up, in a row, over periods or between tables, `kept_counts` says what has to be kept beside them.
"""

from collections.abc import Collection

import pandas as pd

from offendermgmt.services.question import Question


def shown_to(question: Question, rows: pd.DataFrame, columns: Collection[str]) -> pd.DataFrame:
    """The rows as the viewer who asks may have them; the same rows for a viewer inside the units.

    For others, counts under `Question.smallest_count` in these columns are missing.
    """
    if question.viewer.opens_lists:
        return rows
    counts = rows[list(columns)]
    return rows.assign(**counts.astype("Int64").mask((counts > 0) & (counts < question.smallest_count)))
