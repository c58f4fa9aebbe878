"""The security headers of every response."""

import re
from base64 import b64encode
from collections.abc import Iterable, MutableMapping
from hashlib import sha256
from importlib.resources import files
from typing import Any, Final

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.parts import links, printing


def inline_script_hashes(html: str) -> list[str]:
    """The CSP source of each inline script in `html`, so that no other inline script runs."""
    scripts = re.findall(r"<script>(.*?)</script>", html, flags=re.DOTALL)
    return [f"'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'" for script in scripts]


def content_security_policy(script_sources: Iterable[str]) -> str:
    """A policy under which a page loads nothing from any other place and is framed by none."""
    return "; ".join(
        [
            "default-src 'self'",
            " ".join(["script-src 'self'", *script_sources]),
            # Streamlit and Plotly write their styles into the page.
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "connect-src 'self'",
            "worker-src 'self' blob:",
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        ]
    )


_INDEX: Final = files("streamlit").joinpath("static/index.html").read_text(encoding="utf-8")
_OWN: Final = "".join(f"<script>{script}</script>" for script in (links.SCRIPT, printing.SCRIPT))
SECURITY_HEADERS: Final = {
    "Content-Security-Policy": content_security_policy(inline_script_hashes(_INDEX + _OWN)),
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class SecurityHeaders:
    """ASGI middleware that puts `SECURITY_HEADERS` on every HTTP response, over whatever was there."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve the request, adding the headers as the response starts."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                _apply(message)
            await send(message)

        await self._app(scope, receive, send_with_headers)


def _apply(start: MutableMapping[str, Any]) -> None:
    headers = MutableHeaders(scope=start)
    for name, value in SECURITY_HEADERS.items():
        headers[name] = value
