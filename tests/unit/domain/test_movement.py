"""Cases coming to and leaving their holders."""

from random import Random

import numpy as np
import pytest

from offendermgmt.domain.days import day_number
from offendermgmt.domain.movement import NOT_MANAGED, held_since, movements
from offendermgmt.domain.policy import Policies
from offendermgmt.domain.timeline import ENDED
from offendermgmt.domain.visits import standing
from offendermgmt.services.snapshot import take_snapshot
from tests.spec.made_up import made_up
from tests.tables import recordings
from tests.unit.services.force import ask, fact, offender


def moved(*parts: dict, first: str, last: str) -> list[tuple[int, int]]:
    segments = ask(parts, last).snapshot.timeline.segments
    rows = movements(segments, day_number_of(first), day_number_of(last))
    return list(zip(rows["left"], rows["came"], strict=True))


def day_number_of(text: str) -> int:
    return int(np.datetime64(text, "D").astype(int))


def test_a_new_registration_comes_from_nowhere() -> None:
    rows = moved(offender("V1", "2025-01-05", "low", "O1"), first="2025-01-01", last="2025-01-31")
    assert rows == [(NOT_MANAGED, 0)]


def test_a_reallocation_leaves_one_and_comes_to_another() -> None:
    parts = offender("V1", "2024-01-05", "low", "O1"), fact("allocations", "V1", "2025-01-10", officer_ref="O2")
    assert moved(*parts, first="2025-01-01", last="2025-01-31") == [(0, 1)]


def test_a_case_that_ends_leaves_its_holder_for_nowhere() -> None:
    parts = offender("V1", "2024-01-05", "low", "O1"), fact("offender_statuses", "V1", "2025-01-31", status="ended")
    assert moved(*parts, first="2025-01-01", last="2025-01-31") == [(0, NOT_MANAGED)]


def test_a_new_assessment_moves_nobody() -> None:
    raised = fact("risk_assessments", "V1", "2025-01-10", tool="OSP", risk_level="high")
    assert moved(offender("V1", "2024-01-05", "low", "O1"), raised, first="2025-01-01", last="2025-01-31") == []


def test_a_case_is_held_since_its_last_change_of_holder() -> None:
    parts = [offender("V1", "2024-01-05", "low", "O1"), fact("allocations", "V1", "2025-01-10", officer_ref="O2")]
    since = held_since(ask(parts, "2025-02-01").snapshot.timeline.segments, day_number_of("2025-02-01"))
    assert since.to_list() == [day_number_of("2025-01-10")]


@pytest.mark.parametrize("seed", range(60))
def test_cases_before_plus_those_that_came_less_those_that_left_are_the_cases_after(seed: int) -> None:
    random = Random(seed)  # noqa: S311
    data = made_up(random)
    segments = take_snapshot(recordings(data.tables), Policies(data.policies)).timeline.segments
    first, last = sorted(day_number(day) for day in random.choices(data.days, k=2))

    def held(on: int) -> np.ndarray:
        now = standing(segments, on)
        return np.bincount(now[now["status"] != ENDED]["officer"] + 1, minlength=6)

    rows = movements(segments, first, last)
    came, left = (np.bincount(rows[side][rows[side] >= -1] + 1, minlength=6) for side in ("came", "left"))
    np.testing.assert_array_equal(held(first - 1) + came - left, held(last))
