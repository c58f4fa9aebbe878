"""The quarter that is over, and what became of a case by a day."""

from datetime import date

import pytest

from offendermgmt.domain.days import day_number, to_date
from offendermgmt.domain.receipt_outcomes import became_of, quarter_over
from tests.unit.services.force import ask
from tests.unit.services.polit_force import POLIT, case


@pytest.mark.parametrize(
    ("day", "first", "last"),
    [
        (date(2026, 9, 30), date(2026, 7, 1), date(2026, 9, 30)),
        (date(2026, 9, 29), date(2026, 4, 1), date(2026, 6, 30)),
        (date(2026, 12, 31), date(2026, 10, 1), date(2026, 12, 31)),
        (date(2026, 2, 1), date(2025, 10, 1), date(2025, 12, 31)),
    ],
)
def test_a_quarter_is_over_at_the_end_of_its_last_day(day: date, first: date, last: date) -> None:
    months = quarter_over(day)
    assert (len(months), to_date(int(months.first[0])), to_date(int(months.last[-1]))) == (3, first, last)


def test_a_case_acted_on_stays_so_whatever_comes_after() -> None:
    live, closed = "under_investigation", "closed"
    parts = [
        POLIT,
        case("C1", "2025-06-01", "medium", stages={"2025-06-15": live, "2025-06-20": closed}),
        case("C2", "2025-06-01", "medium", stages={"2025-06-16": live, "2025-06-20": "awaiting_allocation"}),
        case("C3", "2025-06-01", "medium", stages={"2025-06-02": closed}),
        case("C4", "2025-06-01", "medium", stages={"2025-07-01": live}),
        case("C5", "2025-07-01", "medium"),
    ]
    snapshot = ask(parts, "2025-07-31").snapshot
    rows = became_of(snapshot.cases.segments, day_number(date(2025, 6, 30)))
    refs = snapshot.facts.registers["case"].take(rows["case"].to_numpy())
    assert dict(zip(refs, rows["became"], strict=True)) == {
        "C1": "in_time",
        "C2": "late",
        "C3": "closed",
        "C4": "waiting",
    }
