"""The command's reports over loaded extracts equal the answers of an independent program, on each database."""

import json
from datetime import UTC, date, datetime
from typing import Any

import pytest

from offendermgmt.commands.report import issue_report, moment
from offendermgmt.domain.periods import Every
from offendermgmt.intake.loading import load
from offendermgmt.outputs.reports import as_json
from offendermgmt.services.desk import Desk
from offendermgmt.store import Store
from tests.databases import FORCE
from tests.spec.asking import shared_cases

NOW = datetime(2026, 11, 1, 9, tzinfo=UTC)


@pytest.mark.parametrize("name", ["1", "2"])
def test_every_report_of_the_shared_cases_is_as_expected(store: Store, name: str) -> None:
    folder = shared_cases() / name
    loaded = load(store, FORCE, folder, now=NOW, user="test")
    assert loaded.refusals == []
    desk = Desk(store, FORCE)
    for asked in json.loads((folder / "expected.json").read_text(encoding="utf-8")):
        assert answer(desk, asked["query"], asked["rows"]) == asked["rows"], asked["query"]


def answer(desk: Desk, query: dict[str, str], expected: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows of the report as the command writes them in JSON, with the columns that are expected."""
    days = {name: date.fromisoformat(query[key]) for key, name in DAYS.items() if key in query}
    issue = issue_report(
        desk,
        query["report"],
        now=NOW,
        every=Every(query["every"]) if "every" in query else None,
        known_at=moment(query["known_at"]) if "known_at" in query else None,
        **days,
    )
    columns = expected[0] if expected else ()
    return [{column: row[column] for column in columns} for row in json.loads(as_json(issue))["rows"]]


DAYS = {"as_of": "as_of", "from": "from_on", "to": "to_on"}
