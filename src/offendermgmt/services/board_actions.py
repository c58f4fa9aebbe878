"""Actions of the boards as they stand: what is to be done, by whom, by when, and what became of it (M40 to M45)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import groupby
from operator import attrgetter
from typing import Any, Final

from offendermgmt.domain.vocabulary import Board
from offendermgmt.services import board_action_definitions as definitions
from offendermgmt.services.access import OWN_CASES_ONLY, NotPermitted, Viewer
from offendermgmt.services.desk import Desk
from offendermgmt.services.figures import Figure
from offendermgmt.services.overdue import setting_of
from offendermgmt.services.question import Question
from offendermgmt.services.tasks import Task, as_it_stands
from offendermgmt.store.decisions import action_versions


@dataclass(frozen=True)
class BoardAction(Task):
    """A board's action as its newest version has it.

    Its owner is an officer (`owner_ref`) or a post (`owner_post`). `measure_ref` is the measure that it is to move.
    """

    action_ref: str
    board: Board
    what: str
    measure_ref: str | None
    owner_post: str | None


class When(StrEnum):
    """When open actions are due, and those that are closed; the value is its code in an address."""

    LATE = "late"
    FORTNIGHT = "fortnight"
    LATER = "later"
    CLOSED = "closed"


@dataclass(frozen=True)
class ActionPlan:
    """The boards' actions on a day: how many are open, of those late, due in the days of the plan, and later.

    `actions` are those of each kind: open ones the earliest due first, closed ones the last closed first.
    """

    figures: Mapping[When | None, Figure]
    actions: Mapping[When, tuple[BoardAction, ...]]
    last_on: date


_OF_OPEN: Final = {
    When.LATE: definitions.LATE,
    When.FORTNIGHT: definitions.IN_PLAN,
    When.LATER: definitions.LATER,
}


def board_actions(desk: Desk, known_at: datetime | None = None) -> tuple[BoardAction, ...]:
    """Every board's action on record, or on record at `known_at` (D3), in the order taken."""
    rows = [
        row for row in action_versions(desk.store, desk.force_ref) if known_at is None or row.recorded_at <= known_at
    ]
    read = [_action(list(versions)) for _, versions in groupby(rows, key=attrgetter("decision_ref"))]
    return tuple(sorted(read, key=attrgetter("decided_at", "action_ref")))


def may_see(viewer: Viewer) -> bool:
    """Whether the viewer reads what the boards decided: everybody but those who see their own cases only."""
    return viewer.role not in OWN_CASES_ONLY


def action_plan(question: Question, recorded: Iterable[BoardAction], board: Board | None = None) -> ActionPlan:
    """The actions of every board, or of one, as of the question's day (M43).

    An action names no person, so that counts of actions are nobody's and none is kept from a board. NotPermitted for a
    viewer who sees their own cases only; what is theirs to carry out is `mine`.
    """
    if not may_see(question.viewer):
        raise NotPermitted("The boards' actions are for supervisors, inspectors, analysts and the boards.")
    on = question.as_of
    last_on = on + timedelta(days=question.policy.board_actions.plan_days)
    known = [each for each in recorded if board in {None, each.board} and each.decided_on <= on]
    still = sorted((each for each in known if each.is_open(on)), key=attrgetter("due_on", "decided_at", "action_ref"))
    closed = [each for each in known if not each.is_open(on) and not each.is_withdrawn]
    actions = {
        When.LATE: tuple(each for each in still if each.due_on < on),
        When.FORTNIGHT: tuple(each for each in still if on <= each.due_on <= last_on),
        When.LATER: tuple(each for each in still if each.due_on > last_on),
        When.CLOSED: tuple(sorted(closed, key=attrgetter("closed_on", "action_ref"), reverse=True)),
    }
    setting = setting_of(question)
    figures: dict[When | None, Figure] = {None: Figure(definitions.OPEN, setting, len(still))}
    for when, definition in _OF_OPEN.items():
        figures[when] = Figure.share(definition, setting, len(actions[when]), len(still))
    return ActionPlan(figures, actions, last_on)


def mine(viewer: Viewer, recorded: Iterable[BoardAction], on: date) -> tuple[BoardAction, ...]:
    """The open actions whose owner the viewer is, the earliest due first."""
    own = [each for each in recorded if each.owner_ref is not None and each.owner_ref == viewer.officer_ref]
    return tuple(sorted((each for each in own if each.is_open(on)), key=attrgetter("due_on", "action_ref")))


def _action(versions: list[Any]) -> BoardAction:
    first = versions[0]
    return BoardAction(
        **as_it_stands(versions),
        action_ref=first.decision_ref,
        board=Board(first.board),
        what=first.reason,
        measure_ref=first.measure_ref,
        owner_post=first.owner_post,
    )
