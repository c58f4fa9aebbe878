"""What is done on POLIT's cases can be counted in the tables, within wide bounds."""

from functools import cache

import pandas as pd

from tests.unit.synthetic.counting import ENDS_ON, force, known_now

YEARS = ("2023-11-01", "2026-10-31")
LEVELS = ["very_high", "high", "medium", "low"]


def monthly(frame: pd.DataFrame, day: str) -> pd.Series:
    """Rows a month in the three years of the story."""
    days = pd.to_datetime(frame[day])
    return days[days.between(*YEARS)].dt.to_period("M").value_counts()


def enforcements(kind: str) -> pd.DataFrame:
    return known_now("polit_enforcements", "case_ref", "enforcement_ref").query("kind == @kind")


def examinations() -> pd.DataFrame:
    return known_now("polit_examinations", "case_ref", "examination_ref")


def stages() -> pd.DataFrame:
    return known_now("polit_stages", "case_ref", "from_on").sort_values("from_on")


@cache
def assessments() -> pd.DataFrame:
    """Assessments that stand, with `days` since receipt and `before`, the level assessed last before (or missing)."""
    made = known_now("polit_assessments", "case_ref", "assessed_on", "tool").sort_values(["case_ref", "assessed_on"])
    received = made["case_ref"].map(force()["polit_cases"].set_index("case_ref")["received_on"])
    level = made["risk_level"].map(LEVELS.index)
    days = (pd.to_datetime(made["assessed_on"]) - pd.to_datetime(received)).dt.days
    return made.assign(days=days, level=level, before=level.groupby(made["case_ref"]).shift())


def test_arrests_a_month_are_of_the_size_of_the_force() -> None:
    assert 9 < monthly(enforcements("arrest"), "on").mean() < 14


def test_some_are_interviewed_and_most_arrests_come_with_a_warrant() -> None:
    arrests, warrants = enforcements("arrest"), enforcements("warrant")
    assert 1 < monthly(enforcements("voluntary_interview"), "on").mean() < 4
    same_day = arrests.merge(warrants, on=["case_ref", "on"])
    assert 0.55 < len(same_day) / len(arrests) < 0.85


def test_enforcement_happens_on_the_day_a_case_comes_under_investigation() -> None:
    begun = stages().query("stage == 'under_investigation'").groupby("case_ref")["from_on"].first()
    first = known_now("polit_enforcements", "case_ref", "enforcement_ref").groupby("case_ref")["on"].min()
    assert set(first.index) == set(begun.index)
    assert (first == begun.reindex(first.index)).mean() > 0.98


def test_every_case_waiting_for_forensics_has_an_examination_awaited() -> None:
    waiting = stages().groupby("case_ref")["stage"].last().eq("awaiting_forensics")
    awaited = examinations().query("result_on == ''")["case_ref"]
    assert set(waiting.index[waiting]) <= set(awaited)
    assert 20 < len(awaited) < 150


def test_results_come_after_the_devices_were_sent() -> None:
    back = examinations().query("result_on != ''")
    assert (back["result_on"] > back["submitted_on"]).all()


def test_access_to_children_is_found_in_about_a_quarter_of_cases() -> None:
    said = known_now("polit_access", "case_ref", "from_on").sort_values("from_on").groupby("case_ref")["access"].last()
    share = said.reindex(force()["polit_cases"]["case_ref"]).fillna("none").value_counts(normalize=True)
    assert 0.20 < share["yes"] < 0.32
    assert 0.03 < share["not_known"] < 0.15
    assert 0.03 < share["none"] < 0.15


def test_information_comes_on_a_tenth_of_cases_and_half_of_it_calls_for_assessment() -> None:
    told = force()["polit_information"]
    assert 0.07 < told["case_ref"].nunique() / len(force()["polit_cases"]) < 0.15
    assert 0.35 < (told["needs_assessment"] == "true").mean() < 0.65


def test_most_cases_are_assessed_again_in_time_but_not_all() -> None:
    told = force()["polit_information"].query("needs_assessment == 'true'")[["case_ref", "received_on"]]
    later = told.merge(assessments()[["case_ref", "assessed_on"]]).query("assessed_on >= received_on")
    first = later.groupby(["case_ref", "received_on"])["assessed_on"].min().reset_index()
    wait = (pd.to_datetime(first["assessed_on"]) - pd.to_datetime(first["received_on"])).dt.days
    assert 0.5 < (wait <= 7).sum() / len(told) < 0.9
    assert 0.05 < 1 - len(first) / len(told) < 0.35


def test_few_assessments_lower_an_old_case() -> None:
    made = assessments()
    lowered = made[(made["days"] > 45) & (made["level"] > made["before"])]
    assert 5 <= len(lowered) < 0.05 * len(made)


def test_the_tools_version_changes_once() -> None:
    days = assessments().groupby("tool_version")["assessed_on"].agg(["min", "max"])
    assert list(days.index) == ["2", "3"]
    assert days.loc["2", "max"] < days.loc["3", "min"] < str(ENDS_ON)
    assert set(assessments()["tool"]) == {"KIRAT"}


def test_investigators_view_images_on_a_few_working_days_a_month() -> None:
    officers, viewed = force()["officers"].set_index("officer_ref"), force()["image_viewing"]
    days = pd.to_datetime(viewed["viewed_on"])
    assert set(officers.loc[viewed["officer_ref"], "team_ref"]) == {"FEN-POLIT"}
    assert (days.dt.day_of_week < 5).all()
    whole = viewed[days.between("2023-12-01", "2026-09-30") & (viewed["officer_ref"].map(officers["fte"]) == "1")]
    whole = whole[whole["officer_ref"].map(officers["to_on"]) == ""]
    a_month = whole.groupby(["officer_ref", whole["viewed_on"].str[:7]]).size()
    assert 4 <= a_month.min() < a_month.max() <= 8
