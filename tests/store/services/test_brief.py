"""The command `brief`: whose morning, of which day, as known when, written where; and what goes on record."""

import io
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from pypdf import PdfReader
from sqlalchemy import select
from typer.testing import CliRunner, Result

from offendermgmt.cli import app
from offendermgmt.commands.brief import morning_asked
from offendermgmt.commands.report import BadRequest
from offendermgmt.domain.vocabulary import DecisionKind, FlagKind, Unit
from offendermgmt.outputs.briefing.disclosed import briefing_for
from offendermgmt.outputs.briefing.fitting import Form, fitted
from offendermgmt.services.access import Role, Viewer
from offendermgmt.services.consultations import Subject
from offendermgmt.services.deciding import Deciding, decide
from offendermgmt.services.desk import Desk
from offendermgmt.services.flag_recording import Flagging, record_flag
from offendermgmt.services.morning import Part, morning
from offendermgmt.services.plan_clashes import Alone, VisitPlan
from offendermgmt.services.planning import plan_visit
from offendermgmt.store import Store
from offendermgmt.store.tables.ledger import AuditRecord
from tests.databases import FORCE, READS_A_STORE
from tests.store.facts import Columns, write

SAMPLE = Path(__file__).parents[3] / "sample_data"
NOW = datetime(2025, 6, 30, 6, tzinfo=UTC)
TODAY = NOW.date()
DI = Viewer("DI Oak", Role.DI)
MARKINGS = ("OFFICIAL-SENSITIVE", "SYNTHETIC DATA")
FACTS: dict[str, Columns] = {
    "teams": {"team_ref": ["T1", "T2", "P"], "name": ["North", "South", "Online"], "unit": ["MOSOVO"] * 2 + ["POLIT"]},
    "officers": {
        "officer_ref": ["0042", "7A", "S1", "P1"],
        "name": ["Ash", "Birch", "Cedar", "Fir"],
        "is_supervisor": [False, False, True, False],
        "team_ref": ["T1", "T2", "T1", "P"],
        "fte": [1.0] * 4,
    },
    "offenders": {
        "offender_ref": ["V1", "V2"],
        "surname": ["Elm", "Yew"],
        "registered_on": [date(2024, 1, 1)] * 2,
    },
    "risk_assessments": {
        "offender_ref": ["V1"],
        "assessed_on": [date(2024, 1, 5)],
        "tool": ["ARMS"],
        "risk_level": ["very_high"],
    },
    "allocations": {
        "offender_ref": ["V1", "V2"],
        "from_on": [date(2024, 1, 1)] * 2,
        "officer_ref": ["0042", "7A"],
    },
    "visits": {
        "visit_ref": ["a"],
        "offender_ref": ["V1"],
        "visited_at": [datetime(2025, 6, 10, 10, tzinfo=UTC)],
        "outcome": ["no_reply"],
        "officer_refs": ["0042"],
    },
}


@pytest.fixture
def desk(store: Store) -> Desk:
    """A morning with something in every list of visits: V1 is overdue, flagged, decided on and seen alone today."""
    write(store, FACTS)
    desk = Desk(store, FORCE)
    alone = Alone("Nobody else", TODAY, "S1", NOW - timedelta(hours=1))
    plan_visit(desk, DI, VisitPlan("V1", NOW + timedelta(hours=4), 60, ("0042",), note="Elm", alone=alone), now=NOW)
    record_flag(desk, DI, Flagging("V1", FlagKind.BREACH, "Elm went to Yew", TODAY), now=NOW)
    asked = Deciding(Subject("offender", "V1"), DecisionKind.ESCALATE, None, TODAY, "Elm again", 0)
    decide(desk, DI, asked, now=NOW)
    return desk


def rows(desk: Desk, team_ref: str | None = None) -> dict[str, tuple[tuple[str, ...], ...]]:
    """The rows of each table of today's briefing, by its caption."""
    shown = morning_asked(desk, now=NOW, team_ref=team_ref)
    made = fitted(shown, desk.freshness(), MARKINGS, NOW, Form.PDF)
    return {table.caption: table.rows for block in made.blocks for table in block.tables}


def test_what_people_recorded_stands_in_the_lists_without_their_words(desk: Desk) -> None:
    told = rows(desk)
    assert told["Planned today (1)"] == (("11:00", "V1", "Very high", "0042", "Unannounced"),)
    assert told["Single crews today (1)"] == (("11:00", "V1", "Very high", "0042"),)
    assert told["Finding overdue (1)"] == (("V1", "Very high", "10 Jun 2025", "0042", "Alone, unauthorised"),)
    assert told["Due today or late (1)"] == (("30 Jun 2025", "0", "Escalate to the DCI", "V1", "The DCI"),)
    [first, _] = told["In triage, worst first (2)"]
    assert first[:3] == ("1", "V1", "0042")
    assert "flagged: breach (25)" in first[3]
    assert [text for table in told.values() for row in table for text in row if "Elm" in text] == []


@READS_A_STORE
def test_a_team_is_told_of_its_own_cases(desk: Desk) -> None:
    assert [row[1] for row in rows(desk, "T2")["In triage, worst first (1)"]] == ["V2"]


def test_a_download_leaves_once_it_is_on_record(desk: Desk) -> None:
    shown = morning(
        desk, desk.question(DI, TODAY, today=TODAY, team_ref="T1"), morning_asked(desk, now=NOW).unit, None, NOW
    )

    made = briefing_for(desk, shown, MARKINGS, Form.PDF, NOW)

    assert "V1" in PdfReader(io.BytesIO(made)).pages[0].extract_text()
    with desk.store.read() as connection:
        query = select(AuditRecord.__table__).where(AuditRecord.action == "downloaded")
        [record] = connection.execute(query).all()
    assert (record.user_ref, record.subject_kind, record.subject_ref) == ("DI Oak", "page", "morning")
    said = {name: record.details[name] for name in ("list", "form", "names", "filters", "as_of")}
    assert said == {
        "list": "Briefing MOSOVO T1",
        "form": "pdf",
        "names": False,
        "filters": {"Team": "T1"},
        "as_of": "2025-06-30",
    }


@pytest.fixture
def run(empty_address: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> "Run":
    monkeypatch.setenv("OFFENDERMGMT_DATABASE_URL", empty_address)
    monkeypatch.chdir(tmp_path)
    return Run()


class Run:
    """Runs the command against a store of the test's own, in a folder of its own."""

    def __call__(self, *words: str | Path) -> Result:
        return CliRunner().invoke(app, [str(word) for word in words])


def test_from_an_extract_to_both_forms(run: Run, tmp_path: Path) -> None:
    run("init")
    assert run("load", SAMPLE).exit_code == 0

    printed = run("brief", "--team", "FEN-OM-N1", "--date", "2026-10-31")
    assert printed.exit_code == 0
    assert "<h1>Briefing MOSOVO FEN-OM-N1, Saturday 31 Oct 2026</h1>" in printed.stdout
    assert "OFFICIAL-SENSITIVE" in printed.stdout

    assert run("brief", "--date", "2026-10-31", "--output", "it.pdf").exit_code == 0
    pages = PdfReader(tmp_path / "it.pdf").pages
    assert len(pages) <= 2
    assert "Briefing MOSOVO, Saturday 31 Oct 2026" in pages[0].extract_text()


def test_a_pdf_without_a_place_and_a_folder_are_given_the_marked_name(run: Run, tmp_path: Path) -> None:
    run("init")
    (tmp_path / "out").mkdir()
    name = "OFFICIAL-SENSITIVE_morning_briefing-polit_2025-06-30"

    here = run("brief", "--unit", "POLIT", "--date", "2025-06-30", "--format", "pdf")
    there = run("brief", "--unit", "POLIT", "--date", "2025-06-30", "--output", "out")

    assert (here.exit_code, here.stdout, here.stderr) == (0, "", f"Written: {name}.pdf\n")
    assert PdfReader(tmp_path / f"{name}.pdf").pages
    assert there.exit_code == 0
    assert (tmp_path / "out" / f"{name}.html").read_text(encoding="utf-8").startswith("<!doctype html>")


def test_the_demonstrations_is_marked_as_made_up(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OFFENDERMGMT_DEMO", "1")
    run("init")
    assert "OFFICIAL-SENSITIVE · SYNTHETIC DATA" in run("brief", "--date", "2025-06-30").stdout


@READS_A_STORE
def test_what_was_not_known_then_is_not_told(desk: Desk) -> None:
    then = morning_asked(desk, now=NOW, known_at=datetime(2000, 1, 1, 7, tzinfo=UTC))
    assert then.sections[Part.BACKLOG].figures["size"].value == 0
    assert morning_asked(desk, now=NOW).sections[Part.BACKLOG].figures["size"].value == 2


@READS_A_STORE
def test_a_team_that_is_not_there_or_another_units_is_named_in_the_answer(desk: Desk) -> None:
    with pytest.raises(BadRequest, match="There is no team 'T99' in the store: it has"):
        morning_asked(desk, now=NOW, team_ref="T99")
    with pytest.raises(BadRequest, match="The team 'P' is of POLIT: leave out --unit, or give --unit POLIT"):
        morning_asked(desk, now=NOW, team_ref="P", unit=Unit.MOSOVO)
    assert morning_asked(desk, now=NOW, team_ref="P").unit is Unit.POLIT


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--team", "T99"], "There is no team 'T99' in the store: it has none yet"),
        (["--date", "31/10/2026"], "'31/10/2026' is no day: write it as 2025-06-30"),
        (["--known-at", "yesterday"], "'yesterday' is no moment"),
        (["--format", "docx"], "'docx' is not one of"),
        (["--output", "nowhere/it.pdf"], "nowhere/it.pdf"),
    ],
)
def test_what_makes_no_sense_is_answered_in_a_sentence(run: Run, words: list[str], said: str) -> None:
    run("init")
    done = run("brief", *words)
    assert done.exit_code == 2
    assert said in " ".join(done.stderr.replace("│", " ").split())
    assert done.stdout == ""


def test_a_store_that_is_not_there_is_said_to_need_init(run: Run) -> None:
    done = run("brief")
    assert done.exit_code == 2
    assert "offendermgmt init" in done.stderr
