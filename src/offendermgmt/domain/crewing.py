"""Who went: double crewing and the standing of lone visits (W1, W2)."""

from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from offendermgmt.domain.days import NEVER, day_numbers
from offendermgmt.domain.facts import Facts
from offendermgmt.domain.periods import Periods
from offendermgmt.domain.segments import Flags
from offendermgmt.domain.vocabulary import ATTENDED, LoneShortfall, LoneVisit, VisitOutcome

STANDING: Final = tuple(LoneVisit)
_AUTHORISED, _LATE, _UNAUTHORISED = range(len(STANDING))


def attended(facts: Facts, days: tuple[int, int] | None = None) -> pd.DataFrame:
    """Visits attended: visit_ref, offender (code), day (number), outcome, crew, lone (in `STANDING`, -1 = double).

    Between a first and a last day, or ever. The index is the row's position in the visits table of `facts` (W1, W2).
    """
    visits = facts.tables["visits"]
    went = visits["outcome"].isin([str(outcome) for outcome in ATTENDED]).to_numpy()
    if days is not None:
        day = day_numbers(visits["visited_on"])
        went = went & (day >= days[0]) & (day <= days[1])
    visits = visits.reset_index(drop=True)[went]
    crew, sole = _crews(visits["officer_refs"])
    lone = np.where(crew >= 2, -1, _standing(_shortfalls(visits, sole, _supervisors(facts))))
    return pd.DataFrame(
        {
            "visit_ref": visits["visit_ref"],
            "offender": visits["offender_ref"].cat.codes.astype(np.int32),
            "day": day_numbers(visits["visited_on"]),
            "outcome": visits["outcome"],
            "crew": crew,
            "lone": lone.astype(np.int8),
        },
        index=visits.index,
    )


def _crews(officer_refs: "pd.Series[str]") -> tuple[npt.NDArray[np.int32], "pd.Series[str]"]:
    """Distinct officers of each visit, and the officer of those made alone (empty for others)."""
    used, codes = np.unique(officer_refs.cat.codes.to_numpy(), return_inverse=True)
    recorded = np.append(officer_refs.cat.categories.to_numpy(dtype=object), "")[used]  # -1, for no crew, is the last
    officers = [{ref for ref in text.split(";") if ref} for text in recorded]
    size = np.array([len(crew) for crew in officers], dtype=np.int32)[codes]
    alone = np.array([next(iter(crew)) if len(crew) == 1 else "" for crew in officers], dtype=object)[codes]
    return size, pd.Series(alone, index=officer_refs.index, dtype="str")


def shortfalls(facts: Facts, visits: pd.DataFrame) -> pd.DataFrame:
    """What each visit would lack of W2 if made alone: a column of flags for each `LoneShortfall`.

    `visits` are rows of the visits table of `facts`.
    """
    return _shortfalls(visits, _crews(visits["officer_refs"])[1], _supervisors(facts))


def _supervisors(facts: Facts) -> set[str]:
    officers = facts.tables["officers"]
    return set(officers.loc[officers["is_supervisor"], "officer_ref"])


def _shortfalls(visits: pd.DataFrame, sole: "pd.Series[str]", supervisors: set[str]) -> pd.DataFrame:
    authoriser, at = visits["lone_authorised_by"].astype("str"), visits["lone_authorised_at"]
    assessed, visited = day_numbers(visits["lone_risk_assessed_on"]), day_numbers(visits["visited_on"])
    named = authoriser.notna().to_numpy()
    flags: dict[str, Flags] = {
        LoneShortfall.NO_REASON: ~visits["has_lone_reason"].to_numpy(),
        LoneShortfall.NOT_ASSESSED: assessed == NEVER,
        LoneShortfall.ASSESSED_AFTER: (assessed != NEVER) & (assessed > visited),
        LoneShortfall.NO_AUTHORISER: ~named,
        LoneShortfall.NOT_SUPERVISOR: named & ~authoriser.isin(supervisors).to_numpy(),
        LoneShortfall.ON_VISIT: named & (authoriser == sole).to_numpy(),
        LoneShortfall.NO_TIME: at.isna().to_numpy(),
        LoneShortfall.AUTHORISED_AFTER: (at > visits["visited_at"]).to_numpy(),
    }
    return pd.DataFrame({str(name): flag for name, flag in flags.items()}, index=visits.index)


def _standing(lacking: pd.DataFrame) -> npt.NDArray[np.int8]:
    late = lacking[LoneShortfall.AUTHORISED_AFTER].to_numpy()
    refused = lacking.drop(columns=str(LoneShortfall.AUTHORISED_AFTER)).to_numpy().any(axis=1)
    return np.select([refused, late], [_UNAUTHORISED, _LATE], _AUTHORISED).astype(np.int8)


def crewing(visits: pd.DataFrame, periods: Periods) -> pd.DataFrame:
    """Attended visits in each period by crew (W1, W2).

    Columns attended, completed, double_crewed, lone, lone_authorised, lone_authorised_late, lone_unauthorised.
    """
    day, lone = visits["day"].to_numpy(), visits["lone"].to_numpy()
    completed = (visits["outcome"] == VisitOutcome.COMPLETED).to_numpy()
    return pd.DataFrame(
        {
            "attended": periods.counts(day),
            "completed": periods.counts(day[completed]),
            "double_crewed": periods.counts(day[lone < 0]),
            "lone": periods.counts(day[lone >= 0]),
            **{f"lone_{kind}": periods.counts(day[lone == position]) for position, kind in enumerate(STANDING)},
        }
    )
