"""Reallocating cases: a supervisor's or inspector's decision, recorded with its reason, whole or not at all."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from offendermgmt.domain.days import LONDON
from offendermgmt.intake.form import save_rows
from offendermgmt.services.access import NotPermitted, Role, Viewer
from offendermgmt.services.changes import AlreadyRecorded, ChangeRefused, changing
from offendermgmt.services.desk import Desk
from offendermgmt.services.holding import Holding, Move
from offendermgmt.services.wording import day_text

_SAID_AT_MOST: Final = 3
_RECORD: Final = {Role.SUPERVISOR, Role.DI, Role.DCI}


@dataclass(frozen=True)
class Reallocation:
    """Cases to be held by others from a day on, and why."""

    moves: tuple[Move, ...]
    from_on: date
    reason: str


def may_reallocate(viewer: Viewer) -> bool:
    """Whether the viewer's role decides who holds a case."""
    return viewer.role in _RECORD


def reallocate(desk: Desk, viewer: Viewer, asked: Reallocation, *, now: datetime) -> int:
    """Put new allocations on record for every case in `asked`, with one audit record; how many.

    Everything is checked against the store as it is once no one else can write. NotPermitted for a role or scope that
    may not, ChangeRefused for what cannot be recorded (AlreadyRecorded where it is on record as asked),
    StoreUnavailable where the store cannot.
    """
    if not may_reallocate(viewer):
        raise NotPermitted("Cases are reallocated by a supervisor, an inspector or a chief inspector. Ask one of them.")
    today = now.astimezone(LONDON).date()
    _require_complete(asked, today)
    with changing(desk, viewer, "reallocation") as work:
        held = Holding(desk.question(viewer, asked.from_on, today=today), today)
        _require_possible(held, asked.moves)
        recorded = save_rows(work, "allocations", _rows(asked), now)
        work.audit("reallocated cases", "reallocation", None, _details(viewer, asked))
    return recorded


def _require_possible(held: Holding, moves: Sequence[Move]) -> None:
    problems = [problem for move in moves if (problem := held.problem_with(move))]
    if not problems:
        return
    if all(held.is_made(move) for move in moves):
        raise AlreadyRecorded(f"Nothing more was recorded: {_some(problems)}")
    raise ChangeRefused(f"Nothing was recorded. {_some(problems)}")


def _some(problems: Sequence[str]) -> str:
    more = len(problems) - _SAID_AT_MOST
    return " ".join([*problems[:_SAID_AT_MOST], *([f"And so for {more} more."] if more > 0 else [])])


def _require_complete(asked: Reallocation, today: date) -> None:
    cases = [move.offender_ref for move in asked.moves]
    if not cases:
        raise ChangeRefused("Nothing was recorded: no case was chosen. Choose at least one.")
    if len(set(cases)) < len(cases):
        raise ChangeRefused("Nothing was recorded: a case is there twice. Choose one holder for each.")
    if not asked.reason.strip():
        raise ChangeRefused("Nothing was recorded: say why the cases move. The reason is kept with the record.")
    if asked.from_on > today:
        raise ChangeRefused(
            f"Nothing was recorded: {day_text(asked.from_on)} has not come yet. "
            "Choose today or an earlier day, and record a later handover on its day."
        )


def _rows(asked: Reallocation) -> list[dict[str, str]]:
    return [
        {"offender_ref": move.offender_ref, "from_on": asked.from_on.isoformat(), "officer_ref": move.to_ref}
        for move in asked.moves
    ]


def _details(viewer: Viewer, asked: Reallocation) -> dict[str, Any]:
    return {
        "role": str(viewer.role),
        "from_on": asked.from_on.isoformat(),
        "reason": asked.reason.strip(),
        "moves": [
            {"offender_ref": move.offender_ref, "from": move.shown_ref, "to": move.to_ref} for move in asked.moves
        ],
    }
