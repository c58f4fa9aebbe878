"""Boards' months and packs over a store: the services' own figures, no small ones, and a closed month that stays."""

import io
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest
from sqlalchemy import select
from typer.testing import CliRunner, Result

from offendermgmt.cli import app
from offendermgmt.commands.pack import form_of, issue_pack, month
from offendermgmt.commands.report import BadRequest
from offendermgmt.domain.signals import xmr
from offendermgmt.domain.vocabulary import Board
from offendermgmt.outputs.packs.offer import PackForm, PackOffer
from offendermgmt.outputs.packs.pack import Pack, standing_out
from offendermgmt.outputs.packs.xlsx import as_xlsx
from offendermgmt.services.access import NotPermitted, Role, Viewer
from offendermgmt.services.acting import NewAction, take_action
from offendermgmt.services.board_page import standing_of
from offendermgmt.services.board_readers import may_read
from offendermgmt.services.board_tables import NOT_SHOWN, BoardTable
from offendermgmt.services.board_teams import RATES, team_counts
from offendermgmt.services.board_types import BoardView, MeasureView
from offendermgmt.services.boards import board_view
from offendermgmt.services.closing import close_month
from offendermgmt.services.desk import Desk
from offendermgmt.services.framework import framework_on
from offendermgmt.services.given_back import given_back
from offendermgmt.services.measure_series import MONTHS_READ, measure_rows, months_up_to
from offendermgmt.services.signal_words import basis
from offendermgmt.store import Store
from offendermgmt.store.tables.ledger import AuditRecord
from tests.databases import FORCE, READS_COPIES, Copied
from tests.store.facts import Columns, write

JUNE, JUNE_ENDED = date(2025, 6, 1), date(2025, 6, 30)
CLOSED_AT = datetime(2025, 7, 3, 9, tzinfo=UTC)
KNOWN = datetime(2025, 7, 1, 8, tzinfo=UTC)
TODAY, LATER = CLOSED_AT.date(), CLOSED_AT + timedelta(days=14)
ANALYST, SLT, FPB = Viewer("Analyst Ash", Role.ANALYST), Viewer("Supt Yew", Role.SLT), Viewer("Chair", Role.BOARD)
MARKINGS = ("OFFICIAL-SENSITIVE", "SYNTHETIC DATA")
NORTH, SOUTH, NOBODY = 10, 14, 1
# Visited in January, and not due again before July: two of the north are overdue, six of the south, and nobody's one.
SEEN = [f"N{at:02}" for at in range(8)] + [f"S{at:02}" for at in range(8)]
REFS = [f"N{at:02}" for at in range(NORTH)] + [f"S{at:02}" for at in range(SOUTH)] + ["X00"]
REGISTERED = date(2025, 1, 1)


def visits(refs: list[str], on: str, recorded_at: datetime) -> dict[str, list[Any]]:
    return {
        "visit_ref": [f"{ref} {on}" for ref in refs],
        "offender_ref": refs,
        "visited_at": [datetime.fromisoformat(f"{on}T12:00:00+00:00")] * len(refs),
        "outcome": ["completed"] * len(refs),
        "officer_refs": ["O1;O2"] * len(refs),
        "recorded_at": [recorded_at] * len(refs),
    }


FACTS: dict[str, Columns] = {
    "teams": {"team_ref": ["T1", "T2", "T3"], "name": ["North", "South", "West"], "unit": ["MOSOVO"] * 3},
    "officers": {
        "officer_ref": ["O1", "O2"],
        "name": ["Rowan Secretname", "Hazel Secretname"],
        "is_supervisor": [False, False],
        "team_ref": ["T1", "T2"],
        "fte": [1.0, 1.0],
    },
    "offenders": {
        "offender_ref": REFS,
        "surname": ["Secretname"] * len(REFS),
        "registered_on": [REGISTERED] * len(REFS),
        "recorded_at": [KNOWN] * len(REFS),
    },
    "risk_assessments": {
        "offender_ref": REFS,
        "assessed_on": [REGISTERED] * len(REFS),
        "tool": ["ARMS"] * len(REFS),
        "risk_level": ["medium"] * len(REFS),
        "recorded_at": [KNOWN] * len(REFS),
    },
    "allocations": {
        "offender_ref": REFS[:-1],
        "from_on": [REGISTERED] * (len(REFS) - 1),
        "officer_ref": ["O1"] * NORTH + ["O2"] * SOUTH,
        "recorded_at": [KNOWN] * (len(REFS) - 1),
    },
    "visits": visits(SEEN, "2025-01-10", KNOWN),
}


@pytest.fixture(scope="module")
def loaded(copied: Copied) -> Iterator[Desk]:
    """The facts, for tests that only read, and to copy."""
    with copied() as store:
        write(store, FACTS)
        yield Desk(store, FORCE)


@pytest.fixture
def desk(copied: Copied, loaded: Desk) -> Iterator[Desk]:
    """The facts in a store of the test's own, which it writes to."""
    with copied(loaded.store) as store:
        yield Desk(store, FORCE)


def view(desk: Desk, board: Board, viewer: Viewer = ANALYST, today: date = TODAY, **asked: Any) -> BoardView:
    return board_view(desk, desk.question(viewer, today, today=today), board, JUNE, **asked)


def workbook(shown: BoardView) -> dict[str, list[list[Any]]]:
    made = as_xlsx(Pack(shown, MARKINGS, CLOSED_AT, "Analyst Ash, Performance analyst"))
    opened = openpyxl.load_workbook(io.BytesIO(made))
    # When a pack was made is said in it, and is nothing of the month.
    return {sheet.title: [list(row) for row in sheet.iter_rows(values_only=True)] for sheet in opened}


def figure(shown: BoardView, ref: str) -> MeasureView:
    return next(each for each in shown.measures if each.measure.ref == ref)


def rows_of(table: BoardTable) -> dict[str, list[Any]]:
    return {str(row[0]): list(row[1:]) for row in table.rows}


@READS_COPIES
@pytest.mark.parametrize("board", Board)
def test_the_figures_of_page_and_pack_are_the_services_own(loaded: Desk, board: Board) -> None:
    role = Role.SLT if board is Board.SLT else Role.BOARD
    question = loaded.question(Viewer("Analyst Ash", role), JUNE_ENDED, today=TODAY)
    measures = framework_on(loaded, JUNE_ENDED).of_board(board).measures
    counted = measure_rows(question, measures, months_up_to(question, 37), loaded)
    of_june = counted[(counted["month_on"] == pd.Timestamp(JUNE)).to_numpy()].set_index("measure_ref")
    shown = view(loaded, board)
    assert [each.measure for each in shown.measures] == list(measures)
    for read in shown.measures:
        row = of_june.loc[read.measure.ref]
        assert read.newest.value == (None if pd.isna(row["value"]) else pytest.approx(row["value"]))
        assert read.newest.suppressed == row["is_kept"]
    months = {(row[0], f"{row[2]:%Y-%m}"): row[5] for row in workbook(shown)["Months"][4:]}
    titles = {each.measure_ref: each.title for each in measures}
    rows: list[dict[Any, Any]] = counted[counted["month_on"] >= "2024-06-01"].to_dict(orient="records")
    for of_month in rows:
        drawn = months.get((titles[of_month["measure_ref"]], f"{of_month['month_on']:%Y-%m}"))
        kept = NOT_SHOWN if of_month["is_kept"] else None
        assert drawn == (kept if pd.isna(of_month["value"]) else pytest.approx(of_month["value"]))


@READS_COPIES
def test_thirteen_and_thirty_six_months_keep_the_same_of_a_board(loaded: Desk) -> None:
    short, long = (view(loaded, Board.FPB, months=number) for number in (13, 36))
    for one, other in zip(short.measures, long.measures, strict=True):
        assert one.newest == other.newest
        assert one.series.months == other.series.months[-len(one.series.months) :]
    assert short.tables == long.tables


@pytest.fixture(scope="module")
def years(copied: Copied) -> Iterator[Desk]:
    """Four years and a half of a backlog that is another in each, so that thirteen months are not like the rest."""
    registered = {**FACTS["offenders"], "registered_on": [date(2021, 1, 1)] * len(REFS)}
    seen = []
    for at in range(48):
        on = date(2021 + (at + 6) // 12, (at + 6) % 12 + 1, 10)
        many = 5 + (7 * at) % 8 + at // 6
        seen.append({"visits": visits(REFS[:many], on.isoformat(), KNOWN)})
    with copied() as store:
        write(store, {**FACTS, "offenders": registered}, *seen)
        yield Desk(store, FORCE)


@pytest.fixture(scope="module")
def years_closed(copied: Copied, years: Desk) -> Iterator[Desk]:
    """The same years, and their last month is closed."""
    with copied(years.store) as store:
        close_month(Desk(store.dated(lambda: CLOSED_AT), FORCE), ANALYST, JUNE, 0, now=CLOSED_AT)
        yield Desk(store, FORCE)


@READS_COPIES
@pytest.mark.parametrize("is_closed", [False, True])
@pytest.mark.parametrize("board", Board)
def test_a_months_verdict_does_not_hang_on_how_many_months_are_shown(
    years: Desk, years_closed: Desk, board: Board, is_closed: bool
) -> None:
    desk = years_closed if is_closed else years
    short, long = (view(desk, board, months=number) for number in (13, 36))
    for one, other in zip(short.measures, long.measures, strict=True):
        assert (one.finding, basis(one.series)) == (other.finding, basis(other.series))
        assert one.series.whole == other.series.whole
        assert len(one.series.whole.months) <= MONTHS_READ
        number = len(one.series.months)
        assert number <= 13
        for line in ("mean", "lower", "upper", "signals"):
            assert getattr(one.series.result, line) == getattr(other.series.result, line)[-number:]
        assert standing_of(short, one) is standing_of(long, other)
    assert standing_out(short) == standing_out(long)
    assert short.uncommented == long.uncommented
    drawn = [{(row[0], row[2]): row for row in workbook(each)["Months"][4:]} for each in (short, long)]
    assert len(drawn[0]) < len(drawn[1])
    assert drawn[0].items() <= drawn[1].items()


@READS_COPIES
def test_limits_over_months_that_are_not_drawn_rest_on_nothing_that_is_kept(years: Desk) -> None:
    shown = view(years, Board.FPB)
    hidden = [each for each in shown.measures if any(month.kept for month in each.series.whole.months)]
    assert hidden
    for each in hidden:
        whole = each.series.whole
        assert [month.value for month in whole.months if month.kept] == [None] * sum(one.kept for one in whole.months)
        told = xmr([month.value for month in whole.months], improvement=whole.improvement, target=whole.target)
        assert (told.mean, told.lower, told.upper) == (whole.result.mean, whole.result.lower, whole.result.upper)


@READS_COPIES
def test_what_leaves_the_units_is_the_same_whoever_makes_it(loaded: Desk) -> None:
    by_analyst, by_board = view(loaded, Board.FPB), view(loaded, Board.FPB, FPB)
    assert by_analyst.is_suppressed
    assert [each.newest for each in by_analyst.measures] == [each.newest for each in by_board.measures]
    assert by_analyst.tables == by_board.tables
    assert not view(loaded, Board.SLT).is_suppressed


@READS_COPIES
@pytest.mark.parametrize(
    ("role", "boards"),
    [
        (Role.OFFICER, set()),
        (Role.INVESTIGATOR, set()),
        (Role.SUPERVISOR, set()),
        (Role.ADMINISTRATOR, set()),
        (Role.BOARD, {Board.FPB, Board.PVM}),
        (Role.SLT, set(Board)),
        (Role.AUDITOR, set(Board)),
    ],
)
def test_who_reads_which_paper(loaded: Desk, role: Role, boards: set[Board]) -> None:
    viewer = Viewer("Somebody", role)
    assert {board for board in Board if may_read(viewer, board)} == boards
    for board in set(Board) - boards:
        with pytest.raises(NotPermitted, match="does not read this paper here"):
            view(loaded, board, viewer)


@READS_COPIES
def test_teams_stand_side_by_side_for_senior_leadership_a_new_one_in_words(loaded: Desk) -> None:
    teams = view(loaded, Board.SLT).table("teams")
    assert rows_of(teams) == {
        "North": [2, 10, 0.2, 0, 0, None, 0, 0, None],
        "South": [6, 14, 6 / 14, 0, 0, None, 0, 0, None],
        "West": [0, 0, None, 0, 0, None, 0, 0, None],
        "Nobody, or no team": [1, 1, 1.0, 0, 0, None, 0, 0, None],
    }
    assert "West has held no offender yet." in teams.finding


@READS_COPIES
def test_a_boards_teams_add_up_to_no_small_count(loaded: Desk) -> None:
    """Whatever the table keeps, the force's totals and the rows that are shown leave several values for it."""
    question = loaded.question(FPB, JUNE_ENDED, today=TODAY)
    shown = view(loaded, Board.FPB)
    table = rows_of(shown.table("teams"))
    counts = team_counts(view_question(question)).to_dict(orient="index")
    names = {"T1": "North", "T2": "South", "T3": "West", "no-team": "Nobody, or no team"}
    kept: dict[tuple[str, str], int] = {}
    sums: list[dict[tuple[str, str], int]] = []
    for place, rate in enumerate(RATES):
        for team, numbers in counts.items():
            cells = table[names[str(team)]][3 * place : 3 * place + 3]
            assert (cells[0] == NOT_SHOWN) == (cells[1] == NOT_SHOWN) == (cells[2] == NOT_SHOWN)
            if cells[0] == NOT_SHOWN:
                kept |= {(str(team), name): int(numbers[name]) for name in rate.counts}
            assert all(not (isinstance(cell, int) and 0 < cell < 5) for cell in cells)
            sums.append({(str(team), rate.numerator): 1, (str(team), rate.rest): 1, (str(team), rate.denominator): -1})
        sums += [{(str(team), name): 1 for team in counts} for name in rate.counts]
    assert kept
    assert [cell for cell in given_back(list(kept), sums) if 0 < kept[cell] < 5] == []
    for rate in RATES:
        for name in rate.counts:
            together = sum(number for (_, counted), number in kept.items() if counted == name)
            assert not 0 < together < 5


def view_question(question: Any) -> Any:
    """The question over its month, as the tables of a board ask it."""
    return type(question)(
        question.snapshot, question.viewer, question.as_of, question.today, months_up_to(question, 37)
    )


def test_the_flow_says_what_moved_the_backlog_by_cause(desk: Desk) -> None:
    write(desk.store, {"visits": visits(["S08", "S09"], "2025-06-12", KNOWN)})
    flow = view(desk, Board.SLT).table("flow")
    assert flow.finding == (
        "The backlog fell from 9 to 7: 0 became overdue and 2 left it, of whom 2 (100.0%) were visited."
    )
    assert rows_of(flow)["Visited"] == [2, 0]
    assert NOT_SHOWN in rows_of(view(desk, Board.FPB).table("flow"))["Visited"]


@READS_COPIES
def test_a_running_month_is_so_far_and_no_signal(loaded: Desk) -> None:
    running = view(loaded, Board.SLT, today=date(2025, 6, 20))
    assert (running.is_over, running.setting.as_of, running.uncommented) == (False, date(2025, 6, 20), ())
    assert figure(running, "overdue").newest.value == 9
    assert figure(running, "overdue").series.months[-1].first == date(2025, 5, 1)


def test_a_closed_months_pack_stays_when_a_late_record_comes(desk: Desk) -> None:
    close_month(Desk(desk.store.dated(lambda: CLOSED_AT), FORCE), ANALYST, JUNE, 0, now=CLOSED_AT)
    before = {board: view(desk, board) for board in Board}
    packs = {board: workbook(before[board]) for board in Board}
    assert before[Board.SLT].closed is not None
    assert figure(before[Board.SLT], "overdue").newest.value == 9

    write(desk.store, {"visits": visits([f"S{at:02}" for at in range(8, 14)], "2025-06-12", LATER)})

    today = LATER.date()
    after = {board: view(desk, board, today=today) for board in Board}
    for board in Board:
        assert workbook(after[board]) == packs[board]
        assert after[board].tables == before[board].tables
    told = figure(after[Board.SLT], "overdue")
    assert told.newest.value == 9
    assert told.restated is not None
    assert told.restated.as_known_now.value == 3
    assert told.restated.why_different == "Recorded late: 6 visits."
    assert figure(view(desk, Board.SLT, today=today, with_restated=False), "overdue").restated is None


def test_an_action_stands_with_its_measures_finding_and_no_name(desk: Desk) -> None:
    asked = NewAction(
        Board.SLT, "Lend the south two officers", date(2025, 7, 20), owner_ref="O1", measure_ref="overdue"
    )
    take_action(desk, SLT, asked, now=datetime(2025, 6, 20, 9, tzinfo=UTC))
    shown = view(desk, Board.SLT)
    (action,) = shown.actions
    assert (action.owner, action.measure_title) == ("Officer O1", "Visits overdue")
    assert action.effect == figure(shown, "overdue").finding
    assert shown.decided == ()
    for board in Board:
        assert "Secretname" not in str(workbook(view(desk, board)))


def test_a_pack_leaves_once_it_is_on_record(desk: Desk) -> None:
    offer = PackOffer(desk, SLT, view(desk, Board.FPB, SLT), MARKINGS)
    assert offer.file(PackForm.XLSX, CLOSED_AT)[:2] == b"PK"
    name = "OFFICIAL-SENSITIVE_SYNTHETIC-DATA_board-pack_force-performance-board_2025-06-30.pptx"
    assert offer.file_name(PackForm.PPTX) == name
    (record,) = downloads(desk.store)
    assert (record.user_ref, record.subject_ref) == ("Supt Yew", "board-pack")
    assert record.details["list"] == "Force Performance Board, June 2025"
    assert (record.details["form"], record.details["names"]) == ("xlsx", False)


def downloads(store: Store) -> list[Any]:
    with store.read() as connection:
        query = select(AuditRecord.__table__).where(AuditRecord.action == "downloaded")
        return list(connection.execute(query).all())


@pytest.mark.parametrize("form", PackForm)
def test_the_command_writes_the_form_that_the_name_ends_in(desk: Desk, tmp_path: Path, form: PackForm) -> None:
    place = tmp_path / f"pack.{form.upper()}"
    made = issue_pack(desk, Board.PVM, MARKINGS, now=CLOSED_AT, output=place)
    assert made == place
    assert place.read_bytes()[:4] == (b"%PDF" if form is PackForm.PDF else b"PK\x03\x04")
    (record,) = downloads(desk.store)
    assert record.details["list"] == "Prevention and Vulnerability Meeting, June 2025"


def test_a_folder_is_given_slides_under_their_marked_name(desk: Desk, tmp_path: Path) -> None:
    made = issue_pack(desk, Board.SLT, MARKINGS, now=CLOSED_AT, month_on=date(2025, 5, 1), output=tmp_path)
    name = "OFFICIAL-SENSITIVE_SYNTHETIC-DATA_board-pack_pvp-senior-leadership_2025-05-31.pptx"
    assert [path.name for path in tmp_path.glob("*.pptx")] == [made.name] == [name]


@READS_COPIES
@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"output": Path("pack.docx")}, r"'pack.docx' is no pack's name: let it end in one of .pptx, .xlsx, .pdf"),
        ({"output": Path("pack.pdf"), "template": Path("force.pptx")}, "A template is for slides"),
        ({"output": Path("pack.pdf"), "months": 12}, "over 13 or 36 months"),
        ({"output": Path("pack.pdf"), "month_on": date(2025, 8, 1)}, "August 2025 has not begun"),
    ],
)
def test_what_cannot_be_made_is_said_in_words(loaded: Desk, asked: Mapping[str, Any], said: str) -> None:
    with pytest.raises(BadRequest, match=said):
        issue_pack(loaded, Board.FPB, MARKINGS, now=CLOSED_AT, **asked)


def test_a_month_is_written_as_year_and_month() -> None:
    assert month("2025-06") == JUNE
    assert form_of(Path("a.Pdf")) is PackForm.PDF
    with pytest.raises(BadRequest, match="'June' is no month: write it as 2025-06"):
        month("June")


@pytest.fixture
def run(empty_address: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> "Run":
    monkeypatch.setenv("OFFENDERMGMT_DATABASE_URL", empty_address)
    monkeypatch.chdir(tmp_path)
    return Run()


class Run:
    """Runs the command against a store of the test's own, in a folder of its own."""

    def __call__(self, *words: str) -> Result:
        return CliRunner().invoke(app, list(words))


def test_the_command_answers_with_its_exit_code_and_a_sentence(run: Run, tmp_path: Path) -> None:
    assert run("pack", "--board", "fpb", "--output", "pack.pdf").exit_code == 2
    assert run("init").exit_code == 0
    made = run("pack", "--board", "fpb", "--month", "2025-06", "--output", "pack.pdf")
    assert (made.exit_code, made.output) == (0, "Written: pack.pdf\n")
    assert (tmp_path / "pack.pdf").read_bytes()[:4] == b"%PDF"
    refused = run("pack", "--board", "slt", "--output", "pack.pptx", "--template", "none.pptx")
    assert (refused.exit_code, "none.pptx" in refused.output) == (2, True)
    assert run("pack", "--board", "fpb", "--month", "June", "--output", "pack.pdf").exit_code == 2
    assert not (tmp_path / "pack.pptx").exists()
