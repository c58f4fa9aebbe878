from datetime import date

import pytest

from offendermgmt.domain.periods import Every, Periods
from offendermgmt.services.access import NotPermitted, Role, Viewer
from offendermgmt.services.comparison import compare
from offendermgmt.services.comparison_small import compared_as_shown
from offendermgmt.services.question import Question
from offendermgmt.services.trend_cases import Measure, trend_cases
from tests.unit.services.force import ask, fact, offender, visit

# Due 16 Jan 2025 by registration.
JANUARY = Periods.between(date(2025, 1, 1), date(2025, 1, 31), Every.MONTH)
PARTS = [
    offender("V1", "2025-01-01", "low", "O1"),
    offender("V2", "2025-01-01", "very_high", "O2"),
    visit("V1", "2025-01-18", "no_reply"),
    visit("V1", "2025-01-20"),
]


def asked(viewer: Viewer | None = None) -> Question:
    return ask(PARTS, "2025-01-31", *([viewer] if viewer else []), periods=JANUARY)


def test_who_was_visited_out_of_the_backlog_is_listed_with_the_days_it_took() -> None:
    (row,) = trend_cases(asked(), Measure.VISITED, JANUARY).to_dict("records")
    assert (row["offender_ref"], str(row["on"].date()), row["days_overdue"]) == ("V1", "2025-01-20", 3)


def test_an_obligation_is_listed_on_its_due_date_with_its_holder() -> None:
    rows = trend_cases(asked(), Measure.MISSED, JANUARY)
    assert rows[["offender_ref", "officer_ref", "met"]].to_numpy().tolist() == [
        ["V1", "O1", False],
        ["V2", "O2", False],
    ]


def test_an_unsuccessful_visit_is_listed_by_its_reason() -> None:
    assert trend_cases(asked(), Measure.NO_REPLY, JANUARY)["visit_ref"].tolist() == ["V1 2025-01-18"]


def test_a_list_is_of_the_period_asked_for_alone() -> None:
    week = Periods.whole(date(2025, 1, 20), date(2025, 1, 26))
    assert trend_cases(asked(), Measure.ATTENDED, week)["visit_ref"].tolist() == ["V1 2025-01-20"]


@pytest.mark.parametrize("role", [Role.BOARD, Role.ADMINISTRATOR])
def test_who_sees_counts_opens_no_list(role: Role) -> None:
    with pytest.raises(NotPermitted, match="sees counts, not people"):
        trend_cases(asked(Viewer("x", role)), Measure.DUE, JANUARY)


def test_two_days_have_a_difference_and_the_causes_of_it() -> None:
    compared = compare(asked(), date(2025, 1, 17), date(2025, 1, 31))
    size = compared.figures[0]
    assert (size.earlier.value, size.later.value, size.difference) == (2, 1, -1)
    assert (compared.flow["visited"].item(), compared.kept.value) == (1, None)


def test_a_figure_without_value_on_one_day_has_no_difference() -> None:
    compared = compare(asked(), date(2024, 12, 31), date(2025, 1, 31))
    assert compared.figures[1].earlier.value is None
    assert compared.figures[1].difference is None


def test_the_managed_are_listed_with_their_state_and_a_due_date_where_the_clock_runs() -> None:
    custody = fact("offender_statuses", "V2", "2025-01-25", status="custody")
    last = Periods.whole(date(2025, 1, 31), date(2025, 1, 31))
    rows = trend_cases(ask([*PARTS, custody], "2025-01-31", periods=JANUARY), Measure.MANAGED, last)
    assert rows[["offender_ref", "status"]].to_numpy().tolist() == [["V1", "community"], ["V2", "custody"]]
    assert rows[["due_on", "days_overdue"]].isna().to_numpy().tolist() == [[False, True], [True, True]]


def test_two_days_have_both_shares_named_apart() -> None:
    titles = [pair.title for pair in compare(asked(), date(2025, 1, 17), date(2025, 1, 31)).figures]
    assert "Share overdue of those to be visited" in titles
    assert "Share overdue of all managed" in titles


@pytest.mark.parametrize(("in_custody", "kept"), [(3, True), (6, False)])
def test_a_board_comparing_days_cannot_take_the_few_stopped_from_two_figures(in_custody: int, kept: bool) -> None:
    running = [offender(f"A{number}", "2025-01-01", "low", "O1") for number in range(9)]
    stopped = [f"C{number}" for number in range(in_custody)]
    parts = [
        *running,
        *(offender(ref, "2025-01-01") for ref in stopped),
        *(fact("offender_statuses", ref, "2025-01-05", status="custody") for ref in stopped),
    ]
    question = ask(parts, "2025-01-31", Viewer("x", Role.BOARD), periods=JANUARY)
    figures = {
        pair.title: pair.later for pair in compared_as_shown(question, date(2024, 12, 31), date(2025, 1, 31)).figures
    }
    assert figures["Visit clocks running"].value == 9
    assert figures["Managed offenders"].suppressed is figures["Share overdue of all managed"].suppressed is kept


def test_days_the_wrong_way_round_are_refused() -> None:
    with pytest.raises(ValueError, match="2025-01-31, is not before the later day, 2025-01-17"):
        compare(asked(), date(2025, 1, 31), date(2025, 1, 17))


def test_a_board_compares_no_groups_and_no_small_counts() -> None:
    compared = compared_as_shown(asked(Viewer("x", Role.BOARD)), date(2024, 12, 31), date(2025, 1, 31))
    assert compared.groups is None
    assert [figure.later.value for figure in compared.figures if figure.later.suppressed] == [None] * 9
