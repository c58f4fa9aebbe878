"""What the demonstration's people did in the last weeks: flags, decisions, findings and plans of the daily work.

Everything goes through the services that the pages use, as of the day it is told of, so that nothing stands in the
demonstration that a page would have refused.
"""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

import numpy as np

from offendermgmt.commands.demo_desk import DeskOfThen, SetClock
from offendermgmt.domain.days import LONDON, day_number
from offendermgmt.domain.periods import Every, Periods
from offendermgmt.domain.vocabulary import DecisionKind, DecisionState, FlagKind, LoneFinding, ReviewState, Unit
from offendermgmt.domain.working_days import is_working_day
from offendermgmt.services.access import Role, Viewer
from offendermgmt.services.changes import ChangeRefused
from offendermgmt.services.consultations import Subject
from offendermgmt.services.crew_lists import Listed, visit_list
from offendermgmt.services.deciding import Deciding, decide
from offendermgmt.services.decision_closing import close
from offendermgmt.services.decision_owners import owners
from offendermgmt.services.decisions import about, decisions, versions_seen
from offendermgmt.services.demonstration import demo_viewers
from offendermgmt.services.desk import Desk
from offendermgmt.services.directory import team_choices
from offendermgmt.services.flag_recording import Flagging, record_flag
from offendermgmt.services.flags import flags
from offendermgmt.services.lone_findings import findings, with_findings
from offendermgmt.services.lone_judging import Judging, judge
from offendermgmt.services.morning import morning
from offendermgmt.services.plan_suggestion import as_plans, officers_to_send, suggest
from offendermgmt.services.planned_visits import plans_on
from offendermgmt.services.planning import plan_visits
from offendermgmt.services.polit_board import polit_board
from offendermgmt.services.polit_definitions import CaseList
from offendermgmt.services.review_answering import Answer, Answering, answer
from offendermgmt.services.review_document import drawn
from offendermgmt.services.review_signing import Reviewing, sign
from offendermgmt.services.reviews import last_signed, reviews
from offendermgmt.services.triage import triage
from offendermgmt.store import Store
from offendermgmt.store.daily_reviews import review_ref

_WEEKS: Final = 35
_DAYS: Final = 8
_FINDING_DAYS: Final = 90
# Of the days told: which nobody signed, and which the chief inspector sent back.
_UNSIGNED: Final = 2
_RETURNED: Final = 4
_ONE_IN: Final = 6
_FLAGGED: Final[Sequence[tuple[FlagKind, str]]] = (
    (FlagKind.CONTACT_WITH_CHILDREN, "School reports a new partner with two children at the address."),
    (FlagKind.INTELLIGENCE, "Seen near the playing fields twice this week; source graded."),
    (FlagKind.BREACH, "Late with the yearly notification."),
    (FlagKind.CONCERN, "Neighbour says the flat has been dark for a fortnight."),
)
_KINDS: Final = (
    DecisionKind.PLAN_BY,
    DecisionKind.REASSESS,
    DecisionKind.PLAN_BY,
    DecisionKind.ESCALATE,
    DecisionKind.REALLOCATE,
    DecisionKind.DEFER,
)
_REASONS: Final = {
    DecisionKind.PLAN_BY: "Longest overdue at this level: two officers, evening visit.",
    DecisionKind.REASSESS: "Circumstances have changed since the last assessment.",
    DecisionKind.ESCALATE: "Overdue too long for the risk, and the team has nobody left to send.",
    DecisionKind.REALLOCATE: "The holder is over the share of high risk.",
    DecisionKind.DEFER: "In hospital for planned treatment until next week, confirmed by the ward.",
    DecisionKind.OTHER: "No activity for too long: say by Friday what the next step is.",
}
_NOTES: Final = (
    "Longest overdue at very high risk go out first; both pairs briefed.",
    "Two attempts failed yesterday. Other hours tried today.",
    "Quiet day. Findings on lone visits to be caught up.",
)
_RETURN: Final = "Two visits of high risk are planned with one officer. Pair them up or say why not."
_FOUND: Final = (
    (LoneFinding.APPROPRIATE, "Short notice, low risk, authority asked for and given beforehand."),
    (LoneFinding.APPROPRIATE, "Second officer called away; the supervisor was told at once."),
    (LoneFinding.LEARNING, "Right to go, but authority came after the visit. Talked through with the officer."),
    (LoneFinding.NOT_APPROPRIATE, "No risk assessment of going alone. To be discussed in supervision."),
)


@dataclass(frozen=True)
class _Teller:
    """People acting on the demonstration's store at a past moment; it is told on the day `told_on`."""

    desk: Desk
    viewers: dict[Role, Viewer]
    now: datetime
    told_on: date

    @property
    def today(self) -> date:
        return self.now.date()


def tell_daily_work(store: Store, force_ref: str, now: datetime) -> None:
    """Put on record what the last weeks' daily work came to; `now` is a London time."""
    clock = SetClock(now)
    desk = DeskOfThen(store, force_ref, clock)
    viewers = {viewer.role: viewer for viewer in demo_viewers(desk.snapshot())}
    working = list(_working_days_before(now.date(), _WEEKS))

    def at(day: date, hour: int, minute: int = 0) -> _Teller:
        clock.moment = datetime.combine(day, time(hour, minute), tzinfo=LONDON)
        return _Teller(desk, viewers, clock.moment, now.date())

    told = working[-_DAYS:]
    for number, day in enumerate(told):
        morning_of_day = at(day, 8, 45)
        if number % 2 == 0:
            _flag(morning_of_day, number // 2)
        _decide(morning_of_day, _KINDS[number % len(_KINDS)])
        if number == _DAYS - 3:
            _decide_on_case(morning_of_day)
        if number != _UNSIGNED:
            for unit in Unit:
                _sign(morning_of_day, unit, _NOTES[number % len(_NOTES)])
        evening = at(day, 16)
        if day != told[-1]:
            _answer(evening, is_returned=number == _RETURNED)
        _sign_what_was_returned(evening)
        _close_what_is_due(evening)
    _judge(at(working[-1], 17))
    _plan_the_week(at(working[-1], 17))


def _working_days_before(day: date, days: int) -> Iterator[date]:
    every = [day - timedelta(days=number) for number in range(days, 0, -1)]
    working = is_working_day(np.array([day_number(each) for each in every], dtype=np.int32))
    return (each for each, is_one in zip(every, working, strict=True) if is_one)


def _flag(told: _Teller, number: int) -> None:
    kind, note = _FLAGGED[number % len(_FLAGGED)]
    question = told.desk.question(told.viewers[Role.DI], told.today, today=told.today)
    cases = triage(question, flags(told.desk))
    if len(cases) > number * 3:
        flagged = Flagging(str(cases["offender_ref"].iloc[number * 3]), kind, note, told.today)
        record_flag(told.desk, told.viewers[Role.DI], flagged, now=told.now)


def _decide(told: _Teller, kind: DecisionKind) -> None:
    """Decide on the first in triage on whom nothing is open."""
    viewer = told.viewers[Role.DI]
    question = told.desk.question(viewer, told.today, today=told.today)
    recorded = decisions(told.desk)
    decided = {each.about.ref for each in recorded}
    waiting = [
        row for row in triage(question, flags(told.desk)).to_dict("records") if row["offender_ref"] not in decided
    ]
    if not waiting:
        return
    subject = Subject("offender", str(waiting[0]["offender_ref"]))
    holder = str(waiting[0]["officer_ref"])
    owner = holder if kind is not DecisionKind.ESCALATE and holder in owners(question, subject) else None
    due_on = told.today + timedelta(days=question.policy.decisions.due_days[kind])
    asked = Deciding(subject, kind, owner, due_on, _REASONS[kind], versions_seen(about(recorded, subject)))
    decide(told.desk, viewer, asked, now=told.now)


def _decide_on_case(told: _Teller) -> None:
    """Ask about a POLIT case that nothing has happened in for too long."""
    viewer = told.viewers[Role.DI]
    question = told.desk.question(viewer, told.today, today=told.today)
    stalled = polit_board(question, cases=CaseList.STALLED).listed_cases
    if stalled is None or stalled.empty:
        return
    subject, holder = Subject("case", str(stalled["case_ref"].iloc[0])), str(stalled["officer_ref"].iloc[0])
    owner = holder if holder in owners(question, subject) else None
    due_on = told.today + timedelta(days=question.policy.decisions.due_days[DecisionKind.OTHER])
    asked = Deciding(subject, DecisionKind.OTHER, owner, due_on, _REASONS[DecisionKind.OTHER], 0)
    decide(told.desk, viewer, asked, now=told.now)


def _close_what_is_due(told: _Teller) -> None:
    """Close what is due by the day, but for escalations: those wait for an answer."""
    for each in decisions(told.desk):
        if each.is_open(told.today) and each.due_on <= told.today and each.kind is not DecisionKind.ESCALATE:
            close(told.desk, told.viewers[Role.DI], each, DecisionState.DONE, "Done as decided.", now=told.now)


def _sign(told: _Teller, unit: Unit, note: str) -> None:
    """Sign a unit's day, as it is seen at the moment."""
    known = {review.review_ref: review for review in reviews(told.desk)}.get(review_ref(unit, told.today))
    question = told.desk.question(told.viewers[Role.DI], told.today, today=told.today)
    seen = morning(told.desk, question, unit, last_signed(told.desk, unit, told.today), told.now)
    asked = Reviewing(unit, told.today, note, known.version if known else 0)
    sign(told.desk, told.viewers[Role.DI], asked, drawn(seen), now=told.now)


def _answer(told: _Teller, *, is_returned: bool) -> None:
    """Countersign what waits for it, or send MOSOVO's back."""
    for review in reviews(told.desk):
        if review.state is ReviewState.SIGNED:
            back = is_returned and review.unit is Unit.MOSOVO
            said = (Answer.RETURN, _RETURN) if back else (Answer.COUNTERSIGN, "")
            answer(told.desk, told.viewers[Role.DCI], Answering(review, *said))


def _sign_what_was_returned(told: _Teller) -> None:
    for review in reviews(told.desk):
        if review.state is ReviewState.RETURNED and review.review_on == told.today:
            _sign(told, review.unit, "Two single crews paired up; the third visit moved to tomorrow.")


def _judge(told: _Teller) -> None:
    """Find on most visits made alone in the last weeks; some are left to wait."""
    viewer = told.viewers[Role.DI]
    if viewer.officer_ref is None:
        return
    first = told.today - timedelta(days=_FINDING_DAYS)
    periods = Periods.between(first, told.today, Every.DAY)
    question = told.desk.question(viewer, told.today, today=told.today, periods=periods)
    rows = with_findings(question, findings(told.desk, told.today), visit_list(question, Listed.LONE))
    rows = rows[~rows["had_part"].to_numpy()].sort_values("visited_at")
    for number, row in enumerate(rows.head(max(len(rows) - 3, 0)).to_dict("records")):
        if number % _ONE_IN:  # some are left to wait
            finding, text = _FOUND[3 if row["standing"] == "unauthorised" and number % 2 else number % 3]
            judge(told.desk, viewer, Judging(str(row["visit_ref"]), finding, text, 0), now=told.now)


def _plan_the_week(told: _Teller) -> None:
    """Accept the plan that is suggested for each team."""
    viewer = told.viewers[Role.DI]
    whole = told.desk.question(viewer, told.today, today=told.today)
    for team_ref in team_choices(whole, Unit.MOSOVO):
        question = told.desk.question(viewer, told.today, today=told.today, team_ref=team_ref)
        going = [ref for ref, goes in officers_to_send(question, told.today).items() if goes]
        suggestion = suggest(question, plans_on(told.desk, question, told.today), going, told.now)
        accepted = as_plans(suggestion)
        for plan in [plan for plan in accepted if plan.on == told.told_on]:
            # Some of that day's visits are on record already: the officer was elsewhere after all.
            with suppress(ChangeRefused):
                plan_visits(told.desk, viewer, [plan], now=told.now, action="planned visit")
        later = [plan for plan in accepted if plan.on != told.told_on]
        if later:
            plan_visits(told.desk, viewer, later, now=told.now, action="accepted suggested visits")
