"""The order of work of POLIT's backlog and risk lowered on old cases (Q20 to Q29), case by case."""

from collections.abc import Mapping
from datetime import date, timedelta

from offendermgmt.domain.policy import Policy
from offendermgmt.domain.vocabulary import ChildAccess, RiskLevel
from tests.spec.oracle.case_clocks import needing_assessment
from tests.spec.oracle.cases import BACKLOG, Case, live
from tests.spec.oracle.known import LEVELS, Row, Tables, day, known, newest, of
from tests.spec.oracle.offenders import policy_on


def order(tables: Tables, policies: list[Policy], on: date) -> list[tuple[str, dict[str, int]]]:
    """Each case of the backlog with the points of its parts, first to be worked first."""
    facts = known(tables, None)
    cases = [case for case in _cases(facts, policies, on) if case.days[on].stage in BACKLOG]
    scored = [(case, _parts(case, facts, policy_on(policies, on), on)) for case in cases]
    scored.sort(key=lambda each: (-sum(each[1].values()), each[0].received, each[0].ref))
    return [(case.ref, parts) for case, parts in scored]


def lowered(tables: Tables, policies: list[Policy], on: date) -> set[tuple[str, date, str, str]]:
    """Case, day, level before and level after of each re-assessment listed."""
    policy = policy_on(policies, on).polit_priority
    found = set()
    for case in _cases(known(tables, None), policies, on):
        for back in range(policy.lowered_days):
            today = on - timedelta(days=back)
            before, now = case.days.get(today - timedelta(days=1)), case.days.get(today)
            if before is None or now is None or before.stage == "closed" or "unassessed" in (before.risk, now.risk):
                continue
            past = before.stage in BACKLOG and today - timedelta(days=1) > before.act_by
            old = (today - case.received).days > policy.old_days
            if LEVELS.index(now.risk) > LEVELS.index(before.risk) and (past or old):
                found.add((case.ref, today, before.risk, now.risk))
    return found


def _cases(facts: Mapping[str, list[Row]], policies: list[Policy], on: date) -> list[Case]:
    return [live(facts, row, policies, on) for row in facts["polit_cases"] if day(row["received_on"]) <= on]


def _parts(case: Case, facts: Mapping[str, list[Row]], policy: Policy, on: date) -> dict[str, int]:
    now, weights = case.days[on], policy.polit_priority
    children = 0
    for child in of(facts["polit_children"], "case_ref", case.ref):
        if day(child["identified_on"]) <= on and not _by(child.get("safeguarded_on"), on):
            children += weights.child_awaiting
            children += 0 if _by(child.get("referred_on"), on) else weights.child_not_referred
    answer = newest(of(facts["polit_access"], "case_ref", case.ref), "from_on", on)
    access = ChildAccess(answer["access"]) if answer else ChildAccess.NOT_KNOWN
    level = RiskLevel(now.risk)
    used, limit = (on - case.received).days, (now.act_by - case.received).days
    idle, stalled = (on - now.last_activity).days, policy.polit_stalled_days[level]
    informed = any(ref == case.ref for ref, _ in needing_assessment(facts, on))
    return {
        "risk": weights.risk[level],
        "children": min(children, weights.children_most),
        "access": weights.access[access],
        "limit": min(weights.limit_used * used // limit, weights.limit_most),
        "activity": min(weights.stalled * idle // stalled, weights.stalled_most),
        "reassess": weights.reassess if informed else 0,
    }


def _by(text: str | None, on: date) -> bool:
    return bool(text) and day(text or "") <= on
