"""Patterns of who goes with whom: pairs that never mix, and officers recorded at two visits at once.

Neither changes the standing of a visit (W1, W2): they say where a record is worth a look.
"""

import numpy as np
import numpy.typing as npt
import pandas as pd

from offendermgmt.domain.facts import Facts
from offendermgmt.domain.segments import Rows

Positions = npt.NDArray[np.int64]


def members(facts: Facts, rows: Rows) -> pd.DataFrame:
    """Who was on each visit: visit (position in the visits table of `facts`), officer (code); no officer twice.

    `rows` are the positions of the visits asked about.
    """
    crews = facts.tables["visits"]["officer_refs"].cat
    used, crew = np.unique(crews.codes.to_numpy()[rows], return_inverse=True)
    texts = np.append(crews.categories.to_numpy(dtype=object), "")[used]  # -1, for no crew at all, is the last
    named = [[ref for ref in dict.fromkeys(text.split(";")) if ref] for text in texts]
    listed = pd.Index([ref for refs in named for ref in refs], dtype="str")
    officers = facts.registers["officer"].get_indexer(listed).astype(np.int64)
    sizes = np.array([len(refs) for refs in named], dtype=np.int64)
    starts = np.cumsum(sizes) - sizes
    size = sizes[crew]
    within = np.arange(size.sum()) - np.repeat(np.cumsum(size) - size, size)
    officer = officers[np.repeat(starts[crew], size) + within]
    return pd.DataFrame({"visit": np.repeat(np.asarray(rows, dtype=np.int64), size), "officer": officer})


def partners(crewed: pd.DataFrame) -> pd.DataFrame:
    """Each officer's crewed visits and the partner of most of them: officer, visits, partner, together.

    `crewed` is `members` of visits made by two or more. Of partners with as many, the first in the register.
    """
    pairs = crewed.merge(crewed, on="visit", suffixes=("", "_with"))
    pairs = pairs[(pairs["officer"] != pairs["officer_with"]).to_numpy()]
    together = pairs.groupby(["officer", "officer_with"], as_index=False).size()
    most = together.sort_values(["officer", "size", "officer_with"], ascending=[True, False, True], kind="stable")
    first = most.drop_duplicates("officer").rename(columns={"officer_with": "partner", "size": "together"})
    visits = crewed.groupby("officer").size()
    return pd.DataFrame(
        {
            "officer": first["officer"].to_numpy(),
            "visits": visits.reindex(first["officer"]).to_numpy(),
            "partner": first["partner"].to_numpy(),
            "together": first["together"].to_numpy(),
        }
    )


def at_once(facts: Facts, went: pd.DataFrame, minutes: int) -> pd.DataFrame:
    """Officers on two visits that begin less than `minutes` apart: officer, first, second (positions), minutes_apart.

    `went` is `members` of attended visits. At least one of the two is recorded with a crew of two or more: a lone
    officer's close visits put no second officer in doubt.
    """
    began = facts.tables["visits"]["visited_at"].to_numpy().astype("datetime64[s]").astype(np.int64)
    crew = went.groupby("visit")["officer"].transform("size").to_numpy()
    officer, visit = went["officer"].to_numpy(), went["visit"].to_numpy()
    order = np.lexsort((visit, began[visit], officer))
    officer, visit, crew = officer[order], visit[order], crew[order]
    first, second = _near(officer, began[visit], minutes * 60)
    shared = np.maximum(crew[first], crew[second]) >= 2
    first, second = first[shared], second[shared]
    return pd.DataFrame(
        {
            "officer": officer[first],
            "first": visit[first],
            "second": visit[second],
            "minutes_apart": (began[visit[second]] - began[visit[first]]) // 60,
        }
    )


def _near(officer: Positions, began: Positions, seconds: int) -> tuple[Rows, Rows]:
    """Pairs of rows of one officer that begin less than `seconds` apart; rows are in order of officer and time."""
    firsts, seconds_of = [np.empty(0, dtype=np.intp)], [np.empty(0, dtype=np.intp)]
    for step in range(1, len(officer)):
        near = (officer[step:] == officer[:-step]) & (began[step:] - began[:-step] < seconds)
        rows = np.flatnonzero(near)
        if not len(rows):
            break
        firsts.append(rows)
        seconds_of.append(rows + step)
    first, second = np.concatenate(firsts), np.concatenate(seconds_of)
    order = np.lexsort((second, first))
    return first[order], second[order]
