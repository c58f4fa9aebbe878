"""The oracle itself gives the answers worked out by others."""

import json
from functools import cache
from typing import Any

import pytest

from tests.spec.asking import SHIPPED, known_at, only, oracle_answer_from, shared_cases
from tests.spec.oracle.answers import Oracle
from tests.tables import read_folder

QUERIES = [(name, number) for name in ("1", "2") for number in range(23)]


@pytest.mark.parametrize(("name", "number"), QUERIES)
def test_oracle_gives_the_expected_answer(name: str, number: int) -> None:
    folder = shared_cases() / name
    asked = json.loads((folder / "expected.json").read_text(encoding="utf-8"))[number]
    expected: list[dict[str, Any]] = asked["rows"]
    answer = oracle_answer_from(_oracle(name, asked["query"].get("known_at")), asked["query"])
    assert only(expected[0] if expected else {}, answer) == expected


@cache
def _oracle(name: str, at: str | None) -> Oracle:
    """The program that knows the data set as of a moment: it keeps the lives it has counted through."""
    moment = known_at({"known_at": at} if at else {})
    return Oracle(read_folder(shared_cases() / name), list(SHIPPED), moment)
