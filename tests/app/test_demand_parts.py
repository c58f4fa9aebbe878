"""Plans in the address, and what the figures of demand say."""

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.parts.demand import address, sentences
from offendermgmt.domain.capacity import Pace
from offendermgmt.services.demand import Against, Newest
from offendermgmt.services.demand_backlog import Answer
from offendermgmt.services.demand_measures import Measured
from offendermgmt.services.demand_plan import MONTHS, Plan, Secondment, Surge
from offendermgmt.services.policies import shipped_policy

DEFAULT = Plan(investigators=9.6, under=30)
POLICY = shipped_policy().polit_demand
NOTHING = pd.DataFrame()
ANSWER = Answer(
    plan=Plan(6, 10),
    on=date(2026, 11, 23),
    opening=40,
    runs=1000,
    reached=950,
    early=date(2026, 12, 1),
    middle=date(2027, 1, 12),
    late=date(2027, 3, 2),
    larger=12,
    held=0.81,
    posts=7,
    posts_held=0.93,
    in_work=4.2,
    paths=NOTHING,
    ends=NOTHING,
)

days = st.dates(date(2024, 1, 1), date(2028, 12, 31))
spans = st.tuples(days, days).map(sorted)
tenths = st.integers(1, 300).map(lambda number: number / 10)
plans = st.builds(
    Plan,
    investigators=tenths.filter(lambda fte: fte <= 200),
    under=st.integers(1, 500),
    months=st.sampled_from(MONTHS),
    days_per_case=st.none() | tenths.filter(lambda number: 0.5 <= number <= 200),
    secondments=st.lists(st.builds(lambda fte, span: Secondment(fte, *span), tenths, spans), max_size=3).map(tuple),
    surge=st.none() | st.builds(lambda percent, span: Surge(percent, *span), st.integers(-90, 300), spans),
)


@given(plans)
def test_a_plan_written_to_the_address_is_read_from_it(plan: Plan) -> None:
    written = {name: value for name, value in address.written(plan, DEFAULT).items() if value is not None}
    assert address.read(written, DEFAULT) == (plan, [])


def test_the_default_plan_leaves_the_address_empty() -> None:
    assert set(address.written(DEFAULT, DEFAULT).values()) == {None}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("investigators", "nan"),
        ("investigators", "-1"),
        ("under", "1.5"),
        ("within", "7"),
        ("days_per_case", "0"),
        ("seconded", "1_2025-02-01"),
        ("seconded", "1_2025-02-01_2025-01-01"),
        ("surge", "40_2025-02-30_2025-03-01"),
        ("surge", "4000_2025-02-01_2025-03-01"),
    ],
)
def test_what_is_no_plan_is_left_at_the_default_and_said(name: str, text: str) -> None:
    plan, ignored = address.read({name: text}, DEFAULT)
    assert plan == DEFAULT
    assert ignored == [f"{name.replace('_', ' ')} {text!r}"]


def told(**changes: object) -> str:
    answer = replace(ANSWER, **changes)  # type: ignore[arg-type]
    return "\n".join(sentences.answer(answer, f"{answer.opening}", POLICY))


def test_an_answer_is_told_with_days_runs_and_posts() -> None:
    said = told()
    assert "With 6 FTE the backlog falls under 10 by **2 Mar 2027** in 9 of 10 runs" in said
    assert "by 12 Jan 2027 in half of them" in said
    assert "larger than the 40 of 23 Nov 2026 in **12 of 1,000 runs**" in said
    assert "on each of the last 90 days in **8 of 10 runs (810 of 1,000)**" in said
    assert "**7 investigators (FTE available) would hold it under 10" in said


def test_an_answer_that_half_the_runs_reach_says_so() -> None:
    said = told(reached=600, late=None)
    assert "within 12 months in **6 of 10 runs (600 of 1,000)**, in half of all runs by 12 Jan 2027." in said


def test_a_backlog_that_never_falls_so_far_says_so() -> None:
    said = told(reached=0, early=None, middle=None, late=None)
    assert "falls under 10 in **none** of 1,000 runs within 12 months" in said


def test_a_backlog_under_the_size_already_says_so() -> None:
    assert "The backlog is 4 on 23 Nov 2026, which is under 10 already." in told(opening=4)


def test_where_nobody_could_hold_it_the_reason_is_given() -> None:
    said = told(posts=None, posts_held=None)
    assert "**No number of investigators would hold it under 10 on those days** in 90% of runs: about 4 cases" in said


NEWEST = Newest(date(2026, 10, 1), 31, 31, 41, 15, 24, 33, Against.ABOVE)


@pytest.mark.parametrize(
    ("one", "text"),
    [
        (
            NEWEST,
            "**October 2026: 41 referrals.** On 30 Sep 2026 the forecast for those days was 15 to 33: **above** that",
        ),
        (replace(NEWEST, days=1), "**1 October 2026: 41 referrals.**"),
        (replace(NEWEST, days=12), "**October 2026, the first 12 of 31 days: 41 referrals.**"),
        (
            replace(NEWEST, received=None),
            "under 5 referrals.** On 30 Sep 2026 the forecast for those days was 15 to 33: not",
        ),
        (replace(NEWEST, received=1, against=Against.BELOW), "1 referral.** On 30 Sep 2026"),
        (replace(NEWEST, received=20, against=Against.WITHIN), "15 to 33: within it."),
    ],
)
def test_the_newest_month_is_told_against_its_forecast(one: Newest, text: str) -> None:
    assert text in sentences.newest(one, 5)


def test_far_fewer_inside_than_promised_is_said() -> None:
    rows = pd.DataFrame({"months": [1, 12], "tested": [36, 25], "inside": [32, 18], "share": [32 / 36, 18 / 25]})
    said = sentences.tests(rows, 0.9, "the forecast")
    assert "**32 of 36** outcomes would have lain inside the range a month ahead. **Fewer than promised:**" in said
    assert "12 months ahead 18 of 25" in said


def test_where_nobody_is_needed_it_says_so() -> None:
    assert "**nobody at work would hold it under 10 on those days** too" in told(posts=0, posts_held=0.99)


def test_a_pace_of_a_few_cases_is_kept_from_a_board() -> None:
    now = Measured(date(2026, 11, 23), 13, 9.6, Pace(4, 80.0), 1.0)
    assert sentences.measured(now, "13", 5).endswith("Under 5 cases left it lately.")


def test_a_pace_is_told_with_what_it_was_counted_from() -> None:
    now = Measured(date(2026, 11, 23), 13, 9.6, Pace(159, 1248.0), 1.04)
    said = sentences.measured(now, "13", None)
    assert "Lately 159 cases left it in 1,248 FTE-days of work: **7.8 working days a case**" in said
