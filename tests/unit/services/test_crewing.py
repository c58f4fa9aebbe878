"""Figures of crews, and the lists they count."""

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from offendermgmt.domain.periods import Every, Periods
from offendermgmt.domain.vocabulary import LoneVisit
from offendermgmt.services import reports
from offendermgmt.services.access import SYSTEM, NotPermitted, Role, Viewer
from offendermgmt.services.crew_groups import NOBODY, By, Group, breakdown, kinds_of
from offendermgmt.services.crew_lists import BY_FINDING, Listed, settled_pairs, visit_list, visits_at_once
from offendermgmt.services.crewing import crewing_board, over_range, trend
from offendermgmt.services.figures import Figure
from offendermgmt.services.overdue import TOTAL
from offendermgmt.services.question import Question
from tests.tables import Rows
from tests.unit.services.force import ask, offender

BOARD = Viewer("board", Role.BOARD)
NORTH = Viewer("supervisor", Role.SUPERVISOR, team_refs=("T1",))
FIRST, LAST = date(2025, 2, 1), date(2025, 2, 28)
AUTHORITY = {
    "lone_reason": "urgent",
    "lone_risk_assessed_on": "2025-02-01",
    "lone_authorised_by": "S1",
    "lone_authorised_at": "2025-02-04T10:00:00",
}
PEOPLE = [offender("V1", "2025-01-01", "high", "O1"), offender("V2", "2025-01-01", None, "O2")]


def visit(ref: str, at: str, crew: str, offender_ref: str = "V1", **more: str) -> dict[str, Rows]:
    row = {"visit_ref": ref, "offender_ref": offender_ref, "visited_at": at, "officer_refs": crew}
    return {"visits": [row | {"outcome": "completed"} | more]}


VISITS = [
    visit("before", "2025-01-31T10:00", "O1"),
    visit("pair", "2025-02-03T09:00", "O1;S1", announced="false"),
    visit("allowed", "2025-02-04T10:30", "O1", announced="true", **AUTHORITY),
    visit("late", "2025-02-04T09:30", "O1", outcome="no_reply", **AUTHORITY),
    visit("bare", "2025-02-05T20:15", "O2", "V2", announced="false"),
    visit("cancelled", "2025-02-06T10:00", "O2", "V2", outcome="cancelled"),
    visit("after", "2025-03-01T00:10", "O2", "V2"),
]


def february(parts: list[dict[str, Rows]], viewer: Viewer = SYSTEM, **filters: str) -> Question:
    return over_range(ask([*PEOPLE, *parts], "2025-03-10", viewer, **filters), FIRST, LAST)


def of(figure: Figure) -> tuple[float | None, int | None, int | None]:
    return figure.value, figure.numerator, figure.denominator


def test_each_figure_stands_on_what_it_was_counted_from() -> None:
    board = crewing_board(february(VISITS))
    assert (of(board.compliance), of(board.lone)) == ((1 / 4, 1, 4), (3 / 4, 3, 4))
    assert {kind: of(figure)[1:] for kind, figure in board.standings.items()} == dict.fromkeys(LoneVisit, (1, 3))
    assert (of(board.unannounced), board.not_recorded.value) == ((2 / 3, 2, 3), 1)
    assert board.target == 1


def test_the_figures_are_those_of_the_report() -> None:
    question = february(VISITS)
    board, report = crewing_board(question), reports.crewing(question).iloc[0]
    assert of(board.compliance) == (report["compliance"], report["double_crewed"], report["attended"])
    assert board.lone.numerator == report["lone"]
    assert {kind: figure.numerator for kind, figure in board.standings.items()} == {
        kind: report[f"lone_{kind}"] for kind in LoneVisit
    }


@pytest.mark.parametrize("every", [Every.WEEK, Every.MONTH])
def test_a_trend_has_the_rows_of_the_report(every: Every) -> None:
    question = february(VISITS)
    found = trend(question, every)
    periods = Periods.between(found["period_start"].iloc[0].date(), LAST, every)
    pd.testing.assert_frame_equal(found.drop(columns="few_alone"), reports.crewing(replace(question, periods=periods)))
    assert found["attended"].sum() == 5


def test_a_trend_begins_with_the_first_attended_visit() -> None:
    assert trend(february(VISITS), Every.MONTH)["period_start"].iloc[0] == pd.Timestamp("2025-01-31")


def test_without_visits_there_is_no_value_no_trend_and_no_row() -> None:
    question = february([])
    board = crewing_board(question)
    assert (of(board.compliance), of(board.unannounced), of(board.settled)) == ((None, 0, 0),) * 3
    assert len(trend(question, Every.WEEK)) == len(visit_list(question, Listed.ATTENDED)) == 0
    assert [len(breakdown(question, by)) for by in By] == [0] * len(By)
    assert kinds_of(breakdown(question, By.HOUR)).loc[TOTAL, TOTAL] == 0
    assert len(settled_pairs(question)) == len(visits_at_once(question)) == 0


@pytest.mark.parametrize("listed", [listed for listed in Listed if listed not in BY_FINDING])
def test_a_list_is_as_long_as_its_figure(listed: Listed) -> None:
    question = february(VISITS)
    board = crewing_board(question)
    figures = {
        Listed.LONE: board.lone.numerator,
        Listed.DOUBLE_CREWED: board.compliance.numerator,
        Listed.ATTENDED: board.compliance.denominator,
        Listed.UNANNOUNCED: board.unannounced.numerator,
        Listed.NOT_RECORDED: board.not_recorded.value,
        **{Listed(kind): figure.numerator for kind, figure in board.standings.items()},
    }
    assert len(visit_list(question, listed)) == figures[listed]


def test_a_lone_visit_says_side_by_side_what_was_in_order_and_what_lacked() -> None:
    rows = visit_list(february(VISITS), Listed.LONE).set_index("visit_ref")
    assert list(rows.index) == ["bare", "late", "allowed"]
    assert list(rows["lacking"]) == [
        "no reason; no risk assessment; no authoriser; no time of authority",
        "authorised after the visit began",
        "",
    ]
    allowed = rows.loc["allowed"]
    assert (allowed["authoriser_ref"], allowed["authorised_at"]) == ("S1", pd.Timestamp("2025-02-04T10:00", tz="UTC"))
    assert (allowed["risk_level"], allowed["holder_ref"], allowed["standing"]) == ("high", "O1", "authorised")


def test_what_a_pair_might_have_lacked_alone_is_not_said() -> None:
    (row,) = visit_list(february(VISITS), Listed.DOUBLE_CREWED).to_dict("records")
    assert (row["lacking"], row["standing"], bool(row["announced"])) == ("", "double_crewed", False)


@pytest.mark.parametrize(
    ("by", "expected"),
    [
        (By.OFFICER, {"O1": (3, 2), "O2": (1, 1), "S1": (1, 0)}),
        (By.TEAM, {"T1": (3, 2), "T2": (1, 1)}),
        (By.OUTCOME, {"completed": (3, 2), "no_reply": (1, 1)}),
        (By.WEEKDAY, {"0": (1, 0), "1": (2, 2), "2": (1, 1)}),
        (By.HOUR, {"9": (2, 1), "10": (1, 1), "20": (1, 1)}),
    ],
)
def test_lone_visits_are_broken_down(by: By, expected: dict[str, tuple[int, int]]) -> None:
    counts = breakdown(february(VISITS), by)
    assert {ref: (row["attended"], row["lone"]) for ref, row in counts.iterrows()} == expected
    assert list(counts.index) == list(expected)


def test_in_summer_the_hour_is_londons() -> None:
    parts = [*PEOPLE, visit("k", "2025-07-01T10:30:00Z", "O1")]
    question = over_range(ask(parts, "2025-07-31"), date(2025, 7, 1), date(2025, 7, 31))
    assert list(breakdown(question, By.HOUR).index) == ["11"]


@pytest.mark.parametrize("by", list(By))
def test_each_number_of_a_breakdown_opens_a_list_of_its_length(by: By) -> None:
    question = february([*VISITS, visit("unnamed", "2025-02-07T10:00", "")])
    kinds = kinds_of(breakdown(question, by))
    for value in kinds.index[:-1]:
        for kind in LoneVisit:
            assert len(visit_list(question, Listed(kind), Group(by, value))) == kinds.loc[value, str(kind)]
    assert kinds.loc[TOTAL, TOTAL] == crewing_board(question).lone.numerator == 4


def test_a_visit_with_nobody_named_stands_in_a_row_of_its_own() -> None:
    counts = breakdown(february([visit("unnamed", "2025-02-07T10:00", "")]), By.OFFICER)
    assert (list(counts.index), list(counts["lone_unauthorised"])) == ([NOBODY], [1])


def test_a_supervisor_is_shown_the_visits_to_those_the_team_held() -> None:
    assert of(crewing_board(february(VISITS, NORTH)).lone) == (2 / 3, 2, 3)
    assert set(visit_list(february(VISITS, NORTH), Listed.ATTENDED)["offender_ref"]) == {"V1"}


def test_a_breakdown_by_team_has_the_rows_of_the_report_for_each_team() -> None:
    counts = breakdown(february(VISITS), By.TEAM)
    for team in counts.index:
        report = reports.crewing(february(VISITS, team_ref=team)).iloc[0]
        assert (counts.loc[team, "attended"], counts.loc[team, "lone"]) == (report["attended"], report["lone"])


def test_a_board_gets_no_list_and_no_small_count() -> None:
    question = february(VISITS, BOARD)
    assert crewing_board(question).compliance.suppressed
    assert trend(question, Every.MONTH)[["attended", "lone", "compliance"]].isna().all(axis=None)
    for refused in (
        lambda: visit_list(question, Listed.LONE),
        lambda: breakdown(question, By.TEAM),
        lambda: settled_pairs(question),
        lambda: visits_at_once(question),
    ):
        with pytest.raises(NotPermitted, match="sees counts, not people"):
            refused()


def pairs(crews: list[str]) -> list[dict[str, Rows]]:
    return [visit(f"p{day}", f"2025-02-{day:02}T10:00", crew) for day, crew in enumerate(crews, start=1)]


def test_officers_who_nearly_always_go_together_are_listed() -> None:
    question = february(pairs(["O1;O2"] * 8 + ["O1;S1"] * 2))
    rows = settled_pairs(question)
    assert rows.to_dict("records") == [
        {"officer_ref": "O1", "partner_ref": "O2", "together": 8, "visits": 10, "share": 0.8}
    ]
    assert of(crewing_board(question).settled) == (1, 1, 1)


def test_an_officer_who_mixes_or_has_too_few_crewed_visits_is_not_listed() -> None:
    mixed = february(pairs(["O1;O2"] * 7 + ["O1;S1"] * 3))
    assert (of(crewing_board(mixed).settled), len(settled_pairs(mixed))) == ((0, 0, 1), 0)
    few = february(pairs(["O1;O2"] * 9))
    assert of(crewing_board(few).settled) == (None, 0, 0)


def test_both_visits_of_an_officer_on_record_at_two_at_once_are_listed() -> None:
    question = february([visit("a", "2025-02-03T10:00", "O1;S1"), visit("b", "2025-02-03T10:19", "O2;S1", "V2")])
    (row,) = visits_at_once(question).to_dict("records")
    assert (row["officer_ref"], row["minutes_apart"]) == ("S1", 19)
    assert [row[f"{which}_{what}"] for which in ("first", "second") for what in ("visit_ref", "offender_ref")] == [
        *("a", "V1"),
        *("b", "V2"),
    ]
    assert crewing_board(question).at_once.value == 1


def test_visits_outside_the_viewers_scope_are_not_compared() -> None:
    parts = [visit("a", "2025-02-03T10:00", "O1;S1"), visit("b", "2025-02-03T10:19", "O2;S1", "V2")]
    assert len(visits_at_once(february(parts, NORTH))) == 0
