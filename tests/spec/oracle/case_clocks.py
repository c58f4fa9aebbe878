"""The clocks of POLIT cases (Q10 to Q14), by walking through each case's days and rows."""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from tests.spec.oracle.cases import LIVE, Case
from tests.spec.oracle.known import Row, day, of

NEVER = None


class Clock(NamedTuple):
    """A clock that has begun; days to what stopped it, to the closing or to the day asked for."""

    started: date
    stopped: date | None
    closed: date | None
    days: int
    state: str


def clocks(facts: Mapping[str, list[Row]], cases: list[Case], on: date) -> dict[tuple[str, str], Clock]:
    """Every clock that has begun by the end of the day, by case and clock."""
    found = {}
    for case in cases:
        if case.received > on:
            continue
        for name, happened in _happened(facts, case, on).items():
            found[case.ref, name] = _clock(case, happened, on)
    return found


def _happened(facts: Mapping[str, list[Row]], case: Case, on: date) -> dict[str, date | None]:
    lived = [(today, case.days[today]) for today in sorted(case.days) if today <= on]
    enforced = [day(row["on"]) for row in of(facts["polit_enforcements"], "case_ref", case.ref)]
    happened: dict[str, date | None] = {
        "assessed": next((today for today, now in lived if now.risk != "unassessed"), NEVER),
        "allocated": next((today for today, now in lived if now.officer), NEVER),
        "live_stage": next((today for today, now in lived if now.stage in LIVE), NEVER),
        "enforced": min((each for each in enforced if each <= on), default=NEVER),
    }
    for name, table, begins, ends in (
        ("child_referred", "polit_children", "identified_on", "referred_on"),
        ("forensic_result", "polit_examinations", "submitted_on", "result_on"),
    ):
        rows = [row for row in of(facts[table], "case_ref", case.ref) if day(row[begins]) <= on]
        if rows:
            ended = [day(row[ends]) for row in rows if row.get(ends)]
            happened[name] = min((each for each in ended if each <= on), default=NEVER)
    return happened


def _clock(case: Case, happened: date | None, on: date) -> Clock:
    if happened is not None:
        stopped = max(happened, case.received)
        return Clock(case.received, stopped, NEVER, (stopped - case.received).days, "stopped")
    closed = NEVER
    for today in sorted(case.days, reverse=True):
        if today <= on:
            if case.days[today].stage != "closed":
                break
            closed = today
    if closed is not None:
        return Clock(case.received, NEVER, closed, (closed - case.received).days, "closed")
    return Clock(case.received, NEVER, NEVER, (on - case.received).days, "running")


def needing_assessment(facts: Mapping[str, list[Row]], on: date) -> set[tuple[str, date]]:
    """New information that calls for an assessment, none made that day or since, by case and the day received."""
    found = set()
    for row in facts["polit_information"]:
        received = day(row["received_on"])
        if row.get("needs_assessment") != "true" or received > on:
            continue
        assessed = [day(each["assessed_on"]) for each in of(facts["polit_assessments"], "case_ref", row["case_ref"])]
        if not any(received <= each <= on for each in assessed):
            found.add((row["case_ref"], received))
    return found
