"""Where visits are made alone: by officer, team, outcome, weekday and hour."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from offendermgmt.domain.vocabulary import LoneVisit
from offendermgmt.services.crewing import visits_in_range
from offendermgmt.services.labels import refs, team_refs
from offendermgmt.services.overdue import TOTAL
from offendermgmt.services.question import Question
from offendermgmt.services.reports import share

NOBODY: Final = "none"
Names = npt.NDArray[np.object_]


class By(StrEnum):
    """What visits made alone are broken down by."""

    OFFICER = "officer"
    TEAM = "team"
    OUTCOME = "outcome"
    WEEKDAY = "weekday"
    HOUR = "hour"


_IN_TIME: Final = frozenset({By.WEEKDAY, By.HOUR})
_DAYS_A_WEEK: Final = 7


@dataclass(frozen=True)
class Group:
    """One row of a breakdown: an officer's or a team's reference, an outcome, a weekday (0 = Monday), an hour."""

    by: By
    value: str


def breakdown(question: Question, by: By) -> pd.DataFrame:
    """Attended visits of the range by group: attended, lone, the three standings, share (lone of attended).

    The index is the group's value; hours and weekdays come in their own order, the others most lone first. By officer
    a visit counts once for each officer on it; `NOBODY` is a visit without officers, or without a holder's team.
    NotPermitted for a viewer who sees counts only.
    """
    question.viewer.require_lists()
    visits = visits_in_range(question)
    visit, value = _values(question, visits, by)
    lone = visits["lone"].to_numpy()[visit]
    groups, code = np.unique(value.astype(str), return_inverse=True)

    def counted(rows: npt.NDArray[np.bool_]) -> npt.NDArray[np.int64]:
        return np.bincount(code[rows], minlength=len(groups)).astype(np.int64)

    counts = pd.DataFrame(
        {
            "attended": counted(np.ones(len(lone), dtype=bool)),
            "lone": counted(lone >= 0),
            **{f"lone_{kind}": counted(lone == position) for position, kind in enumerate(LoneVisit)},
        },
        index=pd.Index(groups, name=str(by), dtype="str"),
    )
    return _in_order(counts.assign(share=share(counts["lone"], counts["attended"])), by)


def kinds_of(counts: pd.DataFrame) -> pd.DataFrame:
    """The lone visits of a breakdown by kind, worst kind first, with a row and a column `TOTAL`; no empty groups."""
    columns = {f"lone_{kind}": str(kind) for kind in reversed(LoneVisit)}
    kinds = counts.loc[counts["lone"] > 0, list(columns)].rename(columns=columns)
    kinds[TOTAL] = kinds.sum(axis=1)
    kinds.loc[TOTAL] = kinds.sum(axis=0)
    return kinds


def charted(counts: pd.DataFrame, by: By, most: int) -> tuple[pd.DataFrame, int]:
    """The rows of a breakdown to draw, at most `most`, and how many other groups have a lone visit.

    Worst first, of the groups with a lone visit. Of hours and weekdays all: without a gap, from the first hour to the
    last, every weekday.
    """
    if by not in _IN_TIME:
        alone = counts[counts["lone"] > 0]
        return alone.head(most), max(len(alone) - most, 0)
    found = counts.index.astype(int)
    first, last = (0, _DAYS_A_WEEK - 1) if by is By.WEEKDAY else (found.min(), found.max())
    every = counts.reindex([str(value) for value in range(first, last + 1)])
    numbers = [name for name in counts if name != "share"]
    return every.assign(**every[numbers].fillna(0).astype(np.int64)), 0


def grouped(question: Question, visits: pd.DataFrame, group: Group) -> npt.NDArray[np.bool_]:
    """Which of the visits, rows of `visits_in_range`, stand in the group."""
    visit, value = _values(question, visits, group.by)
    return np.isin(np.arange(len(visits)), visit[value.astype(str) == group.value])


def _values(question: Question, visits: pd.DataFrame, by: By) -> tuple[npt.NDArray[np.intp], Names]:
    """Position of a visit in `visits` and the group it stands in; by officer, once for each officer on it."""
    every = np.arange(len(visits))
    recorded = question.snapshot.facts.tables["visits"]
    match by:
        case By.OFFICER:
            return _officers(question, visits)
        case By.TEAM:
            return every, _or_nobody(team_refs(question.snapshot, visits["officer"].to_numpy()))
        case By.OUTCOME:
            return every, visits["outcome"].astype("str").to_numpy(dtype=object)
        case By.WEEKDAY:
            return every, ((visits["day"].to_numpy() + 3) % 7).astype(str).astype(object)
    began: pd.Series[Any] = recorded["visited_at"].iloc[visits.index].dt.tz_localize("UTC")
    return every, began.dt.tz_convert("Europe/London").dt.hour.astype(str).to_numpy(dtype=object)


def _officers(question: Question, visits: pd.DataFrame) -> tuple[npt.NDArray[np.intp], Names]:
    rows = visits.index.to_numpy()
    went = question.snapshot.members_of(rows)
    nobody = np.flatnonzero(~np.isin(rows, went["visit"]))
    position = pd.Index(rows).get_indexer(pd.Index(went["visit"]))
    officer = np.concatenate([went["officer"].to_numpy(), np.full(len(nobody), -1)])
    return np.concatenate([position, nobody]), _or_nobody(refs(question.snapshot, "officer", officer))


def _or_nobody(found: Names) -> Names:
    return np.where(found == "", NOBODY, found)


def _in_order(counts: pd.DataFrame, by: By) -> pd.DataFrame:
    if by in _IN_TIME:
        return counts.iloc[np.argsort(counts.index.astype(int))]
    return counts.iloc[np.lexsort((counts.index, -counts["share"], -counts["lone"]))]
