"""What the command loads before it knows which one is asked for: every report waits for that."""

import subprocess
import sys
from typing import Final

import pytest

HEAVY: Final = ("openpyxl", "plotly", "pptx", "scipy", "statsmodels", "streamlit", "xlsxwriter")
LOADED: Final = "import sys, offendermgmt.cli; print(*sys.modules)"


@pytest.fixture(scope="module")
def loaded() -> set[str]:
    made = subprocess.run([sys.executable, "-c", LOADED], capture_output=True, text=True, check=True)
    return set(made.stdout.split())


@pytest.mark.parametrize("package", HEAVY)
def test_a_command_waits_for_no_package_that_another_needs(loaded: set[str], package: str) -> None:
    assert package not in loaded


def test_what_a_report_needs_is_loaded(loaded: set[str]) -> None:
    assert "offendermgmt.commands.report" in loaded
