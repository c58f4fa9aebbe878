"""What a board is shown of crews, tried by somebody who adds and subtracts all that the page shows."""

from dataclasses import replace
from importlib.resources import files

import numpy as np
import numpy.typing as npt
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from offendermgmt.services.access import SYSTEM, Role, Viewer
from offendermgmt.services.crewing_suppression import (
    announcements_told,
    few_alone,
    kept_back,
    share_told,
    trend_shown_to,
)
from offendermgmt.services.policies import policies
from offendermgmt.services.question import Question
from tests.unit.services.force import ask

PARTS = ["double_crewed", "lone_authorised", "lone_authorised_late", "lone_unauthorised"]
SHOWN = [*PARTS, "lone", "attended"]
BOARD = Viewer("board", Role.BOARD)
# Small numbers, so that every table there could be can be tried.
SMALLEST, MOST = 3, 7
Table = npt.NDArray[np.int64]
FIRST_DAY, SECOND_DAY = pd.Timestamp("2025-01-01"), pd.Timestamp("2025-02-01")


def asked_by(viewer: Viewer, smallest: int = 5) -> Question:
    shipped = files("offendermgmt.services").joinpath("shipped_policy.toml").read_text(encoding="utf-8")
    document = shipped.replace("smallest_count = 5", f"smallest_count = {smallest}")
    question = ask([], "2025-03-10", viewer)
    return replace(question, snapshot=replace(question.snapshot, policies=policies([document])))


BOARD_ASKS = asked_by(BOARD, SMALLEST)


def all_there_could_be() -> Table:
    grid = np.indices((MOST + 1,) * len(PARTS)).reshape(len(PARTS), -1).T
    return complete(grid[grid.sum(axis=1) <= MOST])


def complete(parts: Table) -> Table:
    return np.column_stack([parts, parts[:, 1:].sum(axis=1), parts.sum(axis=1)])


THERE_COULD_BE = all_there_could_be()


def counts(*rows: tuple[int, ...]) -> pd.DataFrame:
    table = pd.DataFrame(complete(np.array(rows, dtype=np.int64)), columns=SHOWN)
    starts = [FIRST_DAY, SECOND_DAY][: len(rows)]
    ends = [SECOND_DAY - pd.Timedelta(days=1), pd.Timestamp("2025-02-28")][: len(rows)]
    share = table["double_crewed"] / table["attended"].where(table["attended"] > 0)
    return table.assign(period_start=starts, period_end=ends, completed=0, compliance=share)


def agrees(candidates: Table, shown: "list[int | None]", *, few_alone: bool = False) -> Table:
    """The tables that say what is shown."""
    kept = np.ones(len(candidates), dtype=bool)
    for column, value in enumerate(shown):
        if value is not None:
            kept &= candidates[:, column] == value
    if few_alone:
        kept &= (candidates[:, SHOWN.index("lone")] > 0) & (candidates[:, SHOWN.index("lone")] < SMALLEST)
    return candidates[kept]


def values(row: pd.Series) -> "list[int | None]":
    return [None if pd.isna(row[name]) else int(row[name]) for name in SHOWN]


def whole_shown(whole: pd.DataFrame) -> "list[int | None]":
    hidden = kept_back(BOARD_ASKS, whole).iloc[0]
    return [None if hidden[name] else int(whole.iloc[0][name]) for name in SHOWN]


def pinned(truth: Table, candidates: Table) -> list[str]:
    """The small counts of which there is but one that could be."""
    assert len(candidates)
    return [
        name
        for column, name in enumerate(SHOWN)
        if 0 < truth[column] < SMALLEST and len(np.unique(candidates[:, column])) == 1
    ]


part = st.tuples(st.integers(0, 5), st.integers(0, 3), st.integers(0, 2), st.integers(0, 2)).filter(
    lambda parts: sum(parts) <= MOST
)


@settings(max_examples=60)
@given(part, part)
def test_no_count_kept_back_follows_from_the_others_on_the_page(
    first: tuple[int, ...], second: tuple[int, ...]
) -> None:
    rows = counts(first, second)
    whole = counts(tuple(np.add(first, second).tolist()))
    shown = trend_shown_to(BOARD_ASKS, rows, FIRST_DAY, whole)
    above = whole_shown(whole)
    one, two = (
        agrees(THERE_COULD_BE, values(shown.iloc[at]), few_alone=bool(shown.loc[at, "few_alone"])) for at in (0, 1)
    )
    known = [column for column, value in enumerate(above) if value is not None]
    sums = one[:, np.newaxis, known] + two[np.newaxis][:, :, known]
    fits = (sums == np.array([above[column] for column in known], dtype=np.int64)).all(axis=2)
    if few_alone(BOARD_ASKS, whole)[0]:
        alone = one[:, np.newaxis, SHOWN.index("lone")] + two[:, SHOWN.index("lone")]
        fits &= (alone > 0) & (alone < SMALLEST)

    found = pinned(rows.loc[0, SHOWN].to_numpy(dtype=np.int64), one[fits.any(axis=1)])
    found += pinned(rows.loc[1, SHOWN].to_numpy(dtype=np.int64), two[fits.any(axis=0)])
    at_one, at_two = np.nonzero(fits)
    found += pinned(whole.loc[0, SHOWN].to_numpy(dtype=np.int64), one[at_one] + two[at_two])

    assert found == []


@settings(max_examples=60)
@given(part, part)
def test_a_range_within_a_period_and_the_period_do_not_give_away_the_rest_of_it(
    in_range: tuple[int, ...], rest: tuple[int, ...]
) -> None:
    period = counts(tuple(np.add(in_range, rest).tolist()))
    whole = counts(in_range)
    above = whole_shown(whole)

    shown = values(trend_shown_to(BOARD_ASKS, period, FIRST_DAY + pd.Timedelta(days=9), whole).iloc[0])

    differences = {
        name: outer - inner
        for name, outer, inner in zip(SHOWN, shown, above, strict=True)
        if outer is not None and inner is not None
    }
    assert [name for name, left in differences.items() if 0 < left < SMALLEST] == []


@pytest.mark.parametrize(
    ("parts", "kept"),
    [
        ((100, 10, 0, 9), []),
        ((100, 10, 0, 3), ["lone_authorised", "lone_unauthorised"]),
        ((100, 3, 0, 0), [*PARTS, "lone"]),
        ((2, 3, 0, 0), SHOWN),
        ((0, 0, 0, 0), []),
    ],
)
def test_a_row_keeps_back_the_groups_that_a_small_count_stands_in(parts: tuple[int, ...], kept: list[str]) -> None:
    hidden = kept_back(asked_by(BOARD), counts(parts)).iloc[0]
    assert sorted(hidden.index[hidden]) == sorted(kept)


def test_a_board_is_told_that_few_were_alone_of_how_many() -> None:
    rows, later = counts((100, 3, 0, 0)), pd.Timestamp("2025-06-01")
    shown = trend_shown_to(asked_by(BOARD), rows, later, counts((0, 0, 0, 0))).iloc[0]
    assert (shown["few_alone"], shown["attended"], pd.isna(shown["compliance"])) == (True, 103, True)


def test_inside_the_units_every_count_is_shown() -> None:
    rows = counts((100, 3, 0, 0), (1, 1, 1, 1))
    shown = trend_shown_to(asked_by(SYSTEM), rows, FIRST_DAY, rows.iloc[:1])
    pd.testing.assert_frame_equal(shown.drop(columns="few_alone"), rows)


@pytest.mark.parametrize(
    ("attended", "recorded", "unannounced", "told"),
    [
        (100, 90, 80, (True, True)),
        (100, 98, 80, (False, False)),
        (100, 90, 88, (False, True)),
        (100, 100, 100, (True, True)),
    ],
)
def test_what_is_announced_leaves_no_small_difference(
    attended: int, recorded: int, unannounced: int, told: tuple[bool, bool]
) -> None:
    found = announcements_told(asked_by(BOARD), attended, recorded, unannounced)
    assert (found.share, found.not_recorded) == told


def test_a_share_with_a_small_rest_is_kept() -> None:
    assert [share_told(asked_by(BOARD), *pair) for pair in ((0, 15), (12, 15), (10, 15))] == [True, False, True]
