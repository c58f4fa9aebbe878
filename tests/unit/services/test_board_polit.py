"""What a board that reckons can take from its tables of children and partners, beside every page of POLIT it opens."""

from collections.abc import Hashable
from dataclasses import replace
from datetime import date
from functools import cache
from itertools import pairwise

import pytest

from offendermgmt.domain.days import to_date
from offendermgmt.domain.receipt_outcomes import quarter_over
from offendermgmt.services.access import SYSTEM, Viewer
from offendermgmt.services.board_children import ChildrenOfMonth, children_of_months, children_tables
from offendermgmt.services.board_partners import partners_table
from offendermgmt.services.board_tables import NOT_SHOWN, BoardTable
from offendermgmt.services.question import Question
from tests.unit.services.busy_polit import SEEDS, busy_polit
from tests.unit.services.force import ask
from tests.unit.services.polit_force import POLIT, case, child
from tests.unit.services.polit_reading import (
    BOARD,
    NO_DESK,
    READ,
    asked,
    flow,
    measures,
    month_starts,
    months_of,
    name,
    note_sums,
    read_days,
    read_flow,
    read_measures,
)
from tests.unit.services.reckoning import Reader

SMALLEST = 5
EVERY_SEED = pytest.mark.parametrize("seed", SEEDS[1:3])
# The measures of POLIT on the paper of the Prevention and Vulnerability Meeting, as shipped.
ON_PAPER = {"polit-referrals", "polit-in-time", "children-awaiting", "children-safeguarded", "children-referred"}
STOCKS = {"closing": "awaiting"}
# Quarters of the year and of the one before, in which cases were received.
ENDS = (date(2024, 12, 31), date(2025, 3, 31), date(2025, 6, 30), date(2025, 9, 30), date(2025, 12, 31))


@cache
def children(seed: int, viewer: Viewer) -> list[ChildrenOfMonth]:
    """The children of each month of the year, as its own paper says."""
    months = range(1, 13)
    return [children_of_months(asked(seed, viewer, months_of(max(at - 3, 0), at)), NO_DESK)[0] for at in months]


@cache
def partners(seed: int, viewer: Viewer, end: date) -> BoardTable:
    return partners_table(ask_on(seed, viewer, end))


def ask_on(seed: int, viewer: Viewer, end: date) -> Question:
    return replace(busy_polit(seed), viewer=viewer, as_of=end, periods=quarter_over(end))


def read_children(reader: Reader, seed: int) -> None:
    """Read the table of each month, and note how it adds up; a month opens with what the one before closed with."""
    told = children(seed, BOARD)
    for month_on, month in zip(month_starts(), told, strict=True):
        for line in ("identified", "safeguarded", "referred", "known", "unreferred", "closing", "left"):
            cell = month.cell(line)
            reader.see(name(STOCKS.get(line, line), month_on), None if cell == NOT_SHOWN else cell)
    for (before, month_on), month in zip(pairwise(month_starts()), told[1:], strict=True):
        cell = month.cell("opening")
        reader.see(name("awaiting", before), None if cell == NOT_SHOWN else cell)
        flows = {name("identified", month_on): 1, name("safeguarded", month_on): -1, name("left", month_on): -1}
        reader.adds_up({name("awaiting", before): 1, **flows, name("awaiting", month_on): -1})


def read_partners(reader: Reader, seed: int) -> None:
    """Read the table of each quarter, and note how it adds up, in it and with the months of the flow."""
    for end in ENDS:
        table = partners(seed, BOARD, end)
        headings = [column.heading for column in table.columns]
        rows = [str(row[0]) for row in table.rows]
        for cells in table.rows:
            for heading, cell in zip(headings, cells, strict=True):
                column = part(heading)
                if column and cell != NOT_SHOWN:
                    reader.see((cells[0], column, end), cell)
        starts = [to_date(int(day)) for day in quarter_over(end).first]
        for column in ("received", "acted", "in_time", "waiting", "closed", "late"):
            reader.adds_up({(row, column, end): 1 if row == "All sources" else -1 for row in rows})
        for row in rows:
            whole: dict[Hashable, int] = {(row, "received", end): 1}
            reader.adds_up({**whole, **{(row, each, end): -1 for each in ("acted", "waiting", "closed")}})
            reader.adds_up({(row, "acted", end): 1, (row, "in_time", end): -1, (row, "late", end): -1})
        if rows and end.year == 2025:
            months = {name("received", month_on): -1 for month_on in starts}
            reader.adds_up({("All sources", "received", end): 1, **months})


def part(heading: str) -> str:
    """What a column of the table of partners counts; nothing for a share or an average."""
    named = {"Received": "received", "Acted on": "acted", "In time": "in_time", "Waiting": "waiting"}
    return next((column for words, column in named.items() if heading.startswith(words)), "")


def small(numbers: dict[Hashable, int]) -> list[Hashable]:
    """Small counts, but of who left awaiting: what POLIT's pages tell of that they tell without the tables."""
    return [one for one, number in numbers.items() if 0 < number < SMALLEST and "left" not in str(one)]


@EVERY_SEED
def test_the_tables_tell_no_small_count_beside_every_page_of_polit(seed: int) -> None:
    reader = Reader()
    read_measures(reader, measures(seed, BOARD))
    read_days(reader, seed, BOARD)
    read_flow(reader, flow(seed, BOARD, 0, 12))
    note_sums(reader, seed, month_starts())
    read_children(reader, seed)
    read_partners(reader, seed)
    assert [small(numbers) for numbers in (reader.seen, reader.reckons(), reader.rests())] == [[], [], []]


@EVERY_SEED
def test_the_paper_alone_tells_of_no_few_children_whose_case_was_closed(seed: int) -> None:
    reader = Reader()
    rows = measures(seed, BOARD)
    assert set(READ) >= ON_PAPER
    read_measures(reader, rows[rows["measure_ref"].isin(ON_PAPER).to_numpy()])
    read_children(reader, seed)
    for numbers in (reader.seen, reader.reckons(), reader.rests()):
        assert [one for one, number in numbers.items() if 0 < abs(number) < SMALLEST] == []


@EVERY_SEED
def test_what_is_shown_is_as_counted_and_a_month_reads_the_same_in_the_next_ones_paper(seed: int) -> None:
    for shown, counted in zip(children(seed, BOARD), children(seed, SYSTEM), strict=True):
        assert not counted.kept
        assert shown.numbers == counted.numbers
    for at in range(2, 13):
        newest, before = children_of_months(asked(seed, BOARD, months_of(max(at - 3, 0), at)), NO_DESK)
        assert before == children(seed, BOARD)[at - 2]
        assert newest.cell("opening") == before.cell("closing")


def test_most_is_told_where_there_is_much() -> None:
    told = [month.told("opening", "closing", "safeguarded") for month in children(2, BOARD)]
    assert sum(told) > 4
    rows = [partners(2, BOARD, end).rows for end in ENDS[1:]]
    assert all(len(each) > 2 for each in rows)


@EVERY_SEED
def test_children_add_up_and_are_those_that_are_found_one_by_one(seed: int) -> None:
    question = asked(seed, SYSTEM)
    facts, segments = question.snapshot.facts, question.snapshot.cases.segments
    rows = facts.tables["polit_children"]
    codes = rows["case_ref"].cat.codes.to_numpy()
    days = [rows[f"{done}_on"].dt.date for done in ("identified", "referred", "safeguarded")]
    stages: dict[int, list[tuple[date, date, int]]] = {}
    for code, start, after, stage in segments[["case", "start", "end", "stage"]].to_numpy().tolist():
        stages.setdefault(code, []).append((to_date(start), to_date(min(after, 30_000)), stage))
    closed = 6

    def awaits(at: int, on: date) -> bool:
        identified, _, safe = (each.iloc[at] for each in days)
        here = [stage for first, after, stage in stages[int(codes[at])] if first <= on < after]
        return bool(identified <= on and not (safe == safe and safe <= on) and here and here[0] != closed)

    for month_on, month in zip(month_starts(), children(seed, SYSTEM), strict=True):
        end = next(to_date(int(day)) for day in months_of().last if to_date(int(day)) >= month_on)
        assert month.numbers["closing"] == sum(awaits(at, end) for at in range(len(rows)))
        number = month.numbers
        moved = number["identified"] - number["safeguarded"] - number["left"]  # type: ignore[operator]
        assert number["opening"] + moved == number["closing"]  # type: ignore[operator]
        referred = [
            max((days[1].iloc[at] - days[0].iloc[at]).days, 0)
            for at in range(len(rows))
            if days[1].iloc[at] == days[1].iloc[at] and month_on <= days[1].iloc[at] <= end
        ]
        assert number["referred"] == len(referred)
        assert number["referred longest"] == max(referred, default=None)
        assert number["referred median"] == (sorted(referred)[(len(referred) - 1) // 2] if referred else None)


def test_a_case_closed_leaves_a_child_who_is_not_safe() -> None:
    children_of_case = [
        child("C1", f"K{at}", "2025-05-02", safeguarded="2025-06-03" if at < 6 else "") for at in range(12)
    ]
    moved = {"2025-06-10": "closed"}
    parts = [POLIT, case("C1", "2025-05-01", "high", "I1", moved), *children_of_case]
    question = ask(parts, "2025-06-30", BOARD, periods=months_of(3, 6))
    flowed, care = children_tables(question, NO_DESK)
    assert [row[1] for row in flowed.rows[:5]] == [12, 0, 6, 6, 0]
    assert flowed.finding == (
        "Children awaiting safeguarding fell from 12 to 0. 0 were identified and 6 were safeguarded, half of them"
        " within 32 days of being identified. 6 no longer await because their case was closed, which makes nobody safe."
    )
    assert [row[1] for row in care.rows] == [0, None, None, 0, 0]


def test_without_a_case_the_tables_speak_in_words() -> None:
    question = ask([POLIT], "2025-06-30", BOARD, periods=months_of(3, 6))
    tables = (*children_tables(question, NO_DESK), partners_table(question))
    assert [(table.rows, table.finding) for table in tables] == [((), "No POLIT case has been received yet.")] * 3


def test_in_the_first_month_nothing_awaited_before_and_no_quarter_is_over() -> None:
    found = [child("C1", f"K{at}", "2025-06-11") for at in range(7)]
    question = ask([POLIT, case("C1", "2025-06-10"), *found], "2025-06-29", BOARD, periods=months_of(3, 6))
    flowed, _ = children_tables(question, NO_DESK)
    assert [column.heading for column in flowed.columns] == ["Children", "June 2025"]
    assert [row[1] for row in flowed.rows[:5]] == [0, 7, 0, 0, 7]
    assert partners_table(question).finding == "No quarter is over since the first referral was received."
