"""Who each concern counts on a day (A1 to A9), day by day and person by person."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from offendermgmt.domain.policy import Interval, Policy
from offendermgmt.domain.vocabulary import RiskLevel
from tests.spec.oracle.known import Row, Tables, day, in_force, known, london_day, newest, of
from tests.spec.oracle.offenders import RUNS, Day, Length, Life, live, policy_on

INSIDE = {"custody", "hospital"}


@dataclass(frozen=True)
class Person:
    """One offender's life to a day, and what is recorded about them."""

    life: Life
    facts: Mapping[str, list[Row]]
    on: date
    policy: Policy

    @property
    def now(self) -> Day:
        return self.life.days[self.on]

    @property
    def registered(self) -> date:
        return min(self.life.days)

    @property
    def first_seen(self) -> date | None:
        return min((on for on, stood in self.life.days.items() if stood.visited), default=None)

    def own(self, table: str) -> list[Row]:
        return of(self.facts[table], "offender_ref", self.life.ref)

    def run_start(self, same: Callable[[Day], bool]) -> date:
        """First day of the unbroken run up to the day in which `same` holds."""
        start = self.on
        while start - timedelta(days=1) in self.life.days and same(self.life.days[start - timedelta(days=1)]):
            start -= timedelta(days=1)
        return start


def concerns(tables: Tables, policies: list[Policy], on: date) -> dict[str, dict[str, int]]:
    """For each concern's code the days of each offender it counts, by reference (releases apart)."""
    facts = known(tables, None)
    policy = policy_on(policies, on)
    lives = [live(facts, row, policies, on) for row in facts["offenders"] if day(row["registered_on"]) <= on]
    people = [Person(life, facts, on, policy) for life in lives]
    people = [person for person in people if person.now.status != "ended"]
    running = [person for person in people if person.now.status in RUNS]
    rules: dict[str, tuple[list[Person], Callable[[Person], int | None]]] = {
        "arms-not-done": (running, _arms_not_done),
        "arms-review": (running, _arms_review),
        "plan-review": (running, lambda person: _review(person, "plan_reviews")),
        "supervisor-review": (running, lambda person: _review(person, "supervisor_reviews")),
        "missing": (people, _missing),
        "never-seen": (running, _never_seen),
        "unseen": (running, _unseen),
        "failed-attempts": (running, _failed),
        "reactive-ineligible": (people, _against_reactive),
        "own-interval": (running, _own),
    }
    return {
        name: {person.life.ref: days for person in among if (days := rule(person)) is not None}
        for name, (among, rule) in rules.items()
    }


def releases(tables: Tables, policies: list[Policy], on: date) -> dict[tuple[str, date], str]:
    """What became of the first visit after each release listed, by reference and day of release."""
    facts = known(tables, None)
    found = {}
    for row in facts["offenders"]:
        if day(row["registered_on"]) <= on:
            life = live(facts, row, policies, on)
            if life.days[on].status != "ended":
                found |= {(life.ref, released): told for released, told in _releases(life, on, policies)}
    return found


def after(start: date, interval: Interval) -> date:
    return Length(interval.months, interval.days).after(start)


def _past(person: Person, due: date) -> int | None:
    return (person.on - due).days if due < person.on else None


def _newest_day(rows: list[Row], column: str, on: date) -> date | None:
    row = newest(rows, column, on)
    return day(row[column]) if row else None


def _arms(person: Person) -> date | None:
    done = [row for row in person.own("risk_assessments") if row["tool"] == "ARMS"]
    return _newest_day(done, "assessed_on", person.on)


def _arms_not_done(person: Person) -> int | None:
    if _arms(person):
        return None
    started = person.first_seen or person.life.obligations[0].due
    return _past(person, started + timedelta(days=person.policy.assessments.arms_first_days))


def _arms_review(person: Person) -> int | None:
    last = _arms(person)
    return _past(person, after(last, person.policy.assessments.arms_review)) if last else None


def _review(person: Person, table: str) -> int | None:
    if _newest_day(person.facts[table], "reviewed_on", person.on) is None:
        return None
    last = _newest_day(person.own(table), "reviewed_on", person.on) or person.registered
    policy = person.policy.assessments
    by_level = policy.supervisor_review[RiskLevel(person.now.risk)]
    return _past(person, after(last, policy.plan_review if table == "plan_reviews" else by_level))


def _missing(person: Person) -> int | None:
    if person.now.status != "missing":
        return None
    return (person.on - person.run_start(lambda stood: stood.status == "missing")).days


def _never_seen(person: Person) -> int | None:
    assert person.now.due
    return max((person.on - person.now.due).days, 0) if person.now.last_completed is None else None


def _unseen(person: Person) -> int | None:
    last = person.now.last_completed
    if last is None or after(last, person.policy.assessments.unseen[RiskLevel(person.now.risk)]) >= person.on:
        return None
    return (person.on - last).days


def _failed(person: Person) -> int | None:
    since = person.now.last_completed or person.registered - timedelta(days=1)
    tried = [
        row
        for row in person.own("visits")
        if row["outcome"] in {"no_reply", "refused", "moved"} and since < london_day(row["visited_at"]) <= person.on
    ]
    return len(tried) if len(tried) >= person.policy.assessments.failed_in_a_row else None


def _against_reactive(person: Person) -> int | None:
    if person.now.status != "reactive":
        return None
    policy, on = person.policy.assessments, person.on
    low = person.now.risk == "low"
    low_since = person.run_start(lambda stood: stood.risk == "low")
    orders = [row for row in person.own("orders") if row["kind"].lower() not in policy.reactive_orders]
    in_force = [row for row in orders if day(row["from_on"]) <= on and not (row["to_on"] and day(row["to_on"]) <= on)]
    kept = any(_newest_day(person.facts[name], "reviewed_on", on) for name in ("plan_reviews", "supervisor_reviews"))
    reviews = [_newest_day(person.own(name), "reviewed_on", on) for name in ("plan_reviews", "supervisor_reviews")]
    since = person.run_start(lambda stood: stood.status == "reactive")
    reviewed = max((review for review in reviews if review), default=since)
    reasons = [
        not low,
        low and after(low_since, policy.reactive_low) > on,
        bool(in_force),
        kept and after(reviewed, policy.reactive_review) < on,
    ]
    return sum(reasons) or None


def _own(person: Person) -> int | None:
    own = in_force(person.own("visit_intervals"), person.on)
    if own is None:
        return None
    start = person.now.last_completed or person.on
    default = after(start, person.policy.visit_intervals[RiskLevel(person.now.risk)])
    return (start + timedelta(days=int(own["interval_days"])) - default).days


def _releases(life: Life, on: date, policies: list[Policy]) -> list[tuple[date, str]]:
    found = []
    stop: set[str] = set()
    for today, stood in life.days.items():
        if stood.status not in RUNS:
            stop.add(stood.status)
            continue
        if stop & INSIDE:
            told = _first_visit(life, today, on, policies)
            recent = today > on - timedelta(days=policy_on(policies, on).assessments.release_days)
            if recent or told in {"to be made", "overdue"}:
                found.append((today, told))
        stop = set()
    return found


def _first_visit(life: Life, released: date, on: date, policies: list[Policy]) -> str:
    due = released + timedelta(days=policy_on(policies, released).initial_visit_days)
    later = {today: stood for today, stood in life.days.items() if today >= released}
    met = min((today for today, stood in later.items() if stood.visited), default=None)
    ended = min((today for today, stood in later.items() if stood.status not in RUNS | {"abroad"}), default=date.max)
    if met is not None and met < ended:
        return "seen" if met <= due else "seen late"
    if ended <= on or life.days[on].status not in RUNS:
        return "withdrawn"
    return "overdue" if due < on else "to be made"
