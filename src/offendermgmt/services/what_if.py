"""What caseloads would be if chosen cases were held by another officer: the same rules, nothing saved."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from offendermgmt.domain import caseload as rules
from offendermgmt.domain.timeline import ENDED
from offendermgmt.domain.visits import standing
from offendermgmt.services.access import OWN_CASES_ONLY, NotPermitted, Viewer
from offendermgmt.services.labels import refs
from offendermgmt.services.question import Question
from offendermgmt.services.reports import share

MEASURES: Final = [
    *("cases", "active_cases", "high_risk", "share", "exceeds_threshold", "to_move"),
    *("fte", "cases_per_fte", "exceeds_cap"),
]


@dataclass(frozen=True)
class WhatIf:
    """Caseloads before and after a move.

    `officers` (by officer_ref; empty text = unallocated) and `teams` (by team_ref) have two rows each, `when` = before
    and after, with `MEASURES` as in the caseload report; a holder with no cases has 0 and no share. Teams also have
    over_share and over_cap, how many of their officers exceed; their own share and cases per FTE are over all of them.
    """

    officers: pd.DataFrame
    teams: pd.DataFrame


def may_ask_what_if(viewer: Viewer) -> bool:
    """Whether the viewer sees caseloads beside each other, so that moving between them means something."""
    return viewer.opens_lists and viewer.role not in OWN_CASES_ONLY


def what_if(question: Question, moves: Mapping[str, str]) -> WhatIf:
    """Caseloads of everyone concerned and their teams, as of the day, before and after each offender in `moves` went
    to the officer beside it.

    NotPermitted for a case or an officer outside the viewer's scope, ValueError for an officer not in the store.
    """
    whole = replace(question, team_ref=None, officer_ref=None)
    whole.viewer.require_lists()
    facts = whole.snapshot.facts
    offender, receiver = _codes(whole, moves)
    before = standing(whole.snapshot.timeline.segments, whole.on)
    chosen = before[before["offender"].isin(offender)]
    _require_scope(whole, moves, chosen, receiver)
    after = rules.reassigned(before, offender, receiver)
    officers = np.unique(np.concatenate([chosen["officer"], receiver])).astype(np.int32)
    team = whole.snapshot.team_of_officer
    teams = np.unique(np.append(team, -1)[officers])
    fte = rules.fte_available(facts, whole.on)
    states = {"before": before, "after": after}
    return WhatIf(
        officers=_paired(
            {when: _loads(whole, state, fte, officers) for when, state in states.items()}, whole, "officer", officers
        ),
        teams=_paired(
            {when: _team_loads(whole, state, fte, teams[teams >= 0]) for when, state in states.items()},
            whole,
            "team",
            teams[teams >= 0],
        ),
    )


def _codes(question: Question, moves: Mapping[str, str]) -> "tuple[npt.NDArray[np.int32], npt.NDArray[np.int32]]":
    registers = question.snapshot.facts.registers
    offender = registers["offender"].get_indexer(pd.Index(list(moves), dtype="str"))
    receiver = registers["officer"].get_indexer(pd.Index(list(moves.values()), dtype="str"))
    unknown = [ref for ref, code in zip(moves.values(), receiver, strict=True) if code < 0]
    if unknown:
        raise ValueError(f"There is no officer {unknown[0]!r} in the store: choose one of those listed.")
    return offender.astype(np.int32), receiver.astype(np.int32)


def _require_scope(
    question: Question, moves: Mapping[str, str], chosen: pd.DataFrame, receiver: "npt.NDArray[np.int32]"
) -> None:
    managed = chosen[(chosen["status"] != ENDED).to_numpy()]
    scope = question.offender_scope
    if len(managed) < len(moves) or not (
        scope.holds(managed["officer"].to_numpy()).all() and scope.holds(receiver).all()
    ):
        raise NotPermitted(
            f"Not all of these cases and officers are yours to move on {question.as_of:%d %B %Y}. "
            "Choose managed cases and officers of your own teams."
        )


def _loads(
    question: Question, state: pd.DataFrame, fte: "npt.NDArray[np.float64]", holders: "npt.NDArray[np.int32]"
) -> pd.DataFrame:
    """The measures of each holder (code), with 0 cases where the rules give no row."""
    rows = rules.caseload(state, fte, question.policy).set_index("officer").reindex(holders)
    none = rows["cases"].isna()
    counts = {name: rows[name].fillna(0).astype(np.int64) for name in ("cases", "active_cases", "high_risk", "to_move")}
    available = np.append(fte, np.nan)[holders]
    rows = rows.assign(**counts, fte=available, exceeds_threshold=rows["exceeds_threshold"].eq(True))
    rows["cases_per_fte"] = rows["cases_per_fte"].mask(none & (available > 0), 0.0)
    rows["exceeds_cap"] = rows["exceeds_cap"].mask(none & (holders >= 0), False)
    return rows.assign(share=share(rows["high_risk"], rows["cases"]))


def _team_loads(
    question: Question, state: pd.DataFrame, fte: "npt.NDArray[np.float64]", teams: "npt.NDArray[np.int32]"
) -> pd.DataFrame:
    facts, team = question.snapshot.facts, question.snapshot.team_of_officer
    there = rules.in_post(facts, question.on) & (team >= 0)
    size = len(facts.registers["team"])
    team_fte = np.bincount(team[there], weights=fte[there], minlength=size).astype(np.float64)
    of_team = np.append(team, -1)[state["officer"].to_numpy()].astype(np.int32)
    rows = _loads(question, state.assign(officer=of_team), team_fte, teams)
    each = rules.caseload(state, fte, question.policy)
    each = each[each["officer"] >= 0].assign(team=lambda held: team[held["officer"]])
    exceeding = each.groupby("team").agg(over_share=("exceeds_threshold", "sum"), over_cap=("exceeds_cap", "sum"))
    return rows.join(exceeding.reindex(teams).fillna(0).astype(np.int64))


def _paired(
    states: Mapping[str, pd.DataFrame], question: Question, register: str, codes: "npt.NDArray[np.int32]"
) -> pd.DataFrame:
    named = refs(question.snapshot, register, codes)
    frames = [rows.assign(ref=named, when=when) for when, rows in states.items()]
    joined = pd.concat(frames).sort_index(kind="stable").rename(columns={"ref": f"{register}_ref"})
    extra = ["over_share", "over_cap"] if register == "team" else []
    return joined[[f"{register}_ref", "when", *MEASURES, *extra]].reset_index(drop=True)
