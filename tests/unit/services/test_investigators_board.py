"""Investigators' caseload, and that viewing of images is told of no group that is too small."""

from dataclasses import replace
from random import Random

import pytest

from offendermgmt.domain.policy import Policies
from offendermgmt.domain.vocabulary import Unit
from offendermgmt.services import reports
from offendermgmt.services.access import SYSTEM, Role, Viewer
from offendermgmt.services.image_exposure import Exposure, image_exposure
from offendermgmt.services.investigators_board import investigators_board, per_fte
from offendermgmt.services.question import Question
from offendermgmt.services.snapshot import take_snapshot
from tests.spec.made_up import made_up
from tests.tables import Rows, recordings
from tests.unit.services.force import ask
from tests.unit.services.polit_force import POLIT, away, case

DAY = "2025-03-01"
HELD = "2025-02-01"


def held(officer: str | None, number: int) -> list[dict[str, Rows]]:
    return [case(f"{officer}-{at}", HELD, "low", officer) for at in range(number)]


def viewed(officers: int, days: tuple[str, ...] = ("2025-02-20", "2025-03-01")) -> list[dict[str, Rows]]:
    refs = [f"X{at}" for at in range(officers)]
    staff = [{"officer_ref": ref, "is_supervisor": "false", "team_ref": "P", "fte": "1"} for ref in refs]
    rows = [{"officer_ref": ref, "viewed_on": day} for ref in refs for day in days]
    return [{"officers": staff, "image_viewing": rows}]


def exposure(question: Question) -> Exposure:
    found = image_exposure(question)
    assert found is not None
    return found


def test_cases_of_those_who_are_there_are_divided_by_their_fte() -> None:
    parts = [POLIT, *held("I1", 3), *held("I2", 2), *held(None, 4), away("I1", HELD)]
    board = investigators_board(ask(parts, DAY))
    assert (board.cases_there, board.fte, board.per_fte.value) == (2, 0.5, 4.0)
    assert (board.held.numerator, board.away.numerator, board.nobody.numerator, board.held.denominator) == (5, 3, 4, 9)
    assert board.away_cases is not None
    assert list(board.away_cases["case_ref"]) == ["I1-0", "I1-1", "I1-2"]


def test_nobody_comes_first_then_those_away_then_the_fullest() -> None:
    parts = [POLIT, *held("I1", 1), *held("I2", 1), *held("S1", 1), *held(None, 1), away("S1", HELD)]
    board = investigators_board(ask(parts, DAY))
    assert board.investigators is not None
    assert list(board.investigators["officer_ref"]) == ["", "S1", "I2", "I1"]


def test_with_no_fte_there_is_no_number_per_fte() -> None:
    board = investigators_board(ask([POLIT, *held("I1", 2), away("I1", HELD), away("I2", HELD)], DAY))
    assert board.per_fte.value is None
    assert board.investigators is not None
    assert per_fte(board.investigators)["low"].isna().all()


def test_counts_per_fte_are_those_of_stage_and_risk_divided() -> None:
    board = investigators_board(ask([POLIT, *held("I2", 3)], DAY))
    assert board.investigators is not None
    divided = per_fte(board.investigators).set_index("officer_ref").to_dict("index")["I2"]
    assert (divided["low"], divided["awaiting_development"], divided["high"]) == (6.0, 6.0, 0.0)


@pytest.mark.parametrize("seed", range(20))
def test_the_rows_add_up_to_the_report(seed: int) -> None:
    random = Random(seed)  # noqa: S311
    data = made_up(random)
    day = random.choice(data.days)
    question = Question(take_snapshot(recordings(data.tables), Policies(data.policies)), SYSTEM, day, day)
    report, board = reports.polit(question), investigators_board(question)
    assert board.investigators is not None
    assert board.away_cases is not None
    counts = board.investigators.set_index("officer_ref")["open_cases"]
    assert counts[counts > 0].to_dict() == report["officer_ref"].value_counts().to_dict()
    assert board.nobody.numerator == (report["officer_ref"] == "").sum()
    absent = board.investigators[board.investigators["is_away"].to_numpy()]
    assert len(board.away_cases) == absent["open_cases"].sum() == board.away.numerator


def test_no_case_and_no_officer_is_no_value() -> None:
    board = investigators_board(ask([], DAY))
    assert (board.per_fte.value, board.held.denominator, board.exposure and board.exposure.figure.value) == (
        None,
        0,
        None,
    )


def test_viewing_is_added_up_over_the_days_of_policy() -> None:
    found = exposure(ask([POLIT, *viewed(5, ("2025-01-30", "2025-01-31", "2025-03-01", "2025-03-02"))], DAY))
    assert (found.figure.value, found.officers, str(found.first), str(found.last)) == (10, 5, "2025-01-31", DAY)


@pytest.mark.parametrize(("officers", "value", "suppressed"), [(1, None, True), (4, None, True), (5, 10, False)])
def test_viewing_by_fewer_officers_than_the_group_is_shown_to_nobody(
    officers: int, value: int | None, suppressed: bool
) -> None:
    found = exposure(ask([POLIT, *viewed(officers)], DAY))
    assert (found.figure.value, found.figure.suppressed) == (value, suppressed)
    assert found.officers == (officers if value else None)


def test_no_viewing_in_these_days_is_nought_and_none_recorded_ever_is_no_value() -> None:
    lately, never = exposure(ask([POLIT, *viewed(6, ("2024-12-01",))], DAY)), exposure(ask([POLIT], DAY))
    assert (lately.figure.value, lately.officers, lately.figure.suppressed) == (0, 0, False)
    assert (never.figure.value, never.officers, never.figure.suppressed) == (None, None, False)


def test_viewing_is_the_same_however_the_question_is_narrowed() -> None:
    """Two teams of 5 and 3 who viewed: the sum of one of them would tell that of the other."""
    question = ask([POLIT, *viewed(8)], DAY)
    narrowed = [
        replace(question, officer_ref="I1"),
        replace(question, team_ref="P"),
        replace(question, viewer=Viewer("s", Role.SUPERVISOR, team_refs=("T1",))),
        replace(question, viewer=Viewer("b", Role.BOARD)),
    ]
    assert [exposure(each).figure.value for each in narrowed] == [exposure(question).figure.value] * 4


@pytest.mark.parametrize(
    "viewer", [Viewer("i", Role.INVESTIGATOR, officer_ref="X0"), Viewer("s", Role.DI, units=(Unit.MOSOVO,))]
)
def test_who_does_not_see_the_unit_is_told_nothing_of_viewing(viewer: Viewer) -> None:
    assert image_exposure(ask([POLIT, *viewed(8)], DAY, viewer)) is None


def test_boards_get_no_row_and_no_ratio_that_tells_a_small_count() -> None:
    parts = [POLIT, *held("I2", 8), *held("I1", 2), *held(None, 6), away("I1", HELD)]
    board = investigators_board(ask(parts, DAY, Viewer("b", Role.BOARD)))
    assert (board.investigators, board.away_cases, board.fte, board.cases_there) == (None,) * 4
    assert (board.away.suppressed, board.per_fte.suppressed, board.per_fte.value) == (True, True, None)
    assert (board.nobody.numerator, board.held.numerator) == (6, 10)
