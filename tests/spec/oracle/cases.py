"""One POLIT case's life day by day (P1 to P7)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from offendermgmt.domain.policy import Policy
from offendermgmt.domain.vocabulary import RiskLevel
from tests.spec.oracle.known import Row, day, days, in_force, newest, of, risk
from tests.spec.oracle.offenders import policy_on

BACKLOG = {"awaiting_development", "awaiting_allocation", "awaiting_enforcement"}
LIVE = {"under_investigation", "awaiting_forensics", "with_cps"}


@dataclass(frozen=True)
class Day:
    """How a case stands at the end of a day."""

    stage: str
    risk: str
    act_by: date
    officer: str
    last_activity: date
    identified: int
    awaiting: int


@dataclass(frozen=True)
class Case:
    """A case from receipt to the last day asked for."""

    ref: str
    received: date
    days: Mapping[date, Day]


def live(facts: Mapping[str, list[Row]], case: Row, policies: list[Policy], last: date) -> Case:
    """The life of one case to the end of `last`."""
    ref, received = case["case_ref"], day(case["received_on"])
    stages = of(facts["polit_stages"], "case_ref", ref)
    assessments = of(facts["polit_assessments"], "case_ref", ref)
    allocations = of(facts["polit_allocations"], "case_ref", ref)
    activities = of(facts["polit_activities"], "case_ref", ref)
    children = of(facts["polit_children"], "case_ref", ref)
    happened = [received]
    happened += [day(row["from_on"]) for row in [*stages, *allocations]]
    happened += [day(row["assessed_on"]) for row in assessments]
    happened += [day(row["on"]) for row in activities]

    record: dict[date, Day] = {}
    limit: int | None = None
    act_by = received
    for today in days(received, last):
        level = risk(assessments, today)
        now = policy_on(policies, today).polit_act_days[RiskLevel(level)]
        base = received + timedelta(days=now)
        if limit is None:
            act_by = base
        elif now != limit:  # P2
            act_by = max(base, act_by if act_by < today else today)
        limit = now
        stage = newest(stages, "from_on", today)
        holder = in_force(allocations, today)
        found = [child for child in children if day(child["identified_on"]) <= today]
        record[today] = Day(
            stage=stage["stage"] if stage else "awaiting_development",
            risk=level,
            act_by=act_by,
            officer=holder["officer_ref"] if holder else "",
            last_activity=max(on for on in happened if on <= today),
            identified=len(found),
            awaiting=sum(not child.get("safeguarded_on") or day(child["safeguarded_on"]) > today for child in found),
        )
    return Case(ref, received, record)
