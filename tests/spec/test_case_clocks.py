"""The engine's clocks of POLIT cases (Q10 to Q14) are those of a plain day-by-day program, over made-up data."""

from datetime import date, datetime, timedelta
from random import Random

import pytest

from offendermgmt.domain.days import NEVER, day_number, to_date
from offendermgmt.domain.policy import Policies, Policy
from offendermgmt.domain.polit_clocks import clocks, needing_assessment
from offendermgmt.domain.vocabulary import CaseClock, ClockState
from offendermgmt.services.snapshot import Snapshot, take_snapshot
from tests.spec.made_up import made_up
from tests.spec.oracle import case_clocks
from tests.spec.oracle.answers import Oracle
from tests.spec.oracle.case_clocks import Clock
from tests.tables import Rows, recordings

SEEDS = range(50)


def drawn(seed: int) -> tuple[dict[str, Rows], tuple[Policy, ...], date, datetime | None]:
    """Made-up cases with referrals, enforcements, examinations and information; a day, and sometimes a moment."""
    random = Random(seed)  # noqa: S311
    data = made_up(random)
    tables = {name: [dict(row) for row in rows] for name, rows in data.tables.items()}
    refs = [row["case_ref"] for row in tables["polit_cases"]]

    def day() -> date:
        return random.choice(data.days) + timedelta(days=random.choice([-8, 0, 0, 3]))

    def some(row: dict[str, str], most: int = 4) -> Rows:
        return [
            row
            | {"case_ref": random.choice(refs), "recorded_at": random.choice(["", f"{day()}T12:00:00Z"])}
            | {name: str(day()) for name, value in row.items() if value == "day"}
            | {name: random.choice(["", str(day())]) for name, value in row.items() if value == "day?"}
            | {name: random.choice(["K1", "K2"]) for name, value in row.items() if value == "ref"}
            | {name: random.choice(["true", "false"]) for name, value in row.items() if value == "flag"}
            for _ in range(random.randint(0, most))
        ]

    tables["polit_children"] = some(
        {"child_ref": "ref", "identified_on": "day", "referred_on": "day?", "safeguarded_on": "day?"}
    )
    tables["polit_enforcements"] = some({"enforcement_ref": "ref", "on": "day", "kind": "arrest"})
    tables["polit_examinations"] = some({"examination_ref": "ref", "submitted_on": "day", "result_on": "day?"})
    tables["polit_information"] = some({"information_ref": "ref", "received_on": "day", "needs_assessment": "flag"})
    for name in ("polit_children", "polit_enforcements", "polit_examinations", "polit_information"):
        tables[name] += [row | {"is_void": "true"} for row in tables[name] if random.random() < 0.1]
    at = datetime.fromisoformat(f"{random.choice(data.days)}T12:00:00+00:00") if random.random() < 0.3 else None
    return tables, data.policies, random.choice(data.days), at


def taken(tables: dict[str, Rows], policies: tuple[Policy, ...], at: datetime | None) -> Snapshot:
    return take_snapshot(recordings(tables), Policies(policies), at)


def engine_clocks(snapshot: Snapshot, on: date) -> dict[tuple[str, str], Clock]:
    found = clocks(snapshot.facts, snapshot.cases.segments, day_number(on))
    refs = snapshot.facts.registers["case"]
    return {
        (str(refs[row["case"]]), str(tuple(CaseClock)[row["clock"]])): Clock(
            to_date(row["started"]),
            None if row["stopped"] >= NEVER else to_date(row["stopped"]),
            None if row["closed"] >= NEVER else to_date(row["closed"]),
            row["days"],
            str(tuple(ClockState)[row["state"]]),
        )
        for row in found.to_dict(orient="records")
    }


def oracle_clocks(
    tables: dict[str, Rows], policies: tuple[Policy, ...], on: date, at: datetime | None
) -> dict[tuple[str, str], Clock]:
    oracle = Oracle(tables, list(policies), at)
    return case_clocks.clocks(oracle.facts, oracle.cases(on), on)


@pytest.mark.parametrize("seed", SEEDS)
def test_each_clock_is_the_plain_programs(seed: int) -> None:
    tables, policies, on, at = drawn(seed)
    assert engine_clocks(taken(tables, policies, at), on) == oracle_clocks(tables, policies, on, at)


@pytest.mark.parametrize("seed", SEEDS)
def test_information_needing_an_assessment_is_the_plain_programs(seed: int) -> None:
    tables, policies, on, at = drawn(seed)
    snapshot = taken(tables, policies, at)
    found = needing_assessment(snapshot.facts, day_number(on))
    refs = snapshot.facts.registers["case"]
    engine = {(str(refs[case]), to_date(day)) for case, day in zip(found["case"], found["received"], strict=True)}
    assert engine == case_clocks.needing_assessment(Oracle(tables, list(policies), at).facts, on)


def test_the_made_up_data_has_every_clock_in_every_state() -> None:
    found = {(name, clock.state) for seed in SEEDS for (_, name), clock in oracle_clocks(*drawn(seed)).items()}
    assert found == {(str(clock), str(state)) for clock in CaseClock for state in ClockState}
    assert any(case_clocks.needing_assessment(Oracle(drawn(seed)[0], []).facts, drawn(seed)[2]) for seed in SEEDS)
