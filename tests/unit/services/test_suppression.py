import pandas as pd
import pytest

from offendermgmt.services.access import SYSTEM, Role, Viewer
from offendermgmt.services.suppression import shown_to

FAMILY = [("opening", "came", "went", "closing")]


def shown(role: Role, **counts: int) -> list[object]:
    row = shown_to(Viewer("x", role), pd.DataFrame([counts]), FAMILY).iloc[0]
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
    kept = shown_to(Viewer("x", Role.BOARD), rows, [("due", "met")], {"rate": ("due", "met")})
    assert kept["rate"].isna().tolist() == [True, False]


def test_rows_are_the_same_rows_inside_the_units() -> None:
    rows = pd.DataFrame({"due": [1]})
    assert shown_to(SYSTEM, rows, [("due",)]) is rows
