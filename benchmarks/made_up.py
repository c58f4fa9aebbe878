"""Recordings of any size without a store, for timing the engine: plausible in number and mix, not in story."""

from typing import Any

import numpy as np
import pandas as pd

from offendermgmt.domain.days import day_number, to_datetimes
from offendermgmt.domain.facts import COLUMNS, LEVELS, OUTCOMES, REGISTERS, STATUSES, Recordings


def recordings(offenders: int, years: int, seed: int = 7) -> Recordings:
    """Recordings of `offenders` people over `years`: about 1.45 facts a person and year."""
    random = np.random.default_rng(seed)
    ends = 20_700
    begins = ends - 365 * years
    officers = max(offenders // 45, 2)
    registers = {
        "offender": pd.Index([f"V{number:06}" for number in range(offenders)], dtype="str"),
        "officer": pd.Index([f"{number:04}" for number in range(officers)], dtype="str"),
        "team": pd.Index([f"T{number}" for number in range(max(officers // 12, 1))], dtype="str"),
        "case": pd.Index([], dtype="str"),
    }
    registered = random.integers(begins - 900, ends - 30, offenders)

    def people(a_person: float) -> "np.ndarray[Any, Any]":
        return np.sort(random.integers(0, offenders, int(a_person * offenders)))

    def after(person: "np.ndarray[Any, Any]") -> "np.ndarray[Any, Any]":
        start = np.maximum(registered[person], begins)
        return start + (random.random(len(person)) * (ends - start)).astype(int)

    frames: dict[str, pd.DataFrame] = {}

    def table(name: str, day: str, days: "np.ndarray[Any, Any]", /, **columns: Any) -> None:
        values = {**columns, day: to_datetimes(days)}
        recorded = to_datetimes(days + 1).astype("datetime64[us]") + np.timedelta64(9, "h")
        frames[name] = pd.DataFrame(values).assign(
            recorded_at=recorded, recording_id=np.arange(len(days)), is_void=np.zeros(len(days), dtype=bool)
        )

    def whose(person: "np.ndarray[Any, Any]") -> pd.Categorical:
        return pd.Categorical.from_codes(person, categories=registers["offender"])

    def by(number: int) -> pd.Categorical:
        return pd.Categorical.from_codes(random.integers(0, officers, number), categories=registers["officer"])

    def never(number: int) -> "np.ndarray[Any, Any]":
        return np.full(number, np.datetime64("NaT"), dtype="datetime64[s]")

    everyone = np.arange(offenders)
    table("offenders", "registered_on", registered, offender_ref=whose(everyone))
    person = people(0.15 * years)
    status = random.choice(8, len(person), p=[0.35, 0.03, 0.02, 0.17, 0.03, 0.1, 0.28, 0.02])
    table(
        "offender_statuses",
        "from_on",
        after(person),
        offender_ref=whose(person),
        status=pd.Categorical.from_codes(status, dtype=STATUSES),
    )
    person = people(0.25 * years)
    level = random.choice(4, len(person), p=[0.02, 0.18, 0.3, 0.5])
    table(
        "risk_assessments",
        "assessed_on",
        after(person),
        offender_ref=whose(person),
        tool=pd.Series(["ARMS"] * len(person), dtype="str"),
        risk_level=pd.Categorical.from_codes(level, dtype=LEVELS),
    )
    person = people(0.2 * years)
    table(
        "allocations",
        "from_on",
        after(person),
        offender_ref=whose(person),
        to_on=never(len(person)),
        officer_ref=by(len(person)),
    )
    person = people(0.02 * years)
    table(
        "visit_intervals",
        "from_on",
        after(person),
        offender_ref=whose(person),
        to_on=never(len(person)),
        interval_days=random.integers(20, 200, len(person)),
        approved_by=by(len(person)),
    )
    person = people(0.83 * years)
    days = after(person)
    crews = np.array([f"{a:04};{b:04}" for a, b in random.integers(0, officers, (officers * 3, 2))])
    table(
        "visits",
        "visited_on",
        days,
        offender_ref=whose(person),
        visit_ref=pd.Series(np.char.add("K", np.arange(len(person)).astype(str)), dtype="str"),
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
        lone_risk_assessed_on=never(len(person)),
        lone_authorised_by=pd.Categorical.from_codes(np.full(len(person), -1), categories=registers["officer"]),
        lone_authorised_at=never(len(person)).astype("datetime64[us]"),
    )
    start = day_number(pd.Timestamp("2010-01-01").date())
    teams = len(registers["team"])
    table(
        "teams",
        "from_on",
        np.full(teams, start),
        team_ref=pd.Categorical.from_codes(np.arange(teams), categories=registers["team"]),
        name=pd.Series([f"Team {number}" for number in range(teams)], dtype="str"),
        unit=pd.Series(["MOSOVO"] * teams, dtype="str"),
    )
    table(
        "officers",
        "from_on",
        np.full(officers, start),
        officer_ref=pd.Categorical.from_codes(np.arange(officers), categories=registers["officer"]),
        name=pd.Series(["Officer"] * officers, dtype="str"),
        rank=pd.Series(["DC"] * officers, dtype="str"),
        is_supervisor=np.arange(officers) % 6 == 0,
        team_ref=pd.Categorical.from_codes(np.arange(officers) % len(registers["team"]), categories=registers["team"]),
        fte=np.ones(officers),
        to_on=never(officers),
    )
    for name in COLUMNS:
        frames.setdefault(name, _empty(name, registers))
    return Recordings(registers, frames)


def _empty(name: str, registers: dict[str, "pd.Index[str]"]) -> pd.DataFrame:
    dtypes = {
        "text": "str",
        "day": "datetime64[s]",
        "moment": "datetime64[us]",
        "flag": "bool",
        "int": "int64",
        "float": "float64",
        "crew": "category",
    }
    columns = {**COLUMNS[name], "recorded_at": "moment", "recording_id": "int", "is_void": "flag"}
    return pd.DataFrame(
        {
            column: pd.Categorical([], categories=registers[kind])
            if kind in REGISTERS
            else pd.Series([], dtype=dtypes.get(kind, kind) if isinstance(kind, str) else kind)
            for column, kind in columns.items()
        }
    )
