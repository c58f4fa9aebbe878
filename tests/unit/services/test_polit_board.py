"""POLIT on a day: what is counted, whose it is, and that every figure is the polit report's and its list's length."""

from collections.abc import Sequence
from random import Random

import pandas as pd
import pytest

from offendermgmt.domain.policy import Policies
from offendermgmt.services import polit_cases, polit_children, reports
from offendermgmt.services.access import SYSTEM, Role, Viewer
from offendermgmt.services.caseload import Presence
from offendermgmt.services.overdue import TOTAL
from offendermgmt.services.policies import policies
from offendermgmt.services.polit_board import PolitBoard, polit_board
from offendermgmt.services.polit_definitions import CaseList, ChildList
from offendermgmt.services.question import Question
from offendermgmt.services.snapshot import take_snapshot
from tests.spec.made_up import made_up
from tests.tables import Rows, recordings
from tests.unit.services.force import ask
from tests.unit.services.polit_force import POLIT, away, case, child

DAY = "2025-03-01"
BOARD = Viewer("b", Role.BOARD)


def cases_of(board: PolitBoard) -> list[str]:
    assert board.listed_cases is not None
    return list(board.listed_cases["case_ref"])


def children_of(board: PolitBoard) -> list[str]:
    assert board.listed_children is not None
    return list(board.listed_children["child_ref"])


def shares(board: PolitBoard) -> dict[str, tuple[int | None, int | None]]:
    found = {str(each): (figure.numerator, figure.denominator) for each, figure in board.children.items()}
    return found | {f"{each} cases": (figure.numerator, figure.denominator) for each, figure in board.cases.items()}


def many(number: int, risk: str, start: int = 0, stages: dict[str, str] | None = None) -> list[dict[str, Rows]]:
    return [case(f"C{start + at:03}", "2025-02-01", risk, "I1", stages) for at in range(number)]


CHILDREN = [
    POLIT,
    case("C1", "2025-01-01", "low", "I1"),
    case("C2", "2025-01-01", "high", "I1", {"2025-02-01": "closed"}),
    child("C1", "K1", "2025-02-09"),
    child("C1", "K2", "2025-02-01", referred="2025-02-04", safeguarded="2025-02-20"),
    child("C1", "K3", "2025-02-19", referred="2025-03-02"),
    child("C1", "K4", "2025-03-02"),
    child("C2", "K5", "2025-01-02", referred="2025-01-02"),
    child("C2", "K6", "2025-01-02", safeguarded="2025-01-03"),
]


@pytest.mark.parametrize(
    ("listed", "expected", "of"),
    [
        (ChildList.AWAITING, ["K1", "K3"], 3),
        (ChildList.UNREFERRED, ["K1", "K3"], 3),
        (ChildList.REFERRED, ["K2"], 3),
        (ChildList.IDENTIFIED, ["K1", "K3", "K2"], 3),
        (ChildList.CLOSED, ["K5"], 2),
    ],
)
def test_children_are_counted_as_on_the_day(listed: ChildList, expected: list[str], of: int) -> None:
    board = polit_board(ask(CHILDREN, DAY), listed)
    assert children_of(board) == expected
    assert (board.children[listed].numerator, board.children[listed].denominator) == (len(expected), of)


def test_days_of_a_child_run_from_the_day_identified() -> None:
    board = polit_board(ask(CHILDREN, DAY), ChildList.IDENTIFIED)
    assert board.listed_children is not None
    row = board.listed_children.set_index("child_ref").loc["K2"]
    assert (row["days_since_identified"], row["days_to_referral"], row["days_since_referral"]) == (28, 3, 25)
    assert (board.longest_wait.figure.value, board.longest_wait.case_ref, board.longest_wait.child_ref) == (
        20,
        "C1",
        "K1",
    )


def test_a_case_with_a_child_awaiting_comes_before_a_riskier_one() -> None:
    parts = [
        POLIT,
        case("C1", "2025-02-01", "very_high"),
        case("C2", "2025-02-01", "low"),
        case("C3", "2025-02-20", "very_high"),
        case("C4", "2025-02-20", None),
        case("C5", "2025-02-20", "medium"),
        child("C2", "K1", "2025-02-02"),
    ]
    assert cases_of(polit_board(ask(parts, DAY))) == ["C2", "C1", "C3", "C4", "C5"]


def test_the_limit_is_passed_on_the_day_after_act_by() -> None:
    parts = [POLIT, case("C1", "2025-02-22", "high"), case("C2", "2025-02-21", "high")]
    board = polit_board(ask(parts, DAY), cases=CaseList.PAST)
    assert (cases_of(board), board.furthest_past.figure.value, board.furthest_past.case_ref) == (["C2"], 1, "C2")


def test_a_live_case_is_past_no_limit_and_may_still_be_stalled() -> None:
    parts = [POLIT, case("C1", "2025-02-01", "very_high", "I1", {"2025-02-10": "with_cps"})]
    board = polit_board(ask(parts, DAY), cases=CaseList.STALLED)
    assert board.cases[CaseList.PAST].numerator == 0
    assert board.listed_cases is not None
    [row] = board.listed_cases.to_dict("records")
    assert (row["days_since_activity"], row["stalled_limit"], row["days_stalled"]) == (19, 2, 17)


@pytest.mark.parametrize(("day", "stalled"), [("2025-02-08", 0), ("2025-02-09", 1)])
def test_a_case_is_stalled_the_day_after_its_limit(day: str, stalled: int) -> None:
    question = ask([POLIT, case("C1", "2025-02-01", "high")], day)
    assert polit_board(question).cases[CaseList.STALLED].numerator == stalled


def test_a_case_says_what_its_holder_carries() -> None:
    parts = [POLIT, *many(3, "low"), case("C9", "2025-02-01", "low", "I2"), away("I1", "2025-02-01")]
    board = polit_board(ask(parts, DAY))
    assert board.listed_cases is not None
    load = board.listed_cases.set_index("case_ref")[["holder_cases", "holder_fte", "holder_per_fte"]].to_dict("index")
    assert load["C9"] == {"holder_cases": 1, "holder_fte": 0.5, "holder_per_fte": 2.0}
    assert (load["C000"]["holder_cases"], load["C000"]["holder_fte"]) == (3, 0.0)
    assert set(board.listed_cases["holder_presence"]) == {Presence.NO_TIME, Presence.PRESENT}


def test_the_cases_are_narrowed_to_a_risk_a_stage_and_a_band() -> None:
    parts = [
        POLIT,
        case("C1", "2025-02-01", "high"),
        case("C2", "2025-02-01", "low"),
        case("C3", "2025-02-01", "high", None, {"2025-02-10": "awaiting_allocation"}),
        case("C4", "2025-02-20", "high", None, {"2025-02-21": "awaiting_allocation"}),
    ]
    question = ask(parts, DAY)
    narrowed = polit_board(question, cases=CaseList.PAST, risk="high", stage="awaiting_allocation", band="1-7")
    assert cases_of(narrowed) == ["C4"]
    assert shares(narrowed) == shares(polit_board(question))


@pytest.mark.parametrize("asked", [{"risk": "worst"}, {"stage": "closed"}, {"band": "1-8"}])
def test_what_there_is_not_is_refused_by_name(asked: dict[str, str]) -> None:
    [value] = asked.values()
    with pytest.raises(ValueError, match=value):
        polit_board(ask([], DAY), **asked)  # type: ignore[arg-type]


def test_no_case_is_no_value_and_no_row() -> None:
    board = polit_board(ask([], DAY))
    assert set(shares(board).values()) == {(0, 0)}
    assert (board.oldest.figure.value, board.longest_wait.figure.value, cases_of(board)) == (None, None, [])
    assert board.matrices is not None
    assert board.matrices.backlog.loc[TOTAL, TOTAL] == 0


def test_an_empty_store_reads_alike() -> None:
    day = pd.Timestamp(DAY).date()
    board = polit_board(Question(take_snapshot(recordings({}), policies()), SYSTEM, day, day))
    assert (cases_of(board), children_of(board)) == ([], [])


@pytest.mark.parametrize("seed", range(20))
def test_every_figure_is_the_reports_and_the_length_of_its_list(seed: int) -> None:
    question = made_up_question(seed)
    report, board = reports.polit(question), polit_board(question)
    backlog = report[report["in_backlog"]]
    limits = report["risk_level"].map({str(level): days for level, days in question.policy.polit_stalled_days.items()})
    expected = {
        "identified": report["children_identified"].sum(),
        "awaiting": report["children_awaiting"].sum(),
        "open cases": len(report),
        "backlog cases": len(backlog),
        "live cases": len(report) - len(backlog),
        "past cases": (report["days_past_limit"] > 0).sum(),
        "stalled cases": (report["days_since_activity"] > limits).sum(),
        "unassessed cases": (report["risk_level"] == "unassessed").sum(),
        "unallocated cases": (report["officer_ref"] == "").sum(),
    }
    assert {name: shares(board)[name][0] for name in expected} == expected
    longest = {
        "days_past_limit": (board.furthest_past, report[report["days_past_limit"] > 0]),
        "age_days": (board.oldest, backlog),
    }
    for column, (found, rows) in longest.items():
        assert found.figure.value == (None if rows.empty else rows[column].max())
        assert found.case_ref is None or found.case_ref in set(rows.loc[rows[column] == found.figure.value, "case_ref"])
    for cases in CaseList:
        assert len(cases_of(polit_board(question, cases=cases))) == board.cases[cases].numerator
    for children in ChildList:
        assert len(children_of(polit_board(question, children))) == board.children[children].numerator
    assert board.children[ChildList.REFERRED].numerator == len(
        polit_children.children(question).query("is_open & referred_on.notna()")
    )


@pytest.mark.parametrize("seed", range(20))
def test_every_cell_of_a_matrix_is_the_length_of_its_list(seed: int) -> None:
    question = made_up_question(seed)
    board, cases = polit_board(question), polit_cases.open_cases(question)
    lists = {each: cases[holding] for each, holding in polit_cases.on_lists(cases).items()}
    assert board.matrices is not None
    counts = {CaseList.BACKLOG: board.matrices.backlog, CaseList.LIVE: board.matrices.live}
    for listed, matrix in [*counts.items(), (CaseList.PAST, board.matrices.past)]:
        by = "band" if listed is CaseList.PAST else "stage"
        for risk in matrix.index:
            for column in matrix.columns:
                asked = {by: None if column == TOTAL else column, "risk": None if risk == TOTAL else risk}
                assert len(polit_cases.narrowed(lists[listed], **asked)) == matrix.loc[risk, column]
        assert matrix.loc[TOTAL, TOTAL] == board.cases[listed].numerator


@pytest.mark.parametrize("role", [Role.BOARD, Role.ADMINISTRATOR])
def test_those_who_see_counts_get_no_list_and_no_matrix(role: Role) -> None:
    board = polit_board(ask([POLIT, *many(20, "low")], DAY, Viewer("x", role)))
    assert (board.listed_cases, board.listed_children, board.matrices, board.oldest.case_ref) == (None,) * 4
    assert (board.cases[CaseList.OPEN].numerator, board.oldest.figure.value) == (20, 28)


def kept(parts: Sequence[dict[str, Rows]]) -> set[str]:
    board = polit_board(ask(parts, DAY, BOARD))
    figures = {**{str(each): figure for each, figure in board.cases.items()}, "oldest": board.oldest.figure}
    figures |= {"furthest": board.furthest_past.figure, "wait": board.longest_wait.figure}
    figures |= {f"children {each}": figure for each, figure in board.children.items()}
    return {name for name, figure in figures.items() if figure.suppressed}


def test_what_is_left_of_a_whole_does_not_give_a_small_count_back() -> None:
    """Two live cases of 22: without the rest of the backlog's figures 22 - 20 would tell them."""
    live = many(2, "low", 50, {"2025-02-10": "with_cps"})
    assert kept([POLIT, *many(20, "low"), *live]) == {"backlog", "live", "past", "oldest", "furthest"}


def test_few_children_awaiting_are_kept_from_boards_with_their_longest_wait() -> None:
    children = [child("C000", f"K{at}", "2025-02-02", referred="2025-02-03") for at in range(2)]
    others = [child("C000", f"S{at}", "2025-02-02", "2025-02-03", "2025-02-04") for at in range(9)]
    assert kept([POLIT, *many(20, "low"), *children, *others]) == {"children awaiting", "wait"}


def test_all_but_a_few_awaiting_are_kept_from_boards_too() -> None:
    children = [child("C000", f"K{at}", "2025-02-02", referred="2025-02-03") for at in range(9)]
    others = [child("C000", f"S{at}", "2025-02-02", "2025-02-03", "2025-02-04") for at in range(2)]
    assert kept([POLIT, *many(20, "low"), *children, *others]) == {"children awaiting", "wait"}


def test_an_investigator_is_shown_the_children_of_their_own_cases() -> None:
    mine = Viewer("i", Role.INVESTIGATOR, officer_ref="I2")
    board = polit_board(ask([*CHILDREN, case("C7", DAY, "low", "I2"), child("C7", "K7", DAY)], DAY, mine))
    assert (children_of(board), cases_of(board)) == (["K7"], ["C7"])


def test_where_cases_of_nobody_are_left_out_their_number_has_no_value() -> None:
    parts = [POLIT, case("C1", "2025-02-01", "low", "I1"), case("C2", "2025-02-01", "low")]
    assert polit_board(ask(parts, DAY)).cases[CaseList.UNALLOCATED].numerator == 1
    narrowed = polit_board(ask(parts, DAY, team_ref="P")).cases[CaseList.UNALLOCATED]
    assert (narrowed.value, narrowed.numerator, narrowed.suppressed) == (None, None, False)


def test_a_unit_that_is_not_polit_is_shown_nothing() -> None:
    elsewhere = Viewer("s", Role.SUPERVISOR, team_refs=("T1",), units=())
    board = polit_board(ask(CHILDREN, DAY, elsewhere))
    assert (children_of(board), cases_of(board)) == ([], [])


def made_up_question(seed: int) -> Question:
    random = Random(seed)  # noqa: S311
    data = made_up(random)
    day = random.choice(data.days)
    return Question(take_snapshot(recordings(data.tables), Policies(data.policies)), SYSTEM, day, day)
