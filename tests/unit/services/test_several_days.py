"""Caseloads, time and posts on several days at once: what is said of each of the days alone."""

from datetime import date
from functools import cache

import numpy as np
import pytest

from offendermgmt.domain import caseload
from offendermgmt.domain.capacity import fte_of_each, posts_of_each
from offendermgmt.domain.days import day_number
from offendermgmt.domain.visits import standing, standing_on
from offendermgmt.services.question import Question
from tests.tables import Rows
from tests.unit.services.force import ask
from tests.unit.services.test_trends_small import busy_force

DAYS = np.array([day_number(date(2025, month, 15)) for month in range(1, 7)], dtype=np.int32)
AWAY: dict[str, Rows] = {
    "officer_availability": [
        {"officer_ref": "O1", "from_on": "2025-01-20", "to_on": "2025-03-20", "fte": "0"},
        {"officer_ref": "O2", "from_on": "2025-02-10", "fte": "0.4"},
        {"officer_ref": "O2", "from_on": "2025-04-15", "to_on": "2025-05-15", "fte": "0.8"},
    ],
    "officers": [
        {"officer_ref": "O3", "is_supervisor": "false", "team_ref": "T1", "fte": "0.5", "from_on": "2025-02-15"},
        {"officer_ref": "O4", "is_supervisor": "false", "team_ref": "T1", "fte": "0.5", "to_on": "2025-04-15"},
    ],
}


@cache
def force(seed: int) -> Question:
    return ask([*busy_force(seed), AWAY], "2025-06-30")


@pytest.mark.parametrize("day", range(len(DAYS)))
def test_time_and_posts_are_those_of_each_day_alone(day: int) -> None:
    facts = force(0).snapshot.facts
    there, gone = posts_of_each(facts, DAYS)
    on = int(DAYS[day])
    np.testing.assert_array_equal(fte_of_each(facts, DAYS)[:, day], caseload.fte_available(facts, on))
    np.testing.assert_array_equal(there[:, day], caseload.in_post(facts, on))
    left = (
        facts.registers["officer"] == "O4" if on >= day_number(date(2025, 4, 15)) else np.zeros(len(gone), dtype=bool)
    )
    np.testing.assert_array_equal(gone[:, day], left)


@pytest.mark.parametrize("seed", range(4))
def test_limits_are_exceeded_as_each_days_caseloads_say(seed: int) -> None:
    question = force(seed)
    facts, segments = question.snapshot.facts, question.snapshot.timeline.segments
    now, day = standing_on(segments, DAYS)
    found = caseload.over_limits(day, now, fte_of_each(facts, DAYS), [question.policy] * len(DAYS))
    for position, on in enumerate(DAYS.tolist()):
        rows = caseload.caseload(standing(segments, on), caseload.fte_available(facts, on), question.policy)
        held = rows[rows["officer"] >= 0]
        assert found.iloc[position].to_dict() == {
            "officers": len(held),
            "over_share": int(held["exceeds_threshold"].astype(bool).sum()),
            "over_cap": int(held["exceeds_cap"].astype(bool).sum()),
            "allocated": int(held["cases"].sum()),
            "unallocated": int(rows["cases"].sum() - held["cases"].sum()),
        }


def test_those_standing_on_several_days_are_those_of_each_and_only_the_counted() -> None:
    segments = force(1).snapshot.timeline.segments
    counted = (segments["officer"] == 0).to_numpy()
    now, day = standing_on(segments, DAYS, counted)
    for position, on in enumerate(DAYS.tolist()):
        alone = standing(segments[counted], on)
        assert now.index[day == position].tolist() == alone.index.tolist()
