"""Officers' availability: leave, abstraction and part-time, dated, corrected and withdrawn with a reason (C3)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final

import numpy as np
import pandas as pd

from offendermgmt.domain.days import LONDON, day_numbers
from offendermgmt.intake.form import save_rows
from offendermgmt.services.access import NotPermitted, Viewer
from offendermgmt.services.changes import ChangeRefused, changing
from offendermgmt.services.desk import Desk
from offendermgmt.services.holding import teams_to_act_for
from offendermgmt.services.question import Question
from offendermgmt.services.reallocation import may_reallocate
from offendermgmt.services.wording import day_text

COLUMNS: Final = [
    *("officer_ref", "team_ref", "from_on", "to_on", "fte", "contracted_fte", "reason", "state"),
    *("recorded_at", "recording_id"),
]


class AvailabilityState(StrEnum):
    """Whether a stretch of availability holds on a day."""

    IN_FORCE = "in_force"
    COMING = "coming"
    SUPERSEDED = "superseded"


class Change(StrEnum):
    """What is done to a stretch of availability."""

    ADD = "add"
    CORRECT = "correct"
    WITHDRAW = "withdraw"


@dataclass(frozen=True)
class Availability:
    """A stretch of an officer's time: from a day, to the first day it no longer holds, at a share of full time."""

    officer_ref: str
    from_on: date
    to_on: date | None
    fte: float
    reason: str


def may_change(viewer: Viewer) -> bool:
    """Whether the viewer's role keeps officers' availability."""
    return may_reallocate(viewer)


def availability(question: Question) -> pd.DataFrame:
    """Availability in force on the day and coming after it, of officers in the question's scope, with `COLUMNS`.

    `state` is an `AvailabilityState`: superseded is one still dated over the day that a newer one has taken the place
    of (C3). By officer and from_on. NotPermitted for a viewer who sees counts only.
    """
    question.viewer.require_lists()
    facts = question.snapshot.facts
    rows = facts.tables["officer_availability"]
    rows = rows[question.offender_scope.holds(rows["officer_ref"].cat.codes.to_numpy())]
    rows = rows.sort_values(["officer_ref", "from_on"])
    begun = day_numbers(rows["from_on"]) <= question.on
    last_begun = begun & ~pd.Series(rows["officer_ref"].cat.codes.where(begun, -1)).duplicated(keep="last").to_numpy()
    officers = facts.tables["officers"].set_index("officer_ref")
    states = [AvailabilityState.COMING, AvailabilityState.IN_FORCE]
    listed = rows.assign(
        state=np.select([~begun, last_begun], [str(state) for state in states], str(AvailabilityState.SUPERSEDED)),
        team_ref=rows["officer_ref"].map(officers["team_ref"]).astype("str"),
        contracted_fte=rows["officer_ref"].map(officers["fte"]).astype("float64"),
        officer_ref=rows["officer_ref"].astype("str"),
    )
    over = day_numbers(rows["to_on"]) <= question.on
    return listed[~over][COLUMNS].sort_values(["officer_ref", "from_on"], ignore_index=True)


def change_availability(
    desk: Desk,
    viewer: Viewer,
    change: Change,
    stretch: Availability,
    *,
    why: str,
    now: datetime,
    shown: int | None = None,
) -> int:
    """Put a stretch of availability on record, corrected or withdrawn, with one audit record; 0 if nothing is new.

    `shown` is the recording_id the page showed, for a correction or withdrawal: the stretch is the one of the same
    officer and first day. NotPermitted for a role or scope that may not, ChangeRefused for what
    cannot be recorded.
    """
    if not may_change(viewer):
        raise NotPermitted("Availability is kept by supervisors and inspectors. Ask one of them.")
    if change is not Change.ADD and not why.strip():
        raise ChangeRefused("Nothing was recorded: say why. The reason is kept with the record.")
    today = now.astimezone(LONDON).date()
    with changing(desk, viewer, "availability") as work:
        question = desk.question(viewer, today, today=today)
        _require_scope(question, stretch.officer_ref)
        _require_as_shown(_standing(question, stretch), change, stretch, shown)
        recorded = save_rows(work, "officer_availability", [_row(stretch, change)], now)
        work.audit(f"{change} availability", "officer", stretch.officer_ref, _details(viewer, stretch, why))
    return recorded


def _require_scope(question: Question, officer_ref: str) -> None:
    officers = question.snapshot.facts.tables["officers"]
    team = officers[(officers["officer_ref"] == officer_ref).to_numpy()]["team_ref"]
    if not team.isin(teams_to_act_for(question)).any():
        raise NotPermitted(
            f"{officer_ref} is not in a team of yours. Ask the officer's own supervisor, or the detective inspector."
        )


def _standing(question: Question, stretch: Availability) -> Mapping[str, Any] | None:
    """What stands on record for the officer from the stretch's first day."""
    rows = question.snapshot.facts.tables["officer_availability"]
    same = (rows["officer_ref"] == stretch.officer_ref) & (rows["from_on"] == pd.Timestamp(stretch.from_on))
    found: list[Mapping[str, Any]] = rows[same.to_numpy()].to_dict("records")  # type: ignore[assignment]
    return found[0] if found else None


def _require_as_shown(now: Mapping[str, Any] | None, change: Change, stretch: Availability, shown: int | None) -> None:
    which = f"availability of {stretch.officer_ref} from {day_text(stretch.from_on)}"
    if change is Change.ADD:
        if now is not None:
            raise ChangeRefused(
                f"Nothing was recorded: there is {which} already, at {now['fte']:g} FTE. Correct that one instead."
            )
        return
    if now is None:
        raise ChangeRefused(f"Nothing was recorded: the {which} has been withdrawn since the page showed it.")
    if int(now["recording_id"]) != shown:
        raise ChangeRefused(
            f"Nothing was recorded: the {which} was changed since the page showed it, to {now['fte']:g} FTE"
            f"{'' if pd.isna(now['to_on']) else ' until ' + day_text(now['to_on'])}. Look again before you decide."
        )


def _row(stretch: Availability, change: Change) -> dict[str, str]:
    return {
        "officer_ref": stretch.officer_ref,
        "from_on": stretch.from_on.isoformat(),
        "to_on": stretch.to_on.isoformat() if stretch.to_on else "",
        "fte": f"{stretch.fte:g}",
        "reason": stretch.reason,
        "is_void": "true" if change is Change.WITHDRAW else "",
    }


def _details(viewer: Viewer, stretch: Availability, why: str) -> dict[str, Any]:
    return {
        "role": str(viewer.role),
        "from_on": stretch.from_on.isoformat(),
        "to_on": stretch.to_on.isoformat() if stretch.to_on else None,
        "fte": stretch.fte,
        "reason": stretch.reason,
        "why": why.strip(),
    }
