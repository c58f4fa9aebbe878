"""What a board that reckons can take from the page of trends, every table of it and two days compared beside them."""

from collections.abc import Hashable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from random import Random
from typing import Any

import pandas as pd
import pytest

from offendermgmt.domain.periods import Every, Periods
from offendermgmt.services.access import SYSTEM, Role, Viewer
from offendermgmt.services.comparison import Comparison
from offendermgmt.services.comparison_small import compared_as_shown
from offendermgmt.services.compliance_of_months import compliance_of_months
from offendermgmt.services.figures import Figure
from offendermgmt.services.overdue import overdue_board
from offendermgmt.services.question import Question
from offendermgmt.services.trends import CAUSES_IN, CAUSES_OUT, TrendTables, trend_tables
from offendermgmt.services.trends_small import month_tables, trends_as_shown
from tests.tables import Rows
from tests.unit.services.force import ask, fact, offender, visit
from tests.unit.services.reckoning import Reader

BOARD = Viewer("board", Role.BOARD)
FIRST, LAST = date(2025, 1, 1), date(2025, 6, 30)
DAY = timedelta(days=1)
OUTCOMES = ("completed", "no_reply", "refused", "moved")
COMPARED = (
    (FIRST - DAY, LAST),
    (date(2025, 2, 28), date(2025, 4, 30)),
    (date(2025, 5, 31), LAST),
    (date(2024, 8, 31), date(2024, 11, 30)),
)
BEFORE = (date(2024, 9, 30), date(2024, 10, 31), date(2024, 11, 30))
# Months by position, from one up to another.
RANGES = ((0, 6), (0, 5), (1, 6), (2, 4), (3, 6))


def busy_force(seed: int) -> list[dict[str, Rows]]:
    """People of every fate over a year and a half: visited, missed, re-graded, suspended, ended."""
    random = Random(seed)  # noqa: S311
    start, parts = date(2024, 6, 1), list[dict[str, Rows]]()
    for number in range(random.choice((25, 60, 140))):
        ref = f"P{number}"
        registered = start + timedelta(days=random.randrange(300))
        level = random.choice(("very_high", "high", "high", "medium", "low"))
        parts.append(offender(ref, str(registered), level, random.choice(("O1", "O2"))))
        days = sorted({registered + timedelta(days=random.randrange(1, 390)) for _ in range(random.randrange(9))})
        for day in days:
            match random.randrange(12):
                case 0:
                    parts.append(fact("offender_statuses", ref, str(day), status=random.choice(("custody", "ended"))))
                case 1:
                    parts.append(fact("risk_assessments", ref, str(day), tool="ARMS", risk_level="low"))
                case _:
                    parts.append(
                        visit(ref, str(day), random.choice((*OUTCOMES, "completed", "completed", "cancelled")))
                    )
    return parts


@cache
def force(seed: int) -> Question:
    return ask(busy_force(seed), str(LAST))


def asked(seed: int, viewer: Viewer, first: int = 0, last: int = 6) -> Question:
    """The question over months by position, as of the end of the last."""
    months = Periods.between(FIRST, LAST, Every.MONTH)
    periods = Periods(months.first[first:last], months.last[first:last])
    as_of = pd.Timestamp(int(periods.last[-1]), unit="D").date()
    return replace(force(seed), viewer=viewer, as_of=as_of, periods=periods)


@cache
def shown(seed: int, viewer: Viewer, first: int = 0, last: int = 6) -> TrendTables:
    """The tables as the viewer has them; whoever may have all has them month by month too."""
    question = asked(seed, viewer, first, last)
    return month_tables(question) if viewer.opens_lists else trends_as_shown(question)


@cache
def compared(seed: int, viewer: Viewer, days: tuple[date, date]) -> Comparison:
    found = compared_as_shown(asked(seed, viewer), *days)
    if viewer.opens_lists:
        months = Periods.between(days[0] + DAY, days[1], Every.MONTH)
        counts = compliance_of_months(replace(asked(seed, viewer), periods=months)).sum()
        share = Figure.share(found.kept.definition, found.kept.setting, int(counts["met"]), int(counts["due"]))
        found = replace(found, kept=share)
    return found


def read_tables(reader: Reader, tables: TrendTables) -> None:
    for row in tables.backlog.to_dict("records"):
        for name in ("overdue", "running", "managed"):
            reader.see((name, row["on"].date()), row[name])
        of_a_day(reader, row["on"].date())
    for rows in (tables.flow, tables.over_range):
        read_flow(reader, rows)
    for row in tables.compliance.to_dict("records"):
        first, last = span(row)
        for name in ("not_overdue", "running"):
            reader.see((name, last), row[name])
        for name in ("due", "met", "missed"):
            reader.see((name, first, last), row[name])
    for row in tables.attempts.to_dict("records"):
        for name in ("attended", *OUTCOMES, "cancelled"):
            reader.see((name, *span(row)), row[name])
        reader.adds_up({("attended", *span(row)): 1, **{(name, *span(row)): -1 for name in OUTCOMES}})
    for row in tables.recording.to_dict("records"):
        reader.see(("attended", *span(row)), row["visits"])


def read(seed: int, viewer: Viewer) -> Reader:
    """Every range and every two days of the page, beside the page of the backlog at each month's end."""
    reader = Reader()
    for first, last in RANGES:
        read_tables(reader, shown(seed, viewer, first, last))
    for days in COMPARED:
        read_compared(reader, compared(seed, viewer, days))
    for day in shown(seed, viewer).backlog["on"]:
        read_backlog(reader, replace(force(seed), viewer=viewer, as_of=day.date()))
    add_up_months(reader)
    return reader


def span(row: dict[Hashable, Any]) -> tuple[date, date]:
    return row["period_start"].date(), row["period_end"].date()


def of_a_day(reader: Reader, day: date) -> None:
    reader.adds_up({("overdue", day): 1, ("not_overdue", day): 1, ("running", day): -1})
    reader.adds_up({("running", day): 1, ("stopped", day): 1, ("managed", day): -1})
    reader.adds_up({("overdue", day): 1, ("rest", day): 1, ("managed", day): -1})


def read_flow(reader: Reader, rows: pd.DataFrame) -> None:
    for row in rows.to_dict("records"):
        first, last = span(row)
        reader.see(("overdue", first - DAY), row["opening"])
        reader.see(("overdue", last), row["closing"])
        for cause in (*CAUSES_IN, *CAUSES_OUT):
            if cause in row:
                reader.see((cause, first, last), row[cause])
        identity(reader, first, last, [cause for cause in (*CAUSES_IN, *CAUSES_OUT) if cause in row])


def identity(reader: Reader, first: date, last: date, causes: Sequence[str]) -> None:
    signs: dict[Hashable, int] = {(cause, first, last): 1 if cause in CAUSES_IN else -1 for cause in causes}
    reader.adds_up({("overdue", first - DAY): 1, **signs, ("overdue", last): -1})


def read_compared(reader: Reader, compared: Comparison) -> None:
    for day, of in ((compared.earlier_on, "earlier"), (compared.later_on, "later")):
        figures = {pair.title: getattr(pair, of) for pair in compared.figures}
        size, share, of_all, high, _, _, managed, running, stock = figures.values()
        seen = [("overdue", size.value), ("overdue", share.numerator), ("running", share.denominator)]
        seen += [("overdue", of_all.numerator), ("managed", of_all.denominator), ("high", high.numerator)]
        seen += [("overdue", high.denominator), ("managed", managed.value), ("running", running.value)]
        for name, value in (*seen, ("not_overdue", stock.numerator), ("running", stock.denominator)):
            reader.see((name, day), value)
        of_a_day(reader, day)
    read_flow(reader, compared.flow)
    days = compared.earlier_on + DAY, compared.later_on
    reader.see(("due", *days), compared.kept.denominator)
    reader.see(("met", *days), compared.kept.numerator)


def read_backlog(reader: Reader, question: Question) -> None:
    board, day = overdue_board(question), question.as_of
    for figure, names in ((board.share, ("overdue", "running")), (board.high_risk, ("high", "overdue"))):
        for name, value in zip(names, (figure.numerator, figure.denominator), strict=True):
            reader.see((name, day), value)
    reader.see(("overdue", day), board.size.value)


def add_up_months(reader: Reader) -> None:
    """What is of several months is the sum of what is of each."""
    months = [span(row) for row in shown(0, SYSTEM).flow.to_dict("records")]
    months = [*((day.replace(day=1), day) for day in BEFORE), *months]
    spans_read = {tuple(name[1:]) for name in reader.seen if len(name) == 3}
    ranges = {(FIRST, LAST), *(days for days in spans_read if days not in months)}
    for first, last in months:
        identity(reader, first, last, [*CAUSES_IN[:1], *CAUSES_OUT[:4]])
    for days in {*months, *ranges}:
        reader.adds_up(dict(zip([(name, *days) for name in ("due", "met", "missed")], (1, -1, -1), strict=True)))
    for first, last in ranges:
        inside = [month for month in months if first <= month[0] and month[1] <= last]
        for name in (*CAUSES_IN[:1], *CAUSES_OUT[:4], "due", "met", "missed"):
            reader.adds_up({(name, first, last): 1, **{(name, *month): -1 for month in inside}})


def given_away(truth: Reader, board: Reader) -> list[Hashable]:
    numbers = truth.seen | truth.reckons()
    small = {name for name, number in numbers.items() if 0 < number < 5}
    assert small
    assert {name: numbers[name] for name in board.seen} == board.seen
    few = [names for names, number in board.rests().items() if 0 < number < 5]
    return sorted((small & (board.seen.keys() | board.reckons().keys())) | set(few), key=str)


EVERY_SEED = pytest.mark.parametrize("seed", [0, 2, 3, 5])


@EVERY_SEED
def test_a_board_cannot_work_out_a_small_count_from_all_ranges_of_the_page_together(seed: int) -> None:
    assert given_away(read(seed, SYSTEM), read(seed, BOARD)) == []


@pytest.mark.parametrize("every", [Every.WEEK, Every.DAY])
def test_a_board_reads_calendar_months(every: Every) -> None:
    periods = Periods.between(FIRST, LAST, every)
    with pytest.raises(ValueError, match="reads calendar months"):
        trends_as_shown(replace(force(0), viewer=BOARD, periods=periods))


@pytest.mark.parametrize("days", [(date(2025, 1, 30), LAST), (date(2025, 1, 31), date(2025, 3, 1))])
def test_a_board_compares_ends_of_months(days: tuple[date, date]) -> None:
    with pytest.raises(ValueError, match="choose the last day of a month"):
        compared_as_shown(asked(0, BOARD), *days)


def test_a_month_reads_the_same_in_every_range() -> None:
    whole = shown(2, BOARD)
    for first, last in RANGES[1:]:
        part = shown(2, BOARD, first, last)
        for name in ("backlog", "flow", "compliance", "attempts"):
            rows = getattr(whole, name).iloc[first:last].reset_index(drop=True)
            pd.testing.assert_frame_equal(getattr(part, name), rows)


def test_most_of_the_trends_is_told() -> None:
    kept = [
        shown(seed, BOARD).flow[["opening", "became_overdue", "visited", "closing"]].isna() for seed in (0, 2, 3, 5)
    ]
    assert 0 < pd.concat(kept).to_numpy().mean() < 0.5


def test_a_board_is_shown_the_true_numbers_and_the_same_on_every_look() -> None:
    truth, board, again = shown(5, SYSTEM), shown(5, BOARD), trends_as_shown(asked(5, BOARD))
    for name, rows in vars(board).items():
        pd.testing.assert_frame_equal(rows, getattr(again, name))
        same = getattr(truth, name).astype(rows.dtypes.to_dict()).where(rows.notna())
        pd.testing.assert_frame_equal(rows, same, check_dtype=False)


def test_rows_are_the_same_rows_inside_the_units() -> None:
    question = asked(5, SYSTEM)
    for name, rows in vars(trends_as_shown(question)).items():
        pd.testing.assert_frame_equal(rows, getattr(trend_tables(question), name))


def test_the_share_is_kept_where_few_are_in_time_and_the_backlog_is_shown() -> None:
    few_in_time = [offender(f"A{number}", "2025-01-01", "low", "O1") for number in range(20)]
    for number in range(20, 23):
        few_in_time += [offender(f"A{number}", "2025-01-01", "low", "O1"), visit(f"A{number}", "2025-01-10")]
    question = ask(
        few_in_time, "2025-01-31", BOARD, periods=Periods.between(date(2025, 1, 1), date(2025, 1, 31), Every.MONTH)
    )
    row, stock = trends_as_shown(question).backlog.iloc[0], trends_as_shown(question).compliance.iloc[0]
    assert row["overdue"] == 20
    assert pd.isna([row["running"], row["share"], stock["not_overdue"], stock["stock"]]).all()
    later = [pair.later for pair in compared_as_shown(question, FIRST - DAY, date(2025, 1, 31)).figures]
    assert [figure.value for figure in later if not figure.suppressed][:1] == [20]
    assert [figure.definition for figure in later if figure.numerator is not None and figure.denominator == 23] == []
