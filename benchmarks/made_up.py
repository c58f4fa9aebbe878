"""Recordings of any size without a store, for timing: plausible in number and mix, not in story.

What a write brings is made here too: a visit, or a case.
"""

from collections.abc import Mapping
from typing import Any, Final

import numpy as np
import pandas as pd

from benchmarks import made_up_polit
from benchmarks.made_up_tables import ENDS, Days, Tables, after, numbered
from offendermgmt.domain.days import day_number, to_datetimes
from offendermgmt.domain.facts import LEVELS, OUTCOMES, STATUSES, Recordings
from offendermgmt.store.frames import empty_frame, extend_recordings

_LATER: Final = 10**9
_IN_POST: Final = day_number(pd.Timestamp("2010-01-01").date())


def recordings(offenders: int, years: int, seed: int = 7) -> Recordings:
    """Recordings of `offenders` people over `years`, about 1.45 facts a person and year, and of POLIT's cases."""
    mosovo, polit = max(offenders // 45, 2), made_up_polit.staff(offenders)
    officers, teams = mosovo + polit, max(mosovo // 12, 1)
    polit_teams = max(polit // 12, 1)
    tables = Tables(
        {
            "offender": pd.Index([f"V{number:06}" for number in range(offenders)], dtype="str"),
            "officer": pd.Index([f"{number:04}" for number in range(officers)], dtype="str"),
            "team": pd.Index([f"T{number}" for number in range(teams + polit_teams)], dtype="str"),
            "case": made_up_polit.references(offenders, years),
        }
    )
    _add_offenders(tables, mosovo, years, np.random.default_rng(seed))
    team = np.append(np.arange(mosovo) % teams, teams + np.arange(polit) % polit_teams)
    _add_teams(tables, ["MOSOVO"] * teams + ["POLIT"] * polit_teams)
    _add_officers(tables, team, np.append(np.arange(mosovo) % 6 == 0, np.arange(polit) % 8 == 0))
    investigators = mosovo + np.flatnonzero(np.arange(polit) % 8)
    made_up_polit.add_cases(tables, investigators, years, np.random.default_rng(seed + 1))
    return tables.recordings()


def with_one_more_visit(made: Recordings) -> Recordings:
    """The recordings and one visit more, to somebody who has many."""
    visits = made.tables["visits"]
    number = int(visits["recording_id"].iloc[-1]) + _LATER
    visit = visits.iloc[[len(visits) // 2]].assign(visit_ref=f"LATER{number}", recording_id=number)
    return _extended(made, made.registers, {"visits": visit})


def with_one_more_case(made: Recordings) -> Recordings:
    """The recordings and one case more, received last month: what came in whole months changes with it."""
    cases, known = made.tables["polit_cases"], len(made.registers["case"])
    register = made.registers["case"].append(pd.Index([f"LATER{known}"], dtype="str"))
    case = cases.iloc[[-1]].assign(
        case_ref=pd.Categorical.from_codes([known], categories=register),
        received_on=to_datetimes(np.array([ENDS - 10])),
        recording_id=int(cases["recording_id"].iloc[-1]) + _LATER,
    )
    return _extended(made, {**made.registers, "case": register}, {"polit_cases": case})


def _extended(
    made: Recordings, registers: Mapping[str, "pd.Index[str]"], rows: Mapping[str, pd.DataFrame]
) -> Recordings:
    newer = {name: rows[name] if name in rows else empty_frame(name, registers) for name in made.tables}
    return extend_recordings(made, Recordings(registers, newer))


def _add_offenders(tables: Tables, officers: int, years: int, random: np.random.Generator) -> None:
    offenders = len(tables.registers["offender"])
    begins = ENDS - 365 * years
    registered = random.integers(begins - 900, ENDS - 30, offenders)

    def people(a_person: float) -> Days:
        return np.sort(random.integers(0, offenders, int(a_person * offenders)))

    def since(person: Days) -> Days:
        return after(random, np.maximum(registered[person], begins))

    def by(number: int) -> pd.Categorical:
        return tables.of("officer", random.integers(0, officers, number))

    everyone = np.arange(offenders)
    tables.add("offenders", "registered_on", registered, offender_ref=tables.of("offender", everyone))
    person = people(0.15 * years)
    status = random.choice(8, len(person), p=[0.35, 0.03, 0.02, 0.17, 0.03, 0.1, 0.28, 0.02])
    tables.add(
        "offender_statuses",
        "from_on",
        since(person),
        offender_ref=tables.of("offender", person),
        status=pd.Categorical.from_codes(status, dtype=STATUSES),
    )
    person = people(0.25 * years)
    level = random.choice(4, len(person), p=[0.02, 0.18, 0.3, 0.5])
    tables.add(
        "risk_assessments",
        "assessed_on",
        since(person),
        offender_ref=tables.of("offender", person),
        tool=pd.Series(["ARMS"] * len(person), dtype="str"),
        risk_level=pd.Categorical.from_codes(level, dtype=LEVELS),
    )
    person = people(0.2 * years)
    tables.add(
        "allocations",
        "from_on",
        since(person),
        offender_ref=tables.of("offender", person),
        to_on=tables.never(len(person)),
        officer_ref=by(len(person)),
    )
    person = people(0.02 * years)
    tables.add(
        "visit_intervals",
        "from_on",
        since(person),
        offender_ref=tables.of("offender", person),
        to_on=tables.never(len(person)),
        interval_days=random.integers(20, 200, len(person)),
        approved_by=by(len(person)),
    )
    person = people(0.83 * years)
    days = since(person)
    crews = np.array([f"{a:04};{b:04}" for a, b in random.integers(0, officers, (officers * 3, 2))])
    tables.add(
        "visits",
        "visited_on",
        days,
        offender_ref=tables.of("offender", person),
        visit_ref=numbered("K", len(person)),
        visited_at=to_datetimes(days).astype("datetime64[us]") + np.timedelta64(11, "h"),
        announced=random.random(len(person)) < 0.2,
        has_announced=np.ones(len(person), dtype=bool),
        outcome=pd.Categorical.from_codes(
            random.choice(5, len(person), p=[0.8, 0.1, 0.03, 0.02, 0.05]), dtype=OUTCOMES
        ),
        officer_refs=pd.Categorical.from_codes(random.integers(0, len(crews), len(person)), categories=pd.unique(crews))
        if len(pd.unique(crews)) == len(crews)
        else pd.Categorical(crews[random.integers(0, len(crews), len(person))]),
        has_lone_reason=np.zeros(len(person), dtype=bool),
        lone_risk_assessed_on=tables.never(len(person)),
        lone_authorised_by=tables.of("officer", np.full(len(person), -1)),
        lone_authorised_at=tables.never(len(person)).astype("datetime64[us]"),
    )


def _add_teams(tables: Tables, units: list[str]) -> None:
    number = len(units)
    tables.add(
        "teams",
        "from_on",
        np.full(number, _IN_POST),
        team_ref=tables.of("team", np.arange(number)),
        name=pd.Series([f"Team {position}" for position in range(number)], dtype="str"),
        unit=pd.Series(units, dtype="str"),
    )


def _add_officers(tables: Tables, team: Days, is_supervisor: "np.ndarray[Any, Any]") -> None:
    officers = len(team)
    tables.add(
        "officers",
        "from_on",
        np.full(officers, _IN_POST),
        officer_ref=tables.of("officer", np.arange(officers)),
        name=pd.Series(["Officer"] * officers, dtype="str"),
        rank=pd.Series(["DC"] * officers, dtype="str"),
        is_supervisor=is_supervisor,
        team_ref=tables.of("team", team),
        fte=np.ones(officers),
        to_on=tables.never(officers),
    )
