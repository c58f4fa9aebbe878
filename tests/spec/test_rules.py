"""Every worked example of the rules, asked of the engine and of the oracle."""

from functools import cache

import pytest

from offendermgmt.domain.policy import Policies
from offendermgmt.services.snapshot import Snapshot, take_snapshot
from tests.spec import signalling
from tests.spec.asking import Answer, answer_from, known_at, oracle_answer
from tests.spec.reading import Example, query, table
from tests.spec.rules import SECTIONS
from tests.spec.state import state
from tests.tables import Rows, recordings

RULES = [rule for section in SECTIONS for rule in section.rules]
ASKED = [
    pytest.param(example, *ask, id=f"{rule.number} {example.title}: {ask[0]}")
    for rule in RULES
    for example in rule.examples
    for ask in example.asks
    # Those of signals are asked in test_signals: they are about a series, and need no facts.
    if ask[0] not in signalling.ASKS
]
OF_REPORTS = [asked for asked in ASKED if not str(asked.values[1]).startswith("state")]
LAST_OF = {"D": 4, "S": 5, "V": 7, "B": 4, "W": 2, "C": 4, "P": 7, "X": 5}


@pytest.mark.parametrize(("example", "ask", "expected"), ASKED)
def test_engine_answers(example: Example, ask: str, expected: str) -> None:
    columns, rows = table(expected)
    asked = query(ask)
    snapshot = _snapshot(example, asked.get("known_at"))
    answer = state(snapshot, asked) if asked["report"] == "state" else answer_from(snapshot, asked)
    assert _as_text(answer, columns) == rows


@pytest.mark.parametrize(("example", "ask", "expected"), OF_REPORTS)
def test_oracle_answers(example: Example, ask: str, expected: str) -> None:
    columns, rows = table(expected)
    assert _as_text(oracle_answer(example.facts, query(ask), example.policies), columns) == rows


def test_every_rule_has_a_worked_example() -> None:
    assert [rule.number for rule in RULES] == [f"{of}{n}" for of, last in LAST_OF.items() for n in range(1, last + 1)]
    assert all(rule.examples for rule in RULES)


@cache
def _snapshot(example: Example, at: str | None) -> Snapshot:
    moment = known_at({"known_at": at} if at else {})
    return take_snapshot(recordings(example.facts), Policies(example.policies), known_at=moment)


def _as_text(answer: Answer, columns: list[str]) -> Rows:
    return [{column: _text(row[column]) for column in columns} for row in answer]


def _text(value: object) -> str:
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)
