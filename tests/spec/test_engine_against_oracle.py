"""The engine and a program that counts day by day agree on every report over made-up data sets."""

from random import Random

import pytest

from offendermgmt.domain.policy import Policies
from offendermgmt.services.snapshot import take_snapshot
from tests.spec.asking import answer_from, known_at, oracle_answer_from, without_reasons
from tests.spec.made_up import made_up
from tests.spec.oracle.answers import Oracle
from tests.tables import recordings


# An example a test, so that several processes share them.
@pytest.mark.parametrize("seed", range(200))
def test_engine_and_oracle_agree(seed: int) -> None:
    random = Random(seed)  # noqa: S311
    data = made_up(random)
    queries = data.queries(random)
    at = known_at(queries[0])
    snapshot = take_snapshot(recordings(data.tables), Policies(data.policies), known_at=at)
    oracle = Oracle(data.tables, list(data.policies), at)
    for query in queries:
        assert without_reasons(answer_from(snapshot, query)) == oracle_answer_from(oracle, query), query
