"""What is due on a case, for the ways a case can stand (Q16); its whole page is held by the tests of pages."""

from collections.abc import Mapping

import pandas as pd

from offendermgmt.services.case_due import WhatsDue, whats_due
from offendermgmt.services.polit_case import DATED_BY
from tests.tables import Rows
from tests.unit.services.force import ask
from tests.unit.services.polit_force import POLIT, case


def due(on: str, *parts: Mapping[str, Rows]) -> WhatsDue:
    """What is due on the one case of `parts`, of whose histories nothing is needed."""
    question = ask([POLIT, *parts], on)
    segments = question.snapshot.cases.segments
    return whats_due(question, segments[segments["start"] <= question.on], {name: pd.DataFrame() for name in DATED_BY})


def titles(on: str, *parts: Mapping[str, Rows]) -> list[str]:
    return [item.title for item in due(on, *parts).items]


def sentences(on: str, *parts: Mapping[str, Rows]) -> str:
    return " ".join(text for item in due(on, *parts).items for text in item.sentences)


def test_on_the_act_by_day_itself_the_case_is_not_past_the_limit() -> None:
    high = case("C", "2025-03-01", "high", "I1")
    assert titles("2025-03-08", high)[0] == "Act by 8 Mar 2025: today"
    assert titles("2025-03-09", high)[0] == "Act by 8 Mar 2025: 1 day past the limit"


def test_a_case_stalls_the_day_after_the_last_that_is_allowed() -> None:
    high = case("C", "2025-03-01", "high", "I1")
    assert titles("2025-03-08", high)[1] == "Stalls on 9 Mar 2025 if nothing is done"
    assert titles("2025-03-09", high)[1] == "Stalled: 8 days without activity"


def test_a_case_acted_on_in_time_says_so_and_has_no_limit_running() -> None:
    acted = case("C", "2025-03-01", "high", "I1", {"2025-03-08": "under_investigation"})
    assert titles("2025-03-20", acted)[0] == "Acted on 8 Mar 2025, in time"
    assert "no limit runs now" in sentences("2025-03-20", acted)


def test_a_case_acted_on_late_says_by_how_much_whatever_was_graded_since() -> None:
    acted = case("C", "2025-03-01", "high", "I1", {"2025-03-10": "under_investigation"})
    later: dict[str, Rows] = {
        "polit_assessments": [{"case_ref": "C", "assessed_on": "2025-03-12", "tool": "KIRAT", "risk_level": "low"}]
    }
    assert titles("2025-03-20", acted, later)[0] == "Acted on 10 Mar 2025, 2 days past the limit"
    assert "low" not in due("2025-03-20", acted, later).items[0].sentences[0]


def test_a_case_back_in_the_backlog_has_its_limit_running_again() -> None:
    back = case("C", "2025-03-01", "low", "I1", {"2025-03-05": "with_cps", "2025-03-10": "awaiting_enforcement"})
    assert titles("2025-03-20", back)[0] == "Act by 31 Mar 2025: 11 days left"
    assert "has been back in it since 10 Mar 2025" in sentences("2025-03-20", back)


def test_a_case_whose_holder_left_is_unheld_since_that_day() -> None:
    left: dict[str, Rows] = {
        "polit_allocations": [
            {"case_ref": "C", "from_on": "2025-03-01", "to_on": "2025-03-11", "officer_ref": "I1"},
        ]
    }
    assert titles("2025-03-20", case("C", "2025-03-01", "low"), left)[0] == "Nobody holds this case"
    assert "Unallocated since 11 Mar 2025: 9 days." in sentences("2025-03-20", case("C", "2025-03-01", "low"), left)


def test_a_case_closed_from_the_backlog_has_nothing_due_and_no_act_by_day() -> None:
    closed = due("2025-03-20", case("C", "2025-03-01", "high", stages={"2025-03-04": "closed"}))
    assert [item.title for item in closed.items] == ["Nothing is due", "No limit runs"]
    assert closed.act_by_on is None


def test_a_case_closed_after_it_was_acted_on_still_says_whether_that_was_in_time() -> None:
    stages = {"2025-03-04": "with_cps", "2025-03-10": "closed"}
    assert titles("2025-03-20", case("C", "2025-03-01", "high", stages=stages)) == [
        "Nothing is due",
        "Acted on 4 Mar 2025, in time",
    ]
