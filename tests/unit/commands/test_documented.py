"""Every command and every option has its place in docs/command.md."""

from pathlib import Path

import pytest
import typer.main

from offendermgmt.cli import app
from offendermgmt.services.reports import REPORTS

PAGE = (Path(__file__).parents[3] / "docs" / "command.md").read_text(encoding="utf-8")
COMMANDS = typer.main.get_command(app).commands  # type: ignore[attr-defined] # a group, as there are several commands


def section(command: str) -> str:
    """The part of the page on one command."""
    parts = PAGE.split("\n## ")
    return next((part for part in parts if part.startswith(f"`offendermgmt {command}")), "")


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_has_its_section(command: str) -> None:
    assert section(command)


@pytest.mark.parametrize(
    ("command", "option"),
    [
        (name, option)
        for name, command in COMMANDS.items()
        for parameter in command.params
        for option in parameter.opts
        if option.startswith("--") and option != "--help"
    ],
)
def test_an_option_is_in_its_commands_section(command: str, option: str) -> None:
    assert f"`{option}" in section(command)


@pytest.mark.parametrize("report", REPORTS)
def test_a_report_is_in_the_section_of_reports(report: str) -> None:
    assert f"`{report}`" in section("report")
