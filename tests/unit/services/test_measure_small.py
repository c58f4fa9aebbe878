"""What a board that reckons can take from the measures, of the whole force and of every team, month by month."""

from collections.abc import Hashable, Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any, cast

import pandas as pd
import pytest

from offendermgmt.domain.periods import Every, Periods
from offendermgmt.domain.vocabulary import Improvement, Unit
from offendermgmt.services.access import SYSTEM, Role, Viewer
from offendermgmt.services.desk import Desk
from offendermgmt.services.framework import Measure
from offendermgmt.services.measure_figures import FIGURES, MeasureFigure
from offendermgmt.services.measure_series import measure_rows
from offendermgmt.services.measured import Source
from offendermgmt.services.measured_visits import COMPLIANCE, CREWS, VISITS
from offendermgmt.services.question import Question
from offendermgmt.services.trends_small import month_tables, trends_as_shown
from tests.tables import Rows
from tests.unit.services.force import ask
from tests.unit.services.reckoning import Reader
from tests.unit.services.test_trends_small import OUTCOMES, busy_force

BOARD = Viewer("board", Role.BOARD)
MONTHS = Periods.between(date(2025, 1, 1), date(2025, 6, 30), Every.MONTH)
TEAMS = ("T1", "T2")
# What needs no ledger: a desk is asked for nothing else. The force has no POLIT.
NO_DESK = cast("Desk", None)
READ = {code: figure for code, figure in FIGURES.items() if figure.source.unit is Unit.MOSOVO}
del READ["lone-found-in-time"]
SMALLEST = 5
# Numbers that the page of trends shows too.
SHARED = (
    (VISITS, ("overdue", "running", "managed")),
    (COMPLIANCE, ("due", "met", "missed")),
    (CREWS, ("attended",)),
)
CAUSES = {"became_overdue": 1, "visited": -1, "interval_changed": -1, "suspended": -1, "ended": -1}


def orders(number: int) -> dict[str, Rows]:
    """An order on each of the first people, so that some of every kind stand under one."""
    return {
        "orders": [
            {"offender_ref": f"P{at}", "order_ref": "1", "kind": "SHPO", "from_on": f"2025-0{1 + at % 6}-10"}
            for at in range(number)
        ]
    }


@cache
def force(seed: int) -> Question:
    return ask([*busy_force(seed), orders(4 + 3 * seed)], "2025-06-30")


@cache
def rows(seed: int, viewer: Viewer, team: str | None, months: int = len(MONTHS)) -> pd.DataFrame:
    """Every measure over the first months."""
    since = date(2000, 1, 1)
    every = [Measure(code, "", code, code, Improvement.NEUTRAL, None, None, "", (), 1, since) for code in READ]
    question = replace(force(seed), viewer=viewer, team_ref=team)
    return measure_rows(question, every, Periods(MONTHS.first[:months], MONTHS.last[:months]), NO_DESK)


@cache
def trends(seed: int, viewer: Viewer) -> pd.DataFrame:
    """The page of trends over the same months: a row each."""
    question = replace(force(seed), viewer=viewer, periods=MONTHS)
    tables = month_tables(question) if viewer.opens_lists else trends_as_shown(question)
    flow, attempts = tables.flow.drop(columns="closing"), tables.attempts[["attended", *OUTCOMES]]
    standing, due = tables.backlog[["overdue", "running", "managed"]], tables.compliance[["due", "met", "missed"]]
    return flow.join([attempts, standing, due])


def numbers(figure: MeasureFigure) -> dict[str, str]:
    """The columns of the source in which the figure's counts stand, by the rows' own."""
    named = {"numerator": figure.numerator, "denominator": figure.denominator}
    return {ours: column for ours, column in named.items() if column in figure.source.counts}


def name(source: Source, column: str, month: Hashable, team: str | None) -> Hashable:
    """One number has one name, in whichever of the tables it stands."""
    while column in source.same_as:
        source, column = source.same_as[column]
    return source.name, column, month, team


def read(seed: int, viewer: Viewer, month: pd.Timestamp) -> Reader:
    """One month of every table: no sum known of these reaches from one month into another."""
    reader = Reader()
    for team in (None, *TEAMS):
        shown = rows(seed, viewer, team)
        for row in shown[shown["month_on"] == month].to_dict("records"):
            figure = READ[str(row["measure_ref"])]
            for ours, column in numbers(figure).items():
                reader.see(name(figure.source, column, month, team), row[ours])
    read_trends(reader, trends(seed, viewer), month)
    for source in {figure.source.name: figure.source for figure in READ.values()}.values():
        for signs in sums(source, month):
            reader.adds_up(signs)
    return reader


def read_trends(reader: Reader, rows: pd.DataFrame, month: pd.Timestamp) -> None:
    """The month's row of the page of trends, and how it adds up."""
    row = rows[rows["period_start"] == month].iloc[0]
    for source, columns in SHARED:
        for column in columns:
            reader.see(name(source, column, month, None), row[column])
    for column in ("opening", *CAUSES, *OUTCOMES):
        reader.see((column, month), row[column])
    causes = {(cause, month): sign for cause, sign in CAUSES.items()}
    reader.adds_up({("opening", month): 1, **causes, name(VISITS, "overdue", month, None): -1})
    attended = {(outcome, month): -1 for outcome in OUTCOMES}
    reader.adds_up({name(CREWS, "attended", month, None): 1, **attended})


def sums(source: Source, month: Hashable) -> Iterator[dict[Hashable, int]]:
    """How a source's numbers add up in a month, for the whole and each team, and how the teams' make the whole's."""
    for team in (None, *TEAMS):
        for total, *parts in source.sums:
            made_of = {name(source, part, month, team): -1 for part in parts}
            yield {name(source, total, month, team): 1, **made_of}
    for column in source.counts:
        teams = {name(source, column, month, team): -1 for team in TEAMS}
        yield {name(source, column, month, None): 1, **teams, name(source, column, month, "nobody's"): -1}


@pytest.mark.parametrize("seed", range(4))
def test_no_small_count_is_shown_nor_can_be_worked_out(seed: int) -> None:
    for month in map(pd.Timestamp, rows(seed, SYSTEM, None)["month_on"].unique()):
        board = read(seed, BOARD, month)
        for numbers_known in (board.seen, board.reckons(), board.rests()):
            assert [name for name, value in numbers_known.items() if 0 < value < SMALLEST] == []


def test_a_month_reads_the_same_in_every_paper() -> None:
    for team in (None, *TEAMS):
        newest, earlier = rows(1, BOARD, team), rows(1, BOARD, team, months=4)
        same = newest[newest["month_on"] <= earlier["month_on"].max()].reset_index(drop=True)
        pd.testing.assert_frame_equal(earlier, same)


@pytest.mark.parametrize("seed", range(4))
def test_what_is_kept_has_no_number_at_all_and_the_rest_is_as_counted(seed: int) -> None:
    for team in (None, *TEAMS):
        shown, counted = rows(seed, BOARD, team), rows(seed, SYSTEM, team)
        values = ["numerator", "denominator", "value"]
        kept = shown["is_kept"].to_numpy()
        assert shown.loc[kept, values].isna().all(axis=None)
        pd.testing.assert_frame_equal(shown.loc[~kept, values], counted.loc[~kept, values])
        assert not counted["is_kept"].any()


def test_something_is_kept_and_most_of_the_whole_is_told() -> None:
    kept: list[Any] = [rows(seed, BOARD, None)["is_kept"].mean() for seed in range(4)]
    assert 0 < sum(kept) / len(kept) < 0.5
