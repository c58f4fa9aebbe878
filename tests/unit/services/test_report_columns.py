"""docs/reports.md names the columns that the reports have, in their order."""

import re
from datetime import date
from pathlib import Path

import pytest

from offendermgmt.domain.periods import Every, Periods
from offendermgmt.services.reports import OVER_PERIODS, REPORTS
from tests.unit.services.force import ask

PAGE = (Path(__file__).parents[3] / "docs" / "reports.md").read_text(encoding="utf-8")
YEAR = Periods.between(date(2025, 1, 1), date(2025, 12, 31), Every.MONTH)


def documented(report: str) -> list[str]:
    row = next(line for line in PAGE.splitlines() if line.startswith(f"| `{report}` |"))
    return re.findall(r"`(\w+)`", row.rsplit("|", 2)[1])


@pytest.mark.parametrize("report", REPORTS)
def test_a_report_has_the_documented_columns_in_order(report: str) -> None:
    question = ask([], "2025-12-31", periods=YEAR if report in OVER_PERIODS else None)
    assert list(REPORTS[report](question).columns) == documented(report)


@pytest.mark.parametrize("report", ["backlog-flow", "polit-flow"])
def test_a_teams_flow_ends_with_the_transfers(report: str) -> None:
    question = ask([], "2025-12-31", periods=YEAR, team_ref="T1")
    assert list(REPORTS[report](question).columns) == [*documented(report), "transferred_in", "transferred_out"]
