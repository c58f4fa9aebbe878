"""What a board that reckons can take from POLIT's measures, beside every page of POLIT that it opens."""

import numpy as np
import pandas as pd
import pytest

from offendermgmt.services.access import SYSTEM, Viewer
from offendermgmt.services.measure_figures import MeasureUnit
from tests.unit.services.busy_polit import SEEDS
from tests.unit.services.polit_reading import (
    BOARD,
    READ,
    SPAN,
    flow,
    measures,
    month_starts,
    note_sums,
    read_days,
    read_flow,
    read_measures,
    true_numbers,
)
from tests.unit.services.reckoning import Reader

SMALLEST = 5
EVERY_SEED = pytest.mark.parametrize("seed", SEEDS)
# The months up to which a paper of the board goes, and months of POLIT's flow from one up to another.
PAPERS = (7, 11)
RANGES = ((0, 12), (4, 7), (4, 8))
VALUES = ["numerator", "denominator", "value"]


def read(seed: int, viewer: Viewer) -> Reader:
    """Every measure, POLIT's page at every month's end, its investigators, demand and flow."""
    reader = Reader()
    read_measures(reader, measures(seed, viewer))
    read_days(reader, seed, viewer)
    read_flow(reader, flow(seed, viewer))
    note_sums(reader, seed, month_starts(SPAN))
    return reader


def small(numbers: dict[object, int]) -> list[object]:
    return [name for name, number in numbers.items() if 0 < number < SMALLEST]


@EVERY_SEED
def test_no_small_count_is_shown_nor_can_be_worked_out(seed: int) -> None:
    board = read(seed, BOARD)
    assert [small(numbers) for numbers in (board.seen, board.reckons(), board.rests())] == [[], [], []]
    assert {name: number for name, number in true_numbers(seed).items() if board.seen.get(name, number) != number} == {}


@pytest.mark.parametrize("seed", SEEDS[1:2])
def test_papers_and_ranges_side_by_side_tell_no_more_than_each(seed: int) -> None:
    board = read(seed, BOARD)
    for last in PAPERS:
        read_measures(board, measures(seed, BOARD, last))
    for first, last in RANGES:
        read_flow(board, flow(seed, BOARD, first, last))
    assert [small(numbers) for numbers in (board.seen, board.reckons(), board.rests())] == [[], [], []]


def test_a_month_reads_the_same_in_every_paper() -> None:
    newest = measures(1, BOARD)
    for last in PAPERS:
        paper = measures(1, BOARD, last)
        same = newest[newest["month_on"] <= paper["month_on"].max()].reset_index(drop=True)
        pd.testing.assert_frame_equal(paper, same)


@EVERY_SEED
def test_what_is_kept_has_no_number_at_all_and_the_rest_is_as_counted(seed: int) -> None:
    shown, counted = measures(seed, BOARD), measures(seed, SYSTEM)
    kept = shown["is_kept"].to_numpy()
    assert shown.loc[kept, VALUES].isna().all(axis=None)
    pd.testing.assert_frame_equal(shown.loc[~kept, VALUES], counted.loc[~kept, VALUES])
    assert not counted["is_kept"].any()


@EVERY_SEED
def test_a_share_as_rounded_on_the_page_leaves_no_few(seed: int) -> None:
    rows = measures(seed, BOARD)
    shares = rows[rows["measure_ref"].map(lambda code: READ[code].unit is MeasureUnit.SHARE) & rows["value"].notna()]
    rest = (shares["denominator"] * (1 - shares["value"].round(3))).to_numpy(dtype=float)
    assert len(shares) > 0 or seed == SEEDS[0]
    assert not ((np.round(rest) > 0) & (np.round(rest) < SMALLEST)).any()


def test_no_rate_gives_back_the_count_that_another_measure_keeps() -> None:
    for seed in SEEDS:
        rows = measures(seed, BOARD).set_index(["measure_ref", "month_on"])
        per_fte, fte = (rows.loc[code, "value"] for code in ("polit-cases-per-fte", "polit-fte"))
        there = (per_fte * fte).round().dropna()
        assert not there.between(1, SMALLEST - 1).any()
        assert (rows.loc["polit-cases-per-fte", "is_kept"] == per_fte.isna()).all()


def test_something_is_kept_and_most_is_told() -> None:
    kept = {seed: float(measures(seed, BOARD)["is_kept"].mean()) for seed in SEEDS}
    told = {seed: float(flow(seed, BOARD, 0, 12).flow.periods.notna().to_numpy().mean()) for seed in SEEDS}
    # Of the smallest force, of five cases a month, most counts are small themselves.
    assert all(kept.values())
    assert max(kept[seed] for seed in SEEDS[1:]) < 0.4
    assert kept[SEEDS[-1]] < 0.1
    assert min(told.values()) > 0.5
