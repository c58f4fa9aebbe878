"""The story of the force can be counted in its tables, within wide bounds."""

import pandas as pd

from tests.unit.synthetic.counting import (
    LAST,
    attended,
    force,
    known_now,
    newest,
    rough_overdue_share,
    running,
    visits,
)


def test_lone_visits_are_common_in_the_first_year() -> None:
    assert 0.5 < attended("2023-11-01", "2024-10-31")["lone"].mean() < 0.7


def test_few_lone_visits_of_the_first_year_are_authorised() -> None:
    lone = attended("2023-11-01", "2024-10-31").query("lone")
    assert (lone["lone_authorised_at"] != "").mean() < 0.4


def test_lone_visits_are_rare_in_the_last_months() -> None:
    assert 0 < attended("2026-08-01", "2026-10-31")["lone"].mean() < 0.08


def test_the_backlog_is_large_in_the_first_year_and_small_in_the_last() -> None:
    first = [rough_overdue_share(pd.Timestamp(day)) for day in ("2024-03-01", "2024-06-01", "2024-09-01")]
    last = [rough_overdue_share(pd.Timestamp(day)) for day in ("2025-12-01", "2026-03-01", "2026-06-01")]
    assert 0.09 < min(first) < max(first) < 0.24
    assert max(last) < 0.06


def test_visits_a_month_are_of_the_size_of_the_force() -> None:
    made = visits()
    monthly = made[made["at"].between("2023-11-01", "2026-10-31")].groupby(made["at"].dt.to_period("M")).size()
    assert 80 < monthly.min() < monthly.max() < 290


def test_recording_grows_prompt() -> None:
    made = visits()
    delay = (pd.to_datetime(made["recorded_at"]) - made["at"]).dt.total_seconds() / 86400
    assert 4.5 < delay[made["at"] < "2024-11-01"].median() < 8
    assert 0.6 < delay[made["at"].between("2026-01-01", "2026-09-30")].median() < 1.6


def test_the_running_clocks_have_the_risk_mix_of_a_force() -> None:
    people = running(LAST)
    level = newest("risk_assessments", "assessed_on", "risk_level", LAST).reindex(people).fillna("unassessed")
    share = level.value_counts(normalize=True)
    assert 0.005 < share["very_high"] < 0.04
    assert 0.12 < share["high"] < 0.24
    assert 0.22 < share["medium"] < 0.38
    assert 0.42 < share["low"] < 0.60


def test_sunday_visits_are_few() -> None:
    weekday = visits()["at"].dt.day_name().value_counts(normalize=True)
    assert weekday["Sunday"] < 0.07
    assert weekday["Tuesday"] < 0.25


def backlog_of_cases(on: str) -> int:
    """POLIT cases received and not yet live or closed, by the newest stage."""
    received = force()["polit_cases"].query("received_on <= @on")["case_ref"]
    stages = known_now("polit_stages", "case_ref", "from_on").query("from_on <= @on").sort_values("from_on")
    stage = stages.groupby("case_ref")["stage"].last().reindex(received).fillna("awaiting_development")
    return int(stage.str.startswith("awaiting_").sum() - (stage == "awaiting_forensics").sum())


def test_polit_backlog_grows_and_is_cleared() -> None:
    assert backlog_of_cases("2023-12-31") < 45
    assert 70 < backlog_of_cases("2025-05-31") < 130
    assert 8 < backlog_of_cases("2026-10-30") < 40


def test_referrals_surge_for_a_year() -> None:
    received = pd.to_datetime(force()["polit_cases"]["received_on"])
    quiet = received.between("2023-11-01", "2024-05-31").sum() / 7
    surge = received.between("2024-09-01", "2025-05-31").sum() / 9
    assert 16 < quiet < 28
    assert 1.15 < surge / quiet < 1.8
