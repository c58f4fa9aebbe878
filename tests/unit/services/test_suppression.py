from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from offendermgmt.domain.policy import Policies, PublicationPolicy
from offendermgmt.services.access import SYSTEM, Role, Viewer
from offendermgmt.services.definitions import OVERDUE
from offendermgmt.services.figures import Figure
from offendermgmt.services.overdue import setting_of
from offendermgmt.services.question import Question
from offendermgmt.services.suppression import shown_to
from tests.unit.services.force import ask

BOARD = Viewer("x", Role.BOARD)


def asked(viewer: Viewer, *, today: str = "2025-06-30") -> Question:
    """A question of nobody, in a force that keeps counts under 20 from boards from July 2025 on."""
    question = ask([], today, viewer)
    (shipped,) = question.snapshot.policies.versions
    own = replace(shipped, version="own", from_on=date(2025, 7, 1), publication=PublicationPolicy(smallest_count=20))
    return replace(question, snapshot=replace(question.snapshot, policies=Policies((shipped, own))))


@pytest.mark.parametrize(
    ("role", "kept"), [(Role.DI, [3, 0, 5]), (Role.BOARD, [None, 0, 5]), (Role.ADMINISTRATOR, [None, 0, 5])]
)
def test_a_small_count_is_kept_from_who_opens_no_lists_and_nought_is_none(role: Role, kept: list[int | None]) -> None:
    rows = shown_to(asked(Viewer("x", role)), pd.DataFrame({"overdue": [3, 0, 5], "days": [1, 1, 1]}), ["overdue"])
    assert [None if pd.isna(value) else int(value) for value in rows["overdue"]] == kept
    assert rows["days"].tolist() == [1, 1, 1]


def test_rows_are_the_same_rows_inside_the_units() -> None:
    rows = pd.DataFrame({"due": [1]})
    assert shown_to(asked(SYSTEM), rows, ["due"]) is rows


def test_the_smallest_count_is_that_of_policy_on_the_day_of_reading() -> None:
    rows = pd.DataFrame({"overdue": [12]})
    before, after = asked(BOARD, today="2025-06-30"), replace(asked(BOARD), today=date(2025, 7, 1))
    assert [shown_to(question, rows, ["overdue"]).isna().to_numpy().item() for question in (before, after)] == [
        False,
        True,
    ]


@pytest.mark.parametrize(("count", "kept"), [(0, False), (4, True), (5, False)])
def test_a_figure_is_kept_from_a_board_by_the_same_policy(count: int, kept: bool) -> None:
    question = asked(BOARD)
    assert Figure(OVERDUE, setting_of(question), count).shown_to(BOARD).suppressed is kept
    later = replace(question, today=date(2025, 7, 1))
    assert Figure(OVERDUE, setting_of(later), count).shown_to(BOARD).suppressed is (count > 0)


@pytest.mark.parametrize(("numerator", "kept"), [(20, True), (23, False), (18, False), (4, True), (0, False)])
def test_a_share_whose_rest_is_small_is_kept_too(numerator: int, kept: bool) -> None:
    share = Figure.share(OVERDUE, setting_of(asked(BOARD)), numerator, 23)
    assert share.shown_to(BOARD).suppressed is kept
