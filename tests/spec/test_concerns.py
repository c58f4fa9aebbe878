"""The engine's concerns (A1 to A9) are those of a plain day-by-day program, over made-up data."""

from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from random import Random

import pytest

from offendermgmt.domain.contact import OVERDUE, SEEN, SEEN_LATE, TO_BE_SEEN, WITHDRAWN
from offendermgmt.domain.policy import AssessmentPolicy, Interval, Policies, Policy
from offendermgmt.domain.vocabulary import RiskLevel
from offendermgmt.services.access import SYSTEM
from offendermgmt.services.assessment_definitions import Concern
from offendermgmt.services.assessments import AssessmentsBoard, assessments_board
from offendermgmt.services.question import Question
from offendermgmt.services.snapshot import take_snapshot
from tests.spec.made_up import made_up
from tests.spec.oracle.concerns import concerns, releases
from tests.tables import Rows, recordings

SEEDS = range(30)
TOLD = {SEEN: "seen", SEEN_LATE: "seen late", TO_BE_SEEN: "to be made", OVERDUE: "overdue", WITHDRAWN: "withdrawn"}


def limits(random: Random) -> AssessmentPolicy:
    """Limits as short as the made-up lives are."""

    def some() -> Interval:
        return random.choice([Interval(days=3), Interval(days=10), Interval(days=25), Interval(months=1)])

    return AssessmentPolicy(
        arms_tools=("ARMS",),
        arms_first_days=random.choice([1, 5, 20]),
        arms_review=some(),
        plan_review=some(),
        supervisor_review={level: some() for level in RiskLevel},
        reactive_low=some(),
        reactive_review=some(),
        reactive_orders=("notification",),
        release_days=random.choice([5, 40]),
        failed_in_a_row=random.choice([1, 2]),
        unseen={level: some() for level in RiskLevel},
    )


@cache
def drawn(seed: int) -> tuple[dict[str, Rows], list[Policy], date]:
    """Made-up data with reviews and orders, policies with short limits, and a day."""
    random = Random(seed)  # noqa: S311
    data = made_up(random)
    tables = {name: list(rows) for name, rows in data.tables.items()}
    refs = [row["offender_ref"] for row in tables["offenders"]]

    def day() -> str:
        return str(random.choice(data.days) + timedelta(days=random.choice([-30, -8, 0, 5])))

    for table in ("supervisor_reviews", "plan_reviews"):
        rows = [{"offender_ref": random.choice(refs), "reviewed_on": day()} for _ in range(random.choice([0, 1, 4]))]
        tables[table] = rows
    tables["orders"] = [
        {
            "offender_ref": random.choice(refs),
            "order_ref": str(number),
            "kind": random.choice(["SHPO", "Notification"]),
            "from_on": day(),
            "to_on": random.choice(["", day()]),
        }
        for number in range(random.choice([0, 3]))
    ]
    policies = [replace(policy, assessments=limits(random)) for policy in data.policies]
    on = random.choice(data.days)
    _release(tables, random, on)
    return tables, policies, on


def _release(tables: dict[str, Rows], random: Random, on: date) -> None:
    """Somebody comes out shortly before the day, and most are seen unless the clock stops again."""
    row = random.choice(tables["offenders"])
    ago, wait = random.choice([(2, 0), (9, 1), (30, 20), (30, 28), (2, 8)])
    out = on - timedelta(days=ago)
    inside = out - timedelta(days=4)
    if date.fromisoformat(row["registered_on"]) >= inside:
        return
    ref = {"offender_ref": row["offender_ref"]}
    for day, state in ((inside, "custody"), (out, "community")):
        tables["offender_statuses"].append({**ref, "from_on": str(day), "status": state})
    if random.random() < 0.3:
        tables["offender_statuses"].append({**ref, "from_on": str(out + timedelta(days=1)), "status": "hospital"})
    seen = f"{out + timedelta(days=wait)}T10:00"
    tables["visits"].append({**ref, "visit_ref": "out", "visited_at": seen, "outcome": "completed"})


@cache
def asked(seed: int) -> Question:
    """The question about made-up data, which several tests ask."""
    tables, policies, on = drawn(seed)
    return Question(take_snapshot(recordings(tables), Policies(tuple(policies))), SYSTEM, on, on)


@cache
def board_of(seed: int, concern: Concern) -> AssessmentsBoard:
    """The board with one concern chosen, which two tests look at."""
    return assessments_board(asked(seed), concern)


@pytest.mark.parametrize("seed", SEEDS)
def test_each_list_is_the_plain_programs(seed: int) -> None:
    for name, expected in concerns(*drawn(seed)).items():
        cases = board_of(seed, Concern(name)).cases
        assert cases is not None
        assert dict(zip(cases["offender_ref"], cases["days"].astype(int), strict=True)) == expected, name


@pytest.mark.parametrize("seed", SEEDS)
def test_each_release_and_its_first_visit_are_the_plain_programs(seed: int) -> None:
    cases = board_of(seed, Concern.RELEASED).cases
    assert cases is not None
    engine = {
        (row["offender_ref"], row["released_on"].date()): TOLD[row["first_visit"]]
        for row in cases.to_dict(orient="records")
    }
    assert engine == releases(*drawn(seed))


def test_the_made_up_data_has_something_for_every_list() -> None:
    found: set[str] = set()
    for seed in range(80):
        found |= {name for name, counted in concerns(*drawn(seed)).items() if counted}
        found |= set(releases(*drawn(seed)).values())
    assert found >= set(TOLD.values())
    assert found >= set(map(str, Concern)) - {"reactive", "released", "released-late", "own-longer", "own-unapproved"}


@pytest.mark.parametrize("seed", range(10))
def test_a_figure_is_the_length_of_its_list(seed: int) -> None:
    for concern in Concern:
        board = board_of(seed, concern)
        assert board.cases is not None
        assert len(board.cases) == (board.figures[concern].numerator or 0)
