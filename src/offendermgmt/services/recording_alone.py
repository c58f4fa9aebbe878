"""A visit recorded by one officer: what it lacks of W2, and the confirmation it is not saved without (R43)."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import pandas as pd
from pydantic import ValidationError

from offendermgmt.domain import crewing
from offendermgmt.domain.days import london_dates
from offendermgmt.domain.facts import Facts
from offendermgmt.domain.vocabulary import ATTENDED, LoneShortfall, LoneVisit
from offendermgmt.intake.contract import TABLES
from offendermgmt.services.changes import ChangeRefused
from offendermgmt.services.wording import LACKING, LONE

_ATTENDED: Final = {str(outcome) for outcome in ATTENDED}


class Unconfirmed(ChangeRefused):
    """What can be recorded as asked only once somebody has said yes to each of `doubts`; nothing was recorded.

    `as_it_is` is what they say yes to, to stand after "Save it": as unauthorised, as another visit.
    """

    def __init__(self, sentence: str, doubts: frozenset[str], as_it_is: str) -> None:
        super().__init__(sentence)
        self.doubts, self.as_it_is = doubts, as_it_is


def lacking(facts: Facts, cells: Mapping[str, str]) -> Sequence[LoneShortfall]:
    """What a visit, given as the contract's cells, lacks of W2; nothing where it was not made by one officer.

    Nothing either for cells that are no visit: those the contract refuses in its own words.
    """
    try:
        visit: Any = TABLES["visits"].model_validate(cells)
    except ValidationError:
        return []
    crew = {ref for ref in (visit.officer_refs or "").split(";") if ref}
    if len(crew) != 1 or visit.outcome not in _ATTENDED:
        return []
    found = crewing.shortfalls(facts, _row(visit)).iloc[0]
    return [name for name in LoneShortfall if found[name]]


def require_confirmed(lacks: Sequence[LoneShortfall], confirmed: frozenset[str]) -> None:
    """Raise Unconfirmed unless each thing the visit lacks has been confirmed."""
    doubts = frozenset(map(str, lacks))
    if doubts <= confirmed:
        return
    standing = LONE[_standing(lacks)].split(", ")[-1]
    raise Unconfirmed(
        f"Not saved yet: one officer went, with {words(lacks)}. A visit alone needs a reason, a risk assessment dated "
        "on or before its day, and the authority of a supervisor who was not on it, given before it. Fill in what "
        f"there is, or confirm that the visit is saved as {standing}.",
        doubts,
        f"as made alone and {standing} ({words(lacks)})",
    )


def words(lacks: Sequence[LoneShortfall]) -> str:
    """What is lacking, as a list in a sentence."""
    return ", ".join(LACKING[name] for name in lacks)


def _standing(lacks: Sequence[LoneShortfall]) -> LoneVisit:
    """How a visit that lacks this stands (W2)."""
    is_late = set(lacks) == {LoneShortfall.AUTHORISED_AFTER}
    return LoneVisit.AUTHORISED_LATE if is_late else LoneVisit.UNAUTHORISED


def _row(visit: Any) -> pd.DataFrame:
    """The visit as a row of the visits table, as far as W2 reads it."""
    at, authorised = (
        pd.Series([moment], dtype="datetime64[us, UTC]").dt.tz_localize(None)
        for moment in (visit.visited_at, visit.lone_authorised_at)
    )
    return pd.DataFrame(
        {
            "officer_refs": pd.Categorical([visit.officer_refs]),
            "visited_at": at,
            "visited_on": london_dates(at),
            "has_lone_reason": [bool(visit.lone_reason)],
            "lone_risk_assessed_on": pd.Series([visit.lone_risk_assessed_on], dtype="datetime64[s]"),
            "lone_authorised_by": pd.Series([visit.lone_authorised_by], dtype="str"),
            "lone_authorised_at": authorised,
        }
    )
