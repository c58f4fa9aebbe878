"""A made-up POLIT of few cases of every fate, so that small counts occur wherever they can."""

from datetime import date, timedelta
from functools import cache
from random import Random

from offendermgmt.services.access import SYSTEM
from offendermgmt.services.question import Question
from tests.tables import Rows
from tests.unit.services.force import ask
from tests.unit.services.polit_force import POLIT, away, child

FIRST, LAST = date(2025, 1, 1), date(2025, 12, 31)
SEEDS = (0, 1, 2, 3)
_INVESTIGATORS = 8
_STAGES = ("awaiting_allocation", "awaiting_enforcement", "under_investigation", "awaiting_forensics", "with_cps")
_KINDS = ("arrest", "arrest", "voluntary_interview", "warrant")
_SOURCES = ("NCA", "NCA", "NCA", "public", "school")
_LEVELS = ("very_high", "high", "medium", "low")
_OUTCOMES = (("",), ("", "charged", "no further action"))
_CASES = (60, 110, 170, 420)


@cache
def busy_polit(seed: int) -> Question:
    """Everything known of the force, as of the last day of its year."""
    return ask(_parts(Random(seed), _CASES[seed]), str(LAST), SYSTEM)  # noqa: S311


def _parts(random: Random, cases: int) -> list[dict[str, Rows]]:
    investigator = {"rank": "DC", "is_supervisor": "false", "team_ref": "P", "fte": "1"}
    officers = [{"officer_ref": f"J{at}", "name": f"J{at}", **investigator} for at in range(_INVESTIGATORS)]
    parts: list[dict[str, Rows]] = [POLIT, {"officers": officers}]
    parts += [away(f"J{at}", str(_on(random, 365))) for at in range(2)]
    for number in range(cases):
        parts += _case(random, f"C{number}")
    return parts


def _case(random: Random, ref: str) -> list[dict[str, Rows]]:
    received = FIRST - timedelta(days=90) + timedelta(days=random.randrange(450))
    stages = [random.choice(_STAGES) for _ in range(random.randrange(4))]
    stages += ["closed"] * (random.random() < 0.55)
    stages += ["under_investigation"] * (random.random() < 0.05)
    within = 1 if random.random() < 0.08 else 120
    days = sorted(received + timedelta(days=random.randrange(within)) for _ in stages)
    moved = [
        {"case_ref": ref, "from_on": str(day), "stage": stage, "outcome": random.choice(_OUTCOMES[stage == "closed"])}
        for day, stage in zip(days, stages, strict=True)
    ]
    parts: list[dict[str, Rows]] = [
        {"polit_cases": [{"case_ref": ref, "received_on": str(received), "source": random.choice(_SOURCES)}]},
        {"polit_stages": moved},
    ]
    if random.random() < 0.9:
        on = str(received + timedelta(days=random.randrange(4)))
        assessed = {"assessed_on": on, "tool": "KIRAT", "risk_level": random.choice(_LEVELS)}
        parts.append({"polit_assessments": [{"case_ref": ref, **assessed}]})
    if random.random() < 0.9:
        held = {"officer_ref": f"J{random.randrange(_INVESTIGATORS)}", "from_on": str(received + timedelta(days=3))}
        parts.append({"polit_allocations": [{"case_ref": ref, **held}]})
    if random.random() < 0.5:
        done = {"enforcement_ref": "E", "on": str(received + timedelta(days=9)), "kind": random.choice(_KINDS)}
        parts.append({"polit_enforcements": [{"case_ref": ref, **done}]})
    for at in range(random.choice((0, 0, 1, 1, 2))):
        found = received + timedelta(days=random.randrange(30))
        told, safe = (str(found + timedelta(days=random.randrange(40))) if random.random() < 0.7 else "" for _ in "12")
        parts.append(child(ref, f"{ref}{at}", str(found), told, safe))
    return parts


def _on(random: Random, days: int) -> date:
    return FIRST + timedelta(days=random.randrange(days))
