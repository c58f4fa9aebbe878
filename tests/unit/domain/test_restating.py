"""What came after a moment about the days up to a day: late, corrected or withdrawn, fact by fact."""

from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from offendermgmt.domain.restating import Moment, facts_restated
from tests.tables import Rows, recordings

UNTIL = pd.Timestamp("2025-06-30")
CLOSED_AT = pd.Timestamp("2025-07-03 09:00")
BEFORE, AFTER = "2025-07-01T12:00:00Z", "2025-07-10T12:00:00Z"


def visit(ref: str = "a", on: str = "2025-06-10", recorded: str = AFTER, **values: str) -> dict[str, str]:
    row = {"visit_ref": ref, "offender_ref": "V1", "visited_at": f"{on}T12:00:00", "outcome": "completed"}
    return {**row, "officer_refs": "O1", "recorded_at": recorded, **values}


def counts(tables: dict[str, Rows], newest: int = 10**6, now: str | None = None) -> dict[str, list[int]]:
    then = Moment(newest, CLOSED_AT)
    rows = facts_restated(recordings(tables), then, None if now is None else pd.Timestamp(now), UNTIL)
    return {row[0]: list(row[1:]) for row in rows.itertuples(index=False)}


@pytest.mark.parametrize(
    ("visits", "expected"),
    [
        pytest.param([visit(recorded=BEFORE)], {}, id="known at the closing"),
        pytest.param([visit()], {"visits": [1, 0, 0]}, id="recorded late"),
        pytest.param([visit(on="2025-06-30")], {"visits": [1, 0, 0]}, id="of the last day"),
        pytest.param([visit(on="2025-07-01")], {}, id="of the next month"),
        pytest.param([visit(recorded=BEFORE), visit(outcome="no_reply")], {"visits": [0, 1, 0]}, id="corrected"),
        pytest.param([visit(recorded=BEFORE), visit(on="2025-07-02")], {"visits": [0, 1, 0]}, id="moved out"),
        pytest.param([visit(on="2025-07-02", recorded=BEFORE), visit()], {"visits": [0, 1, 0]}, id="moved in"),
        pytest.param([visit(recorded=BEFORE), visit(is_void="true")], {"visits": [0, 0, 1]}, id="withdrawn"),
        pytest.param([visit(), visit(is_void="true")], {}, id="recorded and withdrawn since"),
        pytest.param([visit(), visit(outcome="no_reply")], {"visits": [1, 0, 0]}, id="late, and corrected since"),
        pytest.param([visit(recorded=BEFORE), visit()], {}, id="recorded again with the same words"),
        pytest.param([visit(), visit("b", "2025-05-02")], {"visits": [2, 0, 0]}, id="of months before too"),
    ],
)
def test_facts_are_counted_once_each(visits: Rows, expected: dict[str, list[int]]) -> None:
    assert counts({"visits": visits}) == expected


@pytest.mark.parametrize(("until", "expected"), [("2025-07-05", {}), ("2025-06-20", {"allocations": [0, 1, 0]})])
def test_what_is_said_of_later_days_corrects_nothing(until: str, expected: dict[str, list[int]]) -> None:
    row = {"offender_ref": "V1", "from_on": "2025-01-01", "officer_ref": "O1"}
    ended = {**row, "to_on": until, "recorded_at": AFTER}
    assert counts({"allocations": [{**row, "recorded_at": BEFORE}, ended]}) == expected


def test_what_an_extract_brought_later_counts_though_recorded_before() -> None:
    late = {"visits": [visit("a", recorded=BEFORE), visit("b", recorded=BEFORE)]}
    assert (counts(late), counts(late, newest=0)) == ({}, {"visits": [1, 0, 0]})


def test_as_known_at_an_earlier_moment_what_came_after_it_is_not_counted() -> None:
    late = {"visits": [visit("a"), visit("b", recorded="2025-08-01T12:00:00Z")]}
    assert counts(late, now="2025-07-20") == {"visits": [1, 0, 0]}


def test_officers_have_no_moment_of_recording_only_an_arrival() -> None:
    row = {"officer_ref": "O1", "name": "Ash", "team_ref": "T1", "fte": "1", "recorded_at": AFTER}
    officers: dict[str, Rows] = {"officers": [row, {**row, "fte": "0.5"}]}
    assert (counts(officers), counts(officers, newest=0)) == ({}, {"officers": [0, 1, 0]})


def test_no_recordings_restate_nothing() -> None:
    assert counts({}) == {}


_RECORDING = st.tuples(
    st.sampled_from(["V1", "V2"]), st.sampled_from([10, 20]), st.sampled_from("hv"), st.booleans(), st.integers(1, 6)
)


@given(st.lists(_RECORDING, max_size=12), st.integers(-1, 12), st.integers(0, 6))
def test_counts_are_those_of_comparing_the_facts_one_by_one(
    made: list[tuple[Any, ...]], arrived: int, known_day: int
) -> None:
    levels = {"h": "high", "v": "very_high"}
    rows = [
        {
            "offender_ref": ref,
            "assessed_on": f"2025-06-{day}",
            "tool": "ARMS",
            "risk_level": levels[level],
            "is_void": str(void).lower(),
            "recorded_at": f"2025-07-0{recorded}T10:00:00Z",
        }
        for ref, day, level, void, recorded in made
    ]

    def standing(known: list[tuple[Any, ...]]) -> dict[Any, str]:
        # Sorted by moment and, as Python's sort is stable, by arrival.
        newest = {each[:2]: each for each in sorted(known, key=lambda each: each[4])}
        return {key: each[2] for key, each in newest.items() if not each[3]}

    before = standing([each for at, each in enumerate(made) if at <= arrived and each[4] <= known_day])
    after = standing(made)
    expected = [
        len(after.keys() - before.keys()),
        sum(before[key] != after[key] for key in before.keys() & after.keys()),
        len(before.keys() - after.keys()),
    ]
    then = Moment(arrived, pd.Timestamp(f"2025-07-0{known_day}T12:00:00") if known_day else pd.Timestamp("2025-06-30"))
    found = facts_restated(recordings({"risk_assessments": rows}), then, None, UNTIL)
    assert found.drop(columns="table").to_numpy().tolist() == ([expected] if any(expected) else [])
