import json
from pathlib import Path

import pytest
from starlette.requests import Request

from app.health import healthz
from offendermgmt.store import Store
from tests.app.small_store import FORCE_REF

ASKED = Request({"type": "http", "method": "GET", "path": "/healthz", "headers": []})


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.mark.anyio
async def test_a_store_that_answers_is_healthy_at_its_revision(
    small_store_address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OFFENDERMGMT_DATABASE_URL", small_store_address)

    answer = await healthz(ASKED)

    with Store(small_store_address) as store:
        revision = store.revision(FORCE_REF)
    assert (answer.status_code, json.loads(bytes(answer.body))) == (200, {"status": "ok", "store_revision": revision})


@pytest.mark.anyio
async def test_a_store_that_does_not_answer_is_unavailable_without_saying_where_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OFFENDERMGMT_DATABASE_URL", f"sqlite:///{tmp_path / 'none.db'}")

    answer = await healthz(ASKED)

    assert (answer.status_code, json.loads(bytes(answer.body))) == (503, {"status": "unavailable"})
    assert answer.headers["cache-control"] == "no-store"
