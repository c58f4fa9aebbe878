from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from offendermgmt.domain.policy import Policies, PublicationPolicy
from offendermgmt.services.access import SYSTEM, Role, Viewer
from offendermgmt.services.definitions import OVERDUE
from offendermgmt.services.figures import Figure
from offendermgmt.services.overdue import setting_of
from offendermgmt.services.question import Question
from offendermgmt.services.suppression import shown_to
from tests.unit.services.force import ask

FAMILY = [("opening", "came", "went", "closing")]


BOARD = Viewer("x", Role.BOARD)


def asked(viewer: Viewer, *, today: str = "2025-06-30") -> Question:
    """A question of nobody, in a force that keeps counts under 20 from boards from July 2025 on."""
    question = ask([], today, viewer)
    (shipped,) = question.snapshot.policies.versions
    own = replace(shipped, version="own", from_on=date(2025, 7, 1), publication=PublicationPolicy(smallest_count=20))
    return replace(question, snapshot=replace(question.snapshot, policies=Policies((shipped, own))))


ASKED = asked(BOARD)


def shown(role: Role, **counts: int) -> list[object]:
    row = shown_to(asked(Viewer("x", role)), pd.DataFrame([counts]), FAMILY).iloc[0]
    return [None if pd.isna(value) else int(value) for value in row]


def test_an_inspector_is_shown_every_count() -> None:
    assert shown(Role.DI, opening=50, came=3, went=13, closing=40) == [50, 3, 13, 40]


@pytest.mark.parametrize("role", [Role.BOARD, Role.ADMINISTRATOR])
def test_a_small_count_and_the_one_that_would_give_it_back_are_kept(role: Role) -> None:
    assert shown(role, opening=50, came=3, went=13, closing=40) == [50, None, None, 40]


def test_two_small_counts_keep_each_other() -> None:
    assert shown(Role.BOARD, opening=50, came=3, went=3, closing=50) == [50, None, None, 50]


def test_nought_is_no_small_count() -> None:
    assert shown(Role.BOARD, opening=50, came=0, went=0, closing=50) == [50, 0, 0, 50]


def test_what_is_derived_from_a_small_count_is_kept_too() -> None:
    rows = pd.DataFrame({"due": [9, 20], "met": [3, 12], "rate": [3 / 9, 12 / 20]})
    kept = shown_to(asked(BOARD), rows, [("due", "met")], {"rate": ("due", "met")})
    assert kept["rate"].isna().tolist() == [True, False]


def test_rows_are_the_same_rows_inside_the_units() -> None:
    rows = pd.DataFrame({"due": [1]})
    assert shown_to(asked(SYSTEM), rows, [("due",)]) is rows


def test_the_smallest_count_is_that_of_policy_on_the_day_of_reading() -> None:
    rows = pd.DataFrame({"overdue": [12]})
    before, after = asked(BOARD, today="2025-06-30"), replace(asked(BOARD), today=date(2025, 7, 1))
    assert [shown_to(question, rows, [("overdue",)]).isna().to_numpy().item() for question in (before, after)] == [
        False,
        True,
    ]


@pytest.mark.parametrize(("count", "kept"), [(0, False), (4, True), (5, False)])
def test_a_figure_is_kept_from_a_board_by_the_same_policy(count: int, kept: bool) -> None:
    question = asked(BOARD)
    assert Figure(OVERDUE, setting_of(question), count).shown_to(BOARD).suppressed is kept
    later = replace(question, today=date(2025, 7, 1))
    assert Figure(OVERDUE, setting_of(later), count).shown_to(BOARD).suppressed is (count > 0)


COLUMNS = ["overdue", "not_overdue", "running", "stopped", "managed"]
ADD_UP = np.array([[1, 1, -1, 0, 0], [0, 0, 1, 1, -1]])
counts = st.integers(min_value=0, max_value=12)


@settings(max_examples=100)
@given(late=counts, in_time=counts, stopped=counts)
def test_no_small_count_follows_from_those_shown_where_two_families_share_a_column(
    late: int, in_time: int, stopped: int
) -> None:
    running = late + in_time
    rows = pd.DataFrame([[late, in_time, running, stopped, running + stopped]], columns=COLUMNS)
    kept = shown_to(ASKED, rows, [COLUMNS[:3], COLUMNS[2:]]).isna().to_numpy()[0]
    known = np.linalg.matrix_rank(ADD_UP[:, kept])
    for at in np.flatnonzero((rows.to_numpy()[0] > 0) & (rows.to_numpy()[0] < 5)):
        one = np.eye(5)[at][kept]
        assert kept[at], COLUMNS[at]
        assert np.linalg.matrix_rank(np.vstack([ADD_UP[:, kept], one])) > known, COLUMNS[at]


def test_of_a_column_in_two_families_the_earlier_decides() -> None:
    rows = pd.DataFrame([[7, 9, 16, 3, 19]], columns=COLUMNS)
    both, alone = (shown_to(ASKED, rows, families) for families in ([COLUMNS[:3], COLUMNS[2:]], [COLUMNS[:3]]))
    assert both[COLUMNS[:3]].equals(alone[COLUMNS[:3]])
    assert both.columns[both.isna().iloc[0]].tolist() == ["stopped", "managed"]
