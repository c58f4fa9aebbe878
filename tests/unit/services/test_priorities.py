"""The order of work as a service gives it: places, words, what was placed by hand, risk lowered, tools."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from offendermgmt.domain.vocabulary import Placement
from offendermgmt.services import reports
from offendermgmt.services.access import Role, Viewer
from offendermgmt.services.priorities import Look, order_of_work, priority_board
from offendermgmt.services.priority_overrides import Override, decisions, in_force, newest_versions
from offendermgmt.services.priority_regrades import lowered_cases, tools_in_use
from offendermgmt.services.priority_words import by_hand, rule_in_words, why
from tests.tables import Rows
from tests.unit.services.force import ask
from tests.unit.services.polit_force import POLIT, case, child

ON = "2025-03-10"
NOBODY: dict[str, Override] = {}


def assessed(ref: str, on: str, level: str, **more: str) -> dict[str, Rows]:
    row = {"case_ref": ref, "assessed_on": on, "tool": "KIRAT", "risk_level": level}
    return {"polit_assessments": [{**row, **more}]}


def override(
    ref: str, placement: Placement = Placement.FIRST, *, last: str = "2025-03-12", version: int = 1
) -> Override:
    return Override(
        case_ref=ref,
        version=version,
        placement=placement,
        reason="A new lead",
        from_on=date(2025, 3, 9),
        last_on=date.fromisoformat(last),
        author="DI Ash",
        recorded_at=datetime(2025, 3, 9, 8, tzinfo=UTC),
        is_withdrawal=False,
    )


BACKLOG = [
    POLIT,
    case("C1", "2025-03-01", "high", "I1"),
    case("C2", "2025-03-08", "very_high", "I2"),
    case("C3", "2025-01-01", "low"),
    case("C4", "2025-03-08"),
    case("C5", "2025-03-01", "high", "I1", stages={"2025-03-02": "under_investigation"}),
    child("C1", "K1", "2025-03-02"),
    {"polit_access": [{"case_ref": "C2", "from_on": "2025-03-08", "access": "yes"}]},
    {"polit_information": [{"case_ref": "C3", "information_ref": "1", "received_on": "2025-02-01"}]},
]


def test_live_cases_are_not_in_the_order() -> None:
    assert order_of_work(ask(BACKLOG, ON), NOBODY)["case_ref"].to_list() == ["C2", "C1", "C4", "C3"]


def test_the_list_is_as_long_as_the_backlog_of_the_report() -> None:
    question = ask(BACKLOG, ON)
    board = priority_board(question, NOBODY)
    assert board.cases is not None
    assert board.size.value == len(board.cases) == int(reports.polit(question)["in_backlog"].sum()) == 4


def test_a_filter_leaves_places_as_they_are() -> None:
    board = priority_board(ask(BACKLOG, ON, officer_ref="I1"), NOBODY)
    assert board.cases is not None
    assert board.cases[["case_ref", "place"]].to_numpy().tolist() == [["C1", 2]]
    low = priority_board(ask(BACKLOG, ON), NOBODY, risk="low").cases
    assert low is not None
    assert low[["case_ref", "place"]].to_numpy().tolist() == [["C3", 4]]


def test_an_investigators_order_is_of_their_own_cases() -> None:
    question = ask(BACKLOG, ON, Viewer("DC Elm", Role.INVESTIGATOR, officer_ref="I1"))
    assert order_of_work(question, NOBODY)[["case_ref", "place"]].to_numpy().tolist() == [["C1", 1]]


def test_who_is_of_another_unit_has_no_order() -> None:
    question = ask(BACKLOG, ON, Viewer("DI Ash", Role.DI, units=()))
    assert priority_board(question, NOBODY).size.value == 0


def test_the_words_say_every_part_and_add_up_to_the_points() -> None:
    cases = order_of_work(ask(BACKLOG, ON), NOBODY)
    told = why(cases)
    sums = [sum(int(points) for points in re.findall(r"\((\d+)\)", text)) for text in told]
    assert sums == cases["total"].to_list()
    assert told[1] == (
        "High risk (300); 1 child awaiting safeguarding, 1 not yet referred (55); access to children not recorded "
        "(20); 2 days past its limit of 7 (7); 9 days without activity, stalled after 7 (6)"
    )
    assert told[2].startswith("Not assessed yet (300); ")


def test_a_case_placed_by_hand_keeps_the_rules_place_beside_it() -> None:
    placed = {"C3": override("C3"), "C2": override("C2", Placement.LAST)}
    cases = order_of_work(ask(BACKLOG, ON), placed)
    assert cases[["case_ref", "place", "rule_place"]].to_numpy().tolist() == [
        ["C3", 1, 4],
        ["C1", 2, 2],
        ["C4", 3, 3],
        ["C2", 4, 1],
    ]
    assert by_hand(cases).to_list() == [
        "Placed first until 12 Mar 2025 by DI Ash: A new lead",
        "",
        "",
        "Placed last until 12 Mar 2025 by DI Ash: A new lead",
    ]


def test_a_case_placed_by_hand_that_has_left_the_backlog_is_not_in_the_order() -> None:
    board = priority_board(ask(BACKLOG, ON), {"C5": override("C5"), "GONE": override("GONE")})
    assert (board.size.value, board.looks[Look.BY_HAND].value) == (4, 0)


@pytest.mark.parametrize(
    ("on", "holds"), [("2025-03-08", False), ("2025-03-09", True), ("2025-03-12", True), ("2025-03-13", False)]
)
def test_a_placement_holds_from_its_day_to_its_last(on: str, holds: bool) -> None:
    assert ("C1" in in_force([override("C1")], date.fromisoformat(on))) is holds


def test_what_stood_on_an_earlier_day_is_shown_as_of_it() -> None:
    later = replace(override("C1", Placement.LAST, version=2), from_on=date(2025, 3, 11))
    ended = replace(later, version=3, from_on=date(2025, 3, 12), is_withdrawal=True)
    chain = [override("C1"), later, ended]
    stood = [in_force(chain, date(2025, 3, day)) for day in (10, 11, 12)]
    assert [found["C1"].placement if found else None for found in stood] == [Placement.FIRST, Placement.LAST, None]
    assert newest_versions(chain) == {"C1": 3}


def test_decisions_are_of_the_viewers_cases_and_up_to_the_day() -> None:
    chain = [override("C1"), override("C2"), replace(override("C1", version=2), from_on=date(2025, 3, 11))]
    mine = Viewer("DC Elm", Role.INVESTIGATOR, officer_ref="I1")
    assert decisions(ask(BACKLOG, ON, mine), chain)["case_ref"].to_list() == ["C1"]
    assert len(decisions(ask(BACKLOG, "2025-03-11"), chain)) == 3
    assert decisions(ask(BACKLOG, ON, Viewer("x", Role.BOARD)), chain).empty


@pytest.mark.parametrize(
    ("look", "listed"),
    [(Look.CHILDREN, ["C1"]), (Look.PAST_LIMIT, ["C2", "C1", "C3"]), (Look.REASSESS, ["C3"]), (Look.BY_HAND, ["C4"])],
)
def test_a_figure_is_the_length_of_its_list(look: Look, listed: list[str]) -> None:
    due = {"polit_information": [{"case_ref": "C3", "information_ref": "2", "received_on": "2025-02-02"}]}
    due["polit_information"][0]["needs_assessment"] = "true"
    board = priority_board(ask([*BACKLOG, due], ON), {"C4": override("C4", Placement.LAST)}, look=look)
    assert board.cases is not None
    assert sorted(board.cases["case_ref"]) == sorted(listed)
    assert board.looks[look].value == len(listed)


def test_who_sees_counts_only_gets_no_list_and_no_small_count() -> None:
    board = priority_board(ask(BACKLOG, ON, Viewer("x", Role.BOARD)), NOBODY)
    assert (board.cases, board.lowered_cases, board.tools, board.children_awaiting) == (None, None, None, None)
    assert board.size.suppressed
    assert board.looks[Look.CHILDREN].suppressed


def test_a_count_whose_rest_is_small_is_kept_from_who_sees_no_small_ones() -> None:
    late = [case(f"L{number}", "2025-01-01", "low") for number in range(8)]
    in_time = [case(f"N{number}", ON, "low") for number in range(3)]
    board = priority_board(ask([POLIT, *late, *in_time], ON, Viewer("x", Role.BOARD)), NOBODY)
    assert (board.size.value, board.looks[Look.PAST_LIMIT].value) == (11, None)
    assert board.looks[Look.PAST_LIMIT].suppressed
    assert board.looks[Look.CHILDREN].value == 0


def test_a_risk_level_there_is_not_is_refused() -> None:
    with pytest.raises(ValueError, match="There is no risk level 'huge'"):
        priority_board(ask(BACKLOG, ON), NOBODY, risk="huge")


def test_an_empty_force_has_an_empty_order() -> None:
    board = priority_board(ask([], ON), NOBODY)
    assert board.cases is not None
    assert (board.size.value, why(board.cases).to_list(), by_hand(board.cases).to_list()) == (0, [], [])


def test_facts_of_later_days_change_no_place() -> None:
    later = [child("C4", "K9", "2025-03-11"), assessed("C3", "2025-03-11", "very_high")]
    before, after = (order_of_work(ask(parts, ON), NOBODY) for parts in (BACKLOG, [*BACKLOG, *later]))
    assert before.equals(after)


def test_the_order_is_as_it_was_known() -> None:
    told_late = {"polit_access": [{"case_ref": "C1", "from_on": "2025-03-01", "access": "yes"}]}
    told_late["polit_access"][0]["recorded_at"] = "2025-03-09T12:00:00Z"
    points = [
        order_of_work(ask([*BACKLOG, told_late], ON, known_at=known), NOBODY).set_index("case_ref").loc["C1", "access"]
        for known in (datetime(2025, 3, 9, 11, tzinfo=UTC), None)
    ]
    assert points == [20, 40]


def test_risk_lowered_on_an_old_case_is_told_with_its_effect() -> None:
    parts = [
        POLIT,
        case("C1", "2025-01-01", "high", "I1", stages={"2025-01-03": "awaiting_enforcement"}),
        assessed("C1", "2025-03-02", "low", tool_version="3", assessor_ref="I2"),
    ]
    (row,) = lowered_cases(ask(parts, ON)).to_dict(orient="records")
    assert (row["risk_before"], row["risk_after"], row["version_after"]) == ("high", "low", "3")
    assert (row["officer_ref"], row["assessor_ref"], row["stage"]) == ("I1", "I2", "awaiting_enforcement")
    assert (row["days"], row["days_past"]) == (60, 52)
    assert (row["act_by_before"].date(), row["act_by_after"].date()) == (date(2025, 1, 8), date(2025, 1, 31))
    assert row["act_by_moved"] == 23


@pytest.mark.parametrize(
    ("received", "before", "on", "after", "listed"),
    [
        ("2025-03-01", "high", "2025-03-05", "low", False),  # neither old nor past its limit
        ("2025-03-01", "high", "2025-03-08", "low", False),  # its limit is on the 8th, and not past the day before
        ("2025-03-01", "high", "2025-03-10", "low", True),  # past its limit on the 9th
        ("2025-02-08", "low", "2025-03-10", "low", False),  # the same level
        ("2025-02-07", "medium", "2025-03-10", "low", True),  # 31 days after receipt
        ("2025-01-07", "medium", "2025-03-10", "high", False),  # raised
        ("2025-01-01", "high", "2025-02-10", "low", False),  # more than the 28 days ago
        ("2025-01-01", "high", "2025-02-11", "low", True),  # the first of them
    ],
)
def test_what_is_listed_as_lowered(received: str, before: str, on: str, after: str, listed: bool) -> None:
    parts = [POLIT, case("C1", received, before), assessed("C1", on, after)]
    assert (len(lowered_cases(ask(parts, ON))) == 1) is listed


def test_a_first_assessment_lowers_nothing_and_a_closed_case_is_done() -> None:
    first = [POLIT, case("C1", "2025-01-01"), assessed("C1", "2025-03-02", "low")]
    closed = [POLIT, case("C1", "2025-01-01", "high", stages={"2025-02-01": "closed"}), assessed("C1", ON, "low")]
    assert [len(lowered_cases(ask(parts, ON))) for parts in (first, closed)] == [0, 0]


def test_outside_the_backlog_there_is_no_act_by_to_move() -> None:
    live = case("C1", "2025-01-01", "high", stages={"2025-01-03": "with_cps"})
    rows = lowered_cases(ask([POLIT, live, assessed("C1", "2025-03-02", "low")], ON))
    assert rows["days_past"].to_list() == [0]
    assert rows[["act_by_before", "act_by_after", "act_by_moved"]].isna().to_numpy().tolist() == [[True] * 3]


def test_tools_in_use_with_their_versions() -> None:
    parts = [
        POLIT,
        case("C1", "2025-03-01", "high"),
        case("C2", "2025-02-01", "low", stages={"2025-02-03": "closed"}),
        assessed("C1", "2025-03-04", "medium", tool_version="3"),
        assessed("C1", "2025-03-11", "low", tool_version="4"),
    ]
    tools = tools_in_use(ask(parts, ON))
    assert tools["version"].isna().to_list() == [False, True]
    assert tools[["cases", "backlog"]].to_numpy().tolist() == [[1, 1], [2, 0]]
    assert [day.date() for day in tools["newest_on"]] == [date(2025, 3, 4), date(2025, 3, 1)]


def test_the_rule_is_told_with_the_weights_in_force() -> None:
    policy = ask([], ON).policy
    told = " ".join(rule_in_words(policy.polit_priority, policy.polit_act_days))
    assert "40 for each child awaiting safeguarding, 15 more if not yet referred" in told
    assert "come to 189 at most" in told
