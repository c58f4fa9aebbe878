"""Preventive orders as a board reads them: who is counted where, and what can be taken from a month and the next."""

from collections.abc import Hashable
from dataclasses import replace
from datetime import date
from functools import cache
from random import Random

import pytest

from offendermgmt.domain.days import to_date
from offendermgmt.domain.periods import Every, Periods
from offendermgmt.domain.prevention_policy import PreventionPolicy
from offendermgmt.domain.vocabulary import Improvement
from offendermgmt.services.access import SYSTEM, Role, Viewer
from offendermgmt.services.board_prevention import order_counts, prevention_table
from offendermgmt.services.board_tables import NOT_SHOWN, BoardTable
from offendermgmt.services.framework import Measure
from offendermgmt.services.measure_figures import FIGURES
from offendermgmt.services.measure_series import measure_rows
from offendermgmt.services.question import Question
from tests.tables import Rows
from tests.unit.services.force import ask, fact, offender
from tests.unit.services.polit_reading import NO_DESK
from tests.unit.services.reckoning import Reader

BOARD = Viewer("board", Role.BOARD)
MONTHS = Periods.between(date(2025, 1, 1), date(2025, 6, 30), Every.MONTH)
SMALLEST = 5
SEEDS = range(4)


def order(ref: str, number: int, kind: str, from_on: str, to_on: str = "") -> dict[str, Rows]:
    return {
        "orders": [
            {"offender_ref": ref, "order_ref": str(number), "kind": kind, "from_on": from_on, "to_on": to_on},
        ]
    }


def busy_orders(seed: int) -> list[dict[str, Rows]]:
    """People of whom about half have had an order of some kind, that began and may have ended in any month."""
    random = Random(seed)  # noqa: S311
    parts: list[dict[str, Rows]] = []
    for at in range((30, 90, 150, 400)[seed]):
        ref, level = f"P{at}", random.choice(("high", "medium", "low", "low"))
        parts.append(offender(ref, "2024-06-01", level, "O1"))
        for number in range(random.choice((0, 0, 1, 1, 2))):
            kind = random.choice(("SHPO", "SHPO", "shpo ", "SHPO", "SRO", "VRO", "notification"))
            begins = f"202{random.choice('445')}-0{random.randrange(1, 7)}-1{random.randrange(10)}"
            ends = random.choice(("", f"2025-0{random.randrange(1, 10)}-2{random.randrange(9)}", "2027-01-01"))
            parts.append(order(ref, number, kind, begins, ends if ends > begins else ""))
        if random.random() < 0.1:
            parts.append(fact("offender_statuses", ref, f"2025-0{random.randrange(1, 7)}-05", status="ended"))
    return parts


@cache
def known(seed: int) -> Question:
    return ask(busy_orders(seed), "2025-06-30")


def asked(seed: int, viewer: Viewer, last: int) -> Question:
    """The question of the paper of a month by position, over the months up to it."""
    months = Periods(MONTHS.first[:last], MONTHS.last[:last])
    return replace(known(seed), viewer=viewer, as_of=to_date(int(months.last[-1])), periods=months)


@cache
def table(seed: int, last: int) -> BoardTable:
    return prevention_table(asked(seed, BOARD, last), NO_DESK)


HEADINGS = {"Managed": "offenders", "High": "high", "Order ends": "ending", "Began": "began", "Ended": "ended"}


def read(reader: Reader, seed: int, last: int) -> None:
    """Read one month's table, and note how it adds up and what a reader would try, where it is so."""
    shown, rows = table(seed, last), [str(row[0]) for row in table(seed, last).rows]
    for cells in shown.rows:
        for column, cell in zip(shown.columns, cells, strict=True):
            part = next((named for words, named in HEADINGS.items() if column.heading.startswith(words)), "")
            if part and cell not in (NOT_SHOWN, None):
                reader.see((cells[0], part, last), cell)
    everyone, nobody = "All managed offenders", "No preventive order"
    for row in rows:
        offenders = (row, "offenders", last)
        reader.adds_up({offenders: 1, (row, "high", last): -1, (row, "other", last): -1})
        if row not in (everyone, nobody):
            reader.adds_up({offenders: 1, (row, "ending", last): -1, (row, "lasting", last): -1})
    for part in (*HEADINGS.values(), "other", "lasting"):
        of = [
            row
            for row in rows
            if row not in {everyone, *({nobody} if part not in ("offenders", "high", "other") else ())}
        ]
        if rows:
            reader.adds_up({(everyone, part, last): 1, **{(row, part, last): -1 for row in of}})
    truth = order_counts(asked(seed, SYSTEM, last))
    for row in rows:
        if row in truth.index and row != nobody:
            numbers = truth.loc[row]
            if numbers["before"] + numbers["began"] - numbers["ended"] == numbers["offenders"]:
                moved: dict[Hashable, int] = {(row, "began", last): 1, (row, "ended", last): -1}
                reader.adds_up({(row, "offenders", last - 1): 1, **moved, (row, "offenders", last): -1})


def read_measure(reader: Reader, seed: int) -> None:
    """Read the measures of orders, of every month."""
    for code in ("orders-in-force", "orders-begun"):
        measure = Measure(code, "", code, code, Improvement.NEUTRAL, None, None, "", (), 1, date(2000, 1, 1))
        rows = measure_rows(asked(seed, BOARD, 6), [measure], MONTHS, NO_DESK)
        for last, row in enumerate(rows.to_dict("records"), start=1):
            if code == "orders-begun":
                reader.see(("All managed offenders", "began", last), row["numerator"])
                continue
            reader.see(("under", last), row["numerator"])
            reader.see(("All managed offenders", "offenders", last), row["denominator"])
            total: dict[Hashable, int] = {("All managed offenders", "offenders", last): 1, ("under", last): -1}
            reader.adds_up({**total, ("No preventive order", "offenders", last): -1})


@pytest.mark.parametrize("seed", SEEDS)
def test_papers_of_all_months_beside_the_measures_tell_no_small_count(seed: int) -> None:
    reader = Reader()
    assert set(FIGURES) > {"orders-in-force", "orders-begun"}
    read_measure(reader, seed)
    for last in range(1, 7):
        read(reader, seed, last)
    for numbers in (reader.seen, reader.reckons(), reader.rests()):
        assert [one for one, number in numbers.items() if 0 < number < SMALLEST] == []


def test_most_is_told_where_there_is_much() -> None:
    cells = [cell for last in range(1, 7) for row in table(3, last).rows for cell in row]
    assert sum(cell == NOT_SHOWN for cell in cells) < len(cells) / 3
    assert {row[0] for row in table(3, 6).rows} >= {"SHPO", "SRO", "VRO"}


@pytest.mark.parametrize("seed", SEEDS)
def test_everybody_counts_once_under_the_order_that_holds_longest(seed: int) -> None:
    counts = order_counts(asked(seed, SYSTEM, 6))
    orders: dict[str, list[dict[str, str]]] = {}
    ended = set()
    refs = []
    for part_of in busy_orders(seed):
        refs += [row["offender_ref"] for row in part_of.get("offenders", [])]
        ended |= {row["offender_ref"] for row in part_of.get("offender_statuses", [])}
        for row in part_of.get("orders", []):
            orders.setdefault(row["offender_ref"], []).append(row)
    kinds = {"none": 0, "ending": 0}
    for ref in set(refs) - ended:
        holding = [
            row
            for row in orders.get(ref, [])
            if row["kind"] != "notification" and row["from_on"] <= "2025-06-30" < (row["to_on"] or "9")
        ]
        until = max((row["to_on"] or "9" for row in holding), default="")
        kinds["none"] += not until
        kinds["ending"] += "" < until <= "2025-12-29"
    assert counts.loc["No preventive order", "offenders"] == kinds["none"]
    assert counts["ending"].sum() == kinds["ending"]
    assert counts["offenders"].sum() == len(set(refs) - ended)


def test_an_order_that_another_outlasts_is_not_about_to_lapse() -> None:
    people = [offender(f"P{at}", "2024-01-01", "high", "O1") for at in range(20)]
    short = [order(f"P{at}", 1, "SHPO", "2024-01-01", "2025-08-01") for at in range(12)]
    longer = [order(f"P{at}", 2, "SRO", "2025-06-10", "2028-01-01") for at in range(6)]
    question = ask([*people, *short, *longer], "2025-06-30", BOARD, periods=MONTHS)
    told = prevention_table(question, NO_DESK)
    assert [row[0:1] + row[1:2] + row[3:] for row in told.rows] == [
        ("SHPO", 6, 6, 6, 0, 0),
        ("SRO", 6, 6, 0, 6, 0),
        ("No preventive order", 8, 8, None, None, None),
        ("All managed offenders", 20, 20, 6, 6, 0),
    ]
    assert told.finding == (
        "12 of 20 managed offenders are under a preventive order. 8 of the 20 at high or very high risk are under none."
        " The order of 6 offenders ends by 29 Dec 2025 with none to follow."
    )


def test_without_orders_the_table_speaks_in_words() -> None:
    people = [offender(f"P{at}", "2024-01-01", "high", "O1") for at in range(20)]
    noticed = [order(f"P{at}", 1, "Notification", "2024-01-01") for at in range(20)]
    for parts, said in ((people, "No order is on record."), ([*people, *noticed], "Nobody who is managed is under")):
        told = prevention_table(ask(parts, "2025-06-30", BOARD, periods=MONTHS), NO_DESK)
        assert told.rows == ()
        assert told.finding.startswith(said)


@pytest.mark.parametrize("days", [0, -7])
def test_days_that_leave_no_time_are_refused(days: int) -> None:
    with pytest.raises(ValueError, match=f"order_end_days {days}"):
        PreventionPolicy.from_document({"order_end_days": days})
