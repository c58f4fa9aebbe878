"""What is due next on one POLIT case and why, in sentences, the most pressing first (Q16)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import numpy as np
import pandas as pd

from offendermgmt.domain.days import to_date
from offendermgmt.domain.polit import CLOSED, IN_BACKLOG, IS_LIVE
from offendermgmt.domain.polit_clocks import needing_assessment
from offendermgmt.domain.vocabulary import RiskLevel, Stage
from offendermgmt.services.act_by import explain_act_by, risk_text, steps
from offendermgmt.services.question import Question
from offendermgmt.services.wording import STAGE, day_text, days_text, plural

Facts = Mapping[str, pd.DataFrame]
_UNASSESSED: Final = tuple(RiskLevel).index(RiskLevel.UNASSESSED)
# What counts as activity besides receipt (P5): the day each fact is dated by, and how it is told.
_ACTIVITY: Final = {
    "polit_activities": "on",
    "polit_assessments": "assessed_on",
    "polit_allocations": "from_on",
    "polit_stages": "from_on",
}


@dataclass(frozen=True)
class Due:
    """One thing that is due, or how a limit was met: in short, and why."""

    title: str
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class WhatsDue:
    """Everything due, and the act-by day that holds or held (`CaseRecord.act_by_on`)."""

    items: list[Due]
    act_by_on: date | None


def whats_due(question: Question, segments: pd.DataFrame, facts: Facts) -> WhatsDue:
    """What is due on the day; `segments` are the case's own up to it, `facts` its tables as of it."""
    now = segments.iloc[-1]
    is_open = now["stage"] != CLOSED
    act_by, act_by_on = _act_by(question, segments)
    before = [
        *_children(facts["polit_children"], question.as_of),
        *_assessment(question, now),
        *(_unheld(segments, question.on) if is_open else ()),
    ]
    after = [
        *(_stalled(question, now, facts) if is_open else ()),
        *_forensics(facts["polit_examinations"], question.as_of),
    ]
    nothing = [] if is_open or before or after else [Due("Nothing is due", ("The case is closed.",))]
    return WhatsDue([*nothing, *before, act_by, *after], act_by_on)


def _children(rows: pd.DataFrame, on: date) -> Iterator[Due]:
    for column, one, many, rule in (
        ("safeguarded_on", "child awaits safeguarding", "children await safeguarding", "P7"),
        (
            "referred_on",
            "child is not referred to children's social care",
            "children are not referred to children's social care",
            "Q15",
        ),
    ):
        waiting = rows[rows[column].isna()] if len(rows) else rows
        if len(waiting):
            told = [_since(f"Child {ref}, identified", found, on, rule) for ref, found in _oldest_first(waiting)]
            yield Due(plural(len(waiting), one, many), tuple(told))


def _assessment(question: Question, now: "pd.Series[Any]") -> Iterator[Due]:
    waits = needing_assessment(question.snapshot.facts, question.on)
    received = waits["received"].to_numpy()[waits["case"].to_numpy() == now["case"]]
    if len(received):
        told = [_since("Information received", to_date(day), question.as_of, "Q14") for day in received]
        yield Due("New information calls for an assessment", (*told, "No assessment is dated on that day or later."))
    if now["risk"] == _UNASSESSED and now["stage"] != CLOSED:
        limit = question.policy.polit_act_days[RiskLevel.UNASSESSED]
        ago = f"Received {days_text(int(question.on - now['received']))} ago."
        yield Due("Not assessed yet", (f"{ago} Until it is, the limit is {days_text(limit)} (P2).",))


def _unheld(segments: pd.DataFrame, on: int) -> Iterator[Due]:
    held = np.flatnonzero(segments["officer"].to_numpy() >= 0)
    if len(held) and held[-1] == len(segments) - 1:
        return
    since = segments["start"].iloc[held[-1] + 1 if len(held) else 0]
    yield Due("Nobody holds this case", (f"Unallocated since {day_text(int(since))}: {days_text(int(on - since))}.",))


def _act_by(question: Question, segments: pd.DataFrame) -> tuple[Due, date | None]:
    stage = segments["stage"].to_numpy()
    live = np.flatnonzero(IS_LIVE[stage])
    if IN_BACKLOG[stage[-1]]:
        return _limit_runs(question, segments)
    if len(live):
        return _acted(question, segments.iloc[: live[0] + 1])
    closed = segments["start"].iloc[np.flatnonzero(stage != CLOSED).max(initial=-1) + 1]
    return Due("No limit runs", (f"Closed from the backlog on {day_text(int(closed))}.",)), None


def _limit_runs(question: Question, segments: pd.DataFrame) -> tuple[Due, date]:
    taken, on = steps(segments, question.snapshot.policies), question.on
    due = taken[-1].act_by
    told = (*explain_act_by(taken), *_back_since(segments), _standing(due, on))
    return Due(f"Act by {day_text(due)}: {_in_short(due, on)}", told), to_date(due)


def _acted(question: Question, until_live: pd.DataFrame) -> tuple[Due, date]:
    taken = steps(until_live, question.snapshot.policies)
    acted, due = taken[-1].start, taken[-1].act_by
    late = f"{days_text(acted - due)} past the limit" if acted > due else "in time"
    told = f"It first reached a live stage on {day_text(acted)}, {late} (P4): no limit runs now."
    return Due(f"Acted on {day_text(acted)}, {late}", (*explain_act_by(taken), told)), to_date(due)


def _back_since(segments: pd.DataFrame) -> Iterator[str]:
    """That the case came back to the backlog it had left, if it did (P6)."""
    away = np.flatnonzero(~IN_BACKLOG[segments["stage"].to_numpy()])
    if len(away):
        back = day_text(int(segments["start"].iloc[away[-1] + 1]))
        yield f"It left the backlog and has been back in it since {back}: the limit goes on from receipt."


def _in_short(due: int, on: int) -> str:
    if due < on:
        return f"{days_text(on - due)} past the limit"
    return f"{days_text(due - on)} left" if due > on else "today"


def _standing(due: int, on: int) -> str:
    if due < on:
        return f"On {day_text(on)} it is {days_text(on - due)} past the limit (P3)."
    if due == on:
        return f"That is {day_text(on)} itself: it is past the limit from the next day (P3)."
    return f"On {day_text(on)} there are {days_text(due - on)} left."


def _stalled(question: Question, now: "pd.Series[Any]", facts: Facts) -> Iterator[Due]:
    last, on = int(now["last_activity"]), question.on
    limit = question.policy.polit_stalled_days[tuple(RiskLevel)[now["risk"]]]
    of_risk = "While unassessed," if now["risk"] == _UNASSESSED else f"At {risk_text(now['risk'])} risk"
    from_on = day_text(last + limit + 1)
    told = f"Last activity on {day_text(last)}: {_activity(facts, to_date(last))}."
    rule = f"{of_risk} a case is stalled after more than {days_text(limit)} without any"
    if on - last > limit:
        yield Due(f"Stalled: {days_text(on - last)} without activity", (told, f"{rule}: since {from_on} (P5)."))
    else:
        yield Due(f"Stalls on {from_on} if nothing is done", (told, f"{rule} (P5)."))


def _activity(facts: Facts, on: date) -> str:
    """What was done on a day that counts as activity (P5), in words."""
    done = [
        _words(table, row)
        for table, day in _ACTIVITY.items()
        for row in facts[table].to_dict(orient="records")
        if row[day] == on
    ]
    return ", ".join(dict.fromkeys(done)) or "receipt"


def _words(table: str, row: Mapping[Any, Any]) -> str:
    match table:
        case "polit_activities":
            return str(row["kind"] or "activity")
        case "polit_assessments":
            return "assessment"
        case "polit_allocations":
            return "allocation"
    return f"moved to {STAGE[Stage(row['stage'])].lower()}"


def _forensics(rows: pd.DataFrame, on: date) -> Iterator[Due]:
    waiting = rows[rows["result_on"].isna()] if len(rows) else rows
    if len(waiting):
        told = [_since(f"Examination {ref}, submitted", sent, on, "Q16") for ref, sent in _oldest_first(waiting)]
        title = "forensic result is awaited" if len(waiting) == 1 else "forensic results are awaited"
        yield Due(f"{len(waiting)} {title}", tuple(told))


def _oldest_first(rows: pd.DataFrame) -> list[tuple[str, date]]:
    """Reference and day of children or examinations, given the newest first."""
    ref, day = ("child_ref", "identified_on") if "child_ref" in rows else ("examination_ref", "submitted_on")
    return list(zip(rows[ref].iloc[::-1], rows[day].iloc[::-1], strict=True))


def _since(what: str, day: date, on: date, rule: str) -> str:
    return f"{what} on {day_text(day)}: {days_text((on - day).days)} ({rule})."
