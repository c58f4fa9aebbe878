"""What each officer holds on a day against both limits, whose cases they are, and which came and went."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

import numpy as np
import pandas as pd

from offendermgmt.domain import caseload as rules
from offendermgmt.domain.days import NEVER, day_numbers
from offendermgmt.domain.movement import held_since
from offendermgmt.domain.segments import Codes
from offendermgmt.domain.timeline import ENDED
from offendermgmt.services import caseload_definitions as definitions
from offendermgmt.services import reports
from offendermgmt.services.figures import Definition, Figure
from offendermgmt.services.labels import LEVELS, STATUSES, dates, refs
from offendermgmt.services.movement import Movement, recent_movement
from offendermgmt.services.overdue import WORST_FIRST, setting_of
from offendermgmt.services.question import Question

UNALLOCATED: Final = "unallocated"
WITHOUT_TIME: Final = "without-time"


class Presence(StrEnum):
    """Whether an officer is there to work the cases they hold."""

    PRESENT = "present"
    NO_TIME = "no_time"
    LEFT = "left"
    NOBODY = "nobody"


class Concern(StrEnum):
    """What a caseload may be looked at for."""

    OVER_SHARE = "over_share"
    OVER_CAP = "over_cap"
    AWAY = "away"
    SMALL = "small"


class Exceeds(StrEnum):
    """Which of the two limits a caseload exceeds (C2, C3)."""

    NEITHER = "neither"
    SHARE = "share"
    CAP = "cap"
    BOTH = "both"


@dataclass(frozen=True)
class CaseloadBoard:
    """Caseloads on a day, as one viewer may see them.

    `officers`: the rows of the caseload report (unallocated: empty officer_ref, first; then worst first), with
    presence (`Presence`), left_on, is_small (fewer cases than policy calls steady), and came and left (cases in the
    days of `movement`). `to_move` is the sum over the officers. All three are None for a viewer who sees counts only.
    """

    over_share: Figure
    over_cap: Figure
    unallocated: Figure
    without_time: Figure
    to_move: int | None
    officers: pd.DataFrame | None
    movement: Movement | None


def caseload_board(question: Question) -> CaseloadBoard:
    """Every caseload in the question's scope as of its day (C1 to C4)."""
    rows = _with_presence(question, reports.caseload(question))
    held, nobody = rows[rows["presence"] != Presence.NOBODY], rows[rows["presence"] == Presence.NOBODY]
    away = held[held["presence"] != Presence.PRESENT]
    lists = question.viewer.opens_lists
    movement = recent_movement(question) if lists else None

    def of_officers(definition: Definition, concern: str) -> Figure:
        exceeding = int(held[concern].astype(bool).sum())
        return Figure.share(definition, setting_of(question), exceeding, len(held)).shown_to(question.viewer)

    def of_cases(definition: Definition, counted: pd.DataFrame) -> Figure:
        return Figure(definition, setting_of(question), int(counted["cases"].sum())).shown_to(question.viewer)

    return CaseloadBoard(
        over_share=of_officers(definitions.OVER_SHARE, "exceeds_threshold"),
        over_cap=of_officers(definitions.OVER_CAP, "exceeds_cap"),
        unallocated=of_cases(definitions.CASES_UNALLOCATED, nobody),
        without_time=of_cases(definitions.CASES_WITHOUT_TIME, away),
        to_move=int(held["to_move"].sum()) if lists else None,
        officers=_worst_first(movement.counted_beside(rows)) if movement is not None else None,
        movement=movement,
    )


def concerning(officers: pd.DataFrame, concern: Concern) -> pd.DataFrame:
    """The rows of officers whose caseload gives this concern: as many as the figure that counts them."""
    allocated = officers["presence"] != Presence.NOBODY
    chosen = {
        Concern.OVER_SHARE: officers["exceeds_threshold"].astype(bool),
        Concern.OVER_CAP: officers["exceeds_cap"].fillna(False).astype(bool),
        Concern.AWAY: officers["presence"] != Presence.PRESENT,
        Concern.SMALL: officers["is_small"],
    }[concern]
    return officers[allocated & chosen].reset_index(drop=True)


def by_limits(officers: pd.DataFrame) -> dict[Exceeds, pd.DataFrame]:
    """The officers who hold cases by which limits these exceed, in the order of `Exceeds`; only kinds with any.

    In the order of `officers` but for small caseloads, which come last.
    """
    holding = officers[(officers["officer_ref"] != "").to_numpy()]
    over_share = holding["exceeds_threshold"].to_numpy(dtype=bool)
    over_cap = holding["exceeds_cap"].fillna(False).to_numpy(dtype=bool)
    kind = over_share.astype(np.int8) + 2 * over_cap
    last = np.argsort(holding["is_small"].to_numpy(), kind="stable")
    groups = {each: holding.iloc[last[kind[last] == code]] for code, each in enumerate(Exceeds)}
    return {each: rows for each, rows in groups.items() if len(rows)}


def cases(question: Question, holder: str) -> pd.DataFrame:
    """The cases of an officer, of `UNALLOCATED` or of `WITHOUT_TIME` (holders away), highest risk first.

    Columns offender_ref, risk_level, status, officer_ref, held_since, last_completed_on, due_on, days_overdue.
    NotPermitted for a viewer who sees counts only.
    """
    question.viewer.require_lists()
    held = _held_by(question, holder)
    snapshot, officer = question.snapshot, held["officer"].to_numpy()
    since = held_since(_of(snapshot.timeline.segments, held["offender"].to_numpy()), question.on)
    due = held["due"].to_numpy()
    rows = pd.DataFrame(
        {
            "offender_ref": refs(snapshot, "offender", held["offender"].to_numpy()),
            "risk_level": LEVELS[held["risk"]],
            "status": STATUSES[held["status"]],
            "officer_ref": refs(snapshot, "officer", officer),
            "held_since": dates(since.reindex(held["offender"]).to_numpy()),
            "last_completed_on": dates(held["last_completed"].to_numpy()),
            "due_on": dates(due),
            "days_overdue": np.maximum(question.on - due.astype(np.int64), 0),
        }
    )
    return _riskiest_first(rows)


def _held_by(question: Question, holder: str) -> pd.DataFrame:
    now = question.snapshot.standing_on(question.on)
    counted = question.offender_scope.holds(now["officer"].to_numpy()) & (now["status"] != ENDED).to_numpy()
    held = now[counted]
    holders, of = np.unique(held["officer"].to_numpy(), return_inverse=True)
    named = pd.Series(refs(question.snapshot, "officer", holders))
    theirs: pd.DataFrame = held[_chosen(question, named, holder).to_numpy(dtype=bool)[of]]
    return theirs


def _of(segments: pd.DataFrame, offender: Codes) -> pd.DataFrame:
    """The segments of these offenders."""
    whose = segments["offender"].to_numpy()
    wanted = np.zeros(int(whose.max(initial=-1)) + 1, dtype=bool)
    wanted[offender] = True
    found: pd.DataFrame = segments[wanted[whose]]
    return found


def _chosen(question: Question, officer_ref: "pd.Series[str]", holder: str) -> "pd.Series[bool]":
    if holder == UNALLOCATED:
        return officer_ref == ""
    if holder == WITHOUT_TIME:
        return presence(question, officer_ref).isin([Presence.LEFT, Presence.NO_TIME])
    return officer_ref == holder


def _riskiest_first(rows: pd.DataFrame) -> pd.DataFrame:
    rank = rows["risk_level"].map({str(level): position for position, level in enumerate(WORST_FIRST)})
    order = np.lexsort((rows["offender_ref"], -rows["days_overdue"], rank))
    return rows.iloc[order].reset_index(drop=True)


def _with_presence(question: Question, rows: pd.DataFrame) -> pd.DataFrame:
    return rows.assign(
        presence=presence(question, rows["officer_ref"]),
        left_on=left_on(question, rows["officer_ref"]),
        is_small=(rows["cases"] < question.policy.workload.small_caseload) & (rows["officer_ref"] != ""),
    )


def presence(question: Question, officer_ref: "pd.Series[str]") -> "pd.Series[Any]":
    """Whether each holder is there to work cases on the day (`Presence`); empty references are nobody (C3, C4)."""
    facts = question.snapshot.facts
    codes = facts.registers["officer"].get_indexer(pd.Index(officer_ref, dtype="str"))
    has_time = np.append(rules.fte_available(facts, question.on) > 0, True)[codes]
    found = np.where(has_time, Presence.PRESENT, Presence.NO_TIME).astype(object)
    found[day_numbers(left_on(question, officer_ref)) < NEVER] = Presence.LEFT
    found[codes < 0] = Presence.NOBODY
    return pd.Series(found, index=officer_ref.index)


def left_on(question: Question, officer_ref: "pd.Series[str]") -> "pd.Series[Any]":
    """The day each officer was no longer in post, where it has come."""
    facts = question.snapshot.facts
    ends = np.full(len(facts.registers["officer"]) + 1, NEVER, dtype=np.int32)
    officers = facts.tables["officers"]
    ends[officers["officer_ref"].cat.codes.to_numpy()] = day_numbers(officers["to_on"])
    codes = facts.registers["officer"].get_indexer(pd.Index(officer_ref, dtype="str"))
    return dates(np.where(ends[codes] <= question.on, ends[codes], NEVER)).set_axis(officer_ref.index)


def _worst_first(rows: pd.DataFrame) -> pd.DataFrame:
    allocated = (rows["officer_ref"] != "").to_numpy()
    per_fte = rows["cases_per_fte"].fillna(np.inf)
    over_cap = rows["exceeds_cap"].fillna(False).astype(bool)
    order = np.lexsort((rows["officer_ref"], -rows["cases"], -per_fte, ~over_cap, -rows["to_move"], allocated))
    return rows.iloc[order].reset_index(drop=True)
