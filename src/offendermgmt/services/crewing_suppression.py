"""What of crews leaves the units: no small count, and none that those beside it on the page would give back.

Double-crewed and alone add up to attended, the kinds of lone visits to those made alone, and the periods of the trend
to the figures of the range. So a row (a period, or the range) keeps back whole groups of counts: `KINDS` where a kind
is small, the crews too (`CREWS`) where double-crewed or alone is, `ALL` where both are or attended is.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from offendermgmt.domain.vocabulary import LoneVisit
from offendermgmt.services.question import Question
from offendermgmt.services.suppression import shown_to

NOTHING, KINDS, CREWS, ALL = range(4)
_KINDS: Final = [f"lone_{kind}" for kind in LoneVisit]
_CREWS: Final = ["double_crewed", "lone"]
# How much a row keeps back before it keeps back each count.
_FROM: Final = {**dict.fromkeys(_KINDS, KINDS), **dict.fromkeys(_CREWS, CREWS), "attended": ALL}
Levels = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Announcements:
    """Which figures on announcements a viewer may have."""

    share: bool
    not_recorded: bool


@dataclass(frozen=True)
class FindingsTold:
    """Which figures on findings a viewer may have who has the number of visits made alone."""

    numbers: bool
    kinds: bool


def kept_back(question: Question, rows: pd.DataFrame) -> pd.DataFrame:
    """Which counts of each row of the crewing report are kept from the viewer who asks, were the row alone."""
    if question.viewer.opens_lists:
        return pd.DataFrame(False, index=rows.index, columns=list(_FROM))
    return _hidden(rows, _levels(question, rows))


def few_alone(question: Question, rows: pd.DataFrame) -> npt.NDArray[np.bool_]:
    """Of which rows that keep back how many visits were made alone it can be said that these were few."""
    if question.viewer.opens_lists:
        return np.zeros(len(rows), dtype=bool)
    small = _small(question, rows[["lone"]])["lone"].to_numpy()
    return np.asarray((_levels(question, rows) == CREWS) & small, dtype=np.bool_)


def announcements_told(question: Question, attended: int, recorded: int, unannounced: int) -> Announcements:
    """Which figures leave no small count to be had: those that say and those that do not add up to `attended`."""
    is_small = _any_small(question, attended, recorded, attended - recorded)
    return Announcements(not is_small and share_told(question, unannounced, recorded), not is_small)


def findings_told(question: Question, found: int, waiting: int, in_time: int, kinds: Sequence[int]) -> FindingsTold:
    """Which figures leave no small count to be had, beside the number made alone.

    Found, waiting and still in time add up to the visits made alone, the kinds of findings to those found.
    """
    numbers = not _any_small(question, found, waiting, in_time)
    return FindingsTold(numbers, numbers and not _any_small(question, *kinds))


def share_told(question: Question, numerator: int, denominator: int) -> bool:
    """Whether neither the two nor what is left between them is too small for the viewer."""
    return not _any_small(question, numerator, denominator, denominator - numerator)


def trend_shown_to(question: Question, rows: pd.DataFrame, first: pd.Timestamp, whole: pd.DataFrame) -> pd.DataFrame:
    """The rows of `crewing.trend` as the viewer may have them, beside `whole`: the one row of the range's counts.

    The range begins on `first` and ends with the last period. Counts kept back are missing, and the share with them.
    `few_alone` says of a row that the number made alone is kept back because it is small.
    """
    few = few_alone(question, rows)
    if question.viewer.opens_lists:
        return rows.assign(few_alone=few)
    own, needed = _levels(question, rows), _needed(question, rows, first, whole)
    raised = (rows["period_end"] >= first).to_numpy() & (needed > NOTHING)
    level = np.where(raised, np.maximum(own, needed), own)
    hidden = _hidden(rows, level, noughts_too=raised)
    shown = rows.copy()
    for name in hidden:
        shown[name] = rows[name].astype("Int64").mask(hidden[name])
    # What is completed is no part of a sum here, and no less a number of visits.
    shown["completed"] = rows["completed"].astype("Int64").mask(level == ALL)
    shown["completed"] = shown["completed"].mask(_small(question, rows[["completed"]])["completed"])
    shown["compliance"] = rows["compliance"].mask(level >= CREWS)
    return shown.assign(few_alone=few & ~raised)


def _levels(question: Question, rows: pd.DataFrame) -> Levels:
    small = _small(question, rows[list(_FROM)])
    crews = small[_CREWS].sum(axis=1)
    conditions = {
        ALL: small["attended"] | (crews == len(_CREWS)),
        CREWS: crews > 0,
        KINDS: small[_KINDS].any(axis=1),
    }
    return np.select([one.to_numpy() for one in conditions.values()], list(conditions), NOTHING)


def _hidden(rows: pd.DataFrame, level: Levels, *, noughts_too: npt.NDArray[np.bool_] | None = None) -> pd.DataFrame:
    """Which counts rows keep back at these levels.

    Nought says nothing of a person, and that no visit was unauthorised matters: a kind of none stays, unless so few
    visits were made alone that it would tell the other kinds.
    """
    hidden = pd.DataFrame({name: level >= kept_from for name, kept_from in _FROM.items()}, index=rows.index)
    stay = (level == KINDS) & (rows["lone"] > len(_KINDS)).to_numpy()
    if noughts_too is not None:
        stay &= ~noughts_too
    hidden[_KINDS] &= ~((rows[_KINDS] == 0).to_numpy() & stay[:, np.newaxis])
    return hidden


def _needed(question: Question, rows: pd.DataFrame, first: pd.Timestamp, whole: pd.DataFrame) -> int:
    """How much each period of the range has to keep back lest the range's figures less the other periods' give it back.

    The parts that could be had so: each period within the range, what the range has of a period that begins before it,
    and the rest of that period.
    """
    names = list(_FROM)
    inside = rows.loc[rows["period_start"] >= first, names]
    crossing = rows.loc[(rows["period_start"] < first) & (rows["period_end"] >= first), names].sum()
    remainder = whole[names].iloc[0] - inside.sum()
    parts = pd.concat([inside, pd.DataFrame([remainder, crossing - remainder])], ignore_index=True)
    needed, kept = int(_levels(question, parts).max()), int(_levels(question, whole)[0])
    # Where few were alone in all of the range, the periods with none would leave too little choice among the others.
    return needed if needed > kept or kept == CREWS else NOTHING


def _any_small(question: Question, *counts: int) -> bool:
    return not question.viewer.opens_lists and any(0 < number < question.smallest_count for number in counts)


def _small(question: Question, rows: pd.DataFrame) -> pd.DataFrame:
    """Which counts are themselves too small for the viewer."""
    return shown_to(question, rows, [str(name) for name in rows]).isna()
