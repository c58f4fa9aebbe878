"""How a figure reads as reported, as known now, and by how much they differ."""

from datetime import UTC, date, datetime
from typing import Any

import pandas as pd
import pytest

from offendermgmt.domain.vocabulary import ClosingState
from offendermgmt.services.measure_figures import FIGURES
from offendermgmt.services.month_closing import ClosedMonth
from offendermgmt.services.restated_table import in_words, records_in_words
from offendermgmt.services.restated_words import FACTS, came_of, records_text
from offendermgmt.services.restatement import Restatement

NAN = float("nan")
AT = datetime(2025, 7, 3, 9, tzinfo=UTC)
CLOSING = ClosedMonth(date(2025, 6, 1), ClosingState.CLOSED, 1, 1, AT, "Ash", AT, "shipped-1")


def records(*rows: tuple[str, int | None, int, int]) -> pd.DataFrame:
    frame = pd.DataFrame(list(rows), columns=["table", "late", "corrected", "withdrawn"])
    return frame.astype({"table": "str", "late": "Int64", "corrected": "Int64", "withdrawn": "Int64"})


def row(figure: str, was: tuple[float, float, float], now: tuple[float, float, float], **values: Any) -> dict[str, Any]:
    numbers = {
        f"{name}_{when}": number
        for when, three in (("reported", was), ("now", now))
        for name, number in zip(("numerator", "denominator", "value"), three, strict=True)
    }
    flags = {"is_restated": True, "is_kept_reported": False, "is_kept_now": False, "why": ""}
    return {"measure_ref": figure, "title": figure, "figure": figure, **numbers, **flags, **values}


def read(*rows: dict[str, Any]) -> list[tuple[str, ...]]:
    words = in_words(Restatement(CLOSING, pd.DataFrame(list(rows)), records()))
    return list(words.drop(columns=["title", "why"]).itertuples(index=False, name=None))


@pytest.mark.parametrize(
    ("figure", "was", "now", "expected"),
    [
        ("overdue", (18, NAN, 18), (1204, NAN, 1204), ("18", "", "1,204", "", "+1,186")),
        ("overdue-share", (1, 4, 0.25), (1, 5, 0.2), ("25.0%", "1 of 4", "20.0%", "1 of 5", "-5.0 points")),
        (
            "overdue-share",
            (999, 1000, 0.999),
            (1000, 1001, 0.999),
            ("99.9%", "999 of 1,000", "99.9%", "1,000 of 1,001", "Under 0.1 points"),
        ),
        ("cases-per-fte", (50, 2.5, 20), (51, 2.5, 20.4), ("20.0", "50 for 2.5", "20.4", "51 for 2.5", "+0.4")),
        ("overdue-share", (0, 0, NAN), (1, 2, 0.5), ("No value", "0 of 0", "50.0%", "1 of 2", "")),
        ("no-such-figure", (3, NAN, 3), (NAN, NAN, NAN), ("3.0", "", "No value", "", "")),
    ],
)
def test_a_figure_reads_in_its_own_unit(figure: str, was: Any, now: Any, expected: tuple[str, ...]) -> None:
    (shown,) = read(row(figure, was, now))
    assert (shown[0], shown[1], shown[2], shown[3], shown[4]) == expected


def test_what_is_kept_is_said_to_be_and_what_is_the_same_has_no_difference() -> None:
    kept = row("overdue", (6, NAN, 6), (NAN, NAN, NAN), is_kept_now=True)
    same = row("overdue", (6, NAN, 6), (6, NAN, 6), is_restated=False)
    assert read(same, kept) == [("6", "", "Not shown", "", "Not shown"), ("6", "", "6", "", "None")]


def test_what_came_is_said_by_how_it_came() -> None:
    came = records(("visits", 3, 1, 0), ("orders", 1, 0, 0), ("polit_cases", None, 0, 2))
    assert records_text(came, FACTS) == (
        "Recorded late: 3 visits, 1 order, a few POLIT cases. Corrected: 1 visit. Withdrawn: 2 POLIT cases."
    )
    assert list(records_in_words(came)["late"]) == ["3", "1", "Few"]


def test_a_figure_names_first_what_it_is_counted_from_and_else_what_its_unit_records() -> None:
    source = FIGURES["double-crewed"].source
    assert came_of(records(("visits", 3, 0, 0), ("orders", 1, 0, 0)), source) == "Recorded late: 3 visits."
    assert came_of(records(("orders", 1, 0, 0), ("polit_cases", 1, 0, 0)), source) == "Recorded late: 1 order."
    assert came_of(records(("orders", 1, 0, 0)), FIGURES["refused-rows"].source) == ""
