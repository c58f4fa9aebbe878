"""What became of visits, and how soon they were recorded."""

from datetime import date

import pandas as pd

from offendermgmt.domain.attempts import attempts, delay_in, first_recorded, visits_made
from offendermgmt.domain.days import day_number
from offendermgmt.domain.facts import known
from offendermgmt.domain.periods import Every, Periods
from tests.tables import Rows, recordings

JUNE = Periods.between(date(2025, 6, 1), date(2025, 7, 31), Every.MONTH)
FIRST = day_number(date(2025, 6, 1))


def visit(ref: str, at: str, outcome: str, recorded_at: str) -> dict[str, str]:
    return {
        "visit_ref": ref,
        "offender_ref": "V1",
        "visited_at": at,
        "outcome": outcome,
        "officer_refs": "O1",
        "recorded_at": recorded_at,
    }


def recorded(*rows: dict[str, str]) -> pd.DataFrame:
    return recordings({"visits": list(rows)}).tables["visits"]


def delayed(*days: int) -> pd.DataFrame:
    return pd.DataFrame({"day": [FIRST] * len(days), "delay": list(days)})


def test_a_cancelled_visit_is_counted_apart_and_is_no_attempt() -> None:
    rows: Rows = [
        visit("a", "2025-06-02T10:00:00", "completed", "2025-06-02T11:00:00"),
        visit("b", "2025-06-03T10:00:00", "no_reply", "2025-06-03T11:00:00"),
        visit("c", "2025-06-04T10:00:00", "cancelled", "2025-06-04T11:00:00"),
    ]
    counts = attempts(visits_made(known(recordings({"visits": rows}))), JUNE).iloc[0]
    assert (counts["attended"], counts["completed"], counts["no_reply"], counts["cancelled"]) == (2, 1, 1, 1)


def test_a_visit_is_first_recorded_when_its_first_recording_came() -> None:
    first = first_recorded(
        recorded(
            visit("a", "2025-06-02T10:00:00", "completed", "2025-06-20T11:00:00"),
            visit("a", "2025-06-02T10:00:00", "no_reply", "2025-06-05T11:00:00"),
        )
    )
    assert first["a"] == day_number(date(2025, 6, 5))


def test_recording_days_are_londons() -> None:
    first = first_recorded(recorded(visit("a", "2025-06-02T10:00:00", "completed", "2025-06-02T23:30:00Z")))
    assert first["a"] == day_number(date(2025, 6, 3))


def test_quantiles_are_days_within_which_that_part_was_recorded() -> None:
    row = delay_in(delayed(9, 1, 0, 30, 2, 3, 4, 5, 6, 7), JUNE).iloc[0]
    assert (row["visits"], row["median_days"], row["nine_in_ten_days"]) == (10, 4, 9)


def test_one_visit_is_its_own_median_and_ninetieth_percentile() -> None:
    assert delay_in(delayed(3), JUNE).iloc[0].tolist() == [1, 3, 3]


def test_a_month_without_visits_has_no_delay() -> None:
    assert delay_in(delayed(3), JUNE)["median_days"].isna().tolist() == [False, True]
