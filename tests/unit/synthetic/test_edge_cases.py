"""What a page or a rule may stumble over is in the synthetic force on purpose."""

import pandas as pd
import pytest

from tests.unit.synthetic.counting import LAST, force, known_now, newest, running, visits


def chains() -> pd.Series:
    """Each offender's states in order, joined by commas."""
    return force()["offender_statuses"].sort_values("from_on").groupby("offender_ref")["status"].agg(",".join)


@pytest.mark.parametrize(
    "passage",
    ["custody,community", "abroad,custody", "abroad,community", "reactive,community", "missing", "hospital", "ended"],
)
def test_someone_went_through(passage: str) -> None:
    assert chains().str.contains(passage).any()


def test_someone_has_been_missing_for_more_than_half_a_year() -> None:
    missing = newest("offender_statuses", "from_on", "status", LAST).eq("missing")
    since = pd.to_datetime(newest("offender_statuses", "from_on", "from_on", LAST)[missing])
    assert (LAST - since.min()).days > 181


def test_a_few_are_held_by_nobody() -> None:
    held = known_now("allocations", "offender_ref", "from_on").sort_values("from_on").groupby("offender_ref").last()
    status = newest("offender_statuses", "from_on", "status", LAST).reindex(held.index).fillna("community")
    assert 4 <= ((held["to_on"] != "") & (status != "ended")).sum() <= 16


def test_leavers_still_hold_cases() -> None:
    left = force()["officers"].query("to_on != '' and to_on > '2026-08-01'")["officer_ref"]
    held = known_now("allocations", "offender_ref", "from_on").sort_values("from_on").groupby("offender_ref").last()
    assert set(left) == set(left) & set(held["officer_ref"])
    assert len(left) == 2


def test_some_are_not_assessed_yet() -> None:
    assessed = newest("risk_assessments", "assessed_on", "risk_level", LAST).index
    assert 1 <= len(running(LAST).difference(assessed)) < 30


def test_some_reactive_ones_are_no_longer_low() -> None:
    status = newest("offender_statuses", "from_on", "status", LAST)
    level = newest("risk_assessments", "assessed_on", "risk_level", LAST)
    assert (level.reindex(status.index[status == "reactive"]) == "medium").any()


def test_officers_are_part_time_on_leave_and_seconded() -> None:
    officers, availability = force()["officers"], force()["officer_availability"]
    assert {"0.4", "0.6", "0.8"} <= set(officers["fte"])
    assert "0" in set(availability["fte"])
    assert (officers["to_on"] != "").sum() > 4


def test_ranks_up_to_chief_inspector_may_authorise() -> None:
    officers = force()["officers"]
    assert set(officers.loc[officers["is_supervisor"] == "true", "rank"]) == {"DS", "DI", "DCI"}


@pytest.mark.parametrize(
    ("table", "key"),
    [("visits", ["visit_ref"]), ("risk_assessments", ["offender_ref", "assessed_on", "tool"])],
)
def test_corrections_put_right_what_was_recorded_first(table: str, key: list[str]) -> None:
    corrected = force()[table].query("is_void != 'true'")
    assert corrected.duplicated(key).sum() > 15
    assert not corrected.duplicated([*key, "recorded_at"]).any()


def test_visits_entered_by_mistake_are_withdrawn() -> None:
    made = force()["visits"]
    void = made[made["is_void"] == "true"]
    assert len(void) > 3
    assert not set(void["visit_ref"]) & set(visits()["visit_ref"])


def test_no_officer_is_in_two_places_at_once() -> None:
    made = visits()
    made = made[~made["visit_ref"].str.endswith("-B")]
    apart = made.assign(officer=made["officer_refs"].str.split(";")).explode("officer")
    assert not apart.duplicated(["officer", "visited_at"]).any()


def test_plans_set_their_own_intervals_some_of_them_for_a_time() -> None:
    plans = force()["visit_intervals"]
    assert plans["interval_days"].astype(int).between(30, 45).any()
    assert (plans["to_on"] != "").any()
