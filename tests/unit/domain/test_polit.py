"""Children and inactivity of POLIT cases on a day."""

from datetime import date

import numpy as np
import pytest

from offendermgmt.domain.days import NEVER, day_number
from offendermgmt.domain.facts import known
from offendermgmt.domain.polit import children, days_stalled, each_child
from offendermgmt.domain.vocabulary import RiskLevel
from offendermgmt.services.policies import shipped_policy
from tests.tables import recordings

LEVELS = tuple(RiskLevel)
LIMITS = shipped_policy().polit_stalled_days


def on(day: str) -> int:
    return day_number(date.fromisoformat(day))


CHILD = {
    "polit_cases": [{"case_ref": "C1", "received_on": "2025-01-01"}],
    "polit_children": [
        {
            "case_ref": "C1",
            "child_ref": "K1",
            "identified_on": "2025-01-05",
            "referred_on": "2025-01-07",
            "safeguarded_on": "2025-01-10",
        }
    ],
}


@pytest.mark.parametrize(
    ("day", "referred", "safeguarded"),
    [
        ("2025-01-05", False, False),
        ("2025-01-07", True, False),
        ("2025-01-09", True, False),
        ("2025-01-10", True, True),
    ],
)
def test_a_child_stands_as_on_the_day(day: str, referred: bool, safeguarded: bool) -> None:
    facts = known(recordings(CHILD))
    [row] = each_child(facts, on(day)).to_dict("records")
    assert (row["referred"] < NEVER, row["safeguarded"] < NEVER) == (referred, safeguarded)
    assert list(children(facts, on(day))["children_awaiting"]) == [int(not safeguarded)]


def test_a_child_identified_later_is_not_there_yet() -> None:
    facts = known(recordings(CHILD))
    assert (len(each_child(facts, on("2025-01-04"))), len(children(facts, on("2025-01-04")))) == (0, 0)


@pytest.mark.parametrize("level", LEVELS)
def test_a_case_stalls_the_day_after_its_limit(level: RiskLevel) -> None:
    idle = np.array([LIMITS[level], LIMITS[level] + 1], dtype=np.int32)
    risk = np.full(2, LEVELS.index(level))
    assert list(days_stalled(idle, risk, LIMITS)) == [0, 1]
