"""The pages over a store, served by a process of their own for as long as a test needs them."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO
from urllib.error import URLError
from urllib.request import ProxyHandler, build_opener

from offendermgmt.commands.serve import THIS_MACHINE, chosen_port

_SERVE = "from offendermgmt.commands.serve import serve; import sys; serve(port=int(sys.argv[1]))"
_TRIES = 300
# The machine's proxy, where it has one, knows nothing of this machine's own ports.
_direct = build_opener(ProxyHandler({}))


class NotServed(Exception):
    """The pages did not come up; the text is what the server said."""


@contextmanager
def served(database_url: str, *, demo: bool = True) -> Iterator[str]:
    """The address of the pages over the store at `database_url`; the server ends with the block."""
    port = chosen_port(THIS_MACHINE, 0)
    settings = {"OFFENDERMGMT_DATABASE_URL": database_url, "OFFENDERMGMT_DEMO": "1" if demo else "0"}
    with (
        tempfile.TemporaryFile("w+", encoding="utf-8") as said,
        subprocess.Popen(
            [sys.executable, "-c", _SERVE, str(port)], env={**os.environ, **settings}, stdout=said, stderr=said
        ) as server,
    ):
        try:
            _wait_until_healthy(server, address := f"http://{THIS_MACHINE}:{port}", said)
            yield address
        finally:
            server.terminate()


def _wait_until_healthy(server: "subprocess.Popen[bytes]", address: str, said: IO[str]) -> None:
    for _ in range(_TRIES):
        try:
            with _direct.open(f"{address}/healthz", timeout=5):
                return
        except URLError:
            if _ends_meanwhile(server):
                break
    said.seek(0)
    raise NotServed(f"The pages at {address} did not come up. The server said:\n{said.read()}")


def _ends_meanwhile(server: "subprocess.Popen[bytes]") -> bool:
    try:
        server.wait(timeout=0.1)
    except subprocess.TimeoutExpired:
        return False
    return True
