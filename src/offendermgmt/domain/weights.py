"""What every order by points holds to: risk comes first, days alone overtake nobody, and equal sums have one order."""

from collections.abc import Mapping
from itertools import pairwise
from typing import Final

import numpy as np
import numpy.typing as npt

from offendermgmt.domain.days import Days
from offendermgmt.domain.vocabulary import RiskLevel

Points = npt.NDArray[np.int64]
Places = npt.NDArray[np.intp]

# Neighbours, and levels two apart: an unassessed case is never ranked as if it were known to be low or medium.
_NEXT: Final = (
    (RiskLevel.VERY_HIGH, RiskLevel.HIGH),
    (RiskLevel.HIGH, RiskLevel.MEDIUM),
    (RiskLevel.MEDIUM, RiskLevel.LOW),
    (RiskLevel.UNASSESSED, RiskLevel.MEDIUM),
)
_TWO_APART: Final = (
    (RiskLevel.VERY_HIGH, RiskLevel.MEDIUM),
    (RiskLevel.HIGH, RiskLevel.LOW),
    (RiskLevel.UNASSESSED, RiskLevel.LOW),
)
_FALLING: Final = (RiskLevel.VERY_HIGH, RiskLevel.HIGH, RiskLevel.UNASSESSED, RiskLevel.MEDIUM, RiskLevel.LOW)


def require_risk_first(
    section: str, risk: Mapping[RiskLevel, int], *, beside_risk: int, by_days: int, days_are: str
) -> None:
    """Refuse weights with which a case could overtake one of a higher level in a way it must not.

    All parts beside risk together must come to less than two levels, and what days alone bring (`days_are` names it)
    to less than one. ValueError names the policy's `section`, the number, and the levels.
    """
    if any(risk[worse] < risk[better] for worse, better in pairwise(_FALLING)):
        raise ValueError(f"{section}.risk must not rise along {', '.join(_FALLING)}")
    for pairs, most, what in ((_TWO_APART, beside_risk, "all other parts together"), (_NEXT, by_days, days_are)):
        for higher, lower in pairs:
            gap = risk[higher] - risk[lower]
            if most >= gap:
                raise ValueError(
                    f"{section}: {what} can come to {most} points, and {higher} stands only {gap} above {lower}: "
                    "a case must not overtake another by them"
                )


def by_points(total: Points, since: Days, refs: npt.NDArray[np.object_]) -> Places:
    """Positions in order: the most points first, of equal sums the older day, then the lower reference."""
    return np.lexsort((refs.astype(str), since, -total))


def ranks(order: Places) -> Points:
    """The place of each row that `order` puts into order; the first is 1."""
    places = np.empty(len(order), dtype=np.int64)
    places[order] = np.arange(1, len(order) + 1)
    return places
