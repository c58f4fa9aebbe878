import pandas as pd

from offendermgmt.services.record_tables import due_dates, overdue_runs, runs

DAYS = ("start", "end", "due_on", "overdue_from")


def stretches(*rows: tuple[str, str, str, str | None, str]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=[*DAYS, "risk"])
    return frame.assign(**{day: pd.to_datetime(frame[day]) for day in DAYS})


MADE = stretches(
    ("2025-01-01", "2025-02-01", "2025-01-16", "2025-01-17", "low"),
    ("2025-02-01", "2025-03-01", "2025-01-16", "2025-02-01", "low"),
    ("2025-03-01", "2025-06-01", "2025-06-01", None, "high"),
    ("2025-06-01", "2025-07-01", "2025-06-10", "2025-06-11", "high"),
)


def test_stretches_of_one_value_are_one_run() -> None:
    made = runs(MADE, "risk")
    assert made["risk"].tolist() == ["low", "high"]
    assert made["end"].tolist() == [pd.Timestamp("2025-03-01"), pd.Timestamp("2025-07-01")]


def test_a_run_of_days_overdue_goes_on_over_a_change() -> None:
    late = overdue_runs(MADE)
    assert late["start"].tolist() == [pd.Timestamp("2025-01-17"), pd.Timestamp("2025-06-11")]
    assert late["end"].tolist() == [pd.Timestamp("2025-03-01"), pd.Timestamp("2025-07-01")]


def test_nobody_overdue_has_no_run() -> None:
    assert overdue_runs(MADE.iloc[2:3]).empty


def test_a_due_date_that_stood_over_several_stretches_is_one() -> None:
    assert due_dates(MADE) == [pd.Timestamp("2025-01-16"), pd.Timestamp("2025-06-01"), pd.Timestamp("2025-06-10")]
