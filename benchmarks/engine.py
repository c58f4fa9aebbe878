"""How fast the engine is, at the size of a force and of the country, as a ratio to the same answer by DuckDB's SQL.

Run it with `make bench`. Each figure is the best of several runs in this process; the ratio is what to quote.
"""

from collections.abc import Callable
from time import perf_counter

import duckdb
import pandas as pd

from benchmarks.made_up import recordings, with_one_more_visit
from benchmarks.made_up_tables import ENDS
from offendermgmt.domain import timeline, visits
from offendermgmt.domain.facts import Facts, known
from offendermgmt.services.policies import policies
from offendermgmt.services.snapshot import renew, take_snapshot

LAST_DAY = ENDS
# The state, risk and last visit of each offender on each day a fact falls on: what the timeline starts from.
PLAIN_TIMELINE = """
with events as (
    select offender, day from statuses union select offender, day from risks
    union select offender, day from visits union select offender, day from offenders
)
select e.offender, e.day, s.status, r.risk, v.day as last_visit
from events e
asof left join statuses s on e.offender = s.offender and e.day >= s.day
asof left join risks r on e.offender = r.offender and e.day >= r.day
asof left join visits v on e.offender = v.offender and e.day >= v.day
order by e.offender, e.day
"""
PLAIN_TREND = """
with days as (select unnest(range(?, ?)) as day),
changes as (
    select "first" as day, risk, 1 as n, due from windows union all select "end", risk, -1, due from windows
),
daily as (select day, risk, sum(n) as n, sum(n * due) as due from changes group by day, risk)
select day, risk, sum(n) over (partition by risk order by day), sum(due) over (partition by risk order by day)
from daily
"""


def best(work: Callable[[], object], runs: int = 5) -> float:
    """The shortest of several runs, in seconds."""
    times = []
    for _ in range(runs):
        start = perf_counter()
        work()
        times.append(perf_counter() - start)
    return min(times)


def line(what: str, seconds: float, plain: float | None = None) -> None:
    ratio = "" if plain is None else f"   plain SQL {plain:8.3f} s   ratio {seconds / plain:5.2f}"
    print(f"  {what:<46} {seconds:8.3f} s{ratio}")


def measure(offenders: int, years: int) -> None:
    made = recordings(offenders, years)
    rules = policies()
    number = sum(map(len, made.tables.values()))
    print(f"{offenders:,} offenders, {years} years, {number:,} facts")
    facts = known(made)
    connection = plain_tables(facts)
    line("facts known now, from recordings (D3, D4)", best(lambda: known(made)))
    plain = best(lambda: connection.execute(PLAIN_TIMELINE).df())
    line("timeline from facts", best(lambda: timeline.build(facts, rules)), plain)
    built = timeline.build(facts, rules)
    first = LAST_DAY - 365 * years

    def trend() -> object:
        return visits.trend(visits.overdue_windows(built.segments, LAST_DAY), first, LAST_DAY)

    connection.register("windows", visits.overdue_windows(built.segments, LAST_DAY))
    plain = best(lambda: connection.execute(PLAIN_TREND, [first, LAST_DAY]).df())
    line(f"trend of {years} years by day and risk", best(trend), plain)
    snapshot, after = take_snapshot(made, rules), with_one_more_visit(made)
    full = best(lambda: take_snapshot(after, rules), runs=3)
    renewed = best(lambda: renew(snapshot, made, after))
    print(
        f"  {'snapshot renewed after one visit':<46} {renewed:8.3f} s   taken anew {full:8.3f} s   "
        f"ratio {renewed / full:5.2f}"
    )


def plain_tables(facts: Facts) -> "duckdb.DuckDBPyConnection":
    connection = duckdb.connect()
    sources = {
        "offenders": ("offenders", "registered_on", None),
        "statuses": ("offender_statuses", "from_on", "status"),
        "risks": ("risk_assessments", "assessed_on", "risk_level"),
        "visits": ("visits", "visited_on", None),
    }
    for name, (table, day, value) in sources.items():
        rows = facts.tables[table]
        columns = {"offender": rows["offender_ref"].cat.codes, "day": rows[day]}
        if value:
            columns["status" if name == "statuses" else "risk"] = rows[value].cat.codes
        connection.register(f"{name}_frame", pd.DataFrame(columns))
        connection.execute(f"create table {name} as select * from {name}_frame")  # noqa: S608 - names are above
    return connection


def main() -> None:
    """Measure a force, half the country and the country."""
    for offenders, years in ((1_000, 5), (35_000, 10), (70_000, 10)):
        measure(offenders, years)


if __name__ == "__main__":
    main()
