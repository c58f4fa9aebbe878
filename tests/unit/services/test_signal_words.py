"""The finding on a measure in one sentence, what it rests on, and its months as a table."""

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest

from offendermgmt.domain.vocabulary import Improvement
from offendermgmt.services.board_measures import counted, unit_of
from offendermgmt.services.definitions import OVERDUE
from offendermgmt.services.figures import Setting
from offendermgmt.services.framework import shipped_framework
from offendermgmt.services.measure_figures import FIGURES
from offendermgmt.services.signal_series import Month, Rebase, SignalSeries
from offendermgmt.services.signal_table import points_in_words
from offendermgmt.services.signal_words import NOTHING, basis, finding, rebases_text, target_text
from tests.unit.services.measures import SHARE, STEADY, event, measure, months, shares


@pytest.mark.parametrize(
    ("values", "says"),
    [
        (STEADY, "Nothing unusual: 12 in January 2026 is within the usual range of 6.7 to 16.4."),
        ((*STEADY, 30), "Concern: 30 in February 2026 is above the usual range of 6.7 to 16.4."),
        ((*STEADY, 1), "Improvement: 1 in February 2026 is below the usual range of 6.7 to 16.4."),
        (
            (*STEADY, 9, 10, 11, 12, 13, 14, 15),
            "Concern: it has risen month after month, from 9 in February 2026 to 15 in August 2026.",
        ),
        (
            (*STEADY, 11, 10, 9, 8, 7, 6.9, 6.8),
            "Improvement: it has fallen month after month, from 13 in December 2025 to 7 in August 2026.",
        ),
        (
            (*STEADY, 15, 12, 16),
            "Concern: 16 in April 2026 is close to the top of the usual range of 6.7 to 16.4, and is not the only one "
            "of the last three months.",
        ),
        (
            (*STEADY, 10, 8, 9, 8, 9, 8, 9, 8, 9),
            "Improvement: every month from February 2026 on is below the average of 11.5, the newest 9 in "
            "October 2026.",
        ),
    ],
)
def test_the_newest_month_is_told_in_one_sentence(values: tuple[float, ...], says: str) -> None:
    assert finding(measure(values, baseline=13)) == says


def test_days_are_told_as_days() -> None:
    longest = measure((*STEADY, 1300), unit_of(FIGURES["longest-overdue"]), target=1)
    assert finding(longest).startswith("Concern: 1,300 days in February 2026 is above the usual range of ")
    assert target_text(longest) == "at most 1 day"


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ([], NOTHING),
        ([None, None], NOTHING),
        (
            [5],
            "Not judged: 5 in January 2025, with no usual range to judge it by because one takes two months in a row.",
        ),
        (
            [7] * 14,
            "Not judged: 7 in February 2026, with no usual range to judge it by because 14 months were all the same.",
        ),
        (
            [5, 5, 5, 5, 5, 9, 5, 5],
            "Not judged: 5 in August 2025, with no usual range to judge it by because 8 months were all the same but "
            "for single months.",
        ),
        (
            [0, 0, 0, 0, 3, 0, 1],
            "Not judged: 1 in July 2025, with no usual range to judge it by because 5 of 7 months had 0.",
        ),
        (
            [*[0] * 12, 1, 2, 3, 4, 5, 6],
            "Concern: it has risen month after month, from 0 in December 2025 to 6 in June 2026, with no usual range "
            "to judge it by because 12 of 18 months had 0.",
        ),
    ],
)
def test_without_a_usual_range_the_sentence_says_why(values: list[float | None], says: str) -> None:
    assert finding(measure(values)) == says


@pytest.mark.parametrize(
    ("newest", "target", "says"),
    [
        (12, 20, "the target of at most 20 is met, as it is met even at the top of that range."),
        (30, 20, "the target of at most 20 is missed, though it is met even at the top of that range."),
        (12, 5, "the target of at most 5 is missed, as it is missed even at the bottom of that range."),
        (4, 5, "the target of at most 5 is met, though it is missed even at the bottom of that range."),
        (
            12,
            12,
            "the target of at most 12 is met, and lies inside that range, so that usual months meet or miss it by "
            "chance.",
        ),
    ],
)
def test_the_target_is_held_against_the_newest_month_and_the_range(newest: float, target: float, says: str) -> None:
    assert finding(measure((*STEADY, newest), baseline=13, target=target)).split("; ")[1] == says


def test_of_a_rate_more_is_better_and_numbers_are_percentages() -> None:
    met = [(18, 20), (16, 20), (19, 20)] * 5
    series = measure(shares(met), SHARE, improvement=Improvement.INCREASE, target=0.5)
    assert finding(series) == (
        "Nothing unusual: 95.0% in March 2026 is within the usual range of 60.8% to 100.0%; the target of at least "
        "50.0% is met, as it is met even at the bottom of that range."
    )


def test_where_no_range_was_said_the_target_says_it() -> None:
    series = measure((*STEADY, 10, 8, 9, 8, 9, 8, 9, 8, 9), baseline=13, target=20)
    assert finding(series).endswith("as it is met even at the top of the usual range of 6.7 to 16.4.")


def test_without_a_range_the_newest_month_alone_meets_the_target_or_not() -> None:
    assert finding(measure([7] * 14, target=6)).endswith("all the same; the target of at most 6 is missed.")


def test_a_neutral_measure_has_no_good_and_no_bad_and_no_assurance() -> None:
    series = measure((*STEADY, 30), baseline=13, improvement=Improvement.NEUTRAL, target=9)
    assert finding(series) == "Unusual: 30 in February 2026 is above the usual range of 6.7 to 16.4."
    assert target_text(series) == "9"


ROSE = (*[8, 9, 7, 8, 9, 8, 7, 9, 8, 7] * 2, 11, 12, 13, 12, 11, 13, 12, 11, 14)


@pytest.mark.parametrize("shown", [1, 5, 13, 36])
def test_what_is_said_of_a_measure_does_not_hang_on_how_many_months_are_drawn(shown: int) -> None:
    on = date(2026, 2, 1)
    for whole in (measure(ROSE, target=9), measure(ROSE, rebases=[Rebase(on, "second team")], baseline=12)):
        drawn = whole.last(shown)
        assert drawn.months == whole.months[-shown:]
        assert (finding(drawn), basis(drawn)) == (finding(whole), basis(whole))
        assert rebases_text(drawn) == rebases_text(whole)
        assert points_in_words(drawn).equals(points_in_words(whole).head(shown))
        assert (drawn.result.variation, drawn.result.assurance) == (whole.result.variation, whole.result.assurance)


def test_few_months_alone_would_say_something_else() -> None:
    assert finding(measure(ROSE).last(9)).startswith("Concern: 14 in May 2027 is above the usual range of 5.7 to 12.9")
    assert finding(measure(ROSE[-9:])).startswith("Nothing unusual")


def test_the_last_months_have_their_own_rebases_and_events_and_the_words_have_all() -> None:
    marks = [event(date(2025, 3, 31)), event(date(2026, 8, 1))]
    starts = [Rebase(date(2025, 6, 1), "first team"), Rebase(date(2026, 9, 9), "second team")]
    drawn = measure(ROSE, rebases=starts, events=marks).last(13)
    assert (drawn.rebases, drawn.events) == (tuple(starts[1:]), tuple(marks[1:]))
    assert [(one.first, one.stop) for one in drawn.result.segments] == [(0, 4), (4, 13)]
    assert "from June 2025 (first team); from September 2026 (second team)" in rebases_text(drawn)


def test_months_without_a_value_after_all_that_have_one_leave_the_finding_as_it_is() -> None:
    whole = measure([*months(STEADY), *months([None] * 3, date(2026, 2, 1))])
    drawn = whole.last(2)
    assert (drawn.newest, finding(drawn)) == (None, finding(whole))
    assert finding(drawn).startswith("Nothing unusual: 12 in January 2026")


def test_few_months_give_a_trial_range_and_the_sentence_and_its_ground_say_so() -> None:
    series = measure(STEADY[:9])
    assert "(a trial range, of 9 months)" in finding(series)
    assert basis(series) == (
        "Trial range: it rests on 9 months, January 2025 to September 2025, and takes 13 to be a full one."
    )


def test_the_ground_counts_the_months_it_rests_on_and_those_that_say_nothing() -> None:
    kept = Month(date(2026, 4, 1), None, kept=True)
    assert basis(measure([*months([*STEADY, None, None]), kept])) == (
        "The usual range is where months fall while nothing changes. It rests on 13 months, January 2025 to January "
        "2026. Without a value: 2 months. Not shown, and no part of average and range: 1 month."
    )


def test_a_baseline_is_what_the_range_rests_on() -> None:
    assert "13 months, January 2025 to January 2026" in basis(measure((*STEADY, 30, 31, 29), baseline=13))


def rebased(on: date) -> SignalSeries:
    return measure((*STEADY, 3, 4, 3), rebases=[Rebase(on, "second team")])


def test_a_rebase_has_its_month_and_its_reason() -> None:
    series = rebased(date(2026, 2, 17))
    assert rebases_text(series) == "Average and usual range start anew from February 2026 (second team)."
    assert series.result.segments[1].first == 13
    assert "3 months, February 2026 to April 2026" in basis(series)


@pytest.mark.parametrize("on", [date(2024, 5, 1), date(2025, 1, 31), date(2026, 5, 1)])
def test_a_rebase_that_starts_no_new_segment_is_not_told(on: date) -> None:
    assert (rebases_text(rebased(on)), len(rebased(on).result.segments)) == ("", 1)


def test_months_that_do_not_follow_one_another_are_refused() -> None:
    with pytest.raises(ValueError, match="March 2025 does not follow January 2025"):
        measure([Month(date(2025, 1, 1), 3), Month(date(2025, 3, 1), 4)])


def test_a_month_named_by_another_day_than_its_first_is_refused() -> None:
    with pytest.raises(ValueError, match="2025-01-31 is none"):
        measure([Month(date(2025, 1, 31), 3)])


def test_the_table_has_every_month_newest_first_in_words() -> None:
    given = [*shares([(9, 10), (8, 10), (0, 0)]), Month(date(2025, 4, 1), None, kept=True)]
    rows = points_in_words(measure(given, SHARE))
    assert rows["month"].to_list() == ["April 2025", "March 2025", "February 2025", "January 2025"]
    assert rows["value"].to_list() == ["Not shown", "No value", "80.0%", "90.0%"]
    assert rows["of"].to_list() == ["", "0 of 0", "8 of 10", "9 of 10"]
    assert rows["reading"].to_list() == ["", "", "As usual", "As usual"]
    assert set(rows["usual"]) == {"58.4% to 100.0%"}


def test_months_that_nothing_can_be_held_against_are_not_judged() -> None:
    rows = points_in_words(measure([*[0] * 12, 1, 2, 3, 4, 5, 6]))
    assert set(rows["usual"]) == {"None"}
    assert rows["reading"].to_list() == ["In a rise of 7 months or more"] * 7 + ["Not judged"] * 11


def test_the_table_of_no_month_has_its_columns() -> None:
    assert list(points_in_words(measure([])).columns) == ["month", "value", "of", "average", "usual", "reading"]


def rows_of(first: int, number: int, *, is_so_far: bool = False) -> pd.DataFrame:
    """Rows of `measure_rows` of one measure over consecutive months, the one far above the rest at the beginning."""
    at = np.arange(first, first + number)
    value = np.where(at == 0, 400.0, 100.0 + at % 7)
    on = (np.datetime64("2022-06", "M") + at).astype("datetime64[D]").astype("datetime64[s]")
    rows = pd.DataFrame({"month_on": on, "numerator": value, "denominator": np.nan, "value": value, "is_kept": False})
    return rows.assign(is_so_far=[*[False] * (number - 1), is_so_far])


def test_a_month_is_judged_alike_on_its_own_paper_and_on_that_of_the_month_then_running() -> None:
    measured = replace(shipped_framework().measures[0], figure="overdue", target=None)
    setting = Setting(date(2025, 6, 30), None, {}, "shipped-1", 5)
    own, running = (
        counted(measured, rows, definition=OVERDUE, setting=setting, trial_points=13)
        for rows in (rows_of(0, 37), rows_of(1, 37, is_so_far=True))
    )
    assert own.series == running.series
    assert finding(own.series) == finding(running.series)
