import csv
import io
import json
from datetime import UTC, datetime

import numpy as np
import pandas as pd
import pytest

from offendermgmt.outputs.reports import Issue, as_csv, as_json, as_table


@pytest.fixture
def issue() -> Issue:
    rows = pd.DataFrame(
        {"officer_ref": ["=cmd|x", "0012"], "cases": [3, 4], "share": [0.25, np.nan], "fits": [True, False]}
    )
    return Issue("caseload", {"as_of": "2025-06-30"}, "shipped-1", datetime(2025, 7, 1, 6, tzinfo=UTC), None, rows)


def test_json_has_the_contracts_members_and_null_for_the_unknown(issue: Issue) -> None:
    document = json.loads(as_json(issue))
    assert list(document) == ["report", "parameters", "policy", "generated_at", "data_known_at", "rows"]
    assert document["rows"][1] == {"officer_ref": "0012", "cases": 4, "share": None, "fits": False}


def test_csv_is_empty_for_the_unknown_and_neutralises_formulas(issue: Issue) -> None:
    header, first, second = csv.reader(io.StringIO(as_csv(issue)))
    assert header == ["officer_ref", "cases", "share", "fits"]
    assert first == ["'=cmd|x", "3", "0.25", "true"]
    assert second == ["0012", "4", "", "false"]


def test_json_keeps_text_as_it_was_recorded(issue: Issue) -> None:
    assert json.loads(as_json(issue))["rows"][0]["officer_ref"] == "=cmd|x"


def test_the_table_says_what_was_asked_how_many_rows_and_by_which_policy(issue: Issue) -> None:
    text = as_table(issue)
    assert all(part in text for part in ("caseload", "as_of 2025-06-30", "2 rows", "shipped-1", "OFFICIAL-SENSITIVE"))


def test_a_report_without_rows_still_has_its_columns(issue: Issue) -> None:
    empty = Issue("caseload", {}, "shipped-1", issue.generated_at, None, issue.rows.head(0))
    assert as_csv(empty) == "officer_ref,cases,share,fits\n"
    assert "0 rows" in as_table(empty)
