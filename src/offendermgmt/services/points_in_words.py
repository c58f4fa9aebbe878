"""How an order by points is told: each part in words with the points it adds, vectorised over a list."""

from typing import Any, Final

import numpy as np
import pandas as pd

from offendermgmt.domain.vocabulary import RiskLevel
from offendermgmt.services.wording import RISK, day_text

_RISK: Final = {
    **{level: f"{text} risk" for level, text in RISK.items()},
    RiskLevel.UNASSESSED: "Not assessed yet",
}


def with_points(points: pd.DataFrame, words: pd.DataFrame) -> "pd.Series[Any]":
    """The parts of each row that add points, in the columns' order: `High risk (300); 4 days overdue (3)`.

    `words` has a column a part and `points` the points in a column of the same name, for the same rows.
    """
    told = pd.Series("", index=words.index, dtype=object)
    for part in words.columns:
        added = points[part]
        told = told + np.where(added > 0, "; " + words[part] + " (" + added.astype(str) + ")", "")
    return told.str.removeprefix("; ")


def risk_in_words(levels: "pd.Series[Any]") -> "pd.Series[Any]":
    """`High risk`; an unassessed level is said to be not assessed yet."""
    return levels.map(_RISK).astype(str)


def day_texts(days: "pd.Series[Any]") -> "pd.Series[Any]":
    """Days as `4 Mar 2025`, empty text where there is none."""
    texts: pd.Series[Any] = days.map(lambda day: "" if pd.isna(day) else day_text(day)).astype(str)
    return texts


def days_in_words(numbers: "pd.Series[Any]") -> "pd.Series[Any]":
    """Numbers of days as `1 day` or `12 days`."""
    told: pd.Series[Any] = numbers.astype(str) + np.where(numbers == 1, " day", " days")
    return told
