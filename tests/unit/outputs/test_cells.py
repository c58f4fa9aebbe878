import numpy as np
import pandas as pd
import pytest

from offendermgmt.outputs.cells import records, safe_cell


@pytest.mark.parametrize("text", ["=1+1", "+44", "-2", "@SUM(A1)", "\t=1", "\r=1", " =1", "=HYPERLINK('x')"])
def test_a_cell_that_a_spreadsheet_would_run_is_neutralised(text: str) -> None:
    assert safe_cell(text) == f"'{text}"


@pytest.mark.parametrize("value", ["181+", "1-7", "FEN-V-1", "", None, -3, -0.5, True])
def test_a_cell_that_is_no_formula_is_left_as_it_is(value: str | float | bool | None) -> None:
    assert safe_cell(value) == value


def test_the_unknown_is_none_whatever_the_column() -> None:
    frame = pd.DataFrame(
        {
            "share": [np.nan],
            "due_on": pd.Series([pd.NaT], dtype="datetime64[s]"),
            "exceeds_cap": pd.array([pd.NA], dtype="boolean"),
            "due_reason": [None],
        }
    )
    assert records(frame) == [{"share": None, "due_on": None, "exceeds_cap": None, "due_reason": None}]


def test_shares_have_four_decimals_and_cases_per_fte_two() -> None:
    assert records(pd.DataFrame({"share": [1 / 3], "cases_per_fte": [50 / 3]})) == [
        {"share": 0.3333, "cases_per_fte": 16.67}
    ]


def test_dates_and_numbers_are_plain_values() -> None:
    frame = pd.DataFrame({"on": pd.to_datetime(["2025-06-30"]), "cases": [3], "exceeds": [True]})
    (row,) = records(frame)
    assert row == {"on": "2025-06-30", "cases": 3, "exceeds": True}
    assert [type(value) for value in row.values()] == [str, int, bool]
