"""The sentences that say why a visit is due, on the worked examples of the rules."""

from collections.abc import Sequence
from datetime import date

import pytest

from offendermgmt.domain.days import day_number
from offendermgmt.services.explanations import explain_due
from tests.tables import Rows
from tests.unit.services.force import ask, fact, offender, visit

V = "V1"


def why(on: str, *parts: dict[str, Rows]) -> str:
    question = ask(parts, on)
    return " ".join(explain_due(question.snapshot.timeline.segments, question.on))


EXAMPLES: Sequence[tuple[str, tuple[dict[str, Rows], ...], Sequence[str]]] = [
    (
        "2025-01-20",
        (offender(V, "2025-01-01"),),
        ("Registered on 1 Jan 2025", "15 days later, on 16 Jan 2025", "4 days overdue"),
    ),
    (
        "2025-02-01",
        (offender(V, "2025-01-01", "high"), visit(V, "2025-01-31")),
        ("Last completed visit on 31 Jan 2025", "3 months, for high risk", "30 Apr 2025", "88 days left"),
    ),
    (
        "2025-06-02",
        (
            offender(V, "2024-12-20", "low"),
            visit(V, "2025-01-01"),
            fact("risk_assessments", V, "2025-06-01", tool="ARMS", risk_level="high"),
        ),
        (
            "On 1 Jun 2025 the interval became 3 months",
            "1 Apr 2025, already past",
            "the day of the change",
            "1 day overdue",
        ),
    ),
    (
        "2025-04-10",
        (
            offender(V, "2024-12-20", "high"),
            visit(V, "2025-01-01"),
            fact("risk_assessments", V, "2025-04-10", tool="ARMS", risk_level="very_high"),
        ),
        ("the next is due on 1 Apr 2025", "already fallen due, and stays due from its old date", "9 days overdue"),
    ),
    (
        "2025-04-10",
        (
            offender(V, "2024-12-20", "high"),
            visit(V, "2025-01-01"),
            fact("risk_assessments", V, "2025-04-10", tool="ARMS", risk_level="low"),
        ),
        ("On 10 Apr 2025 the interval became 12 months, for low risk", "due on 1 Jan 2026 (V3)", "266 days left"),
    ),
    (
        "2025-05-20",
        (
            offender(V, "2025-01-20", "high"),
            visit(V, "2025-02-10"),
            fact("offender_statuses", V, "2025-05-01", status="abroad"),
            fact("offender_statuses", V, "2025-05-20", status="community"),
        ),
        (
            "Abroad from 1 May 2025 and back on 20 May 2025",
            "due on the day of return, 20 May 2025",
            "not overdue until the next day",
        ),
    ),
    (
        "2025-09-20",
        (
            offender(V, "2025-01-20", "high"),
            visit(V, "2025-02-10"),
            fact("offender_statuses", V, "2025-03-01", status="custody"),
            fact("offender_statuses", V, "2025-09-01", status="community"),
        ),
        ("The visit clock started again on 1 Sep 2025", "15 days later, on 16 Sep 2025"),
    ),
    (
        "2025-04-01",
        (offender(V, "2025-01-20", "high"), fact("offender_statuses", V, "2025-03-01", status="custody")),
        ("The visit clock is stopped since 1 Mar 2025 (in custody)", "withdrawn"),
    ),
    (
        "2025-04-01",
        (offender(V, "2025-01-20", "high"), fact("offender_statuses", V, "2025-03-01", status="abroad")),
        ("paused: abroad since 1 Mar 2025",),
    ),
    (
        "2025-04-01",
        (offender(V, "2025-01-20", "high"), fact("offender_statuses", V, "2025-03-01", status="ended")),
        ("Management has ended",),
    ),
    (
        "2025-03-01",
        (
            offender(V, "2025-01-20", "high"),
            visit(V, "2025-02-01"),
            fact("visit_intervals", V, "2025-01-25", interval_days="45"),
        ),
        ("45 days, the person's own interval in the risk management plan", "18 Mar 2025"),
    ),
    (
        "2025-02-01",
        (offender(V, "2025-01-20"), fact("risk_assessments", V, "2025-01-30", tool="ARMS", risk_level="low")),
        ("On 30 Jan 2025 the interval became 12 months", "a first visit does not move"),
    ),
]


@pytest.mark.parametrize(("on", "parts", "said"), EXAMPLES)
def test_the_reason_is_said_with_its_days(on: str, parts: tuple[dict[str, Rows], ...], said: Sequence[str]) -> None:
    sentences = why(on, *parts)
    assert [words for words in said if words not in sentences] == [], sentences


def test_a_day_before_registration_has_no_reason() -> None:
    segments = ask([offender(V, "2025-01-01")], "2025-01-02").snapshot.timeline.segments
    with pytest.raises(ValueError, match="not managed yet on 1 Jan 2024"):
        explain_due(segments, day_number(date(2024, 1, 1)))
