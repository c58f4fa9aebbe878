"""What paper needs beside the style: the marking on every sheet, and a script that the security headers let run."""

from app.headers import SECURITY_HEADERS, inline_script_hashes
from app.parts import printing
from tests.app.conftest import OpenApp
from tests.app.reading import html


def test_every_sheet_bears_the_marking_and_its_number(look: OpenApp, empty_store_address: str) -> None:
    shown = html(look(empty_store_address))

    assert '@top-center { content: "OFFICIAL-SENSITIVE \\00B7  SYNTHETIC DATA"' in shown
    assert 'counter(page) " of " counter(pages)' in shown


def test_the_script_of_printing_may_run() -> None:
    [own] = inline_script_hashes(f"<script>{printing.SCRIPT}</script>")

    assert own in SECURITY_HEADERS["Content-Security-Policy"]
