"""Decisions for one viewer: figures and lists over a small force."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pandas as pd
import pytest

from offendermgmt.domain.vocabulary import DecisionKind, DecisionState, Unit
from offendermgmt.services.access import NotPermitted, Role, Viewer
from offendermgmt.services.consultations import Subject
from offendermgmt.services.decision_lists import Which, decision_board, history, open_in_words
from offendermgmt.services.decision_owners import owners
from offendermgmt.services.decisions import Decision
from offendermgmt.services.question import Question
from tests.tables import Rows
from tests.unit.services.force import ask, offender

DI = Viewer("DI Elm", Role.DI, officer_ref="S1")
NORTH = Viewer("DS Cedar", Role.SUPERVISOR, officer_ref="S1", team_refs=("T1",), units=(Unit.MOSOVO,))
ASH = Viewer("DC Ash", Role.OFFICER, officer_ref="O1", units=(Unit.MOSOVO,))
ANALYST = Viewer("analyst", Role.ANALYST)
BOARD = Viewer("board", Role.BOARD)
TODAY = date(2025, 6, 30)
CASES: dict[str, Rows] = {
    "teams": [{"team_ref": "P", "name": "Online", "unit": "POLIT"}],
    "officers": [
        {"officer_ref": "I1", "name": "Fir", "rank": "DC", "is_supervisor": "false", "team_ref": "P", "fte": "1"},
        {
            "officer_ref": "OLD",
            "name": "Lime",
            "rank": "PC",
            "is_supervisor": "false",
            "team_ref": "T1",
            "fte": "1",
            "to_on": "2025-06-30",
        },
    ],
    "polit_cases": [{"case_ref": "C1", "received_on": "2025-06-01", "source": "NCA"}],
    "polit_allocations": [{"case_ref": "C1", "from_on": "2025-06-02", "officer_ref": "I1"}],
}
PEOPLE = [offender("V1", "2025-01-01", "high", "O1"), offender("V2", "2025-01-01", "low", "O2"), CASES]


def decision(ref: str, about: str = "V1", *, due: int = 5, taken: int = -3, **more: Any) -> Decision:
    """A decision about V1 due five days from today and taken three days ago, but for what is said."""
    made = datetime(2025, 6, 30, 9, tzinfo=UTC) + timedelta(days=taken)
    plain = Decision(
        decision_ref=ref,
        version=1,
        about=Subject("case" if about.startswith("C") else "offender", about),
        kind=DecisionKind.PLAN_BY,
        decided_on=made.date(),
        decided_at=made,
        decided_by="DI Elm",
        owner_ref="O1",
        due_on=TODAY + timedelta(days=due),
        reason="Never seen",
        state=DecisionState.OPEN,
        outcome="",
        closed_on=None,
        changed_by="DI Elm",
        changed_at=made,
        is_withdrawn=False,
    )
    return replace(plain, **more)


DONE: dict[str, Any] = {"state": DecisionState.DONE, "closed_on": TODAY, "outcome": "Seen", "version": 2}
ALL = [
    decision("late", due=-2),
    decision("today", due=0, kind=DecisionKind.DEFER),
    decision("south", "V2", owner_ref=None),
    decision("case", "C1", owner_ref="I1"),
    decision("done", **DONE),
    decision("mistake", is_withdrawn=True),
    decision("to come", taken=1),
]


def at(
    viewer: Viewer = DI, on: date = TODAY, *, team_ref: str | None = None, officer_ref: str | None = None
) -> Question:
    return ask(PEOPLE, on.isoformat(), viewer, team_ref=team_ref, officer_ref=officer_ref)


def refs(question: Question, which: Which = Which.OPEN, unit: Unit | None = None) -> list[str]:
    rows = decision_board(question, ALL, which, unit).rows
    assert rows is not None
    return list(rows["decision_ref"])


@pytest.mark.parametrize(
    ("which", "listed"),
    [
        (Which.OPEN, ["late", "today", "case", "south"]),
        (Which.DUE, ["late", "today"]),
        (Which.LATE, ["late"]),
        (Which.TODAY, ["today"]),
        (Which.DEFERRED, ["today"]),
        (Which.MINE, ["south"]),
        (Which.CLOSED, ["done"]),
    ],
)
def test_each_list_has_its_decisions_the_longest_due_first(which: Which, listed: list[str]) -> None:
    assert refs(at(), which) == listed


def test_a_figure_is_as_long_as_its_list() -> None:
    board = decision_board(at(), ALL)
    for which, figure in board.figures.items():
        number = figure.value if which is Which.OPEN else figure.numerator
        assert (number, figure.denominator) == (len(refs(at(), which)), None if which is Which.OPEN else 4)


def test_a_closed_decision_was_open_on_the_days_before() -> None:
    rows = decision_board(at(on=TODAY - timedelta(days=1)), ALL).rows
    assert rows is not None
    done = rows.set_index("decision_ref").loc["done"]
    assert [done["state"], done["outcome"], pd.isna(done["closed_on"])] == ["open", "", True]


@pytest.mark.parametrize(
    ("viewer", "listed"),
    [
        (NORTH, ["late", "today"]),
        (ASH, ["late", "today"]),
        (Viewer("DC Fir", Role.INVESTIGATOR, officer_ref="I1", units=(Unit.POLIT,)), ["case"]),
        (replace(ASH, officer_ref="O2"), ["south"]),
        (Viewer("DI Elm", Role.OFFICER, officer_ref="O9"), ["south"]),
    ],
)
def test_a_viewer_has_the_decisions_on_their_cases_and_those_they_own(viewer: Viewer, listed: list[str]) -> None:
    assert refs(at(viewer)) == listed


def test_decisions_are_narrowed_to_a_unit_a_team_or_an_officer() -> None:
    assert refs(at(), unit=Unit.POLIT) == ["case"]
    assert refs(at(team_ref="T2")) == ["south"]
    assert refs(at(officer_ref="O1")) == ["late", "today"]


def test_each_decision_stands_with_the_case_as_it_is_on_the_day() -> None:
    rows = decision_board(at(), ALL).rows
    assert rows is not None
    south = rows.set_index("decision_ref").loc["south"]
    assert [south["subject_ref"], south["risk_level"], south["holder_ref"], south["team_ref"], south["owner_ref"]] == [
        "V2",
        "low",
        "O2",
        "T2",
        "",
    ]


def test_reasons_are_kept_from_who_sees_no_names_and_rows_from_who_sees_counts() -> None:
    rows = decision_board(at(ANALYST), ALL).rows
    assert rows is not None
    assert (set(rows["reason"]), decision_board(at(BOARD), ALL).rows) == ({""}, None)
    assert open_in_words(at(BOARD), ALL, "offender") == {}
    with pytest.raises(NotPermitted, match="sees counts, not people"):
        history(at(BOARD), ALL, Subject("offender", "V1"))


@pytest.mark.parametrize(
    ("late", "today", "later", "told"),
    [(5, 5, 5, True), (0, 0, 7, True), (1, 5, 9, False), (5, 1, 9, False), (5, 5, 2, False), (0, 0, 0, True)],
)
def test_a_board_has_no_small_count_of_decisions_nor_what_would_give_it_back(
    late: int, today: int, later: int, told: bool
) -> None:
    dues = [-1] * late + [0] * today + [3] * later
    figures = decision_board(at(BOARD), [decision(str(at), due=due) for at, due in enumerate(dues)]).figures
    assert {not figure.suppressed for figure in figures.values()} == {told}


def test_the_history_of_a_record_has_open_decisions_first_and_the_withdrawn_too() -> None:
    told = history(at(), ALL, Subject("offender", "V1"))
    assert list(told["decision_ref"])[2:] == ["done", "mistake"]
    assert set(told["decision_ref"][:2]) == {"late", "today"}


def test_the_history_of_a_record_is_for_those_whose_case_it_is() -> None:
    south = Subject("offender", "V2")
    assert history(at(NORTH), ALL, south).empty
    assert list(history(at(), ALL, south)["decision_ref"]) == ["south"]


def test_open_decisions_are_told_in_words_beside_their_cases() -> None:
    told = open_in_words(at(), ALL, "offender")
    assert told["V1"] == ("Plan by a date, due by 28 Jun 2025, 2 days late; Defer, until 30 Jun 2025")
    assert list(open_in_words(at(), ALL, "case")) == ["C1"]


def test_owners_are_the_units_officers_in_service_and_whoever_asks() -> None:
    assert list(owners(at(), Subject("offender", "V1"))) == ["O1", "O2", "S1"]
    assert owners(at(), Subject("case", "C1")) == {"I1": "DC Fir (I1)", "S1": "DS Cedar (S1)"}


def test_without_decisions_every_list_is_empty() -> None:
    board = decision_board(at(), [])
    assert board.rows is not None
    assert (len(board.rows), board.figures[Which.OPEN].value, board.figures[Which.LATE].value) == (0, 0, None)
