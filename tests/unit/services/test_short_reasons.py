"""The sentence that a list gives for a due date."""

import pytest

from offendermgmt.services.overdue import reasons_in_short
from tests.unit.services.force import ask, fact, offender, visit


def assessed(on: str, level: str) -> dict[str, list[dict[str, str]]]:
    return fact("risk_assessments", "V1", on, tool="ARMS", risk_level=level)


@pytest.mark.parametrize(
    ("parts", "on", "reason"),
    [
        ([], "2025-02-01", "First visit after registration."),
        (
            [visit("V1", "2025-01-10")],
            "2025-05-01",
            "Visited 10 Jan 2025; interval 3 months, for high risk.",
        ),
        (
            [visit("V1", "2025-01-10"), assessed("2025-03-01", "very_high")],
            "2025-05-01",
            "Visited 10 Jan 2025; fell due the day the interval was shortened.",
        ),
        (
            [visit("V1", "2025-01-10"), assessed("2025-04-20", "very_high")],
            "2025-05-01",
            "Visited 10 Jan 2025; already due when the interval last changed.",
        ),
        (
            [
                fact("offender_statuses", "V1", "2025-01-05", status="custody"),
                fact("offender_statuses", "V1", "2025-03-01", status="community"),
            ],
            "2025-05-01",
            "First visit since the clock started again.",
        ),
        (
            [
                visit("V1", "2025-01-10"),
                fact("offender_statuses", "V1", "2025-04-01", status="abroad"),
                fact("offender_statuses", "V1", "2025-04-20", status="community"),
            ],
            "2025-05-01",
            "Visited 10 Jan 2025; fell due while abroad.",
        ),
    ],
)
def test_a_list_gives_one_short_reason(parts: list[dict[str, list[dict[str, str]]]], on: str, reason: str) -> None:
    question = ask([offender("V1", "2025-01-01", "high", "O1"), *parts], on)

    assert reasons_in_short(question, ["V1"]) == {"V1": reason}
