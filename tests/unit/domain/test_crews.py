"""Who goes with whom, and what a lone visit lacks."""

import numpy as np
import pandas as pd
import pytest

from offendermgmt.domain import crews
from offendermgmt.domain.crewing import STANDING, attended, shortfalls
from offendermgmt.domain.facts import Facts, known
from offendermgmt.domain.vocabulary import LoneShortfall, LoneVisit
from tests.tables import Rows, recordings

OFFICERS: Rows = [
    {"officer_ref": ref, "is_supervisor": str(ref.startswith("S")).lower(), "fte": "1"}
    for ref in ("O1", "O2", "O3", "S1")
]


def facts(*visits: dict[str, str]) -> Facts:
    rows = [
        {"visit_ref": f"K{number}", "offender_ref": "V1", "outcome": "completed", "visited_at": "2025-02-03T10:00:00"}
        | visit
        for number, visit in enumerate(visits)
    ]
    return known(recordings({"officers": OFFICERS, "visits": rows}))


def went(known_facts: Facts) -> pd.DataFrame:
    return crews.members(known_facts, np.arange(len(known_facts.tables["visits"])))


def test_an_officer_named_twice_was_there_once_and_an_empty_crew_has_nobody() -> None:
    listed = went(facts({"officer_refs": "O2;O1;O2"}, {"officer_refs": ""}, {"officer_refs": "S1"}))
    assert listed.to_numpy().tolist() == [[0, 1], [0, 0], [2, 3]]


def test_no_visits_have_no_members_partners_or_overlaps() -> None:
    nobody = facts()
    assert len(went(nobody)) == len(crews.partners(went(nobody))) == len(crews.at_once(nobody, went(nobody), 30)) == 0


def test_the_partner_of_most_visits_is_named_with_how_many() -> None:
    pairs = ("O1;O2", "O1;O2", "O1;O3", "O2;O3;O1")
    found = crews.partners(went(facts(*({"officer_refs": pair} for pair in pairs))))
    assert found.to_dict("records") == [
        {"officer": 0, "visits": 4, "partner": 1, "together": 3},
        {"officer": 1, "visits": 3, "partner": 0, "together": 3},
        {"officer": 2, "visits": 2, "partner": 0, "together": 2},
    ]


def at(time: str, crew: str) -> dict[str, str]:
    return {"visited_at": f"2025-02-03T{time}", "officer_refs": crew}


def overlaps(*visits: dict[str, str]) -> list[list[int]]:
    known_facts = facts(*visits)
    found: list[list[int]] = crews.at_once(known_facts, went(known_facts), 30).to_numpy().tolist()
    return found


def test_an_officer_of_a_crew_at_two_visits_less_than_the_minutes_apart_is_found() -> None:
    assert overlaps(at("10:29", "O3;O2"), at("10:00", "O1;O2")) == [[1, 1, 0, 29]]


def test_visits_as_far_apart_as_the_minutes_do_not_overlap() -> None:
    assert overlaps(at("10:00", "O1;O2"), at("10:30", "O3;O2")) == []


def test_two_close_visits_of_an_officer_alone_put_no_second_officer_in_doubt() -> None:
    assert overlaps(at("10:00", "O1"), at("10:10", "O1")) == []
    assert overlaps(at("10:00", "O1"), at("10:10", "O1;O2")) == [[0, 0, 1, 10]]


def test_of_three_close_visits_every_pair_is_found() -> None:
    assert overlaps(at("10:00", "O1;O2"), at("10:10", "O1;O3"), at("10:20", "O1;S1")) == [
        [0, 0, 1, 10],
        [0, 0, 2, 20],
        [0, 1, 2, 10],
    ]


AUTHORISED = {
    "officer_refs": "O1",
    "lone_reason": "urgent",
    "lone_risk_assessed_on": "2025-02-03",
    "lone_authorised_by": "S1",
    "lone_authorised_at": "2025-02-03T10:00:00",
}


@pytest.mark.parametrize(
    ("change", "lacking"),
    [
        ({}, []),
        ({"lone_reason": ""}, [LoneShortfall.NO_REASON]),
        ({"lone_risk_assessed_on": ""}, [LoneShortfall.NOT_ASSESSED]),
        ({"lone_risk_assessed_on": "2025-02-04"}, [LoneShortfall.ASSESSED_AFTER]),
        ({"lone_authorised_by": ""}, [LoneShortfall.NO_AUTHORISER]),
        ({"lone_authorised_by": "O2"}, [LoneShortfall.NOT_SUPERVISOR]),
        ({"officer_refs": "S1"}, [LoneShortfall.ON_VISIT]),
        ({"lone_authorised_by": "O1"}, [LoneShortfall.NOT_SUPERVISOR, LoneShortfall.ON_VISIT]),
        ({"lone_authorised_at": ""}, [LoneShortfall.NO_TIME]),
        ({"lone_authorised_at": "2025-02-03T10:00:01"}, [LoneShortfall.AUTHORISED_AFTER]),
    ],
)
def test_each_condition_that_is_missing_is_named_and_fits_the_standing(
    change: dict[str, str], lacking: list[LoneShortfall]
) -> None:
    known_facts = facts(AUTHORISED | change)
    found = shortfalls(known_facts, known_facts.tables["visits"]).iloc[0]
    assert list(found.index[found]) == lacking
    late = lacking == [LoneShortfall.AUTHORISED_AFTER]
    expected = LoneVisit.AUTHORISED_LATE if late else LoneVisit.UNAUTHORISED if lacking else LoneVisit.AUTHORISED
    assert STANDING[attended(known_facts)["lone"].iloc[0]] is expected
