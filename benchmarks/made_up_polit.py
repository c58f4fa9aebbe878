"""POLIT's cases at the size that goes with so many offenders: 25 referrals a month for a thousand."""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd

from benchmarks.made_up_tables import ENDS, Days, Tables, numbered
from offendermgmt.domain.days import NEVER, to_datetimes
from offendermgmt.domain.facts import ACCESS, ENFORCEMENTS, LEVELS, STAGES
from offendermgmt.domain.vocabulary import Stage

_CASES_A_YEAR: Final = 0.3
_SOURCES: Final = np.array(["NCA", "public", "school", "children's social care", "intelligence"])
_OUTCOMES: Final = np.array(["no further action", "suspect not identified", "passed to another force", "charged"])
_STAGE: Final = {stage: code for code, stage in enumerate(Stage)}


def references(offenders: int, years: int) -> "pd.Index[str]":
    """The references of the cases of so many years."""
    return pd.Index([f"P{number:06}" for number in range(int(_CASES_A_YEAR * offenders * years))], dtype="str")


def staff(offenders: int) -> int:
    """Officers of POLIT, one in eight a supervisor: an investigator has some 17 open cases."""
    return max(offenders // 85, 4)


@dataclass(frozen=True)
class _Cases:
    """In order of receipt: how long each is in the backlog, whether it then goes on, and the day it is closed."""

    received: Days
    wait: Days
    goes_on: Days
    closed: Days

    @property
    def left(self) -> Days:
        """The day each case leaves the backlog."""
        return self.received + self.wait


def add_cases(tables: Tables, investigators: Days, years: int, random: np.random.Generator) -> None:
    """Put POLIT's tables in, with cases for every reference in the register."""
    size = len(tables.registers["case"])
    received = np.sort(random.integers(ENDS - 365 * years, ENDS + 1, size))
    wait = random.gamma(1.8, 50, size).astype(int) + 1
    goes_on = random.random(size) < 0.47
    closed = received + wait + np.where(goes_on, 60 + random.gamma(2, 90, size).astype(int), 0)
    made = _Cases(received, wait, goes_on, closed)
    tables.add(
        "polit_cases",
        "received_on",
        received,
        case_ref=tables.of("case", np.arange(size)),
        source=pd.Series(random.choice(_SOURCES, size, p=[0.55, 0.15, 0.08, 0.12, 0.1]), dtype="str"),
    )
    _add_stages(tables, made, random)
    _add_assessments(tables, made, investigators, random)
    _add_work(tables, made, investigators, random)
    _add_children(tables, made, random)
    _add_enforcement(tables, made, random)
    _add_viewing(tables, investigators, years, random)


def _add(tables: Tables, name: str, day: str, case: Days, days: Days, /, **columns: Any) -> None:
    """Put in those rows whose day has come."""
    come = days <= ENDS
    rows = pd.DataFrame(columns)[come].reset_index(drop=True)
    tables.add(
        name,
        day,
        days[come],
        case_ref=tables.of("case", case[come]),
        **{str(column): values for column, values in rows.items()},
    )


def _add_stages(tables: Tables, made: _Cases, random: np.random.Generator) -> None:
    every, live = np.arange(len(made.received)), np.flatnonzero(made.goes_on)
    back = live[random.random(len(live)) < 0.05]
    length = made.closed - made.left
    steps = [
        (every, made.received + made.wait * 3 // 10, Stage.AWAITING_ALLOCATION),
        (every, made.received + made.wait * 2 // 3, Stage.AWAITING_ENFORCEMENT),
        (live, made.left[live], Stage.UNDER_INVESTIGATION),
        (back, made.left[back] + 10, Stage.AWAITING_ENFORCEMENT),
        (back, made.left[back] + 30, Stage.UNDER_INVESTIGATION),
        (live, made.left[live] + 32 + length[live] // 4, Stage.AWAITING_FORENSICS),
        (live, made.left[live] + 33 + length[live] // 2, Stage.WITH_CPS),
        (every, np.where(made.goes_on, made.closed + 40, made.left), Stage.CLOSED),
    ]
    case, day = (np.concatenate([step[place] for step in steps]) for place in (0, 1))
    code = np.concatenate([np.full(len(step[0]), _STAGE[step[2]]) for step in steps])
    outcome = np.where(code == _STAGE[Stage.CLOSED], random.choice(_OUTCOMES, len(code)), "")
    stage = pd.Categorical.from_codes(code, dtype=STAGES)
    _add(tables, "polit_stages", "from_on", case, day, stage=stage, outcome=pd.Series(outcome, dtype="str"))


def _add_assessments(tables: Tables, made: _Cases, investigators: Days, random: np.random.Generator) -> None:
    size = len(made.received)
    again = np.flatnonzero(random.random(size) < 0.15)
    case = np.append(np.arange(size), again)
    day = made.received[case] + random.exponential(4, len(case)).astype(int)
    day[size:] += random.integers(5, 60, len(again))
    level = pd.Categorical.from_codes(random.choice(4, len(case), p=[0.3, 0.36, 0.27, 0.07]), dtype=LEVELS)
    _add(
        tables,
        "polit_assessments",
        "assessed_on",
        case,
        day,
        tool=pd.Series(["KIRAT"] * len(case), dtype="str"),
        tool_version=pd.Series(np.where(day > ENDS - 400, "3", "2"), dtype="str"),
        risk_level=level,
        assessor_ref=tables.of("officer", random.choice(investigators, len(case))),
    )
    informed = np.flatnonzero(random.random(size) < 0.12)
    _add(
        tables,
        "polit_information",
        "received_on",
        informed,
        made.received[informed] + 3 + (random.random(len(informed)) * made.wait[informed]).astype(int),
        information_ref=numbered("I", len(informed)),
        needs_assessment=random.random(len(informed)) < 0.5,
    )


def _add_work(tables: Tables, made: _Cases, investigators: Days, random: np.random.Generator) -> None:
    size = len(made.received)
    given = made.received + made.wait * 2 // 3
    let_go = (made.closed <= ENDS) & (made.closed > given)
    _add(
        tables,
        "polit_allocations",
        "from_on",
        np.arange(size),
        given,
        to_on=_where(let_go, made.closed),
        officer_ref=tables.of("officer", random.choice(investigators, size)),
    )
    case = np.repeat(np.arange(size), random.poisson(10, size))
    day = made.received[case] + (random.random(len(case)) * (made.closed - made.received)[case]).astype(int)
    _add(tables, "polit_activities", "on", case, day, activity_ref=numbered("A", len(case)))


def _add_children(tables: Tables, made: _Cases, random: np.random.Generator) -> None:
    size = len(made.received)
    case = np.repeat(np.arange(size), random.choice(4, size, p=[0.67, 0.2, 0.09, 0.04]))
    found = made.received[case] + (random.random(len(case)) ** 2 * made.wait[case]).astype(int)
    referred = found + random.exponential(4, len(case)).astype(int)
    safeguarded = found + 1 + random.exponential(40, len(case)).astype(int)
    _add(
        tables,
        "polit_children",
        "identified_on",
        case,
        found,
        child_ref=numbered("K", len(case)),
        referred_on=_where((referred <= ENDS) & (random.random(len(case)) > 0.03), referred),
        safeguarded_on=_where(safeguarded <= ENDS, safeguarded),
    )
    asked = np.flatnonzero(random.random(size) < 0.92)
    _add(
        tables,
        "polit_access",
        "from_on",
        asked,
        made.received[asked] + random.exponential(2, len(asked)).astype(int),
        access=pd.Categorical.from_codes(random.choice(3, len(asked), p=[0.3, 0.55, 0.15]), dtype=ACCESS),
    )


def _add_enforcement(tables: Tables, made: _Cases, random: np.random.Generator) -> None:
    live = np.flatnonzero(made.goes_on)
    searched = live[random.random(len(live)) < 0.65]
    case = np.append(live, searched)
    kind = np.append((random.random(len(live)) < 0.14).astype(int), np.full(len(searched), 2))
    _add(
        tables,
        "polit_enforcements",
        "on",
        case,
        made.left[case],
        enforcement_ref=numbered("E", len(case)),
        kind=pd.Categorical.from_codes(kind, dtype=ENFORCEMENTS),
    )
    result = made.left[live] + 20 + random.gamma(2, 30, len(live)).astype(int)
    _add(
        tables,
        "polit_examinations",
        "submitted_on",
        live,
        made.left[live] + 2,
        examination_ref=numbered("X", len(live)),
        result_on=_where(result <= ENDS, result),
    )


def _add_viewing(tables: Tables, investigators: Days, years: int, random: np.random.Generator) -> None:
    """Six days a month of each investigator."""
    days = np.arange(ENDS - 365 * years, ENDS + 1)
    officer, place = np.nonzero(random.random((len(investigators), len(days))) < 6 / 30.4)
    tables.add("image_viewing", "viewed_on", days[place], officer_ref=tables.of("officer", investigators[officer]))


def _where(happened: Days, days: Days) -> Days:
    """The days of what has happened, none of what has not."""
    return to_datetimes(np.where(happened, days, NEVER))
