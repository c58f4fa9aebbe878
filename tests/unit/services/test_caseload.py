"""The caseload page's figures, and that they are the caseload report's."""

from datetime import date
from random import Random
from typing import Any

import pandas as pd
import pytest

from offendermgmt.domain.policy import Policies
from offendermgmt.services import reports
from offendermgmt.services.access import SYSTEM, NotPermitted, Role, Viewer
from offendermgmt.services.caseload import (
    UNALLOCATED,
    WITHOUT_TIME,
    CaseloadBoard,
    Concern,
    Exceeds,
    Presence,
    by_limits,
    caseload_board,
    cases,
    concerning,
)
from offendermgmt.services.policies import policies
from offendermgmt.services.question import Question
from offendermgmt.services.snapshot import take_snapshot
from tests.spec.made_up import made_up
from tests.tables import Rows, recordings
from tests.unit.services.force import ask, fact, offender

DAY = "2025-02-01"
NORTH = Viewer("supervisor", Role.SUPERVISOR, team_refs=("T1",))
LEAVER = {"officers": [{"officer_ref": "L1", "is_supervisor": "false", "team_ref": "T1", "fte": "1", "to_on": DAY}]}


def held(high: int, others: int, officer: str | None = "O1", start: int = 0) -> list[dict[str, Rows]]:
    levels = ["high"] * high + ["low"] * others
    return [offender(f"V{start + at:03}", "2025-01-01", level, officer) for at, level in enumerate(levels)]


def away(officer: str, fte: str = "0") -> dict[str, Rows]:
    return {"officer_availability": [{"officer_ref": officer, "from_on": "2025-01-15", "fte": fte, "reason": "leave"}]}


def row(board: CaseloadBoard, officer_ref: str) -> dict[str, Any]:
    assert board.officers is not None
    return board.officers.set_index("officer_ref").loc[officer_ref].to_dict()


def test_a_share_of_exactly_twenty_per_cent_is_not_over() -> None:
    board = caseload_board(ask(held(1, 4), DAY))
    assert (board.over_share.numerator, board.over_share.denominator) == (0, 1)
    assert row(board, "O1")["share"] == 0.2


def test_over_the_ceiling_is_counted_with_how_many_to_move() -> None:
    board = caseload_board(ask(held(4, 6), DAY))
    assert (board.over_share.numerator, board.to_move) == (1, 3)


def test_one_case_is_a_small_caseload_that_still_counts_by_the_rule() -> None:
    board = caseload_board(ask(held(1, 0), DAY))
    assert (row(board, "O1")["is_small"], board.over_share.value) == (True, 1.0)


def test_as_many_cases_as_policy_calls_steady_are_not_small() -> None:
    assert [row(caseload_board(ask(held(0, few), DAY)), "O1")["is_small"] for few in (9, 10)] == [True, False]


def test_all_unallocated_is_one_row_and_no_share_of_officers() -> None:
    board = caseload_board(ask(held(1, 2, officer=None), DAY))
    assert board.officers is not None
    assert list(board.officers["officer_ref"]) == [""]
    assert (board.unallocated.value, board.over_share.value, board.over_share.denominator) == (3, None, 0)


def test_nobody_to_manage_is_no_row_and_no_value() -> None:
    board = caseload_board(ask([], DAY))
    assert board.officers is not None
    assert (len(board.officers), board.over_cap.value, board.unallocated.value) == (0, None, 0)


def test_no_officer_at_all_is_no_row_and_no_value() -> None:
    question = Question(take_snapshot(recordings({}), policies()), SYSTEM, date(2025, 2, 1), date(2025, 2, 1))
    board = caseload_board(question)
    assert board.officers is not None
    assert (len(board.officers), board.over_share.value, board.without_time.value) == (0, None, 0)


def test_cases_of_a_leaver_and_of_an_officer_without_time_are_counted_apart() -> None:
    board = caseload_board(ask([LEAVER, *held(0, 2, "L1"), *held(0, 3, "O1", 10), away("O1")], DAY))
    assert board.without_time.value == 5
    assert (row(board, "L1")["presence"], row(board, "O1")["presence"]) == (Presence.LEFT, Presence.NO_TIME)
    assert row(board, "L1")["left_on"] == pd.Timestamp(DAY)


def test_an_officer_is_in_post_the_day_before_the_first_day_out_of_it() -> None:
    board = caseload_board(ask([LEAVER, *held(0, 2, "L1")], "2025-01-31"))
    assert row(board, "L1")["presence"] == Presence.PRESENT


def test_the_worst_come_first_after_the_unallocated() -> None:
    parts = [*held(1, 9, "O2", 20), *held(4, 6), *held(0, 1, None, 40)]
    board = caseload_board(ask(parts, DAY))
    assert board.officers is not None
    assert list(board.officers["officer_ref"]) == ["", "O1", "O2"]


def test_movement_by_officer_lists_what_it_counts() -> None:
    parts = [*held(0, 3), fact("allocations", "V000", "2025-01-20", officer_ref="O2")]
    board = caseload_board(ask(parts, DAY))
    assert board.movement is not None
    assert (row(board, "O1")["left"], row(board, "O2")["came"]) == (1, 1)
    assert list(board.movement.of("O2")["from_ref"]) == ["O1"]


def test_a_supervisor_is_shown_the_team_and_the_unallocated() -> None:
    parts = [*held(0, 2), *held(0, 2, "O2", 10), *held(0, 1, None, 20)]
    board = caseload_board(ask(parts, DAY, NORTH))
    assert board.officers is not None
    assert list(board.officers["officer_ref"]) == ["", "O1"]


@pytest.mark.parametrize("role", [Role.BOARD, Role.ADMINISTRATOR])
def test_those_who_see_counts_get_no_row_and_no_small_count(role: Role) -> None:
    question = ask([*held(4, 6), *held(0, 3, None, 20)], DAY, Viewer("x", role))
    board = caseload_board(question)
    assert (board.officers, board.movement, board.to_move, board.unallocated.suppressed) == (None, None, None, True)
    with pytest.raises(NotPermitted, match="sees counts, not people"):
        cases(question, "O1")


@pytest.mark.parametrize("seed", range(10))
def test_groups_by_the_limits_exceeded_add_up_to_the_figures(seed: int) -> None:
    board = caseload_board(made_up_question(seed))
    assert board.officers is not None
    groups = {exceeds: set(rows["officer_ref"]) for exceeds, rows in by_limits(board.officers).items()}
    over = {concern: set(concerning(board.officers, concern)["officer_ref"]) for concern in Concern}
    both = groups.get(Exceeds.BOTH, set())
    assert groups.get(Exceeds.SHARE, set()) | both == over[Concern.OVER_SHARE]
    assert groups.get(Exceeds.CAP, set()) | both == over[Concern.OVER_CAP]
    assert sum(map(len, groups.values())) == board.over_share.denominator


def test_of_a_group_small_caseloads_come_last() -> None:
    question = ask([*held(0, 12, "O1"), *held(0, 1, "O2", 12), *held(0, 12, "O3", 13)], DAY)
    officers = caseload_board(question).officers
    assert officers is not None
    [rows] = by_limits(officers).values()
    assert rows["is_small"].tolist() == [False, False, True]


@pytest.mark.parametrize("seed", range(40))
def test_every_figure_is_the_reports_and_the_length_of_the_list_it_opens(seed: int) -> None:
    question = made_up_question(seed)
    report, board = reports.caseload(question), caseload_board(question)
    assert board.officers is not None
    assert board.movement is not None
    shown = board.officers[list(report.columns)].sort_values("officer_ref", ignore_index=True)
    pd.testing.assert_frame_equal(shown, report)
    for officer in board.officers.itertuples():
        assert len(cases(question, str(officer.officer_ref) or UNALLOCATED)) == officer.cases
        assert len(board.movement.of(str(officer.officer_ref))) == officer.came + officer.left
    assert len(cases(question, UNALLOCATED)) == board.unallocated.value
    assert len(cases(question, WITHOUT_TIME)) == board.without_time.value
    assert len(concerning(board.officers, Concern.OVER_SHARE)) == board.over_share.numerator
    assert len(concerning(board.officers, Concern.OVER_CAP)) == board.over_cap.numerator


def made_up_question(seed: int) -> Question:
    random = Random(seed)  # noqa: S311
    data = made_up(random)
    day = random.choice(data.days)
    return Question(take_snapshot(recordings(data.tables), Policies(data.policies)), SYSTEM, day, day)
