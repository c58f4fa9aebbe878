import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.types import Message

from app.headers import SECURITY_HEADERS, SecurityHeaders, inline_script_hashes


async def _lax(_: Request) -> PlainTextResponse:
    return PlainTextResponse("text", headers={"X-Frame-Options": "ALLOWALL"})


async def _headers_of(path: str) -> dict[str, str]:
    app = Starlette(routes=[Route("/lax", _lax)], middleware=[Middleware(SecurityHeaders)])
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        sent.append(message)

    scope = {"type": "http", "method": "GET", "path": path, "headers": [], "query_string": b""}
    await app(scope, receive, send)
    return {name.decode().lower(): value.decode() for name, value in sent[0]["headers"]}


@pytest.mark.anyio
@pytest.mark.parametrize("path", ["/lax", "/missing"])
async def test_every_response_carries_every_security_header(path: str) -> None:
    headers = await _headers_of(path)

    assert {name: headers[name.lower()] for name in SECURITY_HEADERS} == SECURITY_HEADERS


def test_the_policy_lets_nothing_load_from_any_other_place() -> None:
    sources = SECURITY_HEADERS["Content-Security-Policy"]

    assert "http" not in sources
    assert "*" not in sources
    assert "unsafe-eval" not in sources


def test_an_inline_script_is_let_through_by_its_hash_alone() -> None:
    assert inline_script_hashes("<script>\nlet a = 1\n</script><script src='x.js'></script>") == [
        "'sha256-aJ1+Gk5ztjxiLfKTn+7zGRIOAizBleIvl8bNF07v+ws='"
    ]


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"
