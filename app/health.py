"""The health route: whether the store answers, for a monitor that may see nothing else."""

import logging
from functools import cache

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import JSONResponse

from offendermgmt.settings import Settings
from offendermgmt.store import Store, StoreUnavailable

_logger = logging.getLogger("offendermgmt.health")


async def healthz(_: Request) -> JSONResponse:
    """200 with the store's revision when the store answers, 503 when it does not; never cached."""
    try:
        revision = await to_thread.run_sync(store_revision)
    except StoreUnavailable as error:
        _logger.warning("the store does not answer: %s", error)
        return _answer({"status": "unavailable"}, 503)
    return _answer({"status": "ok", "store_revision": revision}, 200)


def store_revision() -> int:
    """The configured store's revision; raises StoreUnavailable."""
    settings = Settings()
    return _store(settings.database_url).revision(settings.force_ref)


@cache
def _store(address: str) -> Store:
    return Store(address)


def _answer(body: dict[str, str | int], status: int) -> JSONResponse:
    return JSONResponse(body, status_code=status, headers={"Cache-Control": "no-store"})
