"""The order of work (Q20 to Q29): worked examples, a plain program's answers, and what holds whatever the facts are."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from random import Random

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from offendermgmt.domain import priority as rules
from offendermgmt.domain.days import NEVER
from offendermgmt.domain.policy import Policies, Policy
from offendermgmt.domain.priority import Part
from offendermgmt.domain.vocabulary import ChildAccess, Placement
from offendermgmt.services import reports
from offendermgmt.services.access import SYSTEM
from offendermgmt.services.policies import shipped_policy
from offendermgmt.services.priorities import order_of_work, priority_board
from offendermgmt.services.question import Question
from offendermgmt.services.snapshot import take_snapshot
from tests.spec.ladder import LEVELS, rung, worse_risk
from tests.spec.made_up import made_up
from tests.spec.oracle.order import lowered, order
from tests.spec.reading import Example, table
from tests.tables import Rows, recordings

SEEDS = range(30)
PARTS = [str(part) for part in Part]
often = settings(max_examples=200)
WEIGHTS = shipped_policy().polit_priority

EXAMPLES = (
    Example(
        "Every part",
        "Four cases on 10 March 2025; C1 has two children awaiting, one not referred, C2 access to children, "
        "C3 is old and has information that awaits a re-grade, C4 is not assessed.",
        """
        polit_cases | case_ref | received_on
                    | C1       | 2025-03-01
                    | C2       | 2025-03-08
                    | C3       | 2025-01-01
                    | C4       | 2025-03-08
        polit_assessments | case_ref | assessed_on | risk_level
                          | C1       | 2025-03-01  | high
                          | C2       | 2025-03-08  | very_high
                          | C3       | 2025-01-01  | low
        polit_children | case_ref | identified_on | referred_on | safeguarded_on
                       | C1       | 2025-03-02    |             |
                       | C1       | 2025-03-02    | 2025-03-04  |
                       | C1       | 2025-03-02    | 2025-03-04  | 2025-03-10
        polit_access | case_ref | from_on    | access
                     | C1       | 2025-03-01 | yes
                     | C1       | 2025-03-05 | no
                     | C2       | 2025-03-08 | yes
        polit_information | case_ref | information_ref | received_on | needs_assessment
                          | C3       | I1              | 2025-02-01  | true
        """,
        (
            (
                "order as of 2025-03-10",
                """
                case_ref | risk | children | access | limit | activity | reassess | total
                C2       | 400  | 0        | 40     | 12    | 5        | 0        | 457
                C1       | 300  | 95       | 0      | 7     | 6        | 0        | 408
                C4       | 300  | 0        | 20     | 1     | 1        | 0        | 322
                C3       | 100  | 0        | 20     | 13    | 10       | 20       | 163
                """,
            ),
        ),
    ),
    Example(
        "Only the backlog, and ties",
        "C1 and C2 are alike but for the reference, C0 was received a day later and assessed at once; C3 is live, C4 "
        "closed.",
        """
        polit_cases | case_ref | received_on
                    | C0       | 2025-03-02
                    | C1       | 2025-03-01
                    | C2       | 2025-03-01
                    | C3       | 2025-03-01
                    | C4       | 2025-03-01
        polit_stages | case_ref | from_on    | stage
                     | C3       | 2025-03-02 | under_investigation
                     | C4       | 2025-03-02 | closed
        """,
        (
            ("order as of 2025-03-02", "case_ref | total \n C1 | 320 \n C2 | 320 \n C0 | 320"),
            ("order as of 2025-03-01", "case_ref | total \n C1 | 320 \n C2 | 320 \n C3 | 320 \n C4 | 320"),
        ),
    ),
    Example(
        "The limit that a re-grade moved",
        "Low, raised to very high on 10 March: the limit is the 9 days to that day (P2), not the one day of the level.",
        """
        polit_cases | received_on
                    | 2025-03-01
        polit_assessments | assessed_on | risk_level
                          | 2025-03-01  | low
                          | 2025-03-10  | very_high
        """,
        (
            ("order as of 2025-03-09", "case_ref | risk | limit | activity \n C1 | 100 | 1 | 1"),
            ("order as of 2025-03-10", "case_ref | risk | limit | activity \n C1 | 400 | 6 | 0"),
            ("order as of 2025-03-19", "case_ref | risk | limit | activity \n C1 | 400 | 12 | 10"),
        ),
    ),
    Example(
        "A re-grade is due until it is made",
        "Information of 5 March calls for an assessment, that of 8 March does not; assessed on 7 March.",
        """
        polit_cases | received_on
                    | 2025-03-01
        polit_assessments | assessed_on | risk_level
                          | 2025-03-02  | low
                          | 2025-03-07  | low
        polit_information | case_ref | information_ref | received_on | needs_assessment
                          | C1       | I1              | 2025-03-05  | true
                          | C1       | I2              | 2025-03-08  | false
        """,
        (
            ("order as of 2025-03-04", "case_ref | reassess \n C1 | 0"),
            ("order as of 2025-03-05", "case_ref | reassess \n C1 | 20"),
            ("order as of 2025-03-06", "case_ref | reassess \n C1 | 20"),
            ("order as of 2025-03-07", "case_ref | reassess \n C1 | 0"),
            ("order as of 2025-03-08", "case_ref | reassess \n C1 | 0"),
        ),
    ),
)


def question_of(tables: dict[str, Rows], policies: tuple[Policy, ...], on: date) -> Question:
    return Question(take_snapshot(recordings(tables), Policies(policies)), SYSTEM, on, on)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.title)
def test_worked_example(example: Example) -> None:
    for asked, expected in example.asks:
        cases = order_of_work(question_of(example.facts, example.policies, date.fromisoformat(asked.split()[-1])), {})
        columns, rows = table(expected)
        assert cases[columns].astype(str).to_dict(orient="records") == rows, asked


def drawn(seed: int) -> tuple[dict[str, Rows], tuple[Policy, ...], date]:
    """Made-up data, with limits short enough to be used up several times, and a day."""
    random = Random(seed)  # noqa: S311
    data = made_up(random)
    weights = replace(WEIGHTS, lowered_days=random.choice([5, 400]), old_days=random.choice([0, 2, 30]))
    policies = tuple(replace(policy, polit_priority=weights) for policy in data.policies)
    tables, on = {name: list(rows) for name, rows in data.tables.items()}, random.choice(data.days)
    for row in tables["polit_cases"]:
        begun, graded = date.fromisoformat(row["received_on"]), {"case_ref": row["case_ref"], "tool": "OTHER"}
        for level, days in (("high", random.choice([-3, 0, 10])), ("medium", random.choice([4, 14]))):
            day = begun + timedelta(days=days)
            tables["polit_assessments"].append({**graded, "assessed_on": str(day), "risk_level": level})
    return tables, policies, on


@cache
def asked(seed: int) -> Question:
    """The question about made-up data, which several tests ask."""
    return question_of(*drawn(seed))


@cache
def told(seed: int) -> tuple[list[tuple[str, dict[str, int]]], set[tuple[str, date, str, str]]]:
    """The plain program's order and cases lowered."""
    tables, policies, on = drawn(seed)
    return order(tables, list(policies), on), lowered(tables, list(policies), on)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_order_and_its_parts_are_the_plain_programs(seed: int) -> None:
    cases = order_of_work(asked(seed), {})
    engine = [(row["case_ref"], {part: row[part] for part in PARTS}) for row in cases.to_dict(orient="records")]
    assert engine == told(seed)[0]


@pytest.mark.parametrize("seed", SEEDS)
def test_risk_lowered_is_the_plain_programs(seed: int) -> None:
    rows = priority_board(asked(seed), {}).lowered_cases
    assert rows is not None
    columns = rows[["case_ref", "assessed_on", "risk_before", "risk_after"]].to_dict(orient="records")
    engine = [(row["case_ref"], row["assessed_on"].date(), row["risk_before"], row["risk_after"]) for row in columns]
    assert sorted(engine) == sorted(told(seed)[1])


@pytest.mark.parametrize("seed", SEEDS)
def test_the_list_is_the_backlog_of_the_report(seed: int) -> None:
    question = asked(seed)
    report, board = reports.polit(question), priority_board(question, {})
    backlog = report[report["in_backlog"].to_numpy()].set_index("case_ref")
    assert board.cases is not None
    assert board.size.value == len(board.cases) == len(backlog)
    own = board.cases.set_index("case_ref").reindex(backlog.index)
    assert own["children_awaiting"].tolist() == backlog["children_awaiting"].tolist()
    assert own["days_past_limit"].tolist() == backlog["days_past_limit"].tolist()


def test_the_made_up_data_has_something_of_every_part() -> None:
    answers = [told(seed) for seed in SEEDS]
    parts = [parts for cases, _ in answers for _, parts in cases]
    assert [part for part in PARTS if len({each[part] for each in parts}) < 2] == []
    assert sum(len(found) for _, found in answers) > 5


# What a priority rests on, of one case: the columns of `evidence`.
any_case = st.fixed_dictionaries(
    {
        "risk": st.integers(0, len(LEVELS) - 1),
        "days_used": st.integers(0, 3000),
        "limit_days": st.integers(1, 60),
        "awaiting": st.integers(0, 6),
        "unreferred": st.integers(0, 6),
        "access": st.integers(0, len(ChildAccess)),
        "days_idle": st.integers(0, 3000),
        "stalled_days": st.integers(1, 60),
        "informed": st.sampled_from([20000, int(NEVER)]),
    }
).map(lambda case: case | {"unreferred": min(case["unreferred"], case["awaiting"])})


def places_of(cases: list[dict[str, int]]) -> list[int]:
    (places,) = places_in_each([cases])
    return places


def places_in_each(lists: Sequence[list[dict[str, int]]]) -> list[list[int]]:
    """The places in each of several lists as long, whose points are all reckoned in one go."""
    every = [case for cases in lists for case in cases]
    frame = pd.DataFrame({name: np.array([case[name] for case in every]) for name in every[0]})
    total, size = rules.points(frame, WEIGHTS)["total"].to_numpy(), len(lists[0])
    received = (20000 - frame["days_used"].to_numpy()).astype(np.int32)
    names, by_hand = (np.array(each, dtype=object) for each in ([f"C{n}" for n in range(size)], [""] * size))
    starts = range(0, len(every), size)
    own = [slice(first, first + size) for first in starts]
    return [rules.places(total[one], received[one], names, by_hand)[0].tolist() for one in own]


MORE: dict[str, Callable[[dict[str, int], int], dict[str, int]]] = {
    "more days since receipt": lambda case, by: case | {"days_used": case["days_used"] + by},
    "more days without activity": lambda case, by: case | {"days_idle": case["days_idle"] + by},
    "more children awaiting": lambda case, by: case | {"awaiting": case["awaiting"] + by},
    "more children not referred": lambda case, by: (
        case | {"awaiting": case["awaiting"] + by, "unreferred": case["unreferred"] + by}
    ),
    "worse risk": lambda case, by: case | {"risk": worse_risk(case, by)},
    "access to children": lambda case, _: case | {"access": list(ChildAccess).index(ChildAccess.YES)},
    "a re-grade due": lambda case, _: case | {"informed": 20000},
    "a shorter limit": lambda case, by: case | {"limit_days": max(1, case["limit_days"] - by)},
}


@settings(max_examples=400)
@given(cases=st.lists(any_case, min_size=1, max_size=6), by=st.integers(1, 40), which=st.integers(0, 5))
def test_more_of_anything_never_ranks_a_case_lower(cases: list[dict[str, int]], by: int, which: int) -> None:
    at = which % len(cases)
    # Everything is tried on the same cases: to draw others for each takes most of the time, and shows no more.
    changed = [[*cases[:at], more(cases[at], by), *cases[at + 1 :]] for more in MORE.values()]
    before, *after = (places[at] for places in places_in_each([cases, *changed]))
    assert [more for more, place in zip(MORE, after, strict=True) if place > before] == []


@often
@given(cases=st.lists(any_case, min_size=2, max_size=8))
def test_no_case_passes_one_two_levels_higher(cases: list[dict[str, int]]) -> None:
    places = places_of(cases)
    for one, here in zip(cases, places, strict=True):
        for other, there in zip(cases, places, strict=True):
            assert rung(one) < rung(other) + 2 or here < there


@often
@given(case=any_case, other=any_case)
def test_days_alone_lift_no_case_over_one_of_the_next_level(case: dict[str, int], other: dict[str, int]) -> None:
    days = ("risk", "days_used", "limit_days", "days_idle", "stalled_days")
    alike = case | {name: other[name] for name in days}
    places = places_of([case, alike])
    assert rung(case) <= rung(alike) or places[0] < places[1]


@often
@given(case=any_case, days=st.integers(0, 5000))
def test_a_child_awaiting_or_access_counts_for_more_than_any_age(case: dict[str, int], days: int) -> None:
    no, yes = (list(ChildAccess).index(kind) for kind in (ChildAccess.NO, ChildAccess.YES))
    fresh = case | {"days_used": 0, "days_idle": 0, "awaiting": 0, "unreferred": 0, "access": no}
    old = fresh | {"days_used": days, "days_idle": days}
    assert places_of([fresh | {"awaiting": 1}, old])[0] == 1
    assert places_of([fresh | {"access": yes}, old])[0] == 1


def test_access_not_known_counts_between_no_and_yes_and_nothing_recorded_as_not_known() -> None:
    case = {"risk": 0, "days_used": 0, "limit_days": 1, "awaiting": 0, "unreferred": 0, "days_idle": 0}
    rows = pd.DataFrame([case | {"access": code, "stalled_days": 1, "informed": int(NEVER)} for code in range(4)])
    points = dict(zip([*ChildAccess, ""], rules.points(rows, WEIGHTS)["access"], strict=True))
    assert points[ChildAccess.NO] < points[ChildAccess.NOT_KNOWN] == points[""] < points[ChildAccess.YES]


@often
@given(
    totals=st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3), st.sampled_from(["", *Placement])), max_size=9),
    random=st.randoms(use_true_random=False),
)
def test_places_do_not_depend_on_the_order_of_rows(totals: list[tuple[int, int, str]], random: Random) -> None:
    rows = [(total, received, f"C{number}", placed) for number, (total, received, placed) in enumerate(totals)]
    shuffled = random.sample(rows, len(rows))
    assert placed_at(rows) == placed_at(shuffled)


def placed_at(rows: list[tuple[int, int, str, str]]) -> dict[str, tuple[int, int]]:
    total, received = (np.array([row[at] for row in rows], dtype=np.int64) for at in (0, 1))
    names, placed = (np.array([row[at] for row in rows], dtype=object) for at in (2, 3))
    by_rule, place = rules.places(total, received.astype(np.int32), names, placed)
    assert sorted(by_rule) == sorted(place) == list(range(1, len(rows) + 1))
    in_order = [placed[at] for at in np.argsort(place)]
    assert in_order == sorted(in_order, key=["first", "", "last"].index)
    return {name: (int(rule), int(now)) for name, rule, now in zip(names, by_rule, place, strict=True)}


@pytest.mark.parametrize("seed", range(15))
def test_the_order_is_the_same_however_the_rows_arrive(seed: int) -> None:
    tables, policies, on = drawn(seed)
    random = Random(seed)  # noqa: S311
    keyless = {"polit_children", "polit_access", "polit_information", "polit_cases"}
    shuffled = {name: random.sample(rows, len(rows)) if name in keyless else rows for name, rows in tables.items()}
    once = {name: _first_of_each(rows) if name in keyless else rows for name, rows in tables.items()}
    again = {name: [row for row in shuffled[name] if row in once[name]] for name in tables}
    columns = ["case_ref", "place", "total"]
    first, second = (order_of_work(question_of(each, policies, on), {})[columns] for each in (once, again))
    pd.testing.assert_frame_equal(first, second)


def _first_of_each(rows: Rows) -> Rows:
    """Without corrections, whose outcome depends on the order of arrival by design (D4)."""
    keys = ("case_ref", "child_ref", "information_ref", "from_on")
    return list({tuple(row.get(key) for key in keys): row for row in rows}.values())
