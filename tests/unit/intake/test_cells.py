from typing import Any

import pandas as pd
import pytest

from offendermgmt.intake.checking import check_column
from offendermgmt.intake.table import TextColumn


def value(table: str, column: str, text: str) -> Any:
    found = check_column(table, column, TextColumn.of(pd.Series([text], dtype="str")))
    assert not found.wrong
    return found.distinct[0]


def why(table: str, column: str, text: str) -> str:
    return check_column(table, column, TextColumn.of(pd.Series([text], dtype="str"))).wrong[0]


def test_31_february_is_refused_in_words() -> None:
    assert why("offenders", "registered_on", "2025-02-31") == (
        "2025-02-31 is not a day of the calendar from 1900 on; correct the date"
    )


@pytest.mark.parametrize("text", ["31/01/2025", "20250131", "2025-1-31", "45000", "2025-01-31T00:00:00", "0202-01-01"])
def test_a_date_is_written_year_month_day(text: str) -> None:
    assert text in why("offenders", "registered_on", text)


@pytest.mark.parametrize(
    ("text", "utc"),
    [
        ("2025-06-01T10:00:00Z", "2025-06-01T10:00:00+00:00"),
        ("2025-06-01T10:00:00+01:00", "2025-06-01T09:00:00+00:00"),
        ("2025-06-01 10:00", "2025-06-01T09:00:00+00:00"),
        ("2025-01-01T10:00", "2025-01-01T10:00:00+00:00"),
        ("2025-06-01T00:30:00+01:00", "2025-05-31T23:30:00+00:00"),
    ],
)
def test_a_moment_is_kept_in_utc_and_london_time_without_an_offset(text: str, utc: str) -> None:
    assert value("visits", "visited_at", text).isoformat() == utc


def test_the_hour_that_comes_twice_means_the_first() -> None:
    assert value("visits", "visited_at", "2025-10-26T01:30").isoformat() == "2025-10-26T00:30:00+00:00"


def test_the_hour_that_the_clocks_skip_is_refused() -> None:
    assert "clocks skip in March" in why("visits", "visited_at", "2025-03-30T01:30")


@pytest.mark.parametrize("text", ["2025-06-01", "10:00", "1748772000", "2025-06-01T25:00Z", "9999-12-31T23:00-05:00"])
def test_a_moment_needs_a_day_and_a_time_that_exist(text: str) -> None:
    assert text in why("visits", "visited_at", text)


def test_a_collar_number_keeps_its_leading_zeros() -> None:
    assert value("officers", "officer_ref", " 0042 ") == "0042"


@pytest.mark.parametrize(("text", "flag"), [("true", True), ("FALSE", False), ("", None)])
def test_truths_are_true_or_false(text: str, flag: bool | None) -> None:
    assert value("visits", "announced", text) is flag


@pytest.mark.parametrize("text", ["yes", "1", "0", "t", "Y"])
def test_nothing_else_is_a_truth(text: str) -> None:
    assert (
        why("visits", "announced", text) == f"{text} is not true or false; write it as true or false, for instance true"
    )


@pytest.mark.parametrize(
    ("column", "text"), [("fte", "0"), ("fte", "1.1"), ("fte", "nan"), ("fte", "0,5"), ("fte", "1e-3")]
)
def test_full_time_is_above_none_and_at_most_one(column: str, text: str) -> None:
    assert why("officers", column, text) == f"{text} is not a number above 0 up to 1; correct it"


def test_availability_may_be_none() -> None:
    assert value("officer_availability", "fte", "0") == 0


@pytest.mark.parametrize("text", ["0", "732", "30.5", "-1"])
def test_an_interval_is_1_to_731_days(text: str) -> None:
    assert why("visit_intervals", "interval_days", text) == f"{text} is not a whole number from 1 to 731; correct it"


def test_an_unknown_word_is_told_the_known_ones() -> None:
    expected = "High is not known; write one of very_high, high, medium, low"
    assert why("risk_assessments", "risk_level", "High") == expected


def test_unassessed_is_no_assessment() -> None:
    assert "unassessed is not known" in why("risk_assessments", "risk_level", "unassessed")


def test_a_list_of_officers_is_kept_without_its_spaces() -> None:
    assert value("visits", "officer_refs", "0042; 0043") == "0042;0043"


@pytest.mark.parametrize("text", ["0042;", ";0042", "0042;;0043"])
def test_a_list_has_nothing_empty_in_it(text: str) -> None:
    assert "semicolon between each" in why("visits", "officer_refs", text)


def test_a_formula_is_text_like_any_other() -> None:
    assert value("visits", "lone_reason", "=cmd()") == "=cmd()"


def test_a_required_cell_may_not_be_blank() -> None:
    assert why("offenders", "registered_on", "  ") == "is empty; fill it in"


def test_a_long_text_is_not_repeated_whole() -> None:
    assert len(why("offenders", "surname", "x" * 100_000)) < 200
