"""The engine gives the expected answer to every query over the shared data sets."""

import json
from functools import cache
from typing import Any

import pytest

from offendermgmt.domain.facts import Recordings
from tests.spec.asking import engine_answer, only, shared_cases
from tests.tables import read_folder, recordings

QUERIES = [(name, number) for name in ("1", "2") for number in range(23)]


@cache
def data(name: str) -> Recordings:
    return recordings(read_folder(shared_cases() / name))


@pytest.mark.parametrize(("name", "number"), QUERIES)
def test_engine_gives_the_expected_answer(name: str, number: int) -> None:
    asked = json.loads((shared_cases() / name / "expected.json").read_text(encoding="utf-8"))[number]
    expected: list[dict[str, Any]] = asked["rows"]
    answer = engine_answer(data(name), asked["query"])
    assert only(expected[0] if expected else {}, answer) == expected


def test_every_query_of_the_data_sets_is_asked() -> None:
    for name in ("1", "2"):
        assert len(json.loads((shared_cases() / name / "queries.json").read_text(encoding="utf-8"))) == 23
