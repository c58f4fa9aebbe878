"""Why a case is to be acted on by its day, in sentences: each way a limit is set and moved (P2)."""

from dataclasses import replace
from datetime import date

import pytest

from offendermgmt.domain.policy import Policies
from offendermgmt.domain.vocabulary import RiskLevel
from offendermgmt.services.act_by import explain_act_by, steps
from offendermgmt.services.policies import policies, shipped_policy
from offendermgmt.services.snapshot import take_snapshot
from tests.tables import Rows, recordings


def explained(*assessed: tuple[str, str], until: str, in_force: Policies | None = None) -> list[str]:
    """The sentences about a case received on 1 March 2025 and assessed on days of it."""
    rows: Rows = [{"case_ref": "C", "assessed_on": day, "tool": "KIRAT", "risk_level": risk} for day, risk in assessed]
    tables = {"polit_cases": [{"case_ref": "C", "received_on": "2025-03-01"}], "polit_assessments": rows}
    snapshot = take_snapshot(recordings(tables), in_force or policies())
    segments = snapshot.cases.segments
    begun = segments[segments["start"] <= (date.fromisoformat(until) - date(1970, 1, 1)).days]
    return explain_act_by(steps(begun, snapshot.policies))


def test_a_case_assessed_on_receipt_has_the_limit_of_its_risk() -> None:
    assert explained(("2025-03-01", "high"), until="2025-04-01") == [
        "Received on 1 Mar 2025 and assessed that day as high risk: 7 days to act, by 8 Mar 2025 (P2)."
    ]


def test_a_case_not_assessed_says_so() -> None:
    assert explained(until="2025-04-01") == [
        "Received on 1 Mar 2025 and not assessed that day: 7 days to act, by 8 Mar 2025 (P2)."
    ]


@pytest.mark.parametrize(
    ("assessed", "told"),
    [
        (
            [("2025-03-03", "low")],
            "Assessed on 3 Mar 2025 as low risk: 30 days from receipt, which is 31 Mar 2025. "
            "Act by moved there from 8 Mar 2025 (P2).",
        ),
        (
            [("2025-03-03", "high")],
            "Assessed on 3 Mar 2025 as high risk: the limit is 7 days as before, and act by stays 8 Mar 2025.",
        ),
        (
            [("2025-03-01", "low"), ("2025-03-10", "very_high")],
            "Assessed on 10 Mar 2025 as very high risk: 1 day from receipt, which is 2 Mar 2025. That is past, and a "
            "change adds no days gone by: act by moved from 31 Mar 2025 to the day itself, 10 Mar 2025 (P2).",
        ),
        (
            [("2025-03-01", "high"), ("2025-03-20", "very_high")],
            "Assessed on 20 Mar 2025 as very high risk: 1 day from receipt, which is 2 Mar 2025. "
            "Act by had already passed on 8 Mar 2025, and stays there (P2).",
        ),
        (
            [("2025-03-01", "high"), ("2025-03-08", "very_high")],
            "Assessed on 8 Mar 2025 as very high risk: 1 day from receipt, which is 2 Mar 2025. That is past, and a "
            "change adds no days gone by: act by stays on the day itself, 8 Mar 2025 (P2).",
        ),
        (
            [("2025-03-01", "high"), ("2025-03-20", "low")],
            "Assessed on 20 Mar 2025 as low risk: 30 days from receipt, which is 31 Mar 2025. "
            "Act by moved there from 8 Mar 2025 (P2).",
        ),
    ],
    ids=["later", "same limit", "not before the day", "already passed", "due that day", "a longer limit covers it"],
)
def test_each_re_grade_says_whether_and_why_it_moved_the_day(assessed: list[tuple[str, str]], told: str) -> None:
    assert explained(*assessed, until="2025-04-01")[-1] == told


def test_a_re_grade_to_come_is_not_told() -> None:
    assert len(explained(("2025-03-01", "low"), ("2025-03-10", "very_high"), until="2025-03-09")) == 1


def test_a_change_of_policy_is_told_as_one() -> None:
    shipped = shipped_policy()
    shorter = {**shipped.polit_act_days, RiskLevel.LOW: 20}
    changed = replace(shipped, version="force-2", from_on=date(2025, 3, 5), polit_act_days=shorter)
    assert explained(("2025-03-01", "low"), until="2025-04-01", in_force=Policies((shipped, changed)))[-1] == (
        "Policy force-2 changed the limit for low risk on 5 Mar 2025: 20 days from receipt, which is 21 Mar 2025. "
        "Act by moved there from 31 Mar 2025 (P2)."
    )
