"""The lists behind the figures of crews: visits with their authority side by side, settled pairs, visits at once."""

from enum import StrEnum
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from offendermgmt.domain import crewing as crewing_rules
from offendermgmt.domain.vocabulary import LoneFinding, LoneVisit
from offendermgmt.services.crew_groups import Group, Names, grouped
from offendermgmt.services.crewing import judged_partners, overlapping, visits_in_range
from offendermgmt.services.desk import Desk
from offendermgmt.services.labels import LEVELS, refs, team_refs
from offendermgmt.services.lone_findings import Findings, judged
from offendermgmt.services.question import Question
from offendermgmt.services.wording import LACKING
from offendermgmt.store.visits import lone_reasons

DOUBLE: Final = "double_crewed"
STANDINGS: Final = np.array([*(str(kind) for kind in LoneVisit), DOUBLE], dtype=object)


class Listed(StrEnum):
    """Which attended visits are listed, each behind a figure."""

    LONE = "lone"
    UNAUTHORISED = "unauthorised"
    AUTHORISED_LATE = "authorised_late"
    AUTHORISED = "authorised"
    DOUBLE_CREWED = "double_crewed"
    ATTENDED = "attended"
    UNANNOUNCED = "unannounced"
    NOT_RECORDED = "not_recorded"
    FOUND = "found"
    WAITING = "waiting"
    UNFOUND = "unfound"
    APPROPRIATE = "appropriate"
    LEARNING = "learning"
    NOT_APPROPRIATE = "not_appropriate"


# Which are listed by what a supervisor found of them, so that findings have to be known.
BY_FINDING: Final = frozenset({Listed.FOUND, Listed.WAITING, Listed.UNFOUND, *map(Listed, LoneFinding)})


def visit_list(
    question: Question, listed: Listed, group: Group | None = None, found: Findings | None = None
) -> pd.DataFrame:
    """The attended visits behind a figure, unauthorised first and of each kind the latest first.

    A list of `BY_FINDING` needs the findings; ValueError without.

    Columns visit_ref, offender_ref, risk_level (on the day), visited_at (UTC), outcome, officer_refs, standing (a
    `LoneVisit` or `DOUBLE`), announced (missing where not recorded), assessed_on, authoriser_ref, authorised_at (UTC),
    lacking (words, empty where nothing is), holder_ref, team_ref, recording_id. What concerns going alone is missing
    for those who did not. NotPermitted for a viewer who sees counts only.
    """
    question.viewer.require_lists()
    visits = visits_in_range(question)
    keep = _kept(question, visits, listed) if listed not in BY_FINDING else _found(question, visits, listed, found)
    if group is not None:
        keep &= grouped(question, visits, group)
    rows = _rows(question, visits[keep])
    worst = rows["standing"].map({name: rank for rank, name in enumerate(STANDINGS)})
    worst = worst.where(worst < len(LoneVisit), -1)
    order = np.lexsort((rows["visit_ref"], -rows["visited_at"].astype("int64"), -worst))
    return rows.iloc[order].reset_index(drop=True)


def with_reasons(desk: Desk, question: Question, rows: pd.DataFrame) -> pd.DataFrame:
    """The rows of `visit_list` with `reason`, the words recorded for going alone; NotPermitted as there."""
    question.viewer.require_lists()
    alone = rows.loc[rows["standing"] != DOUBLE, "recording_id"]
    reasons = lone_reasons(desk.store, desk.force_ref, [int(number) for number in alone])
    return rows.assign(reason=rows["recording_id"].map(reasons).astype("str"))


def settled_pairs(question: Question) -> pd.DataFrame:
    """Officers whose crews are seldom mixed, most settled first: officer_ref, partner_ref, together, visits, share."""
    question.viewer.require_lists()
    partners = judged_partners(question, visits_in_range(question))
    rows = partners[partners["settled"].to_numpy()]
    named = {
        "officer_ref": refs(question.snapshot, "officer", rows["officer"].to_numpy()),
        "partner_ref": refs(question.snapshot, "officer", rows["partner"].to_numpy()),
    }
    return pd.DataFrame({**named, **{name: rows[name].to_numpy() for name in ("together", "visits", "share")}})


def visits_at_once(question: Question) -> pd.DataFrame:
    """Officers on record at two visits at once, latest first.

    Columns officer_ref, minutes_apart, and of each of the two visits visit_ref, offender_ref, at (UTC) and crew
    (references), prefixed `first_` and `second_`. NotPermitted for a viewer who sees counts only.
    """
    question.viewer.require_lists()
    found = overlapping(question, visits_in_range(question))
    return pd.DataFrame(
        {
            "officer_ref": refs(question.snapshot, "officer", found["officer"].to_numpy()),
            "minutes_apart": found["minutes_apart"].to_numpy(),
            **_one_of_two(question, found["first"].to_numpy(), "first"),
            **_one_of_two(question, found["second"].to_numpy(), "second"),
        }
    )


def _one_of_two(question: Question, rows: npt.NDArray[np.int64], prefix: str) -> dict[str, Any]:
    visits = question.snapshot.facts.tables["visits"].iloc[rows]
    return {
        f"{prefix}_visit_ref": visits["visit_ref"].to_numpy(),
        f"{prefix}_offender_ref": visits["offender_ref"].astype("str").to_numpy(),
        f"{prefix}_at": _utc(visits["visited_at"]).array,
        f"{prefix}_crew": visits["officer_refs"].astype("str").to_numpy(),
    }


def _kept(question: Question, visits: pd.DataFrame, listed: Listed) -> npt.NDArray[np.bool_]:
    lone: npt.NDArray[np.int8] = visits["lone"].to_numpy()
    recorded = question.snapshot.facts.tables["visits"].iloc[visits.index]
    said, announced = recorded["has_announced"].to_numpy(), recorded["announced"].to_numpy()
    match listed:
        case Listed.LONE:
            return np.asarray(lone >= 0)
        case Listed.DOUBLE_CREWED:
            return np.asarray(lone < 0)
        case Listed.ATTENDED:
            return np.ones(len(visits), dtype=bool)
        case Listed.UNANNOUNCED:
            return np.asarray(said & ~announced)
        case Listed.NOT_RECORDED:
            return np.asarray(~said)
    return np.asarray(lone == crewing_rules.STANDING.index(LoneVisit(listed)))


def _found(question: Question, visits: pd.DataFrame, listed: Listed, found: Findings | None) -> npt.NDArray[np.bool_]:
    if found is None:
        raise ValueError(f"The list {listed} is made by findings: give those on record")
    states = judged(question, found, visits)
    finding = states["finding"].to_numpy(dtype=str)
    match listed:
        case Listed.FOUND:
            return np.asarray(finding != "")
        case Listed.WAITING:
            return np.asarray(states["is_waiting"].to_numpy())
        case Listed.UNFOUND:
            return np.asarray((visits["lone"] >= 0).to_numpy() & (finding == ""))
    return np.asarray(finding == str(listed))


def _rows(question: Question, visits: pd.DataFrame) -> pd.DataFrame:
    snapshot = question.snapshot
    recorded = snapshot.facts.tables["visits"].iloc[visits.index]
    lone = visits["lone"].to_numpy()
    alone = pd.Series(lone >= 0, index=recorded.index)
    risk = snapshot.risk_on(visits["offender"].to_numpy(), visits["day"].to_numpy())
    lacking = crewing_rules.shortfalls(snapshot.facts, recorded)
    return pd.DataFrame(
        {
            "visit_ref": recorded["visit_ref"],
            "offender_ref": recorded["offender_ref"].astype("str"),
            "risk_level": LEVELS[risk],
            "visited_at": _utc(recorded["visited_at"]),
            "outcome": recorded["outcome"].astype("str"),
            "officer_refs": recorded["officer_refs"].astype("str"),
            "standing": STANDINGS[lone],
            "announced": recorded["announced"].astype("boolean").where(recorded["has_announced"]),
            "assessed_on": recorded["lone_risk_assessed_on"].where(alone),
            "authoriser_ref": recorded["lone_authorised_by"].astype("str").where(alone),
            "authorised_at": _utc(recorded["lone_authorised_at"]).where(alone),
            "lacking": np.where(alone, _in_words(lacking), ""),
            "holder_ref": refs(snapshot, "officer", visits["officer"].to_numpy()),
            "team_ref": team_refs(snapshot, visits["officer"].to_numpy()),
            "recording_id": recorded["recording_id"],
        }
    )


def _in_words(lacking: pd.DataFrame) -> Names:
    """What each row lacks, as `no reason; no authoriser`."""
    words = np.array([LACKING[name] for name in LACKING], dtype=object)
    flags = lacking[[str(name) for name in LACKING]].to_numpy()
    return np.array(["; ".join(words[row]) for row in flags], dtype=object)


def _utc(moments: "pd.Series[Any]") -> "pd.Series[Any]":
    aware: pd.Series[Any] = moments.dt.tz_localize("UTC")
    return aware
