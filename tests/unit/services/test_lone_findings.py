"""Findings on visits made alone: their figures, the lists behind them, and what a board may have."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

import numpy as np
import pandas as pd
import pytest

from offendermgmt.domain.vocabulary import LoneFinding
from offendermgmt.services.access import NotPermitted, Role, Viewer
from offendermgmt.services.crew_lists import BY_FINDING, Listed, visit_list
from offendermgmt.services.crewing import over_range
from offendermgmt.services.figures import Figure
from offendermgmt.services.lone_findings import Findings, findings_board, recorded_by, with_findings
from offendermgmt.services.question import Question
from tests.tables import Rows
from tests.unit.services.force import ask, offender

DI = Viewer("DI Elm", Role.DI, officer_ref="O2")
BOARD = Viewer("board", Role.BOARD)
ANALYST = Viewer("analyst", Role.ANALYST)
FIRST, LAST = date(2025, 6, 1), date(2025, 6, 30)


@dataclass(frozen=True)
class Version:
    visit_ref: str
    finding: str = "appropriate"
    found_by: str = "O2"
    version: int = 1
    recorded_at: datetime = datetime(2025, 6, 26, 12, tzinfo=UTC)
    is_void: bool = False
    text: str = "It was urgent"
    author: str = "DI Elm"


def visit(ref: str, at: str, crew: str = "O1", **more: str) -> dict[str, Rows]:
    row = {"visit_ref": ref, "offender_ref": "V1", "visited_at": at, "officer_refs": crew, "outcome": "completed"}
    return {"visits": [row | more]}


# 23 June 2025 is a Monday: with three working days the last day for its visits is the Thursday.
VISITS = [
    visit("monday", "2025-06-23T10:00"),
    visit("tuesday", "2025-06-24T10:00"),
    visit("pair", "2025-06-24T12:00", "O1;S1"),
    visit("allowed", "2025-06-24T14:00", lone_authorised_by="S1"),
]


def june(viewer: Viewer = DI) -> Question:
    return over_range(ask([offender("V1", "2025-01-01", "high", "O1"), *VISITS], "2025-06-30", viewer), FIRST, LAST)


def on(day: int, *versions: Version) -> Findings:
    return recorded_by(versions, date(2025, 6, day))


def of(figure: Figure) -> tuple[int | None, int | None]:
    return figure.numerator, figure.denominator


def test_a_lone_visit_waits_too_long_from_the_fourth_working_day() -> None:
    waiting = [of(findings_board(june(), on(day)).waiting) for day in (26, 27, 28, 30)]
    assert waiting == [(0, 3), (1, 3), (3, 3), (3, 3)]


def test_each_kind_of_finding_is_of_those_with_one() -> None:
    board = findings_board(june(), on(27, Version("monday"), Version("tuesday", "learning")))
    assert (of(board.found), of(board.waiting)) == ((2, 3), (0, 3))
    assert {str(kind): of(figure) for kind, figure in board.kinds.items()} == {
        "appropriate": (1, 2),
        "learning": (1, 2),
        "not_appropriate": (0, 2),
    }


def test_a_finding_on_a_visit_made_by_two_is_of_no_lone_visit() -> None:
    board = findings_board(june(), on(27, Version("pair")))
    assert of(board.found) == (0, 3)


@pytest.mark.parametrize(("visit_ref", "found_by"), [("monday", "O1"), ("allowed", "S1")])
def test_a_finding_by_whoever_went_or_authorised_does_not_count(visit_ref: str, found_by: str) -> None:
    found = on(30, Version(visit_ref, found_by=found_by))
    assert of(findings_board(june(), found).found) == (0, 3)
    assert visit_ref in set(visit_list(june(), Listed.WAITING, found=found)["visit_ref"])


def test_the_newest_finding_recorded_by_the_day_stands_and_a_withdrawn_one_does_not() -> None:
    later = datetime(2025, 6, 28, 12, tzinfo=UTC)
    corrected = Version("monday", "learning", version=2, recorded_at=later)
    withdrawn = Version("monday", "learning", version=3, recorded_at=later, is_void=True)
    days = [
        findings_board(june(), on(day, Version("monday"), corrected)).kinds[LoneFinding.LEARNING] for day in (27, 28)
    ]
    assert [of(figure) for figure in days] == [(0, 1), (1, 1)]
    assert of(findings_board(june(), on(28, Version("monday"), corrected, withdrawn)).found) == (0, 3)


def test_what_was_known_at_a_moment_is_what_was_recorded_by_then() -> None:
    versions = [Version("monday", recorded_at=datetime(2025, 6, 24, hour, tzinfo=UTC)) for hour in (9, 15)]
    known = recorded_by([replace(each, version=at + 1) for at, each in enumerate(versions)], LAST)
    early = recorded_by(versions[:1], LAST, datetime(2025, 6, 24, 8, tzinfo=UTC))
    assert (list(known.newest["version"]), len(early.newest)) == ([2], 0)


def test_a_finding_is_dated_by_londons_day() -> None:
    at_night = Version("monday", recorded_at=datetime(2025, 6, 26, 23, 30, tzinfo=UTC))
    assert (len(on(26, at_night).newest), len(on(27, at_night).newest)) == (0, 1)


@pytest.mark.parametrize("listed", sorted(BY_FINDING))
def test_a_list_by_finding_is_as_long_as_its_figure(listed: Listed) -> None:
    found = on(30, Version("monday"), Version("allowed", "not_appropriate"))
    board = findings_board(june(), found)
    figures = {
        Listed.FOUND: board.found.numerator,
        Listed.WAITING: board.waiting.numerator,
        Listed.UNFOUND: 1,
        **{Listed(kind): figure.numerator for kind, figure in board.kinds.items()},
    }
    assert len(visit_list(june(), listed, found=found)) == figures[listed]


def test_a_list_by_finding_without_the_findings_is_refused() -> None:
    with pytest.raises(ValueError, match="made by findings"):
        visit_list(june(), Listed.WAITING)


def test_what_was_found_stands_beside_the_visit() -> None:
    question, found = june(), on(30, Version("monday"), Version("pair"))
    rows = with_findings(question, found, visit_list(question, Listed.ATTENDED)).set_index("visit_ref")
    monday, tuesday, pair = rows.loc["monday"], rows.loc["tuesday"], rows.loc["pair"]
    assert (monday["finding"], monday["text"], monday["found_by"], monday["finding_version"]) == (
        "appropriate",
        "It was urgent",
        "O2",
        1,
    )
    assert [tuesday["finding"], tuesday["is_waiting"], tuesday["find_by"]] == ["", True, pd.Timestamp("2025-06-27")]
    assert [pair["finding"], pair["is_waiting"], pd.isna(pair["find_by"])] == ["", False, True]


def test_a_viewers_own_visits_and_authorisations_are_told_apart() -> None:
    for officer_ref, own in (("O1", ["allowed", "monday", "tuesday"]), ("S1", ["allowed"]), (None, [])):
        question = june(replace(DI, officer_ref=officer_ref))
        rows = with_findings(question, on(30), visit_list(question, Listed.LONE))
        assert sorted(rows.loc[rows["had_part"], "visit_ref"]) == own


def test_the_text_is_kept_from_who_sees_no_names_and_all_from_who_sees_counts() -> None:
    found, lone = on(30, Version("monday")), visit_list(june(), Listed.LONE)
    rows = with_findings(june(ANALYST), found, lone)
    assert (set(rows["text"]), sorted(set(rows["finding"]))) == ({""}, ["", "appropriate"])
    with pytest.raises(NotPermitted, match="sees counts, not people"):
        with_findings(june(BOARD), found, lone)


def many(alone: int, crewed: int = 20) -> list[dict[str, Rows]]:
    return [
        *(visit(f"a{number}", f"2025-06-02T{number % 10 + 10}:{number // 10:02}") for number in range(alone)),
        *(visit(f"c{number}", f"2025-06-03T{number % 10 + 10}:{number // 10:02}", "O1;S1") for number in range(crewed)),
    ]


def board_of(parts: list[dict[str, Rows]], kinds: tuple[int, int, int]) -> tuple[list[Figure], list[Figure]]:
    question = ask([offender("V1", "2025-01-01", "high", "O1"), *parts], "2025-06-30", BOARD)
    numbers = iter(range(sum(kinds)))
    versions = [
        Version(f"a{next(numbers)}", str(kind))
        for kind, times in zip(LoneFinding, kinds, strict=True)
        for _ in range(times)
    ]
    board = findings_board(over_range(question, FIRST, LAST), recorded_by(versions, LAST))
    return [board.found, board.waiting], list(board.kinds.values())


@pytest.mark.parametrize(
    ("alone", "kinds", "numbers_told", "kinds_told"),
    [
        (20, (5, 5, 0), True, True),
        (20, (9, 1, 0), True, False),
        (20, (3, 0, 0), False, False),
        (20, (6, 6, 6), False, False),  # two still wait
        (20, (0, 0, 0), True, True),
        (3, (0, 0, 0), False, False),
        (20, (10, 5, 5), True, True),
    ],
)
def test_a_board_has_no_small_count_of_findings_nor_what_would_give_it_back(
    alone: int, kinds: tuple[int, int, int], numbers_told: bool, kinds_told: bool
) -> None:
    numbers, by_kind = board_of(many(alone), kinds)
    assert {not figure.suppressed for figure in numbers} == {numbers_told}
    assert {not figure.suppressed for figure in by_kind} == {kinds_told}


def test_without_a_lone_visit_no_share_has_a_value() -> None:
    numbers, by_kind = board_of(many(0), (0, 0, 0))
    assert [of(figure) for figure in [*numbers, *by_kind]] == [(0, 0)] * 5
    assert np.all([figure.value is None for figure in numbers])
