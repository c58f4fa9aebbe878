import pytest

from offendermgmt.domain.vocabulary import RiskLevel
from offendermgmt.services.access import Role, Viewer
from offendermgmt.services.overdue import TOTAL, WORST_FIRST, overdue_board
from tests.unit.services.force import ask, offender, visit

BOARD = Viewer("board", Role.BOARD)
OFFICER = Viewer("officer", Role.OFFICER, officer_ref="O1")
NORTH = Viewer("supervisor", Role.SUPERVISOR, team_refs=("T1",))
# Due 16 Jan 2025 by registration.
BACKLOG = [
    offender("V1", "2025-01-01", "low", "O1"),
    offender("V2", "2025-01-01", "very_high", "O2"),
    offender("V3", "2024-10-01", "high", "O1"),
    offender("V4", "2025-01-01"),
    offender("V5", "2025-01-01", "low", "O2"),
    visit("V5", "2025-01-10"),
]
DAY = "2025-01-20"


def test_the_headline_says_how_large_how_risky_and_how_old() -> None:
    board = overdue_board(ask(BACKLOG, DAY))
    assert (board.size.value, board.share.numerator, board.share.denominator) == (4, 4, 5)
    assert (board.high_risk.numerator, board.high_risk.denominator) == (2, 4)
    assert (board.longest.value, board.most_overdue_ref) == (96, "V3")
    assert board.days_total.value == 96 + 3 * 4


def test_the_matrix_adds_up_to_the_size() -> None:
    board = overdue_board(ask(BACKLOG, DAY))
    assert board.matrix is not None
    inner = board.matrix.drop(index=TOTAL, columns=TOTAL)
    assert inner.to_numpy().sum() == board.matrix.loc[TOTAL, TOTAL] == board.size.value
    assert list(inner.index) == [str(level) for level in WORST_FIRST]
    assert list(inner.columns) == ["1-7", "8-30", "31-90", "91-180", "181+"]


@pytest.mark.parametrize("risk", list(RiskLevel))
@pytest.mark.parametrize("band", ["1-7", "91-180"])
def test_each_number_of_the_matrix_opens_a_list_of_its_length(risk: str, band: str) -> None:
    board = overdue_board(ask(BACKLOG, DAY), risk=risk, band=band)
    assert board.matrix is not None
    assert board.cases is not None
    assert len(board.cases) == board.matrix.loc[risk, band]


def test_cases_come_worst_first_and_unassessed_right_after_high() -> None:
    board = overdue_board(ask(BACKLOG, DAY))
    assert board.cases is not None
    assert list(board.cases["offender_ref"]) == ["V2", "V3", "V4", "V1"]


def test_nothing_overdue_is_a_size_of_nought_and_no_longest() -> None:
    board = overdue_board(ask(BACKLOG, "2025-01-02", officer_ref="O2"))
    assert (board.size.value, board.longest.value, board.share.value, board.high_risk.value) == (0, None, 0, None)


def test_no_offender_at_all_is_a_share_without_value() -> None:
    board = overdue_board(ask([], DAY))
    assert (board.share.value, board.share.denominator) == (None, 0)


def test_an_officer_is_shown_only_what_they_hold() -> None:
    board = overdue_board(ask(BACKLOG, DAY, OFFICER))
    assert board.cases is not None
    assert list(board.cases["offender_ref"]) == ["V3", "V1"]


def test_a_supervisor_is_shown_the_team_and_the_unallocated() -> None:
    board = overdue_board(ask(BACKLOG, DAY, NORTH))
    assert board.cases is not None
    assert list(board.cases["offender_ref"]) == ["V3", "V4", "V1"]


def test_a_filter_never_widens_what_a_viewer_may_see() -> None:
    assert overdue_board(ask(BACKLOG, DAY, OFFICER, officer_ref="O2")).size.value == 0
    assert overdue_board(ask(BACKLOG, DAY, NORTH, team_ref="T2")).size.value == 0


def test_a_board_gets_no_list_and_no_small_count() -> None:
    board = overdue_board(ask(BACKLOG, DAY, BOARD))
    assert (board.matrix, board.cases, board.most_overdue_ref) == (None, None, None)
    assert board.size.suppressed
    assert board.size.value is None
    assert (board.share.numerator, board.share.denominator) == (None, None)


def test_an_unknown_band_is_refused_with_the_choices() -> None:
    with pytest.raises(ValueError, match="There is no band '5-6': choose one of 1-7, 8-30"):
        overdue_board(ask(BACKLOG, DAY), band="5-6")
