"""From what a review showed to what is known now: who came, who left, what was late, and that it adds up (R60, R61)."""

from datetime import date, datetime
from typing import Any

import pandas as pd
import pytest

from offendermgmt.domain.days import LONDON
from offendermgmt.domain.vocabulary import Unit
from offendermgmt.services.morning_changes import CASES, VISITS, children_since
from offendermgmt.services.morning_flow import Moved, moved
from offendermgmt.services.morning_late import late
from offendermgmt.services.morning_parts import Since
from offendermgmt.services.polit_flow_events import Measure as CaseMeasure
from offendermgmt.services.question import Question
from offendermgmt.services.reports import overdue
from offendermgmt.services.seen import Seen, recorded_since, seen
from offendermgmt.services.trend_cases import Measure
from tests.unit.services.force import ask, fact, offender, visit
from tests.unit.services.polit_force import case, child

REVIEW_ON = date(2025, 6, 24)
SAME_MORNING = Since(REVIEW_ON, datetime(2025, 6, 24, 7, 30, tzinfo=LONDON))
NEXT_MORNING = Since(REVIEW_ON, datetime(2025, 6, 25, 7, 30, tzinfo=LONDON))
BEFORE, AFTER, DAY_AFTER = "2025-06-23T12:00:00Z", "2025-06-24T15:00:00Z", "2025-06-25T15:00:00Z"
Part = dict[str, Any]


def recorded(part: Part, at: str, **values: str) -> Part:
    return {name: [{**row, "recorded_at": at, **values} for row in rows] for name, rows in part.items()}


# All but V3 are due on 16 May, 15 days after registration, and V3 is on 26 June.
PEOPLE = [
    *(recorded(offender(ref, "2025-05-01", officer="O1"), BEFORE) for ref in ("V1", "V2", "V4", "V5")),
    recorded(offender("V3", "2025-06-11", officer="O2"), BEFORE),
    recorded(visit("V5", "2025-06-10"), BEFORE),
]
SINCE = [
    recorded(visit("V1", "2025-06-24"), AFTER),
    recorded(visit("V2", "2025-06-20"), DAY_AFTER),
    recorded(fact("offender_statuses", "V4", "2025-06-26", status="custody"), "2025-06-26T15:00:00Z"),
    recorded(visit("V5", "2025-06-10"), DAY_AFTER, is_void="true"),
]


def question(parts: list[Part], **narrowed: Any) -> Question:
    return ask(parts, "2025-06-30", **narrowed)


def late_records(asked: Question, since: Since = SAME_MORNING, unit: Unit = Unit.MOSOVO) -> pd.DataFrame:
    subject = "offender" if unit is Unit.MOSOVO else "case"
    return late(asked, since, unit, recorded_since(asked, subject, since.known_at))


def of_visits(asked: Question, since: Since = SAME_MORNING) -> Moved[Measure]:
    return moved(VISITS, asked, since, seen(asked, "offender", since.review_on, since.known_at))


def named(moved: Moved[Any]) -> dict[str, list[str]]:
    lists = {str(cause): rows for cause, rows in moved.causes.items()}
    lists |= {"corrected_in": moved.corrected_in, "corrected_out": moved.corrected_out}
    return {cause: list(rows.iloc[:, 0]) for cause, rows in lists.items() if len(rows)}


def test_everybody_who_came_or_left_has_one_cause_and_the_sum_is_the_backlog() -> None:
    moving = of_visits(question([*PEOPLE, *SINCE]))

    assert named(moving) == {
        "became_overdue": ["V3"],
        "corrected_in": ["V5"],
        "visited": ["V1"],
        "suspended": ["V4"],
        "corrected_out": ["V2"],
    }
    assert (moving.seen, moving.opening, moving.closing) == (3, 2, 2)
    assert (moving.that_day_in, moving.that_day_out) == (0, 1)


def test_what_was_seen_is_the_backlog_as_known_then() -> None:
    asked = question([*PEOPLE, *SINCE])
    known_then = question([*PEOPLE, *SINCE], known_at=SAME_MORNING.known_at)

    then = overdue(Question(known_then.snapshot, asked.viewer, REVIEW_ON, asked.today))

    assert list(then["offender_ref"]) == ["V1", "V2", "V4"]
    assert of_visits(asked).seen == len(then)


def test_a_record_of_the_reviews_own_day_is_late_only_for_a_review_made_after_it() -> None:
    visited = recorded(visit("V1", "2025-06-24"), DAY_AFTER)
    asked = question([*PEOPLE, visited])

    early, afterwards = of_visits(asked, SAME_MORNING), of_visits(asked, NEXT_MORNING)

    assert named(early) == {"became_overdue": ["V3"], "visited": ["V1"]}
    assert named(afterwards) == {"became_overdue": ["V3"], "corrected_out": ["V1"]}
    assert [len(late_records(asked, since)) for since in (SAME_MORNING, NEXT_MORNING)] == [0, 1]


def test_late_records_are_those_of_days_that_the_review_had_looked_at() -> None:
    rows = late_records(question([*PEOPLE, *SINCE]))

    assert rows[["table", "ref", "kind"]].to_numpy().tolist() == [
        ["visits", "V5", "withdrawn"],
        ["visits", "V2", "recorded"],
    ]
    assert list(rows["dated_on"].dt.day) == [10, 20]


def test_a_fact_recorded_again_is_a_correction() -> None:
    again = recorded(visit("V5", "2025-06-10", "no_reply"), DAY_AFTER)

    rows = late_records(question([*PEOPLE, again]))

    assert list(rows["kind"]) == ["corrected"]


def test_what_is_recorded_later_than_the_question_asks_for_is_not_there() -> None:
    asked = question([*PEOPLE, *SINCE], known_at=datetime(2025, 6, 25, 8, tzinfo=LONDON))

    assert named(of_visits(asked)) == {"became_overdue": ["V3"], "visited": ["V1"]}
    assert late_records(asked).empty


def test_narrowed_to_a_team_who_changed_hands_is_transferred() -> None:
    handed_over = recorded(fact("allocations", "V1", "2025-06-24", officer_ref="O2"), AFTER)
    facts = [*PEOPLE, handed_over]

    north, south = (of_visits(question(facts, team_ref=team)) for team in ("T1", "T2"))

    assert named(north) == {"transferred_out": ["V1"]}
    assert named(south) == {"became_overdue": ["V3"], "transferred_in": ["V1"]}
    assert (south.seen, south.that_day_in, south.closing) == (0, 1, 2)


@pytest.mark.parametrize("since", [SAME_MORNING, NEXT_MORNING])
def test_nothing_recorded_since_leaves_what_was_seen(since: Since) -> None:
    moving = of_visits(question(PEOPLE), since)

    assert named(moving) == {"became_overdue": ["V3"]}
    assert (moving.seen, moving.opening, moving.closing) == (3, 3, 4)


CASES_KNOWN = [
    recorded(case("C2", "2025-06-02", "high", "I1"), BEFORE),
    recorded(case("C5", "2025-06-02", "high", "I1"), BEFORE),
    recorded(child("C2", "K2", "2025-06-24"), "2025-06-24T06:00:00Z"),
    recorded(child("C2", "K5", "2025-06-10"), BEFORE),
]
CASES_SINCE = [
    recorded(case("C1", "2025-06-24", "high", "I1"), AFTER),
    recorded(case("C3", "2025-06-10", "high", "I1"), DAY_AFTER),
    recorded(child("C1", "K1", "2025-06-24"), AFTER),
    recorded(child("C5", "K3", "2025-06-26"), "2025-06-26T15:00:00Z"),
    recorded(child("C2", "K5", "2025-06-10", safeguarded="2025-06-27"), "2025-06-27T15:00:00Z"),
    recorded({"polit_stages": [{"case_ref": "C2", "from_on": "2025-06-27", "stage": "with_cps"}]}, DAY_AFTER),
]


def of_cases() -> tuple[Question, Seen]:
    asked = question([*CASES_KNOWN, *CASES_SINCE])
    return asked, seen(asked, "case", REVIEW_ON, SAME_MORNING.known_at)


def test_polits_backlog_adds_up_too() -> None:
    asked, then = of_cases()

    moving = moved(CASES, asked, SAME_MORNING, then)

    assert named(moving) == {"received": ["C1"], "corrected_in": ["C3"], "progressed": ["C2"]}
    assert (moving.seen, moving.opening, moving.closing) == (2, 4, 3)


def test_a_child_known_to_the_review_is_not_found_since() -> None:
    asked, then = of_cases()

    found = {
        measure: list(children_since(asked, SAME_MORNING, then, measure)["ref"])
        for measure in (CaseMeasure.IDENTIFIED, CaseMeasure.SAFEGUARDED)
    }

    assert found == {CaseMeasure.IDENTIFIED: ["K1", "K3"], CaseMeasure.SAFEGUARDED: ["K5"]}


def test_a_child_safeguarded_since_is_no_late_record() -> None:
    asked, _ = of_cases()

    rows = late_records(asked, unit=Unit.POLIT)

    assert set(rows["ref"]) == {"C3"}
    assert set(rows["table"]) == {"polit_cases", "polit_assessments", "polit_allocations"}
