"""The oracle itself gives the answers worked out by others."""

import json
from typing import Any

import pytest

from tests.spec.asking import only, oracle_answer, shared_cases
from tests.tables import read_folder

QUERIES = [(name, number) for name in ("1", "2") for number in range(23)]


@pytest.mark.parametrize(("name", "number"), QUERIES)
def test_oracle_gives_the_expected_answer(name: str, number: int) -> None:
    folder = shared_cases() / name
    asked = json.loads((folder / "expected.json").read_text(encoding="utf-8"))[number]
    expected: list[dict[str, Any]] = asked["rows"]
    answer = oracle_answer(read_folder(folder), asked["query"])
    assert only(expected[0] if expected else {}, answer) == expected
