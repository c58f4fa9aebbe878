"""The command, from init to a report, with its exit codes and sentences."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from offendermgmt.cli import app

SAMPLE = Path(__file__).parents[3] / "sample_data"


@pytest.fixture
def run(empty_address: str, monkeypatch: pytest.MonkeyPatch) -> "Run":
    monkeypatch.setenv("OFFENDERMGMT_DATABASE_URL", empty_address)
    return Run()


class Run:
    """Runs the command against a store of the test's own."""

    def __call__(self, *words: str | Path) -> Result:
        return CliRunner().invoke(app, [str(word) for word in words])


def test_from_an_extract_to_a_report(run: Run) -> None:
    assert run("init").exit_code == 0
    assert run("load", SAMPLE).exit_code == 0
    issued = run("report", "overdue", "--as-of", "2026-10-31", "--format", "json")
    document = json.loads(issued.stdout)
    assert (issued.exit_code, document["parameters"], document["policy"]) == (0, {"as_of": "2026-10-31"}, "shipped-1")
    assert document["data_known_at"] is not None
    assert len(document["rows"]) > 0


def test_a_report_is_written_to_the_file_asked_for(run: Run, tmp_path: Path) -> None:
    run("init")
    path = tmp_path / "crewing.csv"
    done = run(
        "report",
        "crewing",
        "--from",
        "2026-01-01",
        "--to",
        "2026-02-10",
        "--every",
        "month",
        "--format",
        "csv",
        "--output",
        path,
    )
    assert (done.exit_code, done.stdout) == (0, "")
    assert path.read_text(encoding="utf-8").splitlines()[1:] == [
        "2026-01-01,2026-01-31,0,0,0,0,0,0,0,",
        "2026-02-01,2026-02-10,0,0,0,0,0,0,0,",
    ]


@pytest.mark.parametrize("words", [("report", "overdue"), ("load", SAMPLE)])
def test_a_store_that_is_not_there_is_said_to_need_init(run: Run, words: tuple[str | Path, ...]) -> None:
    done = run(*words)
    assert done.exit_code == 2
    assert "offendermgmt init" in done.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["late"], "There is no report 'late'. There are: overdue, backlog"),
        (["overdue", "--from", "2026-01-01"], "overdue is of one day: give --as-of"),
        (["backlog", "--as-of", "2026-01-01", "--every", "week"], "Give either --as-of for one day, or --from"),
        (["backlog", "--from", "2026-02-01", "--to", "2026-01-01"], "swap the two days"),
        (["overdue", "--team", "T9"], "There is no team 'T9' in the store: it has none yet"),
        (["overdue", "--as-of", "31/10/2026"], "'31/10/2026' is no day: write it as 2025-06-30"),
        (["overdue", "--known-at", "yesterday"], "'yesterday' is no moment"),
    ],
)
def test_a_question_that_makes_no_sense_is_answered_in_a_sentence(run: Run, words: list[str], said: str) -> None:
    run("init")
    done = run("report", *words)
    assert done.exit_code == 2
    assert said in " ".join(done.stderr.replace("│", " ").split())
