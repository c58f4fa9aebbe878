"""The browser that the tests drive: Debian's Chromium or another one installed here; nothing is downloaded."""

import os
import shutil
import sys
from typing import Final

NAMES: Final = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
# Quiet, so that a test sees only what the pages ask for.
ARGUMENTS: Final = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
MISSING: Final = (
    "No Chromium was found, so the browser tests cannot run. On Debian or Ubuntu: sudo apt-get install chromium. "
    "Elsewhere install Chromium or Chrome, and name its program in CHROMIUM if it is not on the PATH."
)


def executable() -> str | None:
    """The browser's program: the one named in CHROMIUM, else the first found on the PATH."""
    named = os.environ.get("CHROMIUM")
    return shutil.which(named) if named else next(filter(None, map(shutil.which, NAMES)), None)


if __name__ == "__main__":
    sys.exit(0 if executable() else MISSING)
