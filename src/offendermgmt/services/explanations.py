"""Why a visit is due when it is, in sentences, from one offender's timeline (V1 to V6)."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any, NamedTuple, cast

import numpy as np
import pandas as pd

from offendermgmt.domain.days import NEVER, add_interval
from offendermgmt.domain.policy import Interval
from offendermgmt.domain.timeline import ABROAD, ENDED, RULES
from offendermgmt.domain.vocabulary import DueRule, OffenderStatus, RiskLevel
from offendermgmt.services.wording import STATUS, day_text, days_text, interval_text

_RISKS, _STATUSES = tuple(RiskLevel), tuple(OffenderStatus)


class Stretch(NamedTuple):
    """One row of `Timeline.segments`."""

    start: int
    status: int
    runs: bool
    stopped: int
    risk: int
    interval_months: int
    interval_days: int
    own_interval: bool
    last_completed: int
    due: int
    rule: int

    @property
    def interval(self) -> Interval:
        """The interval in force."""
        return Interval(self.interval_months, self.interval_days)

    @property
    def interval_words(self) -> str:
        """The interval in force and where it comes from."""
        return interval_text(self.interval, own=self.own_interval, risk=_RISKS[self.risk])

    @property
    def status_words(self) -> str:
        """The state, to stand within a sentence."""
        return STATUS[_STATUSES[self.status]].lower()

    def after_last_visit(self) -> int:
        """Last visit + interval in force, as a day number."""
        day, months, days = (np.array([value]) for value in (self.last_completed, *self.interval.__dict__.values()))
        return int(add_interval(day.astype(np.int32), months, days)[0])


def explain_due(segments: pd.DataFrame, on: int) -> list[str]:
    """Sentences that say why the offender's next visit is due when it is as of day `on`.

    `segments` are the offender's own, in order; ValueError if none covers the day.
    """
    begun = segments[(segments["start"] <= on).to_numpy()]
    if begun.empty:
        raise ValueError(f"The offender was not managed yet on {day_text(on)}")
    stretches = [_stretch(row) for row in begun[list(Stretch._fields)].itertuples(index=False)]
    now = stretches[-1]
    if not now.runs:
        return [_stopped(now)]
    set_at = _where_set(stretches)
    sentences = [_set_by(stretches, set_at), *_left_alone(stretches[set_at:])]
    return [*sentences, _standing(now.due, on)]


def short_reasons(segments: pd.DataFrame) -> list[str]:
    """One short sentence a row of `segments`, in which a visit is due: why it is due when it is, for a list."""
    return [_in_short(_stretch(row)) for row in segments[list(Stretch._fields)].itertuples(index=False)]


def _in_short(stretch: Stretch) -> str:
    match RULES[stretch.rule]:
        case DueRule.REGISTERED:
            return "First visit after registration."
        case DueRule.CLOCK_RESTARTED:
            return "First visit since the clock started again."
    visited = day_text(stretch.last_completed)
    if stretch.due == stretch.after_last_visit():
        return f"Visited {visited}; interval {stretch.interval_words}."
    match RULES[stretch.rule]:
        case DueRule.INTERVAL_CHANGED:
            return f"Visited {visited}; fell due the day the interval was shortened."
        case DueRule.RETURNED:
            return f"Visited {visited}; fell due while abroad."
    return f"Visited {visited}; already due when the interval last changed."


def _stretch(row: Any) -> Stretch:
    return Stretch(*(value.item() if hasattr(value, "item") else value for value in row))


def _stopped(now: Stretch) -> str:
    since = day_text(now.stopped)
    if now.status == ENDED:
        return f"Management has ended, and the visit clock with it: stopped since {since}. No visit is due."
    if now.status == ABROAD:
        return (
            f"The visit clock is paused: abroad since {since}. On return the last visit and the interval then in "
            f"force count again, and the visit is not due before the day of return unless it was already overdue."
        )
    return (
        f"The visit clock is stopped since {since} ({now.status_words}), and what was due before is withdrawn. "
        f"A new first visit falls due when the clock runs again."
    )


def _where_set(stretches: list[Stretch]) -> int:
    now = stretches[-1]
    at = len(stretches) - 1
    for position in range(len(stretches) - 1, -1, -1):
        stretch = stretches[position]
        if stretch.runs and (stretch.due, stretch.rule, stretch.last_completed) != (
            now.due,
            now.rule,
            now.last_completed,
        ):
            break
        if stretch.runs:
            at = position
    return at


def _set_by(stretches: list[Stretch], at: int) -> str:
    stretch = stretches[at]
    due, start = day_text(stretch.due), day_text(stretch.start)
    match RULES[stretch.rule]:
        case DueRule.REGISTERED:
            allowed = days_text(stretch.due - stretch.start)
            return f"Registered on {start}: the first visit is due {allowed} later, on {due}, whatever the risk (V1)."
        case DueRule.CLOCK_RESTARTED:
            allowed = days_text(stretch.due - stretch.start)
            return f"The visit clock started again on {start}: a first visit is due {allowed} later, on {due} (V1)."
        case DueRule.VISITED:
            return (
                f"Last completed visit on {day_text(stretch.last_completed)}. "
                f"The interval was then {stretch.interval_words}: the next is due on {due} (V2)."
            )
        case DueRule.INTERVAL_CHANGED:
            return _changed(stretch, due, start)
    return _returned(stretch, stretches[:at], due, start)


def _changed(stretch: Stretch, due: str, start: str) -> str:
    opening = (
        f"Last completed visit on {day_text(stretch.last_completed)}. "
        f"On {start} the interval became {stretch.interval_words}"
    )
    by_interval = stretch.after_last_visit()
    if stretch.due == by_interval:
        return f"{opening}: counted from the last visit, the next is due on {due} (V3)."
    return (
        f"{opening}. Counted from the last visit that was {day_text(by_interval)}, already past: a change never adds "
        f"past days overdue, so the visit fell due on {due}, the day of the change (V3)."
    )


def _returned(stretch: Stretch, before: list[Stretch], due: str, start: str) -> str:
    away = next((earlier.stopped for earlier in reversed(before) if not earlier.runs), cast("int", NEVER))
    opening = f"Abroad from {day_text(away)} and back on {start}"
    if stretch.due == stretch.start:
        return f"{opening}: the visit fell due while abroad, so it is due on the day of return, {due} (V4)."
    return f"{opening}: with an interval of {stretch.interval_words}, the visit is due on {due} (V4)."


def _left_alone(since_set: list[Stretch]) -> Iterator[str]:
    """Changes since the due date was set that did not move it."""
    ran = [stretch for stretch in since_set if stretch.runs]
    changed = [later for earlier, later in pairwise(ran) if later.interval != earlier.interval]
    if not changed:
        return
    last = changed[-1]
    if RULES[last.rule] in (DueRule.REGISTERED, DueRule.CLOCK_RESTARTED):
        yield f"On {day_text(last.start)} the interval became {last.interval_words}; a first visit does not move (V3)."
    elif last.due < last.start:
        yield (
            f"On {day_text(last.start)} the interval became {last.interval_words}; the visit had already fallen due, "
            f"and stays due from its old date (V3)."
        )


def _standing(due: int, on: int) -> str:
    if due < on:
        return f"On {day_text(on)} it is {days_text(on - due)} overdue (V6)."
    if due == on:
        return f"It is due on {day_text(on)} itself, and not overdue until the next day (V6)."
    return f"On {day_text(on)} there are {days_text(due - on)} left."
