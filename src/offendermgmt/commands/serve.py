"""`offendermgmt serve`: the pages over the configured store."""

import socket
import sys
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from offendermgmt.settings import Settings
from offendermgmt.store import Store

USUAL_PORT: Final = 8501
THIS_MACHINE: Final = "127.0.0.1"


class CannotServe(Exception):
    """Why the pages cannot be served here, and what to do; its text can be shown as it is."""


def serve(*, host: str = THIS_MACHINE, port: int | None = None) -> None:
    """Serve the pages until interrupted; Streamlit prints their address.

    Without `port`, 8501 or the next free one. Raises StoreUnavailable when the store does not answer or is at another
    migration, CannotServe when the address is taken.
    """
    settings = Settings()
    with Store(settings.database_url) as store:
        store.revision(settings.force_ref)
    chosen = chosen_port(host, port)
    top = pages_folder()
    if str(top) not in sys.path:
        sys.path.insert(0, str(top))
    from app.server import app

    app.run(config=configuration(top, host, chosen))


def pages_folder() -> Path:
    """Where `app` and `pages` lie: packed into an installed package, at the top of a source checkout."""
    package = Path(__file__).parents[1]
    packed = package / "_pages"
    return packed if packed.is_dir() else package.parents[1]


def configuration(top: Path, host: str, port: int) -> dict[str, Any]:
    """Streamlit's options by dotted name: those shipped with the pages, whatever the working directory."""
    shipped = tomllib.loads((top / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    return {**dotted(shipped), "server.address": host, "server.port": port}


def dotted(options: Mapping[str, Any], prefix: str = "") -> dict[str, Any]:
    """Nested tables as one, keyed `section.option`."""
    flat: dict[str, Any] = {}
    for name, value in options.items():
        flat.update(dotted(value, f"{prefix}{name}.") if isinstance(value, Mapping) else {f"{prefix}{name}": value})
    return flat


def chosen_port(host: str, port: int | None) -> int:
    """The port asked for; none asked for, the usual one or any that is free. CannotServe if neither can be had."""
    wanted = [port] if port is not None else [USUAL_PORT, 0]
    for candidate in wanted:
        free = _free_port(host, candidate)
        if free is not None:
            return free
    raise CannotServe(
        f"Port {port or USUAL_PORT} on {host} cannot be used: another program has it, or {host} is not an address of "
        "this machine. Name another with --port."
    )


def _free_port(host: str, port: int) -> int | None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        if sys.platform != "win32":
            # As the server binds: a port left a moment ago is free. On Windows the option would share a port in use.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return None
        return int(probe.getsockname()[1])
