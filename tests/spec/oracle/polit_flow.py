"""POLIT's flow over a range (Q30 to Q37), by walking through each case's days and rows."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import NamedTuple

from tests.spec.oracle.cases import Case
from tests.spec.oracle.known import Row, day, newest, of

ONE_DAY = timedelta(days=1)


class Stay(NamedTuple):
    """Consecutive days of a case at one stage; `left` is the first day not there, none while it runs."""

    stage: str
    came: date
    left: date | None


def sources(facts: Mapping[str, list[Row]], cases: Iterable[Case], first: date, last: date) -> Counter[str]:
    """Referrals received in the range by source."""
    told = {row["case_ref"]: row.get("source", "") for row in facts["polit_cases"]}
    return Counter(told[case.ref] for case in cases if first <= case.received <= last)


def stays(case: Case) -> list[Stay]:
    """Every stay of a case outside the closed stage, as of the last day it was followed to."""
    found: list[Stay] = []
    stage, came = "", date.min
    for today in sorted(case.days):
        now = case.days[today].stage
        if now != stage:
            if stage:
                found.append(Stay(stage, came, today))
            stage, came = now, today
    return [stay for stay in [*found, *([Stay(stage, came, None)] if stage else [])] if stay.stage != "closed"]


def closings(facts: Mapping[str, list[Row]], case: Case) -> list[tuple[date, str]]:
    """The days on which a case was closed, each with the outcome of the stage recorded last by then."""
    found = []
    for today in sorted(case.days):
        before = case.days.get(today - ONE_DAY)
        if case.days[today].stage == "closed" and (before is None or before.stage != "closed"):
            row = newest(of(facts["polit_stages"], "case_ref", case.ref), "from_on", today)
            found.append((today, (row or {}).get("outcome", "")))
    return found


def done(facts: Mapping[str, list[Row]], cases: Iterable[Case]) -> list[tuple[date, str]]:
    """Enforcements by kind, and children `identified` and `safeguarded`, each with its day."""
    found = []
    for case in cases:
        for row in of(facts["polit_enforcements"], "case_ref", case.ref):
            found.append((max(day(row["on"]), case.received), row["kind"]))
        for row in of(facts["polit_children"], "case_ref", case.ref):
            identified = max(day(row["identified_on"]), case.received)
            found.append((identified, "identified"))
            if row.get("safeguarded_on"):
                found.append((max(day(row["safeguarded_on"]), identified), "safeguarded"))
    return found


def within(days: Iterable[int], tenths: int) -> int | None:
    """The least number of days within which so many tenths of them lie."""
    ordered = sorted(days)
    return next((value for number, value in enumerate(ordered, 1) if 10 * number >= tenths * len(ordered)), None)
