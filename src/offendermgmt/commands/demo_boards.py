"""What the demonstration's boards did: interventions, actions, commentary, and the months they closed.

Told through the services, as of the days it was done, with what was known by then.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from offendermgmt.commands.demo_desk import DeskOfThen, SetClock
from offendermgmt.domain.days import LONDON
from offendermgmt.domain.evaluation import Expected
from offendermgmt.domain.vocabulary import Board, DecisionState, Improvement
from offendermgmt.services.access import Role, Viewer
from offendermgmt.services.acting import NewAction, close_action, take_action
from offendermgmt.services.board_actions import board_actions
from offendermgmt.services.closing import close_month
from offendermgmt.services.commentary_writing import Writing, approve, submit
from offendermgmt.services.demonstration import demo_viewers
from offendermgmt.services.framework import framework_on
from offendermgmt.services.interventions import InterventionText, interventions, rebase, register
from offendermgmt.store import Store
from offendermgmt.synthetic.story import events

_CLOSED_MONTHS: Final = 2
_CLOSING_DAY: Final = 8
_RISE, _FALL = Improvement.INCREASE, Improvement.DECREASE
# By the kind of the story's event: what was done then, why, and what it was to move.
_DONE: Final = {
    "order": (
        "Double crewing ordered",
        "Inspectors found officers visiting alone. Every visit has two officers unless a supervisor agrees beforehand.",
        {"double-crewed": Expected(_RISE, 0.25), "lone-unauthorised": Expected(_FALL)},
    ),
    "staffing": (
        "Seconded officers in both teams",
        "The backlog could not be worked off with the officers there were.",
        {
            "overdue": Expected(_FALL, 40.0),
            "overdue-share": Expected(_FALL),
            "overdue-high-risk": Expected(_FALL),
            "days-overdue": Expected(_FALL),
            "longest-overdue": Expected(_FALL),
            "compliance": Expected(_RISE, 0.2),
        },
    ),
}
# By the kind of the event from which limits start anew: the intervention whose measures they are of, and the reason.
_ANEW: Final = {
    "order": (
        "Double crewing ordered",
        "Since the order visits are crewed by another rule: older months say nothing of the newer.",
    ),
    "recovery": (
        "Seconded officers in both teams",
        "The backlog was worked off and has been at another level since: older months say nothing of the newer.",
    ),
}
_SAID: Final = {
    "double-crewed": (
        "Nearly every visit was made by two officers.",
        "The order holds, and the few lone visits had authority.",
        "Keep the weekly look at lone visits.",
    ),
    "longest-overdue": (
        "One offender has been missing for many months, and the visit stays overdue.",
        "The figure says nothing about the other visits, which are days late and not months.",
        "The search is reviewed with the regional unit this month.",
    ),
    "unallocated": (
        "Offenders were left without a holder while two officers were ill.",
        "Nobody plans their visits, so they fall overdue unseen.",
        "The supervisor allocates them each Monday until both are back.",
    ),
}


@dataclass(frozen=True)
class _Told:
    desk: DeskOfThen
    viewers: dict[Role, Viewer]
    clock: SetClock

    def at(self, day: date, hour: int = 10) -> datetime:
        """Set the clock; the moment it stands at."""
        self.clock.moment = datetime.combine(day, time(hour), tzinfo=LONDON)
        return self.clock.moment


def tell_boards(store: Store, force_ref: str, now: datetime) -> None:
    """Put on record what the boards did in the last months; `now` is a London time."""
    clock = SetClock(now)
    desk = DeskOfThen(store, force_ref, clock)
    told = _Told(desk, {viewer.role: viewer for viewer in demo_viewers(desk.snapshot())}, clock)
    closings = [(month, _closing_day(month)) for month in _months_before(now.date(), _CLOSED_MONTHS + 1)]
    past = [(month, day) for month, day in closings if day < now.date()][:_CLOSED_MONTHS]
    for month, day in past:
        if month == past[0][0]:
            _register(told, day, now.date())
            _act(told, day)
        _comment(told, day, month, ("double-crewed",))
        close_month(desk, told.viewers[Role.SLT], month, 0, now=told.at(day, 16))
    _follow_up(told, now.date())
    # On the first of a month nobody has had a day to say anything of the month that has just ended.
    if now.day > 1:
        _comment(told, now.date() - timedelta(days=1), closings[-1][0], ("longest-overdue", "unallocated"))


def _months_before(day: date, number: int) -> list[date]:
    """The first days of so many whole months before a day's own, the oldest first."""
    months = [day.year * 12 + day.month - 1 - back for back in range(number, 0, -1)]
    return [date(month // 12, month % 12 + 1, 1) for month in months]


def _closing_day(month: date) -> date:
    return (month + timedelta(days=31)).replace(day=_CLOSING_DAY)


def _register(told: _Told, day: date, ends_on: date) -> None:
    told.at(day)
    measures = [measure.measure_ref for measure in framework_on(told.desk, day).measures]
    done: set[str] = set()
    for event in events(ends_on):
        if event.kind in _DONE and event.kind not in done and event.on < day:
            done.add(event.kind)
            title, why, expected = _DONE[event.kind]
            text = InterventionText(title, why, event.on, dict(expected))
            register(told.desk, told.viewers[Role.ANALYST], text, measures)
    starts = {event.kind: event.on for event in events(ends_on) if event.kind in _ANEW and event.on < day}
    for each in interventions(told.desk):
        for kind, (title, reason) in _ANEW.items():
            if each.text.title == title and kind in starts:
                rebase(told.desk, told.viewers[Role.ANALYST], each, starts[kind], reason)


def _act(told: _Told, day: date) -> None:
    now = told.at(day, 11)
    wanted = (
        NewAction(
            Board.SLT, "Weekly look at every lone visit and its authority", day + timedelta(days=14), None, "DCI"
        ),
        NewAction(Board.SLT, "Cover for two officers who are ill", day + timedelta(days=60), None, "Head of PVP"),
        NewAction(Board.FPB, "Plan for visits that no officer holds", day + timedelta(days=90), None, "DCI"),
        NewAction(Board.PVM, "Agree referral times with children's social care", day + timedelta(days=75), None, "DI"),
    )
    for action in wanted:
        take_action(told.desk, told.viewers[Role.ANALYST], action, now=now)


def _follow_up(told: _Told, today: date) -> None:
    """The first action was done on its day."""
    for each in board_actions(told.desk):
        if each.what.startswith("Weekly look") and each.due_on < today:
            outcome = "Done each Friday; findings are on record."
            now = told.at(each.due_on)
            close_action(told.desk, told.viewers[Role.ANALYST], each, DecisionState.DONE, outcome, now=now)


def _comment(told: _Told, day: date, month: date, measures: Sequence[str]) -> None:
    for ref in measures:
        submit(told.desk, told.viewers[Role.DCI], Writing(ref, month, *_SAID[ref], 0), now=told.at(day, 12))
        told.at(day, 14)
        approve(told.desk, told.viewers[Role.SLT], ref, month, 1)
