"""Triage (R1 to R9): worked examples, agreement with the other figures, and what holds whatever the facts are."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from random import Random
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from offendermgmt.domain import triage as rules
from offendermgmt.domain.days import NEVER
from offendermgmt.domain.policy import Policies, Policy
from offendermgmt.domain.triage import NOT_RAISED, Part
from offendermgmt.domain.visits import standing
from offendermgmt.domain.vocabulary import FlagKind, RiskLevel
from offendermgmt.services import reports
from offendermgmt.services.access import SYSTEM
from offendermgmt.services.assessment_definitions import Concern
from offendermgmt.services.assessments import assessments_board
from offendermgmt.services.flags import Closing, Flag
from offendermgmt.services.policies import shipped_policy
from offendermgmt.services.question import Question
from offendermgmt.services.snapshot import take_snapshot
from offendermgmt.services.triage import Look, triage, triage_board
from tests.spec.ladder import LEVELS, rung, worse_risk
from tests.spec.made_up import made_up
from tests.spec.reading import Example, table
from tests.tables import Rows, recordings

SEEDS = range(40)
PARTS = [str(part) for part in Part]
KINDS = [str(kind) for kind in FlagKind]
TYPES = dict.fromkeys(["is_never_seen", *KINDS], bool)
WEIGHTS = shipped_policy().triage
often = settings(max_examples=200)

EXAMPLES = (
    Example(
        "Every part",
        "30 June 2025. V1 is very high and 10 days overdue; V2 was raised from medium on 10 June, when it fell due, "
        "and did not answer twice; V3 is missing, with ARMS past its review; V4 is new; V5 was seen and is flagged "
        "twice; V6 needs nothing.",
        """
        offenders | offender_ref | registered_on
                  | V1 | 2024-01-01
                  | V2 | 2024-01-01
                  | V3 | 2024-01-01
                  | V4 | 2025-06-20
                  | V5 | 2024-01-01
                  | V6 | 2024-01-01
        risk_assessments | offender_ref | assessed_on | risk_level
                         | V1 | 2025-01-01 | very_high
                         | V2 | 2024-12-01 | medium
                         | V2 | 2025-06-10 | high
                         | V3 | 2024-01-01 | low
                         | V5 | 2025-01-01 | low
                         | V6 | 2025-01-01 | medium
        visits | offender_ref | visited_at       | outcome
               | V1           | 2025-05-20T12:00 | completed
               | V2           | 2025-01-10T12:00 | completed
               | V2           | 2025-06-15T12:00 | no_reply
               | V2           | 2025-06-20T12:00 | no_reply
               | V3           | 2025-01-10T12:00 | completed
               | V5           | 2025-06-01T12:00 | completed
               | V6           | 2025-06-01T12:00 | completed
        offender_statuses | offender_ref | from_on    | status
                          | V3           | 2025-06-01 | missing
        flags | offender_ref | kind    | from_on    | last_on
              | V5           | breach  | 2025-06-30 |
              | V5           | concern | 2025-06-01 | 2025-06-30
        """,
        (
            (
                "triage as of 2025-06-30",
                """
                offender_ref | risk | overdue | never_seen | failed | missing | raised | arms | flags | total
                V1           | 400  | 9       | 0          | 0      | 0       | 0      | 0    | 0     | 409
                V2           | 300  | 6       | 0          | 12     | 0       | 15     | 0    | 0     | 333
                V4           | 300  | 0       | 20         | 0      | 0       | 0      | 0    | 0     | 320
                V3           | 100  | 0       | 0          | 0      | 25      | 0      | 10   | 0     | 135
                V5           | 100  | 0       | 0          | 0      | 0       | 0      | 0    | 35    | 135
                """,
            ),
            ("triage as of 2025-06-01", "offender_ref | missing \n V3 | 25 \n V5 | 0"),
            ("triage as of 2025-06-29", "offender_ref | flags \n V1 | 0 \n V2 | 0 \n V4 | 0 \n V3 | 0 \n V5 | 10"),
        ),
    ),
    Example(
        "Days overdue count in terms of the interval, up to the cap",
        "Due on 10 April with an interval of 3 months, and on 12 March with an own one of 10 days.",
        """
        offenders | offender_ref | registered_on
                  | V1           | 2024-01-01
                  | V2           | 2024-01-01
        risk_assessments | offender_ref | assessed_on | risk_level
                         | V1           | 2025-01-01  | high
                         | V2           | 2025-01-01  | high
        visit_intervals | offender_ref | from_on    | interval_days
                        | V2           | 2025-01-01 | 10
        visits | offender_ref | visited_at
               | V1           | 2025-01-10T12:00
               | V2           | 2025-03-02T12:00
        """,
        (
            ("triage as of 2025-03-12", "offender_ref | overdue"),
            ("triage as of 2025-03-13", "offender_ref | overdue \n V2 | 3"),
            ("triage as of 2025-03-31", "offender_ref | overdue \n V2 | 57"),
            ("triage as of 2025-04-01", "offender_ref | overdue \n V2 | 60"),
            ("triage as of 2025-07-10", "offender_ref | overdue \n V2 | 60 \n V1 | 29"),
            ("triage as of 2025-07-11", "offender_ref | overdue \n V2 | 60 \n V1 | 30"),
            ("triage as of 2025-12-31", "offender_ref | overdue \n V2 | 60 \n V1 | 60"),
        ),
    ),
    Example(
        "Equal points: the older due date, then the reference",
        "V2 and V3 are alike but for the reference; V1 fell due a day later.",
        """
        offenders | offender_ref | registered_on
                  | V3           | 2025-01-01
                  | V2           | 2025-01-01
                  | V1           | 2025-01-02
        """,
        (("triage as of 2026-01-01", "offender_ref | total \n V2 | 390 \n V3 | 390 \n V1 | 390"),),
    ),
    Example(
        "Who is not managed in the community",
        "Overdue until custody on 1 March; in triage from then on only while a flag is in force.",
        """
        offenders | registered_on
                  | 2025-01-01
        risk_assessments | assessed_on | risk_level
                         | 2025-01-01  | low
        offender_statuses | from_on    | status
                          | 2025-03-01 | custody
                          | 2025-06-01 | ended
        flags | offender_ref | kind         | from_on    | last_on
              | V1           | intelligence | 2025-04-01 |
        """,
        (
            ("triage as of 2025-02-28", "offender_ref | risk | overdue | flags \n V1 | 100 | 3 | 0"),
            ("triage as of 2025-03-01", "offender_ref | total"),
            ("triage as of 2025-04-01", "offender_ref | risk | overdue | flags | total \n V1 | 100 | 0 | 15 | 115"),
            ("triage as of 2025-06-01", "offender_ref | total"),
        ),
    ),
    Example(
        "Risk raised lately",
        "Low, raised to very high on 1 June and lowered to high on 5 June: higher than in the 28 days before, until "
        "they have passed. A first assessment raises nothing.",
        """
        offenders | offender_ref | registered_on
                  | V1           | 2025-04-01
                  | V2           | 2025-05-20
        risk_assessments | offender_ref | assessed_on | risk_level
                         | V1           | 2025-04-01  | low
                         | V1           | 2025-06-01  | very_high
                         | V1           | 2025-06-05  | high
                         | V2           | 2025-06-01  | very_high
        """,
        (
            ("triage as of 2025-05-31", "offender_ref | raised \n V2 | 0 \n V1 | 0"),
            ("triage as of 2025-06-01", "offender_ref | raised \n V1 | 15 \n V2 | 0"),
            ("triage as of 2025-06-28", "offender_ref | raised \n V2 | 0 \n V1 | 15"),
            ("triage as of 2025-06-29", "offender_ref | raised \n V2 | 0 \n V1 | 0"),
        ),
    ),
    Example(
        "A kind of flag counts once, and a withdrawn flag never",
        "Two breaches and a withdrawn concern; then contact with children, which with the breach would exceed the cap.",
        """
        offenders | registered_on
                  | 2025-06-20
        flags | offender_ref | kind                  | from_on    | last_on    | withdrawn
              | V1           | breach                | 2025-06-21 |            |
              | V1           | breach                | 2025-06-22 |            |
              | V1           | concern               | 2025-06-21 |            | yes
              | V1           | contact_with_children | 2025-06-23 | 2025-06-24 |
        """,
        (
            ("triage as of 2025-06-22", "offender_ref | flags \n V1 | 25"),
            ("triage as of 2025-06-23", "offender_ref | flags \n V1 | 40"),
            ("triage as of 2025-06-25", "offender_ref | flags \n V1 | 25"),
        ),
    ),
)


def flag(ref: str, kind: str, from_on: date, last_on: date | None = None, *, withdrawn: bool = False) -> Flag:
    at = datetime(2025, 1, 1, tzinfo=UTC)
    closing = Closing("By mistake", "DI Ash", at, is_withdrawal=True) if withdrawn else None
    return Flag(f"{ref} {kind}", 1, ref, FlagKind(kind), "A note", from_on, last_on, "DI Ash", at, closing)


def flags_given(example: Example) -> list[Flag]:
    days = date.fromisoformat
    return [
        flag(
            row["offender_ref"],
            row["kind"],
            days(row["from_on"]),
            days(row["last_on"]) if row["last_on"] else None,
            withdrawn=bool(row.get("withdrawn")),
        )
        for row in example.facts.get("flags", [])
    ]


def question_of(tables: dict[str, Rows], policies: tuple[Policy, ...], on: date) -> Question:
    return Question(take_snapshot(recordings(tables), Policies(policies)), SYSTEM, on, on)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.title)
def test_worked_example(example: Example) -> None:
    for asked, expected in example.asks:
        question = question_of(example.facts, example.policies, date.fromisoformat(asked.split()[-1]))
        columns, rows = table(expected)
        cases = triage(question, flags_given(example))
        assert cases[columns].astype(str).to_dict(orient="records") == rows, asked


def drawn(seed: int) -> tuple[dict[str, Rows], tuple[Policy, ...], date, list[Flag]]:
    """Made-up data, assessments that fall due soon, a day, and flags about it."""
    random = Random(seed)  # noqa: S311
    data = made_up(random)
    on = random.choice(data.days)
    policies = tuple(
        replace(
            policy,
            triage=replace(WEIGHTS, raised_days=random.choice([3, 28, 400])),
            assessments=replace(policy.assessments, arms_first_days=random.choice([2, 30])),
        )
        for policy in data.policies
    )
    people = [row["offender_ref"] for row in data.tables["offenders"]]
    flagged = [
        flag(random.choice(people), random.choice(KINDS), on + timedelta(days=random.choice([-9, 0, 1])))
        for _ in range(random.randint(0, 3))
    ]
    return {name: list(rows) for name, rows in data.tables.items()}, policies, on, flagged


@dataclass(frozen=True)
class Asked:
    """The question about made-up data, its flags and its triage."""

    question: Question
    flagged: list[Flag]
    cases: pd.DataFrame


@cache
def asked(seed: int) -> Asked:
    """What several tests look at, worked out once."""
    tables, policies, on, flagged = drawn(seed)
    question = question_of(tables, policies, on)
    return Asked(question, flagged, triage(question, flagged))


@pytest.mark.parametrize("seed", SEEDS)
def test_who_is_overdue_is_whom_the_report_says(seed: int) -> None:
    question, flagged, cases = asked(seed).question, asked(seed).flagged, asked(seed).cases
    report = reports.overdue(question)
    late = cases[(cases["days_overdue"] > 0).to_numpy()].sort_values("offender_ref")
    columns = ["offender_ref", "risk_level", "officer_ref", "team_ref", "due_on", "days_overdue"]
    assert late[columns].to_numpy().tolist() == report[columns].to_numpy().tolist()
    board = triage_board(question, flagged)
    assert board.looks[Look.OVERDUE].numerator == len(report)
    assert board.size.numerator == len(cases)


@pytest.mark.parametrize("seed", SEEDS)
def test_each_part_is_the_list_of_the_page_on_assessments(seed: int) -> None:
    question, flagged = asked(seed).question, asked(seed).flagged
    cases = asked(seed).cases.set_index("offender_ref")

    def concern(which: Concern) -> "pd.Series[Any]":
        found = assessments_board(question, which).cases
        assert found is not None
        return found.set_index("offender_ref")["days"].sort_index()

    def of(look: Look) -> list[str]:
        found = triage_board(question, flagged, look=look).cases
        assert found is not None
        return sorted(found["offender_ref"])

    missing, failed = concern(Concern.MISSING), concern(Concern.FAILED)
    assert of(Look.NEVER_SEEN) == list(concern(Concern.NEVER_SEEN).index)
    assert of(Look.MISSING) == list(missing.index)
    assert of(Look.FAILED) == list(failed.index)
    assert cases["attempts"].reindex(failed.index).tolist() == failed.tolist()
    assert cases["days_missing"].reindex(missing.index).tolist() == missing.tolist()
    arms = {*concern(Concern.ARMS_NOT_DONE).index, *concern(Concern.ARMS_REVIEW).index}
    assert of(Look.ARMS) == sorted(arms & set(cases.index))


@pytest.mark.parametrize("seed", SEEDS)
def test_risk_is_raised_when_it_was_lower_on_a_day_shortly_before(seed: int) -> None:
    question = asked(seed).question
    segments, register = question.snapshot.timeline.segments, question.snapshot.facts.registers["offender"]
    back = question.policy.triage.raised_days
    days = [standing(segments, question.on - each) for each in range(back + 1)]
    before: list[dict[int, int]] = [dict(zip(day["offender"], day["risk"], strict=True)) for day in days]
    unassessed = LEVELS.index(RiskLevel.UNASSESSED)
    for row in asked(seed).cases.to_dict(orient="records"):
        code = int(register.get_indexer(pd.Index([row["offender_ref"]], dtype="str"))[0])
        held = [day[code] for day in before if code in day]
        lowest = max((risk for risk in held if risk != unassessed), default=-1)
        now = LEVELS.index(RiskLevel(row["risk_level"]))
        assert row["raised_from"] == (str(LEVELS[lowest]) if now != unassessed and lowest > now else "")


def test_the_made_up_data_has_something_of_every_part() -> None:
    cases = pd.concat([asked(seed).cases for seed in SEEDS])
    assert [part for part in PARTS if cases[part].nunique() < 2] == []
    assert (cases["days_overdue"] == 0).any()


def somebody(rests: dict[str, Any]) -> dict[str, int]:
    """The columns of `evidence` that matter, of an offender overdue, or due `ahead` days from now."""
    late, (months, days) = rests["days_overdue"], rests.pop("interval")
    ahead = rests.pop("ahead")
    due = 20000 - late if late else 20000 + ahead
    return rests | {"due": due, "interval_months": months, "interval_days": days}


# What a place in triage rests on, of one offender.
anybody = st.fixed_dictionaries(
    {
        "risk": st.integers(0, len(LEVELS) - 1),
        "days_overdue": st.integers(0, 3000),
        "ahead": st.integers(0, 400),
        "interval": st.sampled_from([(1, 0), (3, 0), (6, 0), (12, 0), (0, 1), (0, 31), (0, 731)]),
        "is_never_seen": st.integers(0, 1),
        "attempts": st.sampled_from([0, 2, 3, 9]),
        "days_missing": st.sampled_from([-1, 0, 400]),
        "raised_from": st.sampled_from([NOT_RAISED, 3]),
        "arms_due": st.sampled_from([19000, int(NEVER)]),
        **{kind: st.integers(0, 1) for kind in KINDS},
    }
).map(somebody)


def places_of(people: list[dict[str, int]], names: list[str] | None = None) -> list[int]:
    (places,) = places_in_each([people], names)
    return places


def places_in_each(crowds: Sequence[list[dict[str, int]]], names: list[str] | None = None) -> list[list[int]]:
    """The places in each of several crowds as many, whose points are all reckoned in one go."""
    everybody = [one for people in crowds for one in people]
    # An array a column: made from the rows, the frame takes longer than what is tested, thousands of times.
    frame = pd.DataFrame(
        {name: np.array([one[name] for one in everybody], dtype=TYPES.get(name, int)) for name in everybody[0]}
    )
    total, size = rules.points(frame, WEIGHTS)["total"].to_numpy(), len(crowds[0])
    refs = np.array(names or [f"V{number}" for number in range(size)], dtype=object)
    return [
        np.argsort(rules.order(frame[first : first + size], total[first : first + size], refs)).tolist()
        for first in range(0, len(frame), size)
    ]


def later(person: dict[str, int], by: int) -> dict[str, int]:
    """The same person, overdue by so many days more."""
    late = person["days_overdue"] + by
    return person | {"days_overdue": late, "due": 20000 - late}


MORE: dict[str, Callable[[dict[str, int], int], dict[str, int]]] = {
    "more days overdue": later,
    "a shorter interval": lambda person, by: (
        person | {"interval_months": 0, "interval_days": max(1, 28 * person["interval_months"] - by)}
        if person["interval_months"]
        else person | {"interval_days": max(1, person["interval_days"] - by)}
    ),
    "worse risk": lambda person, by: person | {"risk": worse_risk(person, by)},
    "never seen": lambda person, _: person | {"is_never_seen": 1},
    "more failed attempts": lambda person, by: person | {"attempts": person["attempts"] + by + 1},
    "missing": lambda person, _: person | {"days_missing": max(person["days_missing"], 0)},
    "risk raised": lambda person, _: person | {"raised_from": 3},
    "ARMS past its day": lambda person, _: person | {"arms_due": 19000},
    **{f"a flag of {kind}": lambda person, _, kind=kind: person | {kind: 1} for kind in KINDS},  # type: ignore[misc]
}


@settings(max_examples=400)
@given(people=st.lists(anybody, min_size=1, max_size=6), by=st.integers(1, 400), which=st.integers(0, 5))
def test_more_of_anything_never_ranks_somebody_lower(people: list[dict[str, int]], by: int, which: int) -> None:
    at = which % len(people)
    # Everything is tried on the same people: to draw others for each takes most of the time, and shows no more.
    changed = [[*people[:at], more(people[at], by), *people[at + 1 :]] for more in MORE.values()]
    before, *after = (places[at] for places in places_in_each([people, *changed]))
    assert [more for more, place in zip(MORE, after, strict=True) if place > before] == []


@often
@given(person=anybody, days=st.lists(st.integers(0, 4000), min_size=2, max_size=6, unique=True))
def test_of_people_alike_the_more_overdue_comes_first(person: dict[str, int], days: list[int]) -> None:
    people = [later(person | {"days_overdue": 0}, number) for number in days]
    places = places_of(people)
    assert [number for _, number in sorted(zip(places, days, strict=True))] == sorted(days, reverse=True)


@often
@given(person=anybody, other=anybody)
def test_days_overdue_alone_lift_nobody_over_somebody_of_the_next_level(
    person: dict[str, int], other: dict[str, int]
) -> None:
    days = ("risk", "days_overdue", "due", "interval_months", "interval_days")
    alike = person | {name: other[name] for name in days}
    places = places_of([person, alike])
    assert rung(person) <= rung(alike) or places[0] < places[1]


@often
@given(people=st.lists(anybody, min_size=2, max_size=8))
def test_nobody_passes_somebody_two_levels_higher(people: list[dict[str, int]]) -> None:
    places = places_of(people)
    for one, here in zip(people, places, strict=True):
        for other, there in zip(people, places, strict=True):
            assert rung(one) < rung(other) + 2 or here < there


@often
@given(people=st.lists(anybody, min_size=1, max_size=9), random=st.randoms(use_true_random=False))
def test_places_do_not_depend_on_the_order_of_rows(people: list[dict[str, int]], random: Random) -> None:
    rows = [(f"V{number}", person) for number, person in enumerate([*people, *people])]
    shuffled = random.sample(rows, len(rows))

    def placed(rows: list[tuple[str, dict[str, int]]]) -> dict[str, int]:
        places = places_of([person for _, person in rows], [name for name, _ in rows])
        return {name: place for (name, _), place in zip(rows, places, strict=True)}

    assert placed(rows) == placed(shuffled)


@pytest.mark.parametrize("seed", range(15))
def test_the_order_is_the_same_however_the_rows_arrive(seed: int) -> None:
    tables, policies, on, flagged = drawn(seed)
    random = Random(seed)  # noqa: S311
    people = {row["offender_ref"]: row for row in tables["offenders"]}
    # One recording a person: of several the newest stands, so that there the order of arrival matters by design (D4).
    once = tables | {"offenders": list(people.values())}
    again = tables | {"offenders": random.sample(list(people.values()), len(people))}
    question = question_of(once, policies, on)
    first, second = triage(question, flagged), triage(question_of(again, policies, on), flagged)
    pd.testing.assert_frame_equal(first, second)
    pd.testing.assert_frame_equal(first, triage(question, flagged[::-1]))
